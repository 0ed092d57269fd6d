"""The paper that comes back: where it is brought in, and how far its reading has come."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.signatures.pages import PagesOfScan
from trygga_desktop.ui.screens.signatures.scan import ScanModel, ScanState
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.signatures.words import (
    flaw_message,
    kept_line,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.drop_place import DropPlace
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward
from trygga_desktop.ui.widgets.ways import message_banner


class ScanCard(Card):
    """One of: a place to drop the scan, how far its reading has come, or its pages."""

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        super().__init__(look, look.language.gettext("The signed paper"))
        self.setObjectName("scan")
        self._model = model
        self._look = look
        self.choose = Button(
            look, look.language.gettext("Choose the scan"), ButtonKind.PRIMARY, icon="folder-open"
        )
        self.choose.setObjectName("choose the scan")
        self.place = self._build_place()
        self._bar = ThinBar(look)
        self._told = PlainLabel(look, style=TextStyle.STRONG)
        self._reading = self._build_reading()
        self._flaw_place = QVBoxLayout()
        self._flaw: QWidget | None = None
        self._shown_flaw: object = None
        self._kept = QWidget()
        self._listed: object = None
        self._pages: PagesOfScan | None = None
        self.body.addLayout(self._flaw_place)
        for one in (self.place, self._reading, self._kept):
            self.body.addWidget(one)
        self._pages_place = QVBoxLayout()
        self.body.addLayout(self._pages_place, 1)
        model.changed.connect(self._show)
        self._show()

    @property
    def has_pages(self) -> bool:
        """Return whether pages stand in it, which take all the room there is."""
        return self._pages is not None

    @property
    def first_focus(self) -> QWidget:
        """Return the page that is shown, or what brings a scan in."""
        if self._pages is not None:
            return self._pages.first_focus
        return self.choose if self.choose.isVisibleTo(self) else self.stop

    def _build_place(self) -> DropPlace:
        look = self._look
        _ = look.language.gettext
        place = DropPlace(look)
        column = QVBoxLayout(place)
        column.setContentsMargins(Space.L, Space.XL, Space.L, Space.XL)
        column.setSpacing(Space.S)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Disc(look, icon="file-search", tone=Tone.ACCENT, size=48), 0, middle)
        title = PlainLabel(look, _("Drop the scan or the photos here"), style=TextStyle.SUBTITLE)
        line = PlainLabel(
            look,
            _(
                "PDF, JPEG or PNG, at most 50 MB, all pages together. It is read in a process of "
                "its own, without a network."
            ),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        for label in (title, line):
            label.setAlignment(middle)
            column.addWidget(label)
        column.addSpacing(Space.XS)
        column.addWidget(self.choose, 0, middle)
        return place

    def _build_reading(self) -> QWidget:
        look = self._look
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        row = QHBoxLayout()
        row.addWidget(self._told, 1)
        self.stop = Button(look, look.language.gettext("Stop"), icon="x", small=True)
        self.stop.setObjectName("stop")
        self.stop.clicked.connect(self._model.scan.cancel)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addWidget(self._bar)
        return reading

    @Slot()
    def _show(self) -> None:
        model, scan = self._model, self._model.scan
        is_idle = scan.state in {ScanState.NONE, ScanState.FAILED}
        is_shown = scan.found is not None
        had_focus = self.stop.hasFocus() or self.choose.hasFocus()
        self.place.setVisible(is_idle and model.may_record)
        self._reading.setVisible(not is_idle and not is_shown)
        self._show_progress(scan)
        self._show_flaw(scan)
        self._show_kept(is_idle=is_idle)
        self._show_pages(scan, is_shown=is_shown)
        if had_focus and not (self.stop.isVisibleTo(self) or self.choose.isVisibleTo(self)):
            self.first_focus.setFocus()
        elif had_focus and self.stop.isVisibleTo(self):
            self.stop.setFocus()

    def _show_progress(self, scan: ScanModel) -> None:
        _ = self._look.language.gettext
        number = self._look.language.number
        self._bar.show_share(scan.share)
        if scan.state is ScanState.MATCHING:
            self._told.show_text(_("Comparing the pages"))
        elif scan.pages:
            count = len(scan.pages)
            text = self._look.language.ngettext("{count} page read", "{count} pages read", count)
            self._told.show_text(text.format(count=number(count)))
        else:
            self._told.show_text(_("Reading the scan"))

    def _show_flaw(self, scan: ScanModel) -> None:
        shown = (scan.flaw, scan.state)
        if shown == self._shown_flaw:
            return
        is_first = self._shown_flaw is None
        self._shown_flaw = shown
        if self._flaw is not None:
            take_out(self._flaw)
            self._flaw = None
        if scan.flaw is not None:
            self._flaw = message_banner(self._look, flaw_message(scan.flaw, self._look.language))
            self._flaw_place.addWidget(self._flaw)
            if not is_first:
                come_forward(self._flaw)

    def _show_kept(self, *, is_idle: bool) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        scans = () if model.told is None else model.told.scans
        self._kept.setVisible(is_idle and bool(scans))
        if scans == self._listed:
            return
        self._listed = scans
        before = self._kept
        self._kept = QWidget()
        column = QVBoxLayout(self._kept)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S)
        for place, scan in enumerate(scans, start=1):
            if place > 1:
                column.addWidget(Divider(look))
            show = Button(look, _("Show"), small=True)
            show.setObjectName(f"show scan {place}")
            title = _("Scan {number}").format(number=look.language.number(place))
            show.setAccessibleName(_("Show {scan}").format(scan=title))
            show.clicked.connect(partial(model.show_kept, scan))
            line = kept_line(scan, model.who_kept(scan), look.language)
            colour = look.theme.tokens.ok
            column.addWidget(
                IconRow(look, icon="file-text", title=title, line=line, colour=colour, button=show)
            )
        self.body.replaceWidget(before, self._kept)
        take_out(before)
        self._kept.setVisible(is_idle and bool(scans))

    def _show_pages(self, scan: ScanModel, *, is_shown: bool) -> None:
        if self._pages is not None and (not is_shown or self._pages.pages is not scan.pages):
            take_out(self._pages)
            self._pages = None
        if is_shown and self._pages is None:
            self._pages = PagesOfScan(self._model, self._look)
            self._pages_place.addWidget(self._pages)
            self._pages.show()
        elif self._pages is not None:
            self._pages.show_page()


class FileCard(Card):
    """The other way: the file itself, signed somewhere else."""

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Signed in the file itself"))
        self.setObjectName("signed file")
        self._model = model
        self.take = Button(look, _("Take in a signed file…"), icon="folder-open")
        self.take.setObjectName("take in a file")
        line = _(
            "From a service for electronic signatures. It is verified first: nothing but signatures"
            " may have been added to what was sealed here."
        )
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        self.body.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        model.changed.connect(self._show)
        # Shown before it stands on a page, it would be a window of its own.
        if not self._is_wanted:
            self.hide()

    @property
    def _is_wanted(self) -> bool:
        return self._model.takes_files and self._model.scan.found is None

    @Slot()
    def _show(self) -> None:
        self.setVisible(self._is_wanted)
        self.take.setEnabled(not self._model.is_working)
