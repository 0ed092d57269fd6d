"""A packet that came: each change beside what lies here, and at the right from whom it is."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from trygga_desktop.domain.packets import Change, PartKind
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.packets import ToldField
from trygga_desktop.services.packets_in import Incoming, IncomingPart
from trygga_desktop.ui.packet_rows import PartRow, not_while_looked_on, why_not
from trygga_desktop.ui.packet_words import (
    ICONS,
    fields_text,
    kind_word,
    packet_flaw_words,
    part_flaw_text,
    part_pills,
)
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.packet_in.side import Side
from trygga_desktop.ui.screens.packet_in.view_model import InState, PacketInViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 366
_NARROW = 820


class PacketInView(QWidget):
    """Ctrl+O chooses a file, Tab goes through the changes, Ctrl+Enter takes in what is accepted."""

    def __init__(self, model: PacketInViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._words = ReasonWords(model.reasons_toml, look.language)
        _ = look.language.gettext
        is_of_plan = model.came_from is CaseTab.PLAN
        back = _("The plan") if is_of_plan else _("The meetings")
        self._back = Button(look, back, ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._banners = QVBoxLayout()
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] | None = None
        self._main = QWidget()
        self._main_column = QVBoxLayout(self._main)
        self._main_column.setContentsMargins(0, 0, 0, 0)
        self._main_column.setSpacing(Space.L)
        self._cards: list[QWidget] = []
        self._answers: dict[str, Segments] = {}
        self._first: QWidget | None = None
        self._shown: object = self
        self._side = Side(model, look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        line = _("Nothing changes here before you have answered each change and taken it in.")
        crumbs = [_("The plan") if is_of_plan else _("Meetings")]
        column.addWidget(PageHeader(look, _("Take in a packet"), crumbs=crumbs, line=line))
        column.addLayout(self._banners)
        main, side = self._main, self._side
        column.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Choose a packet"), ("Ctrl+O",), self._ask_for_file),
            Command(_("Take in"), ("Ctrl+Return", "Ctrl+Enter"), model.take_in),
            Command(
                _("Back to the plan") if is_of_plan else _("Back to the meetings"),
                ("Alt+Left",),
                model.go_back,
            ),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first change, the button that chooses a file, or the way back."""
        return self._first or self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        is_empty = model.state in {InState.EMPTY, InState.READING}
        shown = (model.found, is_empty, model.taken_at, model.is_alone)
        if shown != self._shown:
            self._shown = shown
            self._show_cards()
        for key, answer in self._answers.items():
            answer.choose(model.answers.get(key))
        self._show_banners()
        keep_tab_order(self._back, *stops_in(*self._shown_banners, *self._cards, self._side))

    def _show_cards(self) -> None:
        focus = focus_in(self)
        had_focus = focus is not None and self._main.isAncestorOf(focus)
        take_out(*self._cards)
        self._answers, self._first = {}, None
        model = self._model
        is_ready = model.is_alone and model.found is not None and model.state is not InState.TAKEN
        self._cards = self._changes(model.found) if is_ready and model.found else [self._instead()]
        for one in self._cards:
            self._main_column.addWidget(one)
            one.show()
        self._side.setVisible(is_ready)
        if had_focus:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _instead(self) -> QWidget:
        return self._empty() if self._model.is_alone else not_while_looked_on(self._look)

    def _empty(self) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        is_over = model.state is InState.TAKEN
        choose = Button(look, _("Choose another") if is_over else _("Choose a packet"))
        choose.setObjectName("choose packet")
        choose.setToolTip("Ctrl+O")
        choose.clicked.connect(self._ask_for_file)
        self._first = choose
        card = Card(look)
        title = _("Which packet?")
        text = _("A file that ends in .trygga-packet. It is looked at first, and changes nothing.")
        if is_over:
            title, text = _("It is taken in"), _("What you accepted lies in the case now.")
        icon = "circle-check" if is_over else "folder-open"
        card.body.addWidget(EmptyState(look, icon=icon, title=title, text=text, buttons=(choose,)))
        return card

    def _changes(self, found: Incoming) -> list[QWidget]:
        look, language = self._look, self._look.language
        _ = language.gettext
        asked = self._model.asked
        flawed = [one for one in found.parts if one.flaw is not None]
        quiet = [one for one in found.parts if one not in asked and one not in flawed]
        cards: list[QWidget] = []
        groups = (
            (_("To answer"), asked, self._asked),
            (_("Cannot be taken in"), flawed, self._flawed),
            (_("Asks for nothing"), quiet, self._quiet),
        )
        for title, parts, build in groups:
            if not parts:
                continue
            card = Card(look, title, note=language.number(len(parts)))
            for place, one in enumerate(parts):
                if place:
                    card.body.addWidget(Divider(look))
                card.body.addWidget(build(one))
            cards.append(card)
        if not asked:
            card = Card(look)
            line = _("Nothing in this packet is new here. Take it in, and its sender need not ask.")
            card.body.addWidget(PlainLabel(look, line))
            cards.insert(0, card)
        return cards

    def _asked(self, part: IncomingPart) -> QWidget:
        look, language = self._look, self._look.language
        _ = language.gettext
        title = kind_word(part.kind, language)
        pills = part_pills(part, language)
        if part.must_be_tried:
            pills.append(self._words.pill(Reason.NEEDS_MARKING))
        row = PartRow(
            look,
            icon=ICONS[part.kind],
            title=title,
            pills=pills,
            quiet=self._source(part),
        )
        text2 = look.theme.tokens.text2
        is_removed = part.kind is PartKind.REMOVED_LINE
        if part.before:
            label = PlainLabel(look, _("Here now"), style=TextStyle.LABEL, colour=text2)
            row.column.addWidget(label)
            row.column.addWidget(PlainLabel(look, self._text(part.before)))
        if part.before and not is_removed:
            label = PlainLabel(look, _("In the packet"), style=TextStyle.LABEL, colour=text2)
            row.column.addWidget(label)
        text = self._text(part.before if is_removed else part.after)
        if not is_removed:
            row.column.addWidget(PlainLabel(look, text))
        if part.must_be_tried:
            line = _(
                "Nobody has answered whether an exclusion or a limit here touches it. Once taken "
                "in it is told to no other agency before somebody has."
            )
            row.column.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        refuse = _("Leave it out") if part.change is Change.NEW else _("Keep ours")
        accept = _("Take it in") if part.change is Change.NEW else _("Take theirs")
        if is_removed:
            accept = _("Remove it here too")
        spoken = f"{title}, {make_visible(text, lines=False, longest=LONGEST_NAME)}"
        answer = Segments(
            look,
            spoken,
            [
                Segment(value=True, text=accept, icon="check"),
                Segment(value=False, text=refuse, icon="x"),
            ],
        )
        answer.setObjectName(f"answer {part.key}")
        answer.chosen.connect(partial(self._answer, part.key))
        row.column.addWidget(answer)
        self._answers[part.key] = answer
        if self._first is None:
            self._first = stops_in(answer)[0]
        return row

    def _flawed(self, part: IncomingPart) -> QWidget:
        language = self._look.language
        pills = part_pills(part, language)
        why = "" if part.flaw is None else part_flaw_text(part.flaw, language)
        reason = why_not(part.decision, self._words)
        if part.decision is not None and not part.decision.allowed:
            pills = [self._words.pill(part.decision.reason)]
        return PartRow(
            self._look,
            icon=ICONS[part.kind],
            title=kind_word(part.kind, language),
            pills=pills,
            lines=[why],
            quiet=" · ".join(one for one in (reason, self._source(part)) if one),
        )

    def _quiet(self, part: IncomingPart) -> QWidget:
        language = self._look.language
        return PartRow(
            self._look,
            icon=ICONS[part.kind],
            title=kind_word(part.kind, language),
            pills=part_pills(part, language),
            lines=[self._text(part.before or part.after)],
        )

    def _text(self, fields: Iterable[ToldField]) -> str:
        found = self._model.found
        return "" if found is None else fields_text(fields, found.catalogue, self._look.language)

    def _source(self, part: IncomingPart) -> str:
        language = self._look.language
        _ = language.gettext
        name = make_visible(part.organisation, lines=False, longest=LONGEST_NAME)
        day = language.date_short(part.known_on)
        if not name:
            return _("From somebody unknown here, {day}").format(day=day)
        return _("From {organisation}, {day}").format(organisation=name, day=day)

    def _answer(self, key: str, accepts: object) -> None:
        self._model.answer(key, accepts=bool(accepts))

    def _show_banners(self) -> None:
        model = self._model
        told = (model.flaw, model.trouble, model.taken_at)
        if told == self._told:
            return
        is_first, self._told = self._told is None, told
        take_out(*self._shown_banners)
        self._shown_banners = self._build_banners()
        for one in self._shown_banners:
            self._banners.addWidget(one)
            one.show()
            if not is_first:
                come_forward(one, focus=False)

    def _build_banners(self) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        if model.flaw is not None:
            title, text = packet_flaw_words(model.flaw, language)
            return [banner(look, text, tone=Tone.WARN, title=title, icon="file-x")]
        if model.trouble is not None:
            return [trouble_banner(look, model.trouble)]
        if model.taken_at is None:
            return []
        title = language.gettext("Taken in {time}").format(time=language.time(model.taken_at))
        text = language.ngettext(
            "{count} change was accepted.", "{count} changes were accepted.", model.accepted
        ).format(count=language.number(model.accepted))
        return [banner(look, text, tone=Tone.OK, title=title, icon="circle-check")]

    @Slot()
    def _ask_for_file(self) -> None:
        if self._model.state is InState.TAKING:
            return
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose a packet"))
        dialog.setObjectName("choose packet")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Packet (*.trygga-packet)"))
        dialog.fileSelected.connect(self._look_into)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _look_into(self, file: str) -> None:
        self._model.choose(Path(file))
