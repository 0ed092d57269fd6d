"""The rooms of an open vault: home, a case, a new case, settings, and the way out."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from functools import cache, partial
from threading import Lock, Timer
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.audience import Audience
from trygga_desktop.ui.case_rooms import CaseRooms
from trygga_desktop.ui.clock_watch import ClockWatch
from trygga_desktop.ui.copied import Copied
from trygga_desktop.ui.desk_rail import (
    DIRECTORY,
    FOLLOW_UP,
    FREEZE_KEYS,
    HOME,
    LOCK,
    LOCK_KEYS,
    ROOM_KEYS,
    SETTINGS,
    UNDO_KEYS,
    VERIFY,
    build_cover,
    desk_rail,
)
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftState, Place
from trygga_desktop.ui.draft_rooms import DraftRooms, is_of_meeting
from trygga_desktop.ui.event_log import Event
from trygga_desktop.ui.frames import Shown, follow_screens
from trygga_desktop.ui.hall import (
    AskingWhoLooksOn,
    Changing,
    Failing,
    FieldHolder,
    FocusFollower,
    Hall,
    Make,
    Paced,
    Refreshing,
    Removing,
    Sending,
    Speaking,
    commands_of,
    first_focus_of,
    keep_typed,
)
from trygga_desktop.ui.idle import Pace
from trygga_desktop.ui.meeting_rooms import MeetingRooms
from trygga_desktop.ui.phrases import PhraseBook, given_phrases
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.platform.sending import end_sending
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.refresh import Refresh
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.directory.view import DirectoryView
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.screens.follow_up.view import FollowUpView
from trygga_desktop.ui.screens.follow_up.view_model import FollowUpViewModel
from trygga_desktop.ui.screens.ground_texts.view import GroundTextsView
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.meeting.audience_model import AudienceModel
from trygga_desktop.ui.screens.meeting.kinds import read_by_kind
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.new_consultation.view import NewConsultationView
from trygga_desktop.ui.screens.new_consultation.view_model import NewConsultationViewModel
from trygga_desktop.ui.screens.partners.view import PartnersView
from trygga_desktop.ui.screens.partners.view_model import PartnersViewModel
from trygga_desktop.ui.screens.preferences.arms import ArmsModel
from trygga_desktop.ui.screens.preferences.naming import NamingModel
from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.screens.preferences.view_model import PreferencesViewModel
from trygga_desktop.ui.screens.verify.paper import PaperModel
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.unstored import Unstored
from trygga_desktop.ui.use_cases import Desk, Services
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.desk_frame import WIDE, DeskFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class _Stage(Enum):
    """How far the end of the desk has come."""

    OPEN = auto()
    TELLING = auto()
    """The vault is closed, and the window says why."""
    LOCKING = auto()
    CLOSED = auto()
    """The window is closed as well."""


_ENDING = frozenset({_Stage.LOCKING, _Stage.CLOSED})


class DeskRooms(QObject):
    """Makes a view model for each screen, goes from one to the next, and locks.

    A lock waits no more than `patience` milliseconds for work that hangs. Once the desk is closing
    it shows nothing more and does nothing more; `closing` tells so before what was shown is
    covered. `must_lock` tells why the vault had to be closed.
    """

    wanted = Signal(object)
    rebuild_wanted = Signal()
    commands_changed = Signal()
    closing = Signal()
    must_lock = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a desk stands on
        self,
        desk: Desk,
        services: Services,
        runner: TaskRunner,
        appearance: Appearance,
        *,
        window: QWidget,
        copied: Copied,
        patience: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._services = services
        self._clock = self._watch_clock(runner)
        runner = self._clock.before(runner)
        self._runner = runner
        self._appearance = appearance
        self._width = window.width()
        self._refresh = Refresh(self)
        self.unstored = Unstored(desk.drafts.store, runner, self)
        self._uses = replace(
            desk.drafts,
            tell=self._tell_draft,
            tell_thrown=self._offer_undo,
            wanted=lambda: self.drafts.wanted,
            unstored=self.unstored,
        )
        self._notices = desk.notices
        # A long list: read when the first right number is typed, and then no more.
        self._test_numbers = cache(services.test_numbers)
        self._model: QObject | None = None
        self._frame: DeskFrame | None = None
        self._view_commands: tuple[Command, ...] = ()
        self._has_whole_window = False
        self._stage = _Stage.OPEN
        self._is_over = False
        self._hall = hall = Hall(
            desk=desk,
            services=services,
            runner=runner,
            drafts=self._uses,
            phrases=self._make_phrases(),
            copied=copied,
            may_leave=self._may_leave,
            show=self._put_on,
            join=self._join,
        )
        shown_to_all = AudienceModel(
            read_meeting=lambda meeting_id: read_by_kind(
                desk.meetings.read_meeting, appearance.look.language, meeting_id
            ),
            runner=runner,
            now=services.now,
            parent=self,
        )
        self._join(shown_to_all)
        self.audience = Audience(
            shown_to_all, appearance, window, screen_count=services.screen_count, parent=self
        )
        self.cases = CaseRooms(hall, self)
        self.meetings = MeetingRooms(hall, self.audience, self)
        self._lead_from_cases()
        self._lead_from_meetings()
        self.drafts = DraftRooms(
            hall,
            cases=self.cases,
            meetings=self.meetings,
            go_to_new_case=self.go_to_new_case,
            go_to_new_consultation=self.go_to_new_consultation,
            go_to_directory=self._show_directory,
            go_to_ground_text=self._go_on_with_ground_text,
            go_to_settings=self.go_to_settings,
            parent=self,
        )
        self.drafts.left.connect(self.go_home)
        self.drafts.failed.connect(self.close_and_tell)
        self.meetings.others_come.connect(self.drafts.forget_thrown)
        self.meetings.kept_wanted.connect(self.drafts.show_kept)
        self.drafts.undo_changed.connect(self.commands_changed)
        self.unstored.failed.connect(self.close_and_tell)
        self.unstored.changed.connect(self._tell_where_safe)
        # A thread of its own: a page that never stops laying itself out starves Qt's timers.
        self._patience = Timer(patience / 1_000, self.start_again)
        self._patience.daemon = True
        self._ends_once = Lock()

    def _watch_clock(self, runner: TaskRunner) -> ClockWatch:
        watch = ClockWatch(
            now=self._services.now,
            count=self._services.clock,
            log_jump=self._desk.log_clock_jump,
            runner=runner,
            parent=self,
        )
        watch.failed.connect(self.close_and_tell)
        return watch

    @property
    def is_open(self) -> bool:
        """Return whether anything can still be done here: it neither is closed nor closes."""
        return self._stage is _Stage.OPEN

    @property
    def has_meeting(self) -> bool:
        """Return whether there is a meeting that a room could be shown."""
        return isinstance(self._model, MeetingViewModel | HiddenViewModel | AloneViewModel)

    @property
    def current(self) -> QObject | None:
        """Return the view model of the screen that is shown."""
        return self._model

    def pace(self) -> Pace:
        """Return what is going on, which decides how long nobody need do anything.

        A meeting goes on while whoever leads it is at the leader's page.
        """
        model: object = self._model
        if isinstance(model, Paced):
            return model.pace
        is_led = self.has_meeting and self.audience.model.is_running
        return Pace.MEETING if is_led else Pace.DESK

    def cover(self) -> bool:
        """Cover a meeting; return whether what is shown is one."""
        model: object = self._model
        if isinstance(model, Paced):
            model.cover()
        return isinstance(model, Paced)

    def toggle_curtain(self) -> bool:
        """Cover a meeting, or lift its cover; return whether what is shown is one."""
        model: object = self._model
        if isinstance(model, Paced):
            model.toggle_curtain()
        return isinstance(model, Paced)

    def follow_cover(self, *, is_down: bool) -> None:
        """Cover what the room sees with the window of the leader, and show it again with it."""
        if is_down:
            self.audience.model.cover()
        else:
            self.audience.model.uncover()

    def toggle_room(self) -> None:
        """Leave the screen of the room empty, or show the meeting there, and open it for that."""
        self.audience.toggle()
        # A page for the leader's eyes alone may be seen again once the room has its own screen.
        if isinstance(self._model, HiddenViewModel):
            self.follow_screens()

    def uncover(self) -> None:
        """Show a meeting again, here and to the room."""
        if isinstance(self._model, MeetingViewModel):
            self._model.uncover()
        else:
            self.audience.model.uncover()

    def commands(self, look: Look) -> tuple[Command, ...]:
        """Return what keys do here, on any screen and on the one that is shown."""
        if self._stage in _ENDING:
            return ()
        _ = look.language.gettext
        always = [Command(_("Lock now"), LOCK_KEYS, self.lock)]
        if not self.is_open:
            return tuple(always)
        if self.has_meeting:
            text = _("Leave the room's screen empty, or show the meeting there")
            always.insert(0, Command(text, ROOM_KEYS, self.toggle_room))
        if isinstance(self._model, HiddenViewModel):
            text = _("Freeze the screen of the room, or let it go on")
            always.insert(0, Command(text, FREEZE_KEYS, self.audience.freeze))
        if self.drafts.can_undo:
            always.insert(0, Command(_("Undo throwing away"), UNDO_KEYS, self.drafts.undo))
        if self._has_whole_window:
            # Others look on: a key pressed by mistake must not show them other cases.
            return (*self._view_commands, *always)
        everywhere = [
            Command(_("Go to home"), ("Alt+Home",), self.go_home),
            Command(_("Commitments of all cases"), ("Ctrl+Shift+A",), self.go_to_follow_up),
            Command(_("Contact directory"), ("Ctrl+Shift+K",), self.go_to_directory),
            Command(_("Kept text and the bin"), ("Ctrl+Shift+B",), self.drafts.go_to_kept),
            Command(_("Verify a protocol"), ("Ctrl+Shift+F",), self.go_to_verify),
            Command(_("Settings"), ("Ctrl+,",), self.go_to_settings),
        ]
        if allows(self._desk.me.roles, Permission.OPEN_CASE):
            everywhere.insert(0, Command(_("New case"), ("Ctrl+N",), self.go_to_new_case))
            text = _("New consultation without names")
            everywhere.insert(1, Command(text, ("Ctrl+Alt+N",), self.go_to_new_consultation))
        taken = {key for command in self._view_commands for key in command.keys}
        asked = (one._replace(run=partial(self._go_past, one.run)) for one in everywhere)
        free = (one for one in (*asked, *always) if taken.isdisjoint(one.keys))
        return (*self._view_commands, *free)

    @property
    def _asks_who_looks_on(self) -> bool:
        """Tell whether the page that is shown waits for a person to say who sees the screen."""
        model: object = self._model
        return isinstance(model, AskingWhoLooksOn) and model.asks_who_looks_on

    def _go_past(self, go: Callable[[], None]) -> None:
        """Go on from the page that is shown, unless it asks who looks on: that comes first."""
        if not self._asks_who_looks_on:
            go()

    def go_home(self) -> None:
        """Show the cases."""
        if not self._may_leave():
            return
        desk = self._desk
        model = HomeViewModel(
            me=desk.me,
            notices=self._notices,
            list_cases=desk.list_cases,
            read_reminders=desk.read_reminders,
            drafts=self._uses,
            runner=self._runner,
            language=self._appearance.look.language,
            now=self._services.now,
            parent=self,
        )
        model.case_chosen.connect(self.go_to_case)
        model.new_case_wanted.connect(self.go_to_new_case)
        model.consultation_wanted.connect(self.go_to_new_consultation)
        model.notices_read.connect(self._forget_notices)
        model.place_wanted.connect(self.drafts.go_on)
        model.kept_wanted.connect(self.drafts.go_to_kept)
        self._join(model)
        self._put_on(model, partial(HomeView, model), HOME)
        model.load()
        self._hall.phrases.load()

    def go_to_new_case(self) -> None:
        """Show the form for a new case."""
        if not self._may_leave():
            return
        model = NewCaseViewModel(
            open_case=self._desk.open_case,
            find_similar=self._desk.find_similar,
            read_directory=self._desk.directory.read_directory,
            drafts=self._uses,
            runner=self._runner,
            now=self._services.now,
            test_numbers=self._test_numbers,
            parent=self,
        )
        model.opened.connect(self.go_to_case)
        model.cancelled.connect(self.go_home)
        self._join(model)
        self._put_on(model, partial(NewCaseView, model), HOME)
        model.load()

    def go_to_new_consultation(self) -> None:
        """Show the form for a case that begins without a name."""
        if not self._may_leave():
            return
        model = NewConsultationViewModel(
            begin_consultation=self._desk.consultations.begin_consultation,
            read_directory=self._desk.directory.read_directory,
            drafts=self._uses,
            runner=self._runner,
            now=self._services.now,
            parent=self,
        )
        model.opened.connect(self.go_to_case)
        model.cancelled.connect(self.go_home)
        self._join(model)
        self._put_on(model, partial(NewConsultationView, model), HOME)
        model.load()

    def go_to_case(self, case_id: UUID) -> None:
        """Show one case."""
        self.cases.go_to_case(case_id)

    def go_to_follow_up(self) -> None:
        """Show what was promised in all cases, what is late first."""
        if not self._may_leave():
            return
        uses = self._desk.plans
        model = FollowUpViewModel(
            read_follow_up=uses.read_follow_up,
            raise_commitments=uses.raise_commitments,
            compose_raised=uses.compose_raised,
            compose_due_calendar=uses.compose_due_calendar,
            log_list_saved=uses.log_list_saved,
            log_list_printed=uses.log_list_printed,
            log_missed=uses.log_not_printed,
            print_pdf=print_pdf,
            language=self._appearance.look.language,
            runner=self._runner,
            now=self._services.now,
            parent=self,
        )
        model.case_chosen.connect(self._go_to_plan)
        self._join(model)
        self._put_on(model, partial(FollowUpView, model), FOLLOW_UP)
        model.load()

    def _lead_from_cases(self) -> None:
        self.cases.left.connect(self.go_home)
        self.cases.directory_wanted.connect(self.go_to_directory)
        self.cases.meeting_wanted.connect(self.meetings.go_to_meeting)
        self.cases.protocol_wanted.connect(self.meetings.go_to_protocol)
        self.cases.agreed_plan_wanted.connect(self.meetings.go_to_agreed_plan)
        self.cases.papers_wanted.connect(self.meetings.go_to_papers)
        self.cases.endings.scan_wanted.connect(self.meetings.go_to_signed_agreement)
        self.cases.voice_wanted.connect(self.meetings.go_to_voice)
        self.cases.answers_wanted.connect(self.meetings.go_to_answers)
        self.cases.packet_out_wanted.connect(self.meetings.go_to_packet_out)
        self.cases.packet_in_wanted.connect(self.meetings.go_to_packet_in)
        self.cases.ground_wanted.connect(self._go_to_ground_of_case)
        self.cases.consultation_wanted.connect(self.meetings.go_to_consultation)

    def _lead_from_meetings(self) -> None:
        self.meetings.agreement_wanted.connect(self.cases.endings.go_to_agreement)
        self.meetings.left.connect(self.cases.go_to_meetings)
        self.meetings.plan_left.connect(self._go_to_plan)
        self.meetings.case_wanted.connect(self.go_to_case)
        self.meetings.people_wanted.connect(self._go_to_people)
        self.meetings.consent_wanted.connect(self.cases.go_to_consent_form)
        self.meetings.new_ground_wanted.connect(self._go_to_new_ground)

    def _go_to_people(self, case_id: UUID) -> None:
        self.cases.go_to_tab(case_id, CaseTab.PEOPLE)

    def _go_to_plan(self, case_id: UUID) -> None:
        self.cases.go_to_tab(case_id, CaseTab.PLAN)

    def go_to_directory(self) -> None:
        """Show the contact directory."""
        self._show_directory(None)

    def _show_directory(self, resume: Place | None) -> None:
        if not self._may_leave():
            return
        uses = self._desk.directory
        model = DirectoryViewModel(
            read_directory=uses.read_directory,
            save_organisation=uses.save_organisation,
            save_contact=uses.save_contact,
            drafts=self._uses,
            runner=self._runner,
            now=self._services.now,
            resume=resume,
            parent=self,
        )
        self._join(model)
        self._put_on(model, partial(DirectoryView, model), DIRECTORY)
        model.load()

    def go_to_verify(self) -> None:
        """Have a file verified, whichever vault it comes from."""
        # Imported here: whoever verifies nothing does not wait for the documents.
        from trygga_desktop.ui.screens.verify.view import VerifyView  # noqa: PLC0415

        if not self._may_leave():
            return
        paper = None
        if allows(self._desk.me.roles, Permission.WORK_IN_CASE):
            find = self._desk.meetings.sealing.find_by_code
            paper = PaperModel(find_by_code=find, runner=self._runner)
            paper.protocol_wanted.connect(self.meetings.go_to_found)
        model = VerifyViewModel(self._services.verifier(), self, paper=paper)
        self._join(model)
        self._put_on(model, partial(VerifyView, model), VERIFY)

    def go_to_ground_texts(self) -> None:
        """Show the texts of the legal grounds, where an administrator confirms them."""
        self._show_ground_texts(back=self.go_to_settings)

    def _go_on_with_ground_text(self, place: Place) -> None:
        self._show_ground_texts(back=self.go_to_settings, resume=place)

    def go_to_partners(self) -> None:
        """Show whose packets count, and one's own keys."""
        if not self._may_leave():
            return
        model = PartnersViewModel(
            uses=self._desk.packets,
            me=self._desk.me,
            runner=self._runner,
            now=self._services.now,
            parent=self,
        )
        model.left.connect(self.go_to_settings)
        self._join(model)
        self._put_on(model, partial(PartnersView, model), SETTINGS)
        model.load()

    def go_to_settings(self) -> None:
        """Show language, theme, text size and passphrase."""
        if not self._may_leave():
            return
        model = PreferencesViewModel(
            services=self._services,
            me=self._desk.me,
            municipality=self._desk.municipality,
            naming=self._make_naming(),
            change_passphrase=self._desk.change_passphrase,
            runner=self._runner,
            theme=lambda: self._appearance.settings.theme,
            arms=self._make_arms(),
            seal=self._make_seal(),
            phrases=self._hall.phrases,
            parent=self,
        )
        model.language_chosen.connect(self._appearance.choose_language)
        model.theme_chosen.connect(self._appearance.choose_theme)
        model.text_scale_chosen.connect(self._appearance.choose_text_scale)
        model.grounds_wanted.connect(self.go_to_ground_texts)
        model.partners_wanted.connect(self.go_to_partners)
        self._join(model)
        self._put_on(model, partial(self._settings_view, model), SETTINGS)

    def lock(self) -> None:
        """Store what is being typed, let go of the vault, and start again at its unlock screen.

        What was shown is gone at once, and nothing holds the end up for more than a moment. Where
        the vault was closed for another reason, this ends the process that still remembers it.
        """
        if self._stage in _ENDING:
            return
        # Before anything that could fail or hang.
        self._patience.start()
        if self._stage is _Stage.TELLING:
            self._stage = _Stage.LOCKING
            self.commands_changed.emit()
            # Behind what is queued: the last draft may still be on its way to the disk.
            self._runner.run(self, _do_nothing, self.start_again, self.start_again)
            return
        self._begin_to_close(_Stage.LOCKING)
        self.wanted.emit(build_cover)
        self._drop_all()
        let_go = partial(self._let_go, Event.LOCKED)
        self._runner.run(self, let_go, self.start_again, self.start_again)

    def close(self) -> None:
        """Store what is being typed and let go of the vault, as when the window is closed."""
        if not self.is_open:
            self._stage = _Stage.CLOSED
            return
        self._close(_Stage.CLOSED)

    def close_and_tell(self, trouble: Trouble) -> None:
        """Let go of the vault and have it told why: nothing may be done in it any more but lock."""
        if not self.is_open:
            return
        self._close(_Stage.TELLING)
        self.must_lock.emit(trouble)
        self._drop_all()

    def rest(self) -> None:
        """Do what was put off until nobody waits: everything saved moves into the file."""
        if self.is_open:
            self._runner.run(self, self._desk.tidy, _need_nothing, _need_nothing)

    def start_again(self, _: object = None) -> None:
        """End this process, and start the next one at the unlock screen of the vault.

        May be called from any thread.
        """
        with self._ends_once:
            if self._is_over:
                return
            self._is_over = True
        self._patience.cancel()
        self._services.restart(self._desk.folder)

    def leave(self) -> None:
        """Have the screen that is shown store what is being typed."""
        keep_typed(self._model)

    def follow_width(self, width: int) -> None:
        """Build the rail anew when the window has become wide or narrow."""
        scale = self._appearance.look.theme.scale
        was_wide, is_wide = self._width / scale >= WIDE, width / scale >= WIDE
        self._width = width
        if was_wide != is_wide:
            self.rebuild_wanted.emit()

    def screens_changed(self) -> None:
        """Hide secrets: a screen came or went."""
        self.audience.model.cover()
        self.follow_screens()

    def follow_screens(self) -> None:
        """Have the page that is shown look again at how many see it."""
        follow_screens(self._model)
        if self._asks_who_looks_on:
            # To take something back leads on to where it was written.
            self.drafts.forget_thrown()

    def _go_to_new_ground(self, case_id: UUID) -> None:
        self.cases.go_to_grounds(case_id, is_writing=True)

    def _go_to_ground_of_case(self, case_id: UUID, code: str) -> None:
        back = partial(self.cases.go_to_grounds, case_id, is_writing=True)
        self._show_ground_texts(back=back, ground=code)

    def _show_ground_texts(
        self, *, back: Callable[[], None], ground: str = "", resume: Place | None = None
    ) -> None:
        if not self._may_leave():
            return
        uses = self._desk.rules
        model = GroundTextsViewModel(
            read_ground_texts=uses.read_ground_texts,
            confirm_ground=uses.confirm_ground,
            drafts=self._uses,
            runner=self._runner,
            now=self._services.now,
            ground=ground,
            resume=resume,
            parent=self,
        )
        model.left.connect(back)
        self._join(model)
        self._put_on(model, partial(GroundTextsView, model), SETTINGS)
        model.load()

    def _may_leave(self) -> bool:
        """Store what is being typed; return whether another screen may follow."""
        if self.is_open:
            self.leave()
        return self.is_open

    def _close(self, stage: _Stage) -> None:
        self._begin_to_close(stage)
        # Behind what is queued: the last draft first, then the end.
        self._runner.run(self, partial(self._let_go, Event.CLOSED), _need_nothing, _need_nothing)

    def _begin_to_close(self, stage: _Stage) -> None:
        # Noted first: what storing the last draft meets must not begin another end.
        self._stage = stage
        # A printer that hangs holds nothing up; what did not reach it is logged before the end.
        end_sending()
        self._clock.stop()
        self.audience.let_go()
        with suppress(Exception):  # no page that cannot be left may keep the vault open
            self.leave()
            self.meetings.store_now()
            self.unstored.try_again()
        self.closing.emit()
        self.commands_changed.emit()

    def _let_go(self, event: Event) -> None:
        """Close the vault, then have the log for support say so: its folder may hang."""
        try:
            self._desk.close()
        finally:
            self._services.note(event, None)

    def _forget_notices(self) -> None:
        self._notices = ()

    def _drop_all(self) -> None:
        """Let go of all that could ask a closed vault for anything."""
        self.audience.let_go()
        self._drop_screen()
        self.meetings.forget()
        self.drafts.forget_thrown()

    def _drop_screen(self) -> None:
        """Let go of what was shown, so that nothing of it asks for anything any more."""
        if self._model is not None:
            self.drafts.forget_removed()
            self._model.deleteLater()
            self._model = None

    def _spread(self, source: object, changes: Changes) -> None:
        self._refresh.spread(changes, source=source)
        self._tell_where_safe()

    def _tell_saved(self) -> None:
        if self._frame is None:
            return
        look = self._appearance.look
        _ = look.language.gettext
        saved_at = self._desk.saved_at()
        if saved_at is not None:
            text = _("Saved {time}").format(time=look.language.time(saved_at))
            self._frame.status.show_saved(text)

    @property
    def waits_for_disk(self) -> bool:
        """Return whether any text is in the memory of this program alone, as nothing took it."""
        return DraftState.WAITING in self._draft_states()

    def _draft_states(self) -> set[DraftState]:
        """Return where all that is being typed is safe, on whatever page it was typed."""
        owners = (self._model, self.meetings)
        keepers = [one for owner in owners if owner for one in owner.findChildren(DraftKeeper)]
        states = {one.state for one in keepers}
        return states | {DraftState.WAITING} if self.unstored.is_waiting else states

    def _tell_draft(self, keeper: DraftKeeper) -> None:
        self._tell_where_safe(keeper.state)

    def _tell_where_safe(self, state: DraftState = DraftState.NONE) -> None:
        """Show in the line below the page where all that is being typed is safe.

        `state` is that of a draft that belongs to no page any more.
        """
        if self._frame is None or not self.is_open:
            return
        _ = self._appearance.look.language.gettext
        states = self._draft_states() | {state}
        if DraftState.WAITING in states:
            self._frame.status.show_saved(_("Waiting for disk space"), is_done=False)
        elif DraftState.SAVING in states:
            self._frame.status.show_saved(_("Saving…"), is_done=False)
        else:
            self._tell_saved()

    def _offer_undo(self, thrown: tuple[UUID, Place]) -> None:
        is_for_all = self._has_whole_window or self._asks_who_looks_on
        is_ours = is_of_meeting(thrown[1], self.meetings.meeting_id)
        if self.is_open and (is_ours or not is_for_all):
            self.drafts.offer_undo(thrown)

    def _choose(self, key: str) -> None:
        rooms: dict[str, Callable[[], None]] = {
            HOME: self.go_home,
            FOLLOW_UP: self.go_to_follow_up,
            DIRECTORY: self.go_to_directory,
            VERIFY: self.go_to_verify,
            SETTINGS: self.go_to_settings,
        }
        if key == LOCK:
            self.lock()
        else:
            self._go_past(rooms[key])

    def _make_arms(self) -> ArmsModel | None:
        if not allows(self._desk.me.roles, Permission.MANAGE_RULES):
            return None
        uses = self._desk.rules
        return ArmsModel(arms=uses.arms, change_arms=uses.change_arms, runner=self._runner)

    def _make_phrases(self) -> PhraseBook:
        book = PhraseBook(
            self._uses,
            self._runner,
            now=self._services.now,
            given=given_phrases(self._appearance.look.language.code),
            parent=self,
        )
        self._join(book)
        return book

    def _make_naming(self) -> NamingModel | None:
        if not allows(self._desk.me.roles, Permission.MANAGE_RULES):
            return None
        return NamingModel(
            municipality=self._desk.municipality,
            change_municipality=self._desk.rules.change_municipality,
            drafts=self._uses,
            runner=self._runner,
            now=self._services.now,
        )

    def _make_seal(self) -> SealModel:
        uses = self._desk.rules
        return SealModel(
            make_seal=uses.make_seal,
            seal=uses.seal,
            compose_sheet=uses.compose_seal_sheet,
            may_make=allows(self._desk.me.roles, Permission.MANAGE_ACCOUNTS),
            runner=self._runner,
        )

    def _settings_view(self, model: PreferencesViewModel, look: Look) -> PreferencesView:
        return PreferencesView(model, look, self._services)

    def _join(self, model: object) -> None:
        """Connect a screen to the others: what it changes, what others change, and its end."""
        if isinstance(model, Changing):
            model.made.connect(partial(self._spread, model))
        if isinstance(model, Removing):
            model.removed.connect(self.drafts.offer_to_put_back)
        if isinstance(model, Failing):
            model.failed.connect(self.close_and_tell)
        if isinstance(model, Refreshing):
            self._refresh.changed.connect(model.refresh)

    def _put_on(self, model: QObject, make: Make, room: str) -> None:
        self._drop_screen()
        self._model = model
        if not self.has_meeting:
            self.audience.let_go()
        self._has_whole_window = not room
        if model.parent() is not self.meetings:
            self.meetings.leave()
        if self._has_whole_window:
            self.drafts.forget_elsewhere(self.meetings.meeting_id)
        self.wanted.emit(partial(self._build, make, room))

    def _build(self, make: Make, room: str, look: Look) -> Shown:
        view = make(look)
        self._view_commands = commands_of(view)
        # Each time it is built: those of the view before it would act on what is gone.
        self.commands_changed.emit()
        model: object = self._model
        if isinstance(model, Speaking):
            FocusFollower(view, model)
        if isinstance(model, Sending):
            FieldHolder(view, model)
        if not room:
            self._frame = None
            return Shown(view, first_focus_of(view), (view,))
        wide = look.effective(self._width) >= WIDE
        rail = desk_rail(look, self._desk.me, current=room, wide=wide)
        rail.chosen.connect(self._choose)
        self._frame = DeskFrame(look, rail=rail, page=view)
        self._tell_where_safe()
        return Shown(self._frame, first_focus_of(view), (view, rail))


def _do_nothing() -> None:
    """Do nothing but wait in line behind what was asked for before."""


def _need_nothing(_: object) -> None:
    """Take the answer of something that ends: nobody is left to be told."""
