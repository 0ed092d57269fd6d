"""Use cases for the pages of a plan: all of it, two versions, how it went and ended, "My plan".

The agreement with the young person is one of them, where the programme makes one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.documents import agreement, closing, plan
from trygga_desktop.documents.blocks import Block
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind, PlanVersion, compare
from trygga_desktop.i18n import STOCKHOLM, Language, load_language
from trygga_desktop.services.agreement_papers import with_code
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.closing_papers import agreement_content, closing_content
from trygga_desktop.services.my_plan import MyPlanTeller, OfferedLine, tell_ratings
from trygga_desktop.services.papers import ComposedPaper
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.plan_comparison import (
    further_words,
    in_reading_order,
    say_the_same,
    words_of_goals,
)
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.plan_versions import agreed_between, versions_of
from trygga_desktop.services.plan_writer import PlanWriter
from trygga_desktop.services.ratings import progress_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


class PlanPaper(StrEnum):
    """Which pages of a plan."""

    MY_PLAN = "my_plan"
    PLAN = "plan"
    COMPARISON = "comparison"
    PROGRESS = "progress"
    CLOSING = "closing"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposePlan:
    """Pages of a plan, in which language. `before` and `after` are the versions to compare.

    Of an agreement `after` is the version, the newest if it is 0.

    "My plan" is for the young person, and holds only what they may see; `shows_phone` and
    `shows_meeting` say whether it tells whom to ring and when one meets again, and `left_off` are
    lines that are not to stand on it. All else is for the board's own file.
    """

    case_id: UUID
    paper: PlanPaper
    language: str = "sv"
    before: int = 0
    after: int = 0
    shows_phone: bool = True
    shows_meeting: bool = True
    left_off: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPlan(ComposedPaper):
    """Pages of a plan. `offered` are the lines that can stand on "My plan", and on no others."""

    offered: tuple[OfferedLine, ...] = ()


@use_case(Permission.WORK_IN_CASE)
def compose_plan(command: ComposePlan, *, vault: OpenVault) -> Done[ComposedPlan]:
    """Return pages of the plan as it is today.

    The same record gives the same bytes on one day. Raise NoAccessError for a case we cannot open,
    InvalidInputError for an agreement that there is none of.
    """
    language = load_language(command.language)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        maker = _Maker(work, vault, standing, language)
        title, blocks = maker.compose(command)
        made_at = datetime.combine(standing.on, datetime.min.time(), STOCKHOLM)
        work.commit(Action.PAPER_COMPOSED, command.case_id)
    pdf = render(blocks, Paper(title=title, language=language, made_at=made_at))
    name = _file_name(command.paper, standing, language)
    return Done(ComposedPlan(pdf=pdf, file_name=name, offered=maker.offered))


@use_case(Permission.WORK_IN_CASE)
def log_plan_printed(case_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that pages of a plan are printed, before they are."""
    return _log(Action.PAPER_PRINTED, case_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_plan_saved(case_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that pages of a plan are saved as a file, before they are."""
    return _log(Action.PAPER_SAVED, case_id, vault)


def _log(action: Action, case_id: UUID, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        work.cases.find(case_id)
        work.commit(action, case_id)
    return Done(None)


def _file_name(paper: PlanPaper, standing: Standing, language: Language) -> str:
    _ = language.gettext
    day = standing.on.isoformat()
    text = {
        PlanPaper.MY_PLAN: _("my-plan-{day}.pdf"),
        PlanPaper.PLAN: _("plan-{day}.pdf"),
        PlanPaper.COMPARISON: _("plan-comparison-{day}.pdf"),
        PlanPaper.PROGRESS: _("progress-{day}.pdf"),
        PlanPaper.CLOSING: _("closing-{day}.pdf"),
        PlanPaper.AGREEMENT: _("agreement-{day}.pdf"),
    }[paper]
    return text.format(day=day)


def agreement_to_sign(
    work: UnitOfWork, vault: OpenVault, standing: Standing, number: int, language: Language
) -> bytes:
    """Return the pages of a version of the agreement as they are printed to be signed."""
    blocks = _Maker(work, vault, standing, language).agreement(number, is_unsigned=True)
    made_at = datetime.combine(standing.on, datetime.min.time(), STOCKHOLM)
    title = language.gettext("Agreement")
    return render(blocks, Paper(title=title, language=language, made_at=made_at))


class _Maker:
    """Puts the pages together, from what the door lets through."""

    def __init__(
        self, work: UnitOfWork, vault: OpenVault, standing: Standing, language: Language
    ) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._language = language
        self._writer = PlanWriter(standing, language)
        self._case_id = standing.opened.case.id
        self._versions = versions_of(work, self._case_id)
        self.offered: tuple[OfferedLine, ...] = ()

    def compose(self, command: ComposePlan) -> tuple[str, tuple[Block, ...]]:
        """Return the title and the blocks of the pages."""
        _ = self._language.gettext
        match command.paper:
            case PlanPaper.MY_PLAN:
                return _("My plan"), plan.compose_my_plan(self._my_plan(command), self._language)
            case PlanPaper.COMPARISON:
                blocks = plan.compose_comparison(self._comparison(command), self._language)
                return _("Comparison of two versions"), blocks
            case PlanPaper.PROGRESS:
                return _("Progress"), plan.compose_progress(self._progress(), self._language)
            case PlanPaper.PLAN:
                return _("Plan"), plan.compose(self._plan(), self._language)
            case PlanPaper.CLOSING:
                ended = closing_content(
                    self._work, self._vault, self._standing, self._head(), self._language
                )
                return _("How the work ended"), closing.compose(ended, self._language)
            case PlanPaper.AGREEMENT:
                return _("Agreement"), self.agreement(command.after)

    def agreement(self, number: int, *, is_unsigned: bool = False) -> tuple[Block, ...]:
        """Return a version of the agreement, with its code; `is_unsigned` as when it was new."""
        content = agreement_content(self._standing, self._head(), number, self._language)
        if is_unsigned:
            content = replace(content, answers=())
        versions = {one.number: one for one in self._standing.opened.case.agreements}
        version = versions[number or max(versions)]
        return with_code(agreement.compose(content, self._language), version, self._language)

    def _head(self) -> plan.Head:
        standing = self._standing
        controller = standing.directory.organisation(standing.given.controller_id)
        municipality = self._vault.municipality
        board = municipality if controller is None else controller.name_on(standing.on)
        subject = name_of(self._vault, standing, standing.opened.subject_id)
        is_protected = standing.opened.subject.protection is not Protection.NONE
        return plan.Head(
            organisation=board,
            municipality="" if board == municipality else municipality,
            arms=write_arms(self._vault.arms),
            case_number=standing.opened.case.case_number,
            subject="" if is_protected else text_of(subject),
            day=standing.on,
            secrecy=self._language.gettext(
                "Confidential: contains information about an individual."
            ),
        )

    def _plan(self) -> plan.PlanContent:
        newest = self._versions[-1] if self._versions else None
        teller = Teller(self._work, self._vault, self._standing, versions=self._versions)
        lines = self._all_lines(teller, newest)
        return plan.PlanContent(
            head=self._head(),
            version=self._version(newest),
            wishes=tuple(one.item.text for one in lines if one.kind is LineKind.WISH),
            areas=tuple(self._writer.areas(lines)),
            ratings=self._ratings(),
        )

    def _comparison(self, command: ComposePlan) -> plan.ComparisonContent:
        known = {one.number: one for one in self._versions}
        last = command.after or max(known, default=0)
        first = command.before or last - 1
        teller = Teller(self._work, self._vault, self._standing, versions=self._versions)
        before, after = (
            in_reading_order(teller.lines_of(known.get(one), now=False), self._standing.catalogue)
            for one in (first, last)
        )
        agreed = agreed_between(self._versions, first, last)
        return plan.ComparisonContent(
            head=self._head(),
            before=self._version(known.get(first)),
            after=self._version(known.get(last)),
            rows=tuple(
                plan.ComparedRow(
                    area=self._place(one.after or one.before),
                    difference=one.difference,
                    before=self._told(one.before, one.after, words_of_goals(before)),
                    after=self._told(one.after, one.before, words_of_goals(after)),
                    is_agreed=one.after is not None and one.after.id in agreed,
                )
                for one in compare(before, after, alike=say_the_same)
            ),
        )

    def _told(
        self, line: ShownPlanLine | None, other: ShownPlanLine | None, goals: Mapping[UUID, str]
    ) -> str:
        """Return a line of one version in words, with all that is compared of it."""
        if line is None:
            return ""
        more = further_words(
            line, other, goals=goals, name_area=self._place, language=self._language
        )
        return "\n".join(one for one in (self._writer.in_words(line), " · ".join(more)) if one)

    def _place(self, line: ShownPlanLine | None) -> str:
        if line is not None and line.kind is LineKind.WISH:
            return self._language.gettext("What I want myself")
        return self._writer.area_name("" if line is None else line.item.area)

    def _progress(self) -> plan.ProgressContent:
        found = progress_of(self._work, self._vault, self._standing)
        return plan.ProgressContent(
            head=self._head(),
            ratings=self._ratings(),
            tallies=tuple(
                plan.TallyRow(
                    number=one.number,
                    on=one.on,
                    done=one.done,
                    doing=one.doing,
                    not_possible=one.not_possible,
                )
                for one in found.tallies
            ),
        )

    def _ratings(self) -> plan.Ratings:
        found = progress_of(self._work, self._vault, self._standing)
        return tell_ratings(found.ratings, self._standing, self._language, done=found.done)

    def _my_plan(self, command: ComposePlan) -> plan.MyPlanContent:
        """Return what the young person may see of the plan, as they are told it themselves."""
        newest = self._versions[-1] if self._versions else None
        mine = MyPlanTeller(self._work, self._vault, self._standing, self._language, newest)
        self.offered = mine.offered
        return mine.content(
            self._head(),
            left_off=command.left_off,
            shows_phone=command.shows_phone,
            shows_meeting=command.shows_meeting,
        )

    def _all_lines(self, teller: Teller, version: PlanVersion | None) -> list[ShownPlanLine]:
        placed = {one.id for one in (() if version is None else version.lines)}
        return [*teller.lines_of(version), *teller.unplaced(placed)]

    def _version(self, version: PlanVersion | None) -> str:
        _ = self._language.gettext
        if version is None:
            return _("No version yet")
        day = self._language.date_long(version.made_at.astimezone(STOCKHOLM).date())
        return _("Version {number}, {date}").format(number=version.number, date=day)
