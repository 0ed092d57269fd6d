"""What is written down at a meeting: what is refused, and that nothing of the rest is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import HOSTILE
from tests.people import (
    DAY,
    JOHAN,
    Family,
    case_with_family,
    cells,
    item_of,
    move,
    planned_meeting,
    relative,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    texts_in,
    wrote,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.items import Item, ItemKind, Marking, Part
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.domain.parties import Custody
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.consents import (
    ChangeTerms,
    NewExclusion,
    NewLimit,
    change_terms,
    read_consents,
)
from trygga_desktop.services.entries import (
    MOST_TEXT_OF_ENTRY,
    ChangeCommitment,
    EntryKind,
    KeptAs,
    MarkItem,
    WriteEntry,
    change_commitment,
    mark_item,
    write_entry,
)
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.overview import read_overview
from trygga_desktop.services.rooms import ShownEntry, read_hidden
from trygga_desktop.services.vault import OpenVault

NOBODY = uuid4()
LATER, BEFORE = DAY + timedelta(days=9), DAY - timedelta(days=1)
Change = Callable[[Family], dict[str, Any]]


def refused(act: Callable[..., object], command: object, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act(command, vault=vault)
    return caught.value.field, caught.value.flaw


def item(vault: OpenVault, family: Family, item_id: UUID) -> Item:
    with vault.work() as work:
        return next(one for one in work.items.of_case(family.case_id) if one.id == item_id)


def entries(vault: OpenVault, meeting_id: UUID) -> list[ShownEntry]:
    return [entry for one in room_of(vault, meeting_id).agenda for entry in one.entries]


def terms(vault: OpenVault, family: Family) -> tuple[UUID, UUID]:
    """Store an exclusion and a limit about school; return their ids."""
    (cell,) = cells([family.school], ["schooling"], [Direction.GIVE])
    words = {"categories": frozenset({"schooling"}), "words": "Bråket"}
    command = ChangeTerms(
        case_id=family.case_id,
        on=DAY,
        exclusions=(NewExclusion(asked_by=family.sara, **words),),  # type: ignore[arg-type]  # fields of its own
        limits=(NewLimit(cell=cell, words="Bara närvaron", asked_by=family.sara),),
    )
    change_terms(command, vault=vault)
    view = read_consents(family.case_id, vault=vault).value
    return view.exclusions[0].id, view.limits[0].id


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"text": ""}, ("text", "missing")),
        (lambda _: {"text": " \n\t"}, ("text", "missing")),
        (lambda _: {"text": "x" * (MOST_TEXT_OF_ENTRY + 1)}, ("text", "length")),
        (lambda _: {"agenda_id": NOBODY}, ("agenda", "unknown")),
        (lambda _: {"category": "x"}, ("category", "unknown")),
        (lambda _: {"category": "own_words"}, ("category", "unknown")),
        (
            lambda family: {"category": "own_words", "organisation_id": family.school},
            ("category", "unknown"),
        ),
        (
            lambda family: {
                "kind": EntryKind.DECISION,
                "category": "own_words",
                "organisation_id": family.school,
            },
            ("category", "unknown"),
        ),
        (lambda _: {"organisation_id": NOBODY}, ("organisation", "unknown")),
        (lambda _: {"said_by": NOBODY}, ("said_by", "unknown")),
        (lambda family: {"said_by": family.maria}, ("said_by", "unknown")),
        (lambda family: {"about": frozenset({family.sara, NOBODY})}, ("about", "unknown")),
        (lambda _: {"kind": EntryKind.DECISION}, ("organisation", "missing")),
        (lambda _: {"kind": EntryKind.OWN_WORDS}, ("said_by", "missing")),
        (
            lambda family: {"kind": EntryKind.OWN_WORDS, "organisation_id": family.school},
            ("said_by", "missing"),
        ),
        (lambda _: {"kind": EntryKind.DISSENT, "follows": NOBODY}, ("said_by", "missing")),
        (
            lambda family: {"kind": EntryKind.DISSENT, "said_by": family.sara},
            ("follows", "missing"),
        ),
        (
            lambda family: {
                "kind": EntryKind.DISSENT,
                "said_by": family.sara,
                "follows": NOBODY,
            },
            ("follows", "unknown"),
        ),
        (lambda _: {"follows": NOBODY}, ("follows", "unknown")),
        (lambda _: {"kind": EntryKind.ACTION, "is_guarded": True}, ("kind", "guarded")),
        (
            lambda family: {
                "kind": EntryKind.ACTION,
                "is_guarded": True,
                "organisation_id": family.school,
                "responsible": "Maria Lind",
                "due_on": DAY,
            },
            ("kind", "guarded"),
        ),
    ],
)
def test_what_cannot_be_written_down_is_refused_by_field(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    command = WriteEntry(
        meeting_id=meeting_id,
        agenda_id=item_of(vault, meeting_id, "now_school"),
        kind=EntryKind.STATEMENT,
        text="Elias har varit i skolan.",
    )
    assert refused(write_entry, replace(command, **change(family)), vault) == expected
    assert read_case(family.case_id, vault=vault).value.items.items == ()


def test_what_others_say_where_the_young_person_is_heard_is_not_in_the_young_persons_words(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    said = wrote(vault, meeting_id, "Han mår bättre.", under="voice", organisation_id=family.school)
    own = wrote(vault, meeting_id, "Jag mår bättre.", under="voice", said_by=family.subject)

    assert item(vault, family, said.id).category == "plan"
    assert item(vault, family, own.id).category == "own_words"


def test_a_dissent_from_what_is_no_decision_of_the_meeting_is_refused(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id, other = running_meeting(vault, family), running_meeting(vault, family)
    decision = wrote(vault, other, "x", kind=EntryKind.DECISION, organisation_id=family.school).id
    statement = wrote(vault, meeting_id, "x", organisation_id=family.school).id
    for followed in (decision, statement):
        command = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=item_of(vault, meeting_id, "now_school"),
            kind=EntryKind.DISSENT,
            text="Nej.",
            said_by=family.sara,
            follows=followed,
        )
        assert refused(write_entry, command, vault) == ("follows", "unknown")


def test_who_was_granted_nothing_writes_nothing(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    agenda_id = item_of(vault, meeting_id, "now_school")
    written = wrote(vault, meeting_id, "x", organisation_id=family.school).id
    vault.close()
    vault = made.open("pn")
    entry = WriteEntry(
        meeting_id=meeting_id, agenda_id=agenda_id, kind=EntryKind.STATEMENT, text="x"
    )
    mark = MarkItem(case_id=family.case_id, item_id=written, about_id=NOBODY, answer=Marking.INSIDE)
    change = ChangeCommitment(
        case_id=family.case_id, commitment_id=written, state=CommitmentState.DONE
    )
    with pytest.raises(NoAccessError):
        write_entry(entry, vault=vault)
    with pytest.raises(NoAccessError):
        mark_item(mark, vault=vault)
    with pytest.raises(NoAccessError):
        change_commitment(change, vault=vault)
    vault.close()


@pytest.mark.parametrize(
    ("fields", "kept_as", "kept"),
    [
        ({}, KeptAs.NOTE_WITHOUT_RESPONSIBLE, "Ringa BUP"),
        (
            {"responsible": " ", "due_on": date(2026, 12, 1)},
            KeptAs.NOTE_WITHOUT_RESPONSIBLE,
            "Ringa BUP (2026-12-01)",
        ),
        (
            {"responsible": " Maria Lind "},
            KeptAs.NOTE_WITHOUT_DATE,
            "Ringa BUP (Maria Lind)",
        ),
    ],
)
def test_an_action_without_responsible_or_date_is_kept_as_a_note_and_that_is_said(
    vault: OpenVault, fields: dict[str, Any], kept_as: KeptAs, kept: str
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(
        vault,
        meeting_id,
        "Ringa BUP",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        **fields,
    )
    assert written.kept_as is kept_as
    (entry,) = entries(vault, meeting_id)
    assert (entry.item.kind, entry.item.text) == (ItemKind.STATEMENT, kept)
    assert entry.commitment is None
    assert read_overview(family.case_id, vault=vault).value.commitments == ()


def test_the_action_that_follows_such_a_note_leaves_nothing_to_settle(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id, other = running_meeting(vault, family), running_meeting(vault, family)

    def promise(where: UUID, **fields: Any) -> UUID:
        kind, school = EntryKind.ACTION, family.school
        return wrote(vault, where, "Ringa", kind=kind, organisation_id=school, **fields).id

    note = promise(meeting_id)
    assert lacking(vault, meeting_id) == {note}
    promise(other, follows=note, responsible="Maria Lind", due_on=DAY)
    assert lacking(vault, meeting_id) == {note}
    again = promise(meeting_id, follows=note, responsible="Maria Lind")
    assert lacking(vault, meeting_id) == {again}

    action = promise(meeting_id, follows=again, responsible="Maria Lind", due_on=DAY)

    assert lacking(vault, meeting_id) == set()
    written = {one.item.id: one.item for one in entries(vault, meeting_id)}
    assert {note, again, action} == written.keys()
    assert written[action].kind is ItemKind.ACTION


def lacking(vault: OpenVault, meeting_id: UUID) -> set[UUID]:
    """Return what the room sees of a meeting that was nearly an action."""
    return {one.item.id for one in entries(vault, meeting_id) if one.item.lacks is not None}


def test_an_action_with_both_is_a_commitment(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(
        vault,
        meeting_id,
        "Ringa BUP",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible=" Maria Lind ",
        due_on=DAY,
    )
    assert (written.kept_as, written.must_be_tried) == (KeptAs.AS_WRITTEN, False)
    (entry,) = entries(vault, meeting_id)
    assert entry.commitment is not None
    assert (entry.commitment.responsible, entry.commitment.organisation) == (
        "Maria Lind",
        "Ekbackens skola",
    )
    assert (entry.commitment.due, entry.commitment.is_late) == (DAY, False)
    assert entry.item.category == "plan"


def test_a_family_member_s_promise_is_no_agency_s(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Väcka Elias",
        kind=EntryKind.ACTION,
        responsible="Sara Demosson",
        due_on=DAY,
    )
    (entry,) = entries(vault, meeting_id)
    assert entry.commitment is not None
    assert entry.commitment.organisation == ""
    assert item(vault, family, entry.item.id).origin_id == family.board


def test_a_decision_names_its_agency(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Elias får en mentor.",
        kind=EntryKind.DECISION,
        organisation_id=family.school,
    )
    (entry,) = entries(vault, meeting_id)
    assert (entry.who, entry.kind_of_who, entry.item.kind) == (
        "Ekbackens skola",
        "school",
        ItemKind.DECISION,
    )


def test_own_words_are_always_of_their_own_category(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Jag vill börja träna igen.",
        kind=EntryKind.OWN_WORDS,
        under="voice",
        said_by=family.subject,
        category="health",
    )
    (entry,) = entries(vault, meeting_id)
    assert (entry.item.category, entry.who) == ("own_words", "Elias Demosson")


@pytest.mark.parametrize("kind", [EntryKind.OWN_WORDS, EntryKind.STATEMENT])
def test_own_words_are_no_organisation_s_own_information(vault: OpenVault, kind: EntryKind) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, *family.signers, family.karin, family.peter)
    written = wrote(
        vault,
        meeting_id,
        "Jag vill börja träna igen.",
        kind=kind,
        under="voice",
        said_by=family.subject,
        organisation_id=family.police,
    )
    assert item(vault, family, written.id).origin_id == family.board
    for name in ("Elias", "Sara", "Johan", "Karin"):
        move(vault, meeting_id, seat_of(vault, meeting_id, name), Presence.OUTSIDE)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_without_a_category_it_is_that_of_the_agenda_item(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    for under, category in (("now_school", "schooling"), ("now_leisure", "leisure")):
        written = wrote(vault, meeting_id, "x", under=under, organisation_id=family.school)
        assert item(vault, family, written.id).category == category


def test_nobody_named_is_about_the_young_person_and_known_from_today(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    plain = item(vault, family, wrote(vault, meeting_id, "x").id)
    both = frozenset({family.sara, family.subject})
    other = item(vault, family, wrote(vault, meeting_id, "x", about=both).id)
    assert (plain.about, other.about) == (frozenset({family.subject}), both)
    assert (plain.known_on, plain.origin_id) == (DAY, family.board)
    assert plain.author_id == vault.keyring.principal


def test_only_who_is_in_the_room_of_a_running_meeting_says_something_at_the_table(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)

    def at_table(**fields: Any) -> bool:
        said = wrote(vault, meeting_id, "x", said_by=family.sara, **fields)
        return item(vault, family, said.id).at_table

    assert at_table()
    assert not at_table(at_table=False)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), Presence.OUTSIDE)
    assert not at_table()
    move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), Presence.REMOTE)
    assert at_table()
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    assert not at_table()


def test_somebody_who_was_not_invited_says_nothing_at_the_table(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, family.subject, family.karin)
    said = wrote(vault, meeting_id, "x", said_by=family.sara)
    assert not item(vault, family, said.id).at_table


def test_the_one_key_answers_everything_that_is_asked(vault: OpenVault) -> None:
    family = signed_case(vault)
    exclusion, limit = terms(vault, family)
    meeting_id = running_meeting(vault, family)

    asked = wrote(vault, meeting_id, "fråga", organisation_id=family.school)
    tried = wrote(vault, meeting_id, "svar", organisation_id=family.school, is_tried=True)
    other = wrote(vault, meeting_id, "fritid", under="now_leisure", organisation_id=family.school)

    assert (asked.must_be_tried, tried.must_be_tried, other.must_be_tried) == (True, False, False)
    found = item(vault, family, tried.id)
    assert found.marking_for(exclusion) is Marking.DOES_NOT_TOUCH
    assert found.marking_for(limit) is Marking.INSIDE
    assert item(vault, family, asked.id).markings == ()
    assert texts_in(room_of(vault, meeting_id)) == ["svar", "fritid"]


def test_an_answer_opens_or_closes_one_item_and_can_be_given_anew(vault: OpenVault) -> None:
    family = signed_case(vault)
    exclusion, limit = terms(vault, family)
    meeting_id = running_meeting(vault, family)
    written = wrote(vault, meeting_id, "Närvaron är god.", organisation_id=family.school)

    def answer(about: UUID, one: Marking) -> list[str]:
        command = MarkItem(case_id=family.case_id, item_id=written.id, about_id=about, answer=one)
        mark_item(command, vault=vault)
        return texts_in(room_of(vault, meeting_id))

    assert answer(exclusion, Marking.DOES_NOT_TOUCH) == []
    assert answer(limit, Marking.INSIDE) == ["Närvaron är god."]
    assert answer(exclusion, Marking.TOUCHES) == []
    assert answer(exclusion, Marking.DOES_NOT_TOUCH) == ["Närvaron är god."]
    assert answer(limit, Marking.OUTSIDE) == []
    assert len(item(vault, family, written.id).markings) == 2


def test_an_answer_to_another_question_is_refused(vault: OpenVault) -> None:
    family = signed_case(vault)
    exclusion, limit = terms(vault, family)
    meeting_id = running_meeting(vault, family)
    written = wrote(vault, meeting_id, "x", organisation_id=family.school)
    for about, answer, expected in (
        (NOBODY, Marking.INSIDE, ("about", "unknown")),
        (exclusion, Marking.INSIDE, ("answer", "unknown")),
        (limit, Marking.DOES_NOT_TOUCH, ("answer", "unknown")),
    ):
        command = MarkItem(
            case_id=family.case_id, item_id=written.id, about_id=about, answer=answer
        )
        assert refused(mark_item, command, vault) == expected
    assert item(vault, family, written.id).markings == ()


def test_what_is_not_in_the_case_file_is_not_marked(vault: OpenVault) -> None:
    family = signed_case(vault)
    exclusion, _ = terms(vault, family)
    meeting_id = running_meeting(vault, family)
    guarded = wrote(vault, meeting_id, "x", organisation_id=family.school, is_guarded=True).id
    note = write_note(WriteNote(case_id=family.case_id, text="x"), vault=vault).value
    other = signed_case(vault)
    stranger = wrote(vault, running_meeting(vault, other), "x").id
    for item_id in (guarded, note, stranger, NOBODY):
        command = MarkItem(
            case_id=family.case_id,
            item_id=item_id,
            about_id=exclusion,
            answer=Marking.DOES_NOT_TOUCH,
        )
        with pytest.raises(NoAccessError):
            mark_item(command, vault=vault)


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        (CommitmentState.NOT_DONE, "", ("reason", "missing")),
        (CommitmentState.NOT_DONE, "queue", ("reason", "unknown")),
        (CommitmentState.NOT_POSSIBLE, "", ("reason", "missing")),
        (CommitmentState.CHANGED, "", ("reason", "missing")),
        (CommitmentState.DONE, "x", ("reason", "unknown")),
        (CommitmentState.CHANGED, "split", ("successor", "missing")),
        (CommitmentState.FROZEN, "", ("state", "unknown")),
    ],
)
def test_what_becomes_of_a_commitment_asks_for_a_reason_that_fits(
    vault: OpenVault, state: CommitmentState, reason: str, expected: tuple[str, str]
) -> None:
    family = signed_case(vault)
    commitment = promised(vault, family)
    command = ChangeCommitment(
        case_id=family.case_id, commitment_id=commitment, state=state, reason=reason
    )
    assert refused(change_commitment, command, vault) == expected
    (open_one,) = read_overview(family.case_id, vault=vault).value.commitments
    assert open_one.item.id == commitment


def promised(vault: OpenVault, family: Family) -> UUID:
    return wrote(
        vault,
        running_meeting(vault, family),
        "Ringa BUP",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    ).id


def test_what_was_promised_in_another_case_is_not_changed(vault: OpenVault) -> None:
    family, other = signed_case(vault), case_with_family(vault)
    command = ChangeCommitment(
        case_id=other.case_id,
        commitment_id=promised(vault, family),
        state=CommitmentState.DONE,
    )
    assert refused(change_commitment, command, vault) == ("commitment", "unknown")


def test_a_commitment_that_became_another_names_that_other_one_of_the_case(
    vault: OpenVault,
) -> None:
    family, elsewhere = signed_case(vault), signed_case(vault)
    commitment, successor = promised(vault, family), promised(vault, family)
    statement = wrote(vault, running_meeting(vault, family), "x").id
    stranger = promised(vault, elsewhere)
    command = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=commitment,
        state=CommitmentState.CHANGED,
        reason="split",
    )
    assert refused(change_commitment, command, vault) == ("successor", "missing")
    for wrong in (commitment, statement, stranger, NOBODY):
        odd = replace(command, successor_id=wrong)
        assert refused(change_commitment, odd, vault) == ("successor", "unknown")
    done = replace(command, state=CommitmentState.DONE, reason="", successor_id=successor)
    assert refused(change_commitment, done, vault) == ("successor", "unknown")

    change_commitment(replace(command, successor_id=successor), vault=vault)

    left = [one.item.id for one in read_overview(family.case_id, vault=vault).value.commitments]
    assert left == [successor]
    with vault.work() as work:
        kept = {one.id: one for one, _ in work.commitments.of_case(family.case_id)}
    assert kept[commitment].changes[-1].successor_id == successor


def test_who_promised_is_kept_by_their_place_where_only_one_is_called_so(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    namesake = relative(vault, family.case_id, JOHAN, custody=Custody.JOINT)
    meeting_id = running_meeting(vault, family, *family.signers, family.maria, namesake)

    def place(responsible: str, organisation_id: UUID | None = None) -> UUID | None:
        written = wrote(
            vault,
            meeting_id,
            "x",
            kind=EntryKind.ACTION,
            responsible=responsible,
            organisation_id=organisation_id,
            due_on=DAY,
        )
        with vault.work() as work:
            rows = work.commitments.of_case(family.case_id)
            return next(one.party_id for one, _ in rows if one.id == written.id)

    assert place(" Sara Demosson ") == family.sara
    assert place("Maria Lind", family.school) == family.maria
    for name, organisation_id in (
        ("Johan Demosson", None),
        ("Maria Lind", None),
        ("Sara Demosson", family.school),
        ("Mamma", None),
    ):
        assert place(name, organisation_id) is None


def test_a_commitment_goes_on_until_it_is_done_and_can_be_moved(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    commitment = promised(vault, family)
    clock.move(days=1)

    def shown() -> list[tuple[date, CommitmentState, bool]]:
        found = read_overview(family.case_id, vault=vault).value.commitments
        told = [one.commitment for one in found]
        return [(one.due, one.state, one.is_late) for one in told if one is not None]

    assert shown() == [(DAY, CommitmentState.NOT_STARTED, True)]
    later = DAY + timedelta(days=14)
    moved = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=commitment,
        state=CommitmentState.DOING,
        reason="queue",
        new_due=later,
    )
    change_commitment(moved, vault=vault)
    assert shown() == [(later, CommitmentState.DOING, False)]
    change_commitment(replace(moved, state=CommitmentState.DONE, new_due=None), vault=vault)
    assert shown() == []


def test_a_note_of_a_megabyte_survives_byte_for_byte(made: MadeVault) -> None:
    text = "Anteckning å ä ö 🙂\r\n\t" * 45_000
    assert len(text.encode()) > 1_000_000
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, text, organisation_id=family.school)
    vault.close()
    vault = made.open()
    assert texts_in(room_of(vault, meeting_id)) == [text]
    vault.close()


def test_hostile_text_comes_back_as_it_was(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    texts = [one for one in HOSTILE if one.strip()]
    for text in texts:
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            organisation_id=family.school,
            responsible=f"x{text}x",
            due_on=DAY,
        )
    found = entries(vault, meeting_id)
    assert [one.item.text for one in found] == texts
    responsible = [one.commitment.responsible for one in found if one.commitment]
    assert responsible == [f"x{text}x" for text in texts]


def test_five_hundred_items_are_all_there_in_order(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    first = wrote(vault, meeting_id, "Uppgift 0", organisation_id=family.school)
    pattern = item(vault, family, first.id)
    # As the use case stores each, all in one transaction.
    with vault.work() as work:
        part = work.compartments.of_file(family.case_id)[CompartmentKind.CASE]
        for number in range(1, 500):
            one = replace(pattern, id=uuid4(), text=f"Uppgift {number}")
            sequence = work.sequence + number
            work.items.add(one, part, work.compartments.key(part), sequence=sequence)
        work.commit(Action.ENTRY_WRITTEN, first.id)
    assert texts_in(room_of(vault, meeting_id)) == [f"Uppgift {number}" for number in range(500)]
    assert read_hidden(meeting_id, vault=vault).value.hidden == ()


def test_what_is_guarded_goes_into_the_guarded_part(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(vault, meeting_id, "Storgatan 1", is_guarded=True)
    assert item(vault, family, written.id).part is Part.GUARDED


def test_who_reveals_a_reporter_is_kept_and_nobody_is_named(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(vault, meeting_id, "x", organisation_id=family.school, reveals_reporter=True)
    (reporter,) = item(vault, family, written.id).reporter_ids
    assert reporter not in {family.subject, family.sara, family.johan, family.maria}
    assert texts_in(room_of(vault, meeting_id)) == []


def test_something_can_be_written_before_the_meeting_and_after_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    planned = planned_meeting(vault, family)
    before = wrote(vault, planned, "före", organisation_id=family.school)
    held = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=held), vault=vault)
    after = wrote(vault, held, "efter", organisation_id=family.school)
    assert {item(vault, family, one.id).text for one in (before, after)} == {"före", "efter"}
    assert texts_in(room_of(vault, held)) == ["efter"]


def test_a_dissent_stands_under_its_decision_wherever_it_was_typed(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    decision = wrote(
        vault, meeting_id, "Skolbyte", kind=EntryKind.DECISION, organisation_id=family.school
    ).id
    for who, text in ((family.sara, "Inte nu."), (family.johan, "Inte alls.")):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.DISSENT,
            under="commitments",
            said_by=who,
            follows=decision,
        )
    wrote(
        vault,
        meeting_id,
        "Vi är emot.",
        kind=EntryKind.DISSENT,
        organisation_id=family.board,
        follows=decision,
    )
    (entry,) = entries(vault, meeting_id)
    assert [(one.who, one.item.text) for one in entry.dissents] == [
        ("Sara Demosson", "Inte nu."),
        ("Johan Demosson", "Inte alls."),
        ("Exempelstad", "Vi är emot."),
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"state": CommitmentState.DONE, "new_due": LATER}, ("new_due", "order")),
        ({"state": CommitmentState.DOING, "happened_on": DAY}, ("happened_on", "order")),
        ({"state": CommitmentState.DONE, "happened_on": LATER}, ("happened_on", "future")),
        ({"state": CommitmentState.DONE, "happened_on": BEFORE}, ("happened_on", "before")),
        ({"state": CommitmentState.DONE, "told_by": NOBODY}, ("told_by", "unknown")),
    ],
)
def test_a_day_that_does_not_fit_what_became_of_it_is_refused(
    vault: OpenVault, told: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = signed_case(vault)
    command = ChangeCommitment(
        case_id=family.case_id, commitment_id=promised(vault, family), **told
    )

    assert refused(change_commitment, command, vault) == expected


def test_what_was_done_earlier_is_told_today_and_keeps_its_day(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    commitment = promised(vault, family)
    clock.at += timedelta(days=3)
    command = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=commitment,
        state=CommitmentState.DONE,
        happened_on=DAY + timedelta(days=1),
        told_by=family.subject,
    )

    change_commitment(command, vault=vault)

    with vault.work() as work:
        (kept,) = [one for one, _ in work.commitments.of_case(family.case_id)]
    assert (kept.changes[-1].on, kept.ended_on) == (
        DAY + timedelta(days=3),
        DAY + timedelta(days=1),
    )
    assert kept.changes[-1].told_by == family.subject
    # What a meeting of that day told is not undone by what one heard later.
    assert kept.as_of(DAY + timedelta(days=2)).state is CommitmentState.NOT_STARTED
