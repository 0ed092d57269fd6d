"""The sentences of the decision in the words of a screen: nothing known, and they still stand."""

import pytest

from tests.ui.consents_desk import reasons_toml
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import LANGUAGES, Language, load_language
from trygga_desktop.ui.reason_words import LEAVE_ROOM, OTHER_GROUND, ReasonWords
from trygga_desktop.ui.theme.tokens import Tone

HOSTILE = ("{date}", "{", "}", "{Recipient} {x}", '<img src="/etc/passwd">', "\u202eton", "\0")


def words(code: str = "sv") -> ReasonWords:
    return ReasonWords(reasons_toml(), load_language(code))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_a_sentence_of_which_nothing_is_known_stands_without_braces(
    reason: Reason, code: str
) -> None:
    said = words(code)

    sentences = [said.sentence(reason), said.statement(reason), *said.changes([reason])]

    assert all(sentences)
    assert not any(brace in one for one in sentences for brace in "{}")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_pill(reason: Reason) -> None:
    pill = words().pill(reason)

    assert pill.text
    assert pill.icon
    assert (pill.tone is Tone.OK) is reason.allows


def test_a_no_is_never_red_and_a_withdrawal_is() -> None:
    said = words()

    red = {reason for reason in Reason if said.pill(reason).tone is Tone.BAD}

    assert red == {Reason.WITHDRAWN, Reason.WITHDRAWN_PART}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_slot_stay_what_they_are(text: str) -> None:
    slots = {"recipient": text, "about": "skolgång och närvaro"}

    sentence = words().sentence(Reason.RECIPIENT_NOT_COVERED, slots)

    assert text in sentence


def test_a_slot_at_the_start_gets_a_capital() -> None:
    slots = {"recipient": "polisen", "about": "skolgång och närvaro"}

    sentence = words().sentence(Reason.CATEGORY_NOT_COVERED, slots)

    assert sentence.startswith("Polisen får inte ta del av uppgifter om skolgång och närvaro")


def test_an_empty_slot_counts_as_not_known() -> None:
    assert "den unge" in words().sentence(Reason.OPINION_MISSING, {"person": " "}).lower() or (
        "the young person" in words("en").sentence(Reason.OPINION_MISSING, {"person": " "}).lower()
    )


def test_a_statement_leaves_out_the_answer() -> None:
    said = words()

    assert said.sentence(Reason.REFUSED).startswith("Nej. ")
    assert not said.statement(Reason.REFUSED).startswith("Nej")


def test_another_ground_is_told_last_and_never_left_out() -> None:
    said = words()

    changes = said.changes([Reason.CATEGORY_NOT_COVERED])

    assert len(changes) == 3
    assert changes[-1] == "Pröva om det finns en annan rättslig grund."


def test_of_several_reasons_the_first_way_of_each_is_told() -> None:
    said = words()
    reasons = [Reason.OPINION_MISSING, Reason.WAITING_FOR_SIGNATURE]

    changes = said.changes(reasons, {"person": "Elias", "signers": "Sara"})

    assert changes == (
        "Fråga Elias och skriv ner svaret med egna ord.",
        "Be Sara skriva under.",
        "Pröva om det finns en annan rättslig grund.",
    )
    assert said.changes_heading(reasons).startswith("Det räcker inte med en sak")
    assert said.changes_heading(reasons[:1]) == "Så kan det bli möjligt"


ASKS_FOR_CONSENT = "Informera och be om samtycke."


@pytest.mark.parametrize(
    "others",
    [
        [],
        [Reason.REFUSED],
        [Reason.WAITING_FOR_SIGNATURE],
        [Reason.WITHDRAWN],
        [Reason.CATEGORY_NOT_COVERED],
    ],
    ids=str,
)
def test_a_phase_asks_for_no_consent_where_somebody_has_answered(others: list[Reason]) -> None:
    changes = words().changes([Reason.PHASE_NOT_OPEN, *others])

    assert ASKS_FOR_CONSENT not in changes
    assert changes[0] == "För ärendet vidare till ett skede där uppgifter delas."


def test_a_phase_asks_for_a_consent_where_nobody_was_asked() -> None:
    changes = words().changes([Reason.PHASE_NOT_OPEN, Reason.CONSENT_MISSING])

    assert changes == (ASKS_FOR_CONSENT, "Pröva om det finns en annan rättslig grund.")


def test_what_is_said_elsewhere_is_left_out_of_the_ways() -> None:
    said = words()

    changes = said.changes([Reason.CATEGORY_NOT_COVERED], without={LEAVE_ROOM, OTHER_GROUND})

    assert len(changes) == 1
    assert changes[0].startswith("Be ")


def test_one_way_passes_by_only_the_reasons_that_it_removes() -> None:
    said = words()

    assert said.passes_by(OTHER_GROUND, [Reason.CATEGORY_NOT_COVERED, Reason.REFUSED])
    assert not said.passes_by(OTHER_GROUND, [Reason.CATEGORY_NOT_COVERED, Reason.CHAIN_BROKEN])


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_reminder_of_a_duty_names_who_decides(code: str) -> None:
    told = words(code).duty_reminder("skolan")

    assert "Skolan" in told or "skolan" in told
    assert "{" not in told


def test_where_nothing_would_change_it_nothing_is_told() -> None:
    assert words().changes([]) == ()
    assert words().changes([Reason.OWN_INFORMATION]) == ()


def test_a_reason_that_has_no_other_ground_promises_none() -> None:
    changes = words().changes([Reason.CHAIN_BROKEN, Reason.WAITING_FOR_SIGNATURE])

    assert OTHER_GROUND
    assert not any("rättslig grund" in one for one in changes)


def test_a_language_that_the_catalogue_lacks_falls_back_on_swedish() -> None:
    swedish = load_language("sv")
    other = Language("fi", swedish._texts)  # noqa: SLF001  no such language is shipped

    said = ReasonWords(reasons_toml(), other)

    assert said.sentence(Reason.REFUSED) == words().sentence(Reason.REFUSED)


def test_what_shows_a_situation_is_marked() -> None:
    said = words()

    assert said.is_sensitive(Reason.REFUSED)
    assert not said.is_sensitive(Reason.CATEGORY_NOT_COVERED)


def test_a_catalogue_that_is_not_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="schema"):
        ReasonWords('schema = "x"', load_language("sv"))
