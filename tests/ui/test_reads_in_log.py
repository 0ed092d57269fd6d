"""Whoever opens a screen is in the log before they see it, once for each thing that they read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from tests.house.source import PACKAGE
from tests.ui.crawling import WAYS, Crawler, enter, print_protocol, save_protocol
from trygga_desktop.app import Surroundings
from trygga_desktop.domain.audit import Action, ActionKind
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel

NUMBER = "20090514-2394"

Act = Callable[[Crawler], Any]

# What each screen reads. A draft is read by its own entry; of a case, the overview and the notes
# are two reads.
READS: dict[str, list[Action]] = {
    "home": [Action.CASES_LISTED, Action.REMINDERS_READ, Action.DRAFTS_READ],
    "case": [Action.CASE_READ, Action.CASE_READ, Action.DRAFTS_READ],
    "people": [Action.PEOPLE_READ],
    "details": [Action.DETAILS_READ, Action.DRAFTS_READ],
    "consents": [Action.CONSENTS_READ],
    "mapping": [Action.CASE_READ, Action.DRAFTS_READ],
    "plan": [Action.PLAN_READ, Action.DRAFTS_READ, Action.DRAFTS_READ],
    "plan_compare": [Action.PLAN_READ],
    "plan_progress": [Action.PLAN_READ],
    "plan_papers": [Action.PAPER_COMPOSED],
    "closing": [Action.CLOSING_READ, Action.DRAFTS_READ],
    "agreement": [Action.AGREEMENT_READ],
    "follow_up": [Action.FOLLOW_UP_READ],
    "meetings": [Action.MEETINGS_READ],
    "consent_form": [Action.CONSENTS_READ, Action.DRAFTS_READ],
    "question": [Action.CASE_READ],
    "grounds": [Action.GROUNDS_READ, Action.DRAFTS_READ],
    "withdrawal": [Action.WITHDRAWAL_READ],
    "log": [Action.LOG_READ],
    "new_meeting": [Action.MEETINGS_READ, Action.DRAFTS_READ],
    "meeting": [Action.MEETING_READ, Action.DRAFTS_READ, Action.DRAFTS_READ],
    # What is entered is the meeting, before it is left; the question reads nothing.
    "alone": [Action.MEETING_READ, Action.DRAFTS_READ, Action.DRAFTS_READ],
    "hidden": [Action.MEETING_READ, Action.DRAFTS_READ],
    "protocol": [Action.MEETING_READ, Action.PROTOCOL_COMPOSED],
    "answers": [Action.MEETING_READ, Action.DRAFTS_READ],
    "voice": [Action.MEETING_READ, Action.DRAFTS_READ],
    "signatures": [Action.SIGNATURES_READ],
    "papers": [Action.MEETING_READ, Action.PAPER_COMPOSED],
    "packet_out": [Action.MEETING_READ],
    # A file is chosen first; looking into it is an entry of its own.
    "packet_in": [],
    "partners": [Action.PARTNERS_READ],
    "excerpts": [Action.DISTRIBUTION_READ, Action.PROTOCOL_READ, Action.EXCERPT_COMPOSED],
    "directory": [Action.DIRECTORY_READ],
    "new_case": [Action.DRAFTS_READ, Action.DIRECTORY_READ],
    "new_consultation": [Action.DRAFTS_READ, Action.DIRECTORY_READ],
    "consultation": [Action.CASE_READ, Action.DRAFTS_READ, Action.DRAFTS_READ],
    "kept": [Action.DRAFTS_READ, Action.CASES_LISTED],
    "ground_texts": [Action.CATALOGUE_READ],
    # A file is read that lies beside the vault, and nothing in it.
    "verify": [],
    "preferences": [Action.DRAFTS_READ],
}
BEFORE_A_VAULT = {"create_vault", "problem", "recover", "start", "unlock"}
ABOUT_CASE = {
    Action.CASE_READ,
    Action.PEOPLE_READ,
    Action.DETAILS_READ,
    Action.CONSENTS_READ,
    Action.MEETINGS_READ,
    Action.PLAN_READ,
    Action.GROUNDS_READ,
    Action.WITHDRAWAL_READ,
    Action.LOG_READ,
}
ABOUT_MEETING = {
    Action.MEETING_READ,
    Action.PROTOCOL_COMPOSED,
    Action.PROTOCOL_SAVED,
    Action.PROTOCOL_PRINTED,
}


def type_number(on: Crawler) -> None:
    """Type the number of somebody who has a case already, and leave the field."""
    form = on.current(NewCaseViewModel)
    form.type(FormField.NUMBER, NUMBER)
    form.leave_field(FormField.NUMBER)


def show_protocol(on: Crawler) -> None:
    """Show the protocol of the meeting that was held."""
    WAYS["protocol"](on)


def begin_professional(on: Crawler) -> None:
    """Begin to add a professional to the case."""
    WAYS["people"](on)
    on.current(PeopleViewModel).begin_professional()


def look_for_professional(on: Crawler) -> None:
    """Look for somebody to add."""
    form = on.current(PeopleViewModel).form
    assert isinstance(form, ProfessionalForm)
    form.search("Maria")


# What is read, or leaves the program, without another screen. There is no search but in a list that
# was entered as a whole: narrowing it shows less of what the log tells was read.
ACTS: dict[str, tuple[Act, Act, list[Action]]] = {
    "the list of cases narrowed": (
        WAYS["home"],
        lambda on: on.current(HomeViewModel).set_filter("Elias"),
        [],
    ),
    "the directory searched": (
        WAYS["directory"],
        lambda on: on.current(DirectoryViewModel).search("Maria"),
        [],
    ),
    "somebody of the directory looked for": (begin_professional, look_for_professional, []),
    "a person compared": (WAYS["new_case"], type_number, [Action.CASES_COMPARED]),
    "another kind in the log": (
        WAYS["log"],
        lambda on: on.current(LogViewModel).choose_kind(ActionKind.READ),
        [Action.LOG_READ],
    ),
    "a protocol saved": (
        show_protocol,
        save_protocol,
        [Action.MEETING_READ, Action.PROTOCOL_COMPOSED, Action.PROTOCOL_SAVED],
    ),
    "a protocol printed": (
        show_protocol,
        print_protocol,
        [Action.MEETING_READ, Action.PROTOCOL_COMPOSED, Action.PROTOCOL_PRINTED],
    ),
}


@pytest.fixture
def crawler(vault: OpenVault, appearance: Appearance, qtbot: QtBot, tmp_path: Path) -> Crawler:
    """A window on a vault with something to read in it."""
    given = Surroundings(
        now=vault.environment.now,
        state_folder=vault.environment.state_folder,
        settings_folder=tmp_path,
        suggested_folder=tmp_path,
    )
    made = enter(vault, appearance, given, tmp_path)
    qtbot.addWidget(made.window)
    return made


def told(on: Crawler) -> str:
    """Return every word in the window."""
    labels = [one.text() for one in on.window.findChildren(QLabel)]
    lines = [one.text() for one in on.window.findChildren(QLineEdit)]
    texts = [one.toPlainText() for one in on.window.findChildren(QTextEdit)]
    return " ".join([*labels, *lines, *texts])


def rows_of(model: HomeViewModel) -> set[UUID]:
    """Return the cases that the list shows."""
    return {model.table.case_at(row) for row in range(model.table.rowCount())}


@pytest.mark.parametrize("way", ["home", "case", "consents", "log", "meeting", "protocol"])
def test_what_cannot_be_entered_in_the_log_is_not_shown(crawler: Crawler, way: str) -> None:
    crawler.rooms.go_to_settings()
    crawler.vault.confirmed.is_broken = True

    WAYS[way](crawler)

    words = told(crawler)
    assert words
    assert [one for one in ("Elias", "Maria Lind", "Sover illa") if one in words] == []


def test_every_screen_of_a_vault_is_opened() -> None:
    screens = PACKAGE / "ui" / "screens"
    folders = {one.parent.name for one in screens.glob("*/view_model.py")}
    assert folders == {*WAYS, *BEFORE_A_VAULT}


def test_each_thing_read_is_in_the_log_once_before_it_is_shown(crawler: Crawler) -> None:
    for way, go in WAYS.items():
        entered = crawler.entered_by(go)

        assert [action for action, _ in entered] == READS[way], way
        for action, subject in entered:
            cases = {crawler.case_id, crawler.unnamed_id}
            assert action not in ABOUT_CASE or subject in cases, way
            if action in ABOUT_MEETING:
                assert subject in {crawler.planned_id, crawler.running_id, crawler.held_id}, way


@pytest.mark.parametrize("act", ACTS)
def test_what_is_read_or_leaves_without_another_screen_is_in_the_log(
    crawler: Crawler, act: str
) -> None:
    go, do, meant = ACTS[act]
    go(crawler)

    entered = crawler.entered_by(do)

    assert [action for action, _ in entered] == meant


def test_something_shown_without_an_entry_of_its_own_is_found(crawler: Crawler) -> None:
    def show_something_else(on: Crawler) -> None:
        WAYS["case"](on)
        on.runner.run(on.window, lambda: "Elias", print, print)

    with pytest.raises(AssertionError, match="was not entered"):
        crawler.entered_by(show_something_else)


def test_a_narrowed_list_shows_only_cases_that_were_listed(crawler: Crawler) -> None:
    WAYS["home"](crawler)
    model = crawler.current(HomeViewModel)
    listed = rows_of(model)

    model.set_filter("E")
    found = rows_of(model)
    model.set_filter("Testman Nobody")

    assert found
    assert found <= listed
    assert rows_of(model) == set()


@pytest.mark.parametrize("act", ["a protocol saved", "a protocol printed"])
def test_nothing_leaves_that_cannot_be_entered(crawler: Crawler, act: str) -> None:
    go, do, _ = ACTS[act]
    go(crawler)
    crawler.vault.confirmed.is_broken = True

    do(crawler)

    assert list(crawler.place.glob("*.pdf")) == []


def test_what_leaves_is_there(crawler: Crawler) -> None:
    show_protocol(crawler)

    save_protocol(crawler)
    print_protocol(crawler)

    assert {one.name for one in crawler.place.glob("*.pdf")} == {"protokoll.pdf", "utskrift.pdf"}
