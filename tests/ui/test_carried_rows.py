"""At the meeting earlier promises stand agency by agency, with their age, or why not."""

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import CARRIED, Table, meeting_room, promise
from tests.ui.test_meeting_screen import opened, words
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.i18n import Language
from trygga_desktop.services.carried import Age
from trygga_desktop.services.rooms import ShownCommitment, ShownEntry
from trygga_desktop.ui.screens.meeting.carried_words import by_agency, told_beside
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel

LEISURE = promise()


def told(place: int, **fields: Any) -> ShownEntry:
    return replace(CARRIED[place], commitment=replace(LEISURE, **fields))


def headings(entries: list[ShownEntry], language: Language) -> list[tuple[str, int]]:
    return [(name, len(promised)) for name, promised in by_agency(entries, language)]


def test_each_agency_has_one_heading_and_the_family_its_own(look: Look) -> None:
    _ = look.language.gettext
    entries = [
        told(0),
        told(1),
        told(2, organisation="", kind="", responsible="Elias"),
        told(3, organisation="", kind="gone"),
    ]
    assert headings(entries, look.language) == [
        ("Fritidsgården Kajutan", 2),
        (_("The young person and the family"), 1),
        (_("Other organisations"), 1),
    ]


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (None, ""),
        (Age(days=0, times=0), ""),
        (Age(days=1, times=0), "för 1 dag sedan"),
        (Age(days=21, times=1), "för 21 dagar sedan, upptaget 1 gång"),
        (Age(days=28, times=2), "för 28 dagar sedan, upptaget 2 gånger"),
    ],
)
def test_an_open_promise_tells_its_age(look: Look, age: Age | None, text: str) -> None:
    catalogue = meeting_room().catalogue
    assert told_beside(replace(LEISURE, age=age), catalogue, look.language) == text


def test_one_that_has_ended_tells_why_and_no_age(look: Look) -> None:
    ended = replace(
        LEISURE,
        state=CommitmentState.NOT_POSSIBLE,
        reason="queue",
        age=Age(days=7, times=1),
    )
    catalogue = meeting_room().catalogue
    assert told_beside(ended, catalogue, look.language) == "Kö eller väntetid hos någon annan"
    unknown = replace(ended, reason="of another catalogue")
    assert told_beside(unknown, catalogue, look.language) == ""


def test_the_screen_on_the_table_shows_agency_age_and_reason(qtbot: QtBot, look: Look) -> None:
    entries = [
        told(0, age=Age(days=21, times=2)),
        told(1, state=CommitmentState.NOT_POSSIBLE, reason="queue"),
    ]
    view = opened(qtbot, look, Table(meeting_room(carried=entries)).open())
    shown = words(view)
    for one in entries:
        assert isinstance(one.commitment, ShownCommitment)
        assert told_beside(one.commitment, meeting_room().catalogue, look.language) in shown
    agencies = [
        one.text() for one in view.findChildren(PlainLabel, "agency") if one.isVisibleTo(view)
    ]
    assert agencies == ["Fritidsgården Kajutan"]
