"""The list in the capture bar in which it is said who else an entry is about."""

from collections import Counter

from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.room import first_name
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import ListBox
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

ALSO_KEYS = ("Ctrl+O",)

_WIDEST = 280


class AlsoBox(ListBox):
    """Its first row says who is chosen; each of the others turns one of them on or off."""

    def __init__(self, model: CaptureModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, [], parent=parent)
        self._model = model
        self._look = look
        self.setObjectName("also about")
        self.setAccessibleName(look.language.gettext("Who else it is about"))
        self.setToolTip("Ctrl+O")
        self.setFixedHeight(look.theme.px(30))
        self.activated.connect(self._turn)

    def follow(self) -> None:
        """Show who can be chosen, and who is."""
        self.setVisible(self._model.asks_about_others)
        rows = self._rows()
        if rows != [(self.itemText(row), self.itemData(row)) for row in range(self.count())]:
            self.hidePopup()
            self.clear()
            for text, chosen in rows:
                self.addItem(text, chosen)
            widest = max(self.width_for(text) for text, _ in rows)
            # The rows may be longer than what stands in the bar.
            self.view().setMinimumWidth(widest)
        self.setCurrentIndex(0)
        # As wide as what stands there: the words beside it need the room.
        wanted = self.width_for(self.currentText())
        self.setFixedWidth(min(self._look.theme.px(_WIDEST), wanted))

    def _rows(self) -> list[tuple[str, object]]:
        _, model = self._look.language.gettext, self._model
        chosen = {one.id for one in model.others_named}
        rows: list[tuple[str, object]] = [(self._told(), None)]
        for one in model.others:
            name = _shown(one.name)
            text = _("{name}: chosen").format(name=name) if one.id in chosen else name
            rows.append((text, one.id))
        unnamed = _("Someone who is not at the table")
        text = _("{name}: chosen").format(name=unnamed) if model.is_about_unnamed else unnamed
        return [*rows, (text, None)]

    def _told(self) -> str:
        language, model = self._look.language, self._model
        _ = language.gettext
        called = Counter(first_name(one.name) for one in model.others)
        # By their first names, as they are called at the table: there is little room.
        names = [
            _shown(first if called[first := first_name(one.name)] == 1 and first else one.name)
            for one in model.others_named
        ]
        if model.is_about_unnamed:
            names.append(_("someone else"))
        if not names:
            return _("Also about…")
        return _("About {names} too").format(names=language.list_words(names))

    def _turn(self, row: int) -> None:
        chosen = self.itemData(row)
        if row > 0:
            self._model.turn_about(chosen)
        self.setCurrentIndex(0)


def _shown(name: str) -> str:
    return make_visible(name, lines=False, longest=LONGEST_NAME)
