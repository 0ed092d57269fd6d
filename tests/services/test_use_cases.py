"""Each use case is one transaction with one audit entry, and asks for a permission first."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

import trygga_desktop.services
from tests.conftest import PASSPHRASES, MadeVault
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
from trygga_desktop.services.changes import Done
from trygga_desktop.services.drafts import StoreDraft, discard_draft, read_drafts, store_draft
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.use_case import PERMISSION
from trygga_desktop.services.vault import OpenVault

# How to do each use case once: the vault, a case in it and a colleague are given.
Example = Callable[[OpenVault, UUID, UUID], Done[Any]]
PERSON_ID = UUID(int=9)
EXAMPLES: dict[str, tuple[Action | None, Example]] = {
    "add_user": (
        Action.USER_ADDED,
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
        lambda vault, _case, who: change_roles(who, frozenset({Role.AUDITOR}), vault=vault),
    ),
    "add_group": (
        Action.GROUP_ADDED,
        lambda vault, _case, who: add_group(AddGroup(members=frozenset({who})), vault=vault),
    ),
    "change_passphrase": (
        Action.PASSPHRASE_CHANGED,
        lambda vault, _case, _who: change_passphrase(
            ChangePassphrase(old=PASSPHRASES[vault.login], new="granit skugga tåg vers lykta"),
            vault=vault,
        ),
    ),
    "open_case": (
        Action.CASE_OPENED,
        lambda vault, _case, _who: open_case(OpenCase(person=ELIAS), vault=vault),
    ),
    "list_cases": (Action.CASES_LISTED, lambda vault, _case, _who: list_cases(vault=vault)),
    "find_similar": (
        Action.CASES_COMPARED,
        lambda vault, _case, _who: find_similar(ELIAS, vault=vault),
    ),
    "read_case": (Action.CASE_READ, lambda vault, case, _who: read_case(case, vault=vault)),
    "write_note": (
        Action.NOTE_WRITTEN,
        lambda vault, case, _who: write_note(WriteNote(case_id=case, text="x"), vault=vault),
    ),
    "record_statement": (
        Action.STATEMENT_RECORDED,
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
        lambda vault, case, _who: store_draft(
            StoreDraft(id=case, kind=DraftKind.NOTE, text="x"), vault=vault
        ),
    ),
    "read_drafts": (Action.DRAFTS_READ, lambda vault, _case, _who: read_drafts(vault=vault)),
    "discard_draft": (
        Action.DRAFT_DISCARDED,
        lambda vault, case, _who: discard_draft(case, vault=vault),
    ),
    "grant_case": (
        Action.CASE_GRANTED,
        lambda vault, case, who: grant_case(GrantCase(case_id=case, principal_id=who), vault=vault),
    ),
    "revoke_case": (
        Action.CASE_REVOKED,
        lambda vault, case, who: revoke_case(
            RevokeCase(case_id=case, principal_id=who), vault=vault
        ),
    ),
}


def use_cases() -> dict[str, Callable[..., Any]]:
    """Return every public function of the services that takes an open vault and answers `Done`."""
    found: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.iter_modules(trygga_desktop.services.__path__):
        module = importlib.import_module(f"trygga_desktop.services.{info.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            answer = str(inspect.signature(function).return_annotation)
            if hasattr(function, PERMISSION) or answer.startswith(
                "trygga_desktop.services.changes.Done"
            ):
                found[name] = function
    return found


def test_there_is_an_example_of_every_use_case() -> None:
    assert set(EXAMPLES) == set(use_cases())


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_it_asks_for_a_permission_that_somebody_has(name: str) -> None:
    permission = getattr(use_cases()[name], PERMISSION)
    assert isinstance(permission, Permission)
    assert any(allows({role}, permission) for role in Role)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_without_the_permission_nothing_happens_and_nothing_is_told(
    made: MadeVault, name: str
) -> None:
    permission = getattr(use_cases()[name], PERMISSION)
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()
    for login, role in (("pn", Role.SOCIAL_WORKER), ("at", Role.AUDITOR)):
        if allows({role}, permission):
            continue
        vault = made.open(login)
        with vault.work() as work:
            before = work.audit.newest()
        with pytest.raises(NoRightError):
            EXAMPLES[name][1](vault, case_id, vault.keyring.principal)
        with vault.work() as work:
            assert work.audit.newest() == before
        vault.close()


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_it_writes_exactly_one_audit_entry(made: MadeVault, name: str) -> None:
    action, example = EXAMPLES[name]
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
        work.audit.verify()
    written = [entry.action for entry in after[len(before) :]]
    assert written == ([] if action is None else [action])
    assert isinstance(done, Done)
    vault.close()


def test_no_audit_entry_holds_a_word_about_anybody(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    write_note(WriteNote(case_id=case_id, text="kanariefågel"), vault=vault)
    with vault.work() as work:
        told = " ".join(repr(entry) for entry in work.audit.entries())
    assert "Elias" not in told
    assert "kanariefågel" not in told
