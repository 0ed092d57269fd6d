"""The one door: hands out items already decided for an audience, with reasons for the operator.

Screens, windows, previews, prints, excerpts, exports, search hits and the clipboard take items
from here and from nowhere else.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.items import Item, ItemKind, Lack, Noted, Part, RecordedMarking
from trygga_desktop.domain.meeting import AgendaItem, Function, Participant
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Decision,
    Recipient,
    Stage,
    decide,
    decide_for_room,
)
from trygga_desktop.services.decided import Decided
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase

# What only this module has: no other makes, or copies with changes, an item that is shown.
_TICKET = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """An item that this audience may see. It is made here and nowhere else.

    `decision` and `markings` are for the operator's own window; on a shared screen nothing is said
    of them.
    """

    id: UUID
    kind: ItemKind
    category: str
    text: str
    known_on: date
    origin_id: UUID | None
    said_by: UUID | None
    about: frozenset[UUID]
    noted: Noted | None
    follows: UUID | None
    area: str
    is_strength: bool
    markings: tuple[RecordedMarking, ...]
    lacks: Lack | None
    decision: Decision
    ticket: InitVar[object]

    def __post_init__(self, ticket: object) -> None:
        """Refuse items that did not come through the door, copies of one included."""
        if ticket is not _TICKET:
            raise TypeError("an item is shown only by the door")


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenItem:
    """That an item is there and why it is not shown: for the operator's own window only."""

    id: UUID
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an audience sees, and what is kept from it."""

    items: tuple[ShownItem, ...]
    hidden: tuple[HiddenItem, ...]


def controller_of(vault: OpenVault) -> UUID:
    """Return the organisation whose vault this is: the board that keeps the case files."""
    return UUID(bytes=vault.trust.vault_id)


def show_alone(items: Iterable[Item], *, vault: OpenVault, given: Circumstances) -> Shown:
    """Decide items for whoever has the vault open, alone in their own window."""
    operator = _operator(vault)
    return _sort((item, decide(item, operator, given)) for item in items)


def show_room(
    items: Iterable[Item],
    room: Collection[Recipient],
    *,
    given: Circumstances,
    decided: Decided | None = None,
) -> Shown:
    """Decide items for everyone present, remote ones included: the meet of what each may see.

    `decided` is what was decided before, for a room that is asked about again and again.
    """
    ask = decide if decided is None else partial(decided.ask, decide)
    return _sort((item, decide_for_room(item, room, given, ask=ask)) for item in items)


def show_to(item: Item, recipient: Recipient, *, given: Circumstances) -> Shown:
    """Decide one item for one recipient, as for an answer or a page of their own."""
    return _sort([(item, decide(item, recipient, given))])


def recipients_at(
    participants: Iterable[Participant], *, family: Mapping[UUID, str]
) -> list[Recipient]:
    """Return who the decision asks about when these people are at the table.

    `family` are the names of the people of the case: what is kept from one of them is also kept
    from a professional or a guest of the same name, who may be the same person.

    The duty of confidentiality binds professionals, interpreters and those whom the young person
    brought along, who count only once they have confirmed it. Family has no such duty. Whoever has
    a place in the case sits there in that capacity, and sees no more for also interpreting.
    """
    recipients = []
    called = {person: spelled(name) for person, name in family.items()}
    for one in participants:
        has_confirmed = one.confirmed_at is not None
        is_family = one.person_id is not None
        is_guest = not is_family and one.organisation_id is None
        recipients.append(
            Recipient(
                id=one.id,
                organisation_id=one.organisation_id,
                person_id=one.person_id,
                barred=False,
                acknowledged=is_family or has_confirmed,
                interprets=is_guest and Function.INTERPRETER in one.functions,
                supports=is_guest and has_confirmed and Function.SUPPORT_PERSON in one.functions,
                namesakes=frozenset()
                if is_family
                else frozenset(
                    person for person, name in called.items() if name == spelled(one.name)
                ),
            )
        )
    return recipients


def spelled(name: str) -> str:
    """Return a name as it compares with the same name written otherwise."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def text_of(item: ShownItem | None) -> str:
    """Return the words of an item that was let through; nothing is said of one that was not."""
    return "" if item is None else item.text


def show_case_rows(
    cases: Sequence[OpenedCase], *, vault: OpenVault, on: date, restored_at: int
) -> tuple[CaseRow, ...]:
    """Return the lines of the case list for whoever has the vault open, alone.

    A person whose name the door keeps back is listed by the case number alone.
    """
    operator, controller = _operator(vault), controller_of(vault)
    asked = operator, on, restored_at
    rows = []
    for opened in cases:
        before = vault.listed.find(opened, opened.case.id, asked)
        if before is not None:
            rows.append(before)
            continue
        given = circumstances(opened, controller=controller, on=on, restored_at=restored_at)
        name = fact(opened, "contact", opened.subject.shown_name, controller=controller)
        allowed = decide(name, operator, given).allowed
        title = name.text if allowed else opened.case.case_number
        row = _row(opened, title, given.subject_age)
        vault.listed.keep(opened, row, asked)
        rows.append(row)
    return tuple(rows)


def circumstances(
    opened: OpenedCase, *, controller: UUID, on: date, restored_at: int
) -> Circumstances:
    """Return what holds for a case on a day, as far as the vault knows it.

    `restored_at` is when somebody last went on with an older file, 0 if never: after that nothing
    is shared before the consents of the case are confirmed.
    """
    is_confirmed = restored_at == 0
    return Circumstances(
        on=on,
        controller_id=controller,
        subject_id=opened.subject_id,
        subject_age=_age(opened.subject, on),
        # No consent has been recorded, and of nothing nothing can be missing.
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED if is_confirmed else Confirmation.UNCONFIRMED,
        stage=Stage.NAMED,
    )


def fact(  # noqa: PLR0913  all but three are keywords
    opened: OpenedCase,
    category: str,
    text: str,
    *,
    controller: UUID,
    part: Part = Part.CASE,
    about: UUID | None = None,
) -> Item:
    """Return something the case file itself says of the young person, or of another, as an item."""
    person = opened.subject_id if about is None else about
    return Item(
        id=person,
        case_id=opened.case.id,
        kind=ItemKind.FACT,
        part=part,
        author_id=controller,
        origin_id=controller,
        category=category,
        about=frozenset({person}),
        reporter_ids=frozenset(),
        known_on=opened.case.opened_on,
        text=text,
    )


def title_of(opened: OpenedCase, written: AgendaItem, *, controller: UUID) -> Item:
    """Return the title of an item of the agenda that somebody wrote, as an item of the case."""
    title = fact(opened, written.category, written.title, controller=controller)
    return replace(title, id=written.id, origin_id=written.origin_id or controller)


def _sort(decided: Iterable[tuple[Item, Decision]]) -> Shown:
    shown, hidden = [], []
    for item, decision in decided:
        if decision.allowed:
            shown.append(
                ShownItem(
                    id=item.id,
                    kind=item.kind,
                    category=item.category,
                    text=item.text,
                    known_on=item.known_on,
                    origin_id=item.origin_id,
                    said_by=item.said_by,
                    about=item.about,
                    noted=item.noted,
                    follows=item.follows,
                    area=item.area,
                    is_strength=item.is_strength,
                    markings=item.markings,
                    lacks=item.lacks,
                    decision=decision,
                    ticket=_TICKET,
                )
            )
        else:
            hidden.append(HiddenItem(id=item.id, decision=decision))
    return Shown(items=tuple(shown), hidden=tuple(hidden))


def _operator(vault: OpenVault) -> Recipient:
    """Return whoever has the vault open: staff of the controller, and nobody else looking."""
    return Recipient(
        id=vault.keyring.principal,
        user_id=vault.keyring.principal,
        organisation_id=controller_of(vault),
        barred=False,
        acknowledged=True,
        # Only who was granted the guarded part has items of it to show at all.
        named_reader=True,
        alone=True,
    )


def _row(opened: OpenedCase, title: str, age: int | None) -> CaseRow:
    is_protected = opened.subject.protection is not Protection.NONE
    return CaseRow(
        id=opened.case.id,
        case_number=opened.case.case_number,
        title=title,
        protected=is_protected,
        age=None if is_protected else age,
        phase=opened.case.phase,
        opened_on=opened.case.opened_on,
        programme=opened.case.programme,
    )


def _age(person: Person, on: date) -> int | None:
    return None if person.birth_date is None else person.birth_date.age_on(on)
