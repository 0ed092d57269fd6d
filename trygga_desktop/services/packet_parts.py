"""What of a case packets can carry, as it is here, before it is decided for anyone.

Each kind of part is gathered in one function here and stored in one of `packet_taking`; another
kind, as a line of a plan, is one more of each.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from uuid import UUID

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, ToldBy
from trygga_desktop.domain.packets import FIELDS, PartKind, Provenance, StayFlaw, Whose
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.plan import PlanVersion
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.services.audience import Shown, text_of, title_of
from trygga_desktop.services.packet_names import FamilyNames
from trygga_desktop.services.plan_items import LineItems
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.storage.work import UnitOfWork

TRAVELLING = frozenset({ItemKind.STATEMENT, ItemKind.DECISION})
"""Items that travel for their words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One thing of a case that a packet can carry, not yet decided for anyone.

    `texts` are the items whose words fields of the part are, `rest` the other fields as the
    operator may have them, and `names` those among them that say who of the family it is, as the
    partner may. Of a line that was removed `texts` are what is decided about: its words stay here.
    What has a `flaw` never travels.
    """

    kind: PartKind
    id: UUID
    source: Provenance
    texts: Mapping[str, Item]
    rest: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    flaw: StayFlaw | None = None

    @property
    def key(self) -> str:
        """Return what the part is called among all parts of a case."""
        return f"{self.kind} {self.id}"

    @property
    def withholds_name(self) -> bool:
        """Tell whether it goes without a name that is known here."""
        return any(self.rest[one] and not told for one, told in self.names.items())

    @property
    def as_it_goes(self) -> "Carried":
        """Return it with nobody's name but whom the partner may know."""
        return replace(self, rest={**self.rest, **self.names})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """The case that is gathered from, for one partner, and the meeting that is prepared.

    `names` are what the people of the case are called, here and to that partner. `seen` are the
    keys of parts that have travelled before: those are gathered even when they would no longer be,
    as a commitment that is closed.
    """

    standing: Standing
    meeting: Meeting | None
    partner: Partner
    names: FamilyNames
    seen: Collection[str] = ()


def gather(work: UnitOfWork, of: Gathering) -> list[Carried]:
    """Return all of a case that packets to and from a partner can carry, as it is now.

    Notes, drafts and what is guarded are not among it. Nothing leaves a case that is spoken of
    without the name: agencies stand in each part by theirs.
    """
    case_id = of.standing.opened.case.id
    items = [one for one in work.items.of_case(case_id) if one.part is Part.CASE]
    commitments = {one.id: one for one, _ in work.commitments.of_case(case_id)}
    found = [
        *_agenda(of),
        *_voice(of, items),
        *_statements(of, items),
        *_commitments(of, items, commitments),
        *_plan(work, of, items, commitments),
        *_removed(work, of, items, commitments),
    ]
    if of.standing.is_without_names:
        return [replace(one, flaw=StayFlaw.WITHOUT_NAMES) for one in found]
    return found


def tell(
    carried: Carried, show: Callable[[Item], Shown]
) -> tuple[PacketPart | None, Decision | None]:
    """Return a part as an audience may see it, and why; no part where it may not see all of it."""
    fields = dict(carried.rest)
    decision = None
    for name, item in carried.texts.items():
        told = show(item)
        if told.hidden:
            return None, told.hidden[0].decision
        decision = told.items[0].decision
        if name in FIELDS[carried.kind]:
            fields[name] = text_of(told.items[0])
    part = PacketPart(kind=carried.kind, id=carried.id, fields=fields, source=carried.source)
    return part, decision


def told_state(commitment: Commitment) -> tuple[CommitmentState, str]:
    """Return how far somebody said that a commitment has come, and the reason.

    That the program froze it for want of consent is for each vault to find out by itself.
    """
    for change in reversed(commitment.changes):
        if change.state is not CommitmentState.FROZEN:
            return change.state, change.reason
    return CommitmentState.NOT_STARTED, ""


def _agenda(of: Gathering) -> Iterator[Carried]:
    if of.meeting is None:
        return
    controller = of.standing.given.controller_id
    for one in of.meeting.agenda:
        title = title_of(of.standing.opened, one, controller=controller)
        rest = {"question": one.question, "minutes": str(one.minutes)}
        # The template's own titles say nothing of anyone.
        told = {**rest, "title": one.title} if one.code else rest
        yield Carried(
            kind=PartKind.AGENDA,
            id=one.id,
            source=_source(of, title, code=one.code),
            texts={} if one.code else {"title": title},
            rest=told,
            flaw=StayFlaw.NOT_RAISED if one.id in of.meeting.unraised else None,
        )


def _voice(of: Gathering, items: Collection[Item]) -> Iterator[Carried]:
    voice = None if of.meeting is None else of.meeting.voice
    if of.meeting is None or voice is None:
        return
    found = {one.id: one for one in items}
    words = found.get(voice.words_id)
    letter = found.get(voice.letter_id) if voice.letter_id is not None else None
    if words is None or (voice.letter_id is not None and letter is None):
        return
    is_anothers = voice.told_by is ToldBy.SOMEBODY
    # Who was to tell it once, and is not any more, is told to nobody.
    teller = of.names.here(voice.teller) if is_anothers else ""
    rest = {"told_by": voice.told_by.value, "teller": teller}
    # Who is to tell it is somebody else, whom the young person named in words of their own.
    flaw = StayFlaw.ABOUT_ANOTHER if is_anothers else _flaw(of, words)
    yield Carried(
        kind=PartKind.VOICE,
        id=of.meeting.id,
        source=_source(of, words, by_subject=True, known_on=voice.on),
        texts={"words": words} if letter is None else {"words": words, "letter": letter},
        rest=rest if letter is not None else {**rest, "letter": ""},
        flaw=flaw,
    )


def _statements(of: Gathering, items: Collection[Item]) -> Iterator[Carried]:
    voice = None if of.meeting is None else of.meeting.voice
    words = frozenset() if voice is None else frozenset({voice.words_id, voice.letter_id})
    for one in items:
        if one.kind not in TRAVELLING or one.id in words or not _is_here(of, one):
            continue
        yield Carried(
            kind=PartKind.STATEMENT,
            id=one.id,
            source=_source(
                of,
                one,
                by_subject=one.said_by is not None,
                follows=None if one.noted is None else one.noted.agenda_id,
            ),
            texts={"text": one},
            rest={},
            flaw=_flaw(of, one),
        )


def _commitments(
    of: Gathering, items: Collection[Item], commitments: Mapping[UUID, Commitment]
) -> Iterator[Carried]:
    for one in items:
        commitment = commitments.get(one.id)
        if one.kind is not ItemKind.ACTION or commitment is None:
            continue
        if not commitment.state.is_open and f"{PartKind.COMMITMENT} {one.id}" not in of.seen:
            continue
        state, reason = told_state(commitment)
        speaks, kind, name = _called(of, commitment.organisation_id)
        source = _source(of, one)
        here, there = _who(
            of, commitment.responsible, commitment.organisation_id, commitment.party_id
        )
        yield Carried(
            kind=PartKind.COMMITMENT,
            id=one.id,
            source=replace(source, speaks=speaks, speaks_kind=kind, speaks_name=name),
            texts={"text": one},
            rest={
                "responsible": here,
                "due_on": commitment.due.isoformat(),
                **_hour(commitment.hour),
                **_asked_on(commitment),
                "state": state.value,
                "reason": reason,
            },
            names={"responsible": there},
            flaw=_flaw(of, one),
        )


def _plan(
    work: UnitOfWork,
    of: Gathering,
    items: Sequence[Item],
    commitments: Mapping[UUID, Commitment],
) -> Iterator[Carried]:
    """Yield the lines of the newest version; what was agreed on travels as a commitment."""
    opened = of.standing.opened
    versions = versions_of(work, opened.case.id)
    as_items = _line_items(of, items, commitments, versions)
    for line in versions[-1].lines if versions else ():
        if line.id in commitments:
            continue
        item = as_items.of(line, author_id=work.keyring.principal, on=of.standing.on)
        speaks, kind, name = _called(of, line.organisation_id)
        source = _source(of, item, by_subject=line.said_by is not None, follows=line.goal_id)
        here, there = _who(of, line.responsible, line.organisation_id, line.party_id)
        yield Carried(
            kind=PartKind.PLAN_LINE,
            id=line.id,
            source=replace(
                source,
                kind=line.kind.value,
                speaks=speaks,
                speaks_kind=kind,
                speaks_name=name,
            ),
            texts={"words": item},
            rest={
                "term": "" if line.term is None else line.term.value,
                "sign": line.sign,
                "own_part": line.own_part,
                "responsible": here,
                "due_on": _day(line.due_on),
                **_hour(line.due_at),
                "follow_up_on": _day(line.follow_up_on),
            },
            names={"responsible": there},
            flaw=_flaw(of, item),
        )


def _removed(
    work: UnitOfWork,
    of: Gathering,
    items: Sequence[Item],
    commitments: Mapping[UUID, Commitment],
) -> Iterator[Carried]:
    """Yield the lines that travelled once and are in the plan no more, as they last were.

    Whoever may not be told such a line any more is not told that it is gone either.
    """
    opened = of.standing.opened
    versions = versions_of(work, opened.case.id)
    as_items = _line_items(of, items, commitments, versions)
    still = {line.id for one in versions[-1:] for line in one.lines}
    for line in {line.id: line for one in versions for line in one.lines}.values():
        has_travelled = f"{PartKind.PLAN_LINE} {line.id}" in of.seen
        if line.id in still or line.id in commitments or not has_travelled:
            continue
        item = as_items.of(line, author_id=work.keyring.principal, on=of.standing.on)
        yield Carried(
            kind=PartKind.REMOVED_LINE,
            id=line.id,
            source=replace(
                _source(of, item, by_subject=line.said_by is not None), kind=line.kind.value
            ),
            texts={"words": item},
            rest={},
            flaw=_flaw(of, item),
        )


def _line_items(
    of: Gathering,
    items: Sequence[Item],
    commitments: Mapping[UUID, Commitment],
    versions: Sequence[PlanVersion],
) -> LineItems:
    """Return what makes items of lines, decided as the plan itself is."""
    return LineItems(
        of.standing.opened.case.id,
        recorded=items,
        promised=commitments.keys(),
        newest=versions[-1] if versions else None,
    )


def _who(
    of: Gathering, name: str, organisation_id: UUID | None, party_id: UUID | None
) -> tuple[str, str]:
    """Return who does it, as the operator may have it and as the partner may."""
    if organisation_id is not None:
        return name, name
    return of.names.here(name, party_id), of.names.there(name, party_id)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _hour(hour: time | None) -> Mapping[str, str]:
    return {} if hour is None else {"due_at": f"{hour:%H:%M}"}


def _asked_on(commitment: Commitment) -> Mapping[str, str]:
    day = commitment.follow_up
    return {} if day is None else {"follow_up_on": day.isoformat()}


def _is_here(of: Gathering, item: Item) -> bool:
    """Tell whether an item belongs to the meeting that is prepared, or to none."""
    meeting_id = None if of.meeting is None else of.meeting.id
    return item.noted is None or item.noted.meeting_id == meeting_id


def _flaw(of: Gathering, item: Item) -> StayFlaw | None:
    subject = of.standing.opened.subject_id
    if item.reporter_ids:
        return StayFlaw.REPORTER
    # Nobody could say over there who the other person is.
    if not item.about <= {subject} or item.said_by not in {None, subject}:
        return StayFlaw.ABOUT_ANOTHER
    unraised = frozenset() if of.meeting is None else of.meeting.unraised
    if item.noted is not None and item.noted.agenda_id in unraised:
        return StayFlaw.NOT_RAISED
    return None


def _source(  # noqa: PLR0913  all but two are keywords
    of: Gathering,
    item: Item,
    *,
    by_subject: bool = False,
    code: str = "",
    follows: UUID | None = None,
    known_on: date | None = None,
) -> Provenance:
    whose, kind, name = _called(of, item.origin_id)
    return Provenance(
        whose=Whose.OTHER if whose is None else whose,
        category=VOICE if by_subject and not item.category else item.category,
        known_on=known_on or item.known_on,
        organisation=name,
        organisation_kind=kind,
        by_subject=by_subject,
        area=item.area,
        is_strength=item.is_strength,
        kind=item.kind.value,
        code=code,
        follows=follows,
    )


def _called(of: Gathering, organisation_id: UUID | None) -> tuple[Whose | None, str, str]:
    """Return how an organisation is told to the other vault, which has other ids."""
    if organisation_id is None:
        return None, "", ""
    if organisation_id == of.standing.given.controller_id:
        return Whose.SENDER, "", ""
    if organisation_id == of.partner.organisation_id:
        return Whose.RECEIVER, "", ""
    found = of.standing.directory.organisation(organisation_id)
    if found is None:
        return Whose.OTHER, "", ""
    return Whose.OTHER, found.kind, found.name
