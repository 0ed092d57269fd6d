"""Use cases for whom packets are exchanged with: one's own keys, and those of others, certified."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trygga_desktop.crypto.key_files import (
    fingerprint_of_keys,
    read_key_file,
    write_key_file,
)
from trygga_desktop.documents.fingerprint import in_groups, in_words, is_same
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.partners import (
    MOST_NAME,
    Address,
    Partner,
    PublicKeys,
    id_of,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The fingerprint of somebody's keys as people compare it: six words, or digits in groups."""

    words: str
    digits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPartner:
    """Somebody whose keys were certified, for whom they speak, and since when."""

    id: UUID
    name: str
    municipality: str
    organisation_id: UUID
    organisation: str
    fingerprint: Fingerprint
    at: datetime
    certified_by: str
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChoice:
    """An organisation of the directory that somebody can speak for; `kind` is its agency's code."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerList:
    """Everyone whose keys were certified, one's own fingerprint, and whom others can speak for."""

    mine: Fingerprint
    partners: tuple[KnownPartner, ...]
    organisations: tuple[OrganisationChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """One's own keys as a file for another vault, and a name for it that names nobody."""

    data: bytes
    file_name: str
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedKeys:
    """What a file of keys says. Nobody vouches for it yet.

    `replaces` tells that others of the same user were certified before.
    """

    name: str
    municipality: str
    fingerprint: Fingerprint
    replaces: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifyPartner:
    """A file of keys, for whom its owner speaks, and the fingerprint as its owner read it aloud.

    `told` is what was heard: the six words, or at least 20 of the digits. `is_bound` tells that its
    owner has confirmed the duty of confidentiality that the organisation is under.
    """

    data: bytes
    organisation_id: UUID
    told: str
    is_bound: bool


@use_case(Permission.USE_VAULT)
def read_partners(*, vault: OpenVault) -> Done[PartnerList]:
    """Return whom packets can be exchanged with, retired ones too."""
    with vault.work() as work:
        directory = directory_of(vault, work)
        accounts = {one.id: one.name for one in work.accounts.all(work.roster)}
        named = {one.id: one.name_on(work.today) for one in directory.organisations}
        found = PartnerList(
            mine=_fingerprint(own_keys(vault)),
            partners=tuple(_known(one, named, accounts) for one in work.partners.all()),
            organisations=tuple(
                OrganisationChoice(id=one.id, name=named[one.id], kind=one.kind)
                for one in sorted(directory.organisations, key=lambda one: (one.kind, one.name))
                if not one.retired
            ),
        )
        work.commit(Action.PARTNERS_READ, vault.keyring.principal)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def hand_out_keys(*, vault: OpenVault) -> Done[KeyFile]:
    """Return one's own public keys as a file for another vault.

    The log has it before anybody has the file. Raise InvalidInputError for a name of one's own, or
    of the municipality, that no such file can hold.
    """
    with vault.work() as work:
        keys = own_keys(vault)
        data = write_key_file(keys, vault.keyring.signing)
        read_key_file(data)
        work.commit(Action.KEYS_HANDED_OUT, vault.keyring.principal)
    made = KeyFile(data=data, file_name="nycklar.trygga-keys", fingerprint=_fingerprint(keys))
    return Done(made)


@use_case(Permission.MANAGE_ACCOUNTS)
def read_offered_keys(data: bytes, *, vault: OpenVault) -> Done[OfferedKeys]:
    """Return what a file of keys says, for both sides to compare its fingerprint aloud.

    Raise InvalidInputError (field `file`) for what is none, and for keys of this vault.
    """
    keys = _read(data, vault)
    with vault.work() as work:
        replaces = work.partners.find(id_of(keys.address)) is not None
        work.commit(Action.PARTNERS_READ, id_of(keys.address))
    offered = OfferedKeys(
        name=keys.name,
        municipality=keys.municipality,
        fingerprint=_fingerprint(keys),
        replaces=replaces,
    )
    return Done(offered)


@use_case(Permission.MANAGE_ACCOUNTS)
def certify_partner(command: CertifyPartner, *, vault: OpenVault) -> Done[UUID]:
    """Vouch for somebody's keys, once the fingerprint that they read aloud is that of the file.

    Keys that were certified before for the same user count no more. Raise InvalidInputError with
    the field and its flaw: a file that is none, or of this vault, a fingerprint that is another,
    an organisation that is not known, a duty of confidentiality that was not confirmed.
    """
    keys = _read(command.data, vault)
    if not is_same(fingerprint_of_keys(keys), command.told):
        flaw = "different" if command.told.strip() else "missing"
        raise InvalidInputError(field="told", flaw=flaw)
    if not command.is_bound:
        raise InvalidInputError(field="is_bound", flaw="missing")
    with vault.work() as work:
        organisation = directory_of(vault, work).organisation(command.organisation_id)
        if organisation is None or organisation.retired:
            raise InvalidInputError(field="organisation", flaw="unknown")
        partner = Partner(
            keys=keys,
            organisation_id=organisation.id,
            certified_by=vault.keyring.principal,
            at=work.at,
            version=work.partners.versions(id_of(keys.address)) + 1,
        )
        digest = work.partners.add(partner)
        work.commit(Action.PARTNER_CERTIFIED, partner.id, digest=digest)
    return Done(partner.id, Changes(partners=True))


@use_case(Permission.MANAGE_ACCOUNTS)
def retire_partner(partner_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Send somebody nothing from now on, and take nothing of theirs in.

    What was sent before stays with them. Raise InvalidInputError for somebody who is not known.
    """
    with vault.work() as work:
        partner = work.partners.find(partner_id)
        if partner is None or partner.retired:
            raise InvalidInputError(field="partner", flaw="unknown")
        retired = replace(
            partner,
            retired=True,
            certified_by=vault.keyring.principal,
            at=work.at,
            version=work.partners.versions(partner_id) + 1,
        )
        digest = work.partners.add(retired)
        work.commit(Action.PARTNER_RETIRED, partner_id, digest=digest)
    return Done(None, Changes(partners=True))


def own_keys(vault: OpenVault) -> PublicKeys:
    """Return one's own public keys, with the names that the vault has for us."""
    me = vault.keyring.principal
    return PublicKeys(
        address=Address(vault_id=vault.trust.vault_id, user_id=me),
        name=vault.my_name.strip()[:MOST_NAME],
        municipality=vault.municipality.strip()[:MOST_NAME],
        exchange_public=vault.keyring.exchange(me).public,
        verify_public=vault.keyring.signing.public,
    )


def _read(data: bytes, vault: OpenVault) -> PublicKeys:
    keys = read_key_file(data)
    if keys.address.vault_id == vault.trust.vault_id:
        raise InvalidInputError(field="file", flaw="own")
    return keys


def _fingerprint(keys: PublicKeys) -> Fingerprint:
    fingerprint = fingerprint_of_keys(keys)
    return Fingerprint(words=in_words(fingerprint), digits=in_groups(fingerprint, 40))


def _known(
    partner: Partner, organisations: dict[UUID, str], accounts: dict[UUID, str]
) -> KnownPartner:
    return KnownPartner(
        id=partner.id,
        name=partner.keys.name,
        municipality=partner.keys.municipality,
        organisation_id=partner.organisation_id,
        organisation=organisations.get(partner.organisation_id, ""),
        fingerprint=_fingerprint(partner.keys),
        at=partner.at,
        certified_by=accounts.get(partner.certified_by, ""),
        retired=partner.retired,
    )


def in_force(partners: Iterable[Partner]) -> tuple[Partner, ...]:
    """Return those who were not retired."""
    return tuple(one for one in partners if not one.retired)
