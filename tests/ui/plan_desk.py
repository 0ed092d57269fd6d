"""The plan of Elias's case in the states worth walking through, without a vault behind it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.overviews import (
    CASE,
    CONTROLLER,
    LEISURE,
    MEETING,
    POLICE,
    ROW,
    SCHOOL,
    SUBJECT,
    TODAY,
    catalogue,
    make_overview,
    shown_item,
)
from tests.ui.plain import NOW, draft_uses
from tests.ui.screens import Screen
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.plan import Head, MyPlanContent, compose_my_plan
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.escalation import EscalationRule, ToRaise
from trygga_desktop.domain.follow_up import Stop, Why
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.plan import LineKind, PlanStage, Term
from trygga_desktop.i18n import STOCKHOLM, load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.due_calendar import DueCalendar
from trygga_desktop.services.follow_up import FollowUpList, FollowUpRow, Span
from trygga_desktop.services.my_plan import OfferedLine, OfferedPart
from trygga_desktop.services.papers import ComposedPaper
from trygga_desktop.services.plan_listeners import Organisation
from trygga_desktop.services.plan_papers import ComposedPlan
from trygga_desktop.services.plan_teller import Progress, ShownPlanLine
from trygga_desktop.services.plan_views import PlanMeeting, PlanPair, PlanView, ToldVersion
from trygga_desktop.services.ratings import CaseProgress, MeetingTally, ShownRating
from trygga_desktop.ui.screens.follow_up.view import FollowUpView
from trygga_desktop.ui.screens.follow_up.view_model import FollowUpViewModel
from trygga_desktop.ui.screens.follow_up.view_model import Span as AskedSpan
from trygga_desktop.ui.screens.plan.view import PlanView as PlanScreen
from trygga_desktop.ui.screens.plan.view_model import PlanUses, PlanViewModel
from trygga_desktop.ui.screens.plan_compare.view import PlanCompareView
from trygga_desktop.ui.screens.plan_compare.view_model import PlanCompareViewModel
from trygga_desktop.ui.screens.plan_papers.view import PlanPapersView
from trygga_desktop.ui.screens.plan_papers.view_model import Choices, PlanPapersViewModel
from trygga_desktop.ui.screens.plan_progress.view import PlanProgressView
from trygga_desktop.ui.screens.plan_progress.view_model import PlanProgressViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

KEPT, EARLIER = UUID(int=700), UUID(int=98)
LATE, PROPOSED, GOAL, LOOSE = (UUID(int=2000 + number) for number in (801, 802, 803, 804))


def plan_line(
    words: str, kind: LineKind, *, number: int, area: str = "leisure", **fields: Any
) -> ShownPlanLine:
    """Return a line of the plan as the door lets it through."""
    is_action = kind is LineKind.ACTION
    item = shown_item(
        words,
        number=number,
        kind=ItemKind.ACTION if is_action else ItemKind.PLAN_LINE,
        category="plan",
        area=area,
        origin_id=CONTROLLER,
    )
    return ShownPlanLine(item=item, kind=kind, **fields)


def going(state: CommitmentState = CommitmentState.NOT_STARTED, **fields: Any) -> Progress:
    """Return how a commitment is going."""
    given = {"due": date(2026, 11, 13), "follow_up": None, "is_late": False, "age": 70}
    return Progress(state=state, **{**given, "carried": 1, **fields})


def lines() -> tuple[ShownPlanLine, ...]:
    """Return a plan with a goal, an action that is late, one proposed, and one nobody placed."""
    dalia: dict[str, Any] = {
        "responsible": "Dalia Karim",
        "organisation_id": LEISURE,
        "organisation": "Fritid Exempelstad",
        "kind_of_organisation": "leisure",
        "party_id": UUID(int=61),
    }
    return (
        plan_line("Jag vill vara ledare.", LineKind.WISH, number=800, area=""),
        plan_line("Hjälpledare på onsdagar.", LineKind.STATE, number=805),
        plan_line("Kommer i tid.", LineKind.STRENGTH, number=806),
        plan_line(
            "Jag vill vara ledare för de yngre i boxningen",
            LineKind.GOAL,
            number=803,
            term=Term.LONG,
            is_proposed=True,
            sign="Elias leder en grupp själv till sommaren 2027",
        ),
        plan_line(
            "Anmäla till ledarutbildning",
            LineKind.ACTION,
            number=801,
            goal_id=GOAL,
            due_on=date(2026, 11, 13),
            progress=going(is_late=True),
            closed_to=frozenset({POLICE}),
            **dalia,
        ),
        plan_line(
            "Egen grupp på onsdagar",
            LineKind.ACTION,
            number=802,
            goal_id=GOAL,
            due_on=date(2026, 12, 6),
            follow_up_on=date(2027, 1, 14),
            may_be_raised=True,
            is_proposed=True,
            **dalia,
        ),
        plan_line("Sover dåligt", LineKind.NEED, number=807, area="health", may_be_raised=False),
        plan_line(
            "Ringa Elias före besök i skolan",
            LineKind.ACTION,
            number=804,
            area="",
            responsible="Jonas Ek",
            organisation_id=POLICE,
            organisation="Polisen Exempelstad",
            kind_of_organisation="police",
            due_on=TODAY,
            progress=going(CommitmentState.DOING, due=TODAY),
            is_placed=False,
        ),
    )


def versions() -> tuple[ToldVersion, ...]:
    """Return two versions: one that a meeting agreed on, and one prepared since."""
    first = ToldVersion(
        number=4,
        stage=PlanStage.AGREED,
        made_at=datetime(2026, 9, 17, 15, 45, tzinfo=UTC),
        made_by="Karin Ek",
        meeting=4,
        held_back=0,
        sealed_at=datetime(2026, 9, 18, 7, 5, tzinfo=UTC),
    )
    return (
        first,
        replace(
            first, number=5, stage=PlanStage.PREPARED, made_at=NOW, meeting=None, sealed_at=None
        ),
    )


def make_view(**changes: Any) -> PlanView:
    """Return the plan of Elias's case."""
    overview = make_overview()
    meeting = PlanMeeting(
        id=MEETING,
        number=5,
        state=MeetingState.PLANNED,
        starts_at=NOW + timedelta(hours=7),
        is_sealed=False,
    )
    view = PlanView(
        row=ROW,
        subject_id=SUBJECT,
        subject_name="Elias Demosson",
        number=5,
        # What was decided about is decided about for everyone who is called to the meeting.
        lines=tuple(replace(one, may_be_raised=one.may_be_raised is not False) for one in lines()),
        versions=versions(),
        people=overview.people,
        organisations=(
            Organisation(id=CONTROLLER, name="Socialnämnden", kind="social_services"),
            Organisation(id=SCHOOL, name="Exempelgymnasiet", kind="school"),
            Organisation(id=LEISURE, name="Fritid Exempelstad", kind="leisure"),
            Organisation(id=POLICE, name="Polisen Exempelstad", kind="police"),
        ),
        controller_id=CONTROLLER,
        meetings=(replace(meeting, id=EARLIER, number=4, state=MeetingState.HELD), meeting),
        asked_of=MEETING,
        deciding=EARLIER,
        agreeable=frozenset({GOAL, PROPOSED}),
        basis="as it is",
        protection=(shown_item("Ny adress sedan i måndags", number=820),),
        reads_guarded=True,
        catalogue=catalogue(),
        today=TODAY,
    )
    return replace(view, **changes)


class Cabinet:
    """Holds a plan, and notes what it was asked to store; `error` is raised instead."""

    def __init__(self, view: PlanView | None = None, *, error: Exception | None = None) -> None:
        self.view = make_view() if view is None else view
        self.error = error
        self.asked: list[Any] = []

    def read(self, _: UUID) -> Done[PlanView]:
        """Return the plan."""
        return Done(self.view)

    def take(self, command: Any) -> Done[UUID]:
        """Note what was asked."""
        if self.error is not None:
            raise self.error
        self.asked.append(command)
        return Done(KEPT, Changes(items=True))

    def change(self, command: Any) -> Done[None]:
        """Note what was asked, and answer nothing."""
        self.take(command)
        return Done(None, Changes(items=True))

    @property
    def uses(self) -> PlanUses:
        """Return the use cases of the plan."""
        return PlanUses(
            read_plan=self.read,
            keep_plan=self.take,
            bring_plan=self.take,
            agree_plan=self.take,
            change_commitment=self.change,
            write_protection=self.take,
        )


def make_plan_model(cabinet: Cabinet | None = None, **uses: Any) -> PlanViewModel:
    """Return the plan of Elias's case, read."""
    model = PlanViewModel(
        CASE,
        **{
            "uses": (cabinet or Cabinet()).uses,
            "drafts": draft_uses(),
            "runner": InlineRunner(),
            "screen_count": lambda: 1,
            "now": lambda: NOW,
            **uses,
        },
    )
    model.load()
    return model


def go_to(model: PlanViewModel, line_id: UUID) -> None:
    """Choose the row of a line."""
    ids = [None if one.line is None else one.line.id for one in model.rows]
    model.choose_row(ids.index(line_id))


def shown(look: Look) -> QWidget:
    """Return a plan with an action chosen that is proposed."""
    model = make_plan_model()
    go_to(model, PROPOSED)
    return desk_frame(look, PlanScreen(model, look), model)


def shown_agreed(look: Look) -> QWidget:
    """Return a plan with a commitment chosen that is late."""
    model = make_plan_model()
    go_to(model, LATE)
    return desk_frame(look, PlanScreen(model, look), model)


def shown_what_became(look: Look) -> QWidget:
    """Return a plan while it is asked in more words what became of a commitment."""
    model = make_plan_model()
    go_to(model, LATE)
    model.ask_what_became()
    return desk_frame(look, PlanScreen(model, look), model)


def acute_lines() -> tuple[ShownPlanLine, ...]:
    """Return the lines with hours: what was promised is to be done earlier, by another hour."""
    hours: dict[UUID, dict[str, Any]] = {
        LATE: {
            "due_at": time(9),
            "new_due": TODAY,
            "new_due_at": time(16),
            "progress": going(is_late=True, hour=time(9)),
        },
        PROPOSED: {"due_at": time(14, 30)},
    }
    return tuple(
        replace(one, may_be_raised=one.may_be_raised is not False, **hours.get(one.id, {}))
        for one in lines()
    )


def shown_acute(look: Look) -> QWidget:
    """Return the plan of a case that goes by hours, with an action chosen that is proposed."""
    model = make_plan_model(Cabinet(make_view(goes_by_hours=True, lines=acute_lines())))
    go_to(model, PROPOSED)
    return desk_frame(look, PlanScreen(model, look), model)


def shown_empty(look: Look) -> QWidget:
    """Return a case in which nothing has been planned."""
    view = make_view(lines=(), versions=(), number=0, protection=(), meetings=(), asked_of=None)
    model = make_plan_model(Cabinet(view))
    return desk_frame(look, PlanScreen(model, look), model)


def shown_leaving_out(look: Look) -> QWidget:
    """Return a plan that is to go to a meeting without what that may not be told."""
    model = make_plan_model()
    model.bring()
    return desk_frame(look, PlanScreen(model, look), model)


def shown_agreeing(look: Look) -> QWidget:
    """Return a plan of which a meeting says what it agreed on."""
    model = make_plan_model()
    model.ask_what_was_agreed()
    return desk_frame(look, PlanScreen(model, look), model)


def make_pair(*, is_empty: bool = False) -> PlanPair:
    """Return two versions that differ in a line of each kind."""
    after = lines()
    gone = plan_line("Extra stöd i matte", LineKind.ACTION, number=810, area="school")
    before = (*after[:3], replace(after[4], due_on=date(2026, 11, 1)), gone)
    return PlanPair(
        row=ROW,
        versions=() if is_empty else versions(),
        before=() if is_empty else before,
        after=() if is_empty else after[:6],
        numbers=(0, 0) if is_empty else (4, 5),
        agreed=frozenset() if is_empty else frozenset({after[1].id}),
        catalogue=catalogue(),
        today=TODAY,
    )


def make_compare_model(**fields: Any) -> PlanCompareViewModel:
    """Return two versions, read."""
    model = PlanCompareViewModel(
        CASE,
        read_versions=lambda *_: Done(make_pair(**fields)),
        runner=InlineRunner(),
    )
    model.load()
    return model


def shown_compare(look: Look) -> QWidget:
    """Return two versions side by side."""
    model = make_compare_model()
    return desk_frame(look, PlanCompareView(model, look), model)


def shown_compare_empty(look: Look) -> QWidget:
    """Return a case without versions."""
    model = make_compare_model(is_empty=True)
    return desk_frame(look, PlanCompareView(model, look), model)


def make_progress(*, is_empty: bool = False) -> CaseProgress:
    """Return how it went in Elias's case."""
    days = (date(2026, 2, 26), date(2026, 6, 11), date(2026, 9, 17))
    figures: tuple[dict[str, int], ...] = (
        {"school": 3, "leisure": 6, "health": 3},
        {"school": 6, "leisure": 8},
        {"school": 7, "leisure": 8, "health": 6},
    )
    ratings = tuple(
        ShownRating(
            item=shown_item("", number=830 + place, category="own_words"), on=day, values=values
        )
        for place, (day, values) in enumerate(zip(days, figures, strict=True))
    )
    tally = MeetingTally(meeting_id=MEETING, number=4, on=days[2], done=5, doing=1, not_possible=1)
    return CaseProgress(
        row=ROW,
        subject_name="Elias Demosson",
        ratings=() if is_empty else ratings,
        tallies=() if is_empty else (tally,),
        meetings=() if is_empty else ((MEETING, 4, days[2]),),
        catalogue=catalogue(),
        today=TODAY,
        done={} if is_empty else {"school": (date(2026, 3, 5), date(2026, 7, 2))},
    )


def make_progress_model(*, is_empty: bool = False, **uses: Any) -> PlanProgressViewModel:
    """Return how it went, read."""
    model = PlanProgressViewModel(
        CASE,
        **{
            "read_progress": lambda _: Done(make_progress(is_empty=is_empty)),
            "record_rating": lambda _: Done(KEPT, Changes(items=True)),
            "drafts": draft_uses(),
            "runner": InlineRunner(),
            "now": lambda: NOW,
            **uses,
        },
    )
    model.load()
    return model


def shown_progress(look: Look) -> QWidget:
    """Return the charts, with the table beside them."""
    model = make_progress_model()
    return desk_frame(look, PlanProgressView(model, look), model)


def shown_progress_empty(look: Look) -> QWidget:
    """Return a case in which nobody has said how it is."""
    model = make_progress_model(is_empty=True)
    return desk_frame(look, PlanProgressView(model, look), model)


def make_long_progress(count: int) -> CaseProgress:
    """Return how it went over so many meetings, one a month."""
    began = date(2025, 1, 15)
    tallies = tuple(
        MeetingTally(
            meeting_id=UUID(int=900 + number),
            number=number,
            on=began + timedelta(days=30 * number),
            done=number,
            doing=number % 3,
            not_possible=number % 2,
        )
        for number in range(1, count + 1)
    )
    return replace(make_progress(), tallies=tallies)


def shown_progress_whole(look: Look) -> QWidget:
    """Return the actions of all of many meetings, which somebody asked for."""
    model = make_progress_model(read_progress=lambda _: Done(make_long_progress(14)))
    view = PlanProgressView(model, look)
    more = view.findChild(Button, "all meetings")
    assert more is not None
    more.click()
    return desk_frame(look, view, model)


def shown_progress_entering(look: Look) -> QWidget:
    """Return the figures while they are being entered."""
    model = make_progress_model()
    model.begin()
    model.rate("school", 8)
    return desk_frame(look, PlanProgressView(model, look), model)


def make_papers_model(pdf: bytes, **uses: Any) -> PlanPapersViewModel:
    """Return the pages of a plan."""
    name = "min-plan-2026-11-26.pdf"
    paper = ComposedPlan(pdf=pdf, file_name=name, offered=uses.pop("offered", ()))
    model = PlanPapersViewModel(
        CASE,
        **{
            "choices": Choices(),
            "compose_plan": lambda _: Done(paper),
            "log_print": lambda _: Done(None),
            "log_missed": lambda *_: Done(None),
            "log_save": lambda _: Done(None),
            "print_pdf": lambda *_: None,
            "runner": InlineRunner(),
            "now": lambda: NOW,
            **uses,
        },
    )
    model.load()
    return model


def make_long_papers(**uses: Any) -> PlanPapersViewModel:
    """Return "My plan" of more than the one page that it is meant to be."""
    heads = dict.fromkeys(OfferedPart, "Jag går till skolan varje dag, även när det är jobbigt.")
    offered = tuple(
        OfferedLine(id=UUID(int=10 * number + place), part=part, words=f"{number}. {words}")
        for place, (part, words) in enumerate(heads.items(), start=1)
        for number in range(1, 8)
    )
    told = {
        part: tuple(f"{one.words} " * 6 for one in offered if one.part is part)
        for part in OfferedPart
    }
    head = Head(organisation="Socialnämnden", case_number="D-1", subject="Elias", day=TODAY)
    content = MyPlanContent(
        head=head,
        name="Elias",
        wants=told[OfferedPart.WANTS],
        good_at=told[OfferedPart.GOOD_AT],
        own=told[OfferedPart.OWN],
        others=told[OfferedPart.OTHERS],
    )
    swedish = load_language("sv")
    paper = Paper(title="Min plan", language=swedish, made_at=NOW)
    pdf = render(compose_my_plan(content, swedish), paper)
    return make_papers_model(pdf, offered=offered, **uses)


def shown_papers(look: Look) -> QWidget:
    """Return the page that the young person takes home, which is too long."""
    model = make_long_papers()
    return desk_frame(look, PlanPapersView(model, look), model)


def make_follow_up(*, is_empty: bool = False) -> FollowUpList:
    """Return commitments of two cases."""
    promised = [one for one in lines() if one.progress is not None]
    rows = tuple(
        FollowUpRow(
            on=one.progress.due,
            why=Why.DUE,
            row=ROW,
            item=one.item,
            responsible=one.responsible,
            organisation=one.organisation,
            kind=one.kind_of_organisation,
            progress=one.progress,
            has_left=False,
        )
        for one in promised
        if one.progress is not None
    )
    return FollowUpList(
        rows=() if is_empty else rows,
        counts=dict.fromkeys(Span, 0 if is_empty else 2),
        organisations=make_view().organisations,
        more=None if is_empty else Stop(TODAY, LATE, Why.DUE),
        catalogue=catalogue(),
        today=TODAY,
    )


def make_follow_up_model(*, is_empty: bool = False, **uses: Any) -> FollowUpViewModel:
    """Return the commitments of all cases, read."""
    model = FollowUpViewModel(
        **{
            "read_follow_up": lambda _: Done(make_follow_up(is_empty=is_empty)),
            "raise_commitments": lambda command: Done(len(command.commitment_ids)),
            "compose_raised": lambda _: Done(ComposedPaper(pdf=b"%PDF", file_name="x.pdf")),
            "compose_due_calendar": lambda _: Done(
                DueCalendar(content=b"BEGIN", file_name="x.ics", count=1, is_cut=False)
            ),
            "log_list_saved": lambda: Done(None),
            "log_list_printed": lambda: Done(None),
            "log_missed": lambda *_: Done(None),
            "print_pdf": lambda *_: None,
            "language": load_language("sv"),
            "now": lambda: NOW,
            "runner": InlineRunner(),
            **uses,
        }
    )
    model.load()
    return model


def make_asked_about() -> FollowUpList:
    """Return the same with a commitment that is to be asked about."""
    found = make_follow_up()
    asked = replace(found.rows[-1], on=date(2026, 11, 20), why=Why.ASK)
    return replace(found, rows=(*found.rows, asked))


def shown_follow_up(look: Look) -> QWidget:
    """Return what is late in all cases, and what is to be asked about."""
    model = make_follow_up_model(read_follow_up=lambda _: Done(make_asked_about()))
    return desk_frame(look, FollowUpView(model, look), model)


def make_to_raise(catalogue_programme: str = "sspf") -> FollowUpList:
    """Return what was late at two meetings in a row."""
    found = make_follow_up()
    late = datetime(2026, 11, 14, tzinfo=STOCKHOLM)
    why = ToRaise(rule=EscalationRule.MEETINGS, times=2, late_from=late)
    rows = tuple(
        replace(one, row=replace(one.row, programme=catalogue_programme), to_raise=why)
        for one in found.rows
    )
    return replace(found, rows=rows, counts={**found.counts, Span.TO_RAISE: len(rows)}, more=None)


def make_raising_model(**uses: Any) -> FollowUpViewModel:
    """Return what is to be raised, read."""
    model = make_follow_up_model(**{"read_follow_up": lambda _: Done(make_to_raise()), **uses})
    model.choose(span=AskedSpan.TO_RAISE)
    return model


def shown_to_raise(look: Look) -> QWidget:
    """Return what is to be raised with the steering group."""
    model = make_raising_model()
    return desk_frame(look, FollowUpView(model, look), model)


def shown_raising(look: Look) -> QWidget:
    """Return the question whether all of it was raised."""
    model = make_raising_model()
    model.ask_about_all()
    return desk_frame(look, FollowUpView(model, look), model)


def shown_follow_up_empty(look: Look) -> QWidget:
    """Return a vault in which nothing is late."""
    model = make_follow_up_model(is_empty=True)
    return desk_frame(look, FollowUpView(model, look), model)


SCREENS = (
    Screen("plan", shown),
    Screen("plan-agreed", shown_agreed),
    Screen("plan-acute", shown_acute),
    Screen("plan-became", shown_what_became),
    Screen("plan-empty", shown_empty),
    Screen("plan-leaving-out", shown_leaving_out),
    Screen("plan-agreeing", shown_agreeing),
    Screen("plan-compare", shown_compare),
    Screen("plan-compare-empty", shown_compare_empty),
    Screen("plan-progress", shown_progress),
    Screen("plan-progress-empty", shown_progress_empty),
    Screen("plan-progress-whole", shown_progress_whole),
    Screen("plan-progress-entering", shown_progress_entering),
    Screen("plan-papers", shown_papers),
    Screen("follow-up", shown_follow_up),
    Screen("follow-up-empty", shown_follow_up_empty),
    Screen("follow-up-to-raise", shown_to_raise),
    Screen("follow-up-raising", shown_raising),
)
