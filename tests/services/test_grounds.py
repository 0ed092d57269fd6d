"""Telling something without consent: exactly what was decided, to whom it was decided."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import (
    DAY,
    Family,
    case_with_family,
    organisation,
    professional,
    room_of,
    running_meeting,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.consents import ChangeTerms, change_terms
from trygga_desktop.services.grounds import UseGround, read_grounds, use_ground
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.vault import OpenVault

TOLD = "Elias sover hos en kamrat."
UNTIL = DAY + timedelta(days=30)
ANSWERS = (
    GroundAnswer(condition="group", holds=True),
    GroundAnswer(condition="needed", words="BUP behöver det för bedömningen av sömnen."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A meeting with the child psychiatry, to which nobody has consented, and what was said."""

    family: Family
    bup: UUID
    meeting_id: UUID
    item: UUID
    other: UUID


def told(vault: OpenVault) -> Told:
    family = case_with_family(vault)
    bup = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    mirja = professional(vault, family.case_id, bup, "Mirja Kallio", "kurator")
    meeting_id = running_meeting(vault, family, family.karin, mirja)
    item, other = (
        wrote(vault, meeting_id, text, category="family", organisation_id=family.board).id
        for text in (TOLD, "Elias bor hos sin mormor.")
    )
    return Told(family=family, bup=bup, meeting_id=meeting_id, item=item, other=other)


def decision(case: Told, **changes: Any) -> UseGround:
    """Return that the head of unit lets BUP know of the one thing, with answers and motive."""
    command = UseGround(
        case_id=case.family.case_id,
        ground="care_and_social_under_18",
        items=frozenset({case.item}),
        recipients=frozenset({case.bup}),
        answers=ANSWERS,
        decided_by="Maja Lund, enhetschef",
        motive="Sömnen behöver bedömas nu.",
        on=DAY,
        until=UNTIL,
    )
    return replace(command, **changes)


def on_screen(vault: OpenVault, case: Told) -> list[str]:
    room = room_of(vault, case.meeting_id)
    return [entry.item.text for one in room.agenda for entry in one.entries]


def against(vault: OpenVault, case: Told) -> dict[str, set[Reason]]:
    """Return what stands against each hidden text, for whoever is not of the board."""
    found = read_hidden(case.meeting_id, vault=vault).value
    return {
        one.entry.item.text: {
            reason for _, decided in one.against for reason in (decided.reason, *decided.also)
        }
        for one in found.hidden
    }


def test_who_was_not_granted_the_case_decides_and_reads_nothing(made: MadeVault) -> None:
    vault = made.open()
    case = told(vault)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        use_ground(decision(case), vault=vault)
    with pytest.raises(NoAccessError):
        read_grounds(case.family.case_id, vault=vault)
    vault.close()


def refused(vault: OpenVault, command: UseGround) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        use_ground(command, vault=vault)
    return caught.value.field, caught.value.flaw


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"decided_by": " "}, ("decided_by", "missing")),
        ({"decided_by": "x" * 201}, ("decided_by", "length")),
        ({"motive": ""}, ("motive", "missing")),
        ({"motive": "x" * 2001}, ("motive", "length")),
        ({"answers": ()}, ("answers", "missing")),
        ({"answers": ANSWERS[:1]}, ("answers", "missing")),
        (
            {"answers": (GroundAnswer(condition="group", holds=False), ANSWERS[1])},
            ("answers", "missing"),
        ),
        (
            {"answers": (ANSWERS[0], GroundAnswer(condition="needed", words="x" * 2001))},
            ("answers", "length"),
        ),
        ({"on": DAY + timedelta(days=1)}, ("on", "future")),
        ({"until": DAY - timedelta(days=1)}, ("until", "order")),
        ({"ground": "because"}, ("ground", "unknown")),
        ({"ground": "consent"}, ("ground", "expired")),
        ({"ground": "youth_crime_prevention"}, ("ground", "expired")),
        ({"ground": "general_clause"}, ("ground", "holder")),
        ({"items": frozenset()}, ("items", "unknown")),
        ({"items": frozenset({uuid4()})}, ("items", "unknown")),
        ({"recipients": frozenset()}, ("recipients", "missing")),
        ({"recipients": frozenset({uuid4()})}, ("recipients", "unknown")),
    ],
)
def test_a_decision_that_is_not_whole_opens_nothing_and_is_not_stored(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    case = told(vault)
    assert refused(vault, decision(case, **changes)) == expected
    assert read_grounds(case.family.case_id, vault=vault).value.used == ()
    assert on_screen(vault, case) == []


def test_a_ground_reaches_no_recipient_that_it_does_not_name(vault: OpenVault) -> None:
    case = told(vault)
    school = decision(case, recipients=frozenset({case.family.school}))
    assert refused(vault, school) == ("recipients", "scope")
    itself = decision(case, recipients=frozenset({case.family.board}))
    assert refused(vault, itself) == ("recipients", "unknown")


def test_one_decision_is_about_one_holder_and_one_kind_of_information(vault: OpenVault) -> None:
    case = told(vault)
    of_health = wrote(
        vault, case.meeting_id, "Sover dåligt.", category="health", organisation_id=case.bup
    ).id
    mixed = decision(case, items=frozenset({case.item, of_health}))
    assert refused(vault, mixed) == ("items", "mixed")


def test_a_decision_opens_the_item_that_it_names_and_no_other_like_it(vault: OpenVault) -> None:
    case = told(vault)
    assert on_screen(vault, case) == []
    use_ground(decision(case), vault=vault)

    assert on_screen(vault, case) == [TOLD]
    (left,) = against(vault, case).values()
    assert Reason.GROUND_OTHER_SCOPE in left


def test_a_decision_ends_with_its_last_day_and_when_it_is_taken_back(
    vault: OpenVault, clock: Clock
) -> None:
    case = told(vault)
    use = use_ground(decision(case), vault=vault).value
    clock.move(days=30)
    assert on_screen(vault, case) == [TOLD]
    clock.move(days=1)
    assert on_screen(vault, case) == []
    assert Reason.GROUND_EXPIRED in against(vault, case)[TOLD]

    again = use_ground(
        decision(case, on=UNTIL, until=UNTIL + timedelta(days=90)), vault=vault
    ).value
    assert on_screen(vault, case) == [TOLD]
    taken_back = UNTIL + timedelta(days=1)
    lift = ChangeTerms(case_id=case.family.case_id, on=taken_back, lifted=(again, use))
    change_terms(lift, vault=vault)
    assert on_screen(vault, case) == []
    recorded = read_grounds(case.family.case_id, vault=vault).value.used
    assert [(one.use.id, one.lifted_on) for one in recorded] == [
        (again, taken_back),
        (use, taken_back),
    ]


def test_what_was_decided_is_read_with_its_motive_and_the_grounds_of_the_day(
    vault: OpenVault,
) -> None:
    case = told(vault)
    use_ground(decision(case), vault=vault)

    found = read_grounds(case.family.case_id, vault=vault).value

    (used,) = found.used
    assert (used.on, used.flaw, used.lifted_on) == (DAY, None, None)
    assert (used.use.motive, used.use.answers) == ("Sömnen behöver bedömas nu.", ANSWERS)
    assert found.people[0].party.id == case.family.subject
    assert case.bup in {one.id for one in found.organisations}
    assert {one.item.id for one in found.items} == {case.item, case.other}
    codes = {one.code for one in found.grounds}
    assert "care_and_social_under_18" in codes
    assert "consent" not in codes
    assert "youth_crime_prevention" not in codes
    assert any(not one.is_verified for one in found.grounds)


def test_a_decision_dated_on_a_day_before_counts_from_that_day(vault: OpenVault) -> None:
    case = told(vault)
    earlier = date(2026, 11, 20)
    use_ground(decision(case, on=earlier), vault=vault)
    (used,) = read_grounds(case.family.case_id, vault=vault).value.used
    assert used.on == earlier
    assert on_screen(vault, case) == [TOLD]
