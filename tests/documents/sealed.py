"""Sealed and signed protocols for tests, and keys to seal them with."""

from dataclasses import dataclass, replace

from tests.documents.papers import FULL, MADE, recorded
from trygga_desktop.crypto.seals import make_seal
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.pdf.seal import SealKey, seal, sign
from trygga_desktop.documents.protocol import ProtocolContent


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A protocol as it was printed, then sealed, then signed twice; and the keys."""

    key: SealKey
    other_key: SealKey
    printed: bytes
    sealed: bytes
    signed_once: bytes
    signed: bytes

    @property
    def revisions(self) -> tuple[bytes, ...]:
        """Return the file as it was after the seal and after each signature."""
        return self.sealed, self.signed_once, self.signed


def make_key(owner: str) -> SealKey:
    """Return a new key with a certificate in the owner's name."""
    made = make_seal(owner, MADE)
    return SealKey(made.certificate, made.private_key)


def print_for(key: SealKey, content: ProtocolContent = FULL) -> bytes:
    """Return a protocol that says it is to be sealed with this key."""
    return issue(replace(recorded(content), seal=fingerprint_of(key.certificate)))


def make_sealed_file() -> SealedFile:
    """Return a protocol sealed by the municipality and signed by two others."""
    key, other = make_key("Exempelstads kommun"), make_key("Henrik Alm")
    printed = print_for(key)
    sealed = seal(printed, key, at=MADE)
    signed_once = sign(sealed, "Signature1", other, at=MADE)
    signed = sign(signed_once, "Signature2", key, at=MADE)
    return SealedFile(key, other, printed, sealed, signed_once, signed)
