"""The pages of a plan: chips for which ones, the pages, and what stands on them at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.paper_words import missed_message, save_message, told_message
from trygga_desktop.ui.screens.plan_papers.choosing import LinesToChoose, PageLength
from trygga_desktop.ui.screens.plan_papers.view_model import Pages, PlanPapersViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import ask_for_file, message_banner, replace_banner

_SIDE = 330
_NARROW = 820


class PlanPapersView(QWidget):
    """Focus starts in the chips. Dialogs of the system are opened here, and block nothing."""

    def __init__(
        self,
        model: PlanPapersViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        # Imported here: whoever never opens a page does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415
        from trygga_desktop.ui.widgets.pages_place import PagesPlace  # noqa: PLC0415

        super().__init__(parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        _ = look.language.gettext
        self._offered = model.choices.offered
        back, title, to_back = self._place()
        self._back = Button(look, back, ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the plan")
        self._back.clicked.connect(model.go_back)
        self._chips = Chips(look, _("Which pages"))
        self._chips.chosen.connect(self._choose)
        kinds = self._kinds()
        for pages in self._offered:
            icon, text = kinds[pages]
            chip = Chip(look, text, icon=icon)
            chip.setObjectName(f"pages {pages}")
            self._chips.add(chip)
        if len(self._offered) == 1:
            self._chips.hide()
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown: list[QWidget] = []
        self._told: tuple[object, ...] = ()
        self._pages = PagesPlace(look, model.load)
        self._side = self._build_side()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PageHeader(look, title))
        column.addWidget(self._chips)
        column.addLayout(self._banners)
        self._body = TwoColumns(
            look,
            self._pages,
            self._side,
            fixed=self._side,
            width=_SIDE,
            narrow=_NARROW,
            first_fills=True,
        )
        column.addWidget(self._body, 1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Print the pages"), ("Ctrl+P",), self._print),
            Command(_("Save as PDF"), ("Ctrl+S",), self._save),
            Command(to_back, ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the chosen chip, or the way back where there is no choice or nothing to read."""
        for chip in self._chips.chips if len(self._offered) > 1 else ():
            if chip.isChecked() and self._model.state is not PagesState.FAILED:
                return chip
        return self._back

    def _place(self) -> tuple[str, str, str]:
        """Return where one came from, what these pages are called, and the words to go back."""
        _ = self._look.language.gettext
        if self._offered == (Pages.CLOSING,):
            return _("How the work ends"), _("The page of the end"), _("Back to the closing")
        if self._offered == (Pages.AGREEMENT,):
            return _("The agreement"), _("The pages of the agreement"), _("Back to the agreement")
        return _("The plan"), _("The pages of the plan"), _("Back to the plan")

    def _kinds(self) -> dict[Pages, tuple[str, str]]:
        _ = self._look.language.gettext
        return {
            Pages.MY_PLAN: ("user-round", _("My plan")),
            Pages.PLAN: ("file-text", _("The whole plan")),
            Pages.COMPARISON: ("git-compare-arrows", _("Comparison")),
            Pages.PROGRESS: ("trending-up", _("Progress")),
            Pages.CLOSING: ("flag", _("How the work ended")),
            Pages.AGREEMENT: ("handshake", _("Agreement")),
        }

    def _build_side(self) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        card = Card(look, _("What stands on them"))
        self._meaning = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        card.body.addWidget(self._meaning)
        self._length = PageLength(look)
        card.body.addWidget(self._length)
        self._phone = CheckBox(look, _("Show whom to ring"), checked=model.choices.shows_phone)
        self._phone.setObjectName("shows phone")
        self._phone.toggled.connect(self._choose_phone)
        self._meeting = CheckBox(
            look, _("Show the next meeting"), checked=model.choices.shows_meeting
        )
        self._meeting.setObjectName("shows meeting")
        self._meeting.toggled.connect(self._choose_meeting)
        card.body.addWidget(self._phone)
        card.body.addWidget(self._meeting)
        self._language = ComboBox(look, [("Svenska", "sv"), ("English", "en")])
        self._language.setObjectName("language")
        self._language.choose(model.choices.language)
        self._language.activated.connect(self._choose_language)
        card.body.addWidget(Field(look, _("Language"), self._language))
        column.addWidget(card)
        self._save_button = Button(look, _("Save as PDF"), icon="download")
        self._save_button.setObjectName("save as pdf")
        self._save_button.setToolTip("Ctrl+S")
        self._save_button.clicked.connect(self._save)
        self._print_button = Button(look, _("Print the pages"), ButtonKind.PRIMARY, icon="printer")
        self._print_button.setObjectName("print")
        self._print_button.setToolTip("Ctrl+P")
        self._print_button.clicked.connect(self._print)
        for button in (self._save_button, self._print_button):
            button.across()
            column.addWidget(button)
        self._lines = LinesToChoose(model, look)
        column.addWidget(self._lines)
        column.addStretch(1)
        return side

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._model.choose(pages=self._offered[place])
        self._check()

    @Slot(bool)
    def _choose_phone(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.choose(shows_phone=checked)

    @Slot(bool)
    def _choose_meeting(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.choose(shows_meeting=checked)

    @Slot()
    def _choose_language(self) -> None:
        self._model.choose(language=str(self._language.currentData()))

    def _check(self) -> None:
        self._chips.check(self._offered.index(self._model.choices.pages))

    @Slot()
    def _show(self) -> None:
        model, _ = self._model, self._look.language.gettext
        self._check()
        self._show_banners()
        self._pages.show_pages(model.composed, model.state, model.trouble)
        self._side.setVisible(model.state is not PagesState.FAILED)
        is_mine = model.choices.pages is Pages.MY_PLAN
        meanings = {
            Pages.MY_PLAN: _("A page in plain words for the young person. Only what they may see."),
            Pages.PLAN: _("All of the plan, for the board's own file."),
            Pages.COMPARISON: _("Two versions beside each other, for the board's own file."),
            Pages.PROGRESS: _("Own figures and actions, for the board's own file."),
            Pages.CLOSING: _("What became of each goal and commitment, for the board's own file."),
            Pages.AGREEMENT: _("What each undertakes, with lines for both to sign on."),
        }
        self._meaning.show_text(meanings[model.choices.pages])
        self._phone.setVisible(is_mine)
        self._meeting.setVisible(is_mine)
        self._show_length(is_mine=is_mine)
        for button in (self._save_button, self._print_button):
            button.setEnabled(model.composed is not None)
        keep_tab_order(
            self._back,
            [self._chips],
            self._shown,
            [self._pages.card],
            self._pages.instead,
            self._phone,
            self._meeting,
            self._language,
            self._save_button,
            self._print_button,
            *self._lines.boxes,
        )

    def _show_length(self, *, is_mine: bool) -> None:
        """Say how many pages it is; what stands on it is chosen where it would be more than one."""
        model = self._model
        # While new pages are made what was chosen stays where it is.
        if model.composed is not None:
            count = self._pages.page_count
            self._length.show_count(count)
            self._length.setVisible(is_mine and count > 0)
            is_long = count > 1 or bool(model.choices.left_off)
            self._lines.setVisible(is_mine and is_long and bool(model.offered))
        elif not is_mine:
            self._length.hide()
            self._lines.hide()
        if not self._lines.isHidden():
            self._lines.show_lines(model.offered, model.choices.left_off)

    def _show_banners(self) -> None:
        model = self._model
        failed = model.state is PagesState.FAILED
        told = (
            model.to_replace,
            model.print_flaw,
            model.save_flaw,
            None if failed else model.trouble,
            model.told,
        )
        if told == self._told:
            return
        is_first = not self._told
        self._told = told
        focus = focus_in(self)
        lost = focus is not None and any(one.isAncestorOf(focus) for one in self._shown)
        take_out(*self._shown)
        self._shown = self._build_banners(failed=failed)
        for one in self._shown:
            self._banners.addWidget(one)
        if self._shown and not is_first:
            come_forward(self._shown[0])
        elif lost:
            self.first_focus.setFocus()

    def _build_banners(self, *, failed: bool) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        if model.to_replace is not None:
            return [
                replace_banner(
                    look, model.to_replace, other_name=self._choose_again, replace=model.replace
                )
            ]
        if model.print_flaw is not None:
            message = missed_message(model.print_flaw, language)
            return [message_banner(look, message, self._save_instead())]
        if model.save_flaw is not None:
            message = save_message(model.save_flaw, language)
            return [message_banner(look, message, self._save_instead())]
        if model.trouble is not None and not failed:
            return [trouble_banner(look, model.trouble)]
        if model.told is not None:
            return [message_banner(look, told_message(model.told, language))]
        return []

    def _save_instead(self) -> Button:
        button = Button(self._look, self._look.language.gettext("Save as PDF"), icon="download")
        button.setObjectName("save instead")
        button.clicked.connect(self._save)
        return button

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _print(self) -> None:
        model = self._model
        if not model.may_leave:
            return
        title = self._look.language.gettext("Print the pages")
        dialog = self._ask_printer(self, title, self._pages.page_count, model.print_on)
        if dialog is None:
            model.tell_no_printer()

    @Slot()
    def _save(self) -> None:
        model = self._model
        if not model.may_leave:
            return
        ask_for_file(
            self,
            title=self._look.language.gettext("Save as PDF"),
            file_name=model.file_name,
            chosen=self._save_as,
            suffix="pdf",
            kinds="PDF (*.pdf)",
        )

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))
