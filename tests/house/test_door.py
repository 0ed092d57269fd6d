"""What people see of an item comes from one module, and these tests fail on any other way."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

import trygga_desktop.services
from tests.house.source import attributes, calls, imports, methods, modules, pieces, public
from tests.people import opened_case
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import IdentityNumber
from trygga_desktop.domain.items import Item, ItemKind
from trygga_desktop.domain.people import Person
from trygga_desktop.domain.plan import PlanLine, PlanVersion
from trygga_desktop.services.audience import ShownItem
from trygga_desktop.services.case_files import CaseFile, ShownFact, WriteNote, read_case, write_note
from trygga_desktop.services.changes import Done
from trygga_desktop.services.entries import KeptAs, Written
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase

DOOR = "services/audience.py"
DECIDING = {"decide", "decide_for_room"}
ON_PAPER = {"given_name", "family_name", "alias", "shown_name", "birth_date", "numbers"}
SHOWN = {"ShownItem", "HiddenItem"}
# Qt and pages get what was decided, and never what may still have to be hidden.
OUTSIDE = ("ui/", "documents/", "app.py", "binding.py", "check.py", "demo.py", "__main__.py")

# Who reads items and cases of the file, and hands what was read through the door.
SHOWING = {
    "agreements.read_agreement",
    "answers.read_answers",
    "case_files.read_case",
    "case_files._case_file",
    "cases.list_cases",
    "closing.read_closing",
    "consents.read_consents",
    "consultations.read_consultation",
    "consultations._told",
    "grounds.read_grounds",
    "leading._notes",
    "leading.read_leading",
    "logs.read_log",
    "meetings.read_meetings",
    "overview.read_overview",
    "packets.read_outgoing",
    "packets.make_packet",
    "packets_in._open",
    "papers.compose_paper",
    "papers.read_papers",
    "overview._overview",
    "details.read_details",
    "details._details",
    "details.show_details",
    "follow_up._rows",
    "escalation._number",
    "plan_views.read_plan",
    "plan_views.read_versions",
    "ratings.read_progress",
    "ratings.progress_of",
    "parties.read_people",
    "questions.read_questions",
    "questions._questions",
    "rooms.read_meeting",
    "rooms.read_hidden",
    "rooms.show_meeting",
    "rooms.find_hidden",
    "voices.read_voice",
    "withdrawals.read_withdrawal",
    "withdrawals._uncovered_commitments",
}
# Who reads them, shows nothing of them, and why that is so.
COMPARING = {
    "cases._about_the_same": "answers cases to who tells their ids, numbers and days of closing",
    "checking.check_vault": "answers how many cases open for whoever asks",
    "checking._of_records": "answers how many records do not verify",
    "resting.resting_of": "answers since when something was promised, and whether it rests",
    "reminders._standing": "is a step of `read_reminders`, which asks the door for each case",
    "due_calendar._awake": "answers which days are of what does not rest",
    "due_calendar._named": "answers which days are of somebody by the name they are told by",
    "printing._about": "answers the id of what was to be printed, where that opens",
    "escalation.find_raisable": "answers what is late and by which rule, and no item",
    "follow_up.own_cases": "answers ids of cases that open for whoever asks",
    "cases._free_number": "answers a case number that none of them has",
    "plan_listeners._alike": "looks at which items the decisions on other grounds name",
    "plan_papers.compose_plan": "puts on pages what `Teller` hands to the door",
    "plan_teller.Teller.__init__": "keeps what was noted, and hands it to the door",
    "plan_agreement.Agreement.__init__": "keeps the words of goals that are noted already",
    "entries._check_days": "compares a day with that of a promise, and answers nothing",
    "entries._noted": "answers under which item of an agenda something stands",
    "entries._complete": "has a note lack nothing that the action which follows it stands for",
    "consultations._tried": "answers ids of items that somebody has tried",
    "grounds._items": "answers of which organisation and category the items of a decision are",
    "letters.compose_letter": "puts the number of the case onto a page, and nothing of a person",
    "letters._log": "answers nothing",
    "papers.compose_calendar": "answers when and where, and nothing of an item or a person",
    "distribution.read_distribution": "answers who has which copy, and nothing of an item",
    "excerpts.export_excerpts": "hands out sealed bytes as they were given",
    "excerpts.read_excerpts": "answers whom one is for, by names that the door let through",
    "excerpts._find": "is a step of those that compose one: `reduce_meeting` asks the door",
    "reduction.reduce_meeting": "hands items to the door, and answers which it lets through",
    "reduction._left_out": "counts what the door keeps back, by category and reason",
    "receipts._on_grounds": "counts the items that a decision names",
    "agreement_papers.find_agreement": "is a step of those that compare a scan with its pages",
    "signed_papers._of_excerpt": "answers a name that the door let through, and sealed pages",
    "sealed_files._with_code": "answers a name that the door let through, and ids and numbers",
    "signed_papers._of_agreement": "answers pages whose lines the door let through",
    "sealed_files.find_by_code": "answers ids and numbers of a case that opens for whoever asks",
    "signatures.read_signatures": "answers a case number, and who signs by the sealed record",
    "meetings.find_meeting": "answers a meeting, with aliases for whom the case calls so",
    "name_places.find_places": "counts where a name stands, and says none",
    "name_places._put_into_items": "answers nothing, and stores an alias instead of a name",
    "details.known_person": "answers who somebody is to those who store it anew",
    "details.put_person": "answers nothing",
    "details.check_version": "answers nothing",
    "lowering._find": "answers who somebody is to those who store it anew",
    "protocols._desk": "is a step of `tell_meeting`, which asks the door by `show_meeting`",
    "whole_readers.find_whole_readers": "answers who may read all, by what the door keeps back",
    "currency.currency_of": "answers whether all that was told may be told today",
    "currency._told_now": "is a step of `currency_of`: what is told comes through the door",
    "currency._are_shown": "answers whether the door lets through today what was told",
    "retelling.today_of": "is compared with what was sealed, and shown to nobody",
    "standing._protected_names": "is compared with what somebody typed, and shown to nobody",
    "sealing.read_sealing": "answers ids of items, and why they keep a protocol from being sealed",
    "unfinished._find": "answers one note of a meeting to who completes it",
    "unfinished.unfinished_of": "hands notes of a meeting to the door, with what each lacks",
    "sealing._gaps": "is a step of both, and answers no more than that",
    "packet_parts.gather": "is handed a unit of work, and answers services alone",
    "packet_arrivals.find_flaw": "answers why something that came cannot be taken in",
    "packet_taking._put_statement": "answers nothing",
    "voices.write_words": "answers the id of the words that it stored",
    "standing.stand": "is handed a unit of work, and answers services alone",
    "standing._known_of": "is a step of `stand`, for whether and when the young person was born",
}
# Who reads them to write something, and answers no more than an id or a code: another test looks.
WRITING = {
    "agreements.answer_agreement",
    "agreements.keep_agreement",
    "answers.record_answers",
    "case_files.record_statement",
    "closing.keep_closing",
    "consents.record_consent",
    "consents.withdraw_consent",
    "consents.record_opinion",
    "consents.record_bar",
    "consents.change_terms",
    "consents.confirm_consents",
    "consultations.tell_without_names",
    "gates.pass_gate",
    "details.change_details",
    "details.protect_person",
    "entries.write_entry",
    "entries.mark_item",
    "second_persons.name_second_persons",
    "unfinished.complete_action",
    "entries.change_commitment",
    "grounds.use_ground",
    "later_looks.note_later_look",
    "meetings.plan_meeting",
    "meetings.invite",
    "meetings.begin_meeting",
    "rebooking.change_booking",
    "named_meetings.plan_by_name",
    "overview.change_phase",
    "lanes.change_stage",
    "lanes.record_contact",
    "plans.keep_plan",
    "plans.bring_plan",
    "plans.agree_plan",
    "plans.write_protection_need",
    "ratings.record_rating",
    "sealing.seal_protocol",
    "signers.request_consent",
    "signers.record_exception",
    "voices.record_voice",
}
# Who looks at what stands on a person's paper, and what becomes of it.
LOOKING = {
    "cases.NewPerson.to_person": "reads what was just typed",
    "cases._sameness": "answers that two are one, or why not",
    "case_files._told_of": "hands it to `_facts`, and that to the door",
    "case_files._facts": "tells a birth date beside a fact that the door let through",
    "consultations.begin_consultation": "reads what was just typed",
    "gates._named": "answers a case to be stored, with the name that was just typed",
    "standing.Standing.known": "is compared with what somebody types, and shown to nobody",
    "standing.Standing.pseudonym": "tells an alias, which is there to be told instead of a name",
    "naming.call": "says the alias that is there to be told instead of a name",
    "details._change": "asks whether the case goes by name",
    "details._details": "hands it to the door",
    "details._shown": "hands it to the door, and tells a birth date that it let through",
    "name_places.put_name": "stores what a person is called, and answers nothing",
    "parties._shown": "tells a birth date that the door let through",
    "parties.name_of": "hands it to the door",
    "retelling.today_of": "is compared with what was sealed, and shown to nobody",
    "reduction._may_know": "hands it to the door, and answers whether it lets it through",
    "standing.stand": "answers an age, by which somebody must sign",
    "standing.Standing.family_names": "is handed to the door, which compares and tells nothing",
}

Rule = Callable[[str, ast.Module], bool]


def decides_elsewhere(path: str, tree: ast.Module) -> bool:
    """Whether a module asks for a decision though it is neither the door nor the rule."""
    if path == DOOR or path.startswith("domain/"):
        return False
    return not DECIDING.isdisjoint({*attributes(tree), *calls(tree)}) or any(
        name in DECIDING or (module.endswith("domain.sharing") and name in {"", "*"})
        for module, name in imports(tree)
    )


def makes_shown_items_elsewhere(path: str, tree: ast.Module) -> bool:
    """Whether a module makes out that an item was decided, under any name."""
    if path == DOOR:
        return False
    renamed = any(
        alias.name in SHOWN and alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )
    forged = {"_TICKET", "__new__", "__setattr__"}
    return (
        renamed
        or not forged.isdisjoint({*attributes(tree), *(name for _, name in imports(tree))})
        or not SHOWN.isdisjoint(calls(tree))
    )


def reaches_into_a_vault(path: str, tree: ast.Module) -> bool:
    """Whether a module outside goes past the use cases, to rows or keys."""
    private = {"work", "work_afresh", "keyring", "file_key", "engine", "trust"}
    return path.startswith(OUTSIDE) and not private.isdisjoint(attributes(tree))


def takes_undecided_items(path: str, tree: ast.Module) -> bool:
    """Whether a module outside can lay hands on items that were not decided."""
    return path.startswith(OUTSIDE) and any(
        (module.endswith("domain.items") and name in {"Item", "", "from_plain"})
        or module.endswith(("stores.items", "stores.cases"))
        for module, name in imports(tree)
    )


def reads_past_the_door(path: str, tree: ast.Module) -> bool:
    """Whether a service reads items or cases, and nobody has said what becomes of them.

    A reader stands in the list above. One that shows what it read calls the door, or a function
    beside it that does.
    """
    if path == DOOR or not path.startswith("services/"):
        return False
    functions = list(pieces(tree))
    readers = {_full_name(path, name) for name, piece in functions if _reads(piece)}
    to_door = _who_calls_the_door(path, functions)
    return bool(readers - COMPARING.keys() - WRITING - (SHOWING & to_door))


def tells_a_text(path: str, tree: ast.Module) -> bool:
    """Whether a service takes the text out of anything but what was just typed or was shown.

    What an answer calls its `item` is a shown one: another test looks.
    """
    if path == DOOR or not path.startswith("services/"):
        return False
    return any(
        isinstance(node, ast.Attribute)
        and node.attr == "text"
        and not (isinstance(node.value, ast.Name) and node.value.id == "command")
        and not (isinstance(node.value, ast.Attribute) and node.value.attr == "item")
        for node in ast.walk(tree)
    )


def looks_at_a_paper(path: str, tree: ast.Module) -> bool:
    """Whether a service takes a name, a number or a birth date of a person, and nobody says why."""
    if path == DOOR or not path.startswith("services/"):
        return False
    return any(
        _full_name(path, name) not in LOOKING and not ON_PAPER.isdisjoint(attributes(piece))
        for name, piece in pieces(tree)
    )


def _full_name(path: str, name: str) -> str:
    return f"{Path(path).stem}.{name}"


def _reads(piece: ast.AST) -> bool:
    """Whether something is read of the stores `items` and `cases`.

    Writing is not reading, nor is a look at whether a case opens, of which nothing is kept.
    """
    spared: set[ast.AST] = set()
    for node in ast.walk(piece):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # `things.items()` of a table, and `work.items.add(...)`.
            spared.add(node.func)
            if node.func.attr in {"add", "add_guarded", "add_person", "rename_person", "replace"}:
                spared.add(node.func.value)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            if isinstance(function, ast.Attribute) and function.attr == "find":
                spared.add(function.value)
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"items", "cases"}
        and node not in spared
        and not _was_shown(node.value)
        for node in ast.walk(piece)
    )


def _was_shown(value: ast.expr) -> bool:
    """Whether the items of this are those that the door let through, or those of a template."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id.startswith("show_")
    return isinstance(value, ast.Name) and value.id in {"told", "template"}


def _who_calls_the_door(path: str, functions: list[tuple[str, ast.AST]]) -> set[str]:
    called = {name: set(calls(piece)) for name, piece in functions if name}
    to_door = {
        name for name, callees in called.items() if any(one.startswith("show_") for one in callees)
    }
    while (
        more := {
            name for name in called if called[name] & {one.rpartition(".")[2] for one in to_door}
        }
        - to_door
    ):
        to_door |= more
    return {_full_name(path, name) for name in to_door}


RULES: dict[str, Rule] = {
    "decides": decides_elsewhere,
    "makes": makes_shown_items_elsewhere,
    "takes": takes_undecided_items,
    "reaches": reaches_into_a_vault,
    "reads": reads_past_the_door,
    "tells": tells_a_text,
    "looks": looks_at_a_paper,
}
OFFENDERS = [
    ("decides", "services/prints.py", "from trygga_desktop.domain.sharing import decide"),
    ("decides", "services/prints.py", "from trygga_desktop.domain import sharing"),
    ("decides", "services/prints.py", "from trygga_desktop.services.audience import decide"),
    ("decides", "services/prints.py", "audience.decide_for_room(item, room, given)"),
    ("decides", "services/prints.py", "from trygga_desktop.domain.sharing import *"),
    ("decides", "ui/prints.py", "import trygga_desktop.domain.sharing as rules"),
    ("makes", "services/prints.py", "shown = ShownItem(id=1)"),
    ("makes", "services/prints.py", "from trygga_desktop.services.audience import _TICKET"),
    ("makes", "services/prints.py", "replace(shown, text='x', ticket=audience._TICKET)"),
    ("makes", "services/prints.py", "shown = object.__new__(ShownItem)"),
    ("makes", "services/prints.py", "object.__setattr__(shown, 'text', 'x')"),
    ("makes", "ui/prints.py", "audience.ShownItem(id=1)"),
    ("makes", "ui/prints.py", "from trygga_desktop.services.audience import ShownItem as Row"),
    ("takes", "ui/prints.py", "from trygga_desktop.domain.items import Item"),
    ("takes", "documents/prints.py", "from trygga_desktop.domain import items"),
    ("takes", "demo.py", "from trygga_desktop.storage.stores.cases import OpenedCase"),
    ("reaches", "ui/prints.py", "with vault.work() as work: pass"),
    ("reaches", "documents/prints.py", "vault.keyring"),
    ("reaches", "ui/prints.py", "with vault.work_afresh() as work: pass"),
    (
        "reads",
        "services/prints.py",
        "def texts(work): return [str(one) for one in work.items.all()]",
    ),
    ("reads", "services/prints.py", "def texts(work): return show_alone(work.items.of_case(1))"),
    ("reads", "services/prints.py", "class Reader:\n def read(self): return self.work.cases.all()"),
    ("reads", "services/prints.py", "def read(work):\n items = work.items\n return items"),
    ("reads", "services/cases.py", "def list_cases(work): return work.cases.all()"),
    ("tells", "services/prints.py", "def texts(items): return tuple(item.text for item in items)"),
    ("tells", "services/prints.py", "def texts(standing, work): return work.items.all()[0].text"),
    ("looks", "services/prints.py", "def name(standing): return standing.people[1].shown_name"),
    ("looks", "services/parties.py", "def born(standing): return standing.opened.birth_date"),
    ("looks", "services/prints.py", "class Row:\n def name(self): return self.person.alias"),
]


@pytest.mark.parametrize(("rule", "name", "source"), OFFENDERS)
def test_an_offender_is_found(rule: str, name: str, source: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    assert [name for name, tree in modules(tmp_path) if RULES[rule](name, tree)] == [name]


@pytest.mark.parametrize("rule", RULES)
def test_nobody_goes_around_the_door(rule: str) -> None:
    assert [name for name, tree in modules() if RULES[rule](name, tree)] == []


def test_a_reader_that_goes_through_the_door_is_no_offender() -> None:
    tree = ast.parse(
        "def _case_file(work): return show_alone(work.items.of_case(1))\n"
        "def read_case(work): return _case_file(work.cases.find(1))\n"
        "def write_note(work):\n work.cases.find(1)\n work.items.add(2)\n"
    )
    assert not reads_past_the_door("services/case_files.py", tree)


def test_the_list_of_readers_names_nobody_who_is_gone() -> None:
    readers = {
        _full_name(path, name)
        for path, tree in modules()
        if path.startswith("services/")
        for name, piece in pieces(tree)
        if _reads(piece)
    }
    assert {*SHOWING, *COMPARING, *WRITING} <= readers
    lookers = {
        _full_name(path, name)
        for path, tree in modules()
        if path.startswith("services/") and path != DOOR
        for name, piece in pieces(tree)
        if not ON_PAPER.isdisjoint(attributes(piece))
    }
    assert lookers == LOOKING.keys()


def test_who_reads_only_to_write_answers_no_more_than_ids_and_codes() -> None:
    told = {one.full_name: one.function for one in public(trygga_desktop.services)}
    answers = {typing.get_type_hints(told[name])["return"] for name in WRITING}
    assert answers == {Done[None], Done[UUID], Done[Written]}
    kinds = {field.name: field.type for field in dataclasses.fields(Written)}
    assert kinds == {"id": UUID, "kept_as": KeptAs, "must_be_tried": bool}


def test_what_an_answer_calls_its_item_was_shown() -> None:
    assert {hints["item"] for hints in map(typing.get_type_hints, values()) if "item" in hints} == {
        ShownItem
    }


def values() -> Iterator[type]:
    """Yield every class of the services that holds values."""
    for info in pkgutil.iter_modules(trygga_desktop.services.__path__):
        module = importlib.import_module(f"trygga_desktop.services.{info.name}")
        for found in vars(module).values():
            if dataclasses.is_dataclass(found) and isinstance(found, type):
                yield found


# What nobody is handed: it was not decided, or says too little to tell whether it was.
UNDECIDED: tuple[object, ...] = (
    Item,
    PlanLine,
    PlanVersion,
    Person,
    OpenedCase,
    PartialDate,
    IdentityNumber,
    object,
    Any,
)
# Answers that are none, and why.
NO_ANSWERS = {
    "standing.as_spoken_of": "is handed a standing, and answers services alone",
    "cases.NewPerson.to_person": "gives back what was just typed, before anything is stored",
    "access.try_passphrase": "gives back keys, to whoever knows the passphrase they lie under",
    "vault.with_seen": "gives back a key slot, which holds keys and nothing of a case",
    "vault.OpenVault.work": "is for the services alone: the rule `reaches` keeps others from it",
    "vault.OpenVault.work_afresh": "is for the services alone, as `work` is",
    "details.known_person": "is handed a unit of work, as `stand` is",
    "carried.carried_into": "is handed a unit of work, as `stand` is",
    "own_records.written": "is handed a standing, as `as_spoken_of` is",
    "packet_parts.gather": "is handed a unit of work, as `stand` is",
    "packet_parts.Carried.as_it_goes": "is what `gather` answers, with fewer names in it",
    "packet_arrivals.items_of": "is handed what `packets_in` alone has, for the door",
    "packet_arrivals.line_of": "is handed what `packets_in` alone has, as `items_of` is",
    "packet_taking.next_plan": "is handed a unit of work, as `stand` is",
    "packet_arrivals.item_of": "is handed what `packets_in` alone has, as `items_of` is",
    "protocols.tell_meeting": "is handed a unit of work, as `stand` is",
    "resting.resting_of": "is handed a unit of work, as `stand` is",
    "seals.lay_down_seal": "gives back the key of a group, to who makes the vault or its seal",
    "plan_versions.versions_of": "is handed a unit of work, as `stand` is",
    "plan_listeners.everyone_at": "is handed a unit of work, as `stand` is",
    "plan_proposals.find_proposed": "is handed a unit of work, as `stand` is",
    "plan_teller.Teller.as_items": "is made with a unit of work, as `stand` is handed one",
    "plan_agreement.Agreement.settle": "is made with a unit of work, as `stand` is handed one",
    "plan_desk.Desk.items_of": "is made with a unit of work, as `stand` is handed one",
    "plan_desk.Desk.joined": "is made with a unit of work, as `stand` is handed one",
    "plan_desk.Desk.next_version": "is made with a unit of work, as `stand` is handed one",
    "plan_versions.brought_to": "is handed what `versions_of` answers",
    "plan_versions.agreed_at": "is handed what `versions_of` answers",
    "plan_teller.Teller.with_goals_as_agreed": "is handed what `versions_of` answers",
    "plan_items.LineItems.of": "is handed a line, and made with what was noted of it",
    "standing.stand": "is handed a unit of work, which nobody outside the services has",
    "catalogues.load_catalogue": "gives back files of rule data, which tell of nobody",
}


def answers() -> Iterator[tuple[str, object]]:
    """Yield what every public function and method of the services but the door answers."""
    for one in public(trygga_desktop.services):
        if not one.module.endswith(".audience"):
            yield one.full_name, typing.get_type_hints(one.function).get("return")


def undecided_in(kind: object, seen: set[object] | None = None) -> Iterator[object]:
    """Yield what a value of this type can hold, at any depth, that was not decided."""
    seen = set() if seen is None else seen
    if isinstance(kind, list):
        # What a callable takes.
        for part in kind:
            yield from undecided_in(part, seen)
        return
    if kind in seen:
        return
    seen.add(kind)
    if any(kind is one for one in UNDECIDED):
        yield kind
        return
    for part in _parts(kind):
        # An age is told beside a birth date that was decided.
        if not (kind in {ShownFact, ShownParty} and part == PartialDate | None):
            yield from undecided_in(part, seen)


def _parts(kind: object) -> list[object]:
    parts: list[object] = [*typing.get_args(kind)]
    origin = typing.get_origin(kind)
    if origin is not None:
        parts.append(origin)
    # What a vault holds is kept from others by the rule `reaches`.
    if not isinstance(kind, type) or kind is OpenVault:
        return parts
    if not kind.__module__.startswith(("trygga_desktop.", "tests.")):
        return parts
    hints = typing.get_type_hints(kind)
    if dataclasses.is_dataclass(kind):
        # What is passed in only to be looked at is in no value.
        hints = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    elif inspect.isfunction(maker := vars(kind).get("__init__")):
        hints |= typing.get_type_hints(maker)
    told = [typing.get_type_hints(function).get("return") for _, function in methods(kind)]
    return [*parts, *hints.values(), *told]


class _Row(NamedTuple):
    person: Person


class _Plain:
    def __init__(self, items: list[Item]) -> None:
        self._items = items


class _Telling:
    @property
    def first(self) -> Item:
        raise NotImplementedError


@dataclasses.dataclass
class _Leak:
    born: PartialDate | None


@pytest.mark.parametrize(
    "kind",
    [
        *UNDECIDED,
        tuple[Item, ...],
        list[Person],
        Mapping[str, OpenedCase | None],
        Iterator[IdentityNumber],
        dict[str, Any],
        Callable[[], Item],
        Callable[[Callable[[Item], None]], None],
        _Leak,
        _Row,
        _Plain,
        _Telling,
        tuple[_Leak, ...],
    ],
    ids=str,
)
def test_an_answer_that_holds_what_was_not_decided_is_found(kind: object) -> None:
    assert list(undecided_in(kind)) != []


@pytest.mark.parametrize("kind", [ShownItem, ShownFact, CaseFile, tuple[UUID, ...], None])
def test_an_answer_that_was_decided_is_none_of_them(kind: object) -> None:
    assert list(undecided_in(kind)) == []


def test_methods_and_their_answers_are_looked_at_too() -> None:
    names = {name for name, _ in answers()}
    assert {"vault.OpenVault.close", "cases.NewPerson.to_person", "cases.list_cases"} <= names
    assert names >= NO_ANSWERS.keys()


def test_no_use_case_hands_out_what_was_not_decided() -> None:
    found = {name: [str(one) for one in undecided_in(answer)] for name, answer in answers()}
    assert {name: kinds for name, kinds in found.items() if kinds and name not in NO_ANSWERS} == {}


def test_nobody_can_make_a_shown_item_with_another_text(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    write_note(WriteNote(case_id=case_id, text="x"), vault=vault)
    (shown,) = read_case(case_id, vault=vault).value.notes
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(shown, text="y")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        dataclasses.replace(shown, text="y", ticket=object())
    with pytest.raises(dataclasses.FrozenInstanceError):
        shown.text = "y"  # type: ignore[misc]


def test_nobody_but_the_door_can_make_a_shown_item(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    shown = read_case(case_id, vault=vault).value.facts[0].item
    fields: dict[str, Any] = {
        "id": UUID(int=1),
        "kind": ItemKind.NOTE,
        "category": "",
        "text": "x",
        "known_on": date(2026, 11, 26),
        "decision": shown.decision,
    }
    with pytest.raises(TypeError):
        ShownItem(**fields)
    with pytest.raises(TypeError):
        ShownItem(**fields, ticket=object())
