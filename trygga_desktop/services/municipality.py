"""Use case of the name under which the owner of the vault stands in the head of documents."""

import unicodedata
from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault

LONGEST_MUNICIPALITY = 200
"""Characters of the name at most, as when the vault is made."""


@dataclass(frozen=True, slots=True)
class ChangeMunicipality:
    """What the municipality or unit is called from now on."""

    name: str


@use_case(Permission.MANAGE_RULES)
def change_municipality(command: ChangeMunicipality, *, vault: OpenVault) -> Done[None]:
    """Store the name for whatever is composed from now on.

    What was sealed keeps the one it has, and so does the certificate of the seal until there is a
    new one. Raise InvalidInputError for a name that is missing, too long, the one there is, or
    holds characters that nobody sees.
    """
    name = " ".join(unicodedata.normalize("NFC", command.name).split())
    flaw = _flaw(name, before=vault.municipality)
    if flaw:
        raise InvalidInputError(field="municipality", flaw=flaw)
    with vault.work() as work:
        work.accounts.change_municipality(
            name, author=vault.keyring.principal, signing=vault.keyring.signing
        )
        work.commit(Action.MUNICIPALITY_CHANGED, UUID(bytes=vault.trust.vault_id))
        vault.municipality = name
    return Done(None, Changes(settings=True, directory=True))


def _flaw(name: str, *, before: str) -> str:
    if not name:
        return "missing"
    if len(name) > LONGEST_MUNICIPALITY:
        return "length"
    # What turns the direction of the text, or is no character at all, is not printable either.
    if not name.isprintable():
        return "form"
    return "same" if name == before else ""
