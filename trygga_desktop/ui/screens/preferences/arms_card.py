"""The coat of arms in the head of documents: seen, chosen, taken away."""

from pathlib import Path
from typing import assert_never

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.platform.pictures import PictureFlaw
from trygga_desktop.ui.screens.preferences.arms import ArmsModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import LIGHT, Radius, Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_PLACE = 88
_EDGE = 8


class ArmsPlace(QLabel):
    """The picture on white paper; nothing while there is none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = QImage()
        self.setAccessibleName(look.language.gettext("The coat of arms as it is now"))
        self.setFixedSize(look.theme.px(_PLACE), look.theme.px(_PLACE))

    def show_picture(self, png: bytes) -> None:
        """Show this picture, none if it is empty."""
        self._picture = QImage.fromData(png) if png else QImage()
        self.setVisible(bool(png))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the paper and the picture in its own shape."""
        painter = QPainter(self)
        smooth(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        edge = self._look.theme.tokens.border
        box = QRectF(self.rect())
        draw_box(painter, box, radius=Radius.CONTROL, fill=LIGHT.surface, edge=edge)
        room = box.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        fitting = Qt.AspectRatioMode.KeepAspectRatio
        size = self._picture.size().scaled(room.size().toSize(), fitting)
        drawn = QRectF(0, 0, size.width(), size.height())
        drawn.moveCenter(room.center())
        painter.drawImage(drawn, self._picture)

    def sizeHint(self) -> QSize:
        """Return its one size."""
        return self.size()


class ArmsCard(Card):
    """Every choice is stored at once."""

    def __init__(self, model: ArmsModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Coat of arms"), parent=parent)
        self._model = model
        self._look = look
        self._told: list[QWidget] = []
        self._place = ArmsPlace(look)
        self._choose = Button(look, _("Choose a picture"), icon="folder-open")
        self._choose.setObjectName("choose arms")
        self._choose.clicked.connect(self._ask_for_file)
        self._remove = Button(look, _("Take it away"), icon="x")
        self._remove.setObjectName("remove arms")
        self._remove.clicked.connect(model.remove)
        line = _(
            "It stands in the head of each document that is made from now on. A PNG or JPEG file; "
            "only its points are kept. What was sealed stays as it is."
        )
        words = QVBoxLayout()
        words.setSpacing(Space.M)
        text2 = look.theme.tokens.text2
        words.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        words.addWidget(Flow([self._choose, self._remove]))
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        row.addWidget(self._place, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        self._place.show_picture(model.png)
        if not model.png and self._remove.hasFocus():
            self._choose.setFocus()
        self._remove.setVisible(bool(model.png))
        take_out(*self._told)
        self._told = []
        if model.flaw is not None:
            text = flaw_text(model.flaw, look.language)
            self._told.append(banner(look, text, tone=Tone.WARN))
        elif model.trouble is not None:
            self._told.append(trouble_banner(look, model.trouble))
        for one in self._told:
            self.body.addWidget(one)
            one.show()
            come_forward(one)

    @Slot()
    def _ask_for_file(self) -> None:
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose the coat of arms"))
        dialog.setObjectName("choose arms")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Pictures (*.png *.jpg *.jpeg)"))
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _take(self, file: str) -> None:
        self._model.choose(Path(file))


def flaw_text(flaw: PictureFlaw, language: Language) -> str:
    """Return why a file was not taken, and what to do."""
    _ = language.gettext
    match flaw:
        case PictureFlaw.UNREADABLE:
            return _("The file cannot be read as a picture. Nothing was changed.")
        case PictureFlaw.TOO_LARGE:
            return _("The picture is too large. Nothing was changed. Choose a smaller one.")
        case PictureFlaw.OTHER_FORM:
            return _("Only PNG and JPEG files are taken. Nothing was changed.")
        case _:
            assert_never(flaw)
