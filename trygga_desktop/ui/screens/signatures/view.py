"""The signatures on a paper: at the left the paper that comes back, at the right who signs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.signatures.scan_card import FileCard, ScanCard
from trygga_desktop.ui.screens.signatures.signers_card import SignersSide
from trygga_desktop.ui.screens.signatures.view_model import SignaturesState, SignaturesViewModel
from trygga_desktop.ui.screens.signatures.words import file_message, news_message, title_words
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.signing_words import state_pill
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import message_banner

_SIDE = 366
_NARROW = 820


class SignaturesView(QWidget):
    """Focus starts in what brings the scan in. Files may be dropped anywhere on the page."""

    def __init__(
        self, model: SignaturesViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.setAcceptDrops(True)
        _ = look.language.gettext
        self._back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._header: QWidget | None = None
        self._titled: object = None
        self._banners = QVBoxLayout()
        self._banner: QWidget | None = None
        self._told: object = None
        self._scan = ScanCard(model, look)
        self._scan.choose.clicked.connect(self._ask_for_scan)
        self._side = SignersSide(model, look)
        self._side.left_behind.connect(self._go_to_first)
        self._file = FileCard(model, look)
        self._file.take.clicked.connect(self._ask_for_file)
        self._failure: QWidget | None = None
        main = QWidget()
        self._main = QVBoxLayout(main)
        self._main.setContentsMargins(0, 0, 0, 0)
        self._main.setSpacing(Space.M)
        self._main.addWidget(self._scan)
        self._main.addWidget(self._file)
        self._main.addStretch(1)
        self._body = TwoColumns(
            look, main, self._side, fixed=self._side, width=_SIDE, narrow=_NARROW, first_fills=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addLayout(self._banners)
        column.addWidget(self._body, 1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Choose the scan"), ("Ctrl+O",), self._ask_for_scan),
            Command(_("Take in a signed file…"), ("Ctrl+Shift+O",), self._ask_for_file),
            Command(_("Keep the scan"), ("Ctrl+S",), model.keep_scan),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return what brings the scan in, or the way back while there is nothing."""
        if self._model.state is SignaturesState.FAILED or self._model.told is None:
            return self._back
        first = self._scan.first_focus
        return first if first.isVisibleTo(self) else self._back

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's name
        """Take files, and nothing else."""
        if event.mimeData().hasUrls() and self._model.may_record:
            event.acceptProposedAction()
            self._scan.place.show_over(is_over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  Qt's name
        """Show that nothing is held over it any more."""
        super().dragLeaveEvent(event)
        self._scan.place.show_over(is_over=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's name
        """Have the dropped files read."""
        self._scan.place.show_over(is_over=False)
        event.acceptProposedAction()
        self.take(event.mimeData())

    def take(self, dropped: QMimeData) -> None:
        """Have the files read that were dropped."""
        files = [Path(url.toLocalFile()) for url in dropped.urls() if url.toLocalFile()]
        self._model.scan.bring(files)

    @Slot()
    def _show(self) -> None:
        self._show_title()
        self._show_banner()
        self._show_failure()
        # Pages scroll in their own place: whom one ticks stays beside them.
        self._main.setStretch(0, int(self._scan.has_pages))
        self._main.setStretch(2, int(not self._scan.has_pages))
        banners = [] if self._banner is None else [self._banner]
        keep_tab_order(self._back, banners, [self._scan], [self._file], self._side.parts)

    def _show_title(self) -> None:
        told, look = self._model.told, self._look
        _ = look.language.gettext
        titled = None if told is None else (told.paper.id, told.state)
        if titled == self._titled and self._header is not None:
            return
        self._titled = titled
        if self._header is not None:
            take_out(self._header)
        if told is None:
            self._header = PageHeader(look, _("Signatures"))
        else:
            title, way_there = title_words(told.paper, look.language)
            case = make_visible(told.case_number, lines=False)
            pill = state_pill(told.state, look.language)
            self._header = PageHeader(
                look,
                title,
                crumbs=(case, *way_there),
                pills=(Pill(look, pill.text, tone=pill.tone, icon=pill.icon),),
            )
        self._top.addWidget(self._header)

    def _show_banner(self) -> None:
        model, language = self._model, self._look.language
        is_failed = model.state is SignaturesState.FAILED
        trouble = None if is_failed or model.asked is not None else model.trouble
        told = (trouble, model.file_flaw, model.news)
        if told == self._told:
            return
        is_first = self._told is None
        self._told = told
        if self._banner is not None:
            take_out(self._banner)
            self._banner = None
        if trouble is not None:
            self._banner = trouble_banner(self._look, trouble)
        elif model.file_flaw is not None:
            self._banner = message_banner(self._look, file_message(model.file_flaw, language))
        elif model.news is not None:
            self._banner = message_banner(self._look, news_message(model.news, language))
        if self._banner is not None:
            self._banners.addWidget(self._banner)
            if not is_first:
                come_forward(self._banner)

    def _show_failure(self) -> None:
        model, look = self._model, self._look
        is_failed = model.state is SignaturesState.FAILED and model.trouble is not None
        self._body.setVisible(model.told is not None and not is_failed)
        if self._failure is not None:
            take_out(self._failure)
            self._failure = None
        if is_failed and model.trouble is not None:
            again = Button(look, look.language.gettext("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card = problem_card(look, explain(model.trouble, look.language))
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            self._failure = card
            self._banners.addWidget(card)

    @Slot()
    def _go_to_first(self) -> None:
        self.first_focus.setFocus()

    @Slot()
    def _ask_for_scan(self) -> None:
        if not self._model.may_record:
            return
        _ = self._look.language.gettext
        kinds = _("Scans and photos (*.pdf *.jpg *.jpeg *.png)")
        dialog = self._dialog(_("Choose the scan"), kinds, QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._take_scan)

    @Slot()
    def _ask_for_file(self) -> None:
        if not self._model.takes_files:
            return
        _ = self._look.language.gettext
        title = _("Choose the signed file")
        dialog = self._dialog(title, "PDF (*.pdf)", QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take_file)

    def _dialog(self, title: str, kinds: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setObjectName("choose file")
        dialog.setFileMode(mode)
        dialog.setNameFilters([kinds, self._look.language.gettext("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)
        return dialog

    @Slot(list)
    def _take_scan(self, files: list[str]) -> None:
        self._model.scan.bring([Path(one) for one in files])

    @Slot(str)
    def _take_file(self, file: str) -> None:
        self._model.take_file(Path(file))
