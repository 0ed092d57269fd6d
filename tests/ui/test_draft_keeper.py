"""What is typed is kept, soon or at once, and nothing of it is lost when the disk is full."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.ui.plain import NOW, DraftBox, HeldRunner, draft_uses
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftState, Place, sign_text
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner

CASE = UUID(int=7)
PLACE = Place(kind=DraftKind.NOTE, subject_id=CASE)


class Store:
    """Stands for the vault; raises the failures first, one for each call."""

    def __init__(self, *failures: Exception, drafts: tuple[Draft, ...] = ()) -> None:
        self.failures = list(failures)
        self.drafts = drafts
        self.kept: dict[UUID, str] = {}

    def store(self, command: StoreDraft) -> Done[None]:
        """Keep a draft."""
        if self.failures:
            raise self.failures.pop(0)
        self.kept[command.id] = command.text
        return Done(None)

    def read(self) -> Done[tuple[Draft, ...]]:
        """Return the drafts there are."""
        if self.failures:
            raise self.failures.pop(0)
        return Done(self.drafts)

    def discard(self, draft_id: UUID) -> Done[None]:
        """Remove a draft."""
        if self.failures:
            raise self.failures.pop(0)
        self.kept.pop(draft_id, None)
        return Done(None)


def keeper(store: Store, runner: TaskRunner | None = None) -> DraftKeeper:
    uses = draft_uses(store=store.store, read=store.read, discard=store.discard)
    return DraftKeeper(uses, runner or InlineRunner(), PLACE, now=lambda: NOW)


def draft(number: int, text: str, **changes: object) -> Draft:
    kind = changes.get("kind", DraftKind.NOTE)
    subject = changes.get("subject_id", CASE)
    assert isinstance(kind, DraftKind)
    assert isinstance(subject, UUID | None)
    return Draft(
        id=UUID(int=number),
        kind=kind,
        text=text,
        stored_at=NOW + timedelta(minutes=number),
        subject_id=subject,
    )


def test_a_full_disk_keeps_the_text_waiting_and_tries_again() -> None:
    store = Store(DiskFullError())
    drafts = keeper(store)
    drafts.keep("text")

    drafts.store_now()
    waiting = drafts.state
    drafts.store_now()

    assert waiting is DraftState.WAITING
    assert drafts.state is DraftState.SAVED
    assert list(store.kept.values()) == ["text"]


def test_what_was_stored_but_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    drafts = keeper(Store(NotConfirmedError()))
    drafts.keep("text")

    with qtbot.waitSignal(drafts.failed):
        drafts.store_now()


def test_a_draft_that_cannot_be_read_leaves_an_empty_field() -> None:
    drafts = keeper(Store(OSError()))
    found: list[str] = []
    drafts.found.connect(found.append)

    drafts.look_for_earlier()

    assert not found
    assert drafts.state is DraftState.NONE


def test_text_typed_meanwhile_wins_over_an_earlier_draft() -> None:
    drafts = keeper(Store(drafts=(draft(1, "old"),)))
    found: list[str] = []
    drafts.found.connect(found.append)
    drafts.keep("new")

    drafts.look_for_earlier()

    assert not found


def test_the_latest_draft_of_this_kind_and_case_is_found() -> None:
    # Newest first, whatever the clock said when they were stored.
    store = Store(
        drafts=(
            draft(3, "right"),
            draft(9, "older, though the clock stood later"),
            draft(4, "another case", subject_id=UUID(int=8)),
            draft(5, "another kind", kind=DraftKind.NEW_CASE),
            draft(6, "no case", subject_id=None),
        )
    )
    drafts = keeper(store)
    found: list[str] = []
    drafts.found.connect(found.append)

    drafts.look_for_earlier()

    assert found == ["right"]
    assert drafts.saved_at == NOW + timedelta(minutes=3)


def test_a_found_draft_is_stored_under_the_same_id() -> None:
    store = Store(drafts=(draft(3, "found"),))
    drafts = keeper(store)
    drafts.look_for_earlier()
    drafts.keep("found and more")

    drafts.store_now()

    assert store.kept == {UUID(int=3): "found and more"}


def test_text_is_stored_a_little_after_the_last_key(qtbot: QtBot) -> None:
    store = Store()
    drafts = keeper(store)
    drafts.keep("t")
    drafts.keep("text")

    qtbot.waitUntil(lambda: drafts.state is DraftState.SAVED)

    assert list(store.kept.values()) == ["text"]


def test_the_same_text_is_stored_once() -> None:
    store = Store()
    drafts = keeper(store)
    drafts.keep("text")
    drafts.store_now()
    store.kept.clear()

    drafts.keep("text")
    drafts.store_now()

    assert not store.kept


def test_emptying_the_field_puts_what_stood_there_in_the_bin() -> None:
    box = DraftBox()
    drafts = DraftKeeper(box.uses, InlineRunner(), PLACE, now=lambda: NOW)
    drafts.keep("text")
    drafts.store_now()

    drafts.keep("")
    drafts.store_now()

    (kept,) = box.drafts.values()
    assert (kept.text, kept.thrown_at) == ("text", NOW)
    assert drafts.state is DraftState.NONE


def test_who_goes_on_in_an_emptied_field_takes_the_draft_out_of_the_bin() -> None:
    box = DraftBox()
    drafts = DraftKeeper(box.uses, InlineRunner(), PLACE, now=lambda: NOW)
    for text in ("text", "", "another"):
        drafts.keep(text)
        drafts.store_now()

    (kept,) = box.drafts.values()

    assert (kept.text, kept.thrown_at) == ("another", None)
    assert [one.text for one in kept.versions] == ["text"]


def test_it_is_not_told_to_be_saved_once_another_key_is_pressed() -> None:
    runner = HeldRunner()
    drafts = keeper(Store(), runner=runner)
    drafts.keep("t")
    drafts.store_now()
    drafts.keep("te")

    runner.work_off()
    states = [drafts.state]
    drafts.store_now()
    runner.work_off()
    states.append(drafts.state)

    assert states == [DraftState.SAVING, DraftState.SAVED]


def test_who_types_back_to_what_is_on_the_disk_is_told_that_it_is_saved() -> None:
    store = Store()
    drafts = keeper(store)
    drafts.keep("text")
    drafts.store_now()
    drafts.keep("text.")
    drafts.keep("text")

    drafts.store_now()

    assert drafts.state is DraftState.SAVED


def test_it_is_not_told_to_be_saved_while_another_text_is_on_its_way_to_the_disk() -> None:
    store, runner = Store(), HeldRunner()
    drafts = keeper(store, runner)
    states = []
    drafts.changed.connect(lambda: states.append((drafts.state, [*store.kept.values()])))
    for text in ("text", "another text"):
        drafts.keep(text)
        drafts.store_now()
    drafts.keep("text")

    runner.work_off()
    between = drafts.state
    drafts.store_now()
    runner.work_off()

    assert [between, drafts.state] == [DraftState.SAVING, DraftState.SAVED]
    on_disk = [kept for state, kept in states if state is DraftState.SAVED]
    assert on_disk == [["text"]]


def test_whoever_types_without_a_pause_is_stored_before_two_seconds_are_over(
    qtbot: QtBot,
) -> None:
    store = Store()
    drafts = keeper(store)
    typed = ["x"]

    def press() -> None:
        typed.append("x")
        drafts.keep("".join(typed))

    keys = QTimer()
    keys.setInterval(50)
    keys.timeout.connect(press)
    drafts.keep("x")
    keys.start()

    qtbot.waitUntil(lambda: bool(store.kept), timeout=2_000)

    assert len(typed) > 1


def test_after_a_failure_even_the_text_that_stood_there_before_is_stored_again() -> None:
    store = Store()
    drafts = keeper(store)
    drafts.keep("a")
    drafts.store_now()
    store.kept.clear()
    store.failures = [DiskFullError()]
    drafts.keep("ab")
    drafts.store_now()
    drafts.keep("a")

    drafts.store_now()

    assert list(store.kept.values()) == ["a"]


def test_what_is_thrown_away_lies_in_the_bin_as_it_stood_and_is_told() -> None:
    box, told = DraftBox(), list[object]()
    uses = replace(box.uses, tell_thrown=told.append)
    drafts = DraftKeeper(uses, InlineRunner(), PLACE, now=lambda: NOW)
    drafts.keep("text")

    drafts.throw_away()

    (kept,) = box.drafts.values()
    assert (kept.text, kept.thrown_at) == ("text", NOW)
    assert told == [(kept.id, PLACE)]
    assert drafts.state is DraftState.NONE


def test_words_leave_the_bin_only_once_the_form_has_them_on_the_disk() -> None:
    box = DraftBox()
    drafts = DraftKeeper(box.uses, InlineRunner(), PLACE, now=lambda: NOW)
    drafts.keep("form")
    drafts.store_now()
    take_out = drafts.throw_words("words")
    assert sorted(one.text for one in box.drafts.values()) == ["form", "words"]
    drafts.keep("form, words")

    take_out()

    assert [(one.text, one.thrown_at) for one in box.drafts.values()] == [("form, words", None)]


def test_nothing_is_thrown_away_where_nothing_stands() -> None:
    box, told = DraftBox(), list[object]()
    uses = replace(box.uses, tell_thrown=told.append)

    DraftKeeper(uses, InlineRunner(), PLACE, now=lambda: NOW).throw_away()

    assert (box.drafts, told) == ({}, [])


def test_what_lies_in_the_bin_is_not_given_back() -> None:
    box = DraftBox([replace(draft(1, "old"), thrown_at=NOW)])
    drafts = DraftKeeper(box.uses, InlineRunner(), PLACE, now=lambda: NOW)
    found: list[str] = []
    drafts.found.connect(found.append)

    drafts.look_for_earlier()

    assert not found


def test_a_draft_that_cannot_be_removed_stops_nobody() -> None:
    store = Store()
    drafts = keeper(store)
    drafts.keep("text")
    drafts.store_now()
    store.failures.append(OSError())

    drafts.discard()

    assert drafts.state is DraftState.NONE


@pytest.mark.parametrize("failure", [None, DiskFullError()])
def test_a_draft_that_was_put_to_use_waits_for_nothing(failure: Exception | None) -> None:
    store, runner = Store(*[failure] if failure else []), HeldRunner()
    drafts = keeper(store, runner=runner)
    drafts.keep("text")
    drafts.store_now()

    drafts.discard()
    runner.work_off()

    assert drafts.state is DraftState.NONE
    assert drafts.saved_at is None
    assert not store.kept


def test_an_answer_about_an_earlier_draft_says_nothing_of_the_next(qtbot: QtBot) -> None:
    store, runner = Store(), HeldRunner()
    drafts = keeper(store, runner=runner)
    drafts.keep("first")
    drafts.store_now()
    drafts.discard()
    drafts.keep("second")
    drafts.store_now()

    with qtbot.assertNotEmitted(drafts.changed):
        runner.waiting.pop(0)()

    assert drafts.state is DraftState.SAVING


def test_the_sign_says_where_the_text_is() -> None:
    store, language = Store(DiskFullError()), load_language("en")
    drafts = keeper(store)
    signs = [sign_text(drafts, language, saved="Saved {time}.")]
    drafts.changed.connect(lambda: signs.append(sign_text(drafts, language, saved="Saved {time}.")))
    drafts.keep("text")

    drafts.store_now()
    drafts.store_now()

    assert signs == [
        "",
        "Saving…",
        "Waiting for the disk. Leave the window open: your text is only here.",
        "Saving…",
        "Saved 07:51.",
    ]
