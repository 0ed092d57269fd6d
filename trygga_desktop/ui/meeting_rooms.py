"""The rooms of one meeting: the screen that everyone sees, the operator's own, the protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.domain.scanning import PageLook
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.sealed_files import FoundProtocol
from trygga_desktop.ui.audience import Audience
from trygga_desktop.ui.becoming import Becoming
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.hall import Hall
from trygga_desktop.ui.onlookers import is_never_mirrored
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.preparation_rooms import PreparationRooms
from trygga_desktop.ui.room_picture import RoomPicture
from trygga_desktop.ui.screens.alone.view import AloneView
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.consultation.view import ConsultationView
from trygga_desktop.ui.screens.consultation.view_model import (
    ConsultationState,
    ConsultationViewModel,
)
from trygga_desktop.ui.screens.excerpts.view import ExcerptsView
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.hidden.leading import LeadingModel, LeadingUses
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import HiddenState, HiddenViewModel
from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.days import NextForm
from trygga_desktop.ui.screens.meeting.floor import FloorUses
from trygga_desktop.ui.screens.meeting.kinds import read_by_kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.papers.view import PapersView
from trygga_desktop.ui.screens.papers.view_model import PapersViewModel
from trygga_desktop.ui.screens.protocol.sealing import SealingModel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import Audience as Readers
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel, Target
from trygga_desktop.ui.screens.signatures.scan import Brought, ScanModel
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel

_WHOLE_WINDOW = ""


@dataclass(frozen=True, slots=True)
class _Begun:
    """What was begun in a meeting and is not done: it stays while another page is shown."""

    capture: CaptureModel
    departures: Departures
    next_form: NextForm = field(default_factory=NextForm)


class MeetingRooms(PreparationRooms):
    """Goes between the pages of a meeting. `left` names the case whose meetings come next.

    `case_wanted` names the case whose own page comes next, `agreement_wanted` whose agreement, and
    `people_wanted` whose people.
    `others_come` follows when somebody else may look at the shared screen of a meeting from now on.
    `consent_wanted` and `new_ground_wanted` name a case that is to have a wider consent, or another
    legal ground, before somebody comes.
    """

    case_wanted = Signal(object)
    agreement_wanted = Signal(object)
    people_wanted = Signal(object)
    others_come = Signal()
    kept_wanted = Signal(object)
    consent_wanted = Signal(object)
    new_ground_wanted = Signal(object)

    def __init__(self, hall: Hall, audience: Audience, parent: QObject | None = None) -> None:
        super().__init__(hall, audience, parent)
        self._begun: dict[UUID, _Begun] = {}
        self.meeting_id: UUID | None = None

    def go_to_meeting(
        self,
        case_id: UUID,
        meeting_id: UUID,
        resume: Place | None = None,
        *,
        reviews: bool = False,
    ) -> None:
        """Show the screen that everyone around the table sees: nothing else is beside it.

        `resume` is what was being written there; with `reviews` its end is gone through.
        """
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        begun = self._begun_in(case_id, meeting_id)
        self.meeting_id = meeting_id
        model = MeetingViewModel(
            meeting_id,
            capture=begun.capture,
            departures=begun.departures,
            next_form=begun.next_form,
            read_meeting=partial(read_by_kind, uses.read_meeting, self._audience.language),
            change_commitment=uses.change_commitment,
            set_presence=uses.set_presence,
            confirm_duty=uses.confirm_duty,
            begin_meeting=uses.begin_meeting,
            go_to_item=uses.go_to_item,
            end_meeting=uses.end_meeting,
            floor=FloorUses(
                add_agenda_item=uses.add_agenda_item,
                give_more_time=uses.give_more_time,
                move_agenda_item=uses.move_agenda_item,
                confirm_noted=uses.confirm_noted,
                withdraw_consent=hall.desk.consents.withdraw_consent,
            ),
            invite=uses.invite,
            agree_plan=hall.desk.plans.agree_plan,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            case_id=case_id,
            phrases=lambda: hall.phrases.phrases,
            parent=self,
        )
        # What was begun there, and is not what the page begins with.
        kind = None if resume is None else resume.kind
        model.is_reviewing = reviews or kind is DraftKind.NEXT_MEETING
        model.others_come.connect(self.others_come)
        self._lead_from_table(model, case_id)
        hall.join(model)
        hall.show(model, partial(MeetingView, model, copied=hall.copied), _WHOLE_WINDOW)
        self._audience.follow(model)
        model.load()
        if kind is DraftKind.GUEST:
            model.ask_to_invite(asks=True)
        if kind is DraftKind.AGENDA_ITEM:
            model.floor.ask_for_item(asks=True)

    def _lead_from_table(self, model: MeetingViewModel, case_id: UUID) -> None:
        """Connect each way from the screen that everyone sees to a page for one's own eyes."""
        meeting_id, ask = model.meeting_id, partial(self._ask_who_looks_on, model, case_id)
        hidden = partial(self.go_to_hidden, case_id, meeting_id, from_table=True)
        writing = partial(self.go_to_consultation, case_id, meeting_id, from_table=True)
        protocol = partial(self.go_to_protocol, case_id, meeting_id)
        papers = partial(self.go_to_papers, case_id, meeting_id, from_review=True)
        # These show nothing themselves where more than one screen may show them.
        model.hidden_wanted.connect(partial(ask, hidden, covers_itself=True))
        model.more_wanted.connect(
            lambda asked: ask(partial(hidden, asked_about=asked), covers_itself=True)
        )
        guest = partial(hidden, asks_guest=True)
        model.guest_wanted.connect(partial(ask, guest, covers_itself=True))
        model.writing_wanted.connect(partial(ask, writing, covers_itself=True))
        model.protocol_wanted.connect(partial(ask, protocol))
        model.papers_wanted.connect(partial(ask, papers))
        model.left.connect(partial(ask, partial(self._leave, case_id)))

    def _ask_who_looks_on(
        self,
        meeting: MeetingViewModel,
        case_id: UUID,
        go: Callable[[], None],
        *,
        covers_itself: bool = False,
    ) -> None:
        """Go to a page for one's own eyes; where everyone may see this one, ask first.

        A page that `covers_itself` says so where there are more screens than one.
        """
        hall, audience = self._hall, self._audience
        is_covered = covers_itself and audience.screens_in_view() > 1
        if is_covered or not audience.may_be_mirrored():
            go()
            return
        if not hall.may_leave():
            return
        model = AloneViewModel(self)
        model.answered.connect(go)
        back = partial(self.go_to_meeting, case_id, meeting.meeting_id)
        model.left.connect(partial(back, reviews=meeting.is_reviewing))
        hall.show(model, partial(AloneView, model), _WHOLE_WINDOW)

    def go_to_hidden(
        self,
        case_id: UUID,
        meeting_id: UUID,
        *,
        from_table: bool = False,
        asked_about: UUID | None = None,
        asks_guest: bool = False,
    ) -> None:
        """Show what the room does not see, and why, to the operator alone.

        Whoever comes `from_table` was asked who looks on, and is again once a screen has changed.
        What became of the commitment that is `asked_about` is asked there at once, and with
        `asks_guest` about the observer who was named at the table.
        """
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        self.meeting_id = meeting_id
        leading = LeadingModel(
            meeting_id,
            case_id,
            departures=self._begun_in(case_id, meeting_id).departures,
            uses=LeadingUses(
                set_presence=uses.set_presence,
                confirm_duty=uses.confirm_duty,
                invite=uses.invite,
                go_to_item=uses.go_to_item,
                withdraw_consent=hall.desk.consents.withdraw_consent,
                write_note=hall.desk.case.write_note,
            ),
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
        )
        leading.decided_anew.connect(self._audience.model.take_away)
        leading.others_come.connect(partial(self._put_aside, meeting_id))
        leading.others_come.connect(self.others_come)
        leading.consent_wanted.connect(partial(self.consent_wanted.emit, case_id))
        leading.ground_wanted.connect(partial(self.new_ground_wanted.emit, case_id))
        model = HiddenViewModel(
            meeting_id,
            read_leading=uses.read_leading,
            mark_item=uses.mark_item,
            name_second_persons=uses.name_second_persons,
            leading=leading,
            becoming=Becoming(
                case_id,
                change_commitment=uses.change_commitment,
                drafts=hall.drafts,
                runner=hall.runner,
                now=hall.services.now,
                wanted=asked_about,
            ),
            reasons_toml=hall.services.reasons(),
            screen_count=self._audience.screens_in_view,
            runner=hall.runner,
            now=hall.services.now,
            may_be_mirrored=self._audience.may_be_mirrored if from_table else is_never_mirrored,
            parent=self,
        )
        model.left.connect(partial(self.go_to_meeting, case_id, meeting_id))
        hall.join(model)
        picture = partial(RoomPicture, self._audience)
        hall.show(model, partial(HiddenView, model, picture), HOME)
        begin = model.nobody_looks_on if model.state is HiddenState.ASKING else model.load
        begin()
        if asks_guest:
            leading.ask_about_guest()

    def go_to_consultation(
        self,
        case_id: UUID,
        meeting_id: UUID | None = None,
        *,
        is_naming: bool = False,
        from_table: bool = False,
    ) -> None:
        """Show a case that is spoken of without the name, to the operator alone.

        From a meeting it leads back there, otherwise to the case. `is_naming` shows the gate.
        Whoever comes `from_table` was asked who looks on, and is again once a screen has changed.
        """
        hall, uses = self._hall, self._hall.desk.consultations
        if not hall.may_leave():
            return
        self.meeting_id = meeting_id
        model = ConsultationViewModel(
            case_id,
            read_consultation=uses.read_consultation,
            tell_without_names=uses.tell_without_names,
            pass_gate=uses.pass_gate,
            end_meeting=hall.desk.meetings.end_meeting,
            plan_by_name=uses.plan_by_name,
            drafts=hall.drafts,
            screen_count=self._audience.screens_in_view,
            runner=hall.runner,
            now=hall.services.now,
            is_naming=is_naming,
            may_be_mirrored=self._audience.may_be_mirrored if from_table else is_never_mirrored,
            parent=self,
        )
        back = (
            partial(self.case_wanted.emit, case_id)
            if meeting_id is None
            else partial(self.go_to_meeting, case_id, meeting_id)
        )
        model.left.connect(back)
        model.named_wanted.connect(partial(self.go_to_meeting, case_id))
        hall.join(model)
        hall.show(model, partial(ConsultationView, model), HOME)
        is_asking = model.state is ConsultationState.ASKING
        begin = model.nobody_looks_on if is_asking else model.load
        begin()

    def go_to_found(self, found: FoundProtocol) -> None:
        """Show what was found by its control code: a protocol, an excerpt or an agreement."""
        if found.meeting_id is None:
            self.agreement_wanted.emit(found.case_id)
            return
        if found.kind is None:
            copy_id = found.protocol_id
            self.go_to_excerpts(found.case_id, found.meeting_id, copy_id=copy_id)
            return
        targets = {
            ProtocolKind.FULL: Target(Readers.BOARD),
            ProtocolKind.ROOM: Target(Readers.ROOM),
            ProtocolKind.ADDENDUM: Target(Readers.ADDENDUM, found.protocol_id),
            ProtocolKind.PLAN_FULL: Target(Readers.PLAN_BOARD),
            ProtocolKind.PLAN_ROOM: Target(Readers.PLAN),
        }
        self.go_to_protocol(found.case_id, found.meeting_id, target=targets[found.kind])

    def go_to_protocol(
        self,
        case_id: UUID,
        meeting_id: UUID,
        resume: Place | None = None,
        *,
        target: Target | None = None,
        from_plan: bool = False,
    ) -> None:
        """Show the protocol as it will be printed, or go on with its addendum.

        `target` are the readers whose pages come first, everyone at the table if none is named.
        Coming `from_plan` it leads back there, otherwise to the meetings.
        """
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        self.meeting_id = meeting_id
        roles = hall.desk.me.roles
        sealing = SealingModel(
            meeting_id,
            case_id=case_id,
            uses=uses.sealing,
            drafts=hall.drafts,
            may_seal=allows(roles, Permission.SEAL_PROTOCOL),
            may_make_seal=allows(roles, Permission.MANAGE_ACCOUNTS),
            runner=hall.runner,
            now=hall.services.now,
        )
        model = ProtocolViewModel(
            meeting_id,
            sealing=sealing,
            uses=uses.sealing,
            compose_protocol=uses.compose_protocol,
            log_print=uses.log_printed,
            log_missed=uses.log_not_printed,
            log_save=uses.log_saved,
            print_pdf=print_pdf,
            runner=hall.runner,
            now=hall.services.now,
            goes_on=None if resume is None else resume.kind,
            target=target,
            leads_to_plan=from_plan,
            parent=self,
        )
        leave = self.plan_left.emit if from_plan else self._leave
        model.left.connect(partial(leave, case_id))
        draft_id = None if resume is None else resume.draft_id
        model.kept_wanted.connect(lambda: self.kept_wanted.emit(draft_id))
        model.excerpts_wanted.connect(partial(self.go_to_excerpts, case_id, meeting_id))
        sealing.meeting_wanted.connect(partial(self.go_to_meeting, case_id, meeting_id))
        sealing.hidden_wanted.connect(partial(self.go_to_hidden, case_id, meeting_id))
        sealing.people_wanted.connect(partial(self.people_wanted.emit, case_id))
        model.signatures_wanted.connect(
            partial(self._open_signatures, case_id, meeting_id, model, from_plan)
        )
        hall.join(model)
        hall.show(model, partial(ProtocolView, model), HOME)
        model.load()

    def go_to_signatures(
        self,
        paper_id: UUID,
        *,
        back: Callable[[], None],
        goes_on: bool = False,
        brought: Sequence[Brought] = (),
    ) -> None:
        """Show who has signed a protocol or an excerpt, and take back its paper.

        `back` leads on from it. With `goes_on` the reason that was being written there comes first;
        a scan that was `brought` in elsewhere is read at once.
        """
        # Imported here: whoever signs nothing does not wait for what reads scans.
        from trygga_desktop.ui.screens.signatures.view import SignaturesView  # noqa: PLC0415

        hall = self._hall
        if not hall.may_leave():
            return
        model = SignaturesViewModel(
            paper_id,
            uses=hall.desk.meetings.signatures,
            scan=ScanModel(scanner=hall.services.scanner, looks_of=_looks_of, runner=hall.runner),
            drafts=hall.drafts,
            may_record=allows(hall.desk.me.roles, Permission.SEAL_PROTOCOL),
            runner=hall.runner,
            now=hall.services.now,
            resume=goes_on,
            brought=brought,
            parent=self,
        )
        model.left.connect(back)
        model.elsewhere.connect(self._go_elsewhere)
        hall.join(model)
        hall.show(model, partial(SignaturesView, model), HOME)
        model.load()

    def go_to_signed_agreement(self, case_id: UUID, version_id: UUID) -> None:
        """Take back the signed paper of a version of the agreement."""
        self.go_to_signatures(version_id, back=partial(self.agreement_wanted.emit, case_id))

    def go_on_with_signature(self, case_id: UUID, paper_id: UUID) -> None:
        """Go on with a reason that was being written about a signature."""
        self.go_to_signatures(paper_id, back=partial(self._leave, case_id), goes_on=True)

    def go_to_excerpts(
        self,
        case_id: UUID,
        meeting_id: UUID,
        recipient_id: UUID | None = None,
        *,
        copy_id: UUID | None = None,
        goes_on: bool = False,
    ) -> None:
        """Show the excerpts of a sealed protocol, this recipient's first, and who has which copy.

        With a `copy_id` the list comes first, and with `goes_on` the copy that was being written
        down there.
        """
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        self.meeting_id = meeting_id
        model = ExcerptsViewModel(
            case_id,
            meeting_id,
            uses=uses.excerpts,
            drafts=hall.drafts,
            reasons_toml=hall.services.reasons(),
            may_give=allows(hall.desk.me.roles, Permission.SEAL_PROTOCOL),
            print_pdf=print_pdf,
            runner=hall.runner,
            now=hall.services.now,
            goes_on=goes_on,
            chosen_id=recipient_id,
            copy_id=copy_id,
            parent=self,
        )
        model.signatures_wanted.connect(partial(self._open_of_excerpt, case_id, meeting_id))
        model.left.connect(partial(self.go_to_protocol, case_id, meeting_id))
        hall.join(model)
        hall.show(model, partial(ExcerptsView, model), HOME)
        model.load()

    def go_to_papers(self, case_id: UUID, meeting_id: UUID, *, from_review: bool = False) -> None:
        """Show the summons and the sheets for a meeting that is to be, or what was promised at it.

        Whoever comes `from_review` goes back there.
        """
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        model = PapersViewModel(
            meeting_id,
            read_papers=uses.read_papers,
            compose_paper=uses.compose_paper,
            compose_calendar=uses.compose_calendar,
            log_print=uses.log_paper_printed,
            log_missed=uses.log_not_printed,
            log_save=uses.log_paper_saved,
            print_pdf=print_pdf,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        back = partial(self._leave, case_id)
        if from_review:
            back = partial(self.go_to_meeting, case_id, meeting_id, reviews=True)
        model.left.connect(back)
        hall.join(model)
        hall.show(model, partial(PapersView, model), HOME)
        model.load()

    def forget(self) -> None:
        """Let go of what is half done, so that nothing of it asks a closed vault for anything."""
        for one in self._begun.values():
            one.capture.deleteLater()
            one.departures.deleteLater()
        self._begun.clear()

    def leave(self) -> None:
        """Let go of a meeting whose pages are left, unless an entry of it is on its way.

        What was begun is a draft by now, which may be used or thrown away elsewhere.
        """
        self.meeting_id = None
        self.store_now()
        for meeting_id in tuple(self._begun):
            self._drop_idle(meeting_id)

    def store_now(self) -> None:
        """Store who was about to leave a meeting: its pages are left, or the vault closes."""
        for one in tuple(self._begun.values()):
            one.departures.store_now()

    def _drop_idle(self, meeting_id: UUID) -> None:
        begun = self._begun.get(meeting_id)
        if begun is None or meeting_id == self.meeting_id or begun.capture.is_adding:
            return
        if begun.departures.is_idle:
            del self._begun[meeting_id]
            begun.capture.deleteLater()
            begun.departures.deleteLater()

    def _begun_in(self, case_id: UUID, meeting_id: UUID) -> _Begun:
        if meeting_id not in self._begun:
            hall = self._hall
            capture = CaptureModel(
                meeting_id,
                write_entry=hall.desk.meetings.write_entry,
                agree_plan=hall.desk.plans.agree_plan,
                drafts=hall.drafts,
                runner=hall.runner,
                now=hall.services.now,
                case_id=case_id,
                parent=self,
            )
            # For as long as it lives: an entry may be stored while another page is shown.
            hall.join(capture)
            departures = Departures(
                meeting_id,
                set_presence=hall.desk.meetings.set_presence,
                runner=hall.runner,
                parent=self,
            )
            hall.join(departures)
            self._begun[meeting_id] = _Begun(capture, departures)
            capture.changed.connect(partial(self._drop_idle, meeting_id))
            departures.changed.connect(partial(self._drop_idle, meeting_id))
        return self._begun[meeting_id]

    def _put_aside(self, meeting_id: UUID) -> None:
        """Keep what is being typed off the shared screen: somebody comes who may not read it."""
        begun = self._begun.get(meeting_id)
        if begun is not None:
            begun.capture.put_aside()

    def go_to_agreed_plan(self, case_id: UUID, meeting_id: UUID) -> None:
        """Show the plan that a meeting agreed on, to be sealed and signed; it leads back to it."""
        self.go_to_protocol(case_id, meeting_id, target=Target(Readers.PLAN), from_plan=True)

    def _open_signatures(
        self,
        case_id: UUID,
        meeting_id: UUID,
        model: ProtocolViewModel,
        from_plan: bool,  # noqa: FBT001  bound beforehand
        protocol_id: UUID,
    ) -> None:
        back = partial(
            self.go_to_protocol, case_id, meeting_id, target=model.target, from_plan=from_plan
        )
        self.go_to_signatures(protocol_id, back=back)

    def _open_of_excerpt(self, case_id: UUID, meeting_id: UUID, excerpt_id: UUID) -> None:
        back = partial(self.go_to_excerpts, case_id, meeting_id, copy_id=excerpt_id)
        self.go_to_signatures(excerpt_id, back=back)

    def _go_elsewhere(self, found: FoundProtocol, brought: Sequence[Brought]) -> None:
        """Lead on to the paper of which pages have come to another one's place."""
        back = partial(self.go_to_found, found)
        self.go_to_signatures(found.protocol_id, back=back, brought=brought)


def _looks_of(pdf: bytes) -> tuple[PageLook, ...]:
    """Return how the pages of a stored paper look; imported when the first of them is asked."""
    from trygga_desktop.ui.platform.scan_reader import looks_of  # noqa: PLC0415  as above

    return looks_of(pdf)
