"""The end of a meeting in plain sentences: what they tell, and where they are shown."""

from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import Table, entry, meeting_room
from tests.ui.overheard import seen_of
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import NextMeeting
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.screens.meeting.summary import summary_of
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

SWEDISH = load_language("sv")


def review(qtbot: QtBot, look: Look, table: Table) -> tuple[MeetingViewModel, MeetingView]:
    model = table.open()
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    model.review()
    button = view.findChild(Button, "read it aloud")
    assert isinstance(button, Button)
    button.click()
    QApplication.processEvents()
    return model, view


def opened(view: QWidget) -> list[QDialog]:
    return [one for one in view.window().findChildren(QDialog) if one.isVisible()]


def test_what_was_not_reached_and_what_is_private_is_not_told() -> None:
    room = meeting_room()

    told = " ".join(summary_of(room, None, SWEDISH))

    assert "Mål och åtaganden" not in told
    assert "Enskild punkt" not in told
    assert "Vi ses igen" not in told


def test_nobody_is_named_whose_name_the_room_may_not_know() -> None:
    unnamed = entry(10, "Vi fortsätter", ItemKind.DECISION, who="")
    room = replace(meeting_room(entries=(unnamed,), subject=""), carried=())

    told = " ".join(summary_of(room, None, SWEDISH))

    assert "Elias" not in told
    assert "Det bestämdes: Vi fortsätter." in told


def test_it_tells_what_was_said_decided_promised_and_when_to_meet_again() -> None:
    agreed = NextMeeting(starts_at=datetime(2027, 1, 14, 23, 30, tzinfo=UTC))

    told = summary_of(meeting_room(), agreed, SWEDISH)

    assert told == [
        (
            "I dag gick vi igenom: Välkomna, roller och samtycke, Den unges röst, Det vi lovade "
            "förra gången, Skola och vardag och Fritid och vänner."
        ),
        "Elias sade: ”Jag vill vara ledare för de yngre i boxningen.”",
        (
            "Fritidsgården Kajutan har bestämt: Elias får en egen grupp på onsdagar. Elias "
            "Demosson håller inte med: ”Jag vill gå den först efter jul.” Det står bredvid "
            "beslutet."
        ),
        "Dalia Karim har lovat, senast fre 27 nov: Skicka tider och lista till Elias.",
        "Vi ses igen den 15 januari 2027 klockan 00:30.",
    ]


def test_one_press_shows_it_in_large_letters(qtbot: QtBot, look: Look) -> None:
    _, view = review(qtbot, look, Table())

    (dialog,) = opened(view)

    assert any("har bestämt" in text for _, text in seen_of(dialog))


def test_the_curtain_takes_it_away(qtbot: QtBot, look: Look) -> None:
    model, view = review(qtbot, look, Table())

    model.toggle_curtain()

    assert opened(view) == []


def test_it_goes_when_the_room_may_see_something_else(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model, view = review(qtbot, look, table)
    table.room = meeting_room(entries=())

    model.refresh(Changes(consents=True))

    assert opened(view) == []
