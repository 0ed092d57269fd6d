"""Each use case is one transaction with one audit entry, and asks for a permission first."""

import ast
import importlib
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import trygga_desktop.services
from tests.conftest import PASSPHRASES, MadeVault
from tests.costs import prepared_vault
from tests.house.source import Public, calls, modules, pieces, public
from tests.people import opened_case
from tests.services.examples import EXAMPLES
from tests.services.examples.row import bare_ground, prepare
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import NoRightError
from trygga_desktop.domain.permissions import Role, allows
from trygga_desktop.services.accounts import change_roles
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.changes import Done
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.recovery import Recover, recover
from trygga_desktop.services.use_case import PERMISSION
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.storage.work import UnitOfWork


def create_another(made: MadeVault) -> MadeVault:
    """Make a second vault beside the first, with the same user in it."""
    prepared = prepared_vault()
    folder = made.folder.with_name("Annanstad.trygga")
    command = CreateVault(
        folder=folder,
        municipality="Annanstad",
        login="ke",
        name="Karin Ek",
        passphrase=PASSPHRASES["ke"],
        prepared=prepared,
    )
    create_vault(command, environment=made.environment)
    return MadeVault(
        folder=folder,
        state_folder=made.state_folder,
        code=prepared.recovery_code,
        vault_id=prepared.vault_id,
        clock=made.clock,
    )


def unlock_only(made: MadeVault) -> MadeVault:
    """Unlock it, and end as if the power had gone."""
    vault = made.open("pn")
    vault.engine.dispose()
    vault.lock.release()
    return made


def unlock_and_lock(made: MadeVault) -> MadeVault:
    """Unlock and lock it."""
    made.open("pn").close()
    return made


def recover_colleague(made: MadeVault) -> MadeVault:
    """Let a colleague in again, with the code on the paper."""
    command = Recover(folder=made.folder, code=made.code, login="pn", passphrase=PASSPHRASES["at"])
    recover(command, environment=made.environment)
    return made


# These ask for no permission, because nobody is signed in yet, or nothing may hold them up.
ACCESS: dict[str, tuple[list[Action], Callable[[MadeVault], MadeVault]]] = {
    "create_vault": (
        [Action.VAULT_CREATED, Action.CATALOGUE_CHANGED, Action.SEAL_MADE],
        create_another,
    ),
    "unlock": ([Action.VAULT_UNLOCKED], unlock_only),
    "recover": ([Action.ACCESS_RECOVERED], recover_colleague),
    "OpenVault.close": ([Action.VAULT_UNLOCKED, Action.VAULT_LOCKED], unlock_and_lock),
}
# What takes a vault or a unit of work and is no use case, and why.
NO_USE_CASES = {
    "OpenVault.name": "says what is in memory",
    "OpenVault.me": "says what is in memory",
    "OpenVault.may": "says what is in memory; every use case asks it first",
    "OpenVault.work": "makes the unit of work; the rule below says who may",
    "OpenVault.using": "says which draft goes with what is committed next",
    "store_case": "is a step of who begins a case, by name or without",
    "use_draft": "does a use case, which asks first, and has a draft go with it",
    "OpenVault.work_afresh": "makes the unit of work with which the whole log is walked",
    "OpenVault.empty_log": "moves what was saved from one file into another",
    "OpenVault.tidy": "moves what was saved from one file into another",
    "controller_of": "says an id that is in memory",
    "present": "says what is in memory",
    "try_passphrase": "opens a key slot: a step of who unlocks or changes a passphrase",
    "remember_seen": "writes into this user's own slot how far the vault had come",
    "show_alone": "decides what a use case has read",
    "show_case_rows": "decides what a use case has read",
    "show_entries_alone": "decides what a use case has read",
    "show_meeting": "decides what a use case has read, for the audience that it names",
    "name_of": "decides what a use case has read",
    "typed_name": "a step of a use case: answers a typed name as the operator may have it",
    "ratings_for": "a step of a use case: has the door decide what figures a reader may have",
    "MyPlanTeller.content": "a step of a use case: tells what the door let through",
    "people_of": "decides what a use case has read",
    "everyone_at": "a step of a use case: reads who hears what a meeting is told",
    "judge": "decides what a use case has read",
    "opens_to_somebody": "a step of a use case: answers ids of lines that more could hear",
    "Desk.basis": "a step of a use case: answers a digest of a plan that it has read",
    "Desk.items_of": "hands lines of a plan to the door as items",
    "Desk.check_hour": "a step of a use case: refuses an hour where a case goes by days",
    "Desk.joined": "a step of a use case: checks the lines that somebody wrote",
    "Desk.next_version": "a step of a use case: ties a version to the one before it",
    "Agreement.settle": "a step of a use case: stores what follows from an agreement",
    "versions_of": "a step of a use case: reads the versions of a plan in a case that opens",
    "is_complete": "a step of a use case: tells whether a version of a plan is missing",
    "progress_of": "decides what a use case has read",
    "Teller.lines_of": "decides what a use case has read",
    "Teller.has_left": "tells of a line that a use case has read",
    "carried_into": "a step of a use case: says what is heard at a meeting of what was promised",
    "ages_at": "counts days and meetings of what a use case has read",
    "Teller.unplaced": "decides what a use case has read",
    "Teller.promised": "decides what a use case has read",
    "Teller.as_items": "hands lines of a plan to the door as items",
    "Teller.proposed": "answers ids of lines",
    "Teller.with_goals_as_agreed": "answers a version that a use case has read, for the door",
    "Teller.responsible_of": "a step of a use case: answers a name that the audience may know",
    "FamilyNames.here": "a step of a use case: answers a name as the operator may have it",
    "FamilyNames.there": "a step of a use case: answers a name as the partner may know it",
    "FamilyNames.as_here": "a step of a use case: has a part name people as they are called here",
    "FamilyNames.is_another": "a step of a use case: compares a name that was told with one here",
    "is_stored": "a step of a use case: compares lines that came with the plan",
    "find_proposed": "a step of a use case: reads what waits for a meeting, for the door",
    "Teller.shown": "decides what a use case has read",
    "Teller.progress": "tells how a commitment goes whose words the door let through",
    "closing_of": "decides what a use case has read",
    "shown_versions": "decides what a use case has read",
    "looks_of": "decides what a use case has read",
    "tell_endings": "decides what a use case has read",
    "tell_goals": "decides what a use case has read",
    "tell_rounds": "decides what a use case has read",
    "tell_words": "decides what a use case has read",
    "told_look": "decides what a use case has read",
    "told_alone": "decides what a use case has read",
    "closing_content": "decides what a use case has read",
    "check_end": "a step of a use case: asks whether anything has no answer at the end",
    "count_unanswered": "a step of a use case: counts what has no answer at the end",
    "closed_before": "a step of a use case: answers an id, of a case that opens for whoever asks",
    "is_closing_as_logged": "a step of a use case: compares a record with what the log says",
    "are_agreements_as_logged": "a step of a use case: compares a record with what the log says",
    "put_into_case": "a step of a use case: stores the record of a case that it has read",
    "stand": "a step of a use case: reads what holds in a case, for the door to decide by",
    "find_receipts": "a step of a use case: tells what rooms saw, as `show_meeting` decides it",
    "letters_of": "a step of a use case: words letters, which tell nothing of a person",
    "put_name": "a step of a use case: calls a person as they are called now, and answers nothing",
    "find_places": "a step of a use case: counts where a name stands, and says none",
    "known_person": "a step of a use case: reads who somebody is, to store them anew",
    "put_person": "a step of a use case: stores a person whom it has read",
    "check_version": "a step of a use case: asks whether a person was changed meanwhile",
    "find_raisable": "a step of a use case: finds what is late by the rules of programmes",
    "own_cases": "a step of a use case: answers ids of cases that open for who asks",
    "reach_of": "a step of a use case: answers ids of organisations, and nothing of a person",
    "tell_meeting": "a step of a use case: composes what an audience may see of a meeting",
    "put_under_seal": "a step of a use case: stores what it has sealed, and answers codes",
    "tell_plan": "a step of a use case: composes what an audience may see of an agreed plan",
    "agreed_version": "a step of a use case: answers the number of a version",
    "are_versions_whole": "a step of a use case: asks the log about the versions of a plan",
    "plan_gaps": "a step of a use case: tells what keeps a plan from being sealed",
    "find_protocol": "a step of a use case: reads what was sealed in a case that opens",
    "read_checked": "a step of a use case: reads sealed bytes and asks the log about them",
    "read_chain": "a step of a use case: reads what was sealed in a case that opens",
    "newest_of": "a step of a use case: counts the files of a protocol, and asks the log",
    "accounts_with_grant": "a step of a use case: answers ids of accounts that open a case",
    "names_with_grant": "a step of a use case: answers names of accounts, which all may know",
    "find_whole_readers": "a step of a use case: answers ids of who may read all of a protocol",
    "recipients_of": "a step of a use case: answers who was there, and who may read all of it",
    "Holders.may_hold": "a step of a use case: tells whether somebody may have what they have",
    "CopyNames.called": "a step of a use case: tells what the door lets a copy's owner be called",
    "recipient_of": "a step of use cases: tells what the door lets a recipient be called",
    "left_with": "a step of a use case: reads what the log says of copies",
    "signers_of": "a step of a use case: tells who signs, by the sealed record",
    "record": "a step of a use case: stores what is said of a signer",
    "commit_records": "a step of a use case: ties the log to what is recorded of the signers",
    "currency_of": "a step of a use case: tells whether all that was told may be told today",
    "today_of": "a step of use cases: tells what a sealed paper is compared with",
    "content_of": "a step of a use case: words what an audience sees of a meeting",
    "seal_pages": "a step of a use case: seals pages that it was handed",
    "find_recipients": "a step of a use case: answers whom an excerpt can be made for",
    "reduce_meeting": "a step of a use case: composes what one recipient may have of a meeting",
    "find_agreement": "a step of a use case: reads a version of an agreement of a case that opens",
    "agreement_to_sign": "a step of a use case: composes the pages of an agreement to compare with",
    "find_bare": "a step of a use case: reads a paper of a case that opens",
    "find_paper": "a step of a use case: reads a paper of a case that opens, with its pages",
    "find_excerpt": "a step of a use case: reads an excerpt of a case that opens",
    "is_excerpt_current": "a step of a use case: tells whether all of it may be told today",
    "is_excerpt_whole": "a step of a use case: tells whether sealed bytes are as the log says",
    "are_signers_whole": "a step of a use case: tells whether who signed is as the log says",
    "copies_of": "a step of a use case: reads who has which copy",
    "printed_copies": "a step of a use case: says which number the log has used up",
    "printed_numbers": "a step of a use case: says which copies came out, as far as the log knows",
    "basis_of": "a step of a use case: says what names a draft as it reads",
    "resting_of": "a step of use cases: reads since when something of a case was promised",
    "unfinished_of": "a step of a use case: hands notes of a meeting to the door",
    "approval_of": "a step of a use case: reads what was said of a draft before it is sealed",
    "is_whole": "a step of a use case: tells whether sealed bytes are as the log says",
    "check_records": "a step of a use case: compares who signed with what the log says",
    "signing_of": "a step of a use case: tells how far the signing of a protocol has come",
    "are_records_whole": "a step of a use case: tells whether who signed is as the log says",
    "fingerprint_in_force": "a step of who unlocks: tells the seal in force, which is no secret",
    "lay_down_seal": "a step of who makes the vault, or a new seal for it",
    "admit_sealer": "a step of a use case: hands on a key with the role it goes with",
    "find_hidden": "a step of a use case: decides what a room does not see, for the operator",
    "own_keys": "says what is in memory, and whose vault it is",
    "find_exchange": "a step of a use case: reads what is remembered of the packets of a case",
    "keep_exchange": "a step of a use case: remembers which versions of parts were exchanged",
    "gather": "a step of a use case: reads what packets can carry, for the door to decide",
    "next_plan": "a step of a use case: puts accepted lines into the next version of a plan",
    "find_flaw": "a step of a use case: answers why something that came cannot be taken in",
    "take": "a step of a use case: stores what somebody has accepted",
    "write_words": "a step of a use case: stores the young person's words, and answers their id",
    "find_meeting": "a step of a use case: reads a meeting of a case that opens",
    "directory_of": "a step of a use case: reads whom everyone with an account may know",
    "catalogue_of": "a step of a use case: reads rule data, which tells of nobody",
    "has_its_rules": "a step of a use case: reads whether the rule data are those laid down",
    "append_events": "a step of a use case: puts links behind a chain that it has read",
    "believe": "a step of who unlocks or recovers: checks what lies in the file",
    "lacks_confirmed": "a step of who unlocks or recovers: asks whether the file is older",
    "bring_up_to_date": "a step of who unlocks or recovers: runs the migrations that are missing",
    "opening": "a step of who makes, unlocks or recovers a vault",
    "new_compartment": "a step of a use case",
    "next_generation": "a step of a use case",
    "grant": "a step of a use case",
}
# What the use cases of one module have in common: nobody else calls it, and they have asked.
STEPS = {
    "agendas._change",
    "escalation._log",
    "letters._log",
    "meetings._change",
    "papers._log",
    "plan_papers._log",
    "protocols._log",
    "sealed_files._log",
}
# Who may begin a unit of work without being a use case: those, and the steps of those in `ACCESS`.
BEGINNERS = STEPS | {
    "founding._found",
    "access._log_attempts",
    "access._log_clock",
    "access._take_up",
    "access._tell",
    "recovery._renew_user",
    "vault.OpenVault.close",
    "vault.OpenVault.work",
    "vault.OpenVault.work_afresh",
}


def walk(package: ModuleType) -> dict[str, Public]:
    """Return everything public that is given a vault, a unit of work or surroundings."""
    found: dict[str, Public] = {}
    for one in public(package):
        given = [*_hints_of(one.function)]
        if one.owner is not None:
            # A method is given its object, and everything that lies in it.
            given += [one.owner, *typing.get_type_hints(one.owner).values()]
            if "__init__" in vars(one.owner):
                given += _hints_of(vars(one.owner)["__init__"])
        if any(map(_gives_a_vault, given)):
            if one.name in found:
                raise ValueError(f"two are called {one.name}")
            found[one.name] = one
    return found


def _hints_of(function: Callable[..., Any]) -> Iterator[object]:
    return (kind for name, kind in typing.get_type_hints(function).items() if name != "return")


def _gives_a_vault(kind: object) -> bool:
    if isinstance(kind, list):
        return any(map(_gives_a_vault, kind))
    is_one = kind in (OpenVault, UnitOfWork, Environment)
    return is_one or any(map(_gives_a_vault, typing.get_args(kind)))


def begins_work(path: str, tree: ast.Module) -> list[str]:
    """Return what of a service begins a unit of work and is no use case."""
    return [
        f"{Path(path).stem}.{name}"
        for name, piece in pieces(tree)
        if not _is_use_case(piece)
        and any(
            (isinstance(node, ast.Attribute) and node.attr == "work")
            or (isinstance(node, ast.Call) and _name_of(node.func) == "UnitOfWork")
            for node in ast.walk(piece)
        )
    ]


def _is_use_case(piece: ast.AST) -> bool:
    return isinstance(piece, ast.FunctionDef) and any(
        isinstance(one, ast.Call) and _name_of(one.func) == "use_case"
        for one in piece.decorator_list
    )


def _name_of(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


GIVEN = """
from collections.abc import Callable
from dataclasses import dataclass
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.storage.work import UnitOfWork
"""
MADE_WITH_ONE = "class Reader:\n def __init__(self, vault: OpenVault) -> None: ...\n"
FORGOTTEN = [
    ("read", "def read(*, vault: OpenVault) -> int: ..."),
    ("read", "def read(vault: OpenVault | None = None) -> None: ..."),
    ("read", "def read(work: UnitOfWork) -> str: ..."),
    ("read", "def read(environment: Environment) -> str: ..."),
    ("read", "def read(make: Callable[[], OpenVault]) -> str: ..."),
    ("Reader.read", "class Reader:\n def read(self, vault: OpenVault) -> str: ..."),
    ("Reader.read", "class Reader:\n @staticmethod\n def read(vault: OpenVault) -> str: ..."),
    ("Reader.__call__", "class Reader:\n def __call__(self, work: UnitOfWork) -> str: ..."),
    ("Reader.read", "@dataclass\nclass Reader:\n vault: OpenVault\n def read(self) -> str: ..."),
    ("Reader.text", f"{MADE_WITH_ONE} @property\n def text(self) -> str: ..."),
]


@pytest.mark.parametrize(("name", "source"), FORGOTTEN)
def test_a_forgotten_mark_is_found(
    name: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "forgotten" / "inner"
    inner.mkdir(parents=True)
    for folder in (inner.parent, inner):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    (inner / "prints.py").write_text(GIVEN + source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        assert list(walk(importlib.import_module("forgotten"))) == [name]
    finally:
        for module in [one for one in sys.modules if one.partition(".")[0] == "forgotten"]:
            del sys.modules[module]


@pytest.mark.parametrize(
    "source",
    [
        "def read(vault):\n with vault.work() as work: pass",
        "def _read(vault):\n make = vault.work",
        "class Reader:\n def read(self): return self.vault.work()",
        "def read(engine): return UnitOfWork(engine)",
        "@wraps(other)\ndef read(vault): return vault.work()",
        "begin = OpenVault.work",
    ],
)
def test_who_begins_work_without_asking_is_found(source: str) -> None:
    assert begins_work("services/prints.py", ast.parse(source)) != []


def test_a_use_case_may_begin_work() -> None:
    source = "@use_case(Permission.USE_VAULT)\ndef read(*, vault):\n with vault.work(): pass"
    assert begins_work("services/prints.py", ast.parse(source)) == []


def test_nobody_begins_work_without_asking() -> None:
    found = [
        name
        for path, tree in modules()
        if path.startswith("services/")
        for name in begins_work(path, tree)
    ]
    assert set(found) == BEGINNERS


def test_a_step_that_begins_work_is_taken_by_use_cases_alone() -> None:
    for path, tree in modules():
        for name, piece in pieces(tree):
            for called in calls(piece):
                if f"{Path(path).stem}.{called}" in STEPS:
                    assert _is_use_case(piece), f"{path}: {name}"


def test_there_is_an_example_of_every_use_case() -> None:
    known = [*EXAMPLES, *ACCESS, *NO_USE_CASES]
    assert sorted(known) == sorted(walk(trygga_desktop.services))


def test_each_asks_for_the_permission_that_was_meant() -> None:
    found = {
        name: getattr(one.function, PERMISSION, None)
        for name, one in walk(trygga_desktop.services).items()
    }
    meant = {name: row.permission for name, row in EXAMPLES.items()}
    assert found == {**dict.fromkeys([*ACCESS, *NO_USE_CASES]), **meant}


def test_each_answers_done() -> None:
    found = walk(trygga_desktop.services)
    answers = {name: typing.get_type_hints(found[name].function)["return"] for name in EXAMPLES}
    assert [name for name, one in answers.items() if typing.get_origin(one) is not Done] == []


@pytest.mark.parametrize("role", [None, *Role])
def test_without_the_permission_nothing_happens_and_nothing_is_told(
    made: MadeVault, role: Role | None
) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    # So that no key is what is missing.
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    roles = frozenset(() if role is None else {role})
    change_roles(petra, roles, vault=vault)
    vault.close()
    vault = made.open("pn")
    with vault.work() as work:
        before = work.audit.newest()
    forbidden = {name for name, row in EXAMPLES.items() if not allows(roles, row.permission)}
    for name in forbidden:
        with pytest.raises(NoRightError):
            EXAMPLES[name].example(vault, bare_ground(case_id, made.secrets("at").principal))
        with vault.work() as work:
            assert work.audit.newest() == before, name
    assert forbidden
    vault.close()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_it_writes_exactly_one_audit_entry_and_says_what_it_changed(
    made: MadeVault, name: str
) -> None:
    row = EXAMPLES[name]
    vault = made.open()
    ground = prepare(vault, made, row.stage)
    with vault.work() as work:
        before = list(work.audit.entries())
        sequence = work.audit.newest().sequence

    done = row.example(vault, ground)

    with vault.work() as work:
        after = list(work.audit.entries())
        assert work.audit.newest().sequence == sequence + 1
        work.audit.verify(vault.trust)
    written = [entry.action for entry in after[len(before) :]]
    assert written == ([] if row.action is None else [row.action])
    assert done.changes == row.changes
    vault.close()


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_making_opening_and_locking_a_vault_leave_their_entries(made: MadeVault, name: str) -> None:
    actions, example = ACCESS[name]
    before = [] if name == "create_vault" else [*logged(made), Action.VAULT_LOCKED]
    other = example(made)
    assert logged(other) == [*before, *actions, Action.VAULT_UNLOCKED]


def logged(made: MadeVault) -> list[Action]:
    """Return what stands in the log, the last that it was opened to read it."""
    vault = made.open()
    with vault.work_afresh() as work:
        work.rosters.follow()
        work.audit.verify(work.trust, each_signature=True)
        actions = [entry.action for entry in work.audit.entries()]
    vault.close()
    return actions


def test_no_audit_entry_holds_a_word_about_anybody(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    write_note(WriteNote(case_id=case_id, text="kanariefågel"), vault=vault)
    with vault.work() as work:
        told = " ".join(repr(entry) for entry in work.audit.entries())
    assert "Elias" not in told
    assert "kanariefågel" not in told
