"""What stands where there is no meeting to lead: not read yet, not to be read, or over."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.ui.problems import During, explain
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.problem_card import problem_card

_WIDEST = 760


class InsteadPage(QWidget):
    """One card in the middle, and the way on."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = room.near
        self.first_focus: QWidget = self
        content = QWidget()
        content.setMaximumWidth(look.theme.px(_WIDEST))
        self._inside = QVBoxLayout(content)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(Space.L)
        outer = QWidget()
        column = QVBoxLayout(outer)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.addStretch(1)
        column.addWidget(content, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Page(outer))
        content.setMinimumWidth(min(look.theme.px(_WIDEST), look.theme.px(440)))
        self._fill(model, room)

    def follow(self) -> None:
        """Need nothing: each of these pages is built for its stage."""

    def follow_capture(self) -> None:
        """Need nothing of what is being written: nothing is."""

    def tick(self) -> None:
        """Need no time."""

    def _fill(self, model: MeetingViewModel, room: RoomLook) -> None:
        look = room.near
        _ = look.language.gettext
        match model.stage:
            case Stage.FAILED if model.trouble is not None:
                problem = explain(model.trouble, look.language, During.SHARED)
                self._inside.addWidget(PlainLabel(look, problem.title, style=TextStyle.DISPLAY))
                self._inside.addWidget(problem_card(look, problem))
                again = Button(look, _("Try again"), ButtonKind.PRIMARY, icon="refresh-cw")
                again.clicked.connect(model.load)
                self.first_focus = again
                self._inside.addWidget(again, 0, Qt.AlignmentFlag.AlignRight)
            case Stage.SLOW:
                text = _("The meeting is being opened.")
                self._put(
                    look_card=Card(look),
                    state=EmptyState(look, icon="hourglass", title=_("One moment"), text=text),
                )
            case Stage.OVER:
                self._show_over(model, room)
            case _:
                pass

    def _show_over(self, model: MeetingViewModel, room: RoomLook) -> None:
        look = room.near
        _ = look.language.gettext
        found = model.room
        if found is not None and found.state is MeetingState.CANCELLED:
            title, text = _("The meeting was called off"), _("Nothing was noted at it.")
            buttons: tuple[Button, ...] = ()
        else:
            title = _("The meeting is over")
            text = _("What was said stands in its minutes.")
            if found is not None and found.is_sealed:
                title = _("The meeting is over, and its protocol sealed")
                text = _("Nothing of it changes any more.")
            button = Button(look, _("To the minutes"), ButtonKind.PRIMARY, icon="file-text")
            button.setObjectName("to the minutes")
            button.clicked.connect(model.show_protocol)
            self.first_focus = button
            buttons = (button,)
        state = EmptyState(look, icon="check", title=title, text=text, buttons=buttons)
        self._put(look_card=Card(look), state=state)

    def _put(self, *, look_card: Card, state: EmptyState) -> None:
        look_card.body.addWidget(state)
        self._inside.addWidget(look_card)
