"""What is decided of everything in an invented case on a day, and why: to be read beside the law.

Everything is asked at the one door, as the program asks there. No vault is opened.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap
from uuid import UUID

from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.circumstances import Derived, Facts, derive
from trygga_desktop.domain.consent import find_latest_yes
from trygga_desktop.domain.consent_events import Barred, Excluded, Given, Limited, Way, Withdrawn
from trygga_desktop.domain.items import Item, ItemKind, Marking
from trygga_desktop.domain.programme import ADULT
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Circumstances, Decision, Recipient
from trygga_desktop.i18n import Language, load_language
from trygga_desktop.paths import shipped
from trygga_desktop.services.audience import Shown, show_room, show_to
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.story.facts import InventedCase, ToldItem
from trygga_desktop.story.tables import Table, read_timeline
from trygga_desktop.ui.case_words import age_text
from trygga_desktop.ui.reason_words import ReasonWords

WIDTH = 120
"""How many columns the table takes at most."""

_INDENT = 6


class WrongQuestionError(ValueError):
    """There is no such case, day or name; the text is for whoever typed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who is asked about, as they were named: `elias`, `school`, `school:henrik`."""

    name: str
    recipient: Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One item: what each may know of it, and what those may who are in the room for it."""

    told: ToldItem
    answers: tuple[tuple[Seat, Decision], ...]
    outside: frozenset[str]
    room: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """Every answer of a case on a day, and what it was decided from."""

    case: InventedCase
    facts: Facts
    derived: Derived
    seats: tuple[Seat, ...]
    blocks: tuple[Block, ...]

    @property
    def given(self) -> Circumstances:
        """Return what holds in the case on the day."""
        return self.derived.given


def tell_decisions(case: str, on: str, room: str | None, language: str) -> str:
    """Return the table as text, as it is asked for on a command line.

    Raise WrongQuestionError for a case, a day or a name that is not there.
    """
    resources = shipped("resources")
    timeline = read_timeline(resources / "demo" / "timeline.toml")
    catalogue, _ = load_catalogue(resources / "catalogue")
    table = read_table(case, on, room, timeline=timeline, catalogue=catalogue)
    spoken = load_language(language)
    reasons = (resources / "catalogue" / "reasons.toml").read_text(encoding="utf-8")
    return write_table(table, ReasonWords(reasons, spoken), spoken)


def read_table(
    code: str, on: str, room: str | None, *, timeline: Table, catalogue: Catalogue
) -> DecisionTable:
    """Return every answer for a case on a day.

    The room is who was at that day's meeting if none is named, and everybody of the case where
    there was none. Everybody is taken to have confirmed their duty of confidentiality. Raise
    WrongQuestionError for a case, a day or a name that is not there.
    """
    cases = {one["code"]: one for one in timeline["case"]}
    if code not in cases:
        raise WrongQuestionError(f"There is no case {code!r}. There are {', '.join(cases)}.")
    case = InventedCase(timeline, cases[code], catalogue)
    day = _read_day(on, case)
    facts = case.facts_on(day)
    derived = derive(facts, day)
    meeting = case.meeting_on(day) if room is None else None
    if room is not None:
        names = [one.strip() for one in room.split(",") if one.strip()]
    elif meeting is not None:
        names = meeting["present"]
    else:
        names = [
            *case.people,
            *(one for one in case.organisations if _is_known(one, case, derived)),
        ]
    if not names:
        raise WrongQuestionError(f"Nobody is named. {_who_there_is(case)}")
    seats = tuple(_seat(one, case) for one in dict.fromkeys(names))
    return DecisionTable(
        case=case,
        facts=facts,
        derived=derived,
        seats=seats,
        blocks=tuple(
            _block(told, seats, case, meeting, derived.given) for told in case.items_by(day)
        ),
    )


def write_table(table: DecisionTable, reasons: ReasonWords, language: Language) -> str:
    """Return a table as plain text that is no wider than WIDTH."""
    return "\n".join(_Page(table, reasons, language).lines())


def _read_day(on: str, case: InventedCase) -> date:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise WrongQuestionError(
            f"{on!r} is no day. Write it as {case.begins_on.isoformat()}."
        ) from None
    if day < case.begins_on:
        first = case.begins_on.isoformat()
        raise WrongQuestionError(f"Case {case.table['code']} begins on {first}.")
    return day


def _is_known(organisation: str, case: InventedCase, derived: Derived) -> bool:
    return derived.given.knows(case.ids[organisation])


def _who_there_is(case: InventedCase) -> str:
    return f"There are {', '.join(case.ids)} in case {case.table['code']}."


def _seat(name: str, case: InventedCase) -> Seat:
    code, colon, staff = name.partition(":")
    speaking = [who for who, one in case.staff.items() if one["organisation"] == code]
    if colon and speaking and staff not in speaking:
        known = ", ".join(f"{code}:{one}" for one in speaking)
        raise WrongQuestionError(f"There is nobody {name!r}. There is {known}.")
    if code not in case.ids or (colon and not speaking):
        raise WrongQuestionError(f"There is nobody {name!r}. {_who_there_is(case)}")
    is_person = code in case.people
    recipient = Recipient(
        id=case.id_of_staff(staff) if colon else case.ids[code],
        person_id=case.ids[code] if is_person else None,
        organisation_id=None if is_person else case.ids[code],
        barred=False,
        acknowledged=True,
    )
    return Seat(name=name, recipient=recipient)


def _block(
    told: ToldItem,
    seats: Sequence[Seat],
    case: InventedCase,
    meeting: Table | None,
    given: Circumstances,
) -> Block:
    asked, outside = [*seats], frozenset[str]()
    if meeting is not None and told.meeting == meeting["code"]:
        asked += [_seat(one, case) for one in told.joined]
        outside = told.left
    room = [one.recipient for one in asked if one.name not in outside]
    return Block(
        told=told,
        answers=tuple((one, _answer(told.item, one.recipient, given)) for one in asked),
        outside=outside,
        room=_decision_of(show_room([told.item], room, given=given)),
    )


def _answer(item: Item, recipient: Recipient, given: Circumstances) -> Decision:
    return _decision_of(show_to(item, recipient, given=given))


def _decision_of(shown: Shown) -> Decision:
    return shown.items[0].decision if shown.items else shown.hidden[0].decision


class _Page:
    """Writes a table in one language."""

    def __init__(self, table: DecisionTable, reasons: ReasonWords, language: Language) -> None:
        self._table = table
        self._names = _Names(table, language)
        self._slots = _Slots(table, self._names, language)
        self._reasons = reasons
        self._language = language
        self._catalogue = table.facts.catalogue
        seats = [seat.name for block in table.blocks for seat, _ in block.answers]
        self._seat_width = max((len(one) for one in seats), default=0)
        self._reason_width = max(
            (
                len(reason)
                for block in table.blocks
                for _, decision in block.answers
                for reason in _reasons_of(decision)
            ),
            default=0,
        )

    def lines(self) -> Iterator[str]:
        """Yield the lines: first what holds on the day, then every item."""
        _ = self._language.gettext
        yield from self._head()
        if not self._table.blocks:
            yield from ("", _("Nothing yet"))
        for block in self._table.blocks:
            yield ""
            yield from self._block(block)

    def _head(self) -> Iterator[str]:
        _, table = self._language.gettext, self._table
        case, given = table.case, table.given
        programme = table.facts.programme
        title = [
            " ".join([_("Case"), case.table["code"]]),
            case.table["number"],
            "" if programme is None else programme.name.in_language(self._language.code),
            self._language.weekday_date(given.on),
        ]
        yield " · ".join(one for one in title if one)
        subject = [case.table["subject"], self._names.whole(given.subject_id)]
        if given.subject_age is not None:
            subject.append(age_text(given.subject_age, self._language))
        phase = self._catalogue.phase(table.facts.step.phase).name
        since = self._language.date_long(table.facts.step.on)
        rows = [
            (_("The young person"), [", ".join(subject)]),
            (_("Phase"), [f"{phase.in_language(self._language.code)}, {since}"]),
            (_("Must sign"), list(self._signers()) or [_("Nobody can consent")]),
            (_("Is asked"), list(self._asked())),
            (_("May not be raised"), list(self._exclusions())),
            (_("Limit on what may be known"), list(self._limits())),
            (_("Kept back"), list(self._bars())),
            (_("Who is concerned"), list(self._concerned())),
            (_("Around the table"), list(self._around_the_table())),
        ]
        width = max(len(label) for label, told in rows if told) + 2
        for label, told in rows:
            for place, text in enumerate(told):
                yield from _hanging("" if place else label, width, text)

    def _signers(self) -> Iterator[str]:
        given = self._table.given
        for code in self._codes(given.required):
            yield f"{code}: {self._signed(self._table.case.ids[code])}"

    def _signed(self, signer: UUID) -> str:
        _, language, given = self._language.gettext, self._language, self._table.given
        answers = given.required_answers
        consent = answers.in_force_of(signer)
        if consent is None:
            last = find_latest_yes(answers.of(signer), on=given.on)
            if last is None or given.on < last.valid_from:
                return _("Not answered")
            if last.withdrawn_on is not None and last.is_withdrawn_on(given.on):
                return ", ".join([_("Withdrawn"), language.date_long(last.withdrawn_on)])
            until = _("Until {date}").format(date=language.date_long(last.valid_to))
            return ". ".join([_("Expired"), until])
        signed = next(
            event.what
            for event in self._table.facts.events
            if event.id == consent.id and isinstance(event.what, Given)
        )
        way = _("Signed on paper") if signed.way is Way.PAPER else _("Said, not signed yet")
        period = _("{since} to {until}").format(
            since=language.date_long(signed.valid_from), until=language.date_long(consent.valid_to)
        )
        told = [way, period]
        if consent.taken_back:
            codes = ", ".join(self._codes(consent.taken_back))
            told.append(": ".join([_("Consent partly withdrawn"), codes]))
        return ". ".join(told)

    def _asked(self) -> Iterator[str]:
        _, given = self._language.gettext, self._table.given
        for code in self._codes(given.opinion_of):
            is_noted = self._table.case.ids[code] in given.opinions
            yield ": ".join([code, _("Opinion noted") if is_noted else _("Opinion missing")])

    def _exclusions(self) -> Iterator[str]:
        for one in self._table.derived.state.exclusions:
            of = ", ".join(self._category(code) for code in sorted(one.categories))
            yield self._term(one, of)

    def _limits(self) -> Iterator[str]:
        for one in self._table.derived.state.limits:
            (code,) = self._codes({one.cell.organisation_id})
            yield self._term(one, f"{code}, {self._category(one.cell.category)}")

    def _term(self, term: Excluded | Limited, of: str) -> str:
        _ = self._language.gettext
        asked = _("Asked for by {name}").format(name=self._names.of(term.asked_by))
        return f"{self._table.case.terms[term.id]}: {term.words} {of}. {asked}"

    def _bars(self) -> Iterator[str]:
        for bar in self._table.given.bars:
            (code,) = self._codes({bar.against})
            slots = self._slots.of_bar(bar.against, bar.reason)
            told = [f"{code}: {bar.reason.value}", self._reasons.statement(bar.reason, slots)]
            if bar.scope is BarScope.THESE:
                told.insert(1, ", ".join(self._category(one) for one in sorted(bar.categories)))
            yield ". ".join(told)

    def _concerned(self) -> Iterator[str]:
        codes = self._codes(self._table.derived.state.concerned)
        if codes:
            yield ", ".join(codes)

    def _around_the_table(self) -> Iterator[str]:
        case = self._table.case
        width = max(len(one.name) for one in self._table.seats)
        for seat in self._table.seats:
            code, _, staff = seat.name.partition(":")
            name = self._names.whole(case.ids[code])
            if staff:
                name = f"{case.staff[staff]['name']}, {name}"
            yield f"{seat.name:{width}}  {name}"

    def _block(self, block: Block) -> Iterator[str]:
        _, item = self._language.gettext, block.told.item
        kinds = {
            ItemKind.DECISION: _("Decision"),
            ItemKind.ACTION: _("Action"),
            ItemKind.DISSENT: _("Does not agree"),
        }
        day = self._language.date_long(item.known_on)
        kind = kinds.get(item.kind, _("Note"))
        yield " · ".join([block.told.code, kind, self._category(item.category), day])
        told = [": ".join([_("Who told it"), self._giver(item)])]
        others = self._codes(item.about - {self._table.given.subject_id})
        if others:
            told.append(_("Also about {names}").format(names=", ".join(others)))
        told += [f"{term}: {answer}" for term, answer in self._markings(item)]
        yield from _hanging("", _INDENT, ". ".join(told))
        yield from _hanging("", _INDENT, item.text)
        for seat, decision in block.answers:
            yield from self._answered(block, seat, decision)
        yield from self._room(block)

    def _giver(self, item: Item) -> str:
        assert item.origin_id is not None  # noqa: S101  the timeline always tells
        (organisation,) = self._codes({item.origin_id})
        if item.said_by is None:
            return organisation
        (person,) = self._codes({item.said_by})
        # What a person tells counts as held and given by the board.
        return f"{person} ({organisation})"

    def _markings(self, item: Item) -> Iterator[tuple[str, str]]:
        _ = self._language.gettext
        answers: Mapping[Marking, str] = {
            Marking.TOUCHES: _("Touches it"),
            Marking.DOES_NOT_TOUCH: _("Does not touch it"),
            Marking.INSIDE: _("Inside"),
            Marking.OUTSIDE: _("Not inside"),
        }
        for one in item.markings:
            yield self._table.case.terms[one.about_id], answers[one.answer]

    def _answered(self, block: Block, seat: Seat, decision: Decision) -> Iterator[str]:
        _ = self._language.gettext
        for place, reason in enumerate(_reasons_of(decision)):
            slots = self._slots.of(block.told.item, seat.recipient, reason)
            sentence = self._reasons.sentence(reason, slots)
            yes, name = "", ""
            if place == 0:
                yes, name = self._yes(decision), seat.name
                if seat.name in block.outside:
                    outside = _("Waits outside")
                    sentence = f"{sentence} ({outside})"
            label = f"  {yes:4} {name:{self._seat_width}}  {reason.value:{self._reason_width}}  "
            yield from _hanging(label, len(label), sentence)

    def _room(self, block: Block) -> Iterator[str]:
        _ = self._language.gettext
        told = []
        for reason in _reasons_of(block.room):
            against = [
                seat.name
                for seat, decision in block.answers
                if seat.name not in block.outside
                and not decision.allowed
                and reason in _reasons_of(decision)
            ]
            told.append(f"{reason.value} ({', '.join(against)})" if against else reason.value)
        everyone = _("Everyone around the table")
        label = f"  {self._yes(block.room):4} {everyone}: "
        yield from _hanging(label, len(label), ", ".join(told))

    def _yes(self, decision: Decision) -> str:
        _ = self._language.gettext
        return _("Yes") if decision.allowed else _("No")

    def _category(self, code: str) -> str:
        return self._catalogue.category(code).name.in_language(self._language.code)

    def _codes(self, ids: Collection[UUID]) -> list[str]:
        """Return people and organisations by their codes, in the order of the timeline."""
        return [code for code, one in self._table.case.ids.items() if one in ids]


class _Names:
    """What people and organisations are called: a protected person never by name.

    An organisation is called in a sentence what its kind is, unless two of the case are of a kind.
    """

    def __init__(self, table: DecisionTable, language: Language) -> None:
        self._case = table.case
        self._catalogue = table.facts.catalogue
        self._language = language
        self._codes = {one: code for code, one in table.case.ids.items()}

    def of(self, somebody: UUID) -> str:
        """Return what somebody is called in a sentence."""
        code = self._codes[somebody]
        if code in self._case.people:
            return self._alias(code) or self._case.people[code]["name"].split(" ", 1)[0]
        organisation = self._case.organisations[code]
        kinds = [one["kind"] for one in self._case.organisations.values()]
        if kinds.count(organisation["kind"]) > 1:
            return str(organisation["name"])
        return self._catalogue.agency(organisation["kind"]).definite.in_language(
            self._language.code
        )

    def whole(self, somebody: UUID) -> str:
        """Return the whole name."""
        code = self._codes[somebody]
        if code in self._case.people:
            return self._alias(code) or str(self._case.people[code]["name"])
        return str(self._case.organisations[code]["name"])

    def _alias(self, code: str) -> str:
        person = self._case.people[code]
        if not person.get("protected", False):
            return ""
        return str(person.get("alias") or person["relation"])


class _Slots:
    """What fills the sentence of a reason, as far as the case tells; neutral words do the rest."""

    def __init__(self, table: DecisionTable, names: _Names, language: Language) -> None:
        self._table = table
        self._names = names
        self._language = language
        self._catalogue = table.facts.catalogue

    def of(self, item: Item, recipient: Recipient, reason: Reason) -> Mapping[str, str]:
        """Return the slots of one answer."""
        who = recipient.person_id or recipient.organisation_id
        slots = {"about": self._about(item.category)}
        if item.origin_id is not None:
            slots["giver"] = self._names.of(item.origin_id)
        if reason is Reason.SECOND_PERSON:
            slots["second"] = self._second(item, recipient)
        return slots | ({} if who is None else self.of_bar(who, reason))

    def of_bar(self, against: UUID, reason: Reason) -> dict[str, str]:
        """Return the slots that do not depend on an item."""
        given, facts, code = self._table.given, self._table.facts, self._language.code
        left = [
            category
            for category in (one.code for one in self._catalogue.categories)
            if not any(bar.closes(category) for bar in given.bars if bar.against == against)
        ]
        days = self._days(against, reason)
        return {
            "recipient": self._names.of(against),
            "person": self._names.of(given.subject_id),
            "phase": self._catalogue.phase(facts.step.phase).name.in_language(code),
            "programme": "" if facts.programme is None else facts.programme.name.in_language(code),
            "limit": self._language.list_words([self._about(one) for one in left]),
            "date": self._language.date_long(min(days)) if days else "",
        }

    def _about(self, category: str) -> str:
        return self._catalogue.category(category).about.in_language(self._language.code)

    def _second(self, item: Item, recipient: Recipient) -> str:
        """Return who it is that has not let it be told: each is asked about alone."""
        given = self._table.given
        found = []
        for one in self._table.case.ids.values():
            if one in item.about - {given.subject_id}:
                alone = replace(item, about=frozenset({given.subject_id, one}))
                if Reason.SECOND_PERSON in _reasons_of(_answer(alone, recipient, given)):
                    found.append(self._names.of(one))
        return self._language.list_words(found)

    def _days(self, who: UUID, reason: Reason) -> list[date]:
        """Return the days that a sentence may name; the first of them is told."""
        given, facts = self._table.given, self._table.facts
        happened = [one.what for one in facts.events if one.what.on <= given.on]
        match reason:
            case Reason.CONSENT_COVERS:
                found = [
                    one.valid_to
                    for one in given.consents
                    if one.signer in given.required and one.holds_on(given.on)
                ]
            case Reason.EXPIRED | Reason.WITHDRAWN:
                found = list(self._ends(reason))
            case Reason.WITHDRAWN_PART:
                found = [
                    one.on
                    for one in happened
                    if isinstance(one, Withdrawn) and who in (one.organisations or ())
                ]
            case Reason.CHILD_LIMITED | Reason.PROTECTION_LIMIT:
                found = [
                    one.on for one in happened if isinstance(one, Barred) and one.bar.against == who
                ]
            case Reason.TURNED_18:
                turned = None if facts.born is None else facts.born.turns(ADULT)
                found = [] if turned is None else [turned]
            case Reason.CASE_PAUSED:
                found = [facts.step.on]
            case _:
                found = []
        return found

    def _ends(self, reason: Reason) -> Iterator[date]:
        """Yield when what the required signers gave ended: by itself, or taken back."""
        given = self._table.given
        answers = given.required_answers
        for signer in given.required:
            last = find_latest_yes(answers.of(signer), on=given.on)
            if last is None or answers.in_force_of(signer) is not None:
                continue
            is_withdrawn = last.withdrawn_on is not None and last.is_withdrawn_on(given.on)
            if is_withdrawn is (reason is Reason.WITHDRAWN):
                yield last.withdrawn_on or last.valid_to


def _reasons_of(decision: Decision) -> tuple[Reason, ...]:
    return (decision.reason, *decision.also)


def _hanging(label: str, width: int, text: str) -> Iterator[str]:
    """Yield a text beside its label, and all further lines below the first."""
    lines = wrap(text, WIDTH - width) or [""]
    yield f"{label:{width}}{lines[0]}".rstrip()
    yield from (f"{'':{width}}{line}" for line in lines[1:])
