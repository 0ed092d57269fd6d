"""The rule data of a vault: copied into it when it is made, and changed there."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import (
    FILES,
    Catalogue,
    CatalogueError,
    Flaw,
    UnknownCodeError,
    from_plain,
    read_catalogue,
    to_plain,
)
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.grounds import LegalGround, Mode
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault, Rules
from trygga_desktop.storage.stores.accounts import CatalogueVersion
from trygga_desktop.storage.work import UnitOfWork

LONGEST_CONFIRMATION = 500
"""What the name of whoever confirmed a text, or its source, may have at most in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmGround:
    """Somebody who knows the law has read the text of a ground, and it is right.

    `confirmed_by` is a name and a position, `confirmed_on` the day on which it was read, and
    `source` where the provision stands as it was read.
    """

    ground: str
    confirmed_by: str
    confirmed_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundText:
    """A ground as it stands now, and as it was confirmed before, the newest first."""

    ground: LegalGround
    earlier: tuple[LegalGround, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundTexts:
    """The grounds other than consent, and the rules that they are a part of."""

    texts: tuple[GroundText, ...]
    catalogue: Catalogue
    today: date


@use_case(Permission.MANAGE_RULES)
def read_ground_texts(*, vault: OpenVault) -> Done[GroundTexts]:
    """Return the grounds and who confirmed each.

    Raise TamperedError where the rules are not those that were laid down.
    """
    with vault.work() as work:
        versions = work.accounts.catalogue_versions(work.trust)
        catalogue = catalogue_of(vault, work)
        before = [from_plain(one.tables) for one in versions[:-1]]
        found = GroundTexts(
            texts=tuple(
                GroundText(ground=one, earlier=_earlier(one, before))
                for one in catalogue.legal_grounds
                if one.mode is not Mode.CONSENT
            ),
            catalogue=catalogue,
            today=work.today,
        )
        work.commit(Action.CATALOGUE_READ, _id_of(vault))
    return Done(found)


@use_case(Permission.MANAGE_RULES)
def confirm_ground(command: ConfirmGround, *, vault: OpenVault) -> Done[None]:
    """Store that the text of a ground was confirmed, in a new version of the rules.

    What was confirmed before stays in the version before. Raise InvalidInputError for a ground
    that is not known or needs no confirmation, for a name or a source that is missing, too long or
    cannot be stored, and for a day that is to come; TamperedError where the rules are not those
    that were laid down.
    """
    told = {
        "confirmed_by": " ".join(command.confirmed_by.split()),
        "confirmed_source": " ".join(command.source.split()),
    }
    for field, text in told.items():
        if not text:
            raise InvalidInputError(field=field, flaw="missing")
        if len(text) > LONGEST_CONFIRMATION:
            raise InvalidInputError(field=field, flaw="length")
    with vault.work() as work:
        if command.confirmed_on > work.today:
            raise InvalidInputError(field="confirmed_on", flaw="future")
        work.accounts.catalogue_versions(work.trust)
        catalogue = catalogue_of(vault, work)
        ground = _unverified(catalogue, command.ground)
        confirmed = replace(
            ground,
            confirmed_by=told["confirmed_by"],
            confirmed_on=command.confirmed_on,
            confirmed_source=told["confirmed_source"],
        )
        digest = work.accounts.add_catalogue(
            _tables_with(catalogue, confirmed),
            author=vault.keyring.principal,
            signing=vault.keyring.signing,
        )
        work.commit(Action.CATALOGUE_CHANGED, _id_of(vault), digest=digest)
        vault.rules = None
    return Done(None, Changes(settings=True))


def _unverified(catalogue: Catalogue, code: str) -> LegalGround:
    try:
        ground = catalogue.legal_ground(code)
    except UnknownCodeError:
        raise InvalidInputError(field="ground", flaw="unknown") from None
    if not ground.unverified:
        raise InvalidInputError(field="ground", flaw="verified")
    return ground


def _tables_with(catalogue: Catalogue, ground: LegalGround) -> dict[str, dict[str, object]]:
    grounds = tuple(ground if one.code == ground.code else one for one in catalogue.legal_grounds)
    tables = to_plain(replace(catalogue, legal_grounds=grounds))
    try:
        # Rules that cannot be read again would close sharing in every case.
        from_plain(tables)
    except CatalogueError as error:
        raise InvalidInputError(field=error.field, flaw="form") from None
    return tables


def _earlier(ground: LegalGround, before: Sequence[Catalogue]) -> tuple[LegalGround, ...]:
    """Return the ground as it was confirmed in earlier rules, without what stands there now."""
    found: list[LegalGround] = []
    for catalogue in before:
        known = [one for one in catalogue.legal_grounds if one.code == ground.code]
        found += [one for one in known if one.is_confirmed and one != ground and one not in found]
    return tuple(reversed(found))


def load_catalogue(folder: Path) -> tuple[Catalogue, dict[str, dict[str, object]]]:
    """Return the rule data of a folder, and its tables as values that JSON can hold.

    Raise CatalogueError, which names the file and the entry, for what is missing or wrong.
    """
    paths = {name: folder / f"{name}.toml" for name in FILES}
    tables = {name: _table(name, path) for name, path in paths.items() if path.is_file()}
    catalogue = read_catalogue(tables)
    return catalogue, to_plain(catalogue)


def catalogue_of(vault: OpenVault, work: UnitOfWork) -> Catalogue:
    """Return the rule data of the vault; that which ships with the program before it has its own.

    It is read once between unlock and lock. What ships also takes the place of rules that somebody
    changed who may not: the own file stays readable, and `has_its_rules` tells that nothing is
    shared by them.
    """
    return _rules(vault, work).catalogue


def has_its_rules(vault: OpenVault, work: UnitOfWork) -> bool:
    """Tell whether the rules are those that were laid down: they say whose consent is needed."""
    if vault.rules is not None:
        return vault.rules.hold
    # They are read when they are first needed, which is not yet so at the unlock.
    _, hold = _laid_down(work)
    return hold


def _rules(vault: OpenVault, work: UnitOfWork) -> Rules:
    if vault.rules is None:
        versions, hold = _laid_down(work)
        catalogue = (
            from_plain(versions[-1].tables)
            if versions
            else load_catalogue(vault.environment.catalogue)[0]
        )
        vault.rules = Rules(catalogue=catalogue, hold=hold)
    return vault.rules


def _laid_down(work: UnitOfWork) -> tuple[tuple[CatalogueVersion, ...], bool]:
    """Return the vault's own rules, if it has any to go by, and whether nobody changed them."""
    try:
        return work.accounts.catalogue_versions(work.trust), True
    except TamperedError:
        return (), False


def _id_of(vault: OpenVault) -> UUID:
    return UUID(bytes=vault.trust.vault_id)


def _table(name: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        # No TOML, or no UTF-8.
        raise CatalogueError(file=name, flaw=Flaw.WRONG_FORM) from None
