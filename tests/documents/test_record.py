"""The record inside a file: read back as it was, and nothing else taken for one."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.documents.papers import AGREED, FULL, HOSTILE, LEAST, recorded, saying, with_items
from trygga_desktop.documents.fingerprint import in_groups, in_words, is_same
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.record import (
    ProtocolRecord,
    RecordError,
    control_code,
    hash_of,
    read_record,
    write_record,
)

WRITTEN = write_record(recorded())
AGREED_WRITTEN = write_record(recorded(AGREED))


def changed(**values: object) -> bytes:
    """Return the written record with other values, in the same form."""
    read = json.loads(WRITTEN) | values
    text = json.dumps(read, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def deep(levels: int) -> bytes:
    return b'{"content":' * levels


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"PK\x03\x04",
        deep(100_000),
        b"9" * 100_000,
        WRITTEN + b"\n",
        WRITTEN.replace(b":", b": ", 1),
        WRITTEN.replace(b"}", b"}}", 1),
        changed(format="trygga-protocol/2"),
        changed(salt="00"),
        changed(salt=5),
        changed(id="none"),
        changed(language="tlh"),
        changed(made_at="2026-11-26T16:20:00"),
        changed(made_at="yesterday"),
        changed(made_at="2026-11-26 16:20:00+01:00"),
        changed(seal="ABC"),
        changed(made_with={"trygga": 1}),
        changed(made_with=[]),
        changed(more="than there is"),
        changed(content={}),
        changed(content={"organisation": "a", "meeting_title": "b", "starts_at": None}),
        changed(content=json.loads(WRITTEN)["content"] | {"chair": ["a"]}),
        changed(content=json.loads(WRITTEN)["content"] | {"chair": ""}),
        changed(content=json.loads(WRITTEN)["content"] | {"is_draft": 1}),
        changed(content=json.loads(WRITTEN)["content"] | {"meeting_number": True}),
        changed(content=json.loads(WRITTEN)["content"] | {"form": "unheard of"}),
        changed(content=json.loads(WRITTEN)["content"] | {"items": {"title": "a"}}),
        changed(content=json.loads(WRITTEN)["content"] | {"unheard_of": "a"}),
        changed(
            content=json.loads(WRITTEN)["content"]
            | {"items": [{"title": "a", "entries": [{"kind": "unheard_of", "text": "a"}]}]}
        ),
        changed(
            content=json.loads(WRITTEN)["content"]
            | {"items": [{"title": "a", "entries": [{"text": "a"}]}]}
        ),
        changed(content=json.loads(WRITTEN)["content"] | {"starts_at": "2026-11-26T15:00:00"}),
        changed(content=json.loads(WRITTEN)["content"] | {"plan": {"version": "3"}}),
        changed(content=json.loads(WRITTEN)["content"] | {"plan": {"version": 3, "wishes": [3]}}),
        AGREED_WRITTEN.replace(b'["Nul', b'["a","Nul'),
        AGREED_WRITTEN.replace(b'"15:00:00"', b'"15"'),
        AGREED_WRITTEN.replace(b'"short"', b'"soon"'),
    ],
    ids=range(40),
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        read_record(data)


@pytest.mark.parametrize(
    "wrong",
    [
        {"salt": bytes(15)},
        {"language": "de"},
        {"made_at": datetime(2026, 11, 26)},  # noqa: DTZ001  the point of it
        {"previous": "0" * 63},
        {"log_head": "A" * 64},
        {"seal": "none"},
        {"made_with": (("b", "1"), ("a", "1"))},
        {"made_with": (("a", "1"), ("a", "2"))},
    ],
)
def test_a_record_that_could_not_be_read_back_is_never_made(wrong: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        replace(recorded(), **wrong)  # type: ignore[arg-type]  # each is wrong in its own way


@pytest.mark.parametrize(
    "content",
    [FULL, LEAST, AGREED, with_items(20), replace(FULL, is_draft=True, meeting_number=0)]
    + [saying(text) for text in HOSTILE],
)
def test_a_record_is_read_back_as_it_was_written(content: ProtocolContent) -> None:
    record = recorded(content)

    assert read_record(write_record(record)) == record


def test_a_record_is_written_in_one_way_only() -> None:
    read: ProtocolRecord = read_record(WRITTEN)

    assert write_record(read) == WRITTEN
    assert WRITTEN.startswith(b'{"content":{')
    assert b'": ' not in WRITTEN
    assert "Björk".encode() in write_record(recorded(replace(FULL, summary="Björk")))


def test_a_moment_is_the_same_moment_in_any_zone() -> None:
    elsewhere = replace(recorded(), made_at=recorded().made_at.astimezone(UTC))

    assert read_record(write_record(elsewhere)).made_at == recorded().made_at


def test_another_salt_gives_another_hash() -> None:
    other = write_record(replace(recorded(), salt=bytes(16)))

    assert hash_of(other) != hash_of(WRITTEN)


def test_a_control_code_is_the_first_sixty_bits_without_letters_that_look_alike() -> None:
    assert control_code("0" * 64) == "0000-0000-0000"
    assert control_code("f" * 64) == "ZZZZ-ZZZZ-ZZZZ"
    # Five bits each: 00001 00010 00011.
    assert control_code("0886" + "0" * 60) == "1230-0000-0000"


def test_a_fingerprint_is_told_in_groups_or_in_words() -> None:
    fingerprint = hash_of(b"a certificate")

    assert is_same(fingerprint, in_groups(fingerprint))
    assert is_same(fingerprint, in_groups(fingerprint, 20).upper().replace(" ", "-"))
    assert is_same(fingerprint, f"  {in_words(fingerprint).upper()} ")
    assert len(in_words(fingerprint).split()) == 6


@pytest.mark.parametrize("told", ["", "0123", hash_of(b"another"), "inte rätt ord alls här nu"])
def test_another_fingerprint_or_too_little_of_it_is_not_the_same(told: str) -> None:
    assert not is_same(hash_of(b"a certificate"), told)
    assert not is_same(hash_of(b"a certificate"), hash_of(b"a certificate")[:19])
