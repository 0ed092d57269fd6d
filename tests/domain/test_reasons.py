"""The catalogue holds a sentence for every answer, and a wrong catalogue is refused."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.reasons import (
    LANGUAGES,
    Reason,
    ReasonText,
    place_in_order,
    read_reasons,
    sentence,
)

CATALOGUE = Path(__file__).parents[2] / "resources/catalogue/reasons.toml"
TOML = CATALOGUE.read_text(encoding="utf-8")
TEXTS = read_reasons(tomllib.loads(TOML))
SLOTS = {
    name: name
    for name in (
        "recipient",
        "giver",
        "about",
        "person",
        "second",
        "date",
        "signed",
        "needed",
        "limit",
        "phase",
        "programme",
        "missing",
        "ground",
        "decider",
        "signer",
    )
}
REFUSALS = [reason for reason in Reason if not reason.allows]


def text_of(words: str) -> ReasonText:
    """Return a text with these words in English."""
    return ReasonText(
        allowed=False, precedence=1, sentences={"en": words}, changes=(), sensitive=False
    )


def changed(old: str, new: str) -> str:
    """Return the catalogue with one place changed."""
    assert old in TOML
    return TOML.replace(old, new, 1)


@pytest.mark.parametrize("reason", Reason)
def test_a_catalogue_without_a_reason_is_refused(reason: Reason) -> None:
    with pytest.raises(ValueError, match=rf"lacks the reasons {reason}\.$"):
        read_reasons(tomllib.loads(changed(f'code = "{reason}"', 'code = "something_else"')))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ['""', '"  "', "1"])
def test_a_reason_without_a_sentence_is_refused(language: str, words: str) -> None:
    start = TOML.index('code = "own_note"')
    broken = re.sub(
        rf"^{language} = .*$", f"{language} = {words}", TOML[start:], count=1, flags=re.MULTILINE
    )

    with pytest.raises(ValueError, match=f"own_note has no sentence in {language}"):
        read_reasons(tomllib.loads(TOML[:start] + broken))


@pytest.mark.parametrize("reason", [Reason.GUARDED, Reason.CONSENT_COVERS])
def test_a_reason_with_the_wrong_answer_is_refused(reason: Reason) -> None:
    right, wrong = str(reason.allows).lower(), str(not reason.allows).lower()
    head = f'code = "{reason}"\nallowed = '

    with pytest.raises(ValueError, match=f"{reason} is not marked allowed = {right}"):
        read_reasons(tomllib.loads(changed(head + right, head + wrong)))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('schema = "trygga.catalogue.reasons/1"', 'schema = "reasons"', "not of schema"),
        ("precedence = 12", 'precedence = "12"', "guarded has no precedence"),
        ("precedence = 12", "precedence = true", "guarded has no precedence"),
        ("precedence = 12", "precedence = 60", "do not follow the order"),
        ("precedence = 12", "precedence = 11", "do not follow the order"),
        ("precedence = 0", "precedence = 1", "precedence 0"),
        ('changes = ["leave_out"]', 'changes = "leave_out"', "guarded names changes"),
        ('changes = ["leave_out"]', 'changes = ["wish"]', "guarded names changes"),
        ('changes = ["leave_out"]', 'changes = [["leave_out"]]', "guarded names changes"),
        ("sensitive = true", "sensitive = 1", "guardian_barred is neither"),
        ('code = "guarded"', 'code = "own_note"', "own_note stands twice"),
        ('code = "guarded"', "code = 4", "has no code"),
        ('code = "complete_item"', 'kode = "complete_item"', "has no code"),
    ],
)
def test_a_wrong_catalogue_is_refused(old: str, new: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_reasons(tomllib.loads(changed(old, new)))


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("", "lacks"),
        ("reason = 1", "not a list"),
        ("reason = [1]", "has no code"),
        ("=", "Invalid"),
    ],
)
def test_a_catalogue_of_another_form_is_refused(rows: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_reasons(tomllib.loads(f'schema = "trygga.catalogue.reasons/1"\n{rows}'))


def test_a_sentence_is_not_made_in_a_language_the_catalogue_lacks() -> None:
    with pytest.raises(ValueError, match="'fi'"):
        sentence(TEXTS[Reason.GUARDED], "fi", {})


def test_a_sentence_is_not_made_without_all_its_slots() -> None:
    with pytest.raises(ValueError, match="'recipient'"):
        sentence(TEXTS[Reason.OWN_INFORMATION], "sv", {"giver": "skolan"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_can_be_said(reason: Reason, language: str) -> None:
    said = sentence(TEXTS[reason], language, SLOTS)

    assert said
    assert "{" not in said


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_no_names_a_way_out(reason: Reason) -> None:
    assert TEXTS[reason].changes


def test_the_catalogue_and_the_decision_tell_in_the_same_order() -> None:
    by_catalogue = sorted(REFUSALS, key=lambda reason: TEXTS[reason].precedence)

    assert by_catalogue == sorted(REFUSALS, key=place_in_order)


def test_what_shows_a_persons_situation_is_sensitive() -> None:
    assert TEXTS[Reason.GUARDIAN_BARRED].sensitive
    assert not TEXTS[Reason.OWN_INFORMATION].sensitive


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        ("{Recipient} may.", "polisen", "Polisen may."),
        ("To {recipient}.", "polisen", "To polisen."),
        ("{Recipient} may.", "", " may."),
        ("{Recipient} may.", "östra skolan", "Östra skolan may."),
    ],
)
def test_a_slot_takes_a_capital_where_the_sentence_asks_for_it(
    words: str, value: str, said: str
) -> None:
    assert sentence(text_of(words), "en", {"recipient": value}) == said


@given(st.text(), st.text())
def test_what_stands_in_a_slot_is_never_read(giver: str, person: str) -> None:
    said = sentence(text_of("{giver}|{person}"), "en", {"giver": giver, "person": person})

    assert said == f"{giver}|{person}"
