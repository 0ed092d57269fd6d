"""Which commitments of a case rest, for lists over many cases."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.resting import Resting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork


class RestingOf:
    """Answers for one case. Without `resting` nothing of it ever rested on a consent."""

    def __init__(self, resting: Resting | None, promised: Mapping[UUID, date]) -> None:
        self._resting = resting
        self._promised = promised

    def rests(self, commitment: Commitment, on: date) -> bool:
        """Tell whether a commitment rests on a day."""
        since = self._promised.get(commitment.id)
        if self._resting is None or since is None:
            return False
        return self._resting.rests(commitment.as_of(on), promised_on=since, on=on)


def resting_of(
    work: UnitOfWork, vault: OpenVault, opened: OpenedCase, standing: Standing | None = None
) -> RestingOf:
    """Return what answers for a case; where nobody ever signed it is not read for that.

    Raise TamperedError for a case that is not as it was left.
    """
    if not opened.case.consent_count:
        return RestingOf(None, {})
    known = stand(work, vault, opened) if standing is None else standing
    promised = {one.id: one.known_on for one in work.items.of_case(opened.case.id)}
    return RestingOf(known.resting, promised)
