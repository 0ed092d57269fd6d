"""What is prepared, part by part with a box to tick; at the right for whom, and the way out."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.packets import Outgoing, OutgoingPart
from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.packet_rows import PartRow, not_while_looked_on, why_not
from trygga_desktop.ui.packet_words import (
    ICONS,
    fields_text,
    kind_word,
    packet_flaw_words,
    stay_text,
)
from trygga_desktop.ui.paper_words import save_message
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.packet_out.side import Side
from trygga_desktop.ui.screens.packet_out.view_model import PacketOutViewModel, Saved
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import ask_for_file, message_banner, replace_banner

_SIDE = 366
_NARROW = 820


class PacketOutView(QWidget):
    """Tab goes through the parts, Space ticks one, Ctrl+S saves the packet."""

    def __init__(
        self, model: PacketOutViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._words = ReasonWords(model.reasons_toml, look.language)
        _ = look.language.gettext
        back = _("The plan") if model.is_of_plan else _("The meetings")
        self._back = Button(look, back, ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._top, self._banners = QVBoxLayout(), QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._header: QWidget | None = None
        self._titled: object = self
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] | None = None
        self._main = QWidget()
        self._main_column = QVBoxLayout(self._main)
        self._main_column.setContentsMargins(0, 0, 0, 0)
        self._main_column.setSpacing(Space.L)
        self._cards: list[QWidget] = []
        self._boxes: dict[str, CheckBox] = {}
        self._shown: object = self
        self._side = Side(model, look)
        self._side.save.clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addLayout(self._banners)
        main, side = self._main, self._side
        column.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Save the packet…"), ("Ctrl+S",), self._save),
            Command(
                _("Back to the plan") if model.is_of_plan else _("Back to the meetings"),
                ("Alt+Left",),
                model.go_back,
            ),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first part that may leave, or the way back."""
        return next(iter(self._boxes.values()), self._back)

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._show_title()
        shown = (model.found, model.state, model.is_alone)
        if shown != self._shown:
            self._shown = shown
            self._show_cards()
        for key, box in self._boxes.items():
            box.setChecked(key in model.chosen)
        self._show_banners()
        keep_tab_order(self._back, *stops_in(*self._shown_banners, *self._cards, self._side))

    def _show_title(self) -> None:
        found, look = self._model.found, self._look
        _ = look.language.gettext
        titled = None if found is None else (found.row.case_number, found.meeting_number)
        if titled == self._titled or (titled is None and self._header is not None):
            return
        self._titled = titled
        if self._header is not None:
            take_out(self._header)
        place = _("The plan") if self._model.is_of_plan else _("Meetings")
        title, crumbs = _("Send to another vault"), [place]
        if found is not None:
            if found.meeting_number:
                title = _("Send to another vault, meeting {number}").format(
                    number=found.meeting_number
                )
            crumbs.insert(0, make_visible(found.row.case_number, lines=False))
        self._header = PageHeader(look, title, crumbs=crumbs)
        self._top.addWidget(self._header)

    def _show_cards(self) -> None:
        focus = focus_in(self)
        name = "" if focus is None else focus.objectName()
        had_focus = focus is not None and self._main.isAncestorOf(focus)
        take_out(*self._cards)
        self._boxes = {}
        found = self._model.found if self._model.is_alone else None
        self._cards = self._instead() if found is None else self._parts(found)
        for one in self._cards:
            self._main_column.addWidget(one)
            one.show()
        self._side.setVisible(found is not None and bool(found.receivers))
        if had_focus:
            again = next((box for box in self._boxes.values() if box.objectName() == name), None)
            (again or self.first_focus).setFocus(Qt.FocusReason.OtherFocusReason)

    def _parts(self, found: Outgoing) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if not found.receivers:
            card = Card(look)
            text = _(
                "An administrator certifies the keys of a user of the other vault first, in the "
                "settings. Both sides compare the fingerprint aloud."
            )
            title = _("There is nobody to send to yet")
            card.body.addWidget(EmptyState(look, icon="key-round", title=title, text=text))
            return [card]
        cards: list[QWidget] = []
        goes = Card(look, _("What can go"), note=look.language.number(len(model.leaving)))
        if not model.leaving:
            line = _("Nothing that is prepared may be told to this receiver.")
            goes.body.addWidget(PlainLabel(look, line))
        for place, one in enumerate(model.leaving):
            if place:
                goes.body.addWidget(Divider(look))
            goes.body.addWidget(self._leaving(one))
        cards.append(goes)
        if model.staying:
            stays = Card(look, _("What stays here"), note=look.language.number(len(model.staying)))
            for place, one in enumerate(model.staying):
                if place:
                    stays.body.addWidget(Divider(look))
                stays.body.addWidget(self._staying(one))
            cards.append(stays)
        return cards

    def _leaving(self, part: OutgoingPart) -> QWidget:
        look, language = self._look, self._look.language
        _ = language.gettext
        title, text = kind_word(part.kind, language), self._text(part)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        box = CheckBox(look, title if part.is_new else _("{kind}, sent before").format(kind=title))
        box.setObjectName(f"part {part.key}")
        first = make_visible(text, lines=False, longest=LONGEST_NAME)
        box.setAccessibleName(f"{box.text()}: {first}")
        box.clicked.connect(partial(self._choose, part.key))
        self._boxes[part.key] = box
        column.addWidget(box)
        words = QVBoxLayout()
        words.setContentsMargins(look.theme.px(30), 0, 0, 0)
        words.addWidget(PlainLabel(look, text))
        if part.withholds_name:
            line = _("Who is responsible is not told: this receiver may not know the name.")
            text2 = look.theme.tokens.text2
            words.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        column.addLayout(words)
        return row

    def _staying(self, part: OutgoingPart) -> QWidget:
        look, language = self._look, self._look.language
        why = why_not(part.decision, self._words)
        pills: list[PillValue] = []
        if part.flaw is not None:
            why = stay_text(part.flaw, language)
        elif part.decision is not None:
            pills = [self._words.pill(part.decision.reason)]
        return PartRow(
            look,
            icon=ICONS[part.kind],
            title=kind_word(part.kind, language),
            pills=pills,
            lines=[self._text(part)],
            quiet=why,
        )

    def _text(self, part: OutgoingPart) -> str:
        found = self._model.found
        if found is None:
            return ""
        return fields_text(part.fields, found.catalogue, self._look.language)

    def _instead(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if not model.is_alone:
            return [not_while_looked_on(look)]
        if model.state is PagesState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return [card]
        if model.state is PagesState.SLOW:
            slow = Card(look)
            text = _("What may be told to the receiver is being looked at.")
            slow.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            return [slow]
        return []

    def _show_banners(self) -> None:
        model = self._model
        trouble = None if model.state is PagesState.FAILED else model.trouble
        told = (model.to_replace, model.save_flaw, model.flaw, trouble, model.saved)
        if told == self._told:
            return
        is_first, self._told = self._told is None, told
        focus = focus_in(self)
        lost = focus is not None and any(one.isAncestorOf(focus) for one in self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = self._build_banners()
        for one in self._shown_banners:
            self._banners.addWidget(one)
            one.show()
        if self._shown_banners and not is_first:
            come_forward(self._shown_banners[0])
        elif lost:
            self.first_focus.setFocus()

    def _build_banners(self) -> list[QWidget]:
        model, look = self._model, self._look
        if model.to_replace is not None:
            file = model.to_replace
            return [
                replace_banner(look, file, other_name=self._choose_again, replace=model.replace)
            ]
        if model.save_flaw is not None:
            return [message_banner(look, save_message(model.save_flaw, look.language))]
        if model.flaw is not None:
            title, text = packet_flaw_words(model.flaw, look.language)
            return [banner(look, text, tone=Tone.WARN, title=title, icon="file-x")]
        if model.trouble is not None and model.state is not PagesState.FAILED:
            return [trouble_banner(look, model.trouble)]
        return [] if model.saved is None else [self._saved(model.saved)]

    def _saved(self, saved: Saved) -> QWidget:
        look, language = self._look, self._look.language
        _ = language.gettext
        title = _("Packet {number} saved {time}").format(
            number=language.number(saved.number), time=language.time(saved.at)
        )
        text = _(
            "{name} opens only for its receiver. Take it there on a stick or send it; once it has "
            "been taken in you can delete it."
        ).format(name=make_visible(saved.file.name, lines=False))
        return banner(look, text, tone=Tone.OK, title=title, icon="circle-check")

    def _choose(self, key: str) -> None:
        self._model.choose(key, leaves=self._boxes[key].isChecked())

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _save(self) -> None:
        model = self._model
        if not model.may_save:
            return
        _ = self._look.language.gettext
        ask_for_file(
            self,
            title=_("Save the packet"),
            file_name=model.file_name,
            chosen=self._save_as,
            suffix="trygga-packet",
            kinds=_("Packet (*.trygga-packet)"),
        )

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))
