"""How to do each use case once, what it writes into the log, what it changes and who may."""

from tests.services.examples import (
    accounts,
    cases,
    consents,
    distribution,
    endings,
    following,
    meetings,
    packets,
    people,
    plans,
    sealing,
)
from tests.services.examples.row import Row

# Written by hand: what stands in the program must be what was meant.
EXAMPLES: dict[str, Row] = {
    **accounts.EXAMPLES,
    **cases.EXAMPLES,
    **people.EXAMPLES,
    **consents.EXAMPLES,
    **meetings.EXAMPLES,
    **plans.EXAMPLES,
    **sealing.EXAMPLES,
    **packets.EXAMPLES,
    **distribution.EXAMPLES,
    **endings.EXAMPLES,
    **following.EXAMPLES,
}
