"""The file that a packet is: for one receiver's key alone, and signed by one sender.

`magic | version | whom it is for | length | HPKE(who sent it | signature | canonical JSON)`. All
that stands before the ciphertext is bound to it, and nothing may stand behind it.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.domain.errors import PacketRefusedError, TamperedError
from trygga_desktop.domain.packets import (
    FORM,
    MOST_BYTES,
    Packet,
    PacketFlaw,
    Part,
    from_plain,
    to_plain,
)
from trygga_desktop.domain.partners import PublicKeys

# As in a PNG: a transfer that changes line ends or stops at a control character is noticed.
_MAGIC = b"TRYGGA-PKT\r\n\x1a\n\x00\x00"
_VERSION_BYTES = 2
_NAME_BYTES = 16
_LENGTH_BYTES = 4
_VERSION_AT = len(_MAGIC)
_NAME_AT = _VERSION_AT + _VERSION_BYTES
_LENGTH_AT = _NAME_AT + _NAME_BYTES
_CIPHERTEXT_AT = _LENGTH_AT + _LENGTH_BYTES
_SIGNATURE_BYTES = 64
_BODY_AT = _NAME_BYTES + _SIGNATURE_BYTES
# The key of HPKE for X25519, and the tag of AES-256-GCM.
_OVERHEAD = 32 + 16
_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True)
class Unsealed:
    """What a file holds that was made for us; nobody has yet been asked who made it."""

    sender: bytes
    _form: int
    _signature: bytes
    _receiver: bytes
    _body: bytes = field(repr=False)

    def read(self, sender: PublicKeys) -> Packet:
        """Return the packet; raise PacketRefusedError unless exactly this sender signed it."""
        statement = _statement(sender.verify_public, self._receiver, self._body)
        try:
            verify([sender.verify_public], self._signature, statement)
        except TamperedError:
            raise PacketRefusedError(PacketFlaw.ALTERED) from None
        packet = _read(self._body)
        if packet.form > self._form:
            raise PacketRefusedError(PacketFlaw.UNREADABLE)
        return packet


def seal_packet(packet: Packet, *, sender: SigningKey, receiver: PublicKeys) -> bytes:
    """Return the file that only this receiver opens.

    Raise PacketRefusedError for a packet that is too large, TamperedError for a key that is none.
    """
    body = to_canonical(to_plain(packet))
    signature = sender.sign(_statement(sender.public, receiver.exchange_public, body))
    inner = name_of(sender.public) + signature + body
    length = len(inner) + _OVERHEAD
    if _CIPHERTEXT_AT + length > MOST_BYTES:
        raise PacketRefusedError(PacketFlaw.TOO_LARGE)
    head = b"".join(
        (
            _MAGIC,
            packet.form.to_bytes(_VERSION_BYTES, "big"),
            name_of(receiver.exchange_public),
            length.to_bytes(_LENGTH_BYTES, "big"),
        )
    )
    return head + wrap(inner, receiver.exchange_public, _context(head))


def unseal_packet(data: bytes, exchange: ExchangeKey) -> Unsealed:
    """Return what a file holds for us; raise PacketRefusedError with the reason."""
    if len(data) > MOST_BYTES:
        raise PacketRefusedError(PacketFlaw.TOO_LARGE)
    if len(data) < _CIPHERTEXT_AT or not data.startswith(_MAGIC):
        raise PacketRefusedError(PacketFlaw.NOT_A_PACKET)
    form = int.from_bytes(data[_VERSION_AT:_NAME_AT], "big")
    if not 0 < form <= FORM:
        raise PacketRefusedError(PacketFlaw.OTHER_VERSION)
    if data[_NAME_AT:_LENGTH_AT] != name_of(exchange.public):
        raise PacketRefusedError(PacketFlaw.FOR_SOMEBODY_ELSE)
    head, ciphertext = data[:_CIPHERTEXT_AT], data[_CIPHERTEXT_AT:]
    if len(ciphertext) != int.from_bytes(head[_LENGTH_AT:], "big"):
        raise PacketRefusedError(PacketFlaw.ALTERED)
    try:
        inner = exchange.unwrap(ciphertext, _context(head))
    except TamperedError:
        raise PacketRefusedError(PacketFlaw.ALTERED) from None
    return Unsealed(
        inner[:_NAME_BYTES],
        form,
        inner[_NAME_BYTES:_BODY_AT],
        exchange.public,
        inner[_BODY_AT:],
    )


def name_of(public: bytes) -> bytes:
    """Return the short name of a public key, by which a packet says whom it is for."""
    return sha256(b"trygga-packet-key-1" + public).digest()[:_NAME_BYTES]


def digest_of_file(data: bytes) -> bytes:
    """Return what the log remembers of a packet, so that none is taken in twice."""
    return sha256(data).digest()


def digest_of_part(part: Part) -> str:
    """Return 32 hex digits that stand for what two sides compare of a part."""
    compared = ["trygga-packet-part-1", part.kind.value, str(part.id), dict(part.fields)]
    return sha256(to_canonical(compared)).hexdigest()[: 2 * _DIGEST_BYTES]


def _read(body: bytes) -> Packet:
    """Return the packet; whoever signed it may still have signed anything."""
    try:
        plain = from_canonical(body)
        # One spelling for each packet: no name twice, no fraction, nothing that readers skip.
        if to_canonical(plain) != body:
            raise PacketRefusedError(PacketFlaw.UNREADABLE)
        return from_plain(plain)
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError):
        raise PacketRefusedError(PacketFlaw.UNREADABLE) from None


def _context(head: bytes) -> Statement:
    return ("trygga-packet-1", head.hex())


def _statement(sender: bytes, receiver: bytes, body: bytes) -> Statement:
    """Return what is signed: with the receiver in it nobody passes the packet on as theirs."""
    return ("trygga-packet-1", sender.hex(), receiver.hex(), sha256(body).hexdigest())
