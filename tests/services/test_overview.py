"""A case at a glance: the ways that it may go, what has happened, and what is still to do."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import HOSTILE
from tests.hostile import forge
from tests.people import (
    DAY,
    ELIAS,
    VIKTOR,
    Family,
    case_with_family,
    gate,
    opened_case,
    organisation,
    paper,
    planned_meeting,
    running_meeting,
    signed_case,
    wrote,
)
from trygga_desktop.domain.case import Cause, Intake, Phase
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import View
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.case_files import RecordStatement, record_statement
from trygga_desktop.services.cases import OpenCase, open_case
from trygga_desktop.services.consents import (
    RecordOpinion,
    SignerAnswer,
    WithdrawConsent,
    record_consent,
    record_opinion,
    withdraw_consent,
)
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.meetings import EndMeeting, cancel_meeting, end_meeting
from trygga_desktop.services.overview import (
    CaseOverview,
    ChangePhase,
    HappenedKind,
    change_phase,
    read_overview,
)
from trygga_desktop.services.vault import OpenVault

CLOSING = ChangePhase(case_id=UUID(int=1), phase=Phase.CLOSED, reason="goals_reached")


def overview(vault: OpenVault, case_id: UUID) -> CaseOverview:
    return read_overview(case_id, vault=vault).value


def refused(command: ChangePhase, vault: OpenVault) -> tuple[str, str]:
    before = overview(vault, command.case_id).step
    with pytest.raises(InvalidInputError) as caught:
        change_phase(command, vault=vault)
    assert overview(vault, command.case_id).step == before
    return caught.value.field, caught.value.flaw


def go(vault: OpenVault, case_id: UUID, *phases: Phase) -> None:
    for phase in phases:
        change_phase(ChangePhase(case_id=case_id, phase=phase), vault=vault)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (replace(CLOSING, phase=Phase.REFERRAL), ("phase", "order")),
        (replace(CLOSING, phase=Phase.FOLLOW_UP), ("phase", "order")),
        (replace(CLOSING, reason=""), ("reason", "missing")),
        (replace(CLOSING, reason="bored"), ("reason", "missing")),
        (replace(CLOSING, reason="other"), ("words", "missing")),
        (replace(CLOSING, reason="other", words=" \n"), ("words", "missing")),
        (replace(CLOSING, words="x" * 2_001), ("words", "length")),
    ],
)
def test_a_phase_that_cannot_follow_is_refused_by_field(
    vault: OpenVault, command: ChangePhase, expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault, programme="sspf")
    assert refused(replace(command, case_id=case_id), vault) == expected


def test_a_case_without_a_programme_goes_nowhere(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    found = overview(vault, case_id)
    assert (found.programme, found.phases, found.ways_on) == (None, (), ())
    for phase in Phase:
        command = ChangePhase(case_id=case_id, phase=phase, reason="goals_reached")
        assert refused(command, vault) == ("phase", "order")


def test_who_was_granted_nothing_sees_and_changes_nothing(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault, programme="sspf")
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        read_overview(case_id, vault=vault)
    with pytest.raises(NoAccessError):
        change_phase(ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT), vault=vault)
    vault.close()


def test_a_case_goes_only_the_ways_that_its_programme_has(vault: OpenVault) -> None:
    case_id = opened_case(vault, programme="sspf")
    ways = []
    for phase in (
        Phase.ASSESSMENT,
        Phase.BELOW_THRESHOLD,
        Phase.REFERRAL,
        Phase.ASSESSMENT,
        Phase.INFORMATION_AND_CONSENT,
        Phase.MAPPING,
        Phase.PLAN_MEETING,
        Phase.FOLLOW_UP,
        Phase.FOLLOW_UP,
        Phase.CLOSING,
    ):
        ways.append({one for one, _ in overview(vault, case_id).ways_on})
        # The gate alone leads from the stage without names.
        assert (phase in ways[-1]) == (phase is not Phase.INFORMATION_AND_CONSENT)
        if phase is Phase.INFORMATION_AND_CONSENT:
            pass_gate(gate(case_id, UUID(bytes=vault.trust.vault_id)), vault=vault)
        else:
            go(vault, case_id, phase)
    exits = {Phase.PAUSED, Phase.DECLINED, Phase.CLOSED}
    assert all(exits <= one for one in ways)
    assert ways[0] == {Phase.ASSESSMENT, Phase.BELOW_THRESHOLD} | exits
    assert overview(vault, case_id).step.phase is Phase.CLOSING


def test_only_closing_needs_a_reason_and_keeps_it(vault: OpenVault) -> None:
    case_id = opened_case(vault, programme="sspf")
    needs = {one for one, needs in overview(vault, case_id).ways_on if needs}
    assert needs == {Phase.CLOSED}
    command = replace(CLOSING, case_id=case_id, reason="other", words=" Flyttat utomlands ")
    change_phase(command, vault=vault)
    step = overview(vault, case_id).step
    assert (step.phase, step.reason, step.words, step.on, step.cause) == (
        Phase.CLOSED,
        "other",
        "Flyttat utomlands",
        DAY,
        Cause.DECIDED,
    )
    # And it can be raised again.
    go(vault, case_id, Phase.REFERRAL)
    assert overview(vault, case_id).step.phase is Phase.REFERRAL


def test_what_was_told_when_a_case_was_raised_is_shown(vault: OpenVault) -> None:
    board = UUID(bytes=vault.trust.vault_id)
    school = organisation(vault, "school", "Ekbackens skola")
    for by, name in ((school, "Ekbackens skola"), (board, "Exempelstad"), (None, "")):
        intake = Intake(
            raised_by=by, raised_on=date(2026, 11, 1), why="Frånvaro.", assessment="Behov."
        )
        command = OpenCase(person=ELIAS, programme="sspf", intake=intake)
        found = overview(vault, open_case(command, vault=vault).value)
        assert (found.intake, found.raised_by) == (intake, name)
        assert (found.timeline[0].kind, found.timeline[0].on) == (
            HappenedKind.RAISED,
            date(2026, 11, 1),
        )


def test_a_protected_young_person_is_on_the_overview_by_alias(vault: OpenVault) -> None:
    found = overview(vault, opened_case(vault, VIKTOR, programme="leavers"))
    assert [one.name for one in found.people] == ["NORD-7"]
    assert "Viktor" not in repr(found)


def answered(family: Family, *signers: UUID) -> tuple[SignerAnswer, ...]:
    return tuple(one for one in paper(family).answers if one.signer in signers)


def test_the_consent_at_a_glance(vault: OpenVault, clock: Clock) -> None:
    family = case_with_family(vault)

    def glance() -> tuple[int, int, date | None, tuple[str, ...], bool]:
        one = overview(vault, family.case_id).consent
        assert one.chain is ChainStanding.HOLDS
        return one.needed, one.signed, one.until, one.covered, one.is_withdrawn

    assert glance() == (3, 0, None, (), False)
    record_consent(paper(family, answers=answered(family, family.sara)), vault=vault)
    assert glance() == (3, 1, date(2027, 4, 26), (), False)
    rest = answered(family, family.subject, family.johan)
    record_consent(paper(family, answers=rest, valid_to=date(2027, 1, 26)), vault=vault)
    both = ("Ekbackens skola", "Exempelstad")
    assert glance() == (3, 3, date(2027, 1, 26), both, False)
    withdraw_consent(
        WithdrawConsent(case_id=family.case_id, signer=family.johan, on=DAY), vault=vault
    )
    assert glance() == (3, 2, date(2027, 1, 26), (), True)
    clock.move(days=100)
    assert glance() == (3, 1, date(2027, 4, 26), (), True)


def test_the_timeline_tells_what_happened_in_order_of_its_days(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    cancelled = planned_meeting(
        vault, family, starts_at=datetime.fromisoformat("2026-12-10T15:00:00+01:00")
    )
    cancel_meeting(cancelled, vault=vault)
    planned_meeting(vault, family, starts_at=datetime.fromisoformat("2026-12-17T00:30:00+01:00"))
    clock.move(days=2)
    day = DAY + timedelta(days=2)
    no = SignerAnswer(signer=family.sara, answer=Answer.REFUSED)
    record_consent(paper(family, signed_on=day, valid_from=day, answers=(no,)), vault=vault)
    record_opinion(
        RecordOpinion(
            case_id=family.case_id, person=family.subject, on=day, view=View.AGREES, words="Ja."
        ),
        vault=vault,
    )
    withdraw_consent(
        WithdrawConsent(
            case_id=family.case_id,
            signer=family.johan,
            on=day,
            organisations=frozenset({family.school}),
        ),
        vault=vault,
    )

    lines = overview(vault, family.case_id).timeline

    assert [one.on for one in lines] == sorted(one.on for one in lines)
    told = [(one.kind, one.on, one.who, one.number) for one in lines if one.phase is None]
    everyone = ("Elias Demosson", "Sara Demosson", "Johan Demosson")
    assert told == [
        (HappenedKind.RAISED, DAY, (), 0),
        (HappenedKind.CONSENT_GIVEN, DAY, everyone, 0),
        (HappenedKind.MEETING_HELD, DAY, (), 1),
        (HappenedKind.CONSENT_REFUSED, day, ("Sara Demosson",), 0),
        (HappenedKind.OPINION, day, ("Elias Demosson",), 0),
        (HappenedKind.CONSENT_WITHDRAWN_PART, day, ("Johan Demosson",), 0),
        (HappenedKind.MEETING_CANCELLED, date(2026, 12, 10), (), 2),
        # Half past midnight in Stockholm is the evening before in UTC.
        (HappenedKind.MEETING_PLANNED, date(2026, 12, 17), (), 3),
        (HappenedKind.CONSENT_ENDS, date(2027, 4, 26), (), 0),
    ]
    phases = [one.phase for one in lines if one.phase is not None]
    assert phases == [Phase.REFERRAL, Phase.ASSESSMENT, Phase.INFORMATION_AND_CONSENT]


def test_what_is_still_to_do_is_there_and_what_is_due_first_is_first(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    for text, days in (("sist", 30), ("först", 3), ("mitt emellan", 10)):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            organisation_id=family.school,
            responsible="Maria Lind",
            due_on=DAY + timedelta(days=days),
        )
    texts = [one.item.text for one in overview(vault, family.case_id).commitments]
    assert texts == ["först", "mitt emellan", "sist"]


def test_the_newest_own_words_and_the_mapping_are_shown(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    for text in ("Jag vill inget.", "Jag vill börja träna igen."):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.OWN_WORDS,
            under="voice",
            said_by=family.subject,
        )
    wrote(
        vault,
        meeting_id,
        "Han vill träna.",
        kind=EntryKind.OWN_WORDS,
        under="voice",
        said_by=family.sara,
    )
    for text, is_strength in (("Trivs i skolan", True), ("Behöver läxhjälp", False)):
        record_statement(
            RecordStatement(
                case_id=family.case_id,
                origin_id=family.school,
                category="schooling",
                about=frozenset(),
                text=text,
                area="school",
                is_strength=is_strength,
            ),
            vault=vault,
        )

    found = overview(vault, family.case_id)

    assert found.own_words is not None
    assert found.own_words.item.text == "Jag vill börja träna igen."
    told = [(one.item.text, one.item.is_strength, one.who) for one in found.mapping]
    assert told == [
        ("Trivs i skolan", True, "Ekbackens skola"),
        ("Behöver läxhjälp", False, "Ekbackens skola"),
    ]


def test_the_last_meeting_and_the_next_are_told(vault: OpenVault) -> None:
    family = signed_case(vault)
    assert overview(vault, family.case_id).next_meeting is None
    first = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    planned_meeting(vault, family, starts_at=datetime.fromisoformat("2027-02-01T15:00:00+01:00"))
    sooner = planned_meeting(
        vault, family, starts_at=datetime.fromisoformat("2027-01-01T15:00:00+01:00")
    )
    found = overview(vault, family.case_id)
    assert found.last_meeting is not None
    assert found.next_meeting is not None
    assert (found.last_meeting.id, found.next_meeting.id) == (first, sooner)


def test_whom_the_case_opens_for_is_told_and_who_is_responsible(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    told = [(one.name, one.is_responsible) for one in overview(vault, case_id).workers]
    assert told == [("Karin Ek", True), ("Petra Nyman", False)]
    vault.close()


def test_hostile_words_come_back_as_they_were(vault: OpenVault) -> None:
    texts = [one for one in HOSTILE if len(one) < 2_000]
    for text in texts:
        intake = Intake(why=text, assessment=text)
        command = OpenCase(person=ELIAS, programme="sspf", intake=intake)
        case_id = open_case(command, vault=vault).value
        change_phase(
            ChangePhase(case_id=case_id, phase=Phase.PAUSED, words=f"x{text}x"), vault=vault
        )
        found = overview(vault, case_id)
        assert (found.intake.why, found.intake.assessment) == (text, text)
        assert found.step.words == f"x{text}x"
        assert found.timeline[-1].words == f"x{text}x"


@pytest.mark.parametrize("table", ["item", "commitment", "meeting"])
def test_what_was_damaged_is_left_out_and_counted(made: MadeVault, table: str) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    promise = wrote(
        vault,
        meeting_id,
        "Ringa BUP",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    ).id
    assert overview(vault, family.case_id).left_out == 0
    vault.close()
    damaged = meeting_id if table == "meeting" else promise
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE {table} SET ciphertext = x'00' WHERE id = '{damaged.hex}'",
    )
    vault = made.open()
    assert overview(vault, family.case_id).left_out == 1
    vault.close()


def test_what_is_guarded_is_not_on_the_overview(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Storgatan 1",
        kind=EntryKind.OWN_WORDS,
        under="voice",
        said_by=family.subject,
        is_guarded=True,
    )
    found = overview(vault, family.case_id)
    assert found.own_words is None
    assert "Storgatan" not in repr(found)
