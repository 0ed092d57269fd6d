"""What is asked before a page for one person alone stands where everyone could see it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState


class MirrorQuestion(QWidget):
    """Asks whether anybody else sees the screen. `first_focus` leads back: Enter shows nothing."""

    def __init__(
        self,
        look: Look,
        *,
        show: Callable[[], None],
        back: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        self.first_focus = Button(
            look, _("Back to the meeting"), ButtonKind.PRIMARY, icon="arrow-left"
        )
        self.first_focus.setObjectName("others see it")
        self.first_focus.clicked.connect(back)
        alone = Button(look, _("Nobody else sees it"), icon="eye-off")
        alone.setObjectName("nobody else sees it")
        alone.clicked.connect(show)
        text = _(
            "A moment ago this screen showed the meeting. If the picture is mirrored to a "
            "projector, everyone sees what comes here. Cover the projector first, or choose "
            "extended screens."
        )
        card = Card(look)
        card.body.addWidget(
            EmptyState(
                look,
                icon="monitor",
                title=_("Does anybody else see this screen?"),
                text=text,
                buttons=(self.first_focus, alone),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
