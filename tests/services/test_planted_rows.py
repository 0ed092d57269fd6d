"""Rows that an insider planted give nobody a key that they were not given."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASES, MadeVault
from tests.hostile import forge, kept_place
from tests.insider import (
    AFTER,
    SECRET,
    Insider,
    case_of,
    coordinator,
    grant_to,
    insider_of,
    reached,
    statement,
    with_roles,
)
from tests.people import ELIAS, MAJA, opened_case
from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.statements import key_context
from trygga_desktop.domain.compartments import FILE_KINDS, Compartment, CompartmentKind
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    TamperedError,
)
from trygga_desktop.domain.people import to_plain
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.accounts import AddGroup, AddUser, add_group, add_user
from trygga_desktop.services.case_files import (
    FactKind,
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.recovery import Recover, recover
from trygga_desktop.storage.stores.envelopes import Envelopes

FRESH = "ny rad utan mönster, bara ord"
NOTE = StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET)
NEW_AUDITOR = AddUser(
    login="ny", name="Nils Ny", roles=frozenset({Role.AUDITOR}), passphrase=PASSPHRASES["at"]
)
NEW_AUDITOR = AddUser(
    login="ny", name="Nils Ny", roles=frozenset({Role.AUDITOR}), passphrase=PASSPHRASES["at"]
)


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    """A case of the coordinator's, with a statement in it, a note and a draft of hers."""
    return case_of(made)


@pytest.fixture
def insider(made: MadeVault) -> Iterator[Insider]:
    """The social secretary, who was granted nothing."""
    with insider_of(made) as one:
        yield one


def unsigned(insider: Insider, part: Compartment, holder: UUID) -> None:
    insider.database.execute(
        "INSERT INTO \"grant\" VALUES (?, ?, ?, ?, x'00', x'00', x'00')",
        (part.id.hex, part.generation, holder.hex, holder.hex),
    )


def signed_by_us(insider: Insider, part: Compartment, holder: UUID) -> None:
    insider.grant(part, holder, b"x" * 80, CompartmentKey(new_key()))


def copied(insider: Insider, part: Compartment, holder: UUID) -> None:
    insider.database.execute(
        'INSERT INTO "grant" SELECT compartment_id, generation, ?, granted_by, wrapped, proof,'
        ' signature FROM "grant" WHERE compartment_id = ? LIMIT 1',
        (holder.hex, part.id.hex),
    )


Plant = Callable[[Insider, Compartment, UUID], None]
PLANTS = [unsigned, signed_by_us, copied]


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.COORDINATOR, Role.AUDITOR])
def test_who_plants_a_grant_gets_no_key_when_somebody_else_is_revoked(
    made: MadeVault, case_id: UUID, insider: Insider, plant: Plant, role: Role
) -> None:
    petra = insider.secrets.principal
    with_roles(made, "pn", role)
    with_roles(made, "at", Role.SOCIAL_WORKER)
    anders = grant_to(made, case_id, "at")
    for kind in FILE_KINDS:
        for part in insider.compartments(case_id, kind):
            plant(insider, part, petra)

    vault = made.open()
    revoke_case(RevokeCase(case_id=case_id, principal_id=anders), vault=vault)
    told = record_statement(statement(case_id), vault=vault).value
    vault.close()

    assert told not in reached(made, "pn")
    assert told not in reached(made, "at")
    assert told in reached(made, "ke")


def test_a_grant_by_whoever_may_not_grant_does_not_outlast_them(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    """The insider has the key, and can pass it on; but not the one that comes after it."""
    petra = grant_to(made, case_id, "pn")
    vault = made.open("pn")
    anders = vault.trust.roster.principals[made.secrets("at").principal]
    vault.close()
    (part,) = insider.compartments(case_id, CompartmentKind.CASE)
    key = insider.key_of(part)
    wrapped = key.wrap_to(anders.exchange_public, key_context(part, made.vault_id))
    insider.grant(part, anders.id, wrapped, key)
    assert case_id in reached(made, "at")

    vault = made.open()
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    told = record_statement(statement(case_id), vault=vault).value
    vault.close()

    assert told not in reached(made, "at")
    assert told not in reached(made, "pn")


@pytest.mark.parametrize("plant", PLANTS)
def test_recovery_gives_nobody_what_they_planted(
    made: MadeVault, case_id: UUID, insider: Insider, plant: Plant
) -> None:
    anders = made.secrets("at").principal
    kinds = (CompartmentKind.CASE, CompartmentKind.GUARDED, CompartmentKind.NOTES)
    parts = [part for kind in kinds for part in insider.compartments(case_id, kind)]
    parts += insider.compartments(None, CompartmentKind.DRAFTS)
    for part in parts:
        plant(insider, part, anders)

    again = Recover(folder=made.folder, code=made.code, login="at", passphrase=FRESH)
    left_out = recover(again, environment=made.environment)

    assert left_out == len(parts) == 4
    assert reached(made, "at", FRESH) == set()


@pytest.mark.parametrize("has_drafts", [False, True])
def test_an_administrator_of_former_days_makes_no_place_for_another_s_drafts(
    made: MadeVault, insider: Insider, *, has_drafts: bool
) -> None:
    with_roles(made, "pn", Role.ADMINISTRATOR)
    with_roles(made, "pn", Role.SOCIAL_WORKER)
    karin, public = coordinator(insider)
    if has_drafts:
        vault = made.open()
        store_draft(replace(NOTE, id=UUID(int=8)), vault=vault)
        vault.close()
    place = Compartment(id=UUID(int=1), kind=CompartmentKind.DRAFTS, user_id=karin)
    key = insider.plant(place, karin, public)

    vault = made.open()
    store_draft(NOTE, vault=vault)
    vault.close()

    assert not insider.reads(key)
    assert AFTER in reached(made, "ke")


TO_TEAM = [
    "UPDATE \"grant\" SET principal_id = '{team}' WHERE principal_id = '{everyone}'",
    "INSERT INTO \"grant\" VALUES ('{vault}', 1, '{team}', '{everyone}', x'00', x'00', x'00')",
]


@pytest.mark.parametrize("planted", TO_TEAM)
def test_a_new_user_belongs_to_no_group_that_a_planted_row_names(
    made: MadeVault, case_id: UUID, insider: Insider, planted: str
) -> None:
    vault = made.open()
    members = frozenset({insider.secrets.principal, vault.keyring.principal})
    team = add_group(AddGroup(members=members), vault=vault).value
    grant_case(GrantCase(case_id=case_id, principal_id=team), vault=vault)
    everyone = vault.trust.everyone.id
    vault.close()
    (part,) = insider.compartments(None, CompartmentKind.VAULT)
    row = planted.format(team=team.hex, everyone=everyone.hex, vault=part.id.hex)
    forge(made.folder / "vault.db", made.file_key, row)

    vault = made.open()
    new = add_user(NEW_AUDITOR, vault=vault).value
    assert vault.trust.roster.groups_of(new) == {everyone}
    vault.close()

    assert reached(made, "ny", NEW_AUDITOR.passphrase) == set()


def test_no_case_is_granted_to_everyone_whoever_they_are_today(
    made: MadeVault, case_id: UUID
) -> None:
    with_roles(made, "at", Role.SOCIAL_WORKER)
    vault = made.open()
    with pytest.raises(InvalidInputError) as caught:
        grant_case(GrantCase(case_id=case_id, principal_id=vault.trust.everyone.id), vault=vault)
    vault.close()
    assert caught.value.flaw == "everyone"


def test_a_key_that_a_fellow_of_a_group_kept_opens_for_nobody_else(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    petra = insider.secrets.principal
    vault = made.open()
    karin = vault.keyring.principal
    team = add_group(AddGroup(members=frozenset({petra, karin})), vault=vault).value
    grant_case(GrantCase(case_id=case_id, principal_id=team), vault=vault)
    vault.close()
    for owner, victim in ((karin, petra), (petra, karin)):
        insider.database.execute(
            "INSERT OR REPLACE INTO kept SELECT compartment_id, generation, ?, ciphertext FROM kept"
            " WHERE user_id = ? AND compartment_id IN"
            " (SELECT id FROM compartment WHERE case_id IS NOT NULL)",
            (victim.hex, owner.hex),
        )

    files = {}
    for login in ("pn", "ke"):
        vault = made.open(login)
        files[login] = read_case(case_id, vault=vault).value
        vault.close()

    assert len(files["pn"].items.items) == 1
    assert not files["pn"].guarded_readable
    assert files["pn"].notes == ()
    assert files["ke"].guarded_readable
    assert files["ke"].left_out == 0


def test_a_key_that_is_kept_under_a_group_s_is_not_taken(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    """Every member has the group's key: only one's own says that a key was accepted."""
    karin, public = coordinator(insider)
    vault = made.open("pn")
    everyone = vault.keyring.exchange(vault.trust.everyone.id).own_key()
    vault.close()
    (part,) = insider.compartments(case_id, CompartmentKind.NOTES)
    renewed = replace(part, generation=2)
    key = insider.plant(renewed, karin, public)
    ((commitment,),) = insider.database.execute(
        "SELECT commitment FROM generation WHERE compartment_id = ? AND generation = 2",
        (part.id.hex,),
    ).fetchall()
    insider.database.execute(
        "UPDATE kept SET ciphertext = ? WHERE compartment_id = ? AND generation = 2",
        (everyone.keep(key, kept_place(renewed, commitment).to_bytes(karin)), part.id.hex),
    )

    vault = made.open()
    write_note(WriteNote(case_id=case_id, text=SECRET), vault=vault)
    vault.close()

    assert not insider.reads(key)


@pytest.fixture
def shared(made: MadeVault, insider: Insider) -> UUID:
    """Another case, that the insider was granted."""
    vault = made.open()
    shared = opened_case(vault, MAJA)
    grant_case(GrantCase(case_id=shared, principal_id=insider.secrets.principal), vault=vault)
    vault.close()
    return shared


def write(insider: Insider, table: str, columns: dict[str, Any]) -> None:
    """Put a row in place of the one that is there."""
    insider.database.execute(
        f'UPDATE "{table}" SET compartment_id = ?, generation = ?, row_version = ?, ciphertext = ?'
        " WHERE id = ?",
        (
            columns["compartment_id"].hex,
            columns["generation"],
            columns["row_version"],
            columns["ciphertext"],
            columns["id"].hex,
        ),
    )


def test_whoever_holds_the_key_of_one_case_writes_no_other(
    made: MadeVault, case_id: UUID, insider: Insider, shared: UUID
) -> None:
    (part,) = insider.compartments(shared, CompartmentKind.CASE)
    key = insider.key_of(part)
    ((row, sequence),) = insider.database.execute(
        'SELECT subject_id, sequence FROM "case" WHERE id = ?', (case_id.hex,)
    ).fetchall()
    subject = UUID(row)
    columns = Envelopes(made.vault_id, "case").close(
        case_id,
        {"case_number": "X", "registry_number": "", "opened_on": "2026-11-26"},
        owner=case_id,
        compartment=part,
        key=key,
        clear=b"referral %s %d" % (subject.bytes, sequence),
    )
    write(insider, "case", columns)
    columns = Envelopes(made.vault_id, "person").close(
        subject, to_plain(MAJA.to_person()), owner=case_id, compartment=part, key=key
    )
    write(insider, "person", columns)

    vault = made.open()
    found = list_cases(vault=vault).value
    assert [one.id for one in found.rows] == [shared]
    assert found.left_out == 1
    with pytest.raises(TamperedError):
        read_case(case_id, vault=vault)
    vault.close()


def test_whoever_holds_the_key_of_a_case_writes_nothing_guarded(
    made: MadeVault, insider: Insider, shared: UUID
) -> None:
    (part,) = insider.compartments(shared, CompartmentKind.CASE)
    ((subject,),) = insider.database.execute(
        "SELECT id FROM guarded WHERE case_id = ?", (shared.hex,)
    ).fetchall()
    columns = Envelopes(made.vault_id, "guarded").close(
        UUID(subject),
        to_plain(ELIAS.to_person()),
        owner=shared,
        compartment=part,
        key=insider.key_of(part),
    )
    write(insider, "guarded", columns)

    vault = made.open()
    file = read_case(shared, vault=vault).value
    vault.close()

    assert not file.guarded_readable
    assert file.left_out > 0
    names = [one.item.text for one in file.facts if one.kind is FactKind.NAME]
    assert not any(ELIAS.family_name in name for name in names)
