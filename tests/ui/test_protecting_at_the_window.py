"""Somebody is protected by a person at the window of the wired program, on a real vault."""

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.people import DAY
from tests.story.at_the_screens.desk import Case
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.words import Words
from tests.ui.crawling import Crawler, enter
from trygga_desktop.app import Surroundings
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.people import Protection
from trygga_desktop.paths import shipped
from trygga_desktop.services.case_files import FactKind, read_case
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance


@pytest.fixture
def crawler(vault: OpenVault, appearance: Appearance, qtbot: QtBot, tmp_path: Path) -> Crawler:
    """A window on a vault with a case, whose meetings are to come, running, held and sealed."""
    given = Surroundings(
        now=vault.environment.now,
        state_folder=vault.environment.state_folder,
        settings_folder=tmp_path,
        suggested_folder=tmp_path,
    )
    found = enter(vault, appearance, given, tmp_path)
    qtbot.addWidget(found.window)
    found.window.resize(1920, 1080)
    return found


@pytest.mark.timeout(300)
def test_whoever_is_protected_at_the_window_is_called_by_the_alias_from_then_on(
    crawler: Crawler,
) -> None:
    words = Words(load_catalogue(shipped("resources") / "catalogue")[0])
    case = Case(Person(crawler.window), words, "Elias Demosson")

    case.protect(
        "Elias Demosson",
        kind=Protection.SECRECY_MARKING,
        alias="NORD-7",
        since=date(2026, 11, 20),
        is_subject=True,
    )
    again = Case(case.person, words, "NORD-7")
    again.protect(
        "NORD-7",
        kind=Protection.PROTECTED_REGISTRATION,
        alias="NORD-7",
        since=DAY,
        is_subject=True,
    )

    vault = crawler.vault
    assert "NORD-7" in [one.title for one in list_cases(vault=vault).value.rows]
    for meeting_id in (crawler.planned_id, crawler.running_id, crawler.held_id, crawler.before_id):
        assert "Elias" not in repr(read_meeting(meeting_id, vault=vault).value.seats)
    facts = {one.kind: one.item.text for one in read_case(crawler.case_id, vault=vault).value.facts}
    assert facts[FactKind.PROTECTION] == Protection.PROTECTED_REGISTRATION
    assert facts[FactKind.NAME] == "Elias Demosson"
    with vault.work() as work:
        raised = [one for one in work.audit.entries() if one.action is Action.PROTECTION_RAISED]
        assert not work.drafts.all()
    assert len(raised) == 2
