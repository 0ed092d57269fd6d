"""With two screens the room has one of its own, and the leader the other."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.ui.two_screens_program import TYPED

SCREENS = [
    {
        "name": name,
        "x": left,
        "y": 0,
        "width": width,
        "height": height,
        "logicalDpi": 96,
        "logicalBaseDpi": 96,
        "dpr": 1,
    }
    for name, left, width, height in (
        ("LAPTOP", 0, 1366, 768),
        ("PROJEKTOR", 1366, 1920, 1080),
    )
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What each of the two screens showed in the course of a meeting."""
    place = tmp_path_factory.mktemp("screens")
    file = place / "screens.json"
    file.write_text(json.dumps({"screens": SCREENS}), encoding="utf-8")
    done = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-m", "tests.ui.two_screens_program", str(place)],
        capture_output=True,
        text=True,
        check=False,
        # What screens there are is settled when Qt starts.
        env={**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


def says(found: dict[str, Any], when: str, where: str, text: str) -> bool:
    return any(text in one for one in found[when][where])


def test_nothing_is_on_the_second_screen_before_a_meeting(found: dict[str, Any]) -> None:
    assert not found["home"]["is_open"]


def test_before_it_begins_the_room_reads_the_reminder(found: dict[str, Any]) -> None:
    assert says(found, "opening", "room", "Prata med Elias, inte om Elias.")
    assert not says(found, "opening", "held", "egen grupp")


def test_the_room_sees_the_item_what_was_noted_and_own_words(found: dict[str, Any]) -> None:
    assert found["fills"]
    for text in ("Fritid och vänner", "Elias får en egen grupp på onsdagar", "ledare för de yngre"):
        assert says(found, "running", "room", text)


def test_the_room_sees_neither_what_is_being_typed_nor_who_is_at_the_table(
    found: dict[str, Any],
) -> None:
    assert says(found, "running", "leader", TYPED)
    assert says(found, "running", "leader", "Henrik Alm")
    for text in (TYPED, "Henrik Alm", "Lägg till", "Mötesledarens fönster", "Delat läge"):
        assert not says(found, "running", "held", text)
        assert not says(found, "running", "room", text)


def test_nothing_on_the_rooms_screen_can_be_pressed(found: dict[str, Any]) -> None:
    assert found["focusable"] == []
    assert found["title"] == "Trygga: möte"


@pytest.mark.parametrize("when", ["curtain", "break", "asked", "still asked", "unplugged"])
def test_what_covers_the_one_covers_the_other(found: dict[str, Any], when: str) -> None:
    for where in ("leader", "room"):
        assert not says(found, when, where, "Elias")
        assert not says(found, when, where, "Fritid och vänner")


def test_a_break_shows_the_clock_and_when_it_goes_on(found: dict[str, Any]) -> None:
    for where in ("leader", "room"):
        assert says(found, "break", where, "07:51")
        assert says(found, "break", where, "08:01")
    assert not says(found, "curtain", "room", "07:51")


def test_what_is_hidden_is_told_to_the_leader_while_the_room_sees_its_own(
    found: dict[str, Any],
) -> None:
    assert says(found, "leader's page", "leader", "borta från skolan sex dagar")
    assert not says(found, "leader's page", "held", "borta från skolan")
    assert says(found, "leader's page", "room", "Fritid och vänner")


@pytest.mark.parametrize("when", ["leader's page covered", "leader's page left alone"])
def test_what_covers_the_leaders_page_covers_the_room(found: dict[str, Any], when: str) -> None:
    assert says(found, when, "leader", "Skärmen är täckt")
    assert not says(found, when, "leader", "borta från skolan sex dagar")
    assert not says(found, when, "room", "Fritid och vänner")
    assert not says(found, when, "held", "Fritid och vänner")
    assert says(found, "leader's page again", "room", "Fritid och vänner")
    assert says(found, "leader's page again", "leader", "borta från skolan sex dagar")


def test_a_meeting_goes_on_while_its_leader_is_at_the_own_page(found: dict[str, Any]) -> None:
    assert found["pace at the leader's page"] == "MEETING"


def test_the_screen_of_the_room_is_emptied_filled_and_opened_again_by_a_key(
    found: dict[str, Any],
) -> None:
    assert not says(found, "emptied by key", "room", "Fritid och vänner")
    assert says(found, "filled by key", "room", "Fritid och vänner")
    assert not found["closed by hand"]["is_open"]
    assert says(found, "closed by hand", "leader", "Skift+F9")
    assert says(found, "opened by key", "room", "Fritid och vänner")
    assert says(found, "opened by key", "leader", "borta från skolan sex dagar")
    assert not says(found, "emptied by button", "room", "Fritid och vänner")
    assert says(found, "emptied by button", "leader", "Visa mötet där")


def test_emptying_the_screen_of_the_room_covers_nothing_at_the_table(
    found: dict[str, Any],
) -> None:
    assert not says(found, "emptied at the table", "room", "Fritid och vänner")
    for when in ("emptied at the table", "filled at the table"):
        assert says(found, when, "leader", "Fritid och vänner")
    assert says(found, "filled at the table", "room", "Fritid och vänner")


def test_what_changes_meanwhile_is_read_for_the_room(found: dict[str, Any]) -> None:
    assert says(found, "changed meanwhile", "room", "Mål och åtaganden")


def test_a_frozen_screen_keeps_what_it_shows_and_never_what_must_be_hidden(
    found: dict[str, Any],
) -> None:
    assert says(found, "frozen", "room", "Fritid och vänner")
    assert not says(found, "frozen", "room", "Mål och åtaganden")
    assert says(found, "frozen", "leader", "Fryst")
    for when in ("frozen while somebody comes", "frozen and somebody has come"):
        assert says(found, when, "room", "Skärmen är täckt")
        for where in ("room", "held"):
            assert not says(found, when, where, "Elias")
            assert not says(found, when, where, "åtaganden")
        assert says(found, when, "leader", "Det frysta får inte visas längre")
        assert says(found, when, "leader", "Visa det som får visas nu")
    assert says(found, "shown to whoever came", "room", "Mål och åtaganden")


def test_what_is_shown_instead_of_a_lost_picture_is_no_more_than_may_be_shown_now(
    found: dict[str, Any],
) -> None:
    when = "lost and shown before it was read"
    assert not says(found, when, "room", "Elias")
    assert not says(found, when, "held", "Elias får en egen grupp")
    assert not says(found, "left empty all along", "room", "Mål och åtaganden")


def test_a_lost_picture_leads_back_by_the_key_and_the_button_that_froze_it_and_at_the_table(
    found: dict[str, Any],
) -> None:
    assert found["buttons where it was lost"] == ["freeze room"]
    for when in (
        "lost and shown by the key of freezing",
        "lost and shown by button",
        "lost and back at the table",
    ):
        assert says(found, when, "room", "Mål och åtaganden")
        assert not says(found, when, "leader", "Det frysta får inte visas längre")


def test_the_leaders_page_tells_nothing_on_the_screen_of_the_room(found: dict[str, Any]) -> None:
    shown = "leader's page on the shared screen"
    assert not says(found, shown, "leader", "borta från skolan sex dagar")


def test_a_screen_that_comes_is_asked_about_and_no_key_but_an_answer_lifts_the_cover(
    found: dict[str, Any],
) -> None:
    for when in ("asked", "still asked", "asked at home"):
        assert says(found, when, "leader", "En skärm har anslutits")


def test_it_can_be_left_empty_while_the_leader_goes_on(found: dict[str, Any]) -> None:
    assert found["left empty"]["is_open"]
    assert says(found, "left empty", "leader", "Fritid och vänner") or says(
        found, "left empty", "leader", "Mål och åtaganden"
    )
    assert not says(found, "left empty", "room", "Elias")
    assert says(found, "shown", "room", "Mål och åtaganden")


def test_a_screen_that_is_unplugged_takes_its_window_with_it(found: dict[str, Any]) -> None:
    assert found["shown"]["is_open"]
    assert not found["unplugged"]["is_open"]


def test_whoever_leaves_the_meeting_leaves_nothing_of_it_on_the_second_screen(
    found: dict[str, Any],
) -> None:
    assert not found["left"]["is_open"]
    assert not says(found, "left", "leader", "Ser någon annan den här skärmen?")


def test_one_can_answer_with_a_lock(found: dict[str, Any]) -> None:
    assert found["locked"] == 1
