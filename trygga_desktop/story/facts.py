"""An invented case as facts and items in memory, as the domain takes them: there is no vault."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from uuid import UUID, uuid5

from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.case import Case, Cause, Phase, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.circumstances import Facts
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import (
    Barred,
    Capacity,
    Concerned,
    ConsentEvent,
    Excluded,
    Given,
    Happening,
    Limited,
    Opinion,
    View,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.items import Item, ItemKind, Marking, Part, RecordedMarking
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.story.tables import Table, at_time

# Ids follow from the codes of the timeline, so that two readings are the same.
_IDS = UUID("6a1f0a52-3c1e-4f0b-9d5e-0f6f5f1f7a10")
_PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldItem:
    """An item by its code in the timeline, and who was in the room for it at its meeting.

    `meeting` is the code of the meeting where it was said, `left` who was out of the room for it,
    `joined` who was in the room for nothing else. All are empty for what was told elsewhere.
    """

    code: str
    item: Item
    meeting: str = ""
    left: frozenset[str] = frozenset()
    joined: tuple[str, ...] = ()


class InventedCase:
    """One case of the timeline. `ids` are those of its people and organisations, by their codes."""

    def __init__(self, timeline: Table, case: Table, catalogue: Catalogue) -> None:
        self.table = case
        self.begins_on: date = min(event["date"] for event in case["event"])
        self.people: Mapping[str, Table] = {one["code"]: one for one in case["person"]}
        self.organisations: Mapping[str, Table] = {one["code"]: one for one in case["organisation"]}
        self.staff: Mapping[str, Table] = {one["code"]: one for one in case["staff"]}
        self.ids: Mapping[str, UUID] = {
            code: self._id("place", code) for code in (*self.people, *self.organisations)
        }
        self.terms: Mapping[UUID, str] = {
            self._id("term", one["id"]): one["id"]
            for one in (*case.get("exclusions", ()), *case.get("limits", ()))
        }
        self._catalogue = catalogue
        ours = timeline["host_organisation"]
        self._controller = next(
            self.ids[code] for code, one in self.organisations.items() if one["name"] == ours
        )
        self._subject = self.ids[case["subject"]]

    def id_of_staff(self, code: str) -> UUID:
        """Return the id of the place that a professional has in the case."""
        return self._id("staff", code)

    def facts_on(self, day: date) -> Facts:
        """Return what is known of the case; whatever happens after the day is of no account."""
        born = self.people[self.table["subject"]]["birth_date"]
        steps = tuple(self._steps())
        case = Case(
            id=self._id("case"),
            phase=steps[-1].phase,
            case_number=self.table["number"],
            registry_number="",
            opened_on=self.begins_on,
            programme=self.table["programme"],
            steps=steps,
        )
        return Facts(
            controller_id=self._controller,
            subject_id=self._subject,
            born=PartialDate(born.year, born.month, born.day),
            parties=tuple(self._parties()),
            events=tuple(self._events()),
            chain=ChainStanding.HOLDS,
            restored_at=0,
            step=case.phase_on(day),
            earlier=case.steps_on(day)[:-1],
            programme=self._catalogue.programme(case.programme),
            catalogue=self._catalogue,
            directory=self._directory(),
        )

    def items_by(self, day: date) -> tuple[ToldItem, ...]:
        """Return what has been said, decided and promised by the end of a day, in that order."""
        found = [one for one in self._items() if one.item.known_on <= day]
        return tuple(sorted(found, key=lambda one: one.item.known_on))

    def meeting_on(self, day: date) -> Table | None:
        """Return the meeting of a day, or None."""
        return next((one for one in self.table["meeting"] if one["date"] == day), None)

    def _id(self, *parts: str) -> UUID:
        return uuid5(_IDS, "/".join((self.table["code"], *parts)))

    def _steps(self) -> Iterator[PhaseStep]:
        yield PhaseStep(phase=Phase.REFERRAL, on=self.begins_on)
        for event in self.table["event"]:
            if "phase" not in event:
                continue
            follows = event["kind"] == "consent_withdrawn"
            yield PhaseStep(
                phase=Phase(event["phase"]),
                on=event["date"],
                cause=Cause.FOLLOWS_CONSENT if follows else Cause.DECIDED,
            )

    def _parties(self) -> Iterator[Party]:
        for code, person in self.people.items():
            if code == self.table["subject"]:
                continue
            yield Party(
                id=self.ids[code],
                role=PartyRole(person["role"]),
                since=self.begins_on,
                custody=Custody(person.get("custody", "none")),
                relation=person.get("relation", ""),
            )
        for code, staff in self.staff.items():
            yield Party(
                id=self.id_of_staff(code),
                role=PartyRole.PROFESSIONAL,
                since=self.begins_on,
                contact_id=self._id("contact", code),
                organisation_id=self.ids[staff["organisation"]],
                function=staff["title"],
            )

    def _directory(self) -> Directory:
        organisations = (
            Organisation(
                id=self.ids[code],
                kind=one["kind"],
                names=(NameSince(name=one["name"], since=self.begins_on),),
            )
            for code, one in self.organisations.items()
        )
        contacts = (
            Contact(
                id=self._id("contact", code),
                name=one["name"],
                organisation_id=self.ids[one["organisation"]],
                title=one["title"],
            )
            for code, one in self.staff.items()
        )
        return Directory(organisations=tuple(organisations), contacts=tuple(contacts))

    def _events(self) -> Iterator[ConsentEvent]:
        """Yield the chain: in order of days, and within a day in the order of a vault's."""
        told = (self._concerned, self._opinions, self._answers, self._withdrawals, self._terms)
        happened = [one for part in (*told, self._bars) for one in part()]
        for sequence, what in enumerate(sorted(happened, key=lambda one: one.on), start=1):
            yield ConsentEvent(
                id=self._id("event", str(sequence)),
                case_id=self._id("case"),
                sequence=sequence,
                recorded_by=self._controller,
                recorded_at=at_time(what.on).astimezone(UTC),
                what=what,
            )

    def _concerned(self) -> Iterator[Happening]:
        for one in self.table.get("concerned", ()):
            yield Concerned(on=one["from"], organisations=self._ids_of(one["organisations"]))

    def _opinions(self) -> Iterator[Happening]:
        for one in self.table["event"]:
            if one["kind"] == "opinion_recorded":
                yield Opinion(
                    person=self.ids[one["by"]], on=one["date"], view=View.AGREES, words=one["text"]
                )

    def _answers(self) -> Iterator[Happening]:
        for act in self.table["consent_act"]:
            if act["type"] not in {"given", "oral"}:
                continue
            is_subject = act["signer"] == self.table["subject"]
            yield Given(
                signer=self.ids[act["signer"]],
                answer=Answer.GIVEN,
                on=act["date"],
                valid_from=act["valid_from"],
                valid_to=act["valid_to"],
                cells=self._cells(act),
                own_information=OwnInformation(act.get("own_information", "none")),
                way=Way.ORAL if act["type"] == "oral" else Way.PAPER,
                programme=self.table["programme"],
                capacity=Capacity.YOUNG_PERSON if is_subject else Capacity.GUARDIAN,
            )

    def _cells(self, act: Table) -> frozenset[Cell]:
        directions = (("receives", Direction.RECEIVE), ("gives", Direction.GIVE))
        return frozenset(
            Cell(organisation_id=self.ids[code], category=category, direction=direction)
            for name, direction in directions
            for code, categories in act.get(name, {}).items()
            for category in categories
        )

    def _withdrawals(self) -> Iterator[Happening]:
        for act in self.table["consent_act"]:
            if act["type"].startswith("withdrawn"):
                names = act.get("organisations")
                yield Withdrawn(
                    signer=self.ids[act["signer"]],
                    on=act["date"],
                    organisations=None if names is None else self._ids_of(names),
                )

    def _terms(self) -> Iterator[Happening]:
        for one in self.table.get("exclusions", ()):
            yield Excluded(
                id=self._id("term", one["id"]),
                on=one["from"],
                categories=frozenset(one["categories"]),
                words=one["text"],
                asked_by=self.ids[one["requested_by"]],
            )
        for one in self.table.get("limits", ()):
            cell = Cell(
                organisation_id=self.ids[one["organisation"]],
                category=one["category"],
                direction=Direction(one["direction"]),
            )
            yield Limited(
                id=self._id("term", one["id"]),
                on=one["from"],
                cell=cell,
                words=one["text"],
                asked_by=self.ids[one["requested_by"]],
            )

    def _bars(self) -> Iterator[Happening]:
        for place, one in enumerate(self.table.get("child_limits", ())):
            bar = Bar(
                id=self._id("child_limit", str(place)),
                reason=Reason.CHILD_LIMITED,
                against=self.ids[one["guardian"]],
                scope=BarScope.THESE,
                categories=frozenset({one["category"]}),
            )
            yield Barred(on=one["from"], bar=bar, words=one["assessment"])
        for place, one in enumerate(self.table.get("protection_limits", ())):
            bar = Bar(
                id=self._id("protection_limit", str(place)),
                reason=Reason.PROTECTION_LIMIT,
                against=self.ids[one["organisation"]],
                scope=BarScope.ALL_BUT_THESE,
                categories=frozenset(one["categories"]),
            )
            yield Barred(on=one["from"], bar=bar, words=one["text"])

    def _items(self) -> Iterator[ToldItem]:
        mapped = [one["date"] for one in self.table["event"] if one["kind"] == "mapping"]
        for place, one in enumerate(self.table.get("mapping", ()), start=1):
            code = f"{self.table['code']}-map{place}"
            yield ToldItem(code=code, item=self._item(code, mapped[0], one, at_table=False))
        for meeting in self.table["meeting"]:
            for one in meeting.get("statement", ()):
                yield self._statement(meeting, one)
            for one in meeting.get("decision", ()):
                yield from self._decision(meeting, one)
            for one in meeting.get("action", ()):
                told = {"origin": one["organisation"], "category": _PLAN, "text": one["text"]}
                yield self._noted(meeting, one["id"], told, ItemKind.ACTION)

    def _statement(self, meeting: Table, one: Table) -> ToldItem:
        at_table = one.get("at_table", True) and one["origin"] in meeting["present"]
        return ToldItem(
            code=one["id"],
            item=self._item(one["id"], meeting["date"], one, at_table=at_table),
            meeting=meeting["code"],
            left=frozenset(one.get("left", ())),
            joined=tuple(one.get("joined", ())),
        )

    def _decision(self, meeting: Table, one: Table) -> Iterator[ToldItem]:
        told = {"origin": one["by"], "category": _PLAN, "text": one["text"]}
        yield self._noted(meeting, one["id"], told, ItemKind.DECISION)
        for place, dissent in enumerate(one.get("dissent", ()), start=1):
            told = {"origin": dissent["who"], "category": _PLAN, "text": dissent["text"]}
            yield self._noted(meeting, f"{one['id']}-{place}", told, ItemKind.DISSENT)

    def _noted(self, meeting: Table, code: str, told: Table, kind: ItemKind) -> ToldItem:
        at_table = told["origin"] in meeting["present"]
        item = self._item(code, meeting["date"], told, at_table=at_table, kind=kind)
        return ToldItem(code=code, item=item, meeting=meeting["code"])

    def _item(
        self,
        code: str,
        day: date,
        one: Table,
        *,
        at_table: bool,
        kind: ItemKind = ItemKind.STATEMENT,
    ) -> Item:
        origin = one["origin"]
        # What a person tells, and what nobody's organisation does, counts as the board's (P5).
        is_board_s = origin not in self.organisations
        reports = one.get("reveals_reporter", False)
        markings = one.get("markings", {})
        return Item(
            id=self._id("item", code),
            case_id=self._id("case"),
            kind=kind,
            part=Part.GUARDED if one.get("compartment") == "guarded" else Part.CASE,
            author_id=self._controller,
            origin_id=self._controller if is_board_s else self.ids[origin],
            category=one["category"],
            about=self._ids_of(one.get("about", ())) or frozenset({self._subject}),
            reporter_ids=frozenset({self._id("reporter", code)} if reports else ()),
            known_on=day,
            text=one["text"],
            markings=tuple(
                RecordedMarking(about_id=self._id("term", term), answer=Marking(answer))
                for term, answer in markings.items()
            ),
            said_by=self.ids[origin] if origin in self.people else None,
            at_table=at_table and origin in self.people,
        )

    def _ids_of(self, codes: Iterable[str]) -> frozenset[UUID]:
        return frozenset(self.ids[code] for code in codes)
