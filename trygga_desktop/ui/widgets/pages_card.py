"""The pages themselves: small ones to choose from at the left, the chosen one large."""

from functools import partial

from PySide6.QtCore import QMargins, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.platform.pages import PdfPages
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.removal import take_out

_THUMBNAIL = 84
_CAPTION = 22
_LOWEST = 340
_NARROW = 560
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_A4 = 297 / 210
_HARDLY = 0.01
"""A difference of size that nobody sees."""


class Thumbnail(QRadioButton):
    """A small page. A radio button to all else: arrow keys go from page to page."""

    def __init__(
        self, look: Look, name: str, picture: QImage, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._name = name
        self._picture = picture
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        width = look.theme.px(_THUMBNAIL)
        self.setFixedSize(width, round(width * _A4) + look.theme.px(_CAPTION))

    def hitButton(self, pos: object) -> bool:  # noqa: ARG002, N802  Qt's name; all of it is meant
        """Take a click anywhere."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the page, which is white in every theme, and its number below."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._theme.tokens
        sheet = QRectF(self.rect()).adjusted(0, 0, 0, -self._theme.px(_CAPTION))
        inner = sheet.adjusted(4, 4, -4, -4)
        painter.drawImage(inner, self._picture, QRectF(self._picture.rect()))
        edge, width = (tokens.border, 1.0)
        if self.isChecked():
            edge, width = tokens.accent, 2.0
        if self.hasFocus():
            edge, width = tokens.focus, 2.0
        draw_box(painter, sheet, radius=Radius.CONTROL, edge=edge, width=width)
        below = QRectF(0, sheet.bottom(), self.width(), self._theme.px(_CAPTION))
        style = TextStyle.CAPTION_STRONG if self.isChecked() else TextStyle.CAPTION
        colour = tokens.text if self.isChecked() else tokens.text2
        font = self._theme.font(style)
        draw_text(
            painter,
            below,
            self._name,
            font=font,
            colour=colour,
            align=Qt.AlignmentFlag.AlignHCenter,
        )


class _Large(QPdfView):
    """The large pages, which tell when there is more or less room for them."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it once the pages have followed."""
        super().resizeEvent(event)
        self.resized.emit()


class PagesCard(Card):
    """File name, page and zoom above; the pages below, which scroll.

    What can have the focus has names that begin with the `prefix`.
    """

    def __init__(self, look: Look, *, prefix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(look, rows_to_edge=True, parent=parent)
        self._prefix = prefix
        self._look = look
        self._pages: PdfPages | None = None
        self.body.setContentsMargins(1, Space.S, Space.S, Space.S)
        self.body.setSpacing(Space.S)
        self.body.addLayout(self._build_bar())
        self.body.addWidget(Divider(look))
        self.view = self._build_view()
        self._small = QWidget()
        self._column = QVBoxLayout(self._small)
        self._column.setContentsMargins(Space.M, 0, Space.XS, Space.M)
        self._column.setSpacing(Space.S)
        self._column.addStretch(1)
        self._strip = Page(self._small)
        self._strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._strip.setFixedWidth(look.theme.px(_THUMBNAIL) + Space.XL + Space.L)
        self._thumbnails: list[Thumbnail] = []
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._strip)
        row.addWidget(self.view, 1)
        self.body.addLayout(row, 1)
        self.setMinimumHeight(look.theme.px(_LOWEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the small pages out where the large one needs the room."""
        super().resizeEvent(event)
        self._strip.setVisible(self._look.effective(event.size().width()) >= _NARROW)

    @property
    def page_count(self) -> int:
        """Return how many pages are shown."""
        return 0 if self._pages is None else self._pages.pageCount()

    def show_pdf(self, pdf: bytes, file_name: str) -> None:
        """Show these pages; raise UnreadablePagesError if they are none."""
        pages = PdfPages(pdf, self)
        self._let_go()
        self._pages = pages
        self._name.show_text(file_name)
        self.view.setDocument(pages)
        self._show_small(pages)
        self._show_page()

    def _let_go(self) -> None:
        take_out(*self._thumbnails)
        self._thumbnails = []
        if self._pages is not None:
            self._pages.deleteLater()

    def _build_bar(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        self._name = ElidedLabel(self._look, style=TextStyle.LABEL)
        text2 = self._look.theme.tokens.text2
        self._where = PlainLabel(self._look, style=TextStyle.SECONDARY, colour=text2)
        self._zoom = PlainLabel(self._look, style=TextStyle.SECONDARY, colour=text2)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._zoom.setMinimumWidth(self._look.theme.px(52))
        self.smaller = self._icon_button(_("Make the pages smaller"), -1, icon="minus")
        self.larger = self._icon_button(_("Make the pages larger"), 1, icon="plus")
        row = QHBoxLayout()
        row.setContentsMargins(Space.L, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._name, 1)
        row.addWidget(self._where)
        row.addSpacing(Space.S)
        for one in (self.smaller, self._zoom, self.larger):
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _icon_button(self, name: str, step: int, *, icon: str) -> Button:
        button = Button(self._look, "", ButtonKind.GHOST, icon=icon)
        button.setObjectName(f"{self._prefix}{name}")
        button.setAccessibleName(name)
        button.clicked.connect(partial(self._step, step))
        return button

    def _build_view(self) -> QPdfView:
        tokens = self._look.theme.tokens
        view = _Large(self)
        view.setObjectName(f"{self._prefix}pages")
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setAccessibleName(self._look.language.gettext("The pages of the protocol"))
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setDocumentMargins(QMargins(Space.L, Space.L, Space.L, Space.L))
        view.setPageSpacing(Space.L)
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # What lies around the pages; Qt takes the paper itself to be white.
        palette = view.palette()
        palette.setColor(QPalette.ColorRole.Dark, QColor(tokens.surface2))
        view.setPalette(palette)
        view.pageNavigator().currentPageChanged.connect(self._show_page)
        view.zoomFactorChanged.connect(self._show_zoom)
        view.resized.connect(self._show_zoom)
        return view

    def _show_small(self, pages: PdfPages) -> None:
        _ = self._look.language.gettext
        width = self._look.theme.px(_THUMBNAIL) * 2
        for page in range(pages.pageCount()):
            picture = pages.picture(page, QSize(width, round(width * _A4)))
            name = _("Page {number}").format(number=page + 1)
            small = Thumbnail(self._look, name, picture, parent=self._small)
            small.setObjectName(f"{self._prefix}page {page + 1}")
            small.toggled.connect(partial(self._go_to, page))
            self._column.insertWidget(page, small)
            self._thumbnails.append(small)

    def _go_to(self, page: int, is_chosen: bool) -> None:  # noqa: FBT001  Qt's signal
        navigator = self.view.pageNavigator()
        if is_chosen and navigator.currentPage() != page:
            navigator.jump(page, QPointF(0, 0), 0)

    @Slot()
    def _show_page(self) -> None:
        if self._pages is None:
            return
        _ = self._look.language.gettext
        page, count = self.view.pageNavigator().currentPage(), self._pages.pageCount()
        self._where.show_text(_("Page {number} of {count}").format(number=page + 1, count=count))
        self.view.setAccessibleDescription(self._pages.text_of(page))
        if page < len(self._thumbnails):
            self._thumbnails[page].setChecked(True)
        self._show_zoom()

    @Slot()
    def _show_zoom(self) -> None:
        share = self._share()
        self._zoom.show_text(
            self._look.language.gettext("{number} %").format(number=round(share * 100))
        )
        self.smaller.setEnabled(share > _STEPS[0])
        self.larger.setEnabled(share < _STEPS[-1])

    def _share(self) -> float:
        """Return how large the pages are drawn, where 1 is their size on paper."""
        if self.view.zoomMode() is QPdfView.ZoomMode.Custom or self._pages is None:
            return self.view.zoomFactor()
        room = self.view.viewport().width() - 2 * Space.L
        on_paper = self._pages.pagePointSize(0).width() * self.view.logicalDpiX() / 72
        return max(0.1, room / on_paper)

    def _step(self, step: int) -> None:
        share = self._share()
        further = [one for one in _STEPS if (one - share) * step > _HARDLY]
        if further:
            self.view.setZoomMode(QPdfView.ZoomMode.Custom)
            self.view.setZoomFactor(further[0] if step > 0 else further[-1])
            self._show_zoom()
