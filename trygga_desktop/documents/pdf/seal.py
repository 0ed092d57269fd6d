"""Signatures on a finished file: first the seal, after which only other signatures may follow.

A signature is added behind the bytes that are there; none of those changes. Importing this takes
as long as starting a small program: import it where something is sealed.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_private_key,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigIOSetup,
    SigMDPSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from trygga_desktop.documents.pdf.layout import SEAL_FIELD

_DIGEST: Final = "sha256"
# In hex digits. RSA with 3072 bits and one certificate need half of it.
_ROOM = 8_192


class SealingError(Exception):
    """The file has no such field, or it is signed already, or the key is none."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A certificate and its private key, both in DER (X.509, PKCS #8)."""

    certificate: bytes
    private_key: bytes = field(repr=False)


def seal(pdf: bytes, key: SealKey, *, at: datetime) -> bytes:
    """Return the file sealed: nothing but signatures in its fields may be added from now on.

    `at` is the moment that the seal tells; it knows its zone. Raise SealingError for a file without
    an empty field for a seal.
    """
    certifying = SigMDPSetup(md_algorithm=_DIGEST, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    return _signed(pdf, SEAL_FIELD, key, at, certifying)


def sign(pdf: bytes, field_name: str, key: SealKey, *, at: datetime) -> bytes:
    """Return the file with a signature in one of its empty fields. Raise SealingError otherwise."""
    return _signed(pdf, field_name, key, at, None)


def _signed(
    pdf: bytes, field_name: str, key: SealKey, at: datetime, certifying: SigMDPSetup | None
) -> bytes:
    try:
        signer = _signer(key)
        steps: Any = PdfCMSEmbedder().write_cms(
            field_name, _Writer(BytesIO(pdf)), existing_fields_only=True
        )
        next(steps)
        blank = SignatureObject(
            subfilter=SigSeedSubFilter.PADES, timestamp=at, bytes_reserved=_ROOM
        )
        steps.send(SigObjSetup(sig_placeholder=blank, mdp_setup=certifying))
        digest, into = steps.send(SigIOSetup(md_algorithm=_DIGEST))
        envelope = asyncio.run(signer.async_sign(digest.document_digest, _DIGEST, use_pades=True))
        steps.send(envelope)
    except (PdfError, SigningError, ValueError, TypeError) as error:
        raise SealingError(field_name) from error
    # pyHanko writes capitals. One form alone is taken for whole, and this is the usual one.
    written: bytes = into.getvalue()
    start, end = digest.reserved_region_start, digest.reserved_region_end
    return written[:start] + written[start:end].lower() + written[end:]


def _signer(key: SealKey) -> SimpleSigner:
    private_key = load_der_private_key(key.private_key, password=None)
    certificate = x509.Certificate.load(key.certificate, strict=True)
    own = private_key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if certificate.public_key.dump() != own:
        raise SigningError("The certificate speaks of another key.")
    return SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(key.private_key, strict=True),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko tells no types here
    )


class _Writer(IncrementalPdfFileWriter):
    """Adds what makes a signature and nothing else: the file keeps its moment and its makers."""

    def _update_meta(self) -> None:
        """Leave what the file says of itself alone."""
