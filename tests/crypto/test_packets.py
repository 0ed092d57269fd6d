"""A packet opens for its receiver, from its sender, as it left; anything else is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from tests.endurance.packets import try_packets
from tests.packets import PROMISE, STATEMENT, Side, packet, sealed, with_text
from trygga_desktop.crypto import packets
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.packets import (
    digest_of_part,
    name_of,
    seal_packet,
    unseal_packet,
)
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.domain.errors import PacketRefusedError
from trygga_desktop.domain.packets import (
    FIELDS,
    FORM,
    MOST_BYTES,
    Packet,
    PacketFlaw,
    Part,
    PartKind,
    to_plain,
)

KARIN, SARA, ULF = Side("Karin Ek", 1), Side("Sara Lind", 2), Side("Ulf Ask", 3)
HEAD = 38


def flaw_of(action: Callable[[], object]) -> PacketFlaw:
    """Return why something was refused."""
    with pytest.raises(PacketRefusedError) as caught:
        action()
    return caught.value.flaw


def flaw_of_file(data: bytes) -> PacketFlaw:
    """Return why Sara's vault refuses a file that Karin's is said to have made."""
    return flaw_of(lambda: unseal_packet(data, SARA.exchange).read(KARIN.keys))


def signed(body: bytes, *, by: Side = KARIN, to: Side = SARA, form: int = 1) -> bytes:
    """Return a file with any body, signed and encrypted as ours are."""
    statement = packets._statement(by.signing.public, to.exchange.public, body)  # noqa: SLF001  a sender who is certified can sign anything
    inner = name_of(by.signing.public) + by.signing.sign(statement) + body
    length = (len(inner) + 48).to_bytes(4, "big")
    magic, version = b"TRYGGA-PKT\r\n\x1a\n\x00\x00", form.to_bytes(2, "big")
    head = magic + version + name_of(to.exchange.public) + length
    return head + wrap(inner, to.exchange.public, ("trygga-packet-1", head.hex()))


def test_a_packet_for_somebody_else_is_refused_as_such() -> None:
    assert flaw_of_file(sealed(KARIN, ULF)) is PacketFlaw.FOR_SOMEBODY_ELSE


def test_a_packet_that_is_readdressed_is_refused() -> None:
    made = sealed(KARIN, ULF)
    readdressed = made[:18] + name_of(SARA.exchange.public) + made[34:]

    assert flaw_of_file(readdressed) is PacketFlaw.ALTERED


def test_a_packet_that_its_receiver_passes_on_is_refused() -> None:
    # Ulf takes out what Karin signed for him, and encrypts it for Sara.
    body = to_canonical(to_plain(packet(KARIN, ULF)))
    statement = packets._statement(KARIN.signing.public, ULF.exchange.public, body)  # noqa: SLF001  as he could
    inner = name_of(KARIN.signing.public) + KARIN.signing.sign(statement) + body
    head = sealed(KARIN, SARA)[:34] + (len(inner) + 48).to_bytes(4, "big")
    passed_on = head + wrap(inner, SARA.exchange.public, ("trygga-packet-1", head.hex()))

    assert flaw_of_file(passed_on) is PacketFlaw.ALTERED


def test_a_packet_that_somebody_else_signed_is_refused() -> None:
    assert flaw_of_file(sealed(ULF, SARA)) is PacketFlaw.ALTERED


@pytest.mark.parametrize("version", [0, FORM + 1, 65535])
def test_a_packet_of_another_version_is_refused_as_such(version: int) -> None:
    made = sealed(KARIN, SARA)
    other = made[:16] + version.to_bytes(2, "big") + made[18:]

    assert flaw_of_file(other) is PacketFlaw.OTHER_VERSION


REMOVED = Part(kind=PartKind.REMOVED_LINE, id=UUID(int=9), fields={}, source=STATEMENT.source)
ASKED = replace(PROMISE, fields={**PROMISE.fields, "follow_up_on": "2026-12-03"})
LINE = Part(
    kind=PartKind.PLAN_LINE,
    id=UUID(int=10),
    fields={name: "" for name in FIELDS[PartKind.PLAN_LINE] if name != "due_at"},
    source=replace(STATEMENT.source, kind="action"),
)
AT_HOUR = replace(LINE, fields={**LINE.fields, "due_on": "2026-12-04", "due_at": "14:30"})


@pytest.mark.parametrize(
    ("told", "form"),
    [
        (packet(KARIN, SARA), 1),
        (packet(KARIN, SARA, PROMISE), 1),
        (packet(KARIN, SARA, REMOVED), 2),
        (replace(packet(KARIN, SARA, REMOVED), meeting=None), 2),
        (packet(KARIN, SARA, ASKED), 3),
        (replace(packet(KARIN, SARA, ASKED), meeting=None), 3),
        (packet(KARIN, SARA, LINE), 1),
        (replace(packet(KARIN, SARA, LINE), meeting=None), 2),
        (packet(KARIN, SARA, LINE, ASKED), 3),
        (packet(KARIN, SARA, AT_HOUR), 4),
        (replace(packet(KARIN, SARA, AT_HOUR), meeting=None), 4),
    ],
)
def test_a_packet_has_the_first_form_that_can_tell_it_and_holds_nothing_newer(
    told: Packet, form: int
) -> None:
    made = seal_packet(told, sender=KARIN.signing, receiver=SARA.keys)

    assert int.from_bytes(made[16:18], "big") == form
    assert unseal_packet(made, SARA.exchange).read(KARIN.keys) == told
    for other in {*range(1, FORM + 1)} - {form}:
        changed = made[:16] + other.to_bytes(2, "big") + made[18:]
        assert flaw_of_file(changed) is PacketFlaw.ALTERED
    body = to_canonical(to_plain(told))
    for older in range(1, form):
        assert flaw_of_file(signed(body, form=older)) is PacketFlaw.UNREADABLE
    assert unseal_packet(signed(body, form=form), SARA.exchange).read(KARIN.keys) == told


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"TRYGGA-PKT\n\x1a\n\x00\x00" * 9, bytes(99)])
def test_what_is_no_packet_is_refused_as_such(data: bytes) -> None:
    assert flaw_of_file(data) is PacketFlaw.NOT_A_PACKET


@pytest.mark.parametrize(
    "change", [lambda made: made[:-1], lambda made: made + b"\0", lambda made: made[:HEAD]]
)
def test_a_packet_that_is_cut_or_longer_is_refused(change: Callable[[bytes], bytes]) -> None:
    assert flaw_of_file(change(sealed(KARIN, SARA))) is PacketFlaw.ALTERED


def test_a_huge_file_is_refused_unread() -> None:
    assert flaw_of_file(bytes(MOST_BYTES + 1)) is PacketFlaw.TOO_LARGE


def test_a_packet_too_large_to_be_read_is_not_made() -> None:
    much = with_text(STATEMENT, "x" * 1_999_999)
    parts = [replace(much, id=UUID(int=number)) for number in range(9)]
    made = packet(KARIN, SARA, *parts)

    refused = flaw_of(lambda: seal_packet(made, sender=KARIN.signing, receiver=SARA.keys))

    assert refused is PacketFlaw.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b"[" + b"0," * 100_000 + b"0]",
        b'{"id":1.5}',
        b"\xff\xfe",
    ],
    ids=["nothing", "cut", "null", "deep", "deep table", "long number", "many", "part", "no text"],
)
def test_whatever_a_certified_sender_signs_is_read_with_care(body: bytes) -> None:
    assert flaw_of_file(signed(body)) is PacketFlaw.UNREADABLE


def test_another_spelling_of_the_same_packet_is_refused() -> None:
    plain = to_plain(packet(KARIN, SARA))

    assert flaw_of_file(signed(json.dumps(plain).encode())) is PacketFlaw.UNREADABLE


def test_a_packet_altered_in_any_way_is_refused() -> None:
    tried = list(try_packets(count=120, seed=3))

    assert len(tried) == 120
    assert len({one.way for one in tried}) > 9
    assert [one for one in tried if one.flaw is None] == []


def test_a_packet_tells_who_reads_its_file_neither_names_nor_numbers() -> None:
    made = sealed(KARIN, SARA)

    for secret in (b"Elias", b"moped", b"2026-0001", KARIN.keys.address.user_id.bytes):
        assert secret not in made


def test_the_same_packet_is_another_file_each_time() -> None:
    assert sealed(KARIN, SARA) != sealed(KARIN, SARA)


def test_the_receiver_reads_what_the_sender_sent() -> None:
    unsealed = unseal_packet(sealed(KARIN, SARA), SARA.exchange)

    assert unsealed.sender == name_of(KARIN.signing.public)
    assert unsealed.read(KARIN.keys) == packet(KARIN, SARA)


def test_a_packet_may_hold_any_text() -> None:
    odd = with_text(STATEMENT, "a\0b \ud800 \u202e <b>é</b> 🙂")

    read = unseal_packet(sealed(KARIN, SARA, odd), SARA.exchange).read(KARIN.keys)

    assert read.parts == (odd,)


def test_a_part_has_one_digest_wherever_it_lies_and_another_once_it_is_changed() -> None:
    assert digest_of_part(STATEMENT) == digest_of_part(
        with_text(STATEMENT, STATEMENT.fields["text"])
    )
    assert digest_of_part(STATEMENT) != digest_of_part(with_text(STATEMENT, "Annat."))


def test_nobody_who_only_knows_public_keys_opens_a_packet() -> None:
    made = sealed(KARIN, SARA)
    somebody = ExchangeKey.generate()
    forged = made[:18] + name_of(somebody.public) + made[34:]

    assert flaw_of(lambda: unseal_packet(forged, somebody)) is PacketFlaw.ALTERED
