"""The pages of a plan say what it says, and nothing that was not given; figures have their bars."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.documents.tagged import flaws_of, outline_of
from trygga_desktop.documents.blocks import Charts, Drawing, LargeText, OwnWords, Paragraph, Table
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.plan import (
    ActionRow,
    AreaPart,
    ComparedRow,
    ComparisonContent,
    GoalPart,
    Head,
    MyPlanContent,
    PlanContent,
    ProgressContent,
    Ratings,
    compose,
    compose_comparison,
    compose_my_plan,
    compose_progress,
)
from trygga_desktop.domain.plan import Difference, Term
from trygga_desktop.i18n import STOCKHOLM, load_language

SWEDISH = load_language("sv")
DAY = date(2026, 11, 26)
HEAD = Head(organisation="Socialnämnden", case_number="D-1", subject="Elias Demosson", day=DAY)
RATINGS = Ratings(days=(DAY,), rows=(("Skola", (7,)), ("Hälsa", (None,))))
MINE = MyPlanContent(
    head=HEAD,
    name="Elias",
    wants=("Bli ledare",),
    good_at=(),
    own=("Gå på träningen",),
    others=("Dalia: Anmäla. Senast 15 januari 2027.",),
)


def test_my_plan_says_nothing_of_what_is_not_there() -> None:
    blocks = compose_my_plan(MINE, SWEDISH)
    heads = [one.title for one in blocks if isinstance(one, LargeText) and one.title]
    assert heads == [
        "Det här vill jag",
        "Det här gör jag",
        "Det här gör andra för mig",
        "Vill du prata eller ändra något?",
    ]
    told = [text for one in blocks if isinstance(one, LargeText) for text in one.texts]
    assert not any("Ring " in one and "112" not in one for one in told)
    wanted = LargeText(title="Det här vill jag", drawing=Drawing.TARGET, items=("Bli ledare",))
    assert wanted in blocks


def test_my_plan_is_one_page_with_own_figures_whom_to_ring_and_when_one_meets() -> None:
    meets_at = datetime(2027, 1, 14, 15, 0, tzinfo=STOCKHOLM)
    content = MyPlanContent(
        head=HEAD,
        name="Elias",
        wants=("Bli ledare", "Sova"),
        good_at=("Kommer i tid",),
        own=("Gå på träningen",),
        others=tuple(f"Dalia: Anmäla {number}." for number in range(5)),
        ratings=Ratings(
            days=(date(2026, 2, 26), DAY),
            rows=(("Skola och lärande", (3, 7)), ("Hälsa", (None, 10)), ("Vänner", (None, None))),
        ),
        meets_at=meets_at,
        call=("Dalia", "070-174 06 35"),
    )
    blocks = compose_my_plan(content, SWEDISH)
    told = [text for one in blocks if isinstance(one, LargeText) for text in one.texts]
    assert "Vi ses igen 14 januari 2027 klockan 15:00." in told
    assert "Ring Dalia, 070-174 06 35." in told
    figures = [each for one in blocks if isinstance(one, LargeText) for each in one.trends]
    assert [(one.words, one.first, one.last) for one in figures] == [
        ("först 3, senast 7", 3, 7),
        ("10 av 10", 10, 10),
    ]
    pdf = render(blocks, Paper(title="Min plan", language=SWEDISH, made_at=meets_at))
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert "Skola och lärande först 3, senast 7" in " ".join(page.extract_text().split())
    assert flaws_of(pdf) == []


def test_a_plan_has_its_own_goals_first_and_each_action_with_who_and_when() -> None:
    action = ActionRow(
        text="Anmäla", who="Dalia, Fritid", due=DAY, state="Föreslås", own_part="Öva"
    )
    goal = GoalPart(text="Bli ledare", term=Term.LONG, sign="Leder en grupp", actions=(action,))
    area = AreaPart(name="Fritid", told=(("Styrka", "Kommer i tid"),), goals=(goal,))
    content = PlanContent(
        head=HEAD, version="Version 1", wishes=("Jag vill",), areas=(area,), ratings=RATINGS
    )
    blocks = compose(content, SWEDISH)
    assert next(one for one in blocks if isinstance(one, OwnWords)).text == "Jag vill"
    table = next(one for one in blocks if isinstance(one, Table))
    assert table.rows == (
        ("Anmäla\nDen unge: Öva", "Dalia, Fritid", "26 november 2026", "Föreslås"),
    )


def test_figures_are_drawn_in_true_distance_and_all_of_them_stand_in_tables() -> None:
    days = tuple(date(2025, 1, 1) + timedelta(days=10 * number) for number in range(9))
    figures = (3, None, 4, 5, 5, 6, 7, 7, 8)
    done = {"Skola": (date(2025, 1, 6),)}
    ratings = Ratings(days=days, rows=(("Skola", figures), ("Hälsa", (2, *[None] * 8))), done=done)
    blocks = compose_progress(ProgressContent(head=HEAD, ratings=ratings, tallies=()), SWEDISH)

    drawn = next(one for one in blocks if isinstance(one, Charts)).charts[0]
    assert drawn.points[2] == (0.25, 4)
    assert drawn.ticks == (0.0625,)
    assert "Åtgärder klara: 6 januari 2025." in drawn.told
    tables = [one for one in blocks if isinstance(one, Table)]
    told = [cell for one in tables for cell in one.rows[0][1:]]
    assert told == ["" if one is None else str(one) for one in figures]
    assert [title.title for one in tables for title in one.columns[1:]] == [
        one.isoformat() for one in days
    ]

    made_at = datetime(2026, 11, 26, tzinfo=STOCKHOLM)
    pdf = render(blocks, Paper(title="Utveckling", language=SWEDISH, made_at=made_at))
    assert flaws_of(pdf) == []
    assert [role for _, role in outline_of(pdf)].count("/Figure") == 2


def test_a_comparison_says_in_words_how_each_line_differs() -> None:
    rows = (
        ComparedRow(area="Fritid", difference=Difference.NEW, before="", after="Egen grupp"),
        ComparedRow(area="Fritid", difference=Difference.REMOVED, before="Stöd", after=""),
        ComparedRow(
            area="Fritid", difference=Difference.SAME, before="Mål", after="Mål", is_agreed=True
        ),
    )
    content = ComparisonContent(head=HEAD, before="Version 1", after="Version 2", rows=rows)
    table = next(one for one in compose_comparison(content, SWEDISH) if isinstance(one, Table))
    gap = "Finns inte i den här versionen"
    same = "Lika\nÖverenskommet"
    assert table.rows == (
        (gap, "Egen grupp", "Nytt"),
        ("Stöd", gap, "Borttaget"),
        ("Mål", "Mål", same),
    )


@pytest.mark.parametrize("wishes", range(10, 34))
def test_a_goal_and_own_figures_stay_with_what_they_lead_to(wishes: int) -> None:
    goal = GoalPart(
        text="Jag vill bli ledare",
        term=Term.LONG,
        sign="Elias leder en grupp",
        actions=(ActionRow(text="Egen grupp", who="Dalia Karim", due=DAY, state=""),),
    )
    content = PlanContent(
        head=HEAD,
        version="Version 1",
        wishes=tuple(f"Jag vill {number}" for number in range(wishes // 2)),
        areas=(AreaPart(name="Fritid", told=(), goals=(goal,)),),
        ratings=replace(RATINGS, done={"Skola": (DAY,)}),
    )
    extra = Paragraph(text="Ett ord till." if wishes % 2 else "")
    paper = Paper(title="Plan", language=SWEDISH, made_at=datetime(2026, 11, 26, tzinfo=STOCKHOLM))

    pdf = render((*compose(content, SWEDISH)[:1], extra, *compose(content, SWEDISH)[1:]), paper)

    pages = [one.extract_text() for one in PdfReader(BytesIO(pdf)).pages]
    (of_goal,) = [page for page in pages if "Jag vill bli ledare" in page]
    assert "Elias leder en grupp" in of_goal
    assert "Dalia Karim" in of_goal
    (of_figures,) = [page for page in pages if "Egen skattning" in page]
    assert "Skola" in of_figures.partition("Egen skattning")[2]
