"""The letters to the agencies: who gets one, what it says, and what the log knows of it."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    STARTS_AT,
    Family,
    case_with_family,
    cells,
    paper,
    planned_meeting,
    running_meeting,
    signed_case,
    wrote,
)
from tests.services.rows import take_away
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.audit import CONSENT_ACTIONS, Action
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.consents import (
    RecordBar,
    SignerAnswer,
    WithdrawConsent,
    confirm_consents,
    read_consents,
    record_bar,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.letters import (
    ComposeLetter,
    Letter,
    compose_letter,
    log_letter_failed,
    log_letter_printed,
    log_letter_saved,
)
from trygga_desktop.services.meetings import cancel_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import read_withdrawal

NEXT_WEEK = STARTS_AT + timedelta(days=7)
OF_THE_FAMILY = ("Elias", "Sara", "Johan", "Demosson")


def letters(vault: OpenVault, family: Family) -> dict[UUID, Letter]:
    found = read_withdrawal(family.case_id, vault=vault).value.letters
    return {one.organisation_id: one for one in found}


def read(vault: OpenVault, family: Family, organisation_id: UUID) -> str:
    """Return all text of a letter, as a reader finds it."""
    command = ComposeLetter(case_id=family.case_id, organisation_id=organisation_id)
    return read_back(compose_letter(command, vault=vault).value.pdf)


def take_back(
    vault: OpenVault, family: Family, *organisations: UUID, signer: UUID | None = None
) -> None:
    command = WithdrawConsent(
        case_id=family.case_id,
        signer=signer or family.sara,
        on=DAY,
        organisations=frozenset(organisations) or None,
    )
    withdraw_consent(command, vault=vault)


def with_police(vault: OpenVault) -> Family:
    """Open a case whose consent is open between the board, the school and the police."""
    family = signed_case(vault)
    allowed = cells((family.board, family.school, family.police))
    answers = tuple(
        SignerAnswer(signer=one, answer=Answer.GIVEN, cells=allowed) for one in family.signers
    )
    record_consent(paper(family, answers=answers), vault=vault)
    return family


def test_no_letter_is_made_for_who_may_not_open_the_case(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    take_back(vault, family)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        read(vault, family, family.school)
    for log in (log_letter_printed, log_letter_saved):
        with pytest.raises(NoAccessError):
            log(family.case_id, family.school, vault=vault)
    vault.close()


def test_no_letter_is_made_while_nothing_is_taken_back(vault: OpenVault) -> None:
    family = signed_case(vault)
    for refused in (
        lambda: read(vault, family, family.school),
        lambda: log_letter_printed(family.case_id, family.school, vault=vault),
    ):
        with pytest.raises(InvalidInputError) as error:
            refused()
        assert (error.value.field, error.value.flaw) == ("organisation", "unknown")


def record_each(vault: OpenVault, family: Family, **wider: tuple[UUID, ...]) -> None:
    """Record a paper on which each signer covers the board, the school, and what is told here."""
    answers = tuple(
        SignerAnswer(
            signer=getattr(family, name),
            answer=Answer.GIVEN,
            cells=cells((family.board, family.school, *wider.get(name, ()))),
        )
        for name in ("subject", "sara", "johan")
    )
    record_consent(paper(family, answers=answers), vault=vault)


@pytest.mark.parametrize("is_part", [False, True])
def test_an_agency_on_the_paper_of_one_signer_alone_gets_no_letter_and_is_named_to_nobody(
    vault: OpenVault, *, is_part: bool
) -> None:
    family = case_with_family(vault)
    record_each(vault, family, sara=(family.police,))
    take_back(vault, family, *([family.police] if is_part else []))

    found = letters(vault, family)

    assert found.keys() == (set() if is_part else {family.school})
    assert "Lokalpolisen" not in str(found)
    with pytest.raises(InvalidInputError):
        read(vault, family, family.police)
    with pytest.raises(InvalidInputError):
        log_letter_printed(family.case_id, family.police, vault=vault)


def test_where_another_signer_never_signed_nobody_is_told_that_there_was_a_case(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    answers = paper(family).answers[:2]
    record_consent(paper(family, answers=answers), vault=vault)
    take_back(vault, family)

    assert letters(vault, family) == {}


def test_what_was_not_yet_valid_when_it_was_taken_back_is_told_to_nobody(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    record_consent(paper(family, valid_from=DAY + timedelta(days=7)), vault=vault)
    take_back(vault, family)

    assert letters(vault, family) == {}


def test_two_agencies_that_never_were_covered_together_are_not_named_to_each_other(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family, family.school, signer=family.johan)
    take_back(vault, family, family.police)

    found = letters(vault, family)

    assert [one for one in found[family.police].opening if "Lokalpolisen" in one]
    # When the police went, the school had gone: it is told of itself alone.
    assert not [one for one in found[family.school].opening if "Lokalpolisen" in one]


def test_an_agency_that_received_something_is_told_though_it_is_on_no_paper_now(
    vault: OpenVault, clock: Clock
) -> None:
    family = with_police(vault)
    meeting_id = running_meeting(vault, family, *family.signers, family.karin, family.peter)
    wrote(vault, meeting_id, "Går i skolan varje dag")
    clock.move(minutes=10)
    record_consent(paper(family), vault=vault)
    take_back(vault, family)

    assert letters(vault, family).keys() == {family.school, family.police}


def refused_to_all(vault: OpenVault, family: Family, expected: type[Exception]) -> None:
    assert letters(vault, family) == {}
    for refused in (
        lambda: read(vault, family, family.school),
        lambda: log_letter_printed(family.case_id, family.school, vault=vault),
        lambda: log_letter_saved(family.case_id, family.school, vault=vault),
    ):
        with pytest.raises(expected):
            refused()


def test_no_letter_is_made_after_a_restore_before_the_consents_are_compared(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = with_police(vault)
    take_back(vault, family, family.police)
    vault.close()
    older = (made.folder / "vault.db").read_bytes()
    vault = made.open()
    take_back(vault, family, family.school)
    vault.close()
    (made.folder / "vault.db").write_bytes(older)
    vault = made.open(accept_older=True)

    refused_to_all(vault, family, InvalidInputError)

    confirm_consents(family.case_id, vault=vault)
    assert letters(vault, family).keys() == {family.school, family.police}
    vault.close()


def test_no_letter_is_made_from_a_chain_that_does_not_hold(made: MadeVault) -> None:
    vault = made.open()
    family = with_police(vault)
    take_back(vault, family, family.police)
    take_back(vault, family, family.school, signer=family.johan)
    newest = read_consents(family.case_id, vault=vault).value.history[-1].id
    vault.close()
    take_away(made, "consent_event", newest)
    vault = made.open()

    refused_to_all(vault, family, TamperedError)
    vault.close()


def test_neither_the_board_nor_who_was_never_covered_gets_a_letter(vault: OpenVault) -> None:
    family = signed_case(vault)
    take_back(vault, family)

    assert letters(vault, family).keys() == {family.school}
    for one in (family.board, family.police):
        with pytest.raises(InvalidInputError):
            read(vault, family, one)


@pytest.mark.parametrize("is_part", [False, True])
def test_a_letter_names_nobody_of_the_family_a_barred_guardian_least_of_all(
    vault: OpenVault, *, is_part: bool
) -> None:
    family = with_police(vault)
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Johan hotar",
    )
    record_bar(bar, vault=vault)
    planned_meeting(vault, family, *family.signers, family.maria, starts_at=NEXT_WEEK)
    take_back(vault, family, *([family.police] if is_part else []))

    text = read(vault, family, family.school)

    assert squeezed("Ekbackens skola") in text
    assert not [name for name in (*OF_THE_FAMILY, "hotar", "Stadshuset") if name in text]


def test_everything_taken_back_tells_every_agency_that_there_is_no_consent(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family)

    found = letters(vault, family)

    assert found.keys() == {family.school, family.police}
    assert {one.opening for one in found.values()} == {
        ("Från och med den 26 november 2026 finns inget samtycke att dela uppgifter i ärendet.",)
    }
    assert squeezed("Lokalpolisen Exempelstad") in read(vault, family, family.police)


def test_a_part_tells_those_that_are_left_too_that_they_may_tell_the_others_nothing(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family, family.police)

    found = letters(vault, family)

    told = (
        "Från och med den 26 november 2026 omfattar samtycket inte längre Lokalpolisen Exempelstad."
    )
    assert {one: letter.opening for one, letter in found.items()} == {
        family.school: (told,),
        family.police: (told,),
    }


def test_meetings_are_told_to_those_who_were_invited_and_are_covered_no_more(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    planned_meeting(vault, family, family.maria, family.peter, starts_at=NEXT_WEEK)
    off = planned_meeting(
        vault, family, family.maria, starts_at=NEXT_WEEK + timedelta(days=1, hours=1)
    )
    cancel_meeting(off, vault=vault)
    take_back(vault, family, family.police)

    found = letters(vault, family)

    lapsed = "Möten som ni inte längre ska vara med på: 3 december 2026 kl. 15:00."
    called_off = "Möten som är inställda: 4 december 2026 kl. 16:00."
    assert lapsed in found[family.police].requests
    assert called_off not in found[family.police].requests
    assert called_off in found[family.school].requests
    assert lapsed not in found[family.school].requests


def test_the_same_record_gives_the_same_bytes_and_a_name_that_tells_nothing(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family)
    command = ComposeLetter(case_id=family.case_id, organisation_id=family.police)

    first, second = (compose_letter(command, vault=vault).value for _ in range(2))

    assert first == second
    assert {one: letter.file_name for one, letter in letters(vault, family).items()} == {
        family.school: "brev-2026-11-26-1.pdf",
        family.police: "brev-2026-11-26-2.pdf",
    }


def test_the_log_knows_which_letter_left_the_program_and_when(
    vault: OpenVault, clock: Clock
) -> None:
    family = with_police(vault)
    take_back(vault, family)
    log_letter_printed(family.case_id, family.school, vault=vault)
    clock.move(hours=1)
    log_letter_saved(family.case_id, family.police, vault=vault)

    found = letters(vault, family)

    school, police = found[family.school], found[family.police]
    assert school.printed_at is not None
    assert police.saved_at is not None
    assert (school.saved_at, police.printed_at) == (None, None)
    assert police.saved_at - school.printed_at >= timedelta(hours=1)
    with vault.work() as work:
        logged = {Action.LETTER_PRINTED, Action.LETTER_SAVED}
        entries = work.audit.entries_of(logged, {family.case_id})
    assert [(one.action, one.subject_id) for one in entries] == [
        (Action.LETTER_PRINTED, family.case_id),
        (Action.LETTER_SAVED, family.case_id),
    ]
    # One that did not come out is none, and takes back no other.
    clock.move(hours=1)
    log_letter_printed(family.case_id, family.school, vault=vault)
    log_letter_failed(family.case_id, family.school, vault=vault)
    again = letters(vault, family)
    assert again == found
    log_letter_failed(family.case_id, family.school, vault=vault)
    assert letters(vault, family)[family.school].printed_at is None


def test_the_log_tells_nobody_without_the_key_of_the_case_which_agency_is_in_it(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family)
    with vault.work() as work:
        chain = work.consents.chain(
            work.cases.find(family.case_id).case,
            work.audit.digests(CONSENT_ACTIONS, family.case_id),
        )
        event = chain.events[-1].id
    log_letter_printed(family.case_id, family.police, vault=vault)

    with vault.work() as work:
        (entry,) = work.audit.entries_of({Action.LETTER_PRINTED}, {family.case_id})
    parts = ("trygga-letter-1", family.case_id.hex, family.police.hex, event.hex)
    assert len(entry.digest) == len(sha256().digest())
    assert entry.digest != sha256(to_canonical(list(parts))).digest()
    other = CompartmentKey(bytes(32)).tie(parts, "letter")
    assert entry.digest != other
    assert letters(vault, family)[family.police].printed_at is not None
    assert letters(vault, family)[family.school].printed_at is None


def test_who_takes_back_more_makes_another_letter_that_has_not_been_printed(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family, family.police)
    log_letter_printed(family.case_id, family.school, vault=vault)
    take_back(vault, family)

    assert letters(vault, family)[family.school].printed_at is None
