"""What was chosen for a text stands until it is added, whichever item or sort comes meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import CONTROLLER, SUBJECT, make_drafts
from tests.ui.meeting_desk import LEISURE, Table, entry, meeting_room
from tests.ui.plain import HeldRunner, draft_uses
from tests.ui.test_meeting_screen import button, opened
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.services.changes import Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.services.entries import EntryKind, WriteEntry
from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.half_written import HalfWritten, Kind, read_half_written
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import read_typed

SCHOOL, FREE_TIME = UUID(int=603), UUID(int=604)


def written(table: Table) -> WriteEntry:
    """Return the newest entry that was to be stored."""
    return [one for one in table.asked if isinstance(one, WriteEntry)][-1]


def next_item(table: Table, model: MeetingViewModel, now: int) -> None:
    """Have the meeting come to another item of the agenda."""
    table.room = meeting_room(now=now, entries=())
    model._read()  # noqa: SLF001  as after any change


def told(view: object) -> str:
    """Return what the labels of a screen say."""
    found = view.findChildren(QLabel)  # type: ignore[attr-defined]  # what the view has is found by its kind
    return "\n".join(one.text() for one in found if one.isVisible())


def test_what_was_typed_under_an_item_is_stored_there_and_of_its_category() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")

    next_item(table, model, 4)
    model.capture.add()

    assert (written(table).category, written(table).agenda_id) == ("schooling", SCHOOL)


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.ACTION, Kind.NOTE])
def test_a_category_chosen_by_hand_stands_whatever_comes(kind: Kind) -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")
    model.capture.choose_category("health")

    model.capture.choose_kind(kind)
    next_item(table, model, 4)
    model.capture.choose_whose(LEISURE)
    model.capture.add()

    assert written(table).kind is EntryKind(kind.value)
    assert written(table).category == "health"


def test_another_sort_leaves_the_category_of_what_is_typed() -> None:
    table = Table(meeting_room(now=3, entries=()))
    capture = table.open().capture
    capture.type("Hon sover dåligt.")

    for kind in (Kind.DECISION, Kind.ACTION, Kind.NOTE):
        capture.choose_kind(kind)
        assert capture.category == "schooling"


def test_what_is_brought_back_under_another_item_is_as_it_was() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")
    model.capture.choose_category("health")
    model.capture.put_aside()

    next_item(table, model, 4)
    assert model.capture.category == "leisure"
    model.capture.bring_back()
    model.capture.add()

    assert (written(table).category, written(table).agenda_id) == ("health", SCHOOL)


def test_a_preset_comes_back_as_it_was_when_somebody_came_in() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")
    model.set_presence(table.room.seats[7].id, Presence.HERE)

    next_item(table, model, 4)
    model.capture.bring_back()
    model.capture.add()

    assert (written(table).category, written(table).agenda_id) == ("schooling", SCHOOL)


def test_a_dissent_stays_beside_its_decision_when_the_next_item_comes() -> None:
    decision = entry(9, "Skolan ringer", ItemKind.DECISION, category="schooling")
    table = Table(meeting_room(now=3, entries=(decision,)))
    model = table.open()
    model.capture.disagree()
    model.capture.type("Jag vill inte.")

    next_item(table, model, 4)
    model.capture.add()

    assert written(table).kind is EntryKind.DISSENT
    assert (written(table).follows, written(table).category) == (decision.item.id, "schooling")


def test_after_it_is_added_the_next_item_presets_anew() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")
    model.capture.choose_category("health")
    next_item(table, model, 4)
    model.capture.add()

    model.capture.type("Hon boxas.")
    model.capture.add()

    assert (written(table).category, written(table).agenda_id) == ("leisure", FREE_TIME)


def test_it_is_said_under_which_item_a_text_stands_and_one_press_takes_it_here(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Hon boxas.")
    here = look.language.gettext("Will stand under: {title}")
    assert here.format(title="Skola och vardag") not in told(view)

    next_item(table, model, 4)
    assert here.format(title="Skola och vardag") in told(view)
    button(view, "stand here").click()
    model.capture.add()

    assert here.format(title="Skola och vardag") not in told(view)
    assert (written(table).category, written(table).agenda_id) == ("leisure", FREE_TIME)


def test_taking_a_text_here_leaves_a_category_that_was_chosen() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon sover dåligt.")
    model.capture.choose_category("health")

    next_item(table, model, 4)
    model.capture.stand_here()
    model.capture.add()

    assert (written(table).category, written(table).agenda_id) == ("health", FREE_TIME)


def test_no_title_is_told_that_the_room_may_not_see(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Hon boxas.")
    room = meeting_room(now=4, entries=())
    private = tuple(
        replace(one, title="", is_private=True) if one.id == SCHOOL else one for one in room.agenda
    )

    table.room = replace(room, agenda=private)
    model._read()  # noqa: SLF001  the step itself is looked at

    assert look.language.gettext("Private item") in told(view)
    assert "Skola och vardag" not in told(view)


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.ACTION])
@pytest.mark.parametrize(("now", "category"), [(3, "schooling"), (4, "leisure"), (5, "plan")])
def test_a_decision_and_an_action_have_the_category_of_their_item(
    kind: Kind, now: int, category: str
) -> None:
    capture = Table(meeting_room(now=now, entries=())).open().capture

    capture.choose_kind(kind)

    assert capture.category == category


@pytest.mark.parametrize("kind", [Kind.DECISION, Kind.ACTION])
def test_what_others_decide_where_the_young_person_is_heard_is_not_in_their_words(
    kind: Kind,
) -> None:
    capture = Table(meeting_room(now=1, entries=())).open().capture

    capture.choose_kind(kind)

    assert capture.category == "plan"


def _kind(capture: CaptureModel) -> None:
    capture.choose_kind(Kind.DECISION)


def _whose(capture: CaptureModel) -> None:
    capture.choose_whose(LEISURE)


def _category(capture: CaptureModel) -> None:
    capture.choose_category("health")


def _disagree(capture: CaptureModel) -> None:
    capture.disagree()


@pytest.mark.parametrize("choose", [_kind, _whose, _category, _disagree])
def test_a_choice_is_stored_like_any_key(choose: Callable[[CaptureModel], None]) -> None:
    stored: list[StoreDraft] = []

    def store(draft: StoreDraft) -> Done[None]:
        stored.append(draft)
        return Done(None)

    drafts = draft_uses(store=store, read=lambda: Done(()), discard=lambda _id: Done(None))
    capture = Table(meeting_room(now=4)).open(drafts=drafts).capture
    capture.type("Hon boxas.")
    capture.leave()
    before = len(stored)

    choose(capture)
    capture.leave()

    assert len(stored) == before + 1
    assert half_of(stored[-1].text) != half_of(stored[-2].text)


def half_of(text: str) -> HalfWritten:
    """Return what a draft holds of the screen."""
    typed = read_typed(text)
    assert typed is not None
    return read_half_written(typed)[0]


def test_a_decision_comes_back_after_a_lock_with_its_agency_and_category() -> None:
    kept: list[Draft] = []
    drafts = make_drafts(kept)
    table = Table(meeting_room(now=3, entries=()))
    capture = table.open(drafts=drafts).capture
    capture.type("Boxning på onsdagar")
    capture.leave()
    capture.choose_kind(Kind.DECISION)
    capture.choose_whose(LEISURE)
    capture.choose_category("health")
    capture.leave()

    table.room = meeting_room(now=4)
    again = table.open(drafts=drafts).capture
    again.bring_back()
    again.add()

    assert [one.kind for one in kept] in ([], [DraftKind.ENTRY])
    assert written(table).kind is EntryKind.DECISION
    assert written(table).organisation_id == LEISURE
    assert (written(table).category, written(table).agenda_id) == ("health", SCHOOL)


def test_what_was_added_for_an_item_that_is_gone_is_added_here() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.type("Hon boxas.")
    room: MeetingRoom = meeting_room(now=4, entries=())

    table.room = replace(room, agenda=tuple(one for one in room.agenda if one.id != SCHOOL))
    model._read()  # noqa: SLF001  the step itself is looked at
    model.capture.add()

    assert (written(table).agenda_id, written(table).category) == (FREE_TIME, "schooling")


@pytest.mark.parametrize("is_by_hand", [True, False])
def test_what_an_agency_says_where_the_young_person_is_heard_is_not_in_their_words(
    *, is_by_hand: bool
) -> None:
    table = Table(meeting_room(now=1, entries=()))
    capture = table.open().capture
    capture.choose_kind(Kind.NOTE)
    if is_by_hand:
        capture.choose_whose(SUBJECT)
        capture.choose_category("own_words")
    capture.choose_whose(LEISURE)
    capture.type("Han verkar må bättre.")

    offered = {one.code for one in capture.categories}
    capture.add()

    assert (written(table).organisation_id, written(table).said_by) == (LEISURE, None)
    assert written(table).category == "plan"
    assert "own_words" not in offered


def test_an_agency_disagrees_with_an_older_decision_in_its_own_words_and_not_in_theirs() -> None:
    decision = entry(10, "Elias boxas.", ItemKind.DECISION, category="own_words")
    table = Table(meeting_room(now=4, entries=(decision,)))
    capture = table.open().capture
    capture.disagree()
    capture.choose_whose(LEISURE)
    capture.type("Salen är stängd.")

    capture.add()

    assert written(table).category == "plan"


def test_what_the_young_person_says_between_others_is_in_their_words() -> None:
    table = Table(meeting_room(now=1, entries=()))
    capture = table.open().capture
    capture.choose_kind(Kind.NOTE)
    capture.choose_whose(SUBJECT)
    capture.type("Jag mår bättre.")

    offered = {one.code for one in capture.categories}
    capture.add()

    assert written(table).category == "own_words"
    assert "own_words" in offered


def test_only_what_somebody_of_the_family_says_stands_there_as_a_quote(
    qtbot: QtBot, look: Look
) -> None:
    others = (
        entry(30, "Han verkar må bättre.", category="own_words"),
        entry(31, "Han boxas på onsdagar.", ItemKind.DECISION, category="own_words"),
    )
    own = entry(32, "Jag vill boxas.", category="own_words", said_by=SUBJECT, who="Elias Demosson")
    view = opened(qtbot, look, Table(meeting_room(now=1, entries=(*others, own))).open())

    def size(text: str) -> int:
        said = [one for one in view.findChildren(QLabel) if one.text() == text]
        return max(one.font().pixelSize() for one in said)

    assert size("Jag vill boxas.") > size("Han verkar må bättre.")
    assert size("Han boxas på onsdagar.") == size("Han verkar må bättre.")
    assert {"Anteckning", "Beslut"} <= set(told(view).splitlines())


def test_whose_it_was_under_an_item_is_not_taken_over_to_the_next() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.choose_whose(LEISURE)
    model.capture.type("De ringde.")
    model.capture.add()

    next_item(table, model, 4)
    model.capture.type("Ingen svarade.")
    model.capture.add()

    assert written(table).organisation_id == CONTROLLER


def test_whose_it_is_stands_while_a_text_is_typed_whichever_item_comes() -> None:
    table = Table(meeting_room(now=3, entries=()))
    model = table.open()
    model.capture.choose_whose(LEISURE)
    model.capture.type("De ringde.")

    next_item(table, model, 4)
    model.capture.add()

    assert (written(table).organisation_id, written(table).agenda_id) == (LEISURE, SCHOOL)


def from_leisure(*, is_private: bool = False) -> MeetingRoom:
    """Return a meeting at an item that the youth club put on its agenda."""
    room = meeting_room(now=4, entries=())
    title = "" if is_private else "Lägret"
    came = {"code": "", "title": title, "is_private": is_private, "origin_id": LEISURE}
    return replace(
        room,
        agenda=tuple(
            replace(one, **came) if one.id == FREE_TIME else one  # type: ignore[arg-type]  # fields of its own
            for one in room.agenda
        ),
    )


def test_whose_a_private_item_is_tells_nothing() -> None:
    capture = Table(from_leisure(is_private=True)).open().capture

    assert capture.whose == CONTROLLER


def test_a_note_is_of_the_agency_that_put_the_item_there_until_another_is_chosen() -> None:
    table = Table(from_leisure())
    capture = table.open().capture
    capture.type("Det är i juli.")
    capture.add()
    of_item = written(table)
    capture.choose_whose(SUBJECT)
    capture.type("Jag vill följa med.")
    capture.add()

    assert of_item.organisation_id == LEISURE
    assert written(table).said_by == SUBJECT
    capture.choose_kind(Kind.DECISION)
    assert capture.whose is None


def test_an_agency_that_is_not_at_the_table_is_not_named_by_its_item() -> None:
    room = from_leisure()
    away = replace(room, organisations=room.organisations[:1])

    assert Table(away).open().capture.whose == CONTROLLER


def being_added(table: Table, kind: Kind, text: str) -> tuple[CaptureModel, HeldRunner]:
    """Return what is written down while the first entry is on its way to a slow disk."""
    runner = HeldRunner()
    capture = table.open(runner).capture
    runner.work_off()
    capture.choose_kind(kind)
    capture.type(text)
    if kind is Kind.ACTION:
        capture.choose_responsible(table.room.seats[2].id)
        capture.type_due("4/12")
    capture.add()
    return capture, runner


def test_what_was_sent_is_not_taken_over_to_the_next() -> None:
    capture, runner = being_added(Table(meeting_room(now=3)), Kind.ACTION, "Ringa.")
    capture.type("Ringa. Skriva.")

    runner.work_off()

    assert (capture.text, capture.due, capture.responsible) == (" Skriva.", "", None)


def test_day_and_responsible_chosen_while_the_last_is_stored_are_for_the_next() -> None:
    table = Table(meeting_room(now=3))
    capture, runner = being_added(table, Kind.ACTION, "Ringa.")
    capture.type("Ringa. Skriva.")
    capture.choose_responsible(table.room.seats[4].id)
    capture.type_due("11/12")

    runner.work_off()
    capture.add()
    runner.work_off()

    assert (written(table).text, written(table).responsible) == ("Skriva.", "Henrik Alm")
    assert str(written(table).due_on) == "2026-12-11"


def test_sort_agency_and_category_chosen_while_the_last_is_stored_are_for_the_next() -> None:
    table = Table(meeting_room(now=3))
    capture, runner = being_added(table, Kind.NOTE, "Ringde.")
    capture.choose_kind(Kind.DECISION)
    capture.choose_whose(LEISURE)
    capture.choose_category("leisure")
    capture.type("Ringde. Egen grupp.")

    runner.work_off()
    capture.add()
    runner.work_off()

    assert (written(table).kind, written(table).organisation_id) == (EntryKind.DECISION, LEISURE)
    assert written(table).category == "leisure"


def test_they_are_so_too_where_the_meeting_went_on_meanwhile() -> None:
    table = Table(meeting_room(now=3))
    capture, runner = being_added(table, Kind.NOTE, "Ringde.")
    capture.choose_kind(Kind.ACTION)
    capture.type_due("11/12")
    capture.choose_category("leisure")
    capture.type("Ringde. Skriva.")
    table.room = meeting_room(now=4)
    capture.follow(table.room)

    runner.work_off()

    assert (capture.kind, capture.due, capture.category) == (Kind.ACTION, "11/12", "leisure")


def test_a_dissent_begun_while_its_decision_is_stored_stands_beside_it() -> None:
    table = Table(meeting_room(now=4))
    capture, runner = being_added(table, Kind.NOTE, "Ringde.")
    capture.disagree()
    capture.type("Ringde. Jag vill inte.")

    runner.work_off()
    capture.add()
    runner.work_off()

    assert (written(table).kind, written(table).text) == (EntryKind.DISSENT, "Jag vill inte.")
    assert written(table).follows == UUID(int=2010)
