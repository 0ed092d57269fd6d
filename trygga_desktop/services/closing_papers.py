"""What stands on the pages of how the work ended and of the agreement, as the door lets it through.

How the work ended is for the board's own file. The agreement is for the young person as well: all
of it must be theirs to read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from trygga_desktop.documents import agreement as agreement_document
from trygga_desktop.documents import closing as document
from trygga_desktop.documents.plan import Head
from trygga_desktop.domain.agreement import Agreement, Side, words_in
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Participant
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.agreements import makes_agreement
from trygga_desktop.services.audience import recipients_at, show_room, text_of
from trygga_desktop.services.closing import ClosingView, closing_of
from trygga_desktop.services.closing_rounds import EndedCommitment, ReviewedGoal
from trygga_desktop.services.later_looks import ShownLook
from trygga_desktop.services.own_records import written
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


def closing_content(
    work: UnitOfWork, vault: OpenVault, standing: Standing, head: Head, language: Language
) -> document.ClosingContent:
    """Return how the work ended, for the board's own file."""
    _ = language.gettext
    view = closing_of(work, vault, standing)
    phases = {one.code: one.name for one in standing.catalogue.phases}
    ended = _endings(view.ended)
    still_open = [
        document.PromiseRow(text=one.item.text, who=_who(one), ending=None)
        for one in view.open_commitments
    ]
    version = _("Plan version {number}").format(number=view.plan_number)
    return document.ClosingContent(
        head=head,
        version=version if view.plan_number else _("No version yet"),
        phase=phases[view.step.phase].in_language(language.code),
        reason="" if view.reason is None else view.reason.name.in_language(language.code),
        words=view.step.words if view.reason is not None else "",
        left_open=view.step.left_open,
        areas=tuple(_areas(view, view.goals, view.own_words, language)),
        promises=(*ended, *still_open),
        later=_later(view.looks),
        rounds=tuple(
            document.RoundPart(
                ended_on=one.ended_on,
                areas=tuple(_areas(view, one.goals, one.own_words, language, is_now=False)),
                promises=_endings(one.ended),
                later=_later(one.looks),
            )
            for one in view.rounds
        ),
    )


def agreement_content(
    standing: Standing, head: Head, number: int, language: Language
) -> agreement_document.AgreementContent:
    """Return a version of the agreement by its number, the newest if it is 0.

    A line that the programme proposes stands there in the language of the paper, all others as they
    were written. Raise InvalidInputError where there is none, or where a line is not the young
    person's to read.
    """
    _ = language.gettext
    versions = standing.opened.case.agreements
    found = [one for one in versions if one.number == number] if number else versions[-1:]
    if not found or not makes_agreement(standing):
        raise InvalidInputError(field="agreement", flaw="missing")
    version = found[0]
    read = dict(_lines(standing, version))
    if len(read) != len(version.lines):
        raise InvalidInputError(field="agreement", flaw="kept_back")
    programme = standing.programme
    proposed = () if programme is None else programme.agreement_proposals
    lines = {one: words_in(words, proposed, language.code) for one, words in read.items()}
    day = language.date_long(version.made_at.astimezone(STOCKHOLM).date())
    # A protected person is called by the alias, as on the other papers.
    called = head.subject or standing.family_names.get(standing.opened.subject_id, "")
    return agreement_document.AgreementContent(
        head=replace(head, subject=called),
        called=called,
        programme="" if programme is None else programme.name.in_language(language.code),
        version=_("Version {number}, {date}").format(number=version.number, date=day),
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        person=_of_side(version, lines, Side.PERSON),
        by_programme=_of_side(version, lines, Side.PROGRAMME),
        is_translated=lines != read,
        answers=tuple(
            agreement_document.AnswerRow(side=one.side, answer=one.answer, on=one.on, name=one.name)
            for one in version.answers
        ),
    )


def _of_side(version: Agreement, lines: dict[UUID, str], side: Side) -> tuple[str, ...]:
    return tuple(lines[one.id] for one in version.lines if one.side is side)


def _lines(standing: Standing, version: Agreement) -> Iterable[tuple[UUID, str]]:
    """Yield the lines that the young person may read, as they are told them themselves."""
    subject = standing.opened.subject_id
    person = Participant(id=subject, name="", functions=frozenset(), person_id=subject)
    audience = recipients_at([person], family=standing.family_names)
    on = version.made_at.astimezone(STOCKHOLM).date()
    items = [written(standing, one.words, on=on, item_id=one.id) for one in version.lines]
    for shown in show_room(items, audience, given=standing.given).items:
        yield shown.id, text_of(shown)


def _areas(
    view: ClosingView,
    goals: Sequence[ReviewedGoal],
    own_words: Mapping[str, str],
    language: Language,
    *,
    is_now: bool = True,
) -> Iterable[document.AreaPart]:
    """Yield the areas of which something is said; the last figures are those of now."""
    for code in (*(one.code for one in view.catalogue.life_areas), ""):
        of_area = [one for one in goals if one.line.item.area == code]
        words = own_words.get(code, "")
        if of_area or words:
            yield document.AreaPart(
                name=_area_name(view, code, language),
                goals=_goals(of_area),
                rating=view.last_ratings.get(code) if is_now else None,
                own_words=words,
            )


def _endings(ended: Iterable[EndedCommitment]) -> tuple[document.PromiseRow, ...]:
    return tuple(
        document.PromiseRow(
            text=one.line.item.text,
            who=_who(one.line),
            ending=one.ending,
            handed_to=one.handed_to,
            words=one.words,
        )
        for one in ended
    )


def _later(looks: Iterable[ShownLook]) -> tuple[document.LaterRow, ...]:
    return tuple(
        document.LaterRow(
            due_on=one.due_on, noted_on=one.noted_on, words=one.words, is_passed=one.is_passed
        )
        for one in looks
    )


def _goals(goals: Sequence[ReviewedGoal]) -> tuple[document.GoalRow, ...]:
    return tuple(
        document.GoalRow(
            text=one.line.item.text,
            sign=one.line.sign,
            outcome=one.outcome,
            evidence=one.evidence,
        )
        for one in goals
    )


def _area_name(view: ClosingView, code: str, language: Language) -> str:
    if not code:
        return language.gettext("Agreed on without an area")
    try:
        return view.catalogue.life_area(code).name.in_language(language.code)
    except UnknownCodeError:
        return code


def _who(line: ShownPlanLine) -> str:
    return ", ".join(one for one in (line.responsible, line.organisation) if one)
