"""Two vaults with a case of one young person in each, whose users have certified each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASES, MadeVault
from tests.costs import prepared_vault
from tests.people import (
    Family,
    planned_meeting,
    signed_case,
)
from trygga_desktop.crypto.packets import seal_packet, unseal_packet
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import PacketRefusedError
from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.domain.packets import PacketFlaw, Part, PartKind
from trygga_desktop.domain.plan import PlanLine
from trygga_desktop.services.case_files import RecordStatement, record_statement
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.meetings import AddAgendaItem, add_agenda_item
from trygga_desktop.services.packets import (
    MakePacket,
    Outgoing,
    OutgoingPart,
    make_packet,
    read_outgoing,
)
from trygga_desktop.services.packets_in import (
    Incoming,
    IncomingPart,
    TakeIn,
    is_line,
    read_packet,
    take_in_packet,
    take_in_plan,
)
from trygga_desktop.services.partners import (
    CertifyPartner,
    certify_partner,
    hand_out_keys,
    own_keys,
)
from trygga_desktop.services.plan_versions import is_complete, versions_of
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import KeepPlan, keep_plan
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.voices import RecordVoice, record_voice


@dataclass(slots=True)
class Side:
    """One vault, its case, and whom the other vault is to it; `school` is whom they speak for."""

    vault: OpenVault
    family: Family
    partner: UUID

    @property
    def case_id(self) -> UUID:
        """The case of the young person here."""
        return self.family.case_id


def another_vault(made: MadeVault) -> MadeVault:
    """Make a second vault beside the first, with one user in it."""
    prepared = prepared_vault()
    folder = made.folder.with_name("Annanstad.trygga")
    command = CreateVault(
        folder=folder,
        municipality="Annanstad",
        login="ke",
        name="Kerstin Ek",
        passphrase=PASSPHRASES["ke"],
        prepared=prepared,
    )
    create_vault(command, environment=made.environment)
    return replace(made, folder=folder, code=prepared.recovery_code, vault_id=prepared.vault_id)


def certify(vault: OpenVault, other: OpenVault, organisation_id: UUID) -> UUID:
    """Take up the keys of the other vault's user, with the words they read aloud."""
    keys = hand_out_keys(vault=other).value
    command = CertifyPartner(
        data=keys.data,
        organisation_id=organisation_id,
        told=keys.fingerprint.words,
        is_bound=True,
    )
    return certify_partner(command, vault=vault).value


def two_sides(here: OpenVault, there: OpenVault) -> tuple[Side, Side]:
    """Open a case in each vault, with consent, and let both sides certify each other."""
    sides = []
    for vault, other in ((here, there), (there, here)):
        family = signed_case(vault)
        sides.append(Side(vault, family, certify(vault, other, family.school)))
    return sides[0], sides[1]


def prepared(side: Side) -> UUID:
    """Plan a meeting with an item that somebody wrote, the young person's words and a statement."""
    vault, family = side.vault, side.family
    meeting_id = planned_meeting(vault, family)
    title = AddAgendaItem(meeting_id=meeting_id, title="Resan till lägret", category="leisure")
    add_agenda_item(title, vault=vault)
    said(side, meeting_id, "Jag vill spela fotboll.")
    statement(side, "Elias har ny tränare.")
    return meeting_id


def said(side: Side, meeting_id: UUID, words: str) -> None:
    """Record what the young person said before the meeting."""
    command = RecordVoice(
        meeting_id=meeting_id, words=words, told_by=ToldBy.SELF, not_raised="Inte pappa."
    )
    record_voice(command, vault=side.vault)


def statement(side: Side, text: str, category: str = "leisure", **fields: UUID) -> UUID:
    """Record something that was told about the young person."""
    command = RecordStatement(
        case_id=side.case_id,
        origin_id=fields.get("origin"),
        category=category,
        about=frozenset({fields.get("about", side.family.subject)}),
        text=text,
    )
    return record_statement(command, vault=side.vault).value


def plan(side: Side, *lines: PlanLine, based_on: int = 0) -> None:
    """Keep a version of the plan with these lines; one that lies here stays whose it is."""
    with side.vault.work() as work:
        known = {line.id: line for one in versions_of(work, side.case_id) for line in one.lines}
    told = tuple(
        replace(one, origin_id=known[one.id].origin_id) if one.id in known else one for one in lines
    )
    command = KeepPlan(case_id=side.case_id, based_on=based_on, lines=told)
    keep_plan(command, vault=side.vault)


def plan_of(side: Side) -> dict[UUID, str]:
    """Return the words of the newest version of the plan, by the ids of its lines."""
    found = read_plan(side.case_id, vault=side.vault).value
    with side.vault.work() as work:
        assert is_complete(work, side.case_id, versions_of(work, side.case_id))
        newest = versions_of(work, side.case_id)[-1:]
    assert found is not None
    return {one.id: one.words for version in newest for one in version.lines}


def outgoing(side: Side, meeting_id: UUID | None) -> Outgoing:
    """Return what can be sent."""
    return read_outgoing(side.case_id, meeting_id, side.partner, vault=side.vault).value


def leaving(side: Side, meeting_id: UUID | None) -> list[OutgoingPart]:
    """Return the parts that may leave."""
    return [one for one in outgoing(side, meeting_id).parts if one.may_leave]


def send(
    side: Side,
    meeting_id: UUID | None,
    chosen: Iterable[str] | None = None,
    *,
    tells_number: bool = False,
) -> bytes:
    """Make a packet of these parts, or of all that may leave."""
    keys = {one.key for one in leaving(side, meeting_id)} if chosen is None else chosen
    command = MakePacket(
        case_id=side.case_id,
        meeting_id=meeting_id,
        partner_id=side.partner,
        chosen=frozenset(keys),
        tells_number=tells_number,
    )
    return make_packet(command, vault=side.vault).value.data


def look(side: Side, data: bytes) -> Incoming:
    """Return what a packet holds for the case here."""
    return read_packet(side.case_id, data, vault=side.vault).value


def take(side: Side, data: bytes, *, refuse: Callable[[IncomingPart], bool] | None = None) -> None:
    """Take in all of a packet but what is to be refused."""
    asked = [one for one in look(side, data).parts if one.must_be_answered]
    refused = {one.key for one in asked if refuse is not None and refuse(one)}
    command = TakeIn(
        case_id=side.case_id,
        data=data,
        accepted=frozenset({one.key for one in asked} - refused),
        refused=frozenset(refused),
        is_same_person=True,
    )
    if any(map(is_line, command.accepted)):
        take_in_plan(command, vault=side.vault)
    take_in_packet(command, vault=side.vault)


def flaw_of(action: Callable[[], object]) -> PacketFlaw:
    """Return why a packet is refused."""
    with pytest.raises(PacketRefusedError) as caught:
        action()
    return caught.value.flaw


def texts(part: OutgoingPart | IncomingPart) -> dict[str, str]:
    """Return the fields of a part by their names."""
    told = part.fields if isinstance(part, OutgoingPart) else part.after
    return {one.name: one.text for one in told}


def only(parts: Iterable[IncomingPart], kind: PartKind) -> list[IncomingPart]:
    """Return the parts of one kind."""
    return [one for one in parts if one.kind is kind]


def logged(side: Side) -> list[Action]:
    """Return what stands in the log of a side."""
    with side.vault.work() as work:
        return [one.action for one in work.audit.entries()]


def forged(
    sender: Side, receiver: Side, data: bytes, change: Callable[[Part], Part | None]
) -> bytes:
    """Return a packet of a certified sender whose parts say what the program never would."""
    exchange = receiver.vault.keyring.exchange(receiver.vault.keyring.principal)
    packet = unseal_packet(data, exchange).read(own_keys(sender.vault))
    parts = tuple(one for one in map(change, packet.parts) if one is not None)
    told = replace(packet, parts=parts)
    return seal_packet(told, sender=sender.vault.keyring.signing, receiver=own_keys(receiver.vault))
