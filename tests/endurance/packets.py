"""Packets altered in every way that comes to mind: none of them may be taken for what was sent."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.packets import Side, packet, sealed
from trygga_desktop.crypto.packets import name_of, unseal_packet
from trygga_desktop.domain.errors import PacketRefusedError
from trygga_desktop.domain.packets import FORM, PacketFlaw

SENDER, RECEIVER, STRANGER = Side("Karin Ek", 1), Side("Sara Lind", 2), Side("Ulf Ask", 3)
_HEAD = 38
_VERSION = slice(16, 18)
_NAME = slice(18, 34)
_LENGTH = slice(34, 38)
Way = Callable[[bytes, Random], bytes]


@dataclass(frozen=True, slots=True)
class Tried:
    """One packet that was altered: in which way, and why it was refused, None if it was not."""

    way: str
    number: int
    flaw: PacketFlaw | None


def flip_a_bit(data: bytes, chosen: Random) -> bytes:
    """Turn one bit."""
    at = chosen.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chosen.randrange(8)]) + data[at + 1 :]


def flip_a_bit_of_the_head(data: bytes, chosen: Random) -> bytes:
    """Turn one bit before the ciphertext."""
    return flip_a_bit(data[:_HEAD], chosen) + data[_HEAD:]


def replace_bytes(data: bytes, chosen: Random) -> bytes:
    """Put others in the place of some bytes."""
    at, length = chosen.randrange(len(data) - 20), chosen.randrange(1, 20)
    return data[:at] + bytes(one ^ 0x5A for one in data[at : at + length]) + data[at + length :]


def insert_bytes(data: bytes, chosen: Random) -> bytes:
    """Put some bytes between two others."""
    at = chosen.randrange(len(data) + 1)
    return data[:at] + chosen.randbytes(chosen.randrange(1, 20)) + data[at:]


def remove_bytes(data: bytes, chosen: Random) -> bytes:
    """Take some bytes out."""
    at = chosen.randrange(len(data) - 20)
    return data[:at] + data[at + chosen.randrange(1, 20) :]


def cut(data: bytes, chosen: Random) -> bytes:
    """Cut the file anywhere."""
    return data[: chosen.randrange(len(data))]


def add_to_the_end(data: bytes, chosen: Random) -> bytes:
    """Put something behind the last byte."""
    return data + chosen.choice([b"\0", b"\n", data, chosen.randbytes(50)])


def swap_stretches(data: bytes, chosen: Random) -> bytes:
    """Let two stretches change places."""
    first, second = chosen.randrange(_HEAD, len(data) // 2 - 16), len(data) - 16
    return data[:first] + data[second:] + data[first + 16 : second] + data[first : first + 16]


def of_another_version(data: bytes, chosen: Random) -> bytes:
    """Say another version of the form."""
    version: int = chosen.choice([0, *range(FORM + 1, 65536)])
    return data[: _VERSION.start] + version.to_bytes(2, "big") + data[_VERSION.stop :]


def of_another_length(data: bytes, chosen: Random) -> bytes:
    """Say another length, with a file that fits it."""
    length = chosen.randrange(len(data) - _HEAD)
    return data[: _LENGTH.start] + length.to_bytes(4, "big") + data[_HEAD : _HEAD + length]


def for_somebody_else(_: bytes, __: Random) -> bytes:
    """Encrypt it for another receiver."""
    return sealed(SENDER, STRANGER)


def readdress(_: bytes, __: Random) -> bytes:
    """Put the receiver's name onto a packet for somebody else."""
    other = sealed(SENDER, STRANGER)
    return other[: _NAME.start] + name_of(RECEIVER.exchange.public) + other[_NAME.stop :]


def sign_as_somebody_else(_: bytes, __: Random) -> bytes:
    """Make one as a stranger, who passes as the sender."""
    made = packet(SENDER, RECEIVER)
    impostor = replace(STRANGER, number=SENDER.number)
    return sealed(impostor, RECEIVER, *made.parts)


def mix_two(data: bytes, chosen: Random) -> bytes:
    """Join the beginning of one packet and the end of another."""
    other = sealed(SENDER, RECEIVER)
    at = chosen.randrange(_HEAD + 1, min(len(data), len(other)))
    return data[:at] + other[at:]


def blank_a_stretch(data: bytes, chosen: Random) -> bytes:
    """Fill a stretch of the ciphertext with zeros."""
    at = chosen.randrange(_HEAD, len(data) - 16)
    return data[:at] + bytes(16) + data[at + 16 :]


WAYS: tuple[Way, ...] = (
    flip_a_bit,
    flip_a_bit_of_the_head,
    replace_bytes,
    insert_bytes,
    remove_bytes,
    cut,
    add_to_the_end,
    swap_stretches,
    of_another_version,
    of_another_length,
    for_somebody_else,
    readdress,
    sign_as_somebody_else,
    mix_two,
    blank_a_stretch,
)


def try_packets(*, count: int, seed: int) -> Iterator[Tried]:
    """Alter a packet so many times, in all ways in turn, and give each to its receiver."""
    chosen = Random(seed)  # noqa: S311  repeatable trials, no secret
    made = sealed(SENDER, RECEIVER)
    _refuse(made, expected=None)
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        altered = way(made, chosen)
        while altered == made:
            altered = way(made, chosen)
        yield Tried(way.__name__, number, _refuse(altered, expected=PacketFlaw.ALTERED))


def run_packets(*, count: int, seed: int) -> int:
    """Alter so many, and tell; return 0 if each was refused."""
    started = time.perf_counter()
    tried = list(try_packets(count=count, seed=seed))
    seconds = time.perf_counter() - started
    print(f"packets: {count} times, seed {seed}, {seconds:.0f} s ({count / seconds:.1f} a second)")
    missed = [one for one in tried if one.flaw is None]
    flaws = Counter(str(one.flaw) for one in tried)
    print(", ".join(f"{times} {flaw}" for flaw, times in sorted(flaws.items())))
    print(f"{len(missed)} taken in")
    for one in missed:
        print(one)
    return 1 if missed else 0


def _refuse(data: bytes, *, expected: PacketFlaw | None) -> PacketFlaw | None:
    """Return why the receiver refuses a file; one that was not altered must open."""
    try:
        unseal_packet(data, RECEIVER.exchange).read(SENDER.keys)
    except PacketRefusedError as error:
        if expected is None:
            raise
        return error.flaw
    return None
