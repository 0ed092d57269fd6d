"""Invented partners and packets for tests."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from uuid import UUID

from trygga_desktop.crypto.packets import seal_packet
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.packets import Packet, Part, PartKind, Prepared, Provenance, Whose
from trygga_desktop.domain.partners import Address, PublicKeys


@dataclass(frozen=True, slots=True)
class Side:
    """One user of one vault, with the private keys too."""

    name: str
    number: int
    exchange: ExchangeKey = field(default_factory=ExchangeKey.generate)
    signing: SigningKey = field(default_factory=SigningKey.generate)

    @property
    def keys(self) -> PublicKeys:
        """What this side hands out."""
        return PublicKeys(
            address=Address(vault_id=bytes([self.number]) * 16, user_id=UUID(int=self.number)),
            name=self.name,
            municipality="Annanstad",
            exchange_public=self.exchange.public,
            verify_public=self.signing.public,
        )


STATEMENT = Part(
    kind=PartKind.STATEMENT,
    id=UUID(int=7),
    fields={"text": "Elias åker moped till träningen."},
    source=Provenance(
        whose=Whose.SENDER, category="leisure", known_on=date(2026, 11, 26), kind="statement"
    ),
    seen=("ab" * 16,),
)
AGENDA = Part(
    kind=PartKind.AGENDA,
    id=UUID(int=8),
    fields={"title": "Fritiden", "question": "", "minutes": "10"},
    source=Provenance(whose=Whose.SENDER, category="leisure", known_on=date(2026, 11, 26)),
)
PROMISE = Part(
    kind=PartKind.COMMITMENT,
    id=UUID(int=10),
    fields={
        "text": "Fritidsgården ringer tränaren.",
        "responsible": "Amir Haddad",
        "due_on": "2026-12-10",
        "state": "not_started",
        "reason": "",
    },
    source=Provenance(
        whose=Whose.SENDER,
        category="leisure",
        known_on=date(2026, 11, 26),
        kind="action",
        speaks=Whose.RECEIVER,
    ),
)
LINE = Part(
    kind=PartKind.PLAN_LINE,
    id=UUID(int=9),
    fields={
        **dict.fromkeys(("term", "sign", "own_part", "responsible", "due_on", "follow_up_on"), ""),
        "words": "Elias går till skolan varje dag.",
    },
    source=Provenance(
        whose=Whose.SENDER,
        category="plan",
        known_on=date(2026, 11, 26),
        kind="goal",
        area="school",
    ),
)


def packet(sender: Side, receiver: Side, *parts: Part) -> Packet:
    """Return a packet from one side to the other, with two parts if none are given."""
    return Packet(
        id=UUID(int=99),
        number=1,
        made_at=datetime(2026, 11, 26, 7, 0, tzinfo=UTC),
        sender=sender.keys.address,
        receiver=receiver.keys.address,
        case_here=UUID(int=5),
        case_number="2026-0001",
        meeting=Prepared(
            id=UUID(int=6),
            template="samverkan",
            starts_at=datetime(2026, 12, 3, 14, 0, tzinfo=UTC),
            minutes=60,
        ),
        parts=parts or (STATEMENT, AGENDA),
        name="Elias Demosson",
    )


def sealed(sender: Side, receiver: Side, *parts: Part) -> bytes:
    """Return the file of such a packet."""
    made = packet(sender, receiver, *parts)
    return seal_packet(made, sender=sender.signing, receiver=receiver.keys)


def with_text(part: Part, text: str) -> Part:
    """Return a statement with another text."""
    return replace(part, fields={**part.fields, "text": text})
