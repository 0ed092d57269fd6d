"""Puts values into the encrypted columns of a row, and takes them out again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from trygga_desktop.crypto.envelope import EnvelopeKey, Place
from trygga_desktop.domain.compartments import Compartment
from trygga_desktop.domain.errors import TamperedError

T = TypeVar("T")

# What a value of another type or size than ours makes of the code that reads it. Whoever can open
# the vault can write any value into any row, and must not stop more than that row.
ODD_VALUES = (
    TamperedError,
    TypeError,
    ValueError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
)


class Cells(NamedTuple):
    """The columns that every row with encrypted contents has."""

    id: UUID
    compartment_id: UUID
    generation: int
    row_version: int
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Encrypts and decrypts the rows of one table, each for its own place only."""

    vault_id: bytes
    table: str

    def close(  # noqa: PLR0913  all but two are keywords
        self,
        row_id: UUID,
        value: Mapping[str, object],
        *,
        owner: UUID,
        compartment: Compartment,
        key: EnvelopeKey,
        clear: bytes = b"",
        row_version: int = 1,
    ) -> dict[str, Any]:
        """Return the columns of a row with this value; `clear` spells what stands beside it."""
        cells = Cells(row_id, compartment.id, compartment.generation, row_version, b"")
        ciphertext = key.encrypt(value, self._place(cells, owner, clear))
        return cells._replace(ciphertext=ciphertext)._asdict()

    def open(
        self,
        cells: Cells,
        read: Callable[[dict[str, Any]], T],
        *,
        owner: UUID,
        key: EnvelopeKey,
        clear: bytes = b"",
    ) -> T:
        """Return what `read` makes of the value; raise TamperedError if it was changed or moved."""
        try:
            return read(key.decrypt(cells.ciphertext, self._place(cells, owner, clear)))
        except ODD_VALUES:
            raise TamperedError from None

    def _place(self, cells: Cells, owner: UUID, clear: bytes) -> Place:
        return Place(
            vault_id=self.vault_id,
            owner=owner,
            compartment=cells.compartment_id,
            generation=cells.generation,
            table=self.table,
            row=cells.id,
            row_version=cells.row_version,
            clear=clear,
        )


def cells_of(row: Any) -> Cells:
    """Return the encrypted columns of a row that was selected whole."""
    return Cells(row.id, row.compartment_id, row.generation, row.row_version, row.ciphertext)
