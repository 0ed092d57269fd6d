"""A draft keeps some of its past: at times, and whenever much of it is written over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from trygga_desktop.domain.drafts import MOST_KEPT, MOST_VERSIONS, Draft, DraftKind

AT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
LONG = "Skolan ringde om fredagen."


def draft(text: str, seconds: float = 0) -> Draft:
    at = AT + timedelta(seconds=seconds)
    return Draft(id=UUID(int=1), kind=DraftKind.NOTE, text=text, stored_at=at)


def after(*states: Draft) -> Draft:
    """Return what is kept when these are stored one after the other."""
    kept = states[0]
    for one in states[1:]:
        kept = one.after(kept)
    return kept


def test_the_first_state_has_no_past() -> None:
    assert after(draft(LONG)).versions == ()


def test_what_is_typed_within_a_moment_is_one_state() -> None:
    kept = after(draft("S"), *(draft(LONG[:place], place) for place in range(2, len(LONG))))

    assert [one.text for one in kept.versions] == ["S"]


def test_a_text_that_is_written_over_is_kept_at_once() -> None:
    kept = after(draft("x"), draft(LONG, 1), draft("x", 2))

    assert [one.text for one in kept.versions] == ["x", LONG]
    assert kept.versions[1].stored_at == AT + timedelta(seconds=1)


def test_a_form_that_is_written_over_is_kept_although_what_holds_its_fields_together_stays() -> (
    None
):
    form = (
        '{"texts": {"text": "%s"}, "chosen": {"whose": ["00000000-0000-0000-0000-000000000001"]}}'
    )
    kept = after(draft("x"), draft(form % "Skolan ringde.", 1), draft(form % "Nej", 2))

    assert [one.text for one in kept.versions] == ["x", form % "Skolan ringde."]


def test_a_text_that_another_of_the_same_length_takes_the_place_of_is_kept() -> None:
    kept = after(draft("x"), draft(LONG, 1), draft(LONG[::-1], 2))

    assert [one.text for one in kept.versions] == ["x", LONG]


def test_what_stood_there_is_kept_in_any_case_where_that_is_wanted() -> None:
    kept = draft(LONG + "!", 2).after(after(draft("x"), draft(LONG, 1)), keeps_before=True)

    assert [one.text for one in kept.versions] == ["x", LONG]


def test_every_few_minutes_a_state_is_kept() -> None:
    kept = after(*(draft(f"{LONG} {minute}", 60 * minute) for minute in range(9)))

    apart = [
        later.stored_at - earlier.stored_at
        for earlier, later in zip(kept.versions, kept.versions[1:], strict=False)
    ]
    assert len(kept.versions) > 2
    assert all(one >= timedelta(minutes=1) for one in apart)


def test_a_clock_that_is_set_back_keeps_states_all_the_same() -> None:
    kept = after(draft("a", 900), draft("ab", 901), draft("abc", 0))

    assert [one.text for one in kept.versions] == ["a", "ab"]


def test_the_oldest_states_go_first() -> None:
    kept = after(*(draft(f"{LONG} {number}", 600 * number) for number in range(MOST_VERSIONS + 5)))

    assert len(kept.versions) == MOST_VERSIONS
    assert kept.versions[-1].text.endswith(str(MOST_VERSIONS + 3))


def test_the_past_of_a_very_long_text_is_shorter_but_there() -> None:
    text = "x" * MOST_KEPT
    kept = after(*(draft(text + str(number), 600 * number) for number in range(4)))

    assert [one.text for one in kept.versions] == [text + "2"]


def test_no_text_throws_away_what_stood_there() -> None:
    kept = after(draft(LONG), draft("", 5), draft("", 9))

    assert (kept.text, kept.thrown_at) == (LONG, AT + timedelta(seconds=5))


def test_what_is_typed_after_that_takes_it_out_of_the_bin_and_keeps_it() -> None:
    kept = after(replace(draft("x"), versions=()), draft(LONG, 1), draft("", 2), draft(LONG * 2, 3))

    assert kept.thrown_at is None
    assert [one.text for one in kept.versions] == ["x", LONG]


def test_the_same_text_stored_again_is_no_new_state() -> None:
    assert after(draft(LONG), draft(LONG, 900)).versions == ()
