"""Decide whether a recipient, or everyone in a room, may see an item, and why.

The order stands in the header of `resources/catalogue/reasons.toml`. Unknown is no.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, StrEnum, auto
from functools import cached_property
from uuid import UUID

from trygga_desktop.domain.bars import Bar
from trygga_desktop.domain.consent import (
    Cell,
    Consent,
    Consents,
    Direction,
    Newcomer,
    find_refusals,
    has_one_answer_each,
    lets_be_told,
)
from trygga_desktop.domain.ground_use import UsedGround
from trygga_desktop.domain.items import Item, Part
from trygga_desktop.domain.reasons import Reason, place_in_order

_ADULT = 18


class ChainStanding(StrEnum):
    """Whether the case's chain of consent events is whole."""

    HOLDS = "holds"
    BROKEN = "broken"


class Confirmation(StrEnum):
    """Whether the consents count: after a restore, when a person has confirmed them."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


class Stage(StrEnum):
    """Whether the case is talked about with the young person's name or without."""

    NAMED = "named"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Someone an item might be shown to, on the day and at the place of the question.

    `alone` is the operator's own window, which only a user has; in a room nobody is alone.
    `acknowledged` is the duty of confidentiality, confirmed for this meeting by whom it binds.
    `interprets` is an interpreter at the table; `supports` is somebody whom the young person has
    confirmed for this meeting, and who then sees what the young person sees. Neither opens anything
    to whoever sits there for an organisation or as a person of the case. `namesakes` are people of
    the case who are called as this one is: it may be one of them, sitting there as somebody else.
    """

    id: UUID
    barred: bool
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    user_id: UUID | None = None
    named_reader: bool = False
    acknowledged: bool = False
    alone: bool = False
    interprets: bool = False
    supports: bool = False
    namesakes: frozenset[UUID] = frozenset()

    @property
    def in_own_window(self) -> bool:
        """Tell whether this is a user whose screen nobody else looks at."""
        return self.alone and self.user_id is not None

    @property
    def is_guest(self) -> bool:
        """Tell whether this is nobody of the case, and speaks for no organisation."""
        return self.organisation_id is None and self.person_id is None

    @property
    def only_interprets(self) -> bool:
        """Tell whether this is somebody who is there for what others say, and nothing else."""
        return self.is_guest and self.interprets and not self.supports


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What holds in the case on the day of the question.

    `controller_id` is the organisation whose case file it is. `required` comes from the
    programme's policy, and so does `opinion_of`: whose view must have been asked for before a
    consent counts. `opinions` are the views that were recorded, `unweighed` the noes among them of
    which nobody wrote how they were weighed. `consents` hold at most one answer of a signer for any
    one day: whoever gives a new answer thereby ends the one before. `concerned` are groups of
    organisations, of each of which one must be covered before a consent counts; a group of which
    nobody knows who is in it cannot be. `closed_by` is the phase's own no; a pause that only
    follows from the consents (`pause_follows`) leaves it to them to say why. `programme` is the
    work that consents must have been given for, `newcomers` tells since when people must sign.
    `grounds` are the decisions to tell something without consent. What is left out is taken as not
    known, and closes sharing with others.
    """

    on: date
    controller_id: UUID
    subject_id: UUID
    subject_age: int | None
    organisations: frozenset[UUID] = frozenset()
    categories: frozenset[str] = frozenset()
    chain: ChainStanding = ChainStanding.BROKEN
    confirmation: Confirmation = Confirmation.UNCONFIRMED
    stage: Stage = Stage.ANONYMOUS
    guardians: frozenset[UUID] = frozenset()
    required: frozenset[UUID] = frozenset()
    consents: tuple[Consent, ...] = ()
    opinion_of: frozenset[UUID] = frozenset()
    opinions: frozenset[UUID] = frozenset()
    unweighed: frozenset[UUID] = frozenset()
    concerned: frozenset[frozenset[UUID]] = frozenset()
    bars: tuple[Bar, ...] = ()
    closed_by: Reason | None = Reason.PHASE_NOT_OPEN
    pause_follows: bool = False
    programme: str = ""
    newcomers: Mapping[UUID, Newcomer] = field(default_factory=dict)
    grounds: tuple[UsedGround, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two answers of one signer: nobody could say which narrows the other."""
        if not has_one_answer_each(self.consents, on=self.on):
            raise ValueError("A signer has two answers in force on one day.")

    @cached_property
    def required_answers(self) -> Consents:
        """Return the consents, as they are asked when all who are required must have given theirs.

        The same every time: it is asked for with every item of a room, for everyone in it.
        """
        return self.answers_of(self.required)

    def answers_of(self, required: frozenset[UUID]) -> Consents:
        """Return the consents, as they are asked when these must have given theirs."""
        return Consents(
            on=self.on,
            required=required,
            answers=self.consents,
            programme=self.programme,
            newcomers=self.newcomers,
        )

    def knows(self, organisation_id: UUID | None) -> bool:
        """Tell whether the organisation has a place in the case; the controller always has."""
        return organisation_id == self.controller_id or organisation_id in self.organisations


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer: the reason told first, and on a no every further reason in order of telling."""

    reason: Reason
    also: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        """Tell whether the item may be shown."""
        return self.reason.allows


def decide(item: Item, recipient: Recipient, given: Circumstances) -> Decision:
    """Return whether this recipient may see the item, with every reason against it."""
    if recipient.supports and recipient.is_guest:
        return _decide_for_support(item, recipient, given)
    question = _Question(item=item, recipient=recipient, given=given)
    own = next((permit.reason for permit in _OWN if permit.applies(question)), None)
    spares_operator = own is not None and recipient.in_own_window
    blocks = {
        block.reason
        for block in _BLOCKS
        if block.applies(question) and not (spares_operator and block.closes is _Closes.TO_OTHERS)
    }
    if own is not None:
        if _was_found_to_name_nobody(question):
            blocks.discard(Reason.ANONYMOUS_STAGE)
        return _answer(own, blocks)
    # Of someone or something unknown nothing further can be said.
    if blocks & _UNKNOWN:
        return _refuse(blocks)
    grounds = _grounds(question)
    if None in grounds:
        if _names_nobody(question):
            return _answer(Reason.NO_IDENTITY, blocks - {Reason.ANONYMOUS_STAGE})
        return _answer(Reason.LEGAL_GROUND, blocks)
    needs = {need.reason for need in _NEEDS_ITS_OWN_BASIS if need.applies(question)}
    permit, refusals = _decide_by_tie_or_consent(question)
    against = needs | refusals
    if against:
        # A decision that does not reach so far is told of only where something stands in the way.
        against |= {flaw for flaw in grounds if flaw is not None}
    return _answer(permit, blocks | against)


def _decide_for_support(item: Item, support: Recipient, given: Circumstances) -> Decision:
    """Return what the young person may see, told as the answer to whom they brought along."""
    as_subject = replace(support, person_id=given.subject_id, user_id=None)
    decision = decide(item, as_subject, given)
    return Decision(reason=Reason.CHOSEN_SUPPORT) if decision.allowed else decision


def decide_for_room(
    item: Item,
    room: Collection[Recipient],
    given: Circumstances,
    *,
    ask: Callable[[Item, Recipient, Circumstances], Decision] = decide,
) -> Decision:
    """Return whether everyone present, remote ones included, may see the item.

    An empty room sees nothing, and neither does one with nobody but interpreters. In a room nobody
    is alone, whatever the recipient says. `ask` answers what `decide` answers, perhaps out of what
    it has answered before.
    """
    return meet(
        [
            (one, ask(item, one if not one.alone else replace(one, alone=False), given))
            for one in room
        ]
    )


def meet(decided: Collection[tuple[Recipient, Decision]]) -> Decision:
    """Return what is decided of one item for a room, from what is for each who is in it.

    Nobody of them was asked about alone. An empty room sees nothing, and neither does one with
    nobody but interpreters.
    """
    if all(present.only_interprets for present, _ in decided):
        return _refuse({Reason.UNKNOWN_RECIPIENT})
    against = {
        reason
        for _, decision in decided
        if not decision.allowed
        for reason in (decision.reason, *decision.also)
    }
    # The last of the permits is the one that rests on the most: a consent, when there is one.
    weakest = max((decision.reason for _, decision in decided), key=place_in_order)
    return _answer(weakest, against)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One item, one recipient, one day."""

    item: Item
    recipient: Recipient
    given: Circumstances


class _Closes(Enum):
    """Whom a hard block keeps out."""

    TO_EVERYONE = auto()
    # Sharing stops, but a case worker keeps the own file: reading it alone is not sharing, and
    # what is incomplete or unconfirmed is put right there.
    TO_OTHERS = auto()


@dataclass(frozen=True, slots=True)
class _Rule:
    """A reason, and when it applies."""

    reason: Reason
    applies: Callable[[_Question], bool]


@dataclass(frozen=True, slots=True)
class _Block:
    """A rule that wins over every permit."""

    reason: Reason
    applies: Callable[[_Question], bool]
    closes: _Closes = _Closes.TO_EVERYONE


def _reads_guarded(question: _Question) -> bool:
    """Tell whether a named reader looks at the guarded part, alone."""
    reader = question.recipient
    return question.item.part is Part.GUARDED and reader.named_reader and reader.in_own_window


def _reads_own_note(question: _Question) -> bool:
    """Tell whether the author looks at a working note, alone."""
    item, reader = question.item, question.recipient
    return item.part is Part.NOTES and reader.in_own_window and reader.user_id == item.author_id


def _comes_from_recipient(question: _Question) -> bool:
    item, organisation = question.item, question.recipient.organisation_id
    return item.part is Part.CASE and organisation is not None and organisation == item.origin_id


def _lies_in_own_file(question: _Question) -> bool:
    """Tell whether an operator of the controller looks at the controller's own file, alone."""
    reader = question.recipient
    is_of_controller = reader.organisation_id == question.given.controller_id
    return question.item.part is Part.CASE and reader.in_own_window and is_of_controller


def _said_it(question: _Question) -> bool:
    """Tell whether a person of the case hears their own words."""
    item, person = question.item, question.recipient.person_id
    return item.part is Part.CASE and person == item.said_by is not None


def _told_of_themself(question: _Question) -> bool:
    """Tell whether the young person hears what they said of nobody else."""
    subject = question.given.subject_id
    is_subject = question.recipient.person_id == subject
    return is_subject and question.item.about <= {subject} and _said_it(question)


def _interprets(question: _Question) -> bool:
    return question.item.part is Part.CASE and question.recipient.only_interprets


_OWN = (
    _Rule(Reason.NAMED_READER, _reads_guarded),
    _Rule(Reason.OWN_INFORMATION, _reads_own_note),
    _Rule(Reason.OWN_INFORMATION, _comes_from_recipient),
    _Rule(Reason.OWN_PERSON, _told_of_themself),
    _Rule(Reason.OWN_INFORMATION, _said_it),
    _Rule(Reason.OWN_FILE, _lies_in_own_file),
    _Rule(Reason.INTERPRETS, _interprets),
)


def _item_is_unknown(question: _Question) -> bool:
    item, given = question.item, question.given
    is_known = given.knows(item.origin_id) and item.category in given.categories
    return not (is_known and item.category and item.about)


def _recipient_is_unknown(question: _Question) -> bool:
    recipient = question.recipient
    if recipient.organisation_id is None:
        return recipient.is_guest and not recipient.interprets
    return not question.given.knows(recipient.organisation_id)


def _is_guarded(question: _Question) -> bool:
    return question.item.part is Part.GUARDED and not _reads_guarded(question)


def _is_note_of_another(question: _Question) -> bool:
    return question.item.part is Part.NOTES and not _reads_own_note(question)


def _chain_is_broken(question: _Question) -> bool:
    return question.given.chain is not ChainStanding.HOLDS


def _is_unconfirmed(question: _Question) -> bool:
    return question.given.confirmation is not Confirmation.CONFIRMED


def _is_anonymous(question: _Question) -> bool:
    return question.given.stage is not Stage.NAMED


def _has_not_acknowledged(question: _Question) -> bool:
    return not question.recipient.acknowledged


def _is_barred(question: _Question) -> bool:
    return question.recipient.barred or _bar(Reason.GUARDIAN_BARRED)(question)


def _bar(reason: Reason) -> Callable[[_Question], bool]:
    """Return what tells whether a recorded bar of that kind keeps the item from the recipient.

    Whoever is called as somebody from whom it is kept may be that person at work, and is told no
    more before the two are told apart by their names.
    """

    def closes(question: _Question) -> bool:
        recipient, category = question.recipient, question.item.category
        concerned = {recipient.person_id, recipient.organisation_id, *recipient.namesakes}
        return any(
            bar.reason is reason and bar.against in concerned and bar.closes(category)
            for bar in question.given.bars
        )

    return closes


_BLOCKS = (
    _Block(Reason.UNKNOWN_ITEM, _item_is_unknown, _Closes.TO_OTHERS),
    _Block(Reason.UNKNOWN_RECIPIENT, _recipient_is_unknown),
    _Block(Reason.GUARDED, _is_guarded),
    _Block(Reason.OWN_NOTE, _is_note_of_another),
    _Block(Reason.CHAIN_BROKEN, _chain_is_broken, _Closes.TO_OTHERS),
    _Block(Reason.RESTORED_UNCONFIRMED, _is_unconfirmed, _Closes.TO_OTHERS),
    _Block(Reason.ANONYMOUS_STAGE, _is_anonymous, _Closes.TO_OTHERS),
    _Block(Reason.NOT_ACKNOWLEDGED, _has_not_acknowledged, _Closes.TO_OTHERS),
    _Block(Reason.GUARDIAN_BARRED, _is_barred),
    _Block(Reason.CHILD_LIMITED, _bar(Reason.CHILD_LIMITED)),
    _Block(Reason.PROTECTION_LIMIT, _bar(Reason.PROTECTION_LIMIT)),
)
_UNKNOWN = frozenset({Reason.UNKNOWN_ITEM, Reason.UNKNOWN_RECIPIENT})


def _is_about_another(question: _Question) -> bool:
    known = {question.given.subject_id, question.recipient.person_id}
    return any(not _may_be_told_of(one, question) for one in question.item.about - known)


def _may_be_told_of(second: UUID, question: _Question) -> bool:
    """Tell whether somebody else whom the item is about has let it be told.

    They said it themselves at the table, or ticked that they may be spoken of. Of the young
    person's required signers nothing more is asked here, since the consent path asks them all; of
    anyone else their own consent must cover the passage too.
    """
    item, recipient, given = question.item, question.recipient, question.given
    if item.at_table and item.said_by == second:
        return True
    consents = [one for one in given.consents if one.signer == second and one.holds_on(given.on)]
    if not any(lets_be_told(one, to_family=recipient.person_id is not None) for one in consents):
        return False
    if second in given.required or recipient.person_id is not None:
        return True
    return not find_refusals(item, recipient.organisation_id, given.answers_of(frozenset({second})))


def _shows_a_reporter(question: _Question) -> bool:
    return not question.item.reporter_ids <= {question.recipient.person_id}


def _grounds(question: _Question) -> set[Reason | None]:
    """Return what each decision on another ground comes to here; None opens the item."""
    item, given, ends = question.item, question.given, _ends(question)
    return {_reach(one, question) for one in given.grounds if one.is_near(item, ends)}


def _reach(ground: UsedGround, question: _Question) -> Reason | None:
    """Return why a decision does not open the item here; None if it does.

    That nobody can be recognised was found of a conversation without the name, and holds nowhere
    else: with the name everyone at the table knows whom it is about.
    """
    if ground.names_nobody and not _is_anonymous(question):
        return Reason.GROUND_OTHER_SCOPE
    return ground.flaw_for(question.item, _ends(question), on=question.given.on)


def _names_nobody(question: _Question) -> bool:
    """Tell whether somebody has found that nobody can be recognised by the item.

    Only such a decision opens anything where a case is talked about without the name.
    """
    return any(one.names_nobody and _reach(one, question) is None for one in question.given.grounds)


def _was_found_to_name_nobody(question: _Question) -> bool:
    """Tell the same to whoever the item came from: they knew it before it was told to others."""
    item, given = question.item, question.given
    return any(
        one.names_nobody and one.flaw_for(item, one.use.recipients, on=given.on) is None
        for one in given.grounds
    )


def _ends(question: _Question) -> set[UUID | None]:
    """Return what a decision on another ground may name, of whoever is asked about."""
    return {question.recipient.organisation_id, question.recipient.person_id}


_NEEDS_ITS_OWN_BASIS = (
    _Rule(Reason.SECOND_PERSON, _is_about_another),
    _Rule(Reason.REPORTER, _shows_a_reporter),
)


def _decide_by_tie_or_consent(question: _Question) -> tuple[Reason, frozenset[Reason]]:
    """Return the permit that is left, and what stands against it."""
    item, recipient, given = question.item, question.recipient, question.given
    tie = _tie(question)
    if tie is not None and tie.allows:
        return tie, frozenset()
    refusals = find_refusals(item, recipient.organisation_id, given.required_answers)
    refusals |= find_closures(given, refusals=refusals)
    if refusals and tie is not None:
        refusals |= {tie}
    return Reason.CONSENT_COVERS, refusals


# What every organisation concerned must at least give and receive (README of the catalogue, 9).
LEAST = ("contact", "plan")


def find_closures(given: Circumstances, *, refusals: frozenset[Reason]) -> frozenset[Reason]:
    """Return what closes every path by consent in the case, whatever passage is asked for.

    `refusals` is what the consents themselves say.
    """
    found = set()
    if given.subject_age is None:
        # Whoever signed, nobody knows whether they are the ones who must.
        found.add(Reason.UNKNOWN_AGE)
    if given.closed_by is not None and not (given.pause_follows and refusals):
        found.add(given.closed_by)
    if not given.opinion_of <= given.opinions:
        found.add(Reason.OPINION_MISSING)
    if given.unweighed:
        found.add(Reason.OPINION_UNWEIGHED)
    if any(_is_left_out(group, given) for group in given.concerned):
        found.add(Reason.PROGRAMME_NEEDS_ALL)
    return frozenset(found)


def _is_left_out(group: frozenset[UUID], given: Circumstances) -> bool:
    """Tell whether no organisation of the group is covered by everybody who did sign."""
    signed = [one for one in given.consents if one.signer in given.required]
    in_force = [one for one in signed if one.holds_on(given.on) and one.cells]
    covered = (all(_least_of(one) <= consent.cells for consent in in_force) for one in group)
    return bool(in_force) and not any(covered)


def _least_of(organisation_id: UUID) -> frozenset[Cell]:
    return frozenset(
        Cell(organisation_id=organisation_id, category=category, direction=direction)
        for category in LEAST
        for direction in Direction
    )


def _tie(question: _Question) -> Reason | None:
    """Return what being a person of the case comes to; None for everyone else.

    What lies in the case is about the young person too, whoever else it names: it is nobody else's
    own. Second persons are judged on their own.
    """
    person, given = question.recipient.person_id, question.given
    if person == given.subject_id:
        return Reason.OWN_PERSON
    if person not in given.guardians or given.subject_age is None:
        return None
    return Reason.GUARDIAN_OF_CHILD if given.subject_age < _ADULT else Reason.FORMER_GUARDIAN


def _answer(permit: Reason, against: Collection[Reason]) -> Decision:
    return _refuse(against) if against else Decision(reason=permit)


def _refuse(against: Iterable[Reason]) -> Decision:
    first, *others = sorted(against, key=place_in_order)
    return Decision(reason=first, also=tuple(others))
