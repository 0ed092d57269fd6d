"""A look through the whole vault finds what an unlock cannot wait for."""

from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.endurance.log import tamper
from tests.hostile import connect
from tests.insider import case_of, without_triggers
from tests.people import case_with_family, paper
from tests.services.sealing_desk import held_meeting, sealed_of
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import LogTamperedError
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.checking import Flaw, Part, VaultReport, check_vault
from trygga_desktop.services.consents import record_consent
from trygga_desktop.storage.stores import walk
from trygga_desktop.storage.stores.seals import place_of_seal

# Enough for each kind of tampering to come up twice; the endurance test takes thousands.
TAMPERINGS = 14


def checked(made: MadeVault, login: str = "ke") -> VaultReport:
    vault = made.open(login)
    try:
        return check_vault(vault=vault).value
    finally:
        vault.close()


def execute(made: MadeVault, statement: str, *values: object) -> None:
    database = connect(made.folder / "vault.db", made.file_key)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(statement, values)
    database.close()


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    return case_of(made)


def test_every_way_to_tamper_with_the_log_is_found(made: MadeVault) -> None:
    outcomes = list(tamper(made, count=TAMPERINGS, seed=4711))

    assert len({one.kind for one in outcomes}) == TAMPERINGS / 2
    assert [one for one in outcomes if not one.by_check] == []


def test_what_was_changed_before_all_that_an_unlock_walks_is_found_and_its_place_is_named(
    made: MadeVault, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = made.open()
    for number in range(5):
        write_note(WriteNote(case_id=case_id, text=f"rad {number}"), vault=vault)
    vault.close()
    made.open("pn").close()
    without_triggers(made, "UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE sequence = 4")
    monkeypatch.setattr(walk, "_WALKED_AGAIN", 2)

    report = checked(made, "pn")

    assert report.flaws == (Flaw(part=Part.LOG, at=4),)
    assert not report.is_sound


@pytest.mark.parametrize(
    "action", [Action.CONSENT_RECORDED, Action.PARTY_ADDED, Action.CATALOGUE_CHANGED]
)
def test_what_is_read_back_from_the_log_is_found_at_unlock_however_old_it_is(
    made: MadeVault, monkeypatch: pytest.MonkeyPatch, action: Action
) -> None:
    vault = made.open()
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    for number in range(5):
        write_note(WriteNote(case_id=family.case_id, text=f"rad {number}"), vault=vault)
    vault.close()
    without_triggers(made, f"UPDATE audit SET action = 'cases_listed' WHERE action = '{action}'")
    monkeypatch.setattr(walk, "_WALKED_AGAIN", 2)

    with pytest.raises(LogTamperedError):
        made.open()


@pytest.mark.usefixtures("case_id")
def test_a_row_that_points_to_nothing_is_counted(made: MadeVault) -> None:
    execute(made, "UPDATE item SET case_id = ?", UUID(int=9).hex)

    flaws = checked(made).flaws

    assert Flaw(part=Part.REFERENCES, count=2) in flaws


@pytest.mark.usefixtures("case_id")
def test_a_record_that_is_not_what_its_author_left_is_counted(made: MadeVault) -> None:
    execute(made, "UPDATE item SET ciphertext = zeroblob(80)")

    assert checked(made).flaws == (Flaw(part=Part.RECORDS, count=2),)


def test_a_consent_event_that_was_taken_away_breaks_the_chain_of_its_case(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    vault.close()
    without_triggers(
        made,
        "DELETE FROM consent_event WHERE sequence = (SELECT max(sequence) FROM consent_event)",
    )

    assert Flaw(part=Part.CONSENTS) in checked(made).flaws


def test_damaged_keys_of_others_and_a_mended_copy_are_told(made: MadeVault) -> None:
    (made.folder / "keys.bak").write_bytes(b"noise")

    report = checked(made)

    assert report.is_sound
    assert report.was_mended


@pytest.mark.usefixtures("case_id")
def test_a_sound_vault_is_sound_and_says_how_much_was_looked_at(made: MadeVault) -> None:
    mine = checked(made)
    theirs = checked(made, "pn")

    assert (mine.flaws, mine.cases, mine.closed) == ((), 1, 0)
    assert (theirs.flaws, theirs.cases, theirs.closed) == ((), 0, 1)
    assert theirs.entries > mine.entries > 0


ERASED = (
    "protocol_file",
    "protocol",
    "commitment",
    "item",
    "meeting",
    '"grant"',
    "kept",
)


@pytest.mark.parametrize("is_whole", [False, True])
def test_the_protocols_of_a_case_that_was_erased_are_no_flaw(
    made: MadeVault, *, is_whole: bool
) -> None:
    vault = made.open()
    sealed_of(vault, held_meeting(vault))
    vault.close()
    statements = [f"DELETE FROM {table}" for table in ERASED[:5]]
    if is_whole:
        of_case = "WHERE compartment_id IN (SELECT id FROM compartment WHERE case_id IS NOT NULL)"
        statements += [f"DELETE FROM {table} {of_case}" for table in ERASED[5:]]
        statements.append('DELETE FROM "case"')
    without_triggers(made, "PRAGMA foreign_keys = OFF", *statements)

    flaws = {one.part for one in checked(made).flaws}
    assert (Part.PROTOCOLS in flaws) is not is_whole


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ("UPDATE protocol_file SET ciphertext = x'00'", 2),
        ("DELETE FROM protocol_file", 2),
        ("DELETE FROM protocol_file; DELETE FROM protocol", 2),
        ("DELETE FROM protocol_file WHERE protocol_id = (SELECT id FROM protocol LIMIT 1)", 1),
    ],
)
def test_sealed_protocols_that_are_gone_or_were_changed_are_counted(
    made: MadeVault, change: str, count: int
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    for kind in (ProtocolKind.ROOM, ProtocolKind.FULL):
        sealed_of(vault, held, kind)
    vault.close()
    assert checked(made).is_sound
    without_triggers(made, *change.split(";"))

    report = checked(made)

    assert Flaw(part=Part.PROTOCOLS, count=count) in report.flaws


def test_a_seal_that_is_gone_is_told(made: MadeVault) -> None:
    execute(made, f"DELETE FROM setting WHERE id = '{place_of_seal(made.vault_id, 1).hex}'")

    assert checked(made).flaws == (Flaw(part=Part.SEAL),)
