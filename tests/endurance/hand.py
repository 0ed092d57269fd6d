"""A hand that does random things in a meeting, with keys, with the mouse and behind its back."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)

from tests.endurance.whispers import Canaries, Rule
from tests.people import paper
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.meeting import IN_THE_ROOM, Function, Presence
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import WithdrawConsent, record_consent, withdraw_consent
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.meetings import AddAgendaItem, add_agenda_item
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.audience import AudienceWindow
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.hidden.view_model import HiddenState, HiddenViewModel
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage

_SIZES = ((1366, 768), (1920, 1080), (960, 600))
_HALF = 0.5
_LONGEST_AGENDA = 12
_GOES_BACK = 0.4
"""How often it goes back to the running meeting before something else is tried."""

_STAYS = 0.6
_WAITS = 0.5
"""How often a consent that could be taken back is not."""

_NOT_CLICKED = {"add entry", "add a guest", "back", "bring back"}
"""What stores what was typed for nobody, leaves for good, or shows again what was put aside."""

_TAKES_BACK = "takes back "

_NONE = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sort:
    """Something to write down, and when the room must not see it."""

    rule: Rule
    kind: Kind = Kind.NOTE
    whose: UUID | None = None
    category: str = ""


class Hand:
    """Moves people, writes, opens windows and changes what holds.

    `arriving` are those whom it has let in and who are not stored yet, `is_withdrawn` tells whether
    somebody has taken back their consent, `lost` names what was clicked before something was typed
    that stands nowhere. `settle` does what waits to be stored.
    """

    def __init__(  # noqa: PLR0913  what it has its fingers in
        self,
        vault: OpenVault,
        window: MainWindow,
        canaries: Canaries,
        meeting_id: UUID,
        *,
        settle: Callable[[], None],
        wait_for_tomorrow: Callable[[], None],
        chance: random.Random,
    ) -> None:
        self.arriving: set[UUID] = set()
        self.is_withdrawn = False
        self.lost: list[str] = []
        self._vault = vault
        self._window = window
        self._canaries = canaries
        self._family = canaries.family
        self._meeting_id = meeting_id
        self._settle = settle
        self._wait_for_tomorrow = wait_for_tomorrow
        self._chance = chance
        self._actions: dict[Callable[[], None], int] = {
            self.move_somebody: 8,
            self.confirm_somebody: 4,
            self.begin: 10,
            self.write: 24,
            self.write_what_nobody_sees: 2,
            self.type: 8,
            self.go_by_key: 6,
            self.go_to_an_item: 4,
            self.copy_from_the_field: 4,
            self.paste_or_undo: 4,
            self.open_a_list: 4,
            self.open_a_menu: 3,
            self.open_the_list_of_keys: 2,
            self.close_popups: 4,
            self.change_size: 3,
            self.change_text_size: 2,
            self.press_the_key_of_the_curtain: 5,
            self.connect_a_screen: 2,
            self.open_the_screen_of_the_room: 3,
            self.take_a_break: 2,
            self.look_behind: 3,
            self.review: 3,
            self.disagree: 3,
            self.bring_back: 4,
            self.change_consents: 4,
            self.settle_a_commitment: 2,
            self.invite_somebody: 1,
            self.add_a_title: 3,
            self.move_an_item: 3,
            self.freeze: 2,
            self.read_aloud: 2,
            self.act_on_what_was_prepared: 4,
            self.take_back_on_the_screen: 2,
            self.copy_for_oneself: 4,
            self.click_and_write_on: 10,
        }

    @property
    def model(self) -> MeetingViewModel | None:
        """Return the meeting while it is what the window shows."""
        rooms = self._window.desk_rooms
        current = None if rooms is None else rooms.current
        return current if isinstance(current, MeetingViewModel) else None

    def do_something(self) -> str:
        """Do one random thing, and return what it was."""
        (act,) = self._chance.choices(list(self._actions), list(self._actions.values()))
        way_back = self._way_back()
        if way_back is not None and self._chance.random() < _GOES_BACK:
            act = way_back
        act()
        return act.__name__

    def go_to_meeting(self) -> None:
        """Show the meeting, unless it is shown."""
        rooms = self._window.desk_rooms
        if self.model is None and rooms is not None:
            rooms.meetings.go_to_meeting(self._family.case_id, self._meeting_id)

    def close_popups(self) -> None:
        """Close every list, menu and dialog."""
        for window in QApplication.topLevelWidgets():
            is_popup = window is not self._window and not isinstance(window, AudienceWindow)
            if is_popup and window.isVisible():
                window.close()

    def move_somebody(self) -> None:
        """Let somebody come, go outside, leave, or not have come at all."""
        model = self._uncovered()
        if model is None or model.room is None:
            return
        police = [one for one in model.room.seats if one.organisation_id == self._family.police]
        seat = self._chance.choice([*model.room.seats, *police * 3])
        presence = self._chance.choice([*Presence, Presence.HERE, Presence.REMOTE])
        if presence in IN_THE_ROOM:
            self.arriving.add(seat.id)
            self._canaries.typed.clear()
        model.set_presence(seat.id, presence)

    def confirm_somebody(self) -> None:
        """Have some confirm their duty."""
        model = self._uncovered()
        if model is not None and model.room is not None:
            asked = [one.id for one in model.room.seats if one.must_confirm]
            model.confirm(self._chance.sample(asked, k=self._chance.randint(1, len(asked))))

    def begin(self) -> None:
        """Let everyone come and begin; later on, let everyone but the police be there."""
        model = self._uncovered()
        if model is None or model.room is None:
            return
        if model.stage is Stage.OPENING:
            self._press(Qt.Key.Key_E, _CONTROL)
            self._settle()
            self._canaries.typed.clear()
            model.begin()
            return
        for seat in model.room.seats:
            is_wanted = seat.organisation_id != self._family.police
            is_wanted = is_wanted and Function.OBSERVER not in seat.functions
            self._canaries.typed.clear()
            model.set_presence(seat.id, Presence.HERE if is_wanted else Presence.OUTSIDE)
            if seat.must_confirm:
                model.confirm([seat.id])
            self._settle()

    def write(self) -> None:
        """Add something of a random sort in the bar."""
        model = self._running()
        if model is None:
            return
        family, capture = self._family, model.capture
        sort = self._chance.choice(
            (
                _Sort(rule=Rule.COVERED, whose=family.school),
                _Sort(rule=Rule.COVERED, whose=family.board),
                _Sort(rule=Rule.COVERED, whose=family.board, kind=Kind.DECISION),
                _Sort(rule=Rule.OF_SCHOOL, whose=family.school, category="health"),
                _Sort(rule=Rule.OF_POLICE, whose=family.police, category="leisure"),
                _Sort(rule=Rule.SAID, whose=family.subject, kind=Kind.OWN_WORDS),
                _Sort(rule=Rule.COVERED, whose=family.board, category="leisure"),
            )
        )
        capture.choose_kind(sort.kind)
        if sort.whose not in {one.id for one in capture.choices}:
            return
        if capture.text.strip():
            # Each text has one rule: what was typed before is not added with it.
            capture.throw_away()
        capture.choose_kind(sort.kind)
        capture.choose_whose(sort.whose)
        if sort.category or sort.rule is Rule.COVERED:
            capture.choose_category(sort.category or "schooling")
        capture.type(f"{self._canaries.type(sort.rule)} sägs")
        capture.add(is_tried=self._chance.random() < 0.5)

    def write_what_nobody_sees(self) -> None:
        """Add something guarded, or what stands in the room unanswered."""
        model = self._running()
        if model is None or model.item is None:
            return
        command = WriteEntry(
            meeting_id=self._meeting_id,
            agenda_id=model.item.id,
            kind=EntryKind.STATEMENT,
            text=self._canaries.plant(Rule.NEVER),
            organisation_id=self._family.school,
            category=self._chance.choice(("schooling", "leisure")),
            is_guarded=True,
        )
        self._tell(write_entry(command, vault=self._vault).changes)

    def type(self) -> None:
        """Type something and leave it there."""
        field = self._field()
        if self._running() is not None and field is not None:
            QTest.keyClicks(field, f" {self._canaries.type()}")

    def go_by_key(self) -> None:
        """Go to the next item or the one before."""
        self._press(Qt.Key.Key_F8, self._chance.choice((_NONE, _SHIFT)))

    def go_to_an_item(self) -> None:
        """Go to any item."""
        model = self._uncovered()
        if model is not None and model.room is not None:
            model.go_to(self._chance.choice(model.room.agenda).id)

    def copy_from_the_field(self) -> None:
        """Copy or cut what is typed."""
        field = self._field()
        if field is not None:
            if QGuiApplication.focusWindow() is None:
                # Whoever copies with a key has the window before them. Without a window system
                # none has the keys once a dialog has gone.
                self._window.activateWindow()
                QApplication.processEvents()
            field.selectAll()
            QTest.keyClick(field, self._chance.choice((Qt.Key.Key_C, Qt.Key.Key_X)), _CONTROL)

    def paste_or_undo(self) -> None:
        """Paste, undo, or do again."""
        field = self._field()
        if field is not None:
            for _ in range(self._chance.randint(1, 4)):
                key = self._chance.choice((Qt.Key.Key_V, Qt.Key.Key_Z, Qt.Key.Key_Y))
                QTest.keyClick(field, key, _CONTROL)

    def open_a_list(self) -> None:
        """Open a list to choose from."""
        boxes = [one for one in self._window.findChildren(QComboBox) if one.isVisible()]
        if boxes:
            self._chance.choice(boxes).showPopup()

    def open_a_menu(self) -> None:
        """Open the menu of the field."""
        field = self._field()
        if field is not None:
            at = QPoint(10, 10)
            reason = QContextMenuEvent.Reason.Keyboard
            event = QContextMenuEvent(reason, at, field.viewport().mapToGlobal(at))
            QApplication.sendEvent(field.viewport(), event)

    def open_the_list_of_keys(self) -> None:
        """Open what the keys do."""
        self._press(Qt.Key.Key_F1, _NONE)

    def change_size(self) -> None:
        """Have another size of the window."""
        self._window.resize(*self._chance.choice(_SIZES))

    def change_text_size(self) -> None:
        """Have larger text, or the usual."""
        self._press(self._chance.choice((Qt.Key.Key_Plus, Qt.Key.Key_0)), _CONTROL)

    def press_the_key_of_the_curtain(self) -> None:
        """Cover the screen, or lift the cover."""
        self._press(Qt.Key.Key_F9, _NONE)

    def connect_a_screen(self) -> None:
        """Have another screen come or go."""
        self._window.screens_changed()

    def open_the_screen_of_the_room(self) -> None:
        """Have a window of its own for the room, or close it."""
        rooms = self._window.desk_rooms
        if rooms is None:
            return
        if rooms.audience.is_open:
            rooms.audience.close()
        else:
            rooms.audience.show_on(QGuiApplication.primaryScreen(), is_empty=False)

    def take_a_break(self) -> None:
        """Show the clock alone, or go on."""
        self._press(Qt.Key.Key_B, _CONTROL)

    def look_behind(self) -> None:
        """Go to the leader's page, say that nobody else sees it, or go back from it."""
        rooms = self._window.desk_rooms
        model = self._uncovered()
        if rooms is not None and isinstance(rooms.current, AloneViewModel):
            rooms.current.nobody_looks_on()
        elif rooms is not None and isinstance(rooms.current, HiddenViewModel):
            if rooms.current.state is HiddenState.ASKING:
                rooms.current.nobody_looks_on()
            else:
                rooms.current.go_back()
        elif model is not None:
            model.show_hidden()

    def review(self) -> None:
        """Go to the review, or back from it."""
        model = self._uncovered()
        if model is not None and model.stage is Stage.REVIEW:
            model.back_to_meeting()
        elif model is not None:
            model.review()

    def disagree(self) -> None:
        """Write that somebody does not agree."""
        self._press(Qt.Key.Key_F4, _NONE)

    def bring_back(self) -> None:
        """Have what was taken off the screen stand there again, or throw it away."""
        model = self._running()
        if model is None or not model.capture.has_aside:
            return
        if self._chance.random() < 0.3:
            model.capture.throw_away()
        else:
            model.capture.bring_back()
            self._canaries.show_again(model.capture.text)

    def change_consents(self) -> None:
        """Have a guardian take back their consent; or everyone sign again, and the case go on.

        A new consent alone opens nothing: that the pause is over is for a person to say.
        """
        vault, family = self._vault, self._family
        if not self.is_withdrawn and self._chance.random() < _STAYS:
            return
        today = vault.environment.now().date()
        if self.is_withdrawn:
            if self._chance.random() < _WAITS:
                self._wait_for_tomorrow()
                today = vault.environment.now().date()
            signed = paper(family, signed_on=today, valid_from=today)
            self._tell(record_consent(signed, vault=vault).changes)
            goes_on = ChangePhase(case_id=family.case_id, phase=Phase.FOLLOW_UP)
            done = change_phase(goes_on, vault=vault)
            self._canaries.open_again()
        else:
            command = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=today)
            done = withdraw_consent(command, vault=vault)
        self.is_withdrawn = not self.is_withdrawn
        self._tell(done.changes)

    def move_an_item(self) -> None:
        """Have an item come earlier or later."""
        rows = self._window.findChild(RowList, "agenda")
        if self._running() is not None and isinstance(rows, RowList) and rows.isVisible():
            rows.setFocus()
            rows.setCurrentIndex(rows.rows.index(self._chance.randrange(rows.rows.rowCount())))
            QTest.keyClick(rows, self._chance.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)), _ALT)

    def freeze(self) -> None:
        """Keep the screen of the room as it is, or let it follow again: from the leader's page."""
        rooms = self._window.desk_rooms
        if self._uncovered() is not None:
            for _ in range(2):
                self.look_behind()
                self._settle()
        if rooms is not None and isinstance(rooms.current, HiddenViewModel):
            rooms.audience.freeze()

    def read_aloud(self) -> None:
        """Have what was decided stand there in large letters, from the review."""
        model = self._running()
        if model is not None:
            model.review()
            self._settle()
        aloud = self._window.findChild(QAbstractButton, "read it aloud")
        if isinstance(aloud, QAbstractButton) and aloud.isVisible():
            QTest.mouseClick(aloud, Qt.MouseButton.LeftButton)

    def act_on_what_was_prepared(self) -> None:
        """Agree on what is marked, put it otherwise, leave it, or mark another."""
        key = self._chance.choice((Qt.Key.Key_F11, Qt.Key.Key_F12))
        self._press(key, self._chance.choice((_NONE, _SHIFT)))

    def take_back_on_the_screen(self) -> None:
        """Have somebody at the table take back their consent, in front of everyone."""
        if self._running() is None or self.is_withdrawn or self._chance.random() < _STAYS:
            return
        self._press(Qt.Key.Key_T, _CONTROL)
        self._settle()
        name = self._window.findChild(QAbstractButton, f"{_TAKES_BACK}{self._family.sara}")
        if isinstance(name, QAbstractButton) and name.isVisible():
            self.is_withdrawn = True
            QTest.mouseClick(name, Qt.MouseButton.LeftButton)

    def copy_for_oneself(self) -> None:
        """Copy what nobody else may know at the leader's page or at the case, and go back."""
        rooms = self._window.desk_rooms
        if rooms is None or self._uncovered() is None:
            return
        if self._chance.random() < _HALF:
            for _ in range(2):
                self.look_behind()
                self._settle()
        else:
            rooms.cases.go_to_case(self._family.case_id)
            self._settle()
        note = self._window.findChild(QTextEdit, "note")
        if isinstance(note, QTextEdit) and note.isVisible():
            self._window.activateWindow()
            QApplication.processEvents()
            note.setFocus()
            note.setPlainText(self._canaries.plant(Rule.NEVER))
            note.selectAll()
            QTest.keyClick(note, Qt.Key.Key_C, _CONTROL)
            note.clear()
        self.go_to_meeting()

    def click_and_write_on(self) -> None:
        """Click any button of the running meeting, and type: that stands in a field then."""
        if self._running() is None:
            return
        buttons = [
            one
            for one in self._window.findChildren(QAbstractButton)
            if one.isVisible() and one.isEnabled() and self._is_clicked(one.objectName())
        ]
        if not buttons:
            # All that may be clicked is behind something just then.
            return
        button = self._chance.choice(buttons)
        name = button.objectName()
        self.is_withdrawn = self.is_withdrawn or name.startswith(_TAKES_BACK)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self._settle()
        if self._running() is None or QApplication.activeModalWidget() is not None:
            return
        self.close_popups()
        self._window.activateWindow()
        QApplication.processEvents()
        word = f"ord{self._chance.randrange(10_000)}"
        for letter in f" {word} ":
            self._press(Qt.Key(ord(letter.upper())), _NONE)
        if self._running() is not None and not any(word in one for one in self._typed()):
            self.lost.append(name)

    def _is_clicked(self, name: str) -> bool:
        taken_back = name.startswith(_TAKES_BACK) and self.is_withdrawn
        return bool(name) and name not in _NOT_CLICKED and not taken_back

    def _typed(self) -> list[str]:
        """Return all that stands in fields."""
        fields: list[QWidget] = self._window.findChildren(QWidget)
        shown = [one for one in fields if one.isVisible()]
        areas = [one.toPlainText() for one in shown if isinstance(one, QTextEdit)]
        return [*areas, *(one.text() for one in shown if isinstance(one, QLineEdit))]

    def settle_a_commitment(self) -> None:
        """Say what became of something that was promised."""
        model = self._running()
        if model is not None and model.room is not None and model.room.carried:
            one = self._chance.choice(model.room.carried)
            model.change_commitment(one.item.id, CommitmentState.DOING)

    def invite_somebody(self) -> None:
        """Write in somebody who was not invited, once or twice in a walk."""
        model = self._uncovered()
        if model is None or model.room is None or len(model.room.seats) > 8:
            return
        model.ask_to_invite(asks=True)
        model.beside.type_guest("Gäst Provman")
        model.beside.choose_function(
            self._chance.choice((Function.OBSERVER, Function.SUPPORT_PERSON))
        )
        model.invite()

    def add_a_title(self) -> None:
        """Put a title on the agenda that not everyone may see: typed here, or by somebody else."""
        model = self._uncovered()
        if model is None or model.room is None or len(model.room.agenda) > _LONGEST_AGENDA:
            return
        running = self._running()
        if running is not None and self._chance.random() < _HALF:
            running.floor.ask_for_item(asks=True)
            field = self._window.findChild(QLineEdit, "title of an item")
            if isinstance(field, QLineEdit) and field.isVisible():
                self._canaries.show_again(field.text())
                field.clear()
                QTest.keyClicks(field, self._canaries.type(Rule.COVERED))
                running.beside.type_item(title=field.text(), category="schooling")
                if self._chance.random() < _HALF:
                    running.floor.add_item()
            return
        title = f"{self._canaries.plant(Rule.COVERED)} igen"
        command = AddAgendaItem(meeting_id=self._meeting_id, title=title, category="schooling")
        self._tell(add_agenda_item(command, vault=self._vault).changes)

    def _tell(self, changes: Changes) -> None:
        """Tell what is shown of a change that was made elsewhere."""
        rooms = self._window.desk_rooms
        if self.model is not None:
            self.model.refresh(changes)
        if rooms is not None:
            rooms.audience.model.refresh(changes)

    def _way_back(self) -> Callable[[], None] | None:
        """Return what leads to the running meeting from where the window is now."""
        model = self.model
        if model is None:
            return self.look_behind
        if model.is_covered:
            return self.press_the_key_of_the_curtain
        return {Stage.OPENING: self.begin, Stage.REVIEW: self.review}.get(model.stage)

    def _uncovered(self) -> MeetingViewModel | None:
        model = self.model
        return None if model is None or model.is_covered else model

    def _running(self) -> MeetingViewModel | None:
        model = self._uncovered()
        return model if model is not None and model.stage is Stage.RUNNING else None

    def _field(self) -> QTextEdit | None:
        found = self._window.findChild(QTextEdit, "capture text")
        return found if isinstance(found, QTextEdit) and found.isVisible() else None

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        # A dialog that must be answered gets the keys, as from the system.
        handle = (QApplication.activeModalWidget() or self._window).windowHandle()
        if handle is not None:
            QTest.keyClick(handle, key, modifiers)
