"""The protocol: chips for whom, the pages, and at the right what goes onto paper or into a file."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.sealing import ProtocolStep
from trygga_desktop.ui.leaving import News, PagesState
from trygga_desktop.ui.paper_words import save_message, told_message
from trygga_desktop.ui.screens.protocol.side import Side
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    ProtocolViewModel,
    Target,
    Way,
)
from trygga_desktop.ui.screens.protocol.words import (
    before_protection_message,
    confirm_message,
    left_out_message,
    name_of,
    not_printed,
    outdated_message,
    protected_message,
    sealed_pill,
    shown_steps,
    step_words,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.signing_words import state_pill
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.phase_steps import PhaseSteps
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import (
    ask_for_file,
    confirm_banner,
    message_banner,
    replace_banner,
)

_SIDE = 366
_NARROW = 820


class _Offered(NamedTuple):
    """A chip: which pages it leads to, and what stands on it."""

    target: Target
    text: str
    icon: str


class ProtocolView(QWidget):
    """Focus starts in the chips. Dialogs of the system are opened here, and block nothing."""

    def __init__(
        self,
        model: ProtocolViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        # Imported here: whoever never opens a protocol does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415
        from trygga_desktop.ui.widgets.pages_place import PagesPlace  # noqa: PLC0415

        super().__init__(parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        _ = look.language.gettext
        back = _("The plan") if model.leads_to_plan else _("The meetings")
        self._back = Button(look, back, ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._header: QWidget | None = None
        self._steps_place = QHBoxLayout()
        self._steps: PhaseSteps | None = None
        self._chips = Chips(look, _("For whom the protocol is"))
        self._chips.chosen.connect(self._choose)
        self._targets: list[Target] = []
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] = ()
        self._left_out = (0, False, False)
        self._left_out_banner: list[QWidget] = []
        self._pages = PagesPlace(look, model.load)
        self._side = Side(model, look)
        self._side.print.clicked.connect(self._print)
        self._side.save.clicked.connect(self._save)
        self._titled: object = None
        self._listed: object = None
        self._lay_out()
        model.changed.connect(self._show)
        model.seal.done.connect(self._go_to_chips)
        self._show()
        self.commands = (
            Command(_("Print the protocol"), ("Ctrl+P",), self._print),
            Command(_("Save as PDF"), ("Ctrl+S",), self._save),
            Command(_("Seal the protocol…"), ("Ctrl+Shift+L",), self._seal),
            Command(_("Signatures…"), ("Ctrl+Shift+I",), model.open_signatures),
            Command(_("Write an addendum…"), ("Ctrl+Shift+A",), model.begin_addendum),
            Command(_("Remarks and approval…"), ("Ctrl+Shift+R",), model.seal.begin_approval),
            Command(_("Excerpts…"), ("Ctrl+Shift+E",), model.show_excerpts),
            Command(
                _("Back to the plan") if model.leads_to_plan else _("Back to the meetings"),
                ("Alt+Left",),
                model.go_back,
            ),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the chosen chip, or the way back while there are no pages to choose."""
        for chip in self._chips.chips:
            if chip.isChecked() and self._model.state is not PagesState.FAILED:
                return chip
        return self._back

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        first = QHBoxLayout()
        first.setSpacing(Space.L)
        first.addWidget(self._back)
        first.addStretch(1)
        first.addLayout(self._steps_place)
        column.addLayout(first)
        column.addLayout(self._top)
        column.addWidget(self._chips)
        column.addLayout(self._banners)
        main, side = self._pages, self._side
        self._body = TwoColumns(
            self._look, main, side, fixed=side, width=_SIDE, narrow=_NARROW, first_fills=True
        )
        column.addWidget(self._body, 1)

    @Slot()
    def _show(self) -> None:
        self._show_title()
        self._show_chips()
        self._show_left_out()
        self._show_banners()
        self._show_pages()
        keep_tab_order(
            self._back,
            [self._chips],
            self._left_out_banner,
            self._shown_banners,
            [self._pages.card],
            self._pages.instead,
            [self._side],
        )

    def _show_title(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        plan = model.plan_version if model.target.is_plan else 0
        steps = model.steps if model.composed is not None else frozenset()
        titled = (model.meeting_number, model.case_number, model.sealed, plan, steps)
        if titled == self._titled:
            return
        self._titled = titled
        if self._header is not None:
            take_out(self._header)
        title = (
            _("Protocol, meeting {number}").format(number=model.meeting_number)
            if model.meeting_number
            else _("Protocol")
        )
        if plan:
            title = _("Plan, version {number}, meeting {meeting}").format(
                number=plan, meeting=model.meeting_number
            )
        number = make_visible(model.case_number, lines=False)
        crumbs = (number, _("Meetings")) if number else (_("Meetings"),)
        pills = [Pill(look, _("Draft"), tone=Tone.WARN, icon="pencil")]
        if ProtocolStep.APPROVED in steps:
            approved = step_words(ProtocolStep.APPROVED, look.language)
            pills = [Pill(look, approved, tone=Tone.OK, icon="list-checks")]
        if model.sealed is not None:
            text = sealed_pill(model.sealed, look.language)
            pills = [Pill(look, text, tone=Tone.OK, icon="shield-check")]
        if model.sealed is not None and model.sealed.signing is not None:
            signing = state_pill(model.sealed.signing, look.language)
            pills.append(Pill(look, signing.text, tone=signing.tone, icon=signing.icon))
        self._header = PageHeader(look, title, crumbs=crumbs, pills=tuple(pills))
        self._top.addWidget(self._header)
        self._show_steps(steps)

    def _show_steps(self, reached: frozenset[ProtocolStep]) -> None:
        """Show what the protocol has become, beside the way back: that costs no height."""
        if self._steps is not None:
            take_out(self._steps)
            self._steps = None
        if reached:
            self._steps = PhaseSteps(self._look, shown_steps(reached, self._look.language))
            self._steps_place.addWidget(self._steps)

    def _show_chips(self) -> None:
        model = self._model
        plan = model.plan_version if model.offers_plan else 0
        # Beside the plan stands the protocol alone: who has what of that is found there.
        offered = () if model.target.is_plan else self._protocols()
        chips = (*offered, *_plans(plan, self._look))
        if model.target.is_plan:
            text = self._look.language.gettext("The protocol")
            chips = (*chips, _Offered(Target(Audience.ROOM), text, "file-text"))
        if chips != self._listed:
            self._listed = chips
            had_focus = any(chip.hasFocus() for chip in self._chips.chips)
            self._chips.clear()
            self._targets = [one.target for one in chips]
            for one in chips:
                self._chips.add(Chip(self._look, one.text, icon=one.icon))
            self._check()
            if had_focus:
                self.first_focus.setFocus()
        self._check()

    def _protocols(self) -> tuple[_Offered, ...]:
        """Return for whom there is a protocol, and what corrects it."""
        model = self._model
        _ = self._look.language.gettext
        # Once it is sealed a person's chip leads to the excerpt: who has none has no chip.
        people = [one for one in model.recipients if one.excerpt_id or not model.is_sealed]
        return (
            _Offered(Target(Audience.ROOM), _("Everyone around the table"), "users-round"),
            _Offered(Target(Audience.BOARD), _("The board's file"), "landmark"),
            *(
                _Offered(Target(Audience.PERSON, one.id), name_of(one), "user-round")
                for one in people
            ),
            *(
                _Offered(
                    Target(Audience.ADDENDUM, one.protocol.id),
                    _("Addendum {number}").format(number=one.protocol.addendum_number),
                    "file-pen-line",
                )
                for one in model.addenda
            ),
        )

    def _check(self) -> None:
        if self._model.target in self._targets:
            self._chips.check(self._targets.index(self._model.target))

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._model.choose(self._targets[place])
        # While pages are on their way to paper nobody else is chosen.
        self._check()

    def _show_pages(self) -> None:
        model = self._model
        self._pages.show_pages(model.composed, model.state, model.trouble)
        self._side.show_pages(self._pages.page_count)
        self._side.setVisible(model.state is not PagesState.FAILED)

    def _show_left_out(self) -> None:
        """Say before anything is printed that the pages lack something, or hold too much."""
        # Whoever is asked about it is told of it there.
        is_outdated = self._model.is_outdated and self._model.to_confirm is None
        left_out = (self._model.left_out, is_outdated, self._model.leads_to_protected)
        if left_out == self._left_out:
            return
        self._left_out = left_out
        take_out(*self._left_out_banner)
        self._left_out_banner = []
        messages = [left_out_message(left_out[0], self._look.language)] if left_out[0] else []
        if is_outdated and self._model.leads_to_protected:
            messages.append(before_protection_message(self._look.language))
        elif is_outdated:
            target, language = self._model.target, self._look.language
            is_whole = target.audience not in {Audience.ROOM, Audience.PLAN}
            messages.append(outdated_message(language, is_whole=is_whole, is_plan=target.is_plan))
        for place, message in enumerate(messages):
            self._left_out_banner.append(message_banner(self._look, message))
            self._banners.insertWidget(place, self._left_out_banner[place])

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        failed = model.state is PagesState.FAILED
        told = (
            model.to_replace,
            model.to_confirm,
            model.print_flaw,
            model.save_flaw,
            None if failed else model.trouble,
            model.told,
        )
        if told == self._told:
            return
        is_first = not self._told
        self._told = told
        lost = self._holds_focus()
        take_out(*self._shown_banners)
        self._shown_banners = []
        language = look.language
        question = self._question()
        if question is not None:
            self._shown_banners.append(question)
        elif model.print_flaw is not None:
            message = not_printed(model.print_flaw, model.spent, language)
            self._shown_banners.append(message_banner(self._look, message, self._save_instead()))
        elif model.save_flaw is not None:
            message = save_message(model.save_flaw, language)
            self._shown_banners.append(message_banner(self._look, message, self._save_instead()))
        elif model.trouble is not None and not failed:
            self._shown_banners.append(trouble_banner(look, model.trouble))
        elif model.told is not None:
            ways = (self._show_kept(),) if model.told.news is News.SEALED_SINCE else ()
            message = told_message(model.told, language)
            self._shown_banners.append(message_banner(self._look, message, *ways))
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if self._shown_banners and not is_first:
            come_forward(self._shown_banners[0])
        elif lost:
            self.first_focus.setFocus()

    def _holds_focus(self) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one.isAncestorOf(focus) for one in self._shown_banners)

    def _show_kept(self) -> Button:
        _ = self._look.language.gettext
        button = Button(self._look, _("Show the text"), icon="file-search")
        button.setObjectName("show the kept text")
        button.clicked.connect(self._model.kept_wanted)
        return button

    def _save_instead(self) -> Button:
        _ = self._look.language.gettext
        button = Button(self._look, _("Save as PDF"), icon="download")
        button.setObjectName("save instead")
        button.clicked.connect(self._save)
        return button

    def _question(self) -> QWidget | None:
        """Return what has to be answered before the pages leave, if anything."""
        model = self._model
        if model.to_replace is not None:
            return self._ask_to_replace(model.to_replace)
        return None if model.to_confirm is None else self._confirm_banner(model.to_confirm)

    def _confirm_banner(self, way: Way) -> QWidget:
        model, language = self._model, self._look.language
        _ = language.gettext
        is_print = way is Way.PRINT
        if model.leads_to_protected:
            message = before_protection_message(language, is_asked=True)
        elif model.is_outdated:
            message = confirm_message(language)
        else:
            message = protected_message(language)
        return confirm_banner(
            self._look,
            message,
            text=_("Print it all the same") if is_print else _("Save it all the same"),
            to_type=model.to_type,
            keep=model.keep,
            confirm=partial(self._go_on, way),
        )

    def _go_on(self, way: Way, typed: str) -> None:
        self._model.confirm(typed)
        if way is Way.PRINT:
            self._print()
        else:
            self._save()

    def _ask_to_replace(self, file: Path) -> QWidget:
        return replace_banner(
            self._look, file, other_name=self._choose_again, replace=self._model.replace
        )

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _go_to_chips(self) -> None:
        """Go where the focus can stay: what was pressed goes away while the pages are read."""
        self.first_focus.setFocus()

    @Slot()
    def _seal(self) -> None:
        if self._side.seal.isVisibleTo(self):
            self._model.seal.begin_seal()

    @Slot()
    def _print(self) -> None:
        model = self._model
        if not model.may_leave or model.composed is None or model.must_confirm(Way.PRINT):
            return
        _ = self._look.language.gettext
        is_draft = model.sealed is None
        title = _("Print the draft") if is_draft else _("Print the protocol")
        dialog = self._ask_printer(self, title, self._pages.page_count, model.print_on)
        if dialog is None:
            model.tell_no_printer()
        else:
            dialog.rejected.connect(model.take_back_confirmation)

    @Slot()
    def _save(self) -> None:
        model = self._model
        if not model.may_leave or model.composed is None or model.must_confirm(Way.SAVE):
            return
        _ = self._look.language.gettext
        dialog = ask_for_file(
            self,
            title=_("Save as PDF"),
            file_name=model.composed.file_name,
            chosen=self._save_as,
        )
        dialog.rejected.connect(model.take_back_confirmation)

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))


def _plans(version: int, look: Look) -> tuple[_Offered, ...]:
    """Return the plan that the meeting agreed on, for each who has it; nothing for none."""
    if not version:
        return ()
    _ = look.language.gettext
    told = (
        (Audience.PLAN, _("Plan, version {number}"), "users-round"),
        (Audience.PLAN_BOARD, _("Plan, version {number}, the board's file"), "landmark"),
    )
    return tuple(
        _Offered(Target(audience), text.format(number=version), icon)
        for audience, text, icon in told
    )
