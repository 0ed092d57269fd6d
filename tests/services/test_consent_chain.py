"""What somebody does to the consents behind the program's back closes a case, and is told."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from tests.conftest import Clock, MadeVault
from tests.hostile import forge
from tests.insider import insider_of, without_triggers
from tests.people import (
    DAY,
    MAJA,
    SARA,
    Family,
    paper,
    relative,
    room_of,
    running_meeting,
    signed_case,
    texts_in,
    wrote,
)
from tests.services.examples.row import exclusion
from tests.services.rows import count, keep, put_back, take_away
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent_events import View
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.matrix import CellState
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.services.consents import (
    ConsentView,
    RecordBar,
    RecordOpinion,
    WithdrawConsent,
    change_terms,
    confirm_consents,
    read_consents,
    record_bar,
    record_consent,
    record_opinion,
    withdraw_consent,
)
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.parties import ChangeParty, change_party
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.standing import digest_of_place
from trygga_desktop.services.vault import OpenVault

TOLD = "Elias har varit i skolan varje dag."


def view(vault: OpenVault, family: Family) -> ConsentView:
    return read_consents(family.case_id, vault=vault).value


def told_case(made: MadeVault) -> tuple[Family, UUID]:
    """Make a case with a running meeting at which something can be seen; return both."""
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    vault.close()
    return family, meeting_id


def withdraw_school(made: MadeVault, family: Family) -> None:
    vault = made.open()
    command = WithdrawConsent(
        case_id=family.case_id,
        signer=family.sara,
        on=DAY,
        organisations=frozenset({family.school}),
    )
    withdraw_consent(command, vault=vault)
    vault.close()


def events_of(made: MadeVault, family: Family) -> list[UUID]:
    vault = made.open()
    found = [one.id for one in view(vault, family).history]
    vault.close()
    return found


def deleted_withdrawal(made: MadeVault, family: Family) -> None:
    """Take the newest event away."""
    withdraw_school(made, family)
    take_away(made, "consent_event", events_of(made, family)[-1])


def deleted_withdrawal_and_older_head(made: MadeVault, family: Family) -> None:
    """Take the newest event away, and put back what the case said of its chain before."""
    before = keep(made, "case", family.case_id)
    withdraw_school(made, family)
    newest = events_of(made, family)[-1]
    put_back(made, "case", before)
    take_away(made, "consent_event", newest)


def older_head_alone(made: MadeVault, family: Family) -> None:
    before = keep(made, "case", family.case_id)
    withdraw_school(made, family)
    put_back(made, "case", before)


def deleted_first(made: MadeVault, family: Family) -> None:
    take_away(made, "consent_event", events_of(made, family)[0])


def deleted_all(made: MadeVault, family: Family) -> None:
    take_away(made, "consent_event", *events_of(made, family))


def damaged_event(made: MadeVault, family: Family) -> None:
    without_triggers(
        made,
        "UPDATE consent_event SET ciphertext = randomblob(400)"
        f" WHERE id = '{events_of(made, family)[1].hex}'",
    )


def event_of_another_case(made: MadeVault, family: Family) -> None:
    """Hand the case an event of another one."""
    vault = made.open()
    other = signed_case(vault, MAJA)
    stranger = view(vault, other).history[0].id
    vault.close()
    without_triggers(
        made,
        f"UPDATE consent_event SET case_id = '{family.case_id.hex}' WHERE id = '{stranger.hex}'",
    )


def events_in_another_order(made: MadeVault, family: Family) -> None:
    withdraw_school(made, family)
    newest = events_of(made, family)[-1]
    without_triggers(
        made,
        f"UPDATE consent_event SET sequence = 1 WHERE id = '{newest.hex}'",
    )


DAMAGES = [
    deleted_withdrawal,
    deleted_withdrawal_and_older_head,
    older_head_alone,
    deleted_first,
    deleted_all,
    damaged_event,
    event_of_another_case,
    events_in_another_order,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_chain_closes_everything_and_says_so(
    made: MadeVault, damage: Callable[[MadeVault, Family], None]
) -> None:
    family, meeting_id = told_case(made)
    damage(made, family)
    vault = made.open()

    found = view(vault, family)
    hidden = read_hidden(meeting_id, vault=vault).value.hidden
    reasons = {decision.reason for one in hidden for _, decision in one.against}

    assert found.chain is ChainStanding.BROKEN
    assert {one.state for one in found.cells} == {CellState.NO}
    assert {one.reasons[0] for one in found.cells} == {Reason.CHAIN_BROKEN}
    assert texts_in(room_of(vault, meeting_id)) == []
    assert [one.entry.item.text for one in hidden] == [TOLD]
    assert reasons == {Reason.CHAIN_BROKEN}
    assert read_overview(family.case_id, vault=vault).value.consent.chain is ChainStanding.BROKEN
    vault.close()


def test_a_program_that_means_well_cannot_change_an_event(made: MadeVault) -> None:
    told_case(made)
    for statement in ("DELETE FROM consent_event", "UPDATE consent_event SET sequence = 1"):
        with pytest.raises(sqlcipher.IntegrityError):
            forge(made.folder / "vault.db", made.file_key, statement)


@pytest.mark.parametrize("damage", [deleted_withdrawal, deleted_withdrawal_and_older_head])
def test_nothing_is_put_behind_a_broken_chain(
    made: MadeVault, damage: Callable[[MadeVault, Family], None]
) -> None:
    family, _ = told_case(made)
    damage(made, family)
    vault = made.open()
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="x",
    )
    opinion = RecordOpinion(
        case_id=family.case_id, person=family.subject, on=DAY, view=View.AGREES, words="x"
    )
    back = WithdrawConsent(case_id=family.case_id, signer=family.johan, on=DAY)
    before = count_events(vault, family)
    for act in (
        lambda: record_consent(paper(family), vault=vault),
        lambda: withdraw_consent(back, vault=vault),
        lambda: record_opinion(opinion, vault=vault),
        lambda: record_bar(bar, vault=vault),
        lambda: change_terms(exclusion(family), vault=vault),
        lambda: confirm_consents(family.case_id, vault=vault),
    ):
        with pytest.raises(TamperedError):
            act()
    assert count_events(vault, family) == before
    vault.close()


def count_events(vault: OpenVault, family: Family) -> int:
    return len(view(vault, family).history)


def test_another_case_of_the_vault_is_not_closed_with_it(made: MadeVault) -> None:
    family, _ = told_case(made)
    vault = made.open()
    other = signed_case(vault, MAJA)
    vault.close()
    deleted_withdrawal(made, family)

    vault = made.open()
    assert view(vault, other).chain is ChainStanding.HOLDS
    assert {one.reasons[:1] for one in view(vault, other).cells} != {(Reason.CHAIN_BROKEN,)}
    vault.close()


def test_who_still_works_in_the_case_reads_the_own_file_all_the_same(made: MadeVault) -> None:
    family, _ = told_case(made)
    deleted_withdrawal(made, family)
    vault = made.open()
    overview = read_overview(family.case_id, vault=vault).value
    assert len(overview.people) == 6
    vault.close()


def older_accepted(made: MadeVault, older: bytes) -> OpenVault:
    """Put an older file back, and go on with it on purpose."""
    (made.folder / "vault.db").write_bytes(older)
    return made.open(accept_older=True)


def test_after_an_older_file_nothing_is_shared_until_somebody_has_compared_the_papers(
    made: MadeVault, clock: Clock
) -> None:
    family, meeting_id = told_case(made)
    older = (made.folder / "vault.db").read_bytes()
    withdraw_school(made, family)
    clock.move(hours=1)

    vault = older_accepted(made, older)
    found = view(vault, family)
    assert found.confirmation is Confirmation.UNCONFIRMED
    assert found.chain is ChainStanding.HOLDS
    glance = read_overview(family.case_id, vault=vault).value.consent
    assert glance.confirmation is Confirmation.UNCONFIRMED
    assert (glance.is_closed, glance.covered) == (True, ())
    assert {one.reasons[0] for one in found.cells} == {Reason.RESTORED_UNCONFIRMED}
    assert texts_in(room_of(vault, meeting_id)) == []
    # What each signer said is still there to be compared.
    assert len(found.history) == 3
    # What is recorded now does not confirm what was recorded before.
    record_consent(paper(family), vault=vault)
    assert view(vault, family).confirmation is Confirmation.UNCONFIRMED

    confirm_consents(family.case_id, vault=vault)

    assert view(vault, family).confirmation is Confirmation.CONFIRMED
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    glance = read_overview(family.case_id, vault=vault).value.consent
    assert (glance.is_closed, bool(glance.covered)) == (False, True)
    vault.close()


def test_a_second_older_file_must_be_compared_again(made: MadeVault) -> None:
    family, meeting_id = told_case(made)
    older = (made.folder / "vault.db").read_bytes()
    withdraw_school(made, family)
    vault = older_accepted(made, older)
    confirm_consents(family.case_id, vault=vault)
    vault.close()
    again = (made.folder / "vault.db").read_bytes()
    made.open().close()

    vault = older_accepted(made, again)
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()


def test_confirming_one_case_confirms_no_other(made: MadeVault) -> None:
    family, _ = told_case(made)
    vault = made.open()
    other = signed_case(vault, MAJA)
    vault.close()
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()

    vault = older_accepted(made, older)
    confirm_consents(other.case_id, vault=vault)

    assert view(vault, other).confirmation is Confirmation.CONFIRMED
    assert view(vault, family).confirmation is Confirmation.UNCONFIRMED
    vault.close()


@pytest.mark.parametrize("tables", [("party",), ("party", "person", "guarded")])
def test_a_guardian_who_was_taken_out_of_the_case_is_missed(
    made: MadeVault, tables: tuple[str, ...]
) -> None:
    """Without their place nobody would ask for their consent."""
    family, meeting_id = told_case(made)
    for table in tables:
        take_away(made, table, family.johan)
    vault = made.open()
    assert texts_in(room_of(vault, meeting_id)) == []
    assert view(vault, family).chain is ChainStanding.BROKEN
    vault.close()


def test_a_guardian_whose_place_was_damaged_is_missed(made: MadeVault) -> None:
    family, meeting_id = told_case(made)
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE party SET ciphertext = x'00' WHERE id = '{family.johan.hex}'",
    )
    vault = made.open()
    assert texts_in(room_of(vault, meeting_id)) == []
    assert view(vault, family).cells[0].reasons[0] is Reason.CHAIN_BROKEN
    vault.close()


@pytest.mark.parametrize("tables", [("party",), ("party", "person", "guarded")])
def test_a_guardian_who_never_answered_is_missed_too(
    made: MadeVault, tables: tuple[str, ...]
) -> None:
    family, meeting_id = told_case(made)
    vault = made.open()
    other = relative(vault, family.case_id, replace(SARA, given_name="Eva"), custody=Custody.JOINT)
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()
    for table in tables:
        take_away(made, table, other)
    vault = made.open()
    assert view(vault, family).chain is ChainStanding.BROKEN
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()


def test_a_place_that_was_put_back_as_it_was_before_opens_nothing(made: MadeVault) -> None:
    """As if the grandmother had never been given custody."""
    family, meeting_id = told_case(made)
    vault = made.open()
    eva = replace(SARA, given_name="Eva")
    other = relative(vault, family.case_id, eva, role=PartyRole.TRUSTEE)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    vault.close()
    before = keep(made, "party", other)
    vault = made.open()
    command = ChangeParty(case_id=family.case_id, party_id=other, custody=Custody.JOINT)
    change_party(command, vault=vault)
    vault.close()
    put_back(made, "party", before)

    vault = made.open()
    assert view(vault, family).chain is ChainStanding.BROKEN
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()


def test_a_phase_that_was_put_back_opens_nothing(made: MadeVault) -> None:
    """As if nobody had ever paused the case."""
    family, meeting_id = told_case(made)
    before = keep(made, "case", family.case_id)
    vault = made.open()
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.PAUSED), vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()
    put_back(made, "case", before)

    vault = made.open()
    assert view(vault, family).chain is ChainStanding.BROKEN
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()


def test_who_writes_into_the_log_themselves_opens_nothing_by_it(made: MadeVault) -> None:
    """An insider who takes a guardian away can sign entries, and takes none out."""
    family, meeting_id = told_case(made)
    take_away(made, "party", family.johan)
    with insider_of(made) as insider:
        for party, version in ((family.sara, 1), (family.johan, 1), (family.johan, 2)):
            digest = digest_of_place(family.case_id, party, version)
            insider.log(Action.PARTY_CHANGED, family.case_id, digest=digest)
        insider.confirm()
    vault = made.open()
    assert texts_in(room_of(vault, meeting_id)) == []
    vault.close()


def test_who_cuts_the_log_to_hide_a_withdrawal_does_not_open_the_vault(
    made: MadeVault,
) -> None:
    family, _ = told_case(made)
    withdraw_school(made, family)
    without_triggers(made, "DELETE FROM audit WHERE action = 'consent_withdrawn'")
    with pytest.raises(TamperedError):
        made.open()
    assert count(made, "consent_event") == 4
