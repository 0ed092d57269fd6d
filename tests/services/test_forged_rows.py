"""A colleague with the key of a case can write any row. What the log tells of it decides."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.services.sealing_desk import held_meeting, sealed_of
from tests.services.test_checking import checked
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import SealedFileChangedError
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Shown
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.checking import Part
from trygga_desktop.services.distribution import read_distribution
from trygga_desktop.services.sealed_files import find_by_code, read_sealed
from trygga_desktop.services.sealing import SealProtocol, read_sealing, seal_protocol
from trygga_desktop.storage.records.protocols import ProtocolRecord
from trygga_desktop.storage.stores.envelopes import Envelopes
from trygga_desktop.storage.stores.plain import spell

FORGED = "AAAA-BBBB-CCCC"


def write_row(made: MadeVault, forged: SealedProtocol) -> None:
    """Put this in place of what a row tells, as whoever has the keys of the case can."""
    vault = made.open()
    with vault.work() as work:
        compartment = work.compartments.of_file(forged.case_id)[CompartmentKind.CASE]
        columns = Envelopes(made.vault_id, ProtocolRecord.__tablename__).close(
            forged.id,
            spell(forged),
            owner=forged.case_id,
            compartment=compartment,
            key=work.compartments.key(compartment),
            clear=to_canonical([str(forged.meeting_id), forged.sequence]),
        )
    vault.close()
    written = columns["ciphertext"].hex()
    without_triggers(
        made, f"UPDATE protocol SET ciphertext = x'{written}' WHERE id = '{forged.id.hex}'"
    )


@pytest.fixture
def sealed(made: MadeVault) -> SealedProtocol:
    """A protocol for those who were there, sealed in the vault."""
    vault = made.open()
    protocol = sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM).protocol
    vault.close()
    return protocol


@pytest.mark.parametrize(
    "changes",
    [
        {"control_code": FORGED},
        {"record_hash": "ab" * 32},
        {"seal": "ab" * 32},
        {"previous": "ab" * 32},
        {"meeting_number": 7},
        {"addendum_number": 1},
        {"kind": ProtocolKind.FULL},
        {"shown": Shown(name=True)},
        {"corrects": UUID(int=7)},
        {"sealed_by": UUID(int=7)},
        {"language": "en"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_row_that_tells_otherwise_than_its_file_is_told_and_found_by_the_check(
    made: MadeVault, sealed: SealedProtocol, changes: dict[str, object]
) -> None:
    write_row(made, replace(sealed, **changes))  # type: ignore[arg-type]  # one field of each type

    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        read_sealed(sealed.id, vault=vault)
    with pytest.raises(SealedFileChangedError):
        read_sealing(sealed.meeting_id, vault=vault)
    assert not read_distribution(sealed.case_id, vault=vault).value.is_whole
    vault.close()
    assert Part.PROTOCOLS in [one.part for one in checked(made).flaws]


def test_a_row_as_it_was_written_is_believed(made: MadeVault, sealed: SealedProtocol) -> None:
    write_row(made, sealed)

    vault = made.open()
    record = record_inside(read_sealed(sealed.id, vault=vault).value.pdf)
    vault.close()
    assert record is not None
    assert record.protocol_id == sealed.id
    assert checked(made).is_sound


def test_a_forged_code_finds_nothing_that_is_the_same_and_the_real_one_still_finds_it(
    made: MadeVault, sealed: SealedProtocol
) -> None:
    write_row(made, replace(sealed, control_code=FORGED))

    vault = made.open()
    for code in (FORGED, sealed.control_code):
        found = find_by_code(code, vault=vault).value
        assert found is not None
        assert (found.protocol_id, found.is_same) == (sealed.id, False)
    vault.close()


def test_of_two_rows_with_one_code_the_one_whose_file_has_it_is_found(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    first = sealed_of(vault, held, ProtocolKind.ROOM).protocol
    second = sealed_of(vault, held, ProtocolKind.FULL).protocol
    vault.close()
    for thief, victim in ((first, second), (second, first)):
        write_row(made, replace(thief, control_code=victim.control_code))
        vault = made.open()
        found = find_by_code(victim.control_code, vault=vault).value
        vault.close()
        write_row(made, thief)
        assert found is not None
        assert (found.protocol_id, found.is_same) == (victim.id, True)


@pytest.mark.parametrize("changes", [{"record_hash": "ab" * 32}, {"control_code": FORGED}])
def test_nothing_is_sealed_behind_a_forged_row_and_no_addendum_names_it(
    made: MadeVault, sealed: SealedProtocol, changes: dict[str, str]
) -> None:
    vault = made.open()
    basis = read_sealing(sealed.meeting_id, vault=vault).value.basis
    vault.close()
    write_row(made, replace(sealed, **changes))  # type: ignore[arg-type]  # one field of each type

    vault = made.open()
    full = SealProtocol(meeting_id=sealed.meeting_id, kind=ProtocolKind.FULL, basis=basis)
    with pytest.raises(SealedFileChangedError):
        seal_protocol(full, vault=vault)
    with pytest.raises(SealedFileChangedError):
        add_addendum(AddAddendum(protocol_id=sealed.id, text="Rättelse."), vault=vault)
    vault.close()


def test_the_record_inside_is_the_one_that_verifying_finds(
    made: MadeVault, sealed: SealedProtocol
) -> None:
    vault = made.open()
    pdf = read_sealed(sealed.id, vault=vault).value.pdf
    vault.close()
    assert record_inside(pdf) == verify(pdf).record
    assert record_inside(pdf.replace(b"/EmbeddedFile", b"/OtherwiseFile")) is None
    assert record_inside(b"") is None


def test_a_title_that_spells_a_file_inside_does_not_stand_in_for_it(
    made: MadeVault, sealed: SealedProtocol
) -> None:
    vault = made.open()
    pdf = read_sealed(sealed.id, vault=vault).value.pdf
    vault.close()
    spelled = b"\nendobj\n1 0 obj\n<</Type /EmbeddedFile /Length 3>>\nstream\nabc"
    found = record_inside(spelled + pdf)
    assert found is not None
    assert found.protocol_id == UUID(hex=sealed.id.hex)
