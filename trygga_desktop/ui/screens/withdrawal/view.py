"""The withdrawal desk: that sharing is stopped, who has received what, and the letters."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.ui.case_words import phase_pill
from trygga_desktop.ui.paper_words import missed_message, save_message
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.withdrawal.news import told_message
from trygga_desktop.ui.screens.withdrawal.received_card import received_card
from trygga_desktop.ui.screens.withdrawal.side import letters_card, now_card
from trygga_desktop.ui.screens.withdrawal.stopped_card import stopped_card
from trygga_desktop.ui.screens.withdrawal.view_model import DeskState, WithdrawalViewModel
from trygga_desktop.ui.screens.withdrawal.words import DeskWords
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import ask_for_file, message_banner, replace_banner

_SIDE = 330
_NARROW = 900


class WithdrawalView(QWidget):
    """Focus starts in the letters. Dialogs of the system are opened here, and block nothing."""

    def __init__(
        self,
        model: WithdrawalViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        # Imported here: whoever never opens this page does not wait for Qt's printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415

        super().__init__(parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        self._reasons = ReasonWords(model.reasons_toml, look.language)
        _ = look.language.gettext
        self._back = Button(look, _("The consents"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the consents")
        self._back.clicked.connect(model.go_back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._top = QVBoxLayout()
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._body = QVBoxLayout()
        for part in (self._top, self._banners, self._body):
            self._column.addLayout(part)
        self._column.addStretch(1)
        self._parts: list[QWidget] = []
        self._shown_banners: list[QWidget] = []
        self._built: object = None
        self._told: tuple[object, ...] = ()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Print the letters"), ("Ctrl+P",), self._print),
            Command(_("Save the letter as PDF"), ("Ctrl+S",), self._save),
            Command(_("Back to the consents"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return what prints the letters, or the way back while there are none."""
        found = self.findChild(Button, "print")
        return found if isinstance(found, Button) else self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.found, model.chosen)
        if built != self._built:
            self._built = built
            self._build()
        self._show_banners()
        self._mark_leaving()
        keep_tab_order(self._back, *stops_in(*self._shown_banners, *self._parts))

    def _build(self) -> None:
        focus = focus_in(self)
        name = "" if focus is None else focus.objectName()
        had_focus = focus is not None and any(one.isAncestorOf(focus) for one in self._parts)
        take_out(*self._parts)
        self._parts = []
        model = self._model
        if model.found is not None and model.state is DeskState.READY:
            self._build_desk()
        else:
            instead = self._build_instead()
            if instead is not None:
                self._body.addWidget(instead)
                self._parts.append(instead)
        if had_focus:
            again = self.findChild(QWidget, name) if name else None
            (again if isinstance(again, QWidget) else self.first_focus).setFocus()

    def _build_desk(self) -> None:
        model, look = self._model, self._look
        found = model.found
        if found is None:
            return
        _ = look.language.gettext
        title = make_visible(found.row.title, lines=False, longest=LONGEST_NAME)
        number = "" if found.row.title == found.row.case_number else found.row.case_number
        who = " · ".join(one for one in (number, title) if one)
        phase = phase_pill(found.step.phase, look.language)
        private = _("Private: never shown on a shared screen")
        pills = (
            Pill(look, phase.text, tone=phase.tone, icon=phase.icon),
            Pill(look, private, tone=Tone.WARN, icon="eye-off"),
        )
        header = PageHeader(look, _("Withdrawal"), crumbs=(who, _("Consents")), pills=pills)
        self._top.addWidget(header)
        self._parts.append(header)
        words = DeskWords(found, look.language)
        if not found.stops:
            self._put(self._nothing_taken_back())
        self._put(self._columns(words))

    def _columns(self, words: DeskWords) -> QWidget:
        model, look = self._model, self._look
        main, side = QWidget(), QWidget()
        columns = []
        for box in (main, side):
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
            columns.append(column)
        left, right = columns
        found = model.found
        if found is not None and found.stops:
            title, text = words.banner()
            left.addWidget(banner(look, text, tone=Tone.OK, title=title, icon="shield-check"))
            left.addWidget(stopped_card(look, found, words, self._reasons))
        left.addWidget(received_card(look, words))
        left.addStretch(1)
        if found is not None and found.stops:
            letters = letters_card(look, model, words, print_all=self._print, save=self._save)
            right.addWidget(letters)
            right.addWidget(now_card(look, model, words))
        else:
            side.hide()
        right.addStretch(1)
        return TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)

    def _nothing_taken_back(self) -> QWidget:
        _ = self._look.language.gettext
        return banner(
            self._look,
            _("What was taken back has been given again, or is needed no more."),
            tone=Tone.INFO,
            title=_("Nothing is taken back today"),
        )

    def _build_instead(self) -> QWidget | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        match model.state:
            case DeskState.MORE_SCREENS:
                text = _(
                    "More than one screen is connected. What a withdrawal means is shown only "
                    "when a single one is."
                )
                return self._empty("monitor", _("Not while others may look on"), text)
            case DeskState.SLOW:
                return self._empty("hourglass", _("One moment"), _("The page is being opened."))
            case DeskState.FAILED if model.trouble is not None:
                card = problem_card(look, explain(model.trouble, look.language))
                again = Button(look, _("Try again"), icon="refresh-cw")
                again.setObjectName("try again")
                again.clicked.connect(model.load)
                card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
                return card
            case _:
                return None

    def _empty(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _put(self, part: QWidget) -> None:
        self._body.addWidget(part)
        self._parts.append(part)

    def _mark_leaving(self) -> None:
        """Say why nothing happens at once while the log is written."""
        _ = self._look.language.gettext
        is_logged = self._model.is_leaving and not self._model.is_printing
        told = _("Written into the log first.") if is_logged else ""
        for name in ("print", "save"):
            button = self.findChild(Button, name)
            if isinstance(button, Button):
                button.setAccessibleDescription(told)

    def _show_banners(self) -> None:
        model = self._model
        failed = model.state is DeskState.FAILED
        told = (
            model.to_replace,
            model.print_flaw,
            model.save_flaw,
            None if failed else model.trouble,
            model.told,
            self._is_broken(),
            self._is_unconfirmed(),
        )
        if told == self._told:
            return
        is_first = not self._told
        self._told = told
        focus = focus_in(self)
        lost = focus is not None and any(one.isAncestorOf(focus) for one in self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = self._build_banners()
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if any(told[:-2]) and not is_first:
            come_forward(self._shown_banners[0])
        elif lost:
            self.first_focus.setFocus()

    def _build_banners(self) -> list[QWidget]:
        model, language = self._model, self._look.language
        _ = language.gettext
        found: list[QWidget] = []
        if model.to_replace is not None:
            found.append(self._ask_to_replace(model.to_replace))
        elif model.print_flaw is not None:
            found.append(message_banner(self._look, missed_message(model.print_flaw, language)))
        elif model.save_flaw is not None:
            found.append(message_banner(self._look, save_message(model.save_flaw, language)))
        elif model.trouble is not None and model.state is not DeskState.FAILED:
            found.append(trouble_banner(self._look, model.trouble))
        elif model.told is not None:
            found.append(message_banner(self._look, told_message(model.told, language)))
        if self._is_broken():
            text = _("Ask the administrator to check the vault.")
            title = _("The recorded consents are not as they were left")
            found.append(banner(self._look, text, tone=Tone.WARN, title=title, icon="unlink"))
        elif self._is_unconfirmed():
            text = _("Nothing counts before somebody has compared the consents with the papers.")
            title = _("An older file was used")
            found.append(banner(self._look, text, tone=Tone.WARN, title=title))
        return found

    def _is_unconfirmed(self) -> bool:
        found = self._model.found
        return found is not None and found.confirmation is not Confirmation.CONFIRMED

    def _is_broken(self) -> bool:
        found = self._model.found
        return found is not None and found.chain is not ChainStanding.HOLDS

    def _ask_to_replace(self, file: Path) -> QWidget:
        return replace_banner(
            self._look, file, other_name=self._choose_again, replace=self._model.replace
        )

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _print(self) -> None:
        model = self._model
        if not model.may_leave:
            return
        title = self._look.language.gettext("Print the letters")
        # Each letter is a job of its own, of a page as a rule.
        dialog = self._ask_printer(self, title, 1, model.print_on)
        if dialog is None:
            model.tell_no_printer()

    @Slot()
    def _save(self) -> None:
        model = self._model
        letter = model.letter
        if letter is None or not model.may_leave:
            return
        _ = self._look.language.gettext
        ask_for_file(self, title=_("Save as PDF"), file_name=letter.file_name, chosen=self._save_as)

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))
