"""With what a meeting, an item and the young person begin: in sight, and never in the middle."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBitmap, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.people import room_of, running_meeting, signed_case, wrote
from tests.ui.desk_screens import SUBJECT
from tests.ui.meeting_desk import CARRIED, Table, audience, entry, meeting_room, seats
from tests.ui.overheard import seen_of
from tests.ui.plain import make_look
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import MeetingState, Presence
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.rooms import MeetingRoom, ShownEntry
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meeting.centre import CentrePanel
from trygga_desktop.ui.screens.meeting.prompts import Prompts
from trygga_desktop.ui.screens.meeting.reminder import Reminder
from trygga_desktop.ui.screens.meeting.room import newest_own_words
from trygga_desktop.ui.screens.meeting.sizes import room_look
from trygga_desktop.ui.screens.meeting.strip import OwnWordsStrip
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import Stage
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.page import bring_into_view


def opened(qtbot: QtBot, look: Look, table: Table) -> MeetingView:
    view = MeetingView(table.open(), look)
    qtbot.addWidget(view)
    view.resize(1366, 750)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    view.first_focus.setFocus()
    # As the window of the program does for whatever takes the focus.
    bring_into_view(view.first_focus)
    rest()
    return view


def rest() -> None:
    for _ in range(4):
        QApplication.processEvents()


def press(view: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(view.windowHandle(), key, held)
    rest()


def is_whole(widget: QWidget) -> bool:
    """Tell whether all of it can be seen."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def own_words(text: str, number: int = 900) -> ShownEntry:
    return entry(number, text, category="own_words", said_by=SUBJECT, who="Elias Demosson")


def the_label(view: QWidget, text: str) -> QLabel:
    (found,) = [one for one in view.findChildren(QLabel) if one.text() == text and one.isVisible()]
    return found


def prompts_in(view: QWidget) -> list[Prompts]:
    return [one for one in view.findChildren(Prompts) if one.isVisible()]


def heard(*said: ShownEntry, presence: Presence = Presence.HERE) -> MeetingRoom:
    """Return the item under which the young person is heard, with them there or not."""
    room = meeting_room(now=1, entries=said)
    subject, *others = room.seats
    return replace(room, seats=(replace(subject, presence=presence), *others))


def test_with_large_text_a_meeting_begins_with_the_reminder(
    qtbot: QtBot, qapp: QApplication
) -> None:
    planned = meeting_room(MeetingState.PLANNED, people=seats(Presence.EXPECTED, confirmed=False))
    table = Table(planned)
    view = opened(qtbot, make_look(qapp, scale=1.5), table)
    (reminder,) = view.findChildren(Reminder)

    assert view.first_focus is reminder
    assert reminder.hasFocus()
    assert is_whole(reminder)
    assert reminder.accessibleName().startswith("Innan vi börjar Det som sägs här")

    table.room = meeting_room(MeetingState.PLANNED)
    press(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    table.room = meeting_room()
    press(view, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)

    assert view._model.stage is Stage.RUNNING  # noqa: SLF001  the step itself is looked at


def test_an_item_begins_at_its_question_and_what_is_noted_comes_into_view(
    qtbot: QtBot, qapp: QApplication
) -> None:
    carried = CARRIED * 3
    table = Table(meeting_room(now=1, entries=[own_words("Jag vill boxas.")], carried=carried))
    view = opened(qtbot, make_look(qapp, scale=1.5), table)
    (panel,) = view.findChildren(CentrePanel)

    table.room = meeting_room(now=2, entries=(), carried=carried)
    view._model.refresh(Changes(items=True))  # noqa: SLF001  the step itself is looked at
    rest()
    bar = panel.page.verticalScrollBar()

    assert bar.maximum() > 0
    assert bar.value() == 0

    table.room = meeting_room(now=2, entries=[entry(900, "Det sista.")], carried=carried)
    view._model.refresh(Changes(items=True))  # noqa: SLF001  the step itself is looked at
    rest()

    assert is_whole(the_label(view, "Det sista."))


@pytest.mark.parametrize("now", range(6))
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_item_can_be_read_when_the_picture_is_a_tenth_as_large(
    qtbot: QtBot, look: Look, now: int, size: tuple[int, int]
) -> None:
    view = opened(qtbot, look, Table(meeting_room(now=now)))
    view.resize(*size)
    rest()
    title = view.findChild(QLabel, "item title")
    assert isinstance(title, QLabel)
    drawn = title.grab().toImage()
    ground = drawn.pixelColor(0, 0).rgba()
    inked = QBitmap.fromImage(drawn.createMaskFromColor(ground, Qt.MaskMode.MaskInColor))

    # From the tallest letter to the lowest: below four pixels nobody reads a word.
    assert QRegion(inked).boundingRect().height() / 10 >= 4


def strip_of(qtbot: QtBot, look: Look, said: str) -> tuple[OwnWordsStrip, list[str]]:
    """Return the strip with these words, as it stands between two columns, and what it draws."""
    strip = OwnWordsStrip(room_look(look, 1366, 768))
    qtbot.addWidget(strip)
    strip.show_words("Det här är viktigt för Elias", said)
    strip.resize(560, strip.heightForWidth(560))
    strip.show()
    rest()
    return strip, [one.text for one in seen_of(strip) if "QLabel" not in one.where]


def test_of_very_many_words_the_strip_shows_two_lines_and_that_there_are_more(
    qtbot: QtBot, look: Look
) -> None:
    one, _ = strip_of(qtbot, look, "Jag vill boxas.")
    two, _ = strip_of(qtbot, look, "Jag vill vara ledare för de yngre i boxningen på onsdagar.")
    many, drawn = strip_of(qtbot, look, "Jag vill vara ledare för de yngre. " * 30)

    assert one.height() < two.height() == many.height()
    assert any("…" in text for text in drawn)


def test_words_that_need_two_lines_stand_whole_in_the_strip(qtbot: QtBot, look: Look) -> None:
    said = "Jag vill vara ledare för de yngre i boxningen på onsdagar."
    strip, drawn = strip_of(qtbot, look, said)

    assert not any("…" in text for text in drawn)
    assert strip.findChildren(QLabel)[-1].accessibleName() == said


def test_both_lines_of_the_strip_can_be_read_in_the_meeting(qtbot: QtBot, look: Look) -> None:
    room = meeting_room(carried=CARRIED)
    # One line at the width of its hint, and two at the width that it gets.
    said = "Verkstaden vill ha mig kvar till sommaren. Jag vill gå ledarutbildningen efter jul."
    own = entry(77, said, ItemKind.STATEMENT, category="own_words", said_by=room.subject_id)
    agenda = (replace(room.agenda[0], entries=(own,)), *room.agenda[1:])
    view = opened(qtbot, look, Table(replace(room, agenda=agenda, in_order=(own.item.id,))))

    strip = view.findChild(OwnWordsStrip)
    assert isinstance(strip, OwnWordsStrip)
    assert strip.isVisible()
    label = strip.findChildren(QLabel)[-1]
    assert label.accessibleName() == said
    assert label.height() >= label.heightForWidth(label.width()) >= 2 * label.fontMetrics().height()


def test_what_was_said_last_stands_in_the_strip_whichever_item_it_was_said_under(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    for text, item in (("Först.", "commitments"), ("Sist.", "voice")):
        own = EntryKind.OWN_WORDS
        wrote(vault, meeting_id, text, kind=own, under=item, said_by=family.subject)

    newest = newest_own_words(room_of(vault, meeting_id))

    assert newest is not None
    assert newest.item.text == "Sist."


@pytest.mark.parametrize("presence", [Presence.EXPECTED, Presence.GONE, Presence.ABSENT])
def test_nobody_is_asked_to_tell_who_is_not_there(
    qtbot: QtBot, look: Look, presence: Presence
) -> None:
    table = Table(heard(presence=presence))

    assert prompts_in(opened(qtbot, look, table)) == []
    shared = audience(table, look)
    qtbot.addWidget(shared)
    shared.show()
    assert prompts_in(shared) == []


def test_under_no_other_item_and_after_enough_was_said_is_nobody_asked(
    qtbot: QtBot, look: Look
) -> None:
    for room in (
        meeting_room(now=2, entries=()),
        heard(*(own_words(f"Det här är {one}.", number=900 + one) for one in range(3))),
    ):
        assert prompts_in(opened(qtbot, look, Table(room))) == []


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("presence", [Presence.HERE, Presence.REMOTE])
def test_the_young_person_has_something_to_begin_with(
    qtbot: QtBot, qapp: QApplication, scale: float, presence: Presence
) -> None:
    look = make_look(qapp, scale=scale)
    table = Table(heard(presence=presence))
    view = opened(qtbot, look, table)

    (prompts,) = prompts_in(view)
    assert is_whole(prompts)
    shown = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    assert "Vad är viktigast för dig just nu?" in shown
    assert "Inget är antecknat än." not in shown

    table.room = heard(own_words("Jag vill boxas."), presence=presence)
    view._model.refresh(Changes(items=True))  # noqa: SLF001  the step itself is looked at
    rest()

    assert is_whole(the_label(view, "Jag vill boxas."))
    # With large text the words that were said are all there is room for.
    assert len(prompts_in(view)) == (1 if scale == 1.0 else 0)


def test_the_screen_of_the_room_asks_the_same_as_long_as_all_words_stand_there(
    qtbot: QtBot, look: Look
) -> None:
    few = audience(Table(heard(own_words("Jag vill boxas."))), look)
    long = "Jag vill vara ledare för de yngre i boxningen på onsdagar. " * 30
    many = audience(Table(heard(own_words(long))), look)
    for one in (few, many):
        qtbot.addWidget(one)
        one.resize(1366, 768)
        one.show()
        rest()

    assert [is_whole(one) for one in prompts_in(few)] == [True]
    assert prompts_in(many) == []
