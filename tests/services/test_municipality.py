"""The municipality's name: an administrator's to change, for documents from then on."""

from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.documents.papers import read_back
from tests.insider import with_roles
from tests.people import planned_meeting, seat_of, signed_case
from tests.services.sealing_desk import held_meeting, sealed_of
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoRightError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.contacts import read_directory
from trygga_desktop.services.municipality import (
    LONGEST_MUNICIPALITY,
    ChangeMunicipality,
    change_municipality,
)
from trygga_desktop.services.papers import ComposePaper, PaperKind, compose_paper
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.vault import OpenVault


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_it(made: MadeVault, role: Role) -> None:
    with_roles(made, "pn", role)
    vault = made.open("pn")

    with pytest.raises(NoRightError):
        change_municipality(ChangeMunicipality("Annanstad"), vault=vault)
    vault.close()

    again = made.open()
    assert again.municipality == "Exempelstad"
    again.close()


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_a_row_that_nobody_who_may_has_signed_is_none(made: MadeVault, role: Role) -> None:
    with_roles(made, "pn", role)
    vault = made.open("pn")
    with vault.work() as work:
        work.accounts.change_municipality(
            "Falskstad", author=vault.keyring.principal, signing=vault.keyring.signing
        )
        administrator = next(one for one in work.accounts.all(work.roster) if one.login == "ke")
        work.accounts.change_municipality(
            "Falskstad", author=administrator.id, signing=SigningKey.generate()
        )
        work.accounts.set_arms(b"")
        work.commit(Action.ARMS_CHANGED, UUID(bytes=vault.trust.vault_id))
    vault.close()

    again = made.open()
    assert again.municipality == "Exempelstad"
    change_municipality(ChangeMunicipality("Annanstad"), vault=again)
    again.close()
    third = made.open("pn")
    assert third.municipality == "Annanstad"
    third.close()


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("", "missing"),
        (" \n\t ", "missing"),
        ("x" * 1_000, "length"),
        ("Exempelstad", "same"),
        ("  Exempelstad\n", "same"),
        ("Exempel\x00stad", "form"),
        ("Exempel\x1b[31mstad", "form"),
        ("\u202edatslepmexE", "form"),
        ("Exempel\ud800stad", "form"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_and_nothing_is_stored(
    vault: OpenVault, name: str, flaw: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        change_municipality(ChangeMunicipality(name), vault=vault)

    assert (refused.value.field, refused.value.flaw) == ("municipality", flaw)
    with vault.work() as work:
        assert work.accounts.municipality(work.trust) == "Exempelstad"
    assert vault.municipality == "Exempelstad"


@pytest.mark.parametrize(
    "name",
    ["<b>Annanstad</b> & co", "Š" * LONGEST_MUNICIPALITY, "Ánáráš 'x\"; DROP TABLE setting"],
)
def test_the_last_name_counts_after_a_lock_and_for_everybody(made: MadeVault, name: str) -> None:
    vault = made.open()
    change_municipality(ChangeMunicipality("Annanstad"), vault=vault)
    change_municipality(ChangeMunicipality(f" {name} "), vault=vault)
    vault.close()

    other = made.open("pn")

    assert other.municipality == name
    other.close()


def test_documents_and_the_directory_have_the_new_name_without_a_lock(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    sara = seat_of(vault, meeting_id, "Sara").id
    summons = ComposePaper(meeting_id=meeting_id, kind=PaperKind.SUMMONS, participant_id=sara)
    assert "Exempelstad" in read_back(compose_paper(summons, vault=vault).value.pdf)

    change_municipality(ChangeMunicipality("Annanstad"), vault=vault)

    after = read_back(compose_paper(summons, vault=vault).value.pdf)
    assert "Annanstad" in after
    assert "Exempelstad" not in after
    organisations = read_directory(vault=vault).value.directory.organisations
    names = [one.name for one in organisations]
    assert "Annanstad" in names
    assert "Exempelstad" not in names


def test_a_sealed_protocol_keeps_the_name_it_has_and_stays_current(vault: OpenVault) -> None:
    held = held_meeting(vault)
    before = sealed_of(vault, held, ProtocolKind.ROOM)
    assert "Exempelstad" in read_back(before.pdf)

    change_municipality(ChangeMunicipality("Annanstad"), vault=vault)

    assert read_sealed(before.protocol.id, vault=vault).value.pdf == before.pdf
    sealing = read_sealing(held.meeting_id, vault=vault).value
    assert [one.is_current for one in sealing.protocols] == [True]
    composed = compose_protocol(ComposeProtocol(meeting_id=held.meeting_id), vault=vault).value
    assert "Annanstad" in read_back(composed.pdf)
