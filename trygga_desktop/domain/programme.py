"""Who must sign a consent: a programme's policy, by the young person's age."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class SignerRole(StrEnum):
    """Whose signature a policy asks for."""

    YOUNG_PERSON = "young_person"
    ALL_GUARDIANS = "all_guardians"


class Opinion(StrEnum):
    """Whether the opinion of a young person who does not sign is to be written down."""

    NOT_ASKED = "not_asked"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningRow:
    """One row of a policy: it holds from that age until the next row's."""

    from_age: int
    signers: frozenset[SignerRole]
    opinion: Opinion = Opinion.NOT_ASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningPolicy:
    """The rows of a programme, youngest first, from the day of birth."""

    rows: tuple[SigningRow, ...]

    def __post_init__(self) -> None:
        """Refuse rows that leave an age out or answer twice for one."""
        ages = [row.from_age for row in self.rows]
        if ages[:1] != [0] or ages != sorted(set(ages)):
            raise ValueError("A signing policy starts at age 0 and rises with each row.")

    def row_for(self, age: int) -> SigningRow:
        """Return the row that holds at that age; a negative age raises ValueError."""
        if age < 0:
            raise ValueError("An age cannot be negative.")
        return next(row for row in reversed(self.rows) if row.from_age <= age)


DEFAULT_POLICY = SigningPolicy(
    rows=(
        SigningRow(from_age=0, signers=frozenset({SignerRole.ALL_GUARDIANS})),
        SigningRow(
            from_age=12,
            signers=frozenset({SignerRole.ALL_GUARDIANS}),
            opinion=Opinion.RECORDED,
        ),
        SigningRow(
            from_age=15,
            signers=frozenset({SignerRole.YOUNG_PERSON, SignerRole.ALL_GUARDIANS}),
        ),
        SigningRow(from_age=18, signers=frozenset({SignerRole.YOUNG_PERSON})),
    )
)


def required_signers(
    policy: SigningPolicy, *, age: int | None, subject_id: UUID, guardians: Collection[UUID]
) -> frozenset[UUID]:
    """Return who must sign; nobody when the age is unknown or a needed guardian is not there.

    Nobody required means nobody has allowed anything: the decision answers no.
    """
    if age is None:
        return frozenset()
    roles = policy.row_for(age).signers
    signers: set[UUID] = set()
    if SignerRole.ALL_GUARDIANS in roles:
        if not guardians:
            return frozenset()
        signers.update(guardians)
    if SignerRole.YOUNG_PERSON in roles:
        signers.add(subject_id)
    return frozenset(signers)
