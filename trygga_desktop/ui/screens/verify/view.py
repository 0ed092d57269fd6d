"""Verifying a file: where it is chosen or dropped, and what was found of it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.verify.answer_card import AnswerCard
from trygga_desktop.ui.screens.verify.file_card import FileCard
from trygga_desktop.ui.screens.verify.paper_card import PaperCard
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.vault_frame import promise_panel

WIDEST = 760

_SIDE = 366
_NARROW = 820


class VerifyView(QWidget):
    """On the desk the file stands at the right; before a vault is open it stands above the answer.

    Focus starts in the button that chooses a file.
    """

    def __init__(
        self,
        model: VerifyViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        at_desk: bool = True,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._at_desk = at_desk
        self.setAcceptDrops(True)
        _ = look.language.gettext
        self._file = FileCard(model, look, wide=not at_desk)
        self._file.choose.clicked.connect(self._ask_for_file)
        self._answer = AnswerCard(model, look)
        self._side = QWidget()
        self.first_focus: QWidget = self._file.choose
        self.commands = (Command(_("Choose a file"), ("Ctrl+O",), self._ask_for_file),)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        if at_desk:
            self._lay_out_desk()
        else:
            self._lay_out_vault()
        model.changed.connect(self._keep_order)
        self._keep_order()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files, and nothing else."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._file.place.show_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """Show that nothing is held over it any more."""
        super().dragLeaveEvent(event)
        self._file.place.show_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Have the dropped file verified."""
        self._file.place.show_over(is_over=False)
        event.acceptProposedAction()
        self.take(event.mimeData())

    def take(self, dropped: QMimeData) -> None:
        """Have the one file verified that was dropped, or say that it was not one file."""
        files = [url.toLocalFile() for url in dropped.urls()]
        if len(files) == 1 and files[0]:
            self._model.choose(Path(files[0]))
        else:
            self._model.refuse_many()

    def _lay_out_desk(self) -> None:
        look = self._look
        _ = look.language.gettext
        line = _("Is it still what was sealed?")
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.L)
        beside.addWidget(self._file)
        if self._model.paper is not None:
            beside.addWidget(PaperCard(self._model.paper, look))
        self._column.addWidget(PageHeader(look, _("Verify a protocol"), line=line))
        self._column.addWidget(
            TwoColumns(
                look, self._answer, self._side, fixed=self._side, width=_SIDE, narrow=_NARROW
            )
        )
        self._column.addStretch(1)

    def _lay_out_vault(self) -> None:
        look = self._look
        _ = look.language.gettext
        self.panel = promise_panel(look)
        back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        back.setObjectName("back")
        back.start_column()
        back.clicked.connect(self._model.go_back)
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(PlainLabel(look, _("Verify a protocol"), style=TextStyle.DISPLAY))
        self._column.addWidget(self._file)
        self._column.addWidget(self._answer)

    @Slot()
    def _keep_order(self) -> None:
        # What is found is made anew each time, and Tab would reach it last.
        first, second = (self._answer, self._side) if self._at_desk else (self._file, self._answer)
        keep_tab_order([first], [second])

    @Slot()
    def _ask_for_file(self) -> None:
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose the protocol"))
        dialog.setObjectName("choose file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["PDF (*.pdf)", _("All files (*)")])
        dialog.fileSelected.connect(self._take_file)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _take_file(self, file: str) -> None:
        self._model.choose(Path(file))
