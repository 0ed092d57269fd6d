"""Goals to begin with, for an area of life that has none yet."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QMenu, QWidget

from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan.words import one_line
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind


class ExampleGoals(Button):
    """Opens a list of goals. One that is chosen is written anew, in one's own words."""

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(
            look, _("Example goals"), ButtonKind.GHOST, icon="flag", small=True, parent=parent
        )
        self._model = model
        self._language = look.language
        self.setObjectName("example goals")
        self.setToolTip("Ctrl+Space")
        self.setAccessibleDescription(_("Ctrl+Space on the name of the area"))
        self.clicked.connect(self.offer)

    @Slot()
    def offer(self) -> None:
        """Open the list, if there is anything to offer."""
        found = [one.in_language(self._language.code) for one in self._model.examples]
        if not found:
            return
        menu = QMenu(self)
        menu.setObjectName("examples")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words in found:
            # Qt underlines the letter behind an ampersand.
            action = menu.addAction(one_line(words).replace("&", "&&"))
            action.triggered.connect(partial(self._begin_with, words))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _begin_with(self, words: str, _checked: object = None) -> None:
        self._model.begin_with(words)
