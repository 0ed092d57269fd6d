"""Who may open the vault, with which roles and with which passphrase."""

from uuid import uuid4

import pytest

from tests.conftest import PASSPHRASES, Clock, MadeVault
from tests.people import opened_case
from trygga_desktop.domain.errors import (
    FolderCopiedBackError,
    InvalidInputError,
    NoRightError,
    NotConfirmedError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.accounts import (
    AddGroup,
    AddUser,
    ChangePassphrase,
    add_group,
    add_user,
    change_passphrase,
    change_roles,
)
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.vault import NoticeKind, OpenVault

NEW = "granit skugga tåg vers lykta"


def user(login: str, passphrase: str = NEW) -> AddUser:
    return AddUser(
        login=login,
        name="Rut Åkesson",
        roles=frozenset({Role.SOCIAL_WORKER}),
        passphrase=passphrase,
    )


@pytest.mark.parametrize("login", ["", " ", "ke", "PN "])
def test_a_sign_in_name_that_is_empty_or_taken_is_refused(vault: OpenVault, login: str) -> None:
    with pytest.raises(InvalidInputError):
        add_user(user(login), vault=vault)


def test_a_weak_passphrase_is_refused_for_a_new_user(vault: OpenVault) -> None:
    with pytest.raises(WeakPassphraseError):
        add_user(user("rå", "kort"), vault=vault)


def test_a_new_user_gets_in_and_can_open_no_case(made: MadeVault) -> None:
    vault = made.open()
    opened_case(vault)
    add_user(user("rå"), vault=vault)
    vault.close()
    vault = unlock(
        Unlock(folder=made.folder, login="rå", passphrase=NEW), environment=made.environment
    )
    assert vault.me.name == "Rut Åkesson"
    assert list_cases(vault=vault).value.rows == ()
    vault.close()


def test_the_last_administrator_stays_one(vault: OpenVault) -> None:
    with pytest.raises(InvalidInputError):
        change_roles(vault.me.id, frozenset({Role.COORDINATOR}), vault=vault)
    with pytest.raises(InvalidInputError):
        change_roles(uuid4(), frozenset({Role.COORDINATOR}), vault=vault)


def test_new_roles_count_from_the_next_thing_someone_does(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    change_roles(petra, frozenset({Role.AUDITOR}), vault=vault)
    vault.close()
    vault = made.open("pn")
    assert vault.me.roles == {Role.AUDITOR}
    with pytest.raises(NoRightError):
        list_cases(vault=vault)
    vault.close()


def test_a_group_of_strangers_is_refused(vault: OpenVault) -> None:
    with pytest.raises(InvalidInputError):
        add_group(AddGroup(members=frozenset({uuid4()})), vault=vault)


def test_what_a_group_was_granted_each_member_can_open(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    group = AddGroup(members=frozenset({petra, vault.me.id}))
    group_id = add_group(group, vault=vault).value
    grant_case(GrantCase(case_id=case_id, principal_id=group_id), vault=vault)
    with pytest.raises(InvalidInputError):
        grant_case(GrantCase(case_id=case_id, principal_id=uuid4()), vault=vault)
    vault.close()
    for login in ("pn", "ke"):
        vault = made.open(login)
        assert [row.id for row in list_cases(vault=vault).value.rows] == [case_id]
        vault.close()


def test_a_change_that_was_not_confirmed_keeps_what_was_stored(
    made: MadeVault, clock: Clock
) -> None:
    vault = made.open()
    anchor = (made.folder / "anchor").read_bytes()
    (made.folder / "anchor").unlink()
    with pytest.raises(NotConfirmedError):
        change_passphrase(ChangePassphrase(old=PASSPHRASES["ke"], new=NEW), vault=vault)
    (made.folder / "anchor").write_bytes(anchor)

    # Nothing more is written on top of it, though it could be confirmed now.
    with pytest.raises(NotConfirmedError):
        add_user(user("rå"), vault=vault)
    with pytest.raises(NotConfirmedError):
        opened_case(vault)
    vault.close()

    with pytest.raises(WrongPassphraseError):
        made.open()
    clock.move(minutes=1)
    again = unlock(
        Unlock(folder=made.folder, login="ke", passphrase=NEW), environment=made.environment
    )
    assert list_cases(vault=again).value.rows == ()
    add_user(user("rå"), vault=again)
    again.close()


def test_a_user_who_was_only_half_added_can_be_added_again(made: MadeVault) -> None:
    """The program was killed between the slot and the roster."""
    others = made.copy_to(made.folder.parent / "others")
    twin = others.open()
    add_user(user("rå"), vault=twin)
    twin.close()
    for name in ("keys.json", "keys.bak"):
        (made.folder / name).write_bytes((others.folder / name).read_bytes())

    with pytest.raises((WrongPassphraseError, FolderCopiedBackError)):
        unlock(Unlock(folder=made.folder, login="rå", passphrase=NEW), environment=made.environment)
    made.clock.move(minutes=1)
    vault = made.open(accept_older=True)
    add_user(user("rå"), vault=vault)
    vault.close()
    made.clock.move(minutes=1)
    vault = unlock(
        Unlock(folder=made.folder, login="rå", passphrase=NEW), environment=made.environment
    )
    assert vault.my_name == "Rut Åkesson"
    vault.close()


def test_the_old_passphrase_must_be_right_and_the_new_one_good(
    vault: OpenVault, made: MadeVault, clock: Clock
) -> None:
    wrong = ChangePassphrase(old="fel", new=NEW)
    waits = []
    for _ in range(3):
        with pytest.raises(WrongPassphraseError) as caught:
            change_passphrase(wrong, vault=vault)
        waits.append(caught.value.wait_seconds)
        clock.move(seconds=caught.value.wait_seconds)
    assert waits == [1, 2, 4]
    with pytest.raises(WeakPassphraseError):
        change_passphrase(ChangePassphrase(old=PASSPHRASES["ke"], new="kort"), vault=vault)
    vault.close()
    # Whoever guessed at an open desk is told of at the next unlock.
    again = made.open()
    assert [(one.kind, one.count) for one in again.notices] == [(NoticeKind.FAILED_UNLOCKS, 3)]
    again.close()


def test_after_a_change_only_the_new_passphrase_opens(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    change_passphrase(ChangePassphrase(old=PASSPHRASES["ke"], new=NEW), vault=vault)
    vault.close()
    with pytest.raises(WrongPassphraseError):
        made.open()
    clock.move(minutes=1)
    unlock(
        Unlock(folder=made.folder, login="ke", passphrase=NEW), environment=made.environment
    ).close()
