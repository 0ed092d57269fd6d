"""Figures that are entered and answers to a packet are kept through a lock, until they are used."""

from pathlib import Path
from uuid import UUID

import pytest

from tests.ui.overviews import CASE, MEETING
from tests.ui.packets_desk import COMING, Receiving
from tests.ui.plain import DraftBox, in_bin
from tests.ui.plan_desk import make_progress_model
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Done
from trygga_desktop.services.ratings import RecordRating
from trygga_desktop.ui.screens.packet_in.view_model import InState
from trygga_desktop.ui.screens.plan_progress.kept_figures import KeptFigures
from trygga_desktop.ui.typed import Typed, write_typed


@pytest.mark.parametrize(
    "text",
    [
        "no form",
        write_typed(Typed(texts={"school": "11", "health": "-1", "home": "ord", "nowhere": "5"})),
    ],
)
def test_what_is_no_figure_of_a_known_area_does_not_come_back(text: str) -> None:
    box = DraftBox()
    first = make_progress_model(drafts=box.uses)
    first.begin()
    first.rate("school", 8)
    first.leave()
    (key, kept) = next(iter(box.drafts.items()))
    box.drafts[key] = type(kept)(
        id=key,
        kind=kept.kind,
        text=text,
        stored_at=kept.stored_at,
        subject_id=kept.subject_id,
        case_id=kept.case_id,
    )
    again = make_progress_model(drafts=box.uses)
    again.begin()
    assert {one: figure for one, figure in again.entered.items() if figure} == {}


def test_figures_that_are_entered_come_back_after_a_lock_and_go_when_recorded() -> None:
    box = DraftBox()
    model = make_progress_model(drafts=box.uses)
    model.begin()
    model.choose_meeting(None)
    model.rate("school", 8)
    model.rate("health", 3)
    model.leave()
    (kept,) = box.drafts.values()
    assert (kept.kind, kept.case_id) == (DraftKind.RATING, CASE)

    recorded: list[RecordRating] = []

    def record(command: RecordRating) -> Done[UUID]:
        recorded.append(command)
        return Done(MEETING)

    again = make_progress_model(drafts=box.uses, record_rating=record, goes_on=True)
    assert again.is_entering
    assert again.entered == {"school": 8, "health": 3}
    assert again.meeting_id is None
    again.record()
    assert [dict(one.values) for one in recorded] == [{"school": 8, "health": 3}]
    assert box.drafts == {}


def test_figures_that_are_refused_stay_kept() -> None:
    box = DraftBox()

    def refuse(_: RecordRating) -> Done[UUID]:
        raise InvalidInputError(field="values", flaw="range")

    model = make_progress_model(drafts=box.uses, record_rating=refuse)
    model.begin()
    model.rate("school", 8)
    model.record()
    model.leave()
    assert model.entered == {"school": 8}
    assert len(box.texts) == 1


def test_figures_that_nobody_wants_lie_in_the_bin() -> None:
    box = DraftBox()
    model = make_progress_model(drafts=box.uses)
    model.begin()
    model.rate("school", 8)
    model.cancel()
    assert len(in_bin(box)) == 1
    model.begin()
    assert model.entered == {}


def test_the_meeting_that_figures_are_of_is_kept_with_them() -> None:
    figures = KeptFigures(entered={"school": 8, "health": None}, meeting_id=MEETING)
    assert KeptFigures.from_text(figures.as_text()) == figures


def file_of(folder: Path, content: bytes = b"packet") -> Path:
    file = folder / "from-annanstad.trygga-packet"
    file.write_bytes(content)
    return file


def test_answers_to_a_packet_come_back_with_its_file_and_go_when_it_is_taken_in(
    tmp_path: Path,
) -> None:
    box, vault = DraftBox(), Receiving()
    model = vault.open(drafts=box.uses)
    model.choose(file_of(tmp_path))
    for one in COMING:
        if one.must_be_answered:
            model.answer(one.key, accepts=one is not COMING[1])
    model.say_same_person(is_same=True)
    model.leave()
    (kept,) = box.drafts.values()
    assert (kept.kind, box.texts) == (DraftKind.PACKET, ["from-annanstad.trygga-packet"])

    again = vault.open(drafts=box.uses)
    again.choose(file_of(tmp_path))
    assert again.answers == model.answers
    assert again.is_same_person
    again.take_in()
    assert again.state is InState.TAKEN
    assert len(vault.taken) == 1
    assert box.drafts == {}


def test_another_packet_has_none_of_the_answers_and_takes_none_away(tmp_path: Path) -> None:
    box, vault = DraftBox(), Receiving()
    model = vault.open(drafts=box.uses)
    model.choose(file_of(tmp_path))
    model.answer(COMING[0].key, accepts=True)
    model.choose(file_of(tmp_path, b"another packet"))
    assert model.answers == {}
    assert not model.is_same_person
    model.answer(COMING[0].key, accepts=False)
    model.leave()
    assert len(box.drafts) == 2
    model.choose(file_of(tmp_path))
    assert model.answers == {COMING[0].key: True}
