"""The versions of a plan, tied to each other and to the log."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import PLAN_ACTIONS
from trygga_desktop.domain.plan import PlanStage, PlanVersion, stands_as_agreed
from trygga_desktop.storage.stores.plain import spell
from trygga_desktop.storage.work import UnitOfWork

_HOURS = ("due_at", "new_due_at")


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
    spelled = spell(version)
    # The log is tied to what an older program made without them.
    if version.agreed is None:
        del spelled["agreed"]
    for line in spelled["lines"]:
        for name in _HOURS:
            if line[name] is None:
                del line[name]
    return sha256(to_canonical(["trygga-plan-1", spelled])).digest()


def brought_to(versions: Sequence[PlanVersion], meeting_id: UUID) -> PlanVersion | None:
    """Return the version that was taken to a meeting last, None where none was."""
    found = [
        one for one in versions if one.meeting_id == meeting_id and one.stage is PlanStage.PREPARED
    ]
    return found[-1] if found else None


def agreed_at(versions: Sequence[PlanVersion], meeting_id: UUID) -> PlanVersion | None:
    """Return the last of these versions that a meeting agreed on, None where there is none."""
    found = [
        one
        for one in versions
        if one.meeting_id == meeting_id and one.stage is not PlanStage.PREPARED
    ]
    return found[-1] if found else None


def agreed_between(versions: Sequence[PlanVersion], first: int, last: int) -> frozenset[UUID]:
    """Return the lines that meetings agreed on after one version and up to another, by number.

    What reads otherwise in the other one since then is none of them. What an older program stored
    does not tell, and is left out.
    """
    agreed = {
        line.id: line
        for one in versions
        if first < one.number <= last and one.stage is not PlanStage.PREPARED
        for line in one.lines
        if line.id in (one.agreed or ())
    }
    now = {line.id: line for one in versions if one.number == last for line in one.lines}
    return frozenset(
        place
        for place, line in agreed.items()
        if place in now and stands_as_agreed(now[place], line)
    )


def held_back_from(versions: Sequence[PlanVersion], meeting_id: UUID) -> frozenset[UUID]:
    """Return the lines that were not taken to a meeting, whatever was kept at the desk since."""
    brought = brought_to(versions, meeting_id)
    return frozenset() if brought is None else brought.held_back


def basis_of(version: PlanVersion | None, rows: Mapping[UUID, int]) -> str:
    """Return what a plan was looked at as: its version, and how its commitments stood.

    `rows` are the versions of the rows of commitments, by their ids. It tells nothing of the words.
    """
    lines = () if version is None else version.lines
    stood = sorted([str(one.id), rows[one.id]] for one in lines if one.id in rows)
    digest = "" if version is None else digest_of_version(version).hex()
    return sha256(to_canonical(["trygga-plan-basis-1", digest, stood])).hexdigest()
