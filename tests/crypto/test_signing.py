"""A statement is believed if its signer's key fits, to the letter."""

import pytest

from trygga_desktop.crypto.signing import SigningKey, verify
from trygga_desktop.domain.errors import TamperedError

STATEMENT = ("trygga-test-1", "told", 1)


def test_another_statement_is_not_believed() -> None:
    key = SigningKey.generate()
    with pytest.raises(TamperedError):
        verify([key.public], key.sign(STATEMENT), ("trygga-test-1", "told", 2))


def test_another_signer_is_not_believed() -> None:
    key = SigningKey.generate()
    with pytest.raises(TamperedError):
        verify([SigningKey.generate().public], key.sign(STATEMENT), STATEMENT)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32), bytes(33)])
def test_what_is_no_key_believes_nobody(public: bytes) -> None:
    with pytest.raises(TamperedError):
        verify([public], bytes(64), STATEMENT)


def test_nobody_s_word_is_no_word() -> None:
    with pytest.raises(TamperedError):
        verify([], SigningKey.generate().sign(STATEMENT), STATEMENT)


def test_a_former_key_of_the_signer_is_still_believed() -> None:
    former, present = SigningKey.generate(), SigningKey.generate()
    verify([present.public, former.public], former.sign(STATEMENT), STATEMENT)


def test_signatures_are_ed25519_of_rfc_8032() -> None:
    # Section 7.1, test 1: the public key that belongs to this secret.
    secret = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert SigningKey(secret).public.hex() == public
