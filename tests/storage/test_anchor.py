"""The anchor knows how far the vault had come, whatever happens to the file beside it."""

import hmac
import os
from pathlib import Path

import pytest

from trygga_desktop.domain.audit import Mark
from trygga_desktop.domain.errors import CannotWriteError
from trygga_desktop.storage.anchor import Anchor, Confirmation, Standing, judge
from trygga_desktop.storage.pages import Content

KEY = bytes(range(32))
HEADS = [bytes([number] * 32) for number in range(10)]


def saved(number: int) -> Confirmation:
    content = Content(number + 100, HEADS[number])
    return Confirmation(mark=Mark(number, HEADS[number]), filed=number - 1, content=content)


def head_at(sequence: int) -> bytes:
    return HEADS[min(sequence, 9)]


@pytest.fixture
def anchor(tmp_path: Path) -> Anchor:
    made = Anchor(tmp_path / "anchor", KEY)
    made.reset(saved(1))
    return made


def test_a_missing_anchor_confirms_nothing(tmp_path: Path) -> None:
    assert Anchor(tmp_path / "anchor", KEY).read() is None


def test_a_missing_anchor_is_not_made_by_a_save(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError):
        Anchor(tmp_path / "anchor", KEY).advance(saved(1))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"x" * 8192, bytes(100)])
def test_an_anchor_that_is_not_ours_confirms_nothing(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "anchor").write_bytes(data)
    assert Anchor(tmp_path / "anchor", KEY).read() is None


def test_another_key_confirms_nothing(anchor: Anchor, tmp_path: Path) -> None:
    assert Anchor(tmp_path / "anchor", bytes(32)).read() is None
    assert anchor.read() == saved(1)


def test_a_torn_write_leaves_the_save_before(anchor: Anchor, tmp_path: Path) -> None:
    for number in range(2, 6):
        path = tmp_path / "anchor"
        before = path.read_bytes()
        anchor.advance(saved(number))
        after = path.read_bytes()
        changed = [at for at in range(len(after)) if before[at] != after[at]]
        torn = after[: changed[0] + 1] + before[changed[0] + 1 :]
        path.write_bytes(torn)

        assert anchor.read() in {saved(number - 1), saved(number)}

        path.write_bytes(after)


def test_one_lost_slot_costs_one_save_at_the_most(anchor: Anchor, tmp_path: Path) -> None:
    anchor.advance(saved(2))
    anchor.advance(saved(3))
    path = tmp_path / "anchor"
    data = path.read_bytes()
    for start in (0, 4096):
        path.write_bytes(data[:start] + os.urandom(4096) + data[start + 4096 :])
        assert anchor.read() in {saved(2), saved(3)}


@pytest.mark.parametrize(
    ("confirmed", "present", "standing"),
    [
        (None, Mark(5, HEADS[5]), Standing.UNKNOWN),
        (Mark(6, HEADS[6]), Mark(5, HEADS[5]), Standing.OLDER),
        (Mark(5, HEADS[4]), Mark(5, HEADS[5]), Standing.REWRITTEN),
        (Mark(4, HEADS[3]), Mark(5, HEADS[5]), Standing.REWRITTEN),
        (Mark(5, HEADS[5]), Mark(5, HEADS[5]), Standing.WHOLE),
        (Mark(4, HEADS[4]), Mark(5, HEADS[5]), Standing.WHOLE),
    ],
)
def test_the_file_is_judged_by_what_was_confirmed(
    confirmed: Mark | None, present: Mark, standing: Standing
) -> None:
    assert judge(confirmed, present, head_at) is standing


def test_each_save_is_confirmed(anchor: Anchor) -> None:
    for number in range(2, 9):
        anchor.advance(saved(number))
        assert anchor.read() == saved(number)


def test_both_slots_say_the_same_when_nothing_was_saved_since(
    anchor: Anchor, tmp_path: Path
) -> None:
    anchor.advance(saved(2))
    anchor.reset(saved(2))
    path = tmp_path / "anchor"
    data = path.read_bytes()
    for start in (0, 4096):
        path.write_bytes(data[:start] + bytes(4096) + data[start + 4096 :])
        assert anchor.read() == saved(2)


def test_what_is_about_to_be_rebuilt_is_expected_to_hold_nothing(anchor: Anchor) -> None:
    confirmation = Confirmation(mark=Mark(2, HEADS[2]), filed=1)
    anchor.reset(confirmation)
    assert anchor.read() == confirmation


def test_an_anchor_from_before_the_pages_were_told_of_is_believed(tmp_path: Path) -> None:
    body = b"TRYGGA-1" + (7).to_bytes(8, "big") + HEADS[7]
    slot = (body + hmac.digest(KEY, body, "sha256")).ljust(4096, b"\0")
    (tmp_path / "anchor").write_bytes(slot + bytes(4096))

    assert Anchor(tmp_path / "anchor", KEY).read() == Confirmation(mark=Mark(7, HEADS[7]))
    assert Anchor(tmp_path / "anchor", bytes(32)).read() is None
