"""What is wrapped to a principal opens for that principal, in that context."""

import pytest

from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.domain.errors import TamperedError

CONTEXT = ("trygga-test-1", "here")
SECRET = bytes(range(32))


def test_another_principal_opens_nothing() -> None:
    wrapped = wrap(SECRET, ExchangeKey.generate().public, CONTEXT)
    with pytest.raises(TamperedError):
        ExchangeKey.generate().unwrap(wrapped, CONTEXT)


def test_another_context_opens_nothing() -> None:
    key = ExchangeKey.generate()
    with pytest.raises(TamperedError):
        key.unwrap(wrap(SECRET, key.public, CONTEXT), ("trygga-test-1", "there"))


@pytest.mark.parametrize("wrapped", [b"", bytes(16), bytes(80), bytes(1000)])
def test_what_was_never_wrapped_opens_nothing(wrapped: bytes) -> None:
    with pytest.raises(TamperedError):
        ExchangeKey.generate().unwrap(wrapped, CONTEXT)


@pytest.mark.parametrize("public", [b"", bytes(31), bytes(32)])
def test_nothing_is_wrapped_to_what_is_no_key(public: bytes) -> None:
    with pytest.raises(TamperedError):
        wrap(SECRET, public, CONTEXT)


def test_the_principal_opens_it() -> None:
    key = ExchangeKey.generate()
    assert key.unwrap(wrap(SECRET, key.public, CONTEXT), CONTEXT) == SECRET


def test_the_exchange_is_x25519_of_rfc_7748() -> None:
    # Section 5.2: the base point multiplied by nine, which begins the iterated test.
    secret = bytes([9]).ljust(32, b"\0")
    public = "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"
    assert ExchangeKey(secret).public.hex() == public


def test_a_principal_s_own_key_is_the_same_each_time() -> None:
    key = ExchangeKey.generate()
    kept = key.own_key().keep(SECRET, b"here")
    assert ExchangeKey(key.private).own_key().take_out(kept, b"here") == SECRET
