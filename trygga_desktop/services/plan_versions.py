"""The versions of a plan, tied to each other and to the log."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import PLAN_ACTIONS
from trygga_desktop.domain.plan import PlanVersion
from trygga_desktop.storage.stores.plain import spell
from trygga_desktop.storage.work import UnitOfWork


def versions_of(work: UnitOfWork, case_id: UUID) -> list[PlanVersion]:
    """Return the versions of a plan that verify, in order of their numbers."""
    found = (one for one, _ in work.plans.of_case(case_id))
    return sorted(found, key=lambda one: one.number)


def is_complete(work: UnitOfWork, case_id: UUID, versions: Sequence[PlanVersion]) -> bool:
    """Tell whether these are all the versions that there were, and each as it was stored."""
    digests = [digest_of_version(one) for one in versions]
    before = ["", *(one.hex() for one in digests)]
    return (
        [one.number for one in versions] == list(range(1, len(versions) + 1))
        and [one.previous for one in versions] == before[:-1]
        and set(work.audit.digests(PLAN_ACTIONS, case_id)) == set(digests)
    )


def digest_of_version(version: PlanVersion) -> bytes:
    """Return what the log and the next version are tied to."""
    return sha256(to_canonical(["trygga-plan-1", spell(version)])).digest()
