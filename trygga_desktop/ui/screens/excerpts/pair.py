"""The whole protocol and the excerpt beside each other, scrolled together."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QScrollBar, QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.pages_place import Composed, PagesPlace

_NARROW = 620


class Pair(QWidget):
    """Two places for pages, each with a title. Where there is no room they stand one above another.

    Both are scrolled together, each by the same share of what it holds.
    """

    def __init__(self, look: Look, load: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        _ = look.language.gettext
        self.whole = PagesPlace(look, load, prefix="whole ")
        self.excerpt = PagesPlace(look, load, prefix="excerpt ")
        self._title = ElidedLabel(look, style=TextStyle.STRONG)
        self._copy = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        only = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        only.show_text(_("only here"))
        self.whole_title = ElidedLabel(look, style=TextStyle.STRONG)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.M)
        # One above the other they are narrower than side by side, and only that must fit.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._whole_side = self._side(self.whole_title, only, self.whole)
        self._row.addWidget(self._whole_side, 1)
        self._excerpt_side = self._side(self._title, self._copy, self.excerpt)
        self._row.addWidget(self._excerpt_side, 1)
        self._follow(self._bar(self.whole), self._bar(self.excerpt))
        self._follow(self._bar(self.excerpt), self._bar(self.whole))

    def minimumSizeHint(self) -> QSize:
        """Be content with the width of one of the two."""
        sides = (self._whole_side, self._excerpt_side)
        width = max(one.minimumSizeHint().width() for one in sides)
        return QSize(width, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one above the other where there is no room for both."""
        super().resizeEvent(event)
        is_narrow = self._look.effective(event.size().width()) < _NARROW
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def show_pages(  # noqa: PLR0913  what stands on both sides
        self,
        whole: Composed | None,
        excerpt: Composed | None,
        *,
        whole_title: str,
        title: str,
        copy: str,
        state: PagesState,
        trouble: Trouble | None,
        nothing: tuple[str, str] | None = None,
    ) -> None:
        """Show these pages, or why there are none; `nothing` is a title and a sentence for that."""
        self._title.show_text(title)
        self._copy.show_text(copy)
        self._whole_side.setVisible(whole is not None)
        if whole is not None:
            self.whole_title.show_text(whole_title)
            self.whole.show_pages(whole, PagesState.READY, None)
        self.excerpt.show_pages(excerpt, state, trouble, nothing=nothing)

    @staticmethod
    def _bar(place: PagesPlace) -> QScrollBar:
        return place.card.view.verticalScrollBar()

    def _follow(self, leads: QScrollBar, follows: QScrollBar) -> None:
        @Slot(int)
        def move(value: int) -> None:
            if leads.maximum() > 0:
                share = value / leads.maximum()
                wanted = round(share * follows.maximum())
                # The other one answers: by less than a line it has followed already.
                if abs(follows.value() - wanted) > follows.singleStep():
                    follows.setValue(wanted)

        leads.valueChanged.connect(move)

    @staticmethod
    def _side(title: QWidget, beside: QWidget, place: QWidget) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(beside)
        column.addLayout(head)
        column.addWidget(place, 1)
        return side
