"""A text is recorded once: its draft goes with that, whatever becomes of the page meanwhile."""

from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.desks import OpenDesk, settle
from tests.ui.mapping_desk import make_mapping_model
from tests.ui.people_desk import People
from tests.ui.plain import NOW, DraftBox, HeldRunner
from tests.ui.test_desk_rooms import ALT, CONTROL, at_meeting, meeting_of, press
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DiskFullError
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftState, Place
from trygga_desktop.ui.hall import FieldHolder
from trygga_desktop.ui.screens.mapping.view import MappingView
from trygga_desktop.ui.screens.people.form import PeopleField
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.theme.look import Look

PLACE = Place(kind=DraftKind.NOTE, subject_id=UUID(int=7))
LEADING_AWAY = ((Qt.Key.Key_Home, ALT), (Qt.Key.Key_L, CONTROL))


def kept_in(box: DraftBox, runner: HeldRunner, text: str) -> DraftKeeper:
    """Return a keeper with this text on the disk."""
    keeper = DraftKeeper(box.uses, runner, PLACE, now=lambda: NOW)
    keeper.keep(text)
    keeper.store_now()
    runner.work_off()
    return keeper


def refused() -> Done[None]:
    """Record nothing."""
    raise DiskFullError


def nothing(_: object) -> None:
    """Need no answer."""


def test_a_text_that_was_refused_is_kept_with_what_came_after_it() -> None:
    box, runner = DraftBox(), HeldRunner()
    keeper = kept_in(box, runner, "Ett.")
    (first,) = box.drafts
    keeper.put_to_use(keeper, refused, nothing, nothing)
    keeper.keep("Ett. Två.")
    keeper.store_now()

    runner.work_off()
    keeper.store_now()
    runner.work_off()

    assert list(box.drafts) == [first]
    assert box.texts == ["Ett. Två."]
    assert keeper.state is DraftState.SAVED


def test_the_draft_of_a_text_that_is_recorded_goes_although_its_page_has_gone() -> None:
    box, runner = DraftBox(), HeldRunner()
    keeper = kept_in(box, runner, "Ett.")
    page = QObject()
    keeper.setParent(page)
    keeper.put_to_use(page, lambda: Done(None), nothing, nothing)

    page.deleteLater()
    settle()
    runner.work_off()

    assert not box.drafts


@pytest.mark.parametrize(("key", "held"), LEADING_AWAY)
def test_an_entry_is_not_both_recorded_and_a_draft_when_its_page_is_left_or_locked(
    open_desk: OpenDesk, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    box, runner = DraftBox(), HeldRunner()
    window = at_meeting(open_desk, runner=runner, drafts=box.uses)
    runner.work_off()
    meeting_of(window).capture.type("Skolan ringde.")
    meeting_of(window).capture.add()

    press(window, key, held)
    settle()
    runner.work_off()

    assert not box.drafts


def test_what_is_typed_while_an_entry_is_added_is_a_draft_of_its_own(
    open_desk: OpenDesk,
) -> None:
    box, runner = DraftBox(), HeldRunner()
    window = at_meeting(open_desk, runner=runner, drafts=box.uses)
    runner.work_off()
    capture = meeting_of(window).capture
    capture.type("Skolan ringde.")
    capture.add()
    capture.type("Skolan ringde. Och")

    press(window, Qt.Key.Key_L, CONTROL)
    settle()
    runner.work_off()

    assert box.texts == ["Och"]


def test_a_field_cannot_be_changed_while_what_stands_in_it_is_on_its_way(
    qtbot: QtBot, look: Look
) -> None:
    runner = HeldRunner()
    model = make_mapping_model(runner=runner)
    view = MappingView(model, look)
    qtbot.addWidget(view)
    FieldHolder(view, model)
    runner.work_off()
    field = next(iter(view.findChildren(QTextEdit)))

    model.is_working = True
    model.changed.emit()
    held = field.isReadOnly()
    model.is_working = False
    model.changed.emit()

    assert held
    assert not field.isReadOnly()


def test_the_fields_of_a_small_form_cannot_be_changed_while_it_is_on_its_way(
    qtbot: QtBot, look: Look
) -> None:
    model = People().open()
    view = PeopleView(model, look)
    qtbot.addWidget(view)
    model.begin_relative()
    QApplication.processEvents()
    field = view.findChild(QLineEdit, PeopleField.GIVEN_NAME)
    assert field is not None
    assert model.form is not None

    model.form.begin()

    assert field.isReadOnly()
