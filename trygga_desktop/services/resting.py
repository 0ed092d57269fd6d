"""Which commitments of a case rest, for lists over many cases."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.resting import Resting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork


class RestingOf:
    """Answers for one case. Without `resting` nothing of it ever rested on a consent.

    `promised` reads since when the things are promised; it is asked for what is not covered alone.
    """

    def __init__(
        self, resting: Resting | None, promised: Callable[[], Mapping[UUID, date]]
    ) -> None:
        self._resting = resting
        self._promised = cache(promised)

    @property
    def any_can_rest(self) -> bool:
        """Tell whether anything of the case can rest at all."""
        return self._resting is not None

    def rests(self, commitment: Commitment, on: date) -> bool:
        """Tell whether a commitment rests on a day."""
        if self._resting is None:
            return False
        then = commitment.as_of(on)
        if not self._resting.can_rest(then, on=on):
            return False
        since = self._promised().get(commitment.id)
        return since is not None and self._resting.rests(then, promised_on=since, on=on)


def resting_of(
    work: UnitOfWork, vault: OpenVault, opened: OpenedCase, standing: Standing | None = None
) -> RestingOf:
    """Return what answers for a case; where nobody ever signed it is not read for that.

    Raise TamperedError for a case that is not as it was left.
    """
    if not opened.case.consent_count:
        return RestingOf(None, dict)
    known = stand(work, vault, opened) if standing is None else standing

    def promised() -> Mapping[UUID, date]:
        return {one.id: one.known_on for one in work.items.of_case(opened.case.id)}

    return RestingOf(known.resting, promised)
