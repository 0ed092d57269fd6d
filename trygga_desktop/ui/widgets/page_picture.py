"""A scanned page as a picture, as wide as there is room."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trygga_desktop.ui.platform.scan_lines import PagePicture
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_WIDEST = 840


def image_of(picture: PagePicture) -> QImage:
    """Return the grey image of a page."""
    points = picture.points()
    grey = QImage(
        points, picture.width, picture.height, picture.width, QImage.Format.Format_Grayscale8
    )
    # The points go when this returns; the copy has its own.
    return grey.copy()


class PageView(QLabel):
    """Shows one page. A label to a screen reader, with a name that says which page it is."""

    def __init__(self, look: Look, image: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self._image = image
        self.setObjectName("page of the scan")
        self.setAccessibleName(name)
        # With the focus here, PageUp and PageDown scroll it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMaximumWidth(look.theme.px(_WIDEST))

    def hasHeightForWidth(self) -> bool:
        """Return that it keeps its form."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high the page is at this width."""
        return round(width * self._image.height() / max(self._image.width(), 1))

    def sizeHint(self) -> QSize:
        """Return a size at which small letters can be read."""
        width = min(self._image.width(), self.maximumWidth())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Be content with less."""
        return QSize(220, self.heightForWidth(220))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the page and its edge."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(0, 0, self.width(), self.heightForWidth(self.width()))
        painter.drawImage(box, self._image, QRectF(self._image.rect()))
        edge, width = (self._tokens.focus, 2.0) if self.hasFocus() else (self._tokens.border, 1.0)
        draw_box(painter, box, radius=2, edge=edge, width=width)
