"""The paper that comes back: where it is brought in, its pages, and what each of them is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.matching import Fit, PageFound
from trygga_desktop.ui.screens.signatures.scan import ScanModel, ScanState
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.signatures.words import (
    code_hint,
    flaw_message,
    found_message,
    kept_line,
    page_words,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.drop_place import DropPlace
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.page_picture import PageView, image_of
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward
from trygga_desktop.ui.widgets.ways import message_banner

_LONGEST_CODE = 40
_LOWEST = 340


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
            self._told.show_text(_("Comparing the pages with the protocol"))
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
        return self._model.may_record and self._model.scan.found is None

    @Slot()
    def _show(self) -> None:
        self.setVisible(self._is_wanted)
        self.take.setEnabled(not self._model.is_working)


class PagesOfScan(QWidget):
    """A chip for each page; below them what that page is, what to do about it, and its picture."""

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self.pages = model.scan.pages
        _ = look.language.gettext
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        self._summary: QWidget | None = None
        self._summed: object = None
        self._chips = Chips(look, _("Pages of the scan"))
        self._chips.chosen.connect(self._choose)
        self._column.addWidget(self._chips)
        self._told: QWidget | None = None
        self._said: object = None
        self._holder = QWidget()
        self._held = QVBoxLayout(self._holder)
        self._held.setContentsMargins(0, 0, Space.S, 0)
        self._held.addStretch(1)
        self._scroll = Page(self._holder)
        self._scroll.setMinimumHeight(look.theme.px(_LOWEST))
        self._picture: PageView | None = None
        self._pictured = 0
        self._marked: object = None
        self._field: Field | None = None
        self._column.addWidget(self._scroll, 1)
        self.show_page()

    @property
    def first_focus(self) -> QWidget:
        """Return the chip of the page that is shown."""
        return self._chips.chips[self._model.scan.shown - 1]

    def show_page(self) -> None:
        """Show the page that is chosen, and what is known of it by now."""
        scan = self._model.scan
        if scan.found is None:
            return
        self._show_summary()
        self._show_chips()
        self._show_told(scan.found.pages[scan.shown - 1])
        self._show_picture()

    def _show_summary(self) -> None:
        scan, look = self._model.scan, self._look
        if scan.found is None or scan.found == self._summed or scan.is_kept:
            return
        is_first = self._summed is None
        self._summed = scan.found
        message = message_banner(look, found_message(scan.found, look.language))
        if self._summary is not None:
            take_out(self._summary)
        self._summary = message
        self._column.insertWidget(0, message)
        message.show()
        come_forward(message, focus=is_first)

    def _show_chips(self) -> None:
        scan, look = self._model.scan, self._look
        found = () if scan.found is None else scan.found.pages
        marked = tuple((one.fit, one.page) for one in found)
        if marked != self._marked:
            had_focus = any(one.hasFocus() for one in self._chips.chips)
            self._marked = marked
            self._chips.clear()
            for one in found:
                told = page_words(one, look.language)
                icon = told.icon if one.fit.is_bar else "file-text"
                number = look.language.number(one.place)
                text = look.language.gettext("Page {number}").format(number=number)
                chip = Chip(look, text, icon=icon)
                chip.setAccessibleDescription(told.title)
                self._chips.add(chip)
            self._chips.check(scan.shown - 1)
            if had_focus:
                self.first_focus.setFocus()
        self._chips.check(scan.shown - 1)

    def _show_told(self, page: PageFound) -> None:
        said = (page, self._model.page_count)
        if said == self._said:
            self._show_hint()
            return
        self._said = said
        focus = focus_in(self)
        had_focus = self._told is not None and focus is not None and self._told.isAncestorOf(focus)
        if self._told is not None:
            take_out(self._told)
        self._field = None
        self._told = self._build_told(page)
        self._column.insertWidget(self._column.indexOf(self._chips) + 1, self._told)
        self._told.show()
        if had_focus:
            self.first_focus.setFocus()

    def _build_told(self, page: PageFound) -> QWidget:
        look, scan = self._look, self._model.scan
        _ = look.language.gettext
        told = QWidget()
        column = QVBoxLayout(told)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        words = page_words(page, look.language)
        ink = look.theme.tokens.tint(words.tone).ink
        column.addWidget(
            IconRow(look, icon=words.icon, title=words.title, line=words.text, colour=ink)
        )
        if scan.is_kept or not self._model.may_record:
            return told
        answer = scan.answers.get(page.place)
        if page.fit is Fit.NO_CODE:
            column.addWidget(self._code_field(page.place))
        if page.fit is Fit.UNSURE:
            column.addWidget(self._page_field(page.place))
        if page.fit in {Fit.NO_CODE, Fit.UNSURE}:
            aside = self._aside_button(_("It is no page of the protocol"), is_aside=True)
            column.addWidget(aside, 0, Qt.AlignmentFlag.AlignLeft)
        if page.fit is Fit.ASIDE:
            back = self._aside_button(_("It is a page after all"), is_aside=False)
            column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        elif answer is not None and page.fit is Fit.FITS and answer.page is not None:
            column.addWidget(self._page_field(page.place))
        return told

    def _code_field(self, place: int) -> Field:
        look, scan = self._look, self._model.scan
        typed = TextInput(look, text=scan.typed.get(place, ""), longest=_LONGEST_CODE)
        typed.setObjectName("code of a page")
        typed.textEdited.connect(scan.type_code)
        self._field = Field(look, look.language.gettext("Control code"), typed)
        self._show_hint()
        return self._field

    def _show_hint(self) -> None:
        if self._field is not None:
            hint = code_hint(self._model.scan.code_match, self._look.language)
            self._field.show_state(FieldState(hint.mark), hint.text)

    def _page_field(self, place: int) -> ChoiceField:
        look, scan = self._look, self._model.scan
        _ = look.language.gettext
        number = look.language.number
        choices: list[tuple[str, object]] = [(_("Not known"), None)]
        choices += [
            (_("Page {number}").format(number=number(one)), one)
            for one in range(1, self._model.page_count + 1)
        ]
        answer = scan.answers.get(place)

        def choose(page: object) -> None:
            scan.name_page(page if isinstance(page, int) else None)

        return ChoiceField(
            look,
            _("Which page of the protocol?"),
            choices,
            chosen=None if answer is None else answer.page,
            name="which page",
            choose=choose,
        )

    def _aside_button(self, text: str, *, is_aside: bool) -> Button:
        button = Button(self._look, text, small=True)
        button.setObjectName("put aside" if is_aside else "take back in")
        button.clicked.connect(partial(self._put_aside, is_aside=is_aside))
        return button

    def _put_aside(self, _: object = None, *, is_aside: bool) -> None:
        self.first_focus.setFocus()
        self._model.scan.put_aside(is_aside=is_aside)

    def _show_picture(self) -> None:
        shown, look = self._model.scan.shown, self._look
        if shown == self._pictured:
            return
        self._pictured = shown
        if self._picture is not None:
            take_out(self._picture)
        _ = look.language.gettext
        name = _("Page {number} of the scan").format(number=look.language.number(shown))
        self._picture = PageView(look, image_of(self.pages[shown - 1].picture), name)
        self._held.insertWidget(0, self._picture)
        self._picture.show()
        self._scroll.verticalScrollBar().setValue(0)

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._model.scan.show_page(place + 1)
