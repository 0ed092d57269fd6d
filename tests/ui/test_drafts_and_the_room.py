"""What was typed elsewhere, or thrown away, does not come onto the screen that all look at."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.ui.desks import OpenDesk, settle
from tests.ui.kept_desk import NEW_CASE, NOTE
from tests.ui.meeting_desk import MEETING
from tests.ui.plain import DraftBox
from tests.ui.test_desk_rooms import CASE, at_meeting, go_to_meeting, meeting_of
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.ui.draft_keeper import place_of
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import CaseForm, FormField, to_draft
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.tasks import InlineRunner

ENTRY = replace(
    NOTE, id=UUID(int=41), kind=DraftKind.ENTRY, subject_id=MEETING, case_id=CASE, versions=()
)

VOICE = replace(ENTRY, kind=DraftKind.VOICE)


def meeting_with(open_desk: OpenDesk, box: DraftBox) -> MainWindow:
    return at_meeting(open_desk, drafts=box.uses, runner=InlineRunner())


@pytest.mark.parametrize("thrown", [NOTE, VOICE], ids=["of the case", "of the meeting"])
def test_what_was_thrown_away_at_the_desk_cannot_be_taken_back_before_the_room(
    open_desk: OpenDesk, thrown: Draft
) -> None:
    window = meeting_with(open_desk, DraftBox([thrown]))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_home()
    rooms.drafts.offer_undo((thrown.id, place_of(thrown)))
    before = rooms.drafts.can_undo

    go_to_meeting(window)
    on_the_way = rooms.drafts.can_undo
    rooms._offer_undo((thrown.id, place_of(thrown)))  # noqa: SLF001  what a slow disk answers late

    assert before
    assert not on_the_way
    assert not rooms.drafts.can_undo


@pytest.mark.parametrize("come", ["cover", "let in"])
def test_what_was_thrown_away_in_a_meeting_cannot_be_taken_back_once_others_come(
    open_desk: OpenDesk, come: str
) -> None:
    window = meeting_with(open_desk, DraftBox())
    rooms, model = window.desk_rooms, meeting_of(window)
    assert rooms is not None
    model.capture.type("Skolan ringde.")
    model.capture.throw_away()
    before = rooms.drafts.can_undo

    if come == "cover":
        model.cover()
    else:
        model.others_come.emit()

    assert before
    assert not rooms.drafts.can_undo


def test_an_earlier_text_is_aside_when_the_meeting_is_shown(open_desk: OpenDesk) -> None:
    window = meeting_with(open_desk, DraftBox([ENTRY]))
    capture = meeting_of(window).capture

    assert capture.text == ""
    assert capture.has_aside


def test_what_is_thrown_away_on_the_page_of_kept_text_is_not_kept_by_its_meeting(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window = meeting_with(open_desk, box)
    rooms = window.desk_rooms
    assert rooms is not None
    meeting_of(window).capture.type("Skolan ringde.")
    rooms.drafts.go_to_kept()
    settle()
    (draft_id,) = box.drafts
    box.uses.discard(draft_id)

    go_to_meeting(window)
    settle()
    meeting_of(window).leave()

    assert not meeting_of(window).capture.is_unfinished
    assert not box.drafts


def test_going_on_leads_to_the_draft_that_was_pressed(open_desk: OpenDesk) -> None:
    form = CaseForm()
    newer, older = (
        replace(
            NEW_CASE, id=UUID(int=number), text=to_draft(form.with_text(FormField.GIVEN_NAME, name))
        )
        for number, name in ((42, "Noor"), (43, "Elias"))
    )
    window = open_desk(drafts=DraftBox([newer, older]).uses, runner=InlineRunner())
    rooms = window.desk_rooms
    assert rooms is not None

    rooms.drafts.go_on(place_of(older))
    settle()

    model = rooms.current
    assert isinstance(model, NewCaseViewModel)
    assert model.form.text_in(FormField.GIVEN_NAME) == "Elias"
