"""What a young person is called where nobody says the name: an alias and an age band."""

from dataclasses import dataclass
from enum import StrEnum


class AgeBand(StrEnum):
    """How old somebody is, as far as it may be told without pointing at them."""

    UNDER_12 = "under_12"
    FROM_12 = "from_12_to_14"
    FROM_15 = "from_15_to_17"
    FROM_18 = "from_18_to_20"
    OVER_20 = "over_20"


# The first age that is beyond each band.
_BEFORE = (
    (12, AgeBand.UNDER_12),
    (15, AgeBand.FROM_12),
    (18, AgeBand.FROM_15),
    (21, AgeBand.FROM_18),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pseudonym:
    """What is said instead of a name. No alias: "a young person"; no band: nobody knows the age."""

    alias: str = ""
    age_band: AgeBand | None = None


def band_of(age: int | None) -> AgeBand | None:
    """Return the band of an age in whole years, None where the age is not known."""
    if age is None:
        return None
    return next((band for beyond, band in _BEFORE if age < beyond), AgeBand.OVER_20)
