"""Each use case is one transaction with one audit entry, and asks for a permission first."""

import ast
import importlib
import sys
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

import trygga_desktop.services
from tests.conftest import PASSPHRASES, MadeVault
from tests.house.source import Public, modules, pieces, public
from tests.people import ELIAS, opened_case
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import NoRightError
from trygga_desktop.domain.permissions import Permission, Role, allows
from trygga_desktop.services.accounts import (
    AddGroup,
    AddUser,
    ChangePassphrase,
    add_group,
    add_user,
    change_passphrase,
    change_roles,
)
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import OpenCase, find_similar, list_cases, open_case
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft, discard_draft, read_drafts, store_draft
from trygga_desktop.services.founding import CreateVault, create_vault, prepare_vault
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.recovery import Recover, recover
from trygga_desktop.services.use_case import PERMISSION
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.storage.work import UnitOfWork

# How to do each use case once: the vault, a case in it and a colleague are given.
Example = Callable[[OpenVault, UUID, UUID], Done[Any]]
PERSON_ID = UUID(int=9)
# What each writes into the log, what it says that it changed, and how it is done.
EXAMPLES: dict[str, tuple[Action | None, Changes, Example]] = {
    "add_user": (
        Action.USER_ADDED,
        Changes(accounts=True),
        lambda vault, _case, _who: add_user(
            AddUser(
                login="rå",
                name="Rut Åkesson",
                roles=frozenset({Role.SOCIAL_WORKER}),
                passphrase=PASSPHRASES["at"],
            ),
            vault=vault,
        ),
    ),
    "change_roles": (
        Action.ROLES_CHANGED,
        Changes(accounts=True),
        lambda vault, _case, who: change_roles(who, frozenset({Role.AUDITOR}), vault=vault),
    ),
    "add_group": (
        Action.GROUP_ADDED,
        Changes(accounts=True),
        lambda vault, _case, who: add_group(AddGroup(members=frozenset({who})), vault=vault),
    ),
    "change_passphrase": (
        Action.PASSPHRASE_CHANGED,
        Changes(),
        lambda vault, _case, _who: change_passphrase(
            ChangePassphrase(old=PASSPHRASES[vault.login], new="granit skugga tåg vers lykta"),
            vault=vault,
        ),
    ),
    "open_case": (
        Action.CASE_OPENED,
        Changes(cases=True),
        lambda vault, _case, _who: open_case(OpenCase(person=ELIAS), vault=vault),
    ),
    "list_cases": (
        Action.CASES_LISTED,
        Changes(),
        lambda vault, _case, _who: list_cases(vault=vault),
    ),
    "find_similar": (
        Action.CASES_COMPARED,
        Changes(),
        lambda vault, _case, _who: find_similar(ELIAS, vault=vault),
    ),
    "read_case": (
        Action.CASE_READ,
        Changes(),
        lambda vault, case, _who: read_case(case, vault=vault),
    ),
    "write_note": (
        Action.NOTE_WRITTEN,
        Changes(items=True),
        lambda vault, case, _who: write_note(WriteNote(case_id=case, text="x"), vault=vault),
    ),
    "record_statement": (
        Action.STATEMENT_RECORDED,
        Changes(items=True),
        lambda vault, case, _who: record_statement(
            RecordStatement(
                case_id=case,
                origin_id=PERSON_ID,
                category="schooling",
                about=frozenset(),
                text="x",
            ),
            vault=vault,
        ),
    ),
    "store_draft": (
        None,
        Changes(drafts=True),
        lambda vault, case, _who: store_draft(
            StoreDraft(id=case, kind=DraftKind.NOTE, text="x"), vault=vault
        ),
    ),
    "read_drafts": (
        Action.DRAFTS_READ,
        Changes(),
        lambda vault, _case, _who: read_drafts(vault=vault),
    ),
    "discard_draft": (
        Action.DRAFT_DISCARDED,
        Changes(drafts=True),
        lambda vault, case, _who: discard_draft(case, vault=vault),
    ),
    "grant_case": (
        Action.CASE_GRANTED,
        Changes(accounts=True),
        lambda vault, case, who: grant_case(GrantCase(case_id=case, principal_id=who), vault=vault),
    ),
    "revoke_case": (
        Action.CASE_REVOKED,
        Changes(accounts=True),
        lambda vault, case, who: revoke_case(
            RevokeCase(case_id=case, principal_id=who), vault=vault
        ),
    ),
}


# Written by hand: what stands in the program must be what was meant.
PERMISSIONS = {
    "add_user": Permission.MANAGE_ACCOUNTS,
    "change_roles": Permission.MANAGE_ACCOUNTS,
    "add_group": Permission.MANAGE_ACCOUNTS,
    "change_passphrase": Permission.USE_VAULT,
    "open_case": Permission.OPEN_CASE,
    "list_cases": Permission.WORK_IN_CASE,
    "find_similar": Permission.OPEN_CASE,
    "read_case": Permission.WORK_IN_CASE,
    "write_note": Permission.WORK_IN_CASE,
    "record_statement": Permission.WORK_IN_CASE,
    "store_draft": Permission.USE_VAULT,
    "read_drafts": Permission.USE_VAULT,
    "discard_draft": Permission.USE_VAULT,
    "grant_case": Permission.GRANT_ACCESS,
    "revoke_case": Permission.GRANT_ACCESS,
}


def create_another(made: MadeVault) -> MadeVault:
    """Make a second vault beside the first, with the same user in it."""
    prepared = prepare_vault()
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
    "create_vault": ([Action.VAULT_CREATED], create_another),
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
    "OpenVault.empty_log": "moves what was saved from one file into another",
    "controller_of": "says an id that is in memory",
    "present": "says what is in memory",
    "try_passphrase": "opens a key slot: a step of who unlocks or changes a passphrase",
    "remember_seen": "writes into this user's own slot how far the vault had come",
    "show_alone": "decides what a use case has read",
    "show_case_rows": "decides what a use case has read",
    "believe": "a step of who unlocks or recovers: checks what lies in the file",
    "opening": "a step of who makes, unlocks or recovers a vault",
    "new_compartment": "a step of a use case",
    "next_generation": "a step of a use case",
    "grant": "a step of a use case",
}
# Who may begin a unit of work without being a use case: the steps of those in `ACCESS`.
BEGINNERS = {
    "founding._found",
    "access._log_attempts",
    "access._take_up",
    "access._tell",
    "recovery._renew_user",
    "vault.OpenVault.close",
    "vault.OpenVault.work",
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


def test_there_is_an_example_of_every_use_case() -> None:
    known = [*EXAMPLES, *ACCESS, *NO_USE_CASES]
    assert sorted(known) == sorted(walk(trygga_desktop.services))


def test_each_asks_for_the_permission_that_was_meant() -> None:
    found = {
        name: getattr(one.function, PERMISSION, None)
        for name, one in walk(trygga_desktop.services).items()
    }
    assert found == {**dict.fromkeys([*ACCESS, *NO_USE_CASES]), **PERMISSIONS}


def test_each_answers_done() -> None:
    found = walk(trygga_desktop.services)
    answers = {name: typing.get_type_hints(found[name].function)["return"] for name in EXAMPLES}
    assert [name for name, one in answers.items() if typing.get_origin(one) is not Done] == []


@pytest.mark.parametrize(
    ("name", "role"),
    [
        (name, role)
        for name, permission in PERMISSIONS.items()
        for role in (None, *Role)
        if role is None or not allows({role}, permission)
    ],
)
def test_without_the_permission_nothing_happens_and_nothing_is_told(
    made: MadeVault, name: str, role: Role | None
) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    # So that no key is what is missing.
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    change_roles(petra, frozenset(() if role is None else {role}), vault=vault)
    vault.close()
    vault = made.open("pn")
    with vault.work() as work:
        before = work.audit.newest()
    with pytest.raises(NoRightError):
        EXAMPLES[name][2](vault, case_id, made.secrets("at").principal)
    with vault.work() as work:
        assert work.audit.newest() == before
    vault.close()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_it_writes_exactly_one_audit_entry_and_says_what_it_changed(
    made: MadeVault, name: str
) -> None:
    action, changes, example = EXAMPLES[name]
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    if name == "revoke_case":
        grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    with vault.work() as work:
        before = list(work.audit.entries())
        sequence = work.audit.newest().sequence

    done = example(vault, case_id, petra)

    with vault.work() as work:
        after = list(work.audit.entries())
        assert work.audit.newest().sequence == sequence + 1
        work.audit.verify(vault.trust)
    written = [entry.action for entry in after[len(before) :]]
    assert written == ([] if action is None else [action])
    assert done.changes == changes
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
    with vault.work() as work:
        work.audit.verify(vault.trust)
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
