"""Examples of the use cases that exchange what is prepared with other vaults."""

from dataclasses import replace
from uuid import UUID

from tests.packets import AGENDA, LINE, Side, packet
from tests.services.examples.row import SARA_THERE, Ground, Row, Stage, certified_sara
from trygga_desktop.crypto.key_files import write_key_file
from trygga_desktop.crypto.packets import seal_packet
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.packets import Part
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.packets import MakePacket, make_packet, read_outgoing
from trygga_desktop.services.packets_in import TakeIn, read_packet, take_in_packet, take_in_plan
from trygga_desktop.services.partners import (
    certify_partner,
    hand_out_keys,
    read_offered_keys,
    read_partners,
    retire_partner,
)
from trygga_desktop.services.vault import OpenVault

WORK, MANAGE = Permission.WORK_IN_CASE, Permission.MANAGE_ACCOUNTS
ULF = Side("Ulf Ask", 3)


def packet_for(vault: OpenVault, part: Part = AGENDA) -> bytes:
    """Return a packet from Sara: an item of a template that nobody here knows, or another part."""
    me = vault.keyring.principal
    own = Side("Karin Ek", 1, exchange=vault.keyring.exchange(me))
    address = replace(own.keys.address, vault_id=vault.trust.vault_id, user_id=me)
    made = replace(packet(SARA_THERE, own, part), receiver=address)
    return seal_packet(made, sender=SARA_THERE.signing, receiver=own.keys)


def taking(vault: OpenVault, ground: Ground) -> TakeIn:
    """Return that nothing of it can be taken in."""
    return TakeIn(
        case_id=ground.case_id,
        data=packet_for(vault),
        accepted=frozenset(),
        refused=frozenset(),
        is_same_person=True,
    )


def taking_line(vault: OpenVault, ground: Ground) -> TakeIn:
    """Return that a line of the plan is taken in."""
    accepted = frozenset({LINE.key})
    return replace(taking(vault, ground), data=packet_for(vault, LINE), accepted=accepted)


EXAMPLES = {
    "take_in_plan": Row(
        Action.PLAN_TAKEN_IN,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: take_in_plan(taking_line(vault, on), vault=vault),
        Stage.CONSENT,
    ),
    "read_partners": Row(
        Action.PARTNERS_READ,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: read_partners(vault=vault),
    ),
    "hand_out_keys": Row(
        Action.KEYS_HANDED_OUT,
        Changes(),
        WORK,
        lambda vault, _: hand_out_keys(vault=vault),
    ),
    "read_offered_keys": Row(
        Action.PARTNERS_READ,
        Changes(),
        MANAGE,
        lambda vault, _: read_offered_keys(write_key_file(ULF.keys, ULF.signing), vault=vault),
    ),
    "certify_partner": Row(
        Action.PARTNER_CERTIFIED,
        Changes(partners=True),
        MANAGE,
        lambda vault, _: certify_partner(
            certified_sara(UUID(bytes=vault.trust.vault_id)), vault=vault
        ),
    ),
    "retire_partner": Row(
        Action.PARTNER_RETIRED,
        Changes(partners=True),
        MANAGE,
        lambda vault, on: retire_partner(on.partner_id, vault=vault),
        Stage.FAMILY,
    ),
    "read_outgoing": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_outgoing(on.case_id, on.meeting_id, on.partner_id, vault=vault),
        Stage.PLANNED,
    ),
    "make_packet": Row(
        Action.PACKET_MADE,
        Changes(meetings=True),
        WORK,
        lambda vault, on: make_packet(
            MakePacket(
                case_id=on.case_id,
                meeting_id=on.meeting_id,
                partner_id=on.partner_id,
                chosen=frozenset({f"agenda {on.agenda_id}"}),
            ),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "read_packet": Row(
        Action.PACKET_READ,
        Changes(),
        WORK,
        lambda vault, on: read_packet(on.case_id, packet_for(vault), vault=vault),
        Stage.FAMILY,
    ),
    "take_in_packet": Row(
        Action.PACKET_TAKEN_IN,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: take_in_packet(taking(vault, on), vault=vault),
        Stage.FAMILY,
    ),
}
