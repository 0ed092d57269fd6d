"""Signatures on a finished file: first the seal, after which only other signatures may follow.

A signature is added behind the bytes that are there; none of those changes. Importing this takes
as long as starting a small program: import it where something is sealed.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import x509
from asn1crypto.algos import SignedDigestAlgorithm
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
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
from pyhanko.sign.signers.pdf_cms import Signer
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
        signer = _Signer(key)
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


class _Signer(Signer):
    """Signs with a key that lies in memory.

    It is loaded once and without looking for its primes anew, which pyHanko's own signer does each
    time and which takes longer than all the rest of sealing. That a key is whole shows in what it
    signed.
    """

    def __init__(self, key: SealKey) -> None:
        certificate = x509.Certificate.load(key.certificate, strict=True)
        self._key = load_der_private_key(
            key.private_key, password=None, unsafe_skip_rsa_key_validation=True
        )
        public = self._key.public_key()
        own = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if certificate.public_key.dump() != own:
            raise SigningError("The certificate speaks of another key.")
        super().__init__(
            signing_cert=certificate,
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko tells no types here
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        )

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,  # noqa: ARG002  there is one
        dry_run: bool = False,  # noqa: ARG002, FBT001, FBT002  as pyHanko has it
    ) -> bytes:
        """Return the signature of these bytes; raise SigningError for a key that cannot sign."""
        if not isinstance(self._key, RSAPrivateKey):
            raise SigningError("The key is not one of RSA.")
        signature = self._key.sign(data, PKCS1v15(), SHA256())
        try:
            self._key.public_key().verify(signature, data, PKCS1v15(), SHA256())
        except InvalidSignature:
            raise SigningError("The key is broken.") from None
        return signature


class _Writer(IncrementalPdfFileWriter):
    """Adds what makes a signature and nothing else: the file keeps its moment and its makers."""

    def _update_meta(self) -> None:
        """Leave what the file says of itself alone."""
