"""A sample of the long walk through a meeting, and whether its ears hear anything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import MadeVault
from tests.endurance.nameless import walk_without_names
from tests.endurance.walk import walk
from tests.endurance.whispers import Canaries, Room, Rule
from tests.people import arrive, planned_meeting, room_of, signed_case
from tests.ui.overheard import copied, everything_of, seen_of
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel

STEPS = 60
STEPS_WITHOUT_NAMES = 20


def in_a_tooltip(part: QLineEdit) -> None:
    part.setToolTip("kanarie")


def in_the_title(part: QLineEdit) -> None:
    part.window().setWindowTitle("kanarie")


def in_the_name(part: QLineEdit) -> None:
    part.setAccessibleName("kanarie")


def in_the_description(part: QLineEdit) -> None:
    part.setAccessibleDescription("kanarie")


def in_the_placeholder(part: QLineEdit) -> None:
    part.setPlaceholderText("kanarie")


@pytest.mark.parametrize(
    "say", [in_a_tooltip, in_the_title, in_the_name, in_the_description, in_the_placeholder]
)
def test_whatever_a_window_says_is_heard(qtbot: QtBot, say: Callable[[QLineEdit], None]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    window.show()

    say(field)

    assert any("kanarie" in one.text for one in everything_of(window))


def test_what_is_drawn_or_can_be_chosen_is_heard(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    PlainLabel(look, "kanarie", parent=window).resize(200, 40)
    QComboBox(window).addItem("stare")
    window.show()

    assert any("kanarie" in one.text for one in seen_of(window) if one.where.endswith("picture"))
    assert any("stare" in one.text for one in everything_of(window))


def test_what_was_copied_is_heard(qapp: QApplication) -> None:
    qapp.clipboard().setText("kanarie")

    assert [one.text for one in copied() if "clipboard Clipboard" in one.where] == ["kanarie"]
    qapp.clipboard().clear()


def test_what_is_met_where_it_must_not_be_is_a_leak(vault: OpenVault) -> None:
    family = signed_case(vault)
    canaries = Canaries(family)
    covered, never = canaries.plant(Rule.COVERED), canaries.plant(Rule.NEVER)
    everyone = (family.karin, family.maria, family.peter)
    meeting_id = planned_meeting(vault, family, *everyone)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    (meeting,) = read_meetings(family.case_id, vault=vault).value.meetings
    without_police = tuple(
        one for one in meeting.participants if one.organisation_id != family.police
    )
    said = f"Här står {covered} och {never}."

    assert set(canaries.leaked(said, Room(people=(), is_withdrawn=False))) == {covered, never}
    with_police = Room(people=meeting.participants, is_withdrawn=False)
    assert set(canaries.leaked(said, with_police)) == {covered, never}
    taken_back = Room(people=without_police, is_withdrawn=True)
    assert set(canaries.leaked(said, taken_back)) == {covered, never}
    allowed = Room(people=without_police, is_withdrawn=False)
    assert set(canaries.leaked(said, allowed)) == {never}
    assert canaries.met == {covered}


@pytest.mark.timeout(300)
def test_no_shared_window_says_what_somebody_in_the_room_must_not_know(
    made: MadeVault, qapp: QApplication, appearance: Appearance, tmp_path: Path
) -> None:
    walked = walk(
        made, application=qapp, appearance=appearance, place=tmp_path, count=STEPS, seed=4
    )

    assert walked.leaks == []
    assert walked.lost == []
    assert walked.looks == 2 * STEPS
    assert walked.met[Rule.COVERED] > 0


@pytest.mark.timeout(300)
def test_where_no_name_is_said_nothing_that_others_see_says_one(
    made: MadeVault, qapp: QApplication, appearance: Appearance, tmp_path: Path
) -> None:
    walked = walk_without_names(
        made,
        application=qapp,
        appearance=appearance,
        place=tmp_path,
        count=STEPS_WITHOUT_NAMES,
        seed=4,
    )

    assert walked.leaks == []
    assert walked.looks == 2 * STEPS_WITHOUT_NAMES + 1
    assert walked.aliases > 0
