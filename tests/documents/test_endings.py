"""The pages of an end and of an agreement say what is written, are tagged, and bear no place."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.documents.papers import HOSTILE, read_back, squeezed
from tests.documents.tagged import flaws_of
from trygga_desktop.documents import agreement, closing
from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Heading,
    OwnWords,
    Paragraph,
    SignatureLine,
    SignatureLines,
    Statement,
    Table,
)
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.plan import Head
from trygga_desktop.domain.agreement import PaperAnswer, Side
from trygga_desktop.domain.closing import Ending, GoalOutcome
from trygga_desktop.i18n import STOCKHOLM, Language, load_language

SWEDISH, ENGLISH = load_language("sv"), load_language("en")
DAY = date(2026, 11, 26)
HEAD = Head(organisation="Socialnämnden", case_number="D-1", subject="Elias Demosson", day=DAY)
ENDED = closing.ClosingContent(
    head=HEAD,
    version="Planens version 4",
    phase="Avslutat",
    reason="Målen är uppnådda",
    words="Vi hörs.",
    left_open="Eleven har flyttat.",
    areas=(
        closing.AreaPart(
            name="Fritid",
            goals=(
                closing.GoalRow(
                    text="Bli ledare",
                    sign="Leder en grupp",
                    outcome=GoalOutcome.PARTLY,
                    evidence="Leder ihop",
                ),
                closing.GoalRow(text="Sova", sign="", outcome=None, evidence=""),
            ),
            rating=(DAY, 8),
            own_words="Det roligaste jag har gjort.",
        ),
    ),
    promises=(
        closing.PromiseRow(
            text="Anmäla",
            who="Dalia, Fritid",
            ending=Ending.HANDED_OVER,
            handed_to="Fritid",
            words="I januari",
        ),
        closing.PromiseRow(text="Ringa", who="Jonas, Polisen", ending=None),
    ),
    later=(
        closing.LaterRow(due_on=DAY, noted_on=DAY, words="Går i skolan"),
        closing.LaterRow(due_on=DAY, noted_on=None, words=""),
    ),
)
AGREED = agreement.AgreementContent(
    head=replace(HEAD, subject="NORD-7"),
    called="NORD-7",
    programme="Avhopparverksamhet",
    version="Version 1",
    valid_from=DAY,
    valid_to=date(2027, 5, 26),
    person=("Inga brott.", "Prov varje måndag."),
    by_programme=("En kontaktperson.",),
)
SIGNED = agreement.AnswerRow(side=Side.PERSON, answer=PaperAnswer.SIGNED, on=DAY)


def printed(blocks: tuple[Block, ...], language: Language = SWEDISH) -> bytes:
    """Return the blocks as a file."""
    made_at = datetime(2026, 11, 26, tzinfo=STOCKHOLM)
    return render(blocks, Paper(title="Papper", language=language, made_at=made_at))


def test_an_earlier_end_stands_behind_this_one_with_its_own_answers() -> None:
    first = closing.RoundPart(
        ended_on=date(2025, 10, 1),
        areas=(
            closing.AreaPart(
                name="Skola",
                goals=(
                    closing.GoalRow(
                        text="Gå i skolan",
                        sign="",
                        outcome=GoalOutcome.NOT_REACHED,
                        evidence="Slutade komma",
                    ),
                ),
            ),
        ),
        promises=(),
        later=(closing.LaterRow(due_on=DAY, noted_on=None, words="", is_passed=True),),
    )
    text = squeezed(read_back(printed(closing.compose(replace(ENDED, rounds=(first,)), SWEDISH))))
    behind = text.partition(squeezed("Hur arbetet slutade 1 oktober 2025"))[2]
    for told in ("Slutade komma", "Målet uppnåddes inte", "Frågades inte innan nästa dag kom"):
        assert squeezed(told) in behind
    assert squeezed("Inget åtagande var öppet") not in behind


def test_what_has_no_answer_is_not_passed_over() -> None:
    blocks = closing.compose(ENDED, SWEDISH)
    told = [(one.source, one.text) for one in blocks if isinstance(one, Statement)]
    assert told == [
        ("Delvis uppnått", "Leder ihop"),
        ("Inget svar ännu", "Inget är skrivet om hur man vet det."),
    ]
    promises, later = (one for one in blocks if isinstance(one, Table))
    assert promises.rows == (
        ("Anmäla", "Dalia, Fritid", "Överlämnat till Fritid\nI januari"),
        ("Ringa", "Jonas, Polisen", "Inget svar ännu"),
    )
    assert [row[1] for row in later.rows] == [
        "Antecknat 26 november 2026: Går i skolan",
        "Inte tillfrågad ännu",
    ]


def test_the_young_persons_own_words_and_figure_stand_beside_the_goals() -> None:
    blocks = closing.compose(ENDED, SWEDISH)
    assert [one.text for one in blocks if isinstance(one, OwnWords)] == [
        "Bli ledare",
        "Sova",
        "Det roligaste jag har gjort.",
    ]
    said = [one.text for one in blocks if isinstance(one, Paragraph)]
    assert "Egen siffra från 1 till 10, 26 november 2026: 8" in said


def test_an_end_without_commitments_says_so() -> None:
    blocks = closing.compose(replace(ENDED, promises=(), later=()), SWEDISH)
    assert not any(isinstance(one, Table) for one in blocks)
    texts = [one.text for one in blocks if isinstance(one, Paragraph)]
    assert "Inget åtagande var öppet när arbetet avslutades." in texts


def test_an_agreement_has_lines_to_sign_for_who_has_not_answered() -> None:
    (lines,) = (
        one for one in agreement.compose(AGREED, SWEDISH) if isinstance(one, SignatureLines)
    )
    assert lines.lines == (
        SignatureLine(role="Den som lämnar", name="NORD-7"),
        SignatureLine(role="För verksamheten", name="Avhopparverksamhet"),
    )
    assert lines.beside == "Datum"
    half = agreement.compose(replace(AGREED, answers=(SIGNED,)), SWEDISH)
    (left,) = (one for one in half if isinstance(one, SignatureLines))
    assert [one.role for one in left.lines] == ["För verksamheten"]


def test_whoever_answered_is_told_and_has_no_line_any_more() -> None:
    no = agreement.AnswerRow(
        side=Side.PROGRAMME, answer=PaperAnswer.DECLINED, on=DAY, name="Karin Ek"
    )
    blocks = agreement.compose(replace(AGREED, answers=(SIGNED, no)), SWEDISH)
    assert not any(isinstance(one, SignatureLines) for one in blocks)
    told = [one.text for one in blocks if isinstance(one, Paragraph)]
    assert told[-2:] == [
        "Undertecknad av den unge 26 november 2026.",
        "Karin Ek avböjde att skriva under för verksamheten 26 november 2026.",
    ]


def test_an_agreement_lists_what_each_undertakes_and_no_place() -> None:
    blocks = agreement.compose(AGREED, SWEDISH)
    assert [one.items for one in blocks if isinstance(one, Bullets)] == [
        AGREED.person,
        AGREED.by_programme,
    ]
    heads = [one.text for one in blocks if isinstance(one, Heading)]
    assert heads == ["Jag åtar mig", "Verksamheten åtar sig"]
    text = PdfReader(BytesIO(printed(blocks))).pages[0].extract_text()
    assert "NORD-7" in text
    assert "Ort" not in text


@pytest.mark.parametrize("language", [SWEDISH, ENGLISH])
def test_both_are_tagged_without_a_flaw_whatever_stands_in_them(language: Language) -> None:
    rows = tuple(replace(one, text=HOSTILE[0], words=" ".join(HOSTILE)) for one in ENDED.promises)
    for blocks in (
        closing.compose(ENDED, language),
        closing.compose(replace(ENDED, words=HOSTILE[-1], promises=rows), language),
        agreement.compose(AGREED, language),
        agreement.compose(replace(AGREED, person=HOSTILE, answers=(SIGNED,)), language),
    ):
        assert flaws_of(printed(blocks, language)) == []
