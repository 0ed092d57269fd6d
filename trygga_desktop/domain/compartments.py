"""Compartments: the parts of a vault that have keys of their own, and who was granted them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class CompartmentKind(StrEnum):
    """What lies in a compartment. Every case has `case` and `guarded` from the start.

    If only protected people had a guarded part, the row alone would point them out.
    """

    VAULT = "vault"
    CASE = "case"
    GUARDED = "guarded"
    NOTES = "notes"
    DRAFTS = "drafts"


# What a case's file lies in: shared by all whom the case was granted to.
FILE_KINDS = frozenset({CompartmentKind.CASE, CompartmentKind.GUARDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """One compartment in its newest generation.

    `case_id` is missing for the vault's own; `user_id` is there for what is one
    user's own: working notes in a case, drafts anywhere.
    """

    id: UUID
    kind: CompartmentKind
    case_id: UUID | None = None
    user_id: UUID | None = None
    generation: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A key's maker and the maker's signed commitment to it.

    `proof` is made with the key of the generation before, so that nobody who lacked the old key
    can slip in a new one; it is empty for the first generation.
    """

    compartment: Compartment
    made_by: UUID
    commitment: bytes
    proof: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A compartment's key, wrapped to one principal and signed by the granter.

    `proof` is made with the key itself: nobody who lacks it can grant it, whatever they sign.
    """

    compartment: Compartment
    principal_id: UUID
    granted_by: UUID
    wrapped: bytes
    proof: bytes = b""
    signature: bytes = b""
