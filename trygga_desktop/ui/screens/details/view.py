"""The page of one person's details: the form at the left, what holds beside it."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.details import PersonDetails
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.side import similar_text
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.details.foot import Foot
from trygga_desktop.ui.screens.details.person_card import PersonCard
from trygga_desktop.ui.screens.details.side import LoweringCard, holds_card, places_card
from trygga_desktop.ui.screens.details.view_model import DetailsState, DetailsViewModel, Told
from trygga_desktop.ui.screens.details.words import title_of, told_text
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 330
_NARROW = 820


class DetailsView(QWidget):
    """Focus starts in the first field. What is typed is stored when the page is hidden."""

    def __init__(self, model: DetailsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._built: object = None
        self._told: tuple[object, ...] = ()
        self._top_parts: list[QWidget] = []
        self._banners: list[QWidget] = []
        self._main_parts: list[QWidget] = []
        self._side_parts: list[QWidget] = []
        self._card: PersonCard | None = None
        self._lowering: LoweringCard | None = None
        self._back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._top, self._banner_column = _column(), _column()
        self._main, self._side = QWidget(), QWidget()
        self._main_column, self._side_column = _column(self._main), _column(self._side)
        self._foot = Foot(model, look)
        self._foot.going_there.connect(self._go_there)
        column = _column(self)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addLayout(self._banner_column)
        side = self._side
        column.addWidget(
            TwoColumns(look, self._main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        )
        column.addStretch(1)
        column.addWidget(self._foot)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Store the change"), ("Ctrl+Return", "Ctrl+Enter"), model.send),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first field, or the way back while there is none."""
        return self._back if self._card is None else self._card.first_focus

    @property
    def foot(self) -> QWidget:
        """Return what stays in view while the page is scrolled."""
        return self._foot

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the form comes into its window."""
        super().showEvent(event)
        self._keep_order()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed, and hide what is guarded."""
        self._model.leave()
        super().hideEvent(event)

    @Slot()
    def _go_there(self) -> None:
        missing = [one for one in self._model.missing if one is not FormField.WHY]
        field = self.findChild(QWidget, missing[0]) if missing else None
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (
            model.state,
            model.details,
            model.form.protection,
            model.more.is_naming,
            model.more.is_lowering,
        )
        if built != self._built:
            is_first = self._card is None
            focus = focus_in(self)
            name = "" if focus is None else focus.objectName()
            self._built = built
            self._build()
            self._put_focus(name, is_first=is_first)
        self._show_banners()

    def _build(self) -> None:
        model = self._model
        self._card = self._lowering = None
        details = model.details
        if details is None:
            self._replace(self._top, self._top_parts, self._instead())
            self._replace(self._main_column, self._main_parts, [])
            self._replace(self._side_column, self._side_parts, [])
        else:
            self._replace(self._top, self._top_parts, [self._header(details)])
            self._build_person(details)
        self._foot.setVisible(model.may_change)
        self._keep_order()

    def _header(self, details: PersonDetails) -> QWidget:
        look = self._look
        _ = look.language.gettext
        row = details.row
        number = make_visible(row.case_number, lines=False)
        title = make_visible(row.title, lines=False)
        crumbs = [number if title == number else f"{number} · {title}", _("Details")]
        pills = []
        if details.details is None:
            pills.append(Pill(look, _("Protected details"), tone=Tone.WARN, icon="shield-user"))
        return PageHeader(look, title_of(details), crumbs=crumbs, pills=pills)

    def _build_person(self, details: PersonDetails) -> None:
        model, look = self._model, self._look
        if not model.may_change:
            self._replace(self._main_column, self._main_parts, [self._closed_card()])
            self._replace(self._side_column, self._side_parts, [holds_card(model, look, details)])
            return
        self._card = PersonCard(model, look, details)
        self._card.choices_changed.connect(self._keep_order)
        self._replace(self._main_column, self._main_parts, [self._card])
        side: list[QWidget] = [holds_card(model, look, details)]
        if model.is_protected:
            places = places_card(look, details)
            side += [] if places is None else [places]
            self._lowering = LoweringCard(model, look, details)
            # What waits for an answer, or is being written, comes first.
            is_at_hand = details.lowering is not None or model.more.is_lowering
            side.insert(0 if is_at_hand else len(side), self._lowering)
        self._replace(self._side_column, self._side_parts, side)

    def _closed_card(self) -> QWidget:
        look = self._look
        _ = look.language.gettext
        card = Card(look)
        card.setObjectName("closed")
        text = _(
            "Name and number lie in the guarded part of the case, which you do not have access to. "
            "Whoever has can change them, and the coordinator can give you access."
        )
        title = _("You cannot change this person")
        card.body.addWidget(EmptyState(look, icon="lock", title=title, text=text))
        return card

    def _instead(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is DetailsState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            return [PageHeader(look, problem.title), problem_card(look, problem)]
        if model.state is DetailsState.SLOW:
            card = Card(look)
            text = _("The person is being read.")
            state = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(state)
            return [card]
        return []

    def _put_focus(self, name: str, *, is_first: bool) -> None:
        """Put the focus back where it was, or into what has come."""
        found = self.findChild(QWidget, name) if name else None
        if found is None and name == "ask to lower":
            found = self.findChild(QWidget, "kind to lower to")
        if found is None and name == "leave protection":
            found = self.findChild(QWidget, "ask to lower")
        if found is not None and found is not self._back:
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        elif name and not (is_first and found is self._back):
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_banners(self) -> None:
        model = self._model
        is_there = model.details is not None
        told = (
            model.asks_to_discard,
            model.trouble if is_there else None,
            model.told,
            model.similar,
            model.details is not None and model.details.left_out,
        )
        if told == self._told:
            return
        before, self._told = self._told, told
        take_out(*self._banners)
        self._banners = self._make_banners() if is_there else []
        for one in self._banners:
            self._banner_column.addWidget(one)
        self._keep_order()
        if self._banners and before:
            is_typing = told[:3] == before[:3]
            come_forward(self._banners[0], beside=focus_in(self) if is_typing else None)

    def _make_banners(self) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        _ = language.gettext
        shown: list[QWidget] = []
        if model.asks_to_discard:
            shown.append(self._discard_banner())
        if model.trouble is not None:
            shown.append(trouble_banner(look, model.trouble))
        if model.told is not Told.NOTHING:
            details = model.details
            is_late = model.told is Told.CHANGED_MEANWHILE
            shown.append(
                banner(
                    look,
                    told_text(model.told, "" if details is None else details.name, language),
                    tone=Tone.WARN if is_late else Tone.OK,
                    title=_("Somebody changed this person meanwhile") if is_late else "",
                )
            )
        if model.similar:
            title = _("There may be a case already")
            text = similar_text(model.similar, language)
            shown.append(banner(look, text, tone=Tone.WARN, title=title))
        if model.details is not None and model.details.left_out:
            text = language.ngettext(
                "{count} part of this case could not be verified and is not shown. Ask the "
                "administrator to check the vault.",
                "{count} parts of this case could not be verified and are not shown. Ask the "
                "administrator to check the vault.",
                model.details.left_out,
            ).format(count=model.details.left_out)
            shown.append(banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        # Two at once are read; a third pushes the form away.
        return shown[:2]

    def _discard_banner(self) -> QWidget:
        _ = self._look.language.gettext
        keep = Button(self._look, _("Keep it"))
        keep.setObjectName("keep")
        keep.clicked.connect(partial(self._model.ask_to_discard, asks=False))
        discard = Button(self._look, _("Discard"), ButtonKind.DANGER)
        discard.setObjectName("really discard")
        discard.clicked.connect(self._model.discard)
        return banner(
            self._look,
            _("The fields say again what is stored. What you typed goes into the bin."),
            tone=Tone.MUTE,
            title=_("Discard what you have typed?"),
            buttons=(keep, discard),
        )

    @Slot()
    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        fields = () if self._card is None else self._card.in_order()
        side = () if self._lowering is None else self._lowering.in_order()
        keep_tab_order(self._back, *self._banners, *fields, *side, self._foot)

    def _replace(self, column: QVBoxLayout, old: list[QWidget], new: list[QWidget]) -> None:
        take_out(*old)
        old[:] = new
        for part in new:
            column.addWidget(part)


def _column(owner: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout() if owner is None else QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    return column
