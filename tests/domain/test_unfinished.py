"""What was kept behind the words of a note is told apart from what somebody wrote in brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.unfinished import split_note

NAMES = frozenset({"Maria Lind"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boka tid", ("Boka tid", "")),
        ("Boka tid (Maria Lind)", ("Boka tid", "Maria Lind")),
        ("Boka tid (2026-12-11)", ("Boka tid", "2026-12-11")),
        ("Boka tid (2026-12-11 14:30)", ("Boka tid", "2026-12-11 14:30")),
        ("Boka tid (inte kvällstid)", ("Boka tid (inte kvällstid)", "")),
        ("Boka tid (a) (Maria Lind)", ("Boka tid (a)", "Maria Lind")),
        ("(Maria Lind)", ("(Maria Lind)", "")),
    ],
)
def test_only_a_known_name_or_a_day_is_taken_from_behind_the_words(
    text: str, expected: tuple[str, str]
) -> None:
    assert split_note(text, NAMES) == expected


@given(st.text(max_size=200))
def test_no_words_are_lost(text: str) -> None:
    words, told = split_note(text, NAMES)
    assert text == (f"{words} ({told})" if told else words)
