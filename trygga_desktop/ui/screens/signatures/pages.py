"""The pages of a scan, one by one: what each of them is, what to say about it, its picture."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.matching import Fit, PageFound
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.signatures.words import (
    code_hint,
    found_message,
    page_words,
    stray_message,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.page_picture import PageView, image_of
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward
from trygga_desktop.ui.widgets.ways import message_banner

_LONGEST_CODE = 40
_LOWEST = 340


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
        self._leads: Button | None = None
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
        scan, look, stray = self._model.scan, self._look, self._model.stray
        if scan.found is None or (scan.found, stray) == self._summed or scan.is_kept:
            return
        is_first = self._summed is None
        self._summed = (scan.found, stray)
        had_focus = self._leads is not None and self._leads.hasFocus()
        told = found_message(scan.found, look.language, marks=self._model.may_mark)
        self._leads = None
        if stray is not None:
            told = stray_message(stray, look.language, is_all=self._model.is_all_stray)
            self._leads = self._way_elsewhere()
        message = message_banner(look, told, *([] if self._leads is None else [self._leads]))
        if self._summary is not None:
            take_out(self._summary)
        self._summary = message
        self._column.insertWidget(0, message)
        message.show()
        come_forward(message, focus=is_first)
        if had_focus:
            (self._leads or self.first_focus).setFocus()

    def _way_elsewhere(self) -> Button:
        look, is_all = self._look, self._model.is_all_stray
        _ = look.language.gettext
        way = Button(look, _("Bring it in there") if is_all else _("Go to that paper"))
        way.setObjectName("go elsewhere")
        way.clicked.connect(self._model.go_elsewhere)
        return way

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
            aside = self._aside_button(_("It is no page of this paper"), is_aside=True)
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
            _("Which page of the paper?"),
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
