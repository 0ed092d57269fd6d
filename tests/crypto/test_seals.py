"""The key that seals protocols: as strong as it has to be, and in the municipality's name."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from trygga_desktop.crypto.seals import make_seal

AT = datetime(2026, 11, 26, 7, 51, tzinfo=UTC)


@pytest.mark.parametrize(
    ("owner", "told"),
    [("Exempelstads kommun", "Exempelstads kommun"), ("", "-"), ("xÖ" * 200, "xÖ" * 21 + "x")],
)
def test_a_seal_has_a_strong_key_and_a_certificate_of_its_own(owner: str, told: str) -> None:
    made = make_seal(owner, AT)

    certificate = x509.load_der_x509_certificate(made.certificate)
    key = load_der_private_key(made.private_key, password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 3072
    assert certificate.public_key() == key.public_key()
    certificate.verify_directly_issued_by(certificate)
    assert certificate.not_valid_before_utc == AT
    assert certificate.subject.rfc4514_string() == f"CN={told}"
    assert repr(made.private_key)[2:12] not in repr(made)
