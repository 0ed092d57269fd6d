"""Keys that cost tests nothing; only what is passed in makes them so."""

import functools
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from trygga_desktop.crypto.kdf import KdfParameters, KdfPolicy
from trygga_desktop.crypto.seals import SealMaterial, make_seal
from trygga_desktop.services.founding import PreparedVault, prepare_vault

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
CHEAP_POLICY = KdfPolicy(
    floor=CHEAP, ceiling=KdfParameters(memory_kib=1024 * 1024, passes=4, lanes=4)
)

_MADE_AT = datetime(2026, 11, 26, 6, 0, tzinfo=UTC)


def prepared_seal(owner: str, made_at: datetime) -> SealMaterial:  # noqa: ARG001  not this one's
    """Return a real seal, the same each time: drawing its key takes as long as a hundred tests."""
    return _prepared()


def prepared_vault() -> PreparedVault:
    """Return the random parts of a new vault, with that seal."""
    return prepare_vault("Exempelstad", new_seal=prepared_seal, now=_MADE_AT)


@functools.cache
def prepared_hand() -> SealMaterial:
    """Return somebody's own certificate, for the same key, which nobody draws once more."""
    from cryptography import x509  # noqa: PLC0415  only who signs waits for it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  as above
    from cryptography.x509.oid import NameOID  # noqa: PLC0415  as above

    seal = _prepared()
    key = serialization.load_der_private_key(seal.private_key, None)
    assert isinstance(key, RSAPrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Karin Ek")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(_MADE_AT)
        .not_valid_after(_MADE_AT + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    return SealMaterial(certificate.public_bytes(serialization.Encoding.DER), seal.private_key)


@functools.cache
def _prepared() -> SealMaterial:
    return make_seal("Exempelstad", _MADE_AT)
