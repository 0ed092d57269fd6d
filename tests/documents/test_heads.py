"""Every document has the same head, with the coat of arms of whoever it comes from."""

import ast
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest

from tests.documents.papers import FULL, SWEDISH
from tests.documents.test_plan import HEAD, MINE, RATINGS
from tests.documents.test_preparation import SHEET as PREPARATION
from tests.documents.test_promises import PAGE
from tests.documents.test_recovery_sheet import SHEET as RECOVERY
from tests.documents.test_summons import SCHOOL, YOUNG
from tests.documents.test_withdrawal_letter import WHOLE
from tests.pictures import plain_picture
from trygga_desktop.documents import (
    copy_sheet,
    plan,
    preparation,
    promises,
    raised,
    recovery_sheet,
    summons,
    withdrawal_letter,
)
from trygga_desktop.documents.blocks import Block, Title
from trygga_desktop.documents.composition import compose
from trygga_desktop.documents.excerpt import Excerpt
from trygga_desktop.domain.programme import Decider
from trygga_desktop.paths import program_folder

ARMS = b64encode(plain_picture()).decode()
OWNER: Any = {"municipality": "Exempelstad", "arms": ARMS}
PLAN_HEAD = replace(HEAD, **OWNER)
COPY = copy_sheet.CopySheetContent(
    number=1,
    recipient="Sara Demosson",
    case_number="D-1",
    meeting_number=1,
    control_code="T9VZ-BQFY-H206",
    printed_at=datetime(2026, 11, 26, 14, 0, tzinfo=UTC),
    **OWNER,
)


def _first() -> Iterable[tuple[str, Callable[[], Iterable[Block]]]]:
    full = replace(FULL, **OWNER)
    yield "protocol", lambda: compose(full, SWEDISH)
    for is_plain in (False, True):
        excerpt = Excerpt(recipient="Skolan", host="Socialnämnden", is_plain=is_plain)
        kept = replace(full, excerpt=excerpt)
        yield f"excerpt, plain {is_plain}", partial(compose, kept, SWEDISH)
    yield "letter", lambda: withdrawal_letter.compose(replace(WHOLE, **OWNER), SWEDISH)
    yield "summons", lambda: summons.compose(replace(SCHOOL, **OWNER), SWEDISH)
    yield "summons of the young", lambda: summons.compose(replace(YOUNG, **OWNER), SWEDISH)
    yield "preparation", lambda: preparation.compose(replace(PREPARATION, **OWNER), SWEDISH)
    yield "promises", lambda: promises.compose(replace(PAGE, **OWNER), SWEDISH)
    late = raised.RaisedContent(
        organisation="Socialnämnden",
        day=date(2026, 11, 26),
        to=Decider.STEERING_GROUP,
        rules=(),
        lines=(),
        **OWNER,
    )
    yield "raised", lambda: raised.compose(late, SWEDISH)
    whole = plan.PlanContent(
        head=PLAN_HEAD, version="Version 1", wishes=(), areas=(), ratings=RATINGS
    )
    progress = plan.ProgressContent(head=PLAN_HEAD, ratings=RATINGS, tallies=())
    two = plan.ComparisonContent(head=PLAN_HEAD, before="1", after="2", rows=())
    yield "plan", lambda: plan.compose(whole, SWEDISH)
    yield "progress", lambda: plan.compose_progress(progress, SWEDISH)
    yield "comparison", lambda: plan.compose_comparison(two, SWEDISH)
    yield "my plan", lambda: plan.compose_my_plan(replace(MINE, head=PLAN_HEAD), SWEDISH)
    yield "recovery sheet", lambda: recovery_sheet.compose(replace(RECOVERY, **OWNER), SWEDISH)
    yield "copy sheet", lambda: copy_sheet.compose(COPY, SWEDISH)


@pytest.mark.parametrize("composed", [one for _, one in _first()], ids=[at for at, _ in _first()])
def test_the_arms_stand_in_the_head_beside_the_name_of_whose_they_are(
    composed: Callable[[], Iterable[Block]],
) -> None:
    (title,) = [one for one in composed() if isinstance(one, Title)]

    assert title.arms is not None
    assert "Exempelstad" in title.organisation


def test_no_document_makes_a_head_of_its_own() -> None:
    making = set()
    for path in (program_folder() / "trygga_desktop" / "documents").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Title":
                making.add(path.name)

    assert making == {"head.py"}
