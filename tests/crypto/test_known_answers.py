"""What others published is what comes out here: no cipher is only its own witness.

Where our own functions cannot be given a vector's input, the vector goes to the library, and
what ours make is worked out a second time, by hand, from the standard.
"""

import hmac
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.costs import CHEAP_POLICY
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import KdfParameters, derive_key, derive_subkey
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey, verify
from trygga_desktop.domain.errors import TamperedError


@dataclass(frozen=True, slots=True, kw_only=True)
class GcmVector:
    """One encryption with AES-256-GCM, in hexadecimal."""

    key: str
    nonce: str
    text: str = ""
    data: str = ""
    ciphertext: str = ""
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HpkeVector:
    """One base mode vector of DHKEM(X25519, HKDF-SHA256) and HKDF-SHA256, first encryption."""

    aead: int
    key_bytes: int
    receiver: str
    sent: str
    ciphertext: str


# Cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation".
GCM = [
    GcmVector(key="00" * 32, nonce="00" * 12, tag="530f8afbc74536b9a963b4f1c4cb738b"),
    GcmVector(
        key="00" * 32,
        nonce="00" * 12,
        text="00" * 16,
        ciphertext="cea7403d4d606b6e074ec5d3baf39d18",
        tag="d0d1c8a799996bf0265b98b5d48ab919",
    ),
    GcmVector(
        key="feffe9928665731c6d6a8f9467308308" * 2,
        nonce="cafebabefacedbaddecaf888",
        text="d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
        ciphertext="522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
        tag="b094dac5d93471bdec1a502270e3cc6c",
    ),
    GcmVector(
        key="feffe9928665731c6d6a8f9467308308" * 2,
        nonce="cafebabefacedbaddecaf888",
        text="d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        data="feedfacedeadbeeffeedfacedeadbeefabaddad2",
        ciphertext="522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        tag="76fc6ece0f4e1768cddf8853bb2d551b",
    ),
]

# Section A.1.1 of RFC 9180 (AES-128-GCM), and our own suite (AES-256-GCM) from the complete set
# of vectors that the RFC refers to.
HPKE = [
    HpkeVector(
        aead=1,
        key_bytes=16,
        receiver="4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
        sent="37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
        ciphertext="f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9"
        "6d8770ac83d07bea87e13c512a",
    ),
    HpkeVector(
        aead=2,
        key_bytes=32,
        receiver="497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d",
        sent="6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256",
        ciphertext="e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be99319"
        "80a41de125a925cdad859d5b7a",
    ),
]
HPKE_INFO = b"Ode on a Grecian Urn"
HPKE_TEXT = b"Beauty is truth, truth beauty"
HPKE_DATA = b"Count-0"


def extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + material, sha256)


def expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    # No key here is longer than one block of SHA-256.
    labeled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labeled + b"\x01", sha256)[:length]


def open_by_hand(vector: HpkeVector, info: bytes, data: bytes) -> bytes:
    """Open a base mode HPKE message by sections 4 and 5 of RFC 9180, without the library's."""
    receiver = X25519PrivateKey.from_private_bytes(bytes.fromhex(vector.receiver))
    sent = bytes.fromhex(vector.sent)
    kem = b"KEM" + (0x20).to_bytes(2, "big")
    agreed = receiver.exchange(X25519PublicKey.from_public_bytes(sent))
    context = sent + receiver.public_key().public_bytes_raw()
    shared = expand(kem, extract(kem, b"", b"eae_prk", agreed), b"shared_secret", context, 32)
    suite = b"HPKE" + b"".join(one.to_bytes(2, "big") for one in (0x20, 1, vector.aead))
    schedule = (
        b"\0" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
    )
    secret = extract(suite, shared, b"secret", b"")
    cipher = AESGCM(expand(suite, secret, b"key", schedule, vector.key_bytes))
    nonce = expand(suite, secret, b"base_nonce", schedule, 12)
    return cipher.decrypt(nonce, bytes.fromhex(vector.ciphertext), data)


def test_argon2id_is_that_of_rfc_9106() -> None:
    # Section 5.3.
    argon = Argon2id(
        salt=bytes([2] * 16),
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        secret=bytes([3] * 8),
        ad=bytes([4] * 12),
    )
    tag = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert argon.derive(bytes([1] * 32)).hex() == tag


@pytest.mark.parametrize(
    ("cost", "key"),
    [
        (
            KdfParameters(memory_kib=64 * 1024, passes=2, lanes=1),
            "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
        ),
        (
            KdfParameters(memory_kib=256, passes=2, lanes=1),
            "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe",
        ),
        (
            KdfParameters(memory_kib=256, passes=2, lanes=2),
            "6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037",
        ),
    ],
)
def test_a_passphrase_becomes_the_key_that_the_reference_implementation_makes(
    cost: KdfParameters, key: str
) -> None:
    # `src/test.c` of the Password Hashing Competition's winner, version 0x13.
    assert derive_key("password", b"somesalt", cost, CHEAP_POLICY).hex() == key


def test_hkdf_is_that_of_rfc_5869() -> None:
    # Appendix A.1.
    hkdf = HKDF(
        algorithm=SHA256(),
        length=42,
        salt=bytes(range(13)),
        info=bytes(range(0xF0, 0xFA)),
    )
    key = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert hkdf.derive(bytes([0x0B] * 22)).hex() == key


@pytest.mark.parametrize("salt", [None, b"salt"])
def test_a_subkey_is_hkdf_with_its_purpose_in_it(salt: bytes | None) -> None:
    pseudorandom = hmac.digest(salt or bytes(32), bytes(range(32)), sha256)
    expected = hmac.digest(pseudorandom, b"trygga anchor 1\x01", sha256)
    assert derive_subkey(bytes(range(32)), "anchor", salt=salt) == expected


@pytest.mark.parametrize("vector", GCM)
def test_records_are_aes_256_gcm(vector: GcmVector) -> None:
    kept = b"\x01" + bytes.fromhex(vector.nonce + vector.ciphertext + vector.tag)

    taken = EnvelopeKey(bytes.fromhex(vector.key)).take_out(kept, bytes.fromhex(vector.data))

    assert taken.hex() == vector.text


@pytest.mark.parametrize(
    ("secret", "public", "message", "signature"),
    [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ],
)
def test_signatures_are_ed25519_of_rfc_8032(
    secret: str, public: str, message: str, signature: str
) -> None:
    # Section 7.1, tests 1 to 3.
    key = SigningKey(bytes.fromhex(secret))
    library_key = Ed25519PrivateKey.from_private_bytes(key.private)

    assert key.public.hex() == public
    assert library_key.sign(bytes.fromhex(message)).hex() == signature
    # Ed25519 draws nothing at random: ours is the same signature, over a statement's one spelling.
    statement = ("trygga-test-1", "told", message)
    signed = f'["trygga-test-1","told","{message}"]'.encode()
    assert key.sign(statement) == library_key.sign(signed)
    Ed25519PublicKey.from_public_bytes(key.public).verify(key.sign(statement), signed)
    verify([bytes.fromhex(public)], library_key.sign(signed), statement)


@pytest.mark.parametrize("vector", HPKE)
def test_the_standard_worked_out_by_hand_opens_what_was_published(vector: HpkeVector) -> None:
    assert open_by_hand(vector, HPKE_INFO, HPKE_DATA) == HPKE_TEXT
    with pytest.raises(InvalidTag):
        open_by_hand(replace(vector, aead=3 - vector.aead), HPKE_INFO, HPKE_DATA)


def test_what_we_wrap_is_hpke_of_rfc_9180() -> None:
    receiver, context = HPKE[1].receiver, ("trygga-test-1", "here")
    public = ExchangeKey(bytes.fromhex(receiver)).public

    wrapped = wrap(HPKE_TEXT, public, context)

    ours = replace(HPKE[1], sent=wrapped[:32].hex(), ciphertext=wrapped[32:].hex())
    assert open_by_hand(ours, to_canonical(context), b"") == HPKE_TEXT


def test_what_was_once_wrapped_still_opens() -> None:
    # Made with cryptography 50.0.2 and kept: a vault must outlive the library's next version.
    wrapped = bytes.fromhex(
        "8aa7581950b2febf7d0efb1e10e9dd4c8b3133f00942bae04bdea274c97eea75"
        "8d66e8eaf54b065f4d8171cd7ecc829dfcaaad2da99460b726805cc89fb4f6ef"
        "ea8e262c7e4af42993c0ac58ee"
    )
    key = ExchangeKey(bytes.fromhex(HPKE[1].receiver))

    assert key.unwrap(wrapped, ("trygga-test-1", "here")) == HPKE_TEXT
    with pytest.raises(TamperedError):
        key.unwrap(wrapped[:-1] + bytes([wrapped[-1] ^ 1]), ("trygga-test-1", "here"))
