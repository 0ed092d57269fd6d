"""Use cases of a vault that does not exist yet: prepare it, see where it may lie, make it.

They ask for no permission, because there is nobody yet; making it writes its first entry.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.kdf import SALT_BYTES
from trygga_desktop.crypto.key_slots import (
    KeySlots,
    Secrets,
    check_login,
    fold_login,
    make_slot,
)
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.recovery import (
    RecoveryKeys,
    format_recovery_code,
    make_recovery_slot,
    new_recovery_code,
    parse_recovery_code,
)
from trygga_desktop.crypto.seals import SealMaterial
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import (
    CannotWriteError,
    InvalidInputError,
    VaultExistsError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.opening import check_passphrase, opening
from trygga_desktop.services.seals import lay_down_seal
from trygga_desktop.services.vault import (
    Environment,
    OpenVault,
    present,
    with_seen,
)
from trygga_desktop.storage.attempts import (
    clear_attempts,
)
from trygga_desktop.storage.engine import FileKey, create_file
from trygga_desktop.storage.files import sync_folder, told_plainly
from trygga_desktop.storage.folder import SUFFIX, VaultFolder
from trygga_desktop.storage.migrate import upgrade
from trygga_desktop.storage.places import refuse_network_place
from trygga_desktop.storage.stores.accounts import new_account

_MOST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedVault:
    """The random parts of a vault that does not exist yet; the code is for paper only.

    The fingerprint of its first seal stands on that paper too.
    """

    vault_id: bytes
    recovery_code: str = field(repr=False)
    seal: SealMaterial = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateVault:
    """What the first user entered. `folder` is the vault's own, ending in `.trygga`."""

    folder: Path
    municipality: str
    login: str
    name: str
    passphrase: str = field(repr=False)
    prepared: PreparedVault


def prepare_vault(
    owner: str, *, new_seal: Callable[[str, datetime], SealMaterial], now: datetime
) -> PreparedVault:
    """Return the random parts of a new vault; nothing is on disk yet.

    `owner` is in whose name it seals. `now` knows its zone. It takes up to some seconds.
    """
    vault_id = os.urandom(SALT_BYTES)
    return PreparedVault(
        vault_id=vault_id,
        recovery_code=format_recovery_code(new_recovery_code(), vault_id),
        seal=new_seal(owner, now),
    )


def check_place(folder: Path) -> None:
    """Raise if no vault can be made in this folder, before anything is made.

    That is VaultExistsError, NetworkPlaceError, CannotWriteError, or InvalidInputError for a name
    that does not end as vaults do.
    """
    if folder.suffix != SUFFIX:
        raise InvalidInputError(field="folder", flaw="ending")
    refuse_network_place(folder)
    if folder.exists():
        raise VaultExistsError
    if not os.access(folder.parent, os.W_OK | os.X_OK):
        raise CannotWriteError


def create_vault(command: CreateVault, *, environment: Environment) -> None:
    """Make a vault whose first user is administrator and coordinator.

    It is made beside its place and moved there whole. Raise VaultExistsError, NetworkPlaceError,
    WeakPassphraseError, InvalidInputError, DiskFullError or CannotWriteError; then there is
    nothing where the vault was to be.
    """
    folder = command.folder
    check_place(folder)
    _check_names(command)
    check_passphrase(command.passphrase, (command.municipality, command.name, command.login))
    half_made = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    try:
        with told_plainly():
            half_made.mkdir(mode=0o700)
            _fill(VaultFolder(half_made), command, environment)
            half_made.rename(folder)
            try:
                sync_folder(folder.parent)
            except OSError:
                # What the user is told to have failed must not lie in the way of the next try.
                folder.rename(half_made)
                raise
    except BaseException:
        shutil.rmtree(half_made, ignore_errors=True)
        raise


def _check_names(command: CreateVault) -> None:
    for name, value, most in (
        ("municipality", command.municipality, _MOST_NAME),
        ("name", command.name, _MOST_NAME),
    ):
        if not value.strip() or len(value) > most:
            raise InvalidInputError(field=name, flaw="length")
    check_login(fold_login(command.login))


def _fill(folder: VaultFolder, command: CreateVault, environment: Environment) -> None:
    vault_id = command.prepared.vault_id
    code = parse_recovery_code(command.prepared.recovery_code, vault_id)
    recovery = RecoveryKeys(code, vault_id)
    signing = SigningKey.generate()
    secrets = Secrets(
        principal=uuid4(),
        vault_key=new_key(),
        exchange_key=ExchangeKey.generate().private,
        signing_key=signing.private,
        registrar=signing.public,
        recovery=recovery.signing.public,
    )
    file_key = FileKey(key=secrets.vault_key, salt=vault_id)
    create_file(folder.database, file_key)
    upgrade(folder.database, file_key, environment.scripts)
    with opening(folder, secrets, vault_id, environment) as vault:
        _found(vault, command, secrets, recovery)
        vault.empty_log()
        slot = make_slot(
            command.login,
            command.passphrase,
            secrets,
            vault_id=vault_id,
            cost=environment.cost(),
            policy=environment.kdf,
        )
        folder.write_keys(
            KeySlots(
                vault_id=vault_id,
                recovery=make_recovery_slot(
                    recovery,
                    vault_id=vault_id,
                    vault_key=secrets.vault_key,
                    registrar=secrets.registrar,
                ),
                slots={slot.login: with_seen(slot, vault.keyring.own, vault_id, present(vault))},
            )
        )
        vault.engine.dispose()
        vault.lock.release()
    clear_attempts(folder.attempts)


def _found(
    vault: OpenVault, command: CreateVault, secrets: Secrets, recovery: RecoveryKeys
) -> None:
    """Write the first roster, the group of everyone, the vault's own compartment and its seal."""
    account = new_account(
        secrets.principal, login=fold_login(command.login), name=command.name.strip()
    )
    me = Principal(
        id=secrets.principal,
        kind=PrincipalKind.USER,
        exchange_public=ExchangeKey(secrets.exchange_key).public,
        verify_public=SigningKey(secrets.signing_key).public,
        roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
        account=account.digest,
    )
    recovery_principal = Principal(
        id=uuid4(),
        kind=PrincipalKind.RECOVERY,
        exchange_public=recovery.exchange.public,
        verify_public=recovery.signing.public,
    )
    group_key = ExchangeKey.generate()
    everyone = Principal(id=uuid4(), kind=PrincipalKind.GROUP, exchange_public=group_key.public)
    roster = Roster(
        version=1,
        previous=vault.trust.digest,
        principals={one.id: one for one in (me, recovery_principal, everyone)},
        members={everyone.id: frozenset({me.id, recovery_principal.id})},
        signed_by=me.id,
    )
    with vault.work() as work:
        work.audit.begin()
        signed = work.replace_roster(roster)
        for member in (me, recovery_principal):
            work.rosters.admit(everyone, group_key, member)
        vault.keyring.learn(everyone.id, group_key)
        new_compartment(work, CompartmentKind.VAULT, holders=[everyone.id])
        work.accounts.add(account)
        work.accounts.set_municipality(command.municipality.strip())
        work.commit_anew(Action.VAULT_CREATED, me.id, digest=signed.digest)
    with vault.work() as work:
        digest = work.accounts.add_catalogue(
            load_catalogue(vault.environment.catalogue)[1],
            author=me.id,
            signing=SigningKey(secrets.signing_key),
        )
        work.commit(Action.CATALOGUE_CHANGED, UUID(bytes=vault.trust.vault_id), digest=digest)
    with vault.work() as work:
        laid_down = lay_down_seal(work, command.prepared.seal)
        work.commit(Action.SEAL_MADE, me.id, digest=laid_down.digest)
    vault.keyring.learn(laid_down.group.id, laid_down.key)
