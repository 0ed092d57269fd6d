"""What comes in a packet where an exclusion or a limit here asks about it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from tests.people import CATEGORIES, DAY, planned_meeting, running_meeting, wrote
from tests.services.packet_desk import (
    Side,
    look,
    only,
    plan,
    prepared,
    send,
    statement,
    take,
    texts,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.packets import Change, PartFlaw, PartKind
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms, read_consents
from trygga_desktop.services.entries import (
    ChangeCommitment,
    EntryKind,
    MarkItem,
    change_commitment,
    mark_item,
)
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.questions import read_questions

GOAL = PlanLine(id=UUID(int=1), kind=LineKind.GOAL, words="Klara nian.", area="school")


def exclude(side: Side, *categories: str) -> UUID:
    """Have something be excluded here within these categories."""
    new = NewExclusion(
        asked_by=side.family.sara, words="Pappas sjukdom", categories=frozenset(categories)
    )
    command = ChangeTerms(case_id=side.case_id, on=DAY, exclusions=(new,))
    change_terms(command, vault=side.vault)
    ((found, *_), *_) = [read_consents(side.case_id, vault=side.vault).value.exclusions]
    return found.id


def answered(side: Side, item_id: UUID, about_id: UUID, answer: Marking) -> None:
    """Answer whether an exclusion touches something here."""
    command = MarkItem(case_id=side.case_id, item_id=item_id, about_id=about_id, answer=answer)
    mark_item(command, vault=side.vault)


def told(side: Side, item_id: UUID) -> set[Decision]:
    """Return what is decided about something here for the agencies of the case."""
    found = read_questions(side.case_id, vault=side.vault).value
    (asked,) = [one for one in found.items if one.item.id == item_id]
    pairs = zip(found.hearings[0].listeners, asked.decisions[0], strict=True)
    return {each for one, each in pairs if one.id == side.family.board}


def test_a_title_that_an_exclusion_asks_about_is_not_taken_in_and_says_why(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    exclude(there, "leisure")

    parts = only(look(there, packet).parts, PartKind.AGENDA)

    (title,) = [one for one in parts if one.flaw is not None]
    assert (title.flaw, title.after) == (PartFlaw.UNANSWERED, ())


def test_what_an_exclusion_touches_is_not_told_as_unanswered(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = running_meeting(here.vault, here.family)
    promise = wrote(
        here.vault, meeting_id, "Karin ringer pappa.", kind=EntryKind.ACTION,
        organisation_id=here.family.board, responsible="Karin Ek", due_on=date(2026, 12, 10),
    ).id  # fmt: skip
    take(there, send(here, None))
    about_id = exclude(there, *CATEGORIES)
    answered(there, promise, about_id, Marking.TOUCHES)
    done = ChangeCommitment(case_id=here.case_id, commitment_id=promise, state=CommitmentState.DONE)
    change_commitment(done, vault=here.vault)

    (part,) = look(there, send(here, None)).parts

    assert (part.flaw, part.must_be_tried) == (PartFlaw.NOT_ALLOWED, False)
    assert part.decision is not None
    assert part.decision.reason is Reason.EXCLUDED


def test_what_an_exclusion_asks_about_is_taken_in_for_no_agency_and_answered_here(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    item_id = statement(here, "Elias har ny tränare.")
    packet = send(here, planned_meeting(here.vault, here.family))
    about_id = exclude(there, *CATEGORIES)

    (part,) = only(look(there, packet).parts, PartKind.STATEMENT)
    take(there, packet)

    assert (part.flaw, part.must_be_answered, part.must_be_tried) == (None, True, True)
    assert texts(part)["text"] == "Elias har ny tränare."
    assert {one.reason for one in told(there, item_id)} == {Reason.NEEDS_MARKING}
    answered(there, item_id, about_id, Marking.DOES_NOT_TOUCH)
    assert all(one.allowed for one in told(there, item_id))


def test_a_line_of_the_plan_that_an_exclusion_asks_about_is_asked_about_here(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    plan(here, GOAL)
    packet = send(here, None)
    exclude(there, "plan")

    (part,) = look(there, packet).parts
    take(there, packet)

    assert (part.flaw, part.must_be_tried, texts(part)["words"]) == (None, True, "Klara nian.")
    with there.vault.work() as work:
        (line,) = versions_of(work, there.case_id)[-1].lines
    assert (line.words, line.markings) == ("Klara nian.", ())


def test_what_was_answered_about_the_same_words_holds_when_more_of_it_comes(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = running_meeting(here.vault, here.family)
    promise = wrote(
        here.vault, meeting_id, "Karin ringer tränaren.", kind=EntryKind.ACTION,
        organisation_id=here.family.board, responsible="Karin Ek", due_on=date(2026, 12, 10),
    ).id  # fmt: skip
    take(there, send(here, None))
    about_id = exclude(there, *CATEGORIES)
    answered(there, promise, about_id, Marking.DOES_NOT_TOUCH)
    done = ChangeCommitment(case_id=here.case_id, commitment_id=promise, state=CommitmentState.DONE)
    change_commitment(done, vault=here.vault)
    packet = send(here, None)

    (part,) = look(there, packet).parts
    take(there, packet)

    assert (part.change, part.flaw, part.must_be_tried) == (Change.THERE, None, False)
    with there.vault.work() as work:
        ((found, _),) = work.commitments.of_case(there.case_id)
        (item,) = [one for one in work.items.of_case(there.case_id) if one.id == promise]
    assert found.state is CommitmentState.DONE
    assert item.marking_for(about_id) is Marking.DOES_NOT_TOUCH


def test_other_words_of_a_line_are_asked_about_anew(sides: tuple[Side, Side]) -> None:
    here, there = sides
    plan(here, GOAL)
    take(there, send(here, None))
    exclude(there, "plan")
    plan(here, replace(GOAL, sign="Pappa är frisk."), based_on=1)

    (part,) = look(there, send(here, None)).parts

    assert (part.change, part.must_be_tried) == (Change.THERE, True)
