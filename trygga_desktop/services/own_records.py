"""What the board itself writes into a case beside what was told: shown through the door as well.

How the work ended and what was agreed with the young person lie in the record of the case. Each
entry of the log is tied to them as it left them, so that an older one put back is noticed.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.audit import AGREEMENT_ACTIONS, CLOSING_ACTIONS, Action
from trygga_desktop.domain.case import Case
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.plan import PLAN
from trygga_desktop.services.audience import show_alone, text_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.plain import spell
from trygga_desktop.storage.work import UnitOfWork


def written(
    standing: Standing, text: str, *, on: date, is_own: bool = False, item_id: UUID | None = None
) -> Item:
    """Return words of the board's about the young person as an item that can be decided about.

    With `is_own` they are the young person's own words, as they were told to the board.
    """
    subject_id = standing.opened.subject_id
    return Item(
        id=item_id or uuid4(),
        case_id=standing.opened.case.id,
        kind=ItemKind.PLAN_LINE,
        part=Part.CASE,
        author_id=standing.given.controller_id,
        origin_id=standing.given.controller_id,
        category=VOICE if is_own else PLAN,
        about=frozenset({subject_id}),
        reporter_ids=frozenset(),
        known_on=on,
        text=text,
        said_by=subject_id if is_own else None,
    )


def told_alone(
    vault: OpenVault, standing: Standing, text: str, *, on: date, is_own: bool = False
) -> str:
    """Return such words as the door lets them through to the operator, alone."""
    if not text:
        return ""
    item = written(standing, text, on=on, is_own=is_own)
    return "".join(map(text_of, show_alone([item], vault=vault, given=standing.given).items))


def digest_of_closing(case: Case) -> bytes:
    """Return what the log is tied to when it was told how the work ended, or what came after.

    It is the same for what was written last, whether the work has begun again since or not.
    """
    ends = [(one.review, one.looks) for one in case.rounds]
    if case.review is not None or case.looks or not ends:
        ends.append((case.review, case.looks))
    *earlier, last = [
        [None if review is None else spell(review), [spell(one) for one in looks]]
        for review, looks in ends
    ]
    return _digest("closing", case.id, [*last, earlier] if earlier else last)


def digest_of_agreements(case: Case) -> bytes:
    """Return what the log is tied to when an agreement was written or answered."""
    return _digest("agreements", case.id, [spell(one) for one in case.agreements])


def is_closing_as_logged(work: UnitOfWork, case: Case) -> bool:
    """Tell whether how the work ended stands as it was left last."""
    is_there = bool(case.review or case.rounds)
    return _is_as_logged(work, CLOSING_ACTIONS, case.id, digest_of_closing(case), is_there)


def are_agreements_as_logged(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the agreements stand as they were left last."""
    digest = digest_of_agreements(case)
    return _is_as_logged(work, AGREEMENT_ACTIONS, case.id, digest, bool(case.agreements))


def put_into_case(work: UnitOfWork, standing: Standing, case: Case) -> None:
    """Store the record of a case anew; nothing is committed."""
    compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    work.cases.replace(replace(standing.opened, case=case), compartment, key)


def _is_as_logged(
    work: UnitOfWork, actions: Collection[Action], case_id: UUID, digest: bytes, is_there: object
) -> bool:
    logged = work.audit.digests(actions, case_id)
    return logged[-1] == digest if logged else not is_there


def _digest(kind: str, case_id: UUID, value: object) -> bytes:
    return sha256(to_canonical([f"trygga-{kind}-1", case_id.hex, value])).digest()
