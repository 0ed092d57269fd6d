"""What a protocol says: every part that is there, and no trace of what is not."""

from dataclasses import MISSING, fields, replace
from datetime import UTC, date, datetime

import pytest

from tests.documents.papers import ENGLISH, FULL, LEAST, START
from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Decision,
    Heading,
    KeyValue,
    KeyValues,
    OwnWords,
    PageFrame,
    Paragraph,
    SignatureLines,
    Statement,
    Table,
    Title,
)
from trygga_desktop.documents.protocol import (
    ActionEntry,
    AgendaItem,
    CarriedAction,
    ConsentLine,
    DecisionEntry,
    Entry,
    Interpreter,
    MeetingForm,
    NextMeeting,
    NoteEntry,
    Participant,
    Presence,
    ProtocolContent,
    Signer,
    StatementEntry,
    compose,
)


def blocks(content: ProtocolContent) -> list[Block]:
    return list(compose(content, ENGLISH))


def headings(content: ProtocolContent) -> list[str]:
    return [block.text for block in blocks(content) if isinstance(block, Heading)]


def tables(content: ProtocolContent) -> list[Table]:
    return [block for block in blocks(content) if isinstance(block, Table)]


def facts(content: ProtocolContent) -> dict[str, str]:
    (values,) = (block for block in blocks(content) if isinstance(block, KeyValues))
    return {pair.label: pair.value for pair in values.pairs}


def under(*entries: Entry) -> list[Block]:
    """Return the blocks of an item with these entries."""
    found = blocks(replace(LEAST, items=(AgendaItem(title="Punkt", entries=entries),)))
    return found[found.index(Heading(text="Punkt")) + 1 :]


def test_the_least_protocol_says_where_when_and_nothing_else() -> None:
    assert blocks(LEAST) == [
        PageFrame(head_left="Möte", head_right="2026-11-26"),
        Title(organisation="Nämnden", kind="Protocol", text="Möte"),
        KeyValues(
            pairs=(KeyValue(label="Date and time", value="26 November 2026 at 15:00"),),
        ),
    ]


@pytest.mark.parametrize(
    "left_out", [one.name for one in fields(ProtocolContent) if one.default is not MISSING]
)
def test_what_is_left_out_leaves_no_empty_heading(left_out: str) -> None:
    found = blocks(replace(FULL, **{left_out: getattr(LEAST, left_out)}))

    for before, after in zip(found, [*found[1:], None], strict=True):
        if isinstance(before, Heading):
            assert after is not None
            assert not isinstance(after, Heading)


def test_no_label_stands_without_a_value() -> None:
    assert facts(replace(LEAST, place=" \n", chair="")) == {
        "Date and time": "26 November 2026 at 15:00"
    }


def test_the_parts_come_in_the_order_of_a_meeting() -> None:
    assert headings(FULL) == [
        "Participants",
        "Consent",
        "Actions from earlier meetings",
        "Din egen bild",
        "Skola och fritid",
        "Summary",
        "Next meeting",
        "Goes to",
        "Signatures",
    ]


def test_the_cover_tells_what_the_meeting_was() -> None:
    assert facts(FULL) == {
        "Date and time": "26 November 2026 at 15:00\u201315:55",
        "Case number": "DEMO-2026-001",
        "Place": "Familjens hus, rum Eken",
        "Registry number": "SN 2026-0412",
        "Form": "In the room and remote",
        "Meeting number": "5",
        "Chair": "Karin Ek, samordnare",
        "Secretary": "Petra Nyman, socialsekreterare",
        "Verifier": "Henrik Alm, biträdande rektor",
    }


def test_times_are_those_of_stockholm_across_midnight_and_summer() -> None:
    late = replace(LEAST, starts_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))

    assert facts(late)["Date and time"] == "1 July 2026 at 00:30"


def test_a_draft_says_that_it_is_one() -> None:
    assert Title(organisation="Nämnden", kind="Protocol, draft", text="Möte") in blocks(
        replace(LEAST, is_draft=True)
    )
    (frame,) = [one for one in blocks(replace(LEAST, is_draft=True)) if isinstance(one, PageFrame)]
    assert frame.head_left == "Möte, draft", "it stands on each page"


def test_a_draft_is_approved_on_paper_and_never_signed() -> None:
    found = blocks(replace(FULL, is_draft=True))

    assert Heading(text="Signatures") not in found
    last = found[-1]
    assert isinstance(last, SignatureLines)
    assert found[-3] == Heading(text="Approval of the draft")
    assert [line.name for line in last.lines] == [
        "Karin Ek, Socialförvaltningen",
        "Henrik Alm, Exempelgymnasiet",
    ]
    nobody = blocks(replace(FULL, is_draft=True, signers=()))
    assert Heading(text="Approval of the draft") not in nobody


def test_presence_tells_of_the_whole_meeting_or_of_its_parts() -> None:
    (table, *_) = tables(FULL)

    assert [row[3] for row in table.rows] == [
        "Whole meeting",
        "Came 15:10\nLeft 15:40\nRemote",
        "Whole meeting",
        "Sent apologies",
        "Absent",
    ]


def test_a_column_in_which_nobody_has_anything_is_left_out() -> None:
    only = replace(LEAST, participants=(Participant(name="Elias Demosson"),))

    (table,) = tables(only)

    assert [column.title for column in table.columns] == ["Name", "Attendance"]
    assert table.rows == (("Elias Demosson", "Whole meeting"),)


def test_an_interpreter_stands_under_the_participants() -> None:
    found = blocks(replace(LEAST, interpreters=(Interpreter(name="Nadia Testare"),)))

    assert found[-2:] == [
        Heading(text="Participants"),
        Statement(source="Interpreter", text="Nadia Testare"),
    ]


def test_a_consent_tells_between_whom_and_how_long() -> None:
    consent = ConsentLine(
        version="v2",
        valid_from=date(2026, 9, 3),
        valid_to=date(2027, 2, 28),
        agencies=("Skolan", "Polisen", "Nämnden"),
    )

    (table,) = tables(replace(LEAST, consents=(consent,)))

    assert [column.title for column in table.columns] == [
        "Version",
        "Between",
        "Valid from",
        "Valid to",
    ]
    assert table.rows == (
        ("v2", "Skolan, Polisen and Nämnden", "3 September 2026", "28 February 2027"),
    )


def test_a_decision_carries_its_number_agency_and_who_does_not_agree() -> None:
    (decision,) = (block for block in blocks(FULL) if isinstance(block, Decision))

    assert decision.label == "Decision 2.1"
    assert decision.agency == "Exempelgymnasiet"
    assert [(one.label, one.text) for one in decision.objections] == [
        ("Elias Demosson does not agree", "Jag vill ha tre timmar.")
    ]


def test_a_decision_without_number_is_still_a_decision() -> None:
    assert under(DecisionEntry(text="Ja.", agency="Skolan")) == [
        Decision(label="Decision", agency="Skolan", text="Ja.")
    ]


def test_own_words_are_told_from_what_others_say() -> None:
    assert (
        OwnWords(label="Elias Demosson, own words", text="Verkstaden vill ha mig kvar.")
    ) in blocks(FULL)


def test_statements_of_one_source_name_it_once_and_a_note_is_nobody_s() -> None:
    assert under(
        StatementEntry(source="Skolan", text="a"),
        StatementEntry(source="Skolan", text="b"),
        NoteEntry(text="c"),
        StatementEntry(source="Skolan", text="d"),
        StatementEntry(text="e"),
    ) == [
        Statement(source="Skolan", text="a"),
        Statement(text="b"),
        Statement(source="Note", text="c"),
        Statement(source="Skolan", text="d"),
        Statement(source="Note", text="e"),
    ]


def test_actions_that_follow_each_other_are_one_table() -> None:
    found = under(
        ActionEntry(text="a", person="Henrik Alm", agency="Skolan", due=date(2026, 12, 18)),
        ActionEntry(text="b"),
        NoteEntry(text="c"),
        ActionEntry(text="d", person="Elias Demosson"),
    )

    assert [block.rows for block in found if isinstance(block, Table)] == [
        (
            ("a", "Henrik Alm", "Skolan", "18 December 2026"),
            ("b", "\u2013", "\u2013", "No date set"),
        ),
        (("d", "Elias Demosson", "No date set"),),
    ]


def test_carried_actions_stand_before_the_agenda_or_under_their_item() -> None:
    action = CarriedAction(text="a", status="Gick inte", reason="Kö")

    (before,) = tables(replace(LEAST, carried=(action,)))
    (inside,) = under(action)

    assert before == inside
    assert before.rows == (("a", "Gick inte\nKö"),)


def test_the_next_meeting_may_lack_time_and_place() -> None:
    day = NextMeeting(day=date(2027, 1, 21))

    assert blocks(replace(LEAST, next_meeting=day))[-1] == Paragraph(
        text="Thursday 21 January 2027"
    )
    assert blocks(FULL)[-5] == Paragraph(text="Thursday 21 January 2027 at 15:00, Rum Eken")


def test_whom_it_goes_to_and_who_signs_end_the_protocol() -> None:
    found = blocks(FULL)

    assert found[-3] == Bullets(items=("Elias Demosson", "Exempelgymnasiet, utdrag"))
    last = found[-1]
    assert isinstance(last, SignatureLines)
    assert [(line.role, line.name) for line in last.lines] == [
        ("Mötesledare", "Karin Ek, Socialförvaltningen"),
        ("Justerare", "Henrik Alm, Exempelgymnasiet"),
    ]


def test_a_signer_without_a_name_keeps_the_line() -> None:
    found = blocks(replace(LEAST, signers=(Signer(role="Justerare"),)))

    assert isinstance(found[-1], SignatureLines)
    assert found[-1].lines[0].name == ""


def test_a_participant_is_there_unless_it_is_said_otherwise() -> None:
    assert Participant(name="x").presence is Presence.PRESENT
    assert START.tzinfo is not None


@pytest.mark.parametrize(
    ("form", "said"), [(MeetingForm.IN_ROOM, "In the room"), (MeetingForm.REMOTE, "Remote")]
)
def test_the_form_of_the_meeting_is_said_in_words(form: MeetingForm, said: str) -> None:
    assert facts(replace(LEAST, form=form))["Form"] == said


def test_a_row_that_does_not_fit_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(columns=(Column(title="a", width=1),), rows=(("b", "c"),))


def test_an_item_under_which_nothing_stands_says_so_in_one_line() -> None:
    empty = Heading(number="3", text="Övrigt")
    item = AgendaItem(number="3", title="Övrigt")
    found = blocks(replace(FULL, items=(*FULL.items, item)))

    line = Paragraph(text="Nothing stands under this item.")
    assert found.count(line) == 1
    assert found[found.index(empty) + 1] == line
