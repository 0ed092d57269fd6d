"""How the work of a case ends, and the agreement, on the desk without a vault."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.overviews import CASE, ROW, catalogue
from tests.ui.plain import NOW, DraftBox
from tests.ui.plan_desk import GOAL, going, lines, make_view, plan_line
from tests.ui.screens import Screen
from trygga_desktop.domain.agreement import AgreementState, PaperAnswer, Side
from trygga_desktop.domain.case import Phase, PhaseStep
from trygga_desktop.domain.closing import Ending, GoalOutcome
from trygga_desktop.domain.long_term import LongTermBar
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.services.agreements import (
    AgreementView,
    AnswerAgreement,
    KeepAgreement,
    ShownAgreement,
    ShownAnswer,
    ShownUndertaking,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.closing import (
    ClosingView,
    KeepClosing,
)
from trygga_desktop.services.closing_rounds import EndedCommitment, ReviewedGoal, ToldRound
from trygga_desktop.services.later_looks import NoteLaterLook, ShownLook
from trygga_desktop.ui.case_uses import EndingUses
from trygga_desktop.ui.screens.agreement.view import AgreementScreen
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel
from trygga_desktop.ui.screens.closing.view import ClosingScreen
from trygga_desktop.ui.screens.closing.view_model import ClosingViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

TODAY = date(2026, 11, 26)
SECOND_GOAL = UUID(int=2000 + 820)
DONE = UUID(int=2000 + 821)


def make_closing(**changes: Any) -> ClosingView:
    """Return how the work for Elias ends: two goals, two open commitments, one answered."""
    plan = lines()
    promised = [one for one in plan if one.progress is not None]
    goal = next(one for one in plan if one.id == GOAL)
    health = plan_line(
        "Jag vill sova hela natten", LineKind.GOAL, number=820, area="health", sign="Sju timmar"
    )
    answered = plan_line(
        "Samtal på ungdomsmottagningen",
        LineKind.ACTION,
        number=821,
        responsible="Nour Sand",
        organisation="Ungdomsmottagningen",
        progress=going(),
    )
    view = ClosingView(
        row=ROW,
        subject_name="Elias Demosson",
        programme=catalogue().programme("sspf"),
        step=PhaseStep(phase=Phase.CLOSING, on=TODAY),
        reason=None,
        plan_number=4,
        goals=(
            ReviewedGoal(line=goal, outcome=GoalOutcome.PARTLY, evidence="Leder en grupp ihop."),
            ReviewedGoal(line=health, outcome=None, evidence=""),
        ),
        own_words={"leisure": "Det roligaste jag har gjort."},
        last_ratings={"leisure": (date(2026, 9, 17), 8)},
        open_commitments=tuple(promised),
        ended=(
            EndedCommitment(
                line=answered,
                ending=Ending.HANDED_OVER,
                words="Tid bokad i januari.",
                handed_to="Ungdomsmottagningen",
            ),
        ),
        organisations=make_view().organisations,
        bars=(LongTermBar.NOT_TICKED,),
        looks=(),
        catalogue=catalogue(),
        today=TODAY,
        reviewed_on=TODAY,
    )
    return replace(view, **changes)


def ended(**changes: Any) -> ClosingView:
    """Return the same half a year after the work has ended."""
    goals = tuple(
        replace(one, outcome=one.outcome or GoalOutcome.REACHED) for one in make_closing().goals
    )
    step = PhaseStep(
        phase=Phase.LONG_TERM_FOLLOW_UP, on=TODAY - timedelta(days=200), reason="goals_reached"
    )
    view = make_closing(
        step=step,
        reason=next(one for one in catalogue().closing_reasons if one.code == step.reason),
        goals=goals,
        open_commitments=(),
        bars=(),
        looks=(
            ShownLook(due_on=TODAY - timedelta(days=20), noted_on=None, words=""),
            ShownLook(due_on=TODAY + timedelta(days=160), noted_on=None, words=""),
        ),
        may_review=False,
    )
    return replace(view, **changes)


def ended_twice(**changes: Any) -> ClosingView:
    """Return the end of work that had ended before, and was asked about after that."""
    view = make_closing(own_words={}, ended=(), reviewed_on=None)
    first = ToldRound(
        ended_on=TODAY - timedelta(days=400),
        reviewed_on=TODAY - timedelta(days=402),
        goals=make_closing().goals[:1],
        own_words=make_closing().own_words,
        ended=make_closing().ended,
        looks=(
            ShownLook(
                due_on=TODAY - timedelta(days=210),
                noted_on=TODAY - timedelta(days=208),
                words="Kommer till skolan.",
            ),
        ),
    )
    goals = tuple(replace(one, outcome=None, evidence="") for one in view.goals)
    return replace(view, goals=goals, rounds=(first,), **changes)


def version(number: int, state: AgreementState, **changes: Any) -> ShownAgreement:
    """Return a version of an agreement that nobody has answered."""
    texts = (
        ("Jag begår inga brott.", Side.PERSON),
        ("Jag lämnar prov varje måndag.", Side.PERSON),
        ("Du har en kontaktperson på vardagar.", Side.PROGRAMME),
    )
    one = ShownAgreement(
        id=UUID(int=970),
        number=number,
        made_on=TODAY - timedelta(days=10 - number),
        made_by="Karin Ek",
        valid_from=TODAY,
        valid_to=date(2027, 5, 26),
        state=state,
        lines=tuple(
            ShownUndertaking(
                item=plan_line(words, LineKind.NOTE, number=840 + place).item, side=side
            )
            for place, (words, side) in enumerate(texts)
        ),
        answers=(),
    )
    return replace(one, **changes)


SIGNED = ShownAnswer(side=Side.PERSON, answer=PaperAnswer.SIGNED, on=TODAY, name="", words="")
DECLINED = ShownAnswer(
    side=Side.PERSON,
    answer=PaperAnswer.DECLINED,
    on=TODAY - timedelta(days=9),
    name="",
    words="Proven är för ofta.",
)


def make_agreement(*versions: ShownAgreement, **changes: Any) -> AgreementView:
    """Return the agreement of a case of the leavers' programme."""
    view = AgreementView(
        row=replace(ROW, title="NORD-7", protected=True, programme="leavers"),
        subject_name="NORD-7",
        programme=catalogue().programme("leavers"),
        has_agreement=True,
        may_write=True,
        versions=versions,
        usual_to=date(2027, 5, 26),
        catalogue=catalogue(),
        today=TODAY,
    )
    return replace(view, **changes)


class Archive:
    """Stands for the vault: takes what is written, and fails when told to."""

    def __init__(
        self, closing: ClosingView | None = None, agreement: AgreementView | None = None
    ) -> None:
        self.closing = closing or make_closing()
        self.agreement = agreement or make_agreement()
        self.commands: list[object] = []
        self.drafts = DraftBox()
        self.failure: Exception | None = None
        self.refusal: Exception | None = None

    def uses(self) -> EndingUses:
        """Return what the rooms are given."""
        return EndingUses(
            read_closing=self.read_closing,
            keep_closing=self.keep_closing,
            note_look=self.note_look,
            read_agreement=self.read_agreement,
            keep_agreement=self.keep_agreement,
            answer_agreement=self.answer_agreement,
        )

    def read_closing(self, _: UUID) -> Done[ClosingView]:
        """Return how the work ends, or fail."""
        self._fail()
        return Done(self.closing)

    def read_agreement(self, _: UUID) -> Done[AgreementView]:
        """Return the agreement, or fail."""
        self._fail()
        return Done(self.agreement)

    def keep_closing(self, command: KeepClosing) -> Done[None]:
        """Take what is written of the end."""
        self._take(command)
        return Done(None, Changes(cases=True, items=True))

    def note_look(self, command: NoteLaterLook) -> Done[None]:
        """Take what was found."""
        self._take(command)
        return Done(None, Changes(cases=True, items=True))

    def keep_agreement(self, command: KeepAgreement) -> Done[UUID]:
        """Take a version."""
        self._take(command)
        return Done(UUID(int=1), Changes(cases=True))

    def answer_agreement(self, command: AnswerAgreement) -> Done[None]:
        """Take who signed."""
        self._take(command)
        return Done(None, Changes(cases=True))

    def open_closing(self, runner: TaskRunner | None = None) -> ClosingViewModel:
        """Return the model of the page of the end, loaded."""
        model = ClosingViewModel(
            CASE,
            read_closing=self.read_closing,
            keep_closing=self.keep_closing,
            note_look=self.note_look,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model

    def open_agreement(self, runner: TaskRunner | None = None) -> AgreementViewModel:
        """Return the model of the agreement, loaded."""
        model = AgreementViewModel(
            CASE,
            read_agreement=self.read_agreement,
            keep_agreement=self.keep_agreement,
            answer_agreement=self.answer_agreement,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure

    def _take(self, command: object) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)


def _closing(view: ClosingView, look: Look) -> QWidget:
    model = Archive(view).open_closing()
    return desk_frame(look, ClosingScreen(model, look), model)


def shown_closing(look: Look) -> QWidget:
    """Return the end while it is written."""
    return _closing(make_closing(), look)


def shown_closing_afterwards(look: Look) -> QWidget:
    """Return a day after the end on which somebody asks."""
    return _closing(ended(), look)


def shown_closing_refused(look: Look) -> QWidget:
    """Return a case that was closed because the consent was withdrawn."""
    reason = next(one for one in catalogue().closing_reasons if one.code == "consent_withdrawn")
    step = PhaseStep(phase=Phase.CLOSED, on=TODAY, reason=reason.code)
    bars = (LongTermBar.REASON, LongTermBar.WITHDRAWN)
    view = make_closing(step=step, reason=reason, bars=bars, may_review=False, unseen=1)
    return _closing(view, look)


def _agreement(view: AgreementView, look: Look, *, writes: bool = False) -> QWidget:
    model = Archive(agreement=view).open_agreement()
    if writes:
        model.begin()
    return desk_frame(look, AgreementScreen(model, look), model)


def shown_closing_twice(look: Look) -> QWidget:
    """Return the end of work that had ended before."""
    return _closing(ended_twice(), look)


def shown_agreement_first(look: Look) -> QWidget:
    """Return the first version while it is written, with the usual lines."""
    return _agreement(make_agreement(), look)


def shown_agreement_waiting(look: Look) -> QWidget:
    """Return a version of which one side has signed, after one that was declined."""
    first = version(1, AgreementState.DECLINED, answers=(DECLINED,))
    second = version(2, AgreementState.WAITING, answers=(SIGNED,))
    return _agreement(make_agreement(first, second), look)


def shown_agreement_next(look: Look) -> QWidget:
    """Return the next version while it is written."""
    second = version(1, AgreementState.WAITING)
    return _agreement(make_agreement(second), look, writes=True)


def shown_agreement_none(look: Look) -> QWidget:
    """Return a case whose programme makes no agreement."""
    view = make_agreement(has_agreement=False, may_write=False)
    return _agreement(view, look)


_BUILD: dict[str, Callable[[Look], QWidget]] = {
    "closing": shown_closing,
    "closing-afterwards": shown_closing_afterwards,
    "closing-refused": shown_closing_refused,
    "closing-twice": shown_closing_twice,
    "agreement": shown_agreement_first,
    "agreement-waiting": shown_agreement_waiting,
    "agreement-next": shown_agreement_next,
    "agreement-none": shown_agreement_none,
}
SCREENS = tuple(Screen(name, build) for name, build in _BUILD.items())
