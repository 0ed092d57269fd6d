"""What is late is raised from the list of commitments, and its list and reminders are saved."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.overviews import shown_item
from tests.ui.plan_desk import make_follow_up_model, make_raising_model, make_to_raise
from trygga_desktop.domain.errors import InvalidInputError, NotConfirmedError
from trygga_desktop.domain.programme import Decider
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.due_calendar import DueCalendar
from trygga_desktop.services.escalation import MOST_AT_ONCE
from trygga_desktop.services.follow_up import FollowUpList
from trygga_desktop.services.papers import ComposedPaper
from trygga_desktop.ui.leaving import News
from trygga_desktop.ui.screens.follow_up.view import FollowUpView
from trygga_desktop.ui.screens.follow_up.view_model import Form, Span
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel

STEERING = Decider.STEERING_GROUP.value


def button(view: QWidget, name: str) -> QPushButton:
    """Return a button of the screen by its name."""
    found = view.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def refusing(error: Exception) -> Any:
    def refuse(*_: Any) -> Done[Any]:
        raise error

    return refuse


def test_nothing_leaves_that_could_not_be_logged(tmp_path: Path) -> None:
    file = tmp_path / "lista.pdf"
    model = make_raising_model(log_list_saved=refusing(NotConfirmedError()))
    model.save_to(file, form=Form.PDF, to=STEERING)
    calendar = tmp_path / "lista.ics"
    model.save_to(calendar, form=Form.CALENDAR)
    assert (file.exists(), calendar.exists()) == (False, False)


def test_nothing_is_raised_from_a_list_of_last_days() -> None:
    asked: list[Any] = []
    model = make_follow_up_model(raise_commitments=asked.append)
    model.raise_one(0)
    model.ask_about_all()
    model.raise_all()
    assert (asked, model.is_asking, model.rules) == ([], False, ())


def test_all_are_raised_only_after_somebody_said_yes() -> None:
    asked: list[frozenset[UUID]] = []

    def note(command: Any) -> Done[int]:
        asked.append(command.commitment_ids)
        return Done(len(command.commitment_ids), Changes(items=True))

    model = make_raising_model(raise_commitments=note)
    model.raise_all()
    model.ask_about_all()
    model.keep()
    model.raise_all()
    assert asked == []
    model.ask_about_all()
    model.raise_all()
    assert asked == [frozenset(one.id for one in make_to_raise().rows)]
    assert model.raised == len(asked[0])


def many_to_raise(count: int) -> FollowUpList:
    """Return so many that are to be raised."""
    found = make_to_raise()
    (one, *_) = found.rows
    rows = tuple(
        replace(one, item=shown_item("Ringa skolan", number=place)) for place in range(1, count + 1)
    )
    return replace(found, rows=rows)


def test_of_very_many_the_first_are_raised_and_the_question_says_that_the_rest_stays(
    qtbot: QtBot, look: Look
) -> None:
    asked: list[Any] = []

    def note(command: Any) -> Done[int]:
        asked.append(command.commitment_ids)
        return Done(len(command.commitment_ids), Changes(items=True))

    found = many_to_raise(MOST_AT_ONCE + 12)
    model = make_raising_model(
        read_follow_up=lambda _: Done(found),
        raise_commitments=note,
    )
    view = FollowUpView(model, look)
    qtbot.addWidget(view)
    button(view, "raise all").click()
    said = " ".join(one.text() for one in view.findChildren(PlainLabel))
    assert "512" in said
    assert "500" in said
    button(view, "were raised").click()
    assert asked == [frozenset(one.id for one in found.rows[:MOST_AT_ONCE])]


def test_the_question_goes_when_something_else_is_asked_for() -> None:
    model = make_raising_model()
    model.ask_about_all()
    model.type_name("Mar")
    assert not model.is_asking
    model.ask_about_all()
    model.choose(is_own=True)
    assert not model.is_asking


def test_what_is_saved_is_what_is_shown_with_what_it_was_narrowed_by(tmp_path: Path) -> None:
    composed: list[Any] = []

    def note(command: Any) -> Done[ComposedPaper]:
        composed.append(command)
        return Done(ComposedPaper(pdf=b"x", file_name="x"))

    school = make_to_raise().organisations[0].id
    model = make_raising_model(compose_raised=note)
    model.choose(organisation_id=school, is_own=True)
    # Typed, and the list not narrowed by it yet.
    model.type_name("Mar")
    model.save_to(tmp_path / "a.pdf", form=Form.PDF, to=STEERING)
    model.load()
    model.save_to(tmp_path / "b.pdf", form=Form.PDF, to=STEERING)
    ids = frozenset(one.id for one in make_to_raise().rows)
    assert [
        (one.commitment_ids, one.organisation_id, one.is_own, one.is_by_name, one.is_part)
        for one in composed
    ] == [(ids, school, True, False, False), (ids, school, True, True, False)]


def test_one_is_raised_by_its_row(qtbot: QtBot, look: Look) -> None:
    asked: list[frozenset[UUID]] = []

    def note(command: Any) -> Done[int]:
        asked.append(command.commitment_ids)
        return Done(1, Changes(items=True))

    model = make_raising_model(raise_commitments=note)
    view = FollowUpView(model, look)
    qtbot.addWidget(view)
    button(view, "raise one").click()
    view.table.selectRow(1)
    button(view, "raise one").click()
    assert asked[-1] == frozenset({make_to_raise().rows[1].id})


def test_what_was_done_meanwhile_is_told_and_the_list_is_read_again() -> None:
    reads: list[Any] = []

    def read(question: Any) -> Done[Any]:
        reads.append(question)
        return Done(make_to_raise())

    model = make_raising_model(
        read_follow_up=read,
        raise_commitments=refusing(InvalidInputError(field="commitment", flaw="unknown")),
    )
    before = len(reads)
    model.raise_one(0)
    assert model.trouble is not None
    assert len(reads) == before + 1


def test_the_words_of_the_programme_stand_above_what_is_raised_by_them() -> None:
    model = make_raising_model()
    (rule,) = model.rules
    assert "styrgruppens lista" in rule.in_language("sv")
    assert model.recipients == (STEERING,)


@pytest.mark.parametrize("form", list(Form))
def test_what_is_saved_is_logged_first_and_asks_before_it_replaces(
    tmp_path: Path, form: Form
) -> None:
    done: list[str] = []

    def noting(kind: str, answer: Any = None) -> Any:
        def note(*_: Any) -> Done[Any]:
            done.append(kind)
            return Done(answer)

        return note

    model = make_raising_model(
        compose_raised=noting("pdf", ComposedPaper(pdf=b"new", file_name="x")),
        compose_due_calendar=noting(
            "ics", DueCalendar(content=b"new", file_name="x", count=1, is_cut=False)
        ),
        log_list_saved=noting("log"),
    )
    file = tmp_path / f"fil.{form.value}"
    file.write_bytes(b"old")
    model.save_to(file, form=form, to=STEERING)
    assert (model.to_replace, done, file.read_bytes()) == (file, [], b"old")
    model.replace()
    assert (done, file.read_bytes()) == ([form.value, "log"], b"new")
    assert model.told is not None
    assert model.told.news is News.SAVED


def test_ones_own_cases_are_asked_about() -> None:
    asked: list[Any] = []

    def read(question: Any) -> Done[Any]:
        asked.append(question)
        return Done(make_to_raise())

    model = make_follow_up_model(read_follow_up=read)
    model.choose(is_own=True)
    model.choose(span=Span.TO_RAISE)
    assert [(one.is_own, one.span.value) for one in asked[1:]] == [
        (True, "overdue"),
        (True, "to_raise"),
    ]
