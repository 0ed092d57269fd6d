"""What `sharing_scenarios.toml` tells, as the facts and questions that the sharing decision takes.

Every name in the file stands for somebody or something: a name of an organisation is also its
kind, unless `kinds` says otherwise. What the file says and nobody here reads is a mistake.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

from tests.domain.catalogue_tables import CATALOGUE
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.circumstances import Facts, derive
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import (
    Barred,
    Compared,
    Concerned,
    ConsentEvent,
    Excepted,
    Excluded,
    Given,
    GroundUsed,
    Happening,
    Lifted,
    Limited,
    Opinion,
    Requested,
    View,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.dates import PartialDate, months_after
from trygga_desktop.domain.directory import Directory, NameSince, Organisation
from trygga_desktop.domain.ground_use import GroundAnswer, GroundUse
from trygga_desktop.domain.grounds import Condition, ConditionKind, Needed
from trygga_desktop.domain.items import Item, ItemKind, Marking, Part, RecordedMarking
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Decision,
    Recipient,
    decide,
    decide_for_room,
)

FILE = Path(__file__).with_name("sharing_scenarios.toml")

Table = dict[str, Any]
T = TypeVar("T")

_LONG_AGO = date(1990, 1, 1)
_WORDS = "Med den svarandes egna ord."
_EVERY = "*"


class ScenarioError(ValueError):
    """The file says something that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One case of the file: what is known, what is asked, and what the law notes answer.

    `told` are all facts and the question in order, `asked` is the answer that must come out.
    """

    id: str
    texts: tuple[str, str, str]
    facts: Facts
    day: date
    item: Item
    recipients: tuple[Recipient, ...]
    is_room: bool
    allowed: bool
    asked: Decision
    happenings: tuple[Happening, ...]
    told: tuple[object, ...]
    facts_told: frozenset[object]

    def decide(self) -> Decision:
        """Return what the program decides."""
        given = derive(self.facts, self.day).given
        if self.is_room:
            return decide_for_room(self.item, self.recipients, given)
        return decide(self.item, self.recipients[0], given)

    @property
    def age(self) -> int | None:
        """Return how old the young person is."""
        return None if self.facts.born is None else self.facts.born.age_on(self.day)

    def is_beside(self, other: "Scenario") -> bool:
        """Tell whether just one thing is different: added, left out, or another in its place."""
        return 0 < len(self.facts_told ^ other.facts_told) <= 2


def read_scenarios(path: Path = FILE) -> tuple[Scenario, ...]:
    """Return the scenarios of the file; ScenarioError when one cannot be read."""
    file = _Row("the file", tomllib.loads(path.read_text(encoding="utf-8")))
    rows = file.take("scenario", list)
    defaults = _Defaults(
        families=file.take("family", dict),
        matrices=file.take("matrix", dict),
        histories=file.take("history", dict),
        who=file.take("who", dict),
    )
    file.end()
    return tuple(_read(row, defaults) for row in rows)


def id_of(name: str) -> UUID:
    """Return the id of whoever or whatever has this name in the file."""
    return uuid5(NAMESPACE_OID, f"scenario:{name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defaults:
    families: Table
    matrices: Table
    histories: Table
    who: Table


class _Row:
    """A table of the file, from which each thing is taken once."""

    def __init__(self, place: str, table: Mapping[str, Any]) -> None:
        self.place = place
        self._left = dict(table)

    def __contains__(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str, kind: type[T], default: T | None = None) -> T:
        """Return what stands there; without a default something must."""
        found = self._left.pop(key, default)
        if not isinstance(found, kind):
            raise ScenarioError(f"{self.place}: {key} is {found!r}.")
        return found

    def names(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Return one name or several."""
        found = self._left.pop(key, default)
        if isinstance(found, str):
            return (found,)
        if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
            raise ScenarioError(f"{self.place}: {key} is {found!r}.")
        return tuple(found)

    def end(self) -> None:
        """Refuse what nobody has asked for."""
        if self._left:
            raise ScenarioError(f"{self.place}: nobody reads {', '.join(self._left)}.")


def _read(table: Table, defaults: _Defaults) -> Scenario:
    place = table["id"]
    family = defaults.families.get(table.get("family", ""))
    if family is None:
        raise ScenarioError(f"{place}: no such family.")
    if "room" in table:
        family = {**family, "to": None}
    row = _Row(place, {**family, **table, "parties": _merged(family, table)})
    for key in ("id", "family"):
        row.take(key, str)
    texts = tuple(row.take(key, str) for key in ("facts_text", "question_text", "why"))
    day, subject = row.take("day", date), row.take("subject", str)
    case = _Case(
        place=place,
        day=day,
        subject=subject,
        kinds=_kinds(row),
        people=tuple(row.take("parties", dict).items()),
        programme=_programme(row.take("programme", str)),
        defaults=defaults,
    )
    born = row.take("born", object)
    events, restored_at = _events(row, case)
    step = PhaseStep(
        phase=Phase(row.take("phase", str)),
        on=day,
        cause=Cause(row.take("cause", str, Cause.DECIDED.value)),
    )
    chain = ChainStanding(row.take("chain", str, ChainStanding.HOLDS.value))
    item_row = _Row(f"{place} item", row.take("item", dict))
    says_when = "known" in item_row
    item = _item(item_row, case)
    is_room = "room" in row
    alone = row.take("to", object)
    asked = row.take("room", list) if is_room else [alone]
    recipients = tuple(_recipient(one, case) for one in asked)
    answer = row.take("answer", str)
    decision = Decision(
        reason=Reason(row.take("reason", str)),
        also=tuple(Reason(one) for one in row.names("also", ())),
    )
    row.end()
    if answer not in {"ja", "nej"}:
        raise ScenarioError(f"{place}: the answer is neither ja nor nej.")
    facts = Facts(
        controller_id=id_of("social_services"),
        subject_id=id_of(subject),
        born=_birth_date(place, born),
        parties=tuple(case.parties()),
        events=events,
        chain=chain,
        restored_at=restored_at,
        step=step,
        programme=case.programme,
        catalogue=CATALOGUE,
        directory=case.directory(),
    )
    told_item = replace(item, known_on=item.known_on if says_when else _LONG_AGO)
    told = (
        ("subject", subject, case.programme and case.programme.code),
        ("born", facts.born),
        ("day", day),
        ("phase", step.phase, step.cause),
        ("chain", chain),
        ("restored", restored_at),
        *facts.parties,
        *(fact for event in events for fact in _facts_of(event.what)),
        *(("item", name, getattr(told_item, name)) for name in Item.__slots__),
        ("room", is_room),
        *recipients,
    )
    return Scenario(
        id=place,
        texts=(texts[0], texts[1], texts[2]),
        facts=facts,
        day=day,
        item=item,
        recipients=recipients,
        is_room=is_room,
        allowed=answer == "ja",
        asked=decision,
        happenings=tuple(one.what for one in events),
        told=told,
        facts_told=frozenset(told),
    )


def _facts_of(what: Happening) -> Iterable[object]:
    """Yield a happening in parts, so that one cell more is one difference."""
    if isinstance(what, Given):
        yield replace(what, cells=frozenset())
        for cell in sorted(what.cells):
            yield (what.signer, what.on, what.valid_from, cell)
    else:
        yield what


def _merged(family: Table, table: Table) -> Table:
    """Return the people of the family, as far as the scenario does not say otherwise of them."""
    people = {name: dict(one) for name, one in family.get("parties", {}).items()}
    for name, one in table.get("parties", {}).items():
        people[name] = {**people.get(name, {}), **one}
    return people


def _kinds(row: _Row) -> Mapping[str, str]:
    """Return the organisations with their kinds; the board that keeps the file is always there."""
    kinds = row.take("kinds", dict, {})
    names = ("social_services", *row.names("organisations"))
    found = {name: kinds.get(name, name) for name in names}
    for kind in found.values():
        CATALOGUE.agency(kind)
    return found


def _programme(code: str) -> Programme | None:
    return CATALOGUE.programme(code) if code else None


def _birth_date(place: str, born: object) -> PartialDate | None:
    if isinstance(born, date):
        return PartialDate(born.year, born.month, born.day)
    if not isinstance(born, str):
        raise ScenarioError(f"{place}: born is {born!r}.")
    if born == "okänt":
        return None
    return PartialDate(*(int(part) for part in born.split("-")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Who and what the names of one scenario stand for."""

    place: str
    day: date
    subject: str
    kinds: Mapping[str, str]
    people: tuple[tuple[str, Table], ...]
    programme: Programme | None
    defaults: _Defaults

    def parties(self) -> Iterable[Party]:
        """Yield everyone with a place in the case, the board's own officers left out."""
        yield Party(id=id_of(self.subject), role=PartyRole.SUBJECT_PERSON, since=_LONG_AGO)
        for name, table in self.people:
            row = _Row(f"{self.place} {name}", table)
            until = row.take("until", date, date.max)
            yield Party(
                id=id_of(name),
                role=PartyRole(row.take("role", str)),
                custody=Custody(row.take("custody", str, Custody.NONE.value)),
                since=row.take("since", date, _LONG_AGO),
                until=None if until == date.max else until,
            )
            row.end()
        for name in self.kinds:
            yield Party(
                id=id_of(f"{name}, its place"),
                role=PartyRole.PROFESSIONAL,
                since=_LONG_AGO,
                contact_id=id_of(f"{name}, its voice"),
                organisation_id=id_of(name),
            )

    def directory(self) -> Directory:
        """Return the organisations, each with its kind."""
        return Directory(
            organisations=tuple(
                Organisation(
                    id=id_of(name), kind=kind, names=(NameSince(name=name, since=_LONG_AGO),)
                )
                for name, kind in self.kinds.items()
            )
        )

    def person(self, name: str) -> UUID:
        """Return a person of the case, or somebody else who has a name in the file."""
        known = {self.subject, *(one for one, _ in self.people), *self.defaults.who}
        if name not in known:
            raise ScenarioError(f"{self.place}: nobody knows who {name} is.")
        return id_of(name)

    def persons(self, names: Iterable[str]) -> frozenset[UUID]:
        """Return several persons."""
        return frozenset(self.person(name) for name in names)

    def organisation(self, name: str) -> UUID:
        """Return an organisation of the case."""
        if name not in self.kinds:
            raise ScenarioError(f"{self.place}: {name} is not in the case.")
        return id_of(name)

    def organisations(self, names: Iterable[str]) -> frozenset[UUID]:
        """Return several organisations."""
        return frozenset(self.organisation(name) for name in names)


def _categories(place: str, names: Iterable[str]) -> frozenset[str]:
    codes = [one.code for one in CATALOGUE.categories]
    found: set[str] = set()
    for name in names:
        if name not in {_EVERY, *codes}:
            raise ScenarioError(f"{place}: there is no category {name}.")
        found |= set(codes) if name == _EVERY else {name}
    return frozenset(found)


def _item(row: _Row, case: _Case) -> Item:
    origin, said_by = row.take("from", str, ""), row.take("said_by", str, "")
    category = row.take("category", str)
    markings = row.take("markings", dict, {})
    item = Item(
        id=id_of(row.take("name", str, "uppgiften")),
        case_id=id_of("ärendet"),
        kind=ItemKind.STATEMENT,
        part=Part(row.take("part", str, Part.CASE.value)),
        author_id=id_of(row.take("author", str, "karin")),
        origin_id=case.organisation(origin) if origin else None,
        category=next(iter(_categories(row.place, [category])), "") if category else "",
        about=case.persons(row.names("about", (case.subject,))),
        reporter_ids=case.persons(row.names("reporters", ())),
        known_on=row.take("known", date, case.day),
        text="",
        markings=tuple(
            RecordedMarking(about_id=id_of(one), answer=Marking(answer))
            for one, answer in sorted(markings.items())
        ),
        said_by=case.person(said_by) if said_by else None,
        at_table=row.take("at_table", bool, default=False),
    )
    row.end()
    return item


def _recipient(who: object, case: _Case) -> Recipient:
    """Return an organisation, a person of the case, or somebody of [who]."""
    told: Table = dict(who) if isinstance(who, dict) else {"who": who}
    name = told.pop("who")
    row = _Row(f"{case.place} {name}", {**case.defaults.who.get(name, {}), **told})
    if name in case.kinds:
        row = _Row(row.place, {"organisation": name, **told})
    elif name == case.subject or name in dict(case.people):
        row = _Row(row.place, {"person": name, **told})
    organisation, person = row.take("organisation", str, ""), row.take("person", str, "")
    is_user = row.take("user", bool, default=False)
    found = Recipient(
        id=case.organisation(name) if name in case.kinds else case.person(name),
        barred=False,
        organisation_id=id_of(organisation) if organisation else None,
        person_id=case.person(person) if person else None,
        user_id=case.person(name) if is_user else None,
        named_reader=row.take("named_reader", bool, default=False),
        acknowledged=row.take("acknowledged", bool, default=True),
        alone=row.take("alone", bool, default=False),
        interprets=row.take("interprets", bool, default=False),
        supports=row.take("supports", bool, default=False),
    )
    row.end()
    return found


def _events(row: _Row, case: _Case) -> tuple[tuple[ConsentEvent, ...], int]:
    """Return the chain of the scenario, and after which of its events it was restored."""
    name = row.take("history", str, "")
    if name and name not in case.defaults.histories:
        raise ScenarioError(f"{case.place}: there is no history {name}.")
    told = [*(case.defaults.histories[name] if name else ()), *row.take("then", list, [])]
    events: list[ConsentEvent] = []
    restored_at = 0
    for one in told:
        happening = _Row(f"{case.place} {one}", one)
        on = happening.take("on", date)
        recorded = happening.take("recorded", date, on)
        if happening.take("restored", bool, default=False):
            # A restore is no link of the chain: it counts from the next one on.
            restored_at = len(events) + 1
            happening.end()
            continue
        for what in _happenings(happening, on, case):
            place = len(events) + 1 + bool(restored_at)
            events.append(
                ConsentEvent(
                    id=id_of(f"event {place}"),
                    case_id=id_of("ärendet"),
                    sequence=place,
                    recorded_by=id_of("karin"),
                    recorded_at=datetime.combine(recorded, time(12), UTC),
                    what=what,
                )
            )
        happening.end()
    return tuple(events), restored_at


def _happenings(row: _Row, on: date, case: _Case) -> list[Happening]:
    verb = next((one for one in _VERBS if one in row), None)
    if verb is None:
        raise ScenarioError(f"{row.place}: nothing happened.")
    return list(_VERBS[verb](row, on, case))


def _given(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    names = row.names("given")
    about_self = OwnInformation(row.take("about_self", str, OwnInformation.NONE.value))
    since = row.take("facts_since", date, date.min)
    own = "" if case.programme is None else case.programme.code
    begins = row.take("from", date, on)
    given = Given(
        signer=id_of(case.subject),
        answer=Answer.GIVEN,
        on=on,
        valid_from=begins,
        valid_to=row.take("until", date, months_after(begins, 6)),
        cells=_cells(row, case),
        own_information=about_self,
        way=Way.PAPER,
        programme=row.take("for_programme", str, own),
        facts_since=None if since == date.min else since,
    )
    return [replace(given, signer=case.person(name)) for name in names]


def _cells(row: _Row, case: _Case) -> frozenset[Cell]:
    """Return the cells of a form: those of a matrix, with some more or fewer."""
    name = row.take("matrix", str, "")
    if name and name not in case.defaults.matrices:
        raise ScenarioError(f"{case.place}: there is no matrix {name}.")
    own = {one: row.take(one, dict) for one in case.kinds if one in row}
    cells = _cells_of(case.defaults.matrices[name] if name else {}, case) | _cells_of(own, case)
    cells |= _cells_of(row.take("plus", dict, {}), case)
    minus = _cells_of(row.take("minus", dict, {}), case)
    without = case.organisations(row.names("without", ()))
    if not minus <= cells or not without <= {one.organisation_id for one in cells}:
        raise ScenarioError(f"{case.place}: what was never ticked is left out.")
    return frozenset(one for one in cells - minus if one.organisation_id not in without)


def _cells_of(table: Table, case: _Case) -> frozenset[Cell]:
    return frozenset(
        Cell(
            organisation_id=case.organisation(name),
            category=category,
            direction=Direction(direction),
        )
        for name, directions in table.items()
        for direction, categories in directions.items()
        for category in _categories(case.place, categories)
    )


def _refused(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    refusal = Given(
        signer=id_of(case.subject),
        answer=Answer.REFUSED,
        on=on,
        valid_from=on,
        valid_to=row.take("until", date, months_after(on, 6)),
        cells=frozenset(),
        own_information=OwnInformation.NONE,
        way=Way.PAPER,
        programme="" if case.programme is None else case.programme.code,
    )
    return [replace(refusal, signer=case.person(name)) for name in row.names("refused")]


def _withdrawn(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    signer = case.person(row.take("withdrawn", str))
    organisations = case.organisations(row.names("organisations", ())) or None
    return [Withdrawn(signer=signer, on=on, organisations=organisations)]


def _opinion(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    return [
        Opinion(
            person=case.person(row.take("opinion", str)),
            on=on,
            view=View(row.take("view", str, View.AGREES.value)),
            words=_WORDS,
            weighed=row.take("weighed", str, ""),
        )
    ]


def _excluded(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    return [
        Excluded(
            id=id_of(row.take("excluded", str)),
            on=on,
            categories=_categories(row.place, row.names("categories")),
            words=row.take("words", str),
            asked_by=case.person(row.take("asked_by", str)),
        )
    ]


def _limited(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    (category,) = _categories(row.place, [row.take("category", str)])
    return [
        Limited(
            id=id_of(row.take("limited", str)),
            on=on,
            cell=Cell(
                organisation_id=case.organisation(row.take("organisation", str)),
                category=category,
                direction=Direction(row.take("direction", str)),
            ),
            words=row.take("words", str),
            asked_by=case.person(row.take("asked_by", str)),
        )
    ]


def _barred(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    against = row.take("barred", str)
    reason = Reason(row.take("reason", str))
    bar = Bar(
        id=id_of(row.take("name", str, "spärren")),
        reason=reason,
        against=case.organisation(against) if against in case.kinds else case.person(against),
        scope=BarScope(row.take("scope", str, BarScope.ALL_BUT_THESE.value)),
        categories=_categories(row.place, row.names("categories", ())),
    )
    return [Barred(on=on, bar=bar, words=_WORDS)]


def _excepted(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    code = row.take("exception", str)
    CATALOGUE.signer_exception(code)
    until = row.take("until", date, months_after(on, 6))
    approved_by = row.take("approved_by", str, "")
    return [
        Excepted(
            id=id_of(f"undantaget för {name}"),
            on=on,
            signer=case.person(name),
            code=code,
            words=_WORDS,
            decided_by="socialsekreteraren",
            until=until,
            approved_by=approved_by,
        )
        for name in row.names("signer")
    ]


def _grounded(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    code = row.take("ground", str)
    known = {one.code: one for one in CATALOGUE.legal_grounds}
    conditions = known[code].conditions if code in known else ()
    left_open, not_met = row.names("left_open", ()), row.names("not_met", ())
    if not {*left_open, *not_met} <= {one.code for one in conditions}:
        raise ScenarioError(f"{row.place}: the ground asks nothing of the kind.")
    use = GroundUse(
        id=id_of(row.take("name", str, "beslutet")),
        ground=code,
        giver=case.organisation(row.take("giver", str)),
        category=row.take("category", str),
        items=frozenset(id_of(one) for one in row.names("items", ("uppgiften",))),
        recipients=case.organisations(row.names("recipients")),
        answers=tuple(
            _answer(one, as_needed=one.code not in not_met)
            for one in conditions
            if one.code not in left_open
        ),
        decided_by=row.take("decided_by", str, "enhetschefen"),
        motive=row.take("motive", str, _WORDS),
        until=row.take("until", date, months_after(on, 3)),
    )
    _categories(row.place, [use.category])
    return [GroundUsed(on=on, use=use)]


def _answer(condition: Condition, *, as_needed: bool) -> GroundAnswer:
    """Return a person's answer: that which the ground asks for, or another."""
    if condition.kind is not ConditionKind.YES_NO:
        return GroundAnswer(condition=condition.code, words=_WORDS if as_needed else "")
    holds = (condition.needed is Needed.YES) is as_needed
    return GroundAnswer(condition=condition.code, holds=holds)


def _concerned(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    return [Concerned(on=on, organisations=case.organisations(row.names("concerned")))]


def _requested(row: _Row, on: date, case: _Case) -> Iterable[Happening]:
    return [Requested(on=on, signers=case.persons(row.names("requested")))]


def _lifted(row: _Row, on: date, _: _Case) -> Iterable[Happening]:
    return [Lifted(what=id_of(row.take("lifted", str)), on=on)]


def _compared(row: _Row, on: date, _: _Case) -> Iterable[Happening]:
    row.take("compared", bool)
    return [Compared(on=on)]


_VERBS = {
    "given": _given,
    "refused": _refused,
    "withdrawn": _withdrawn,
    "opinion": _opinion,
    "excluded": _excluded,
    "limited": _limited,
    "barred": _barred,
    "exception": _excepted,
    "ground": _grounded,
    "concerned": _concerned,
    "requested": _requested,
    "lifted": _lifted,
    "compared": _compared,
}
