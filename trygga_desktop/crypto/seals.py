"""The key that seals protocols: RSA, which every reader of PDF knows, and a certificate of its own.

Nobody outside vouches for it: it is known by the fingerprint of its certificate.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

BITS: Final = 3072
"""NIST SP 800-57: as strong as 128 bits, enough for what is archived now."""

_EXPONENT = 65_537
# RFC 5280, 4.1.2.5: the certificate has no date on which it ends.
_NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
# In bytes.
_LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class SealMaterial:
    """A certificate and its private key, both in DER (X.509, PKCS #8)."""

    certificate: bytes
    private_key: bytes = field(repr=False)


def make_seal(owner: str, made_at: datetime) -> SealMaterial:
    """Draw a key and return it with a certificate in the owner's name, the municipality's.

    `made_at` knows its zone. This takes up to some seconds.
    """
    # Imported here: 0.1 s that an ordinary unlock need not pay.
    from cryptography import x509  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  as above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415  as above

    key = rsa.generate_private_key(public_exponent=_EXPONENT, key_size=BITS)
    told = owner.encode()[:_LONGEST_NAME].decode(errors="ignore")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, told or "-")])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made_at.astimezone(UTC))
        .not_valid_after(_NEVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    return SealMaterial(
        certificate=certificate.public_bytes(serialization.Encoding.DER),
        private_key=key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
    )
