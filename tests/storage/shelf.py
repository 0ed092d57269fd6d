"""Two cases in a vault of a test's own, and rows of their file that a test changes underhand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.conftest import MadeVault
from tests.hostile import connect
from tests.insider import without_triggers
from tests.people import ELIAS, MAJA, opened_case
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.envelopes import Cells, Envelopes
from trygga_desktop.storage.work import UnitOfWork

ODD = ("'abc'", "7", "-1", "x'00'", "9223372036854775807", "''", "1.5")
"""What somebody with the file can write into a cell that holds something else."""


@dataclass(slots=True)
class Shelf:
    """A vault opened by its coordinator, with two cases of hers."""

    made: MadeVault
    vault: OpenVault
    case_id: UUID
    other_id: UUID

    def commit(self, work: UnitOfWork) -> None:
        """Keep what was done, under any action at all."""
        work.commit(Action.MEETING_CHANGED, self.case_id)

    def forge(self, *statements: str) -> None:
        """Change the file behind the program's back, and open it again."""
        self.vault.close()
        without_triggers(self.made, *statements)
        self.vault = self.made.open()

    def rows(self, query: str) -> list[Any]:
        """Return what stands in the file."""
        database = connect(self.made.folder / "vault.db", self.made.file_key)
        try:
            return list(database.execute(query).fetchall())
        finally:
            database.close()

    def part(self, kind: CompartmentKind = CompartmentKind.CASE) -> Compartment:
        """Return a compartment of the first case."""
        with self.vault.work() as work:
            return work.compartments.of_file(self.case_id)[kind]

    def key(self, kind: CompartmentKind = CompartmentKind.CASE) -> CompartmentKey:
        """Return the key of that compartment, as its holder has it."""
        with self.vault.work() as work:
            return work.compartments.key(work.compartments.of_file(self.case_id)[kind])

    def encrypted(
        self,
        table: str,
        row_id: UUID,
        value: Any,
        *,
        clear: bytes = b"",
        kind: CompartmentKind = CompartmentKind.CASE,
    ) -> str:
        """Return the literal of what a holder of the key would write into a row of the case."""
        columns = Envelopes(self.made.vault_id, table).close(
            row_id,
            value,
            owner=self.case_id,
            compartment=self.part(kind),
            key=self.key(kind),
            clear=clear,
        )
        return literal(columns["ciphertext"])

    def decrypted(self, table: str, row_id: UUID, *, clear: bytes = b"") -> dict[str, Any]:
        """Return what a holder of the key reads in a row of the case."""
        part = self.part()
        query = f"SELECT ciphertext FROM \"{table}\" WHERE id = '{row_id.hex}'"
        ((ciphertext,),) = self.rows(query)
        cells = Cells(row_id, part.id, part.generation, 1, ciphertext)
        return Envelopes(self.made.vault_id, table).open(
            cells, dict, owner=self.case_id, key=self.key(), clear=clear
        )


def shelf_in(made: MadeVault) -> Shelf:
    """Return a vault with two cases, opened by its coordinator."""
    vault = made.open()
    first, second = opened_case(vault, ELIAS), opened_case(vault, MAJA)
    return Shelf(made=made, vault=vault, case_id=first, other_id=second)


def literal(data: bytes) -> str:
    """Return how bytes are spelled in a statement."""
    return f"x'{data.hex()}'"
