"""Promise three: whoever lacks the right cannot read it, whatever program they use."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import MadeVault
from tests.hostile import OF_CASES, connect, forge, open_all
from tests.people import DAY, ELIAS, MAJA, opened_case, running_meeting, signed_case, wrote
from tests.services.examples.row import scan_of
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.approval import ApprovedOn, Approver
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.accounts import AddGroup, add_group, change_roles
from trygga_desktop.services.approvals import ApproveDraft, approve_draft
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.distribution import report_spoilt
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    GiveExcerpt,
    compose_excerpt,
    give_excerpt,
)
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.signatures import keep_scan

CASES = 3
USERS = ("pn", "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which case is granted to whom: 0 and 1 are the users themselves, 2 is a group."""

    case: int
    holder: int
    guarded: bool

    @property
    def is_guarded(self) -> bool:
        """Tell whether the guarded part comes with it: a group never gets that."""
        return self.guarded and self.holder < len(USERS)


WISHES = st.lists(
    st.builds(
        Wish,
        case=st.integers(0, CASES - 1),
        holder=st.integers(0, 2),
        guarded=st.booleans(),
    ),
    max_size=6,
)


def reach(path: Path, made: MadeVault, login: str) -> set[UUID]:
    opened = open_all(path, made.file_key, made.secrets(login))
    return {row for table, row in opened if table in OF_CASES}


def rows_of(made: MadeVault) -> dict[tuple[str, str], list[tuple[UUID, int]]]:
    """Return each case's rows with their generation, by table, as the raw file has them."""
    database = connect(made.folder / "vault.db", made.file_key)
    rows: dict[tuple[str, str], list[tuple[UUID, int]]] = {}
    for table, case in (("case", "id"), ("person", "case_id"), ("guarded", "case_id")):
        for row_id, case_id, generation in database.execute(
            f'SELECT id, {case}, generation FROM "{table}"'
        ).fetchall():
            rows.setdefault((table, case_id), []).append((UUID(row_id), generation))
    database.close()
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wishes=WISHES, members=st.frozensets(st.sampled_from(USERS)))
def test_a_hostile_client_opens_exactly_what_was_granted(
    template: MadeVault,
    tmp_path_factory: pytest.TempPathFactory,
    wishes: list[Wish],
    members: frozenset[str],
) -> None:
    made = template.copy_to(tmp_path_factory.mktemp("constellation"))
    ids = {login: made.secrets(login).principal for login in USERS}
    vault = made.open()
    # Auditors are granted no case, and here both may be.
    change_roles(ids["at"], frozenset({Role.SOCIAL_WORKER}), vault=vault)
    group = AddGroup(members=frozenset(ids[login] for login in members))
    holders = [ids["pn"], ids["at"], add_group(group, vault=vault).value]
    cases = [opened_case(vault, ELIAS) for _ in range(CASES)]
    for wish in wishes:
        grant_case(
            GrantCase(
                case_id=cases[wish.case],
                principal_id=holders[wish.holder],
                guarded=wish.is_guarded,
            ),
            vault=vault,
        )
    vault.close()

    rows = rows_of(made)
    for number, login in enumerate(USERS):
        mine = {number, 2} if login in members else {number}
        expected = set()
        for wish in wishes:
            if wish.holder in mine:
                tables = ("case", "person", "guarded") if wish.is_guarded else ("case", "person")
                for table in tables:
                    expected |= {row for row, _ in rows[table, cases[wish.case].hex]}
        assert reach(made.folder / "vault.db", made, login) == expected


def test_after_revoking_what_is_new_stays_closed(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    grant = GrantCase(case_id=case_id, principal_id=petra, guarded=True)
    grant_case(grant, vault=vault)
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    with pytest.raises(InvalidInputError):
        revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    with pytest.raises(InvalidInputError):
        revoke_case(RevokeCase(case_id=case_id, principal_id=vault.keyring.principal), vault=vault)
    with vault.work() as work:
        generations = {one.kind: one.generation for one in work.compartments.of_case(case_id)}
    vault.close()
    assert set(generations.values()) == {2}

    database = connect(made.folder / "vault.db", made.file_key)
    granted = database.execute(
        'SELECT max(generation) FROM "grant" WHERE principal_id = ?', (petra.hex,)
    ).fetchone()
    database.close()
    assert granted == (1,)


def test_working_notes_and_drafts_are_their_writer_s_alone(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    grant_case(GrantCase(case_id=case_id, principal_id=petra, guarded=True), vault=vault)
    note = write_note(WriteNote(case_id=case_id, text="bara min"), vault=vault).value
    draft = StoreDraft(id=case_id, kind=DraftKind.NOTE, text="halv")
    store_draft(draft, vault=vault)
    vault.close()

    path = made.folder / "vault.db"
    assert note in reach(path, made, "ke")
    assert note not in reach(path, made, "pn")
    assert ("draft", case_id) in open_all(path, made.file_key, made.secrets("ke"))
    assert ("draft", case_id) not in open_all(path, made.file_key, made.secrets("pn"))


@pytest.fixture
def two_cases(made: MadeVault) -> tuple[MadeVault, list[UUID]]:
    """Return a closed vault with two cases of the coordinator's, a note in each."""
    vault = made.open()
    cases = [opened_case(vault, ELIAS), opened_case(vault, MAJA)]
    for case_id in cases:
        write_note(WriteNote(case_id=case_id, text="bara min"), vault=vault)
    vault.close()
    return made, cases


def swapped(table: str) -> str:
    """Return statements that give each of two rows the ciphertext of the other."""
    return (
        f'CREATE TEMP TABLE former AS SELECT * FROM "{table}";'
        f'UPDATE "{table}" SET ciphertext ='
        f' (SELECT ciphertext FROM former WHERE former.id != "{table}".id)'
    )


@pytest.mark.parametrize(
    "forgery",
    [
        swapped("case"),
        swapped("person"),
        'UPDATE "case" SET ciphertext = (SELECT ciphertext FROM person WHERE id = subject_id)',
        'UPDATE "case" SET row_version = 2',
        "UPDATE person SET row_version = 2",
        'UPDATE "case" SET subject_id = (SELECT id FROM person WHERE case_id != "case".id)',
        "UPDATE \"case\" SET phase = 'unknown'",
        'UPDATE "case" SET ciphertext = randomblob(200)',
        "UPDATE generation SET commitment = randomblob(32)",
    ],
)
def test_a_case_that_was_moved_or_changed_is_left_out_and_told(
    two_cases: tuple[MadeVault, list[UUID]], forgery: str
) -> None:
    made, cases = two_cases
    forge(made.folder / "vault.db", made.file_key, forgery)
    vault = made.open()

    found = list_cases(vault=vault).value

    assert found.rows == ()
    assert found.left_out >= 2
    for case_id in cases:
        with pytest.raises(TamperedError):
            read_case(case_id, vault=vault)
    vault.close()


def test_one_changed_case_leaves_the_others(two_cases: tuple[MadeVault, list[UUID]]) -> None:
    made, cases = two_cases
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE \"case\" SET ciphertext = randomblob(90) WHERE id = '{cases[0].hex}'",
    )
    vault = made.open()
    found = list_cases(vault=vault).value
    assert [row.id for row in found.rows] == [cases[1]]
    assert found.left_out == 1
    vault.close()


@pytest.mark.parametrize(
    "forgery",
    [
        swapped("item"),
        "UPDATE item SET row_version = 2",
        "UPDATE item SET generation = 2",
        (
            "UPDATE item SET compartment_id = (SELECT id FROM compartment"
            " WHERE kind = 'case' AND compartment.case_id = item.case_id)"
        ),
    ],
)
def test_a_note_that_was_moved_or_changed_is_not_shown(
    two_cases: tuple[MadeVault, list[UUID]], forgery: str
) -> None:
    made, cases = two_cases
    forge(made.folder / "vault.db", made.file_key, forgery)
    vault = made.open()
    assert read_case(cases[0], vault=vault).value.notes == ()
    vault.close()


@pytest.mark.parametrize(
    "forgery",
    [
        'UPDATE "grant" SET signature = randomblob(64)',
        "UPDATE \"grant\" SET granted_by = principal_id WHERE principal_id = '{pn}'",
        'UPDATE "grant" SET wrapped = randomblob(80)',
        (
            'UPDATE "grant" SET wrapped = (SELECT wrapped FROM "grant" AS other'
            ' WHERE other.principal_id != "grant".principal_id LIMIT 1)'
        ),
        "UPDATE generation SET made_by = '{at}'",
        "UPDATE generation SET signature = randomblob(64)",
        "UPDATE compartment SET kind = 'guarded' WHERE kind = 'case'",
    ],
)
def test_a_forged_grant_is_left_out_and_the_vault_opens(made: MadeVault, forgery: str) -> None:
    ids = {login: made.secrets(login).principal.hex for login in USERS}
    vault = made.open()
    case_id = opened_case(vault)
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    only_of_cases = " compartment_id IN (SELECT id FROM compartment WHERE case_id NOT NULL)"
    if "compartment SET" not in forgery:
        forgery += " AND" if "WHERE" in forgery else " WHERE"
        forgery += only_of_cases
    forge(made.folder / "vault.db", made.file_key, forgery.format(**ids))

    vault = made.open("pn")

    assert list_cases(vault=vault).value.rows == ()
    with pytest.raises((NoAccessError, TamperedError)):
        read_case(case_id, vault=vault)
    vault.close()


def test_a_kept_key_that_was_spoiled_is_made_again_from_its_grant(
    two_cases: tuple[MadeVault, list[UUID]],
) -> None:
    made, _ = two_cases
    forge(made.folder / "vault.db", made.file_key, "UPDATE kept SET ciphertext = randomblob(60)")
    vault = made.open()
    assert len(list_cases(vault=vault).value.rows) == 2
    vault.close()


def test_another_vault_s_rows_do_not_open_here(
    two_cases: tuple[MadeVault, list[UUID]], template: MadeVault, tmp_path: Path
) -> None:
    made, _ = two_cases
    twin = template.copy_to(tmp_path / "twin")
    vault = twin.open()
    case_id = opened_case(vault)
    vault.close()
    theirs = connect(twin.folder / "vault.db", twin.file_key)
    ciphertext = theirs.execute('SELECT ciphertext FROM "case"').fetchone()[0]
    theirs.close()
    ours = connect(made.folder / "vault.db", made.file_key)
    ours.execute('UPDATE "case" SET ciphertext = ?', (ciphertext,))
    ours.close()

    vault = made.open()
    assert list_cases(vault=vault).value.rows == ()
    with pytest.raises(NoAccessError):
        read_case(case_id, vault=vault)
    vault.close()


def test_the_vault_key_alone_opens_no_record(two_cases: tuple[MadeVault, list[UUID]]) -> None:
    made, _ = two_cases
    assert reach(made.folder / "vault.db", made, "at") == set()
    assert reach(made.folder / "vault.db", made, "ke") != set()


def test_of_people_consents_and_meetings_nothing_opens_for_who_was_not_granted_the_case(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Ringa BUP",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    approval = ApproveDraft(
        meeting_id=meeting_id,
        basis=to_seal(vault, meeting_id).basis,
        role=Approver.CHAIR,
        how=ApprovedOn.SCREEN,
        on=DAY,
    )
    approve_draft(approval, vault=vault)
    sealed = seal_protocol(to_seal(vault, meeting_id), vault=vault).value
    keep_scan(scan_of(sealed, 1), vault=vault)
    asked = ComposeExcerpt(meeting_id=meeting_id, recipient_id=family.school)
    basis = compose_excerpt(asked, vault=vault).value.basis
    leaving = GiveExcerpt(meeting_id=meeting_id, recipient_id=family.school, basis=basis)
    excerpt = give_excerpt(leaving, vault=vault).value.excerpt
    report_spoilt(family.case_id, excerpt.id, vault=vault)
    vault.close()
    path = made.folder / "vault.db"

    def opened(login: str) -> set[str]:
        found = open_all(path, made.file_key, made.secrets(login))
        return {table for table, _ in found if table in OF_CASES}

    assert opened("pn") == opened("at") == set()
    # That the search finds what can be opened is told by whoever has the case.
    assert opened("ke") == set(OF_CASES)

    vault = made.open()
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=family.case_id, principal_id=petra), vault=vault)
    vault.close()
    assert opened("pn") == set(OF_CASES) - {"guarded"}
    assert opened("at") == set()
