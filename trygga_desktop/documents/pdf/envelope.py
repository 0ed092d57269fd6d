"""The envelope of a signature (CMS, RFC 5652): who signed what, and nothing that is not theirs."""

from dataclasses import dataclass
from typing import Any, Final

from asn1crypto import cms, core
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

_DIGESTS: Final = frozenset({"sha256", "sha384", "sha512"})
_FEWEST_BITS = 2048


class EnvelopeError(Exception):
    """The envelope is broken, holds more than it should, or its signature does not fit."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose signature it is: the certificate in DER, and the name in it."""

    certificate: bytes
    name: str


def digest_name(envelope: bytes) -> str:
    """Return by which function the signed bytes are to be summed up. Raise EnvelopeError."""
    _, signer = _read(envelope)
    name = str(signer["digest_algorithm"]["algorithm"].native)
    if name not in _DIGESTS:
        raise EnvelopeError(name)
    return name


def open_envelope(envelope: bytes, digest: bytes) -> Opened:
    """Return who signed what has this digest. Raise EnvelopeError if nobody did.

    Whether anybody vouches for the certificate is not asked: it is known by its fingerprint.
    """
    content, signer = _read(envelope)
    certificate = _certificate(content, signer)
    try:
        is_intact, is_valid = validate_sig_integrity(signer, certificate, "data", digest)
    except (SignatureValidationError, ValueError, TypeError, KeyError) as error:
        raise EnvelopeError("unreadable") from error
    if not is_intact or not is_valid:
        raise EnvelopeError("changed")
    if _written(content, signer, certificate) != envelope:
        raise EnvelopeError("not as written")
    return Opened(certificate.dump(), str(certificate.subject.native.get("common_name", "")))


def _read(envelope: bytes) -> tuple[Any, Any]:
    try:
        info = cms.ContentInfo.load(envelope, strict=True)
        content = info["content"]
        (signer,) = content["signer_infos"]
        if info["content_type"].native != "signed_data":
            raise EnvelopeError("no signature")
        if signer["signed_attrs"] is core.VOID:
            raise EnvelopeError("nothing signed")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EnvelopeError("unreadable") from error
    return content, signer


def _certificate(content: Any, signer: Any) -> Any:
    """Return the certificate of whoever signed. It stands in the envelope once."""
    try:
        wanted = signer["sid"].chosen
        found = [
            one.chosen
            for one in content["certificates"]
            if one.name == "certificate"
            and one.chosen.issuer.dump() == wanted["issuer"].dump()
            and one.chosen.serial_number == wanted["serial_number"].native
        ]
        (certificate,) = found
        key = certificate.public_key
        if key.algorithm == "rsa" and key.bit_size < _FEWEST_BITS:
            raise EnvelopeError("weak")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EnvelopeError("no certificate") from error
    return certificate


def _written(content: Any, signer: Any, certificate: Any) -> bytes:
    """Return the envelope as it is written from what is signed in it.

    Whatever of it nobody signed has one form only: its numbers, the names of its functions. The
    certificates of others and what is added unsigned, such as a time stamp, stay as they are.
    """
    try:
        digests = signer["digest_algorithm"]
        if digests["parameters"].native is not None or len(content["digest_algorithms"]) != 1:
            raise EnvelopeError("not as written")
        parts = {
            "version": "v1",
            "sid": {
                "issuer_and_serial_number": {
                    "issuer": certificate.issuer,
                    "serial_number": certificate.serial_number,
                }
            },
            "digest_algorithm": _function(cms.DigestAlgorithm, digests),
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": _function(
                cms.SignedDigestAlgorithm, signer["signature_algorithm"]
            ),
            "signature": signer["signature"].native,
        }
        if signer["unsigned_attrs"] is not core.VOID and len(signer["unsigned_attrs"]) > 0:
            parts["unsigned_attrs"] = signer["unsigned_attrs"]
        written = cms.ContentInfo(
            {
                "content_type": "signed_data",
                "content": cms.SignedData(
                    {
                        "version": "v1",
                        "digest_algorithms": [_function(cms.DigestAlgorithm, digests)],
                        "encap_content_info": {"content_type": "data"},
                        "certificates": content["certificates"],
                        "signer_infos": [parts],
                    }
                ),
            }
        )
        return bytes(written.dump(force=True))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise EnvelopeError("not as written") from error


def _function(kind: Any, given: Any) -> Any:
    """Return the name of a function with its parameters, which are none or are as given."""
    made = {"algorithm": given["algorithm"].native}
    if given["parameters"] is not core.VOID:
        made["parameters"] = given["parameters"]
    return kind(made)
