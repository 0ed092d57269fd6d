"""The rooms in which a meeting is prepared: what the young person says, sheets, and packets."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.ui.audience import Audience
from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.hall import Hall
from trygga_desktop.ui.screens.answers.view import AnswersView
from trygga_desktop.ui.screens.answers.view_model import AnswersViewModel
from trygga_desktop.ui.screens.packet_in.view import PacketInView
from trygga_desktop.ui.screens.packet_in.view_model import PacketInViewModel
from trygga_desktop.ui.screens.packet_out.view import PacketOutView
from trygga_desktop.ui.screens.packet_out.view_model import PacketOutViewModel
from trygga_desktop.ui.screens.voice.view import VoiceView
from trygga_desktop.ui.screens.voice.view_model import VoiceViewModel
from trygga_desktop.ui.widgets.case_tabs import CaseTab


class PreparationRooms(QObject):
    """Goes to the pages before a meeting. `left` names the case whose meetings come next.

    `plan_left` names the case whose plan comes next: that one can be sent and signed by itself.
    """

    left = Signal(object)
    plan_left = Signal(object)

    def __init__(self, hall: Hall, audience: Audience, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hall = hall
        self._audience = audience

    def go_to_packet_out(self, case_id: UUID, meeting_id: UUID | None = None) -> None:
        """Show what is prepared for a meeting, or the plan, to be sent to another vault."""
        hall, uses = self._hall, self._hall.desk.packets
        if not hall.may_leave():
            return
        model = PacketOutViewModel(
            case_id,
            meeting_id,
            read_outgoing=uses.read_outgoing,
            make_packet=uses.make_packet,
            reasons_toml=hall.services.reasons(),
            runner=hall.runner,
            screen_count=self._audience.screens_in_view,
            now=hall.services.now,
            parent=self,
        )
        came_from = CaseTab.PLAN if meeting_id is None else CaseTab.MEETINGS
        model.left.connect(partial(self._leave, case_id, came_from))
        hall.join(model)
        hall.show(model, partial(PacketOutView, model), HOME)
        model.load()

    def go_to_packet_in(self, case_id: UUID, came_from: CaseTab = CaseTab.MEETINGS) -> None:
        """Show what a packet from another vault holds for a case; from there one goes back."""
        hall, uses = self._hall, self._hall.desk.packets
        if not hall.may_leave():
            return
        model = PacketInViewModel(
            case_id,
            read_packet=uses.read_packet,
            take_in_plan=uses.take_in_plan,
            take_in_packet=uses.take_in_packet,
            reasons_toml=hall.services.reasons(),
            drafts=hall.drafts,
            runner=hall.runner,
            screen_count=self._audience.screens_in_view,
            now=hall.services.now,
            came_from=came_from,
            parent=self,
        )
        model.left.connect(partial(self._leave, case_id, came_from))
        hall.join(model)
        hall.show(model, partial(PacketInView, model), HOME)

    def go_to_voice(self, case_id: UUID, meeting_id: UUID) -> None:
        """Show what the young person says before a meeting, to be filled in together with them."""
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        model = VoiceViewModel(
            case_id,
            meeting_id,
            read_voice=uses.read_voice,
            record_voice=uses.record_voice,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self._leave, case_id))
        hall.join(model)
        hall.show(model, partial(VoiceView, model), HOME)
        model.load()

    def go_to_answers(self, case_id: UUID, meeting_id: UUID) -> None:
        """Show what agencies wrote on their sheets, to be typed in."""
        hall, uses = self._hall, self._hall.desk.meetings
        if not hall.may_leave():
            return
        model = AnswersViewModel(
            case_id,
            meeting_id,
            read_answers=uses.read_answers,
            record_answers=uses.record_answers,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self._leave, case_id))
        hall.join(model)
        hall.show(model, partial(AnswersView, model), HOME)
        model.load()

    def _leave(self, case_id: UUID, came_from: CaseTab = CaseTab.MEETINGS) -> None:
        left = self.plan_left if came_from is CaseTab.PLAN else self.left
        left.emit(case_id)
