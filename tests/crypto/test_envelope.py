"""A ciphertext opens with its key and in its place, and nowhere else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.crypto.envelope import EnvelopeKey, Place, new_key
from trygga_desktop.domain.errors import TamperedError

PLACE = Place(
    vault_id=bytes(16),
    owner=UUID(int=1),
    compartment=UUID(int=2),
    generation=1,
    table="item",
    row=UUID(int=3),
    row_version=1,
)
ELSEWHERE = [
    PLACE._replace(vault_id=bytes([1] * 16)),
    PLACE._replace(owner=UUID(int=9)),
    PLACE._replace(compartment=UUID(int=9)),
    PLACE._replace(generation=2),
    PLACE._replace(table="case"),
    PLACE._replace(row=UUID(int=9)),
    PLACE._replace(row_version=2),
    PLACE._replace(clear=b"closed"),
]
KEY = EnvelopeKey(new_key())


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_record_does_not_open_in_another_place(place: Place) -> None:
    ciphertext = KEY.encrypt({"text": "told"}, PLACE)
    with pytest.raises(TamperedError):
        KEY.decrypt(ciphertext, place)


def test_a_record_does_not_open_with_another_key() -> None:
    ciphertext = KEY.encrypt({"text": "told"}, PLACE)
    with pytest.raises(TamperedError):
        EnvelopeKey(new_key()).decrypt(ciphertext, PLACE)


@given(st.data())
def test_a_record_with_one_changed_byte_does_not_open(data: st.DataObject) -> None:
    ciphertext = bytearray(KEY.encrypt({"text": "told"}, PLACE))
    at = data.draw(st.integers(0, len(ciphertext) - 1))
    ciphertext[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(TamperedError):
        KEY.decrypt(bytes(ciphertext), PLACE)


@pytest.mark.parametrize("length", [0, 1, 5, 12, 13, 20, 28])
def test_a_record_that_was_cut_does_not_open(length: int) -> None:
    ciphertext = KEY.encrypt({"text": "told"}, PLACE)
    with pytest.raises(TamperedError):
        KEY.decrypt(ciphertext[:length], PLACE)


def test_a_record_opens_in_its_place() -> None:
    value = {"text": "a <b c\0 \u202e 🙂 \ud800", "number": 3}
    assert KEY.decrypt(KEY.encrypt(value, PLACE), PLACE) == value


def test_the_same_record_never_looks_the_same_twice() -> None:
    assert KEY.encrypt({"text": "told"}, PLACE) != KEY.encrypt({"text": "told"}, PLACE)


def test_no_two_places_have_the_same_associated_data() -> None:
    assert len({place.to_bytes() for place in [PLACE, *ELSEWHERE]}) == len(ELSEWHERE) + 1
