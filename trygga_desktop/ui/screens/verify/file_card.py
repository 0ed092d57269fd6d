"""Where a file is chosen, or dropped."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.verify.view_model import VerifyState, VerifyViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.drop_place import DropPlace
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark


class FileCard(Card):
    """Says which file it is about, and offers another. `wide` puts the button beside the words."""

    def __init__(
        self, model: VerifyViewModel, look: Look, *, wide: bool, parent: QWidget | None = None
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Which file?"), parent=parent)
        self._model = model
        self._look = look
        self.place = DropPlace(look)
        self.choose = Button(look, _("Choose a file"), icon="folder-open")
        self.choose.setObjectName("choose file")
        self._build_place(wide=wide)
        self.body.addWidget(self.place)
        self._file = QWidget()
        row = QHBoxLayout(self._file)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(IconMark(look, "file-text", size=18))
        self._name = ElidedLabel(look, style=TextStyle.STRONG)
        row.addWidget(self._name, 1)
        self.cancel = Button(look, _("Stop"), ButtonKind.LINK, icon="x", small=True)
        self.cancel.setObjectName("stop")
        self.cancel.clicked.connect(model.cancel)
        row.addWidget(self.cancel)
        self.body.addWidget(self._file)
        text2 = look.theme.tokens.text2
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(IconMark(look, "monitor", colour=text2, size=16), 0, _TOP)
        here = _("All of it happens on this computer. Nothing is kept.")
        foot.addWidget(PlainLabel(look, here, style=TextStyle.SECONDARY, colour=text2), 1)
        self.body.addLayout(foot)
        model.changed.connect(self._show)
        self._show()

    def _build_place(self, *, wide: bool) -> None:
        look = self._look
        _ = look.language.gettext
        title = PlainLabel(look, _("Drop a PDF here"), style=TextStyle.SUBTITLE)
        line = PlainLabel(
            look,
            _("Or choose a file. It is not opened in any other program."),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        disc = Disc(look, icon="file-search", tone=Tone.ACCENT, size=48)
        if wide:
            row = QHBoxLayout(self.place)
            row.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
            row.setSpacing(Space.L)
            row.addWidget(disc, 0, Qt.AlignmentFlag.AlignVCenter)
            words = QVBoxLayout()
            words.setSpacing(2)
            words.addWidget(title)
            words.addWidget(line)
            row.addLayout(words, 1)
            row.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignVCenter)
            return
        column = QVBoxLayout(self.place)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(disc, 0, _MIDDLE)
        for label in (title, line):
            label.setAlignment(_MIDDLE)
            column.addWidget(label)
        column.addSpacing(Space.XS)
        column.addWidget(self.choose, 0, _MIDDLE)

    def _show(self) -> None:
        model = self._model
        self._file.setVisible(model.file is not None)
        self._name.show_text("" if model.file is None else model.file.name)
        if self.cancel.hasFocus() and not model.is_working:
            self.choose.setFocus()
        self.cancel.setVisible(model.state is VerifyState.SLOW)


_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
