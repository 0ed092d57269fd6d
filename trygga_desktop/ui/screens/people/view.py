"""The people of a case at the left, and beside them who is asked or the form at hand."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.parties import CasePeople
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.people.lines import family_of
from trygga_desktop.ui.screens.people.place import PlaceForm
from trygga_desktop.ui.screens.people.place_panel import PlacePanel
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.professional_panel import ProfessionalPanel
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.screens.people.relative_panel import RelativePanel
from trygga_desktop.ui.screens.people.rows import (
    PeopleCard,
    family_card,
    former_card,
    professionals_card,
)
from trygga_desktop.ui.screens.people.side import advice_card, signers_card
from trygga_desktop.ui.screens.people.view_model import PeopleState, PeopleViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import (
    TextForm,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 420
_NARROW = 880

Panel = RelativePanel | ProfessionalPanel | PlacePanel


class PeopleView(QWidget):
    """Focus starts on what adds somebody, or in the form that is open."""

    def __init__(self, model: PeopleViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._built: object = None
        self._form: TextForm | None = None
        self._told: TextForm | None = None
        self._opener = ""
        self._panel: Panel | None = None
        self._top_parts: list[QWidget] = []
        self._parts: list[QWidget] = []
        self._side_parts: list[QWidget] = []
        self._banners: list[QWidget] = []
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._tabs = CaseTabs(look, CaseTab.PEOPLE)
        self._tabs.chosen.connect(model.go_to_tab)
        self._top = _column()
        self._main, self._side = QWidget(), QWidget()
        self._main_column, self._side_column = _column(self._main), _column(self._side)
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Store what the form says"), ("Ctrl+Return", "Ctrl+Enter"), model.send),
            *case_commands(look, CaseTab.PEOPLE, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the open form, what adds somebody, or the way back where there is neither."""
        if self._panel is not None:
            return self._panel.first_focus
        return self.findChild(Button, "add relative") or self._back

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._tabs)
        main, side = self._main, self._side
        column.addWidget(
            TwoColumns(self._look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        )
        column.addStretch(1)

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.people, model.form)
        if built == self._built:
            return
        focus = focus_in(self)
        name = "" if focus is None else focus.objectName()
        is_first, opened = self._built is None, model.form is not self._form
        self._built = built
        if opened and model.form is not None and self._form is None:
            self._opener = name
        if model.people is not None:
            self._build_people(model.people)
        else:
            self._build_instead()
        if opened:
            self._show_form(model.form)
        self._keep_order()
        if not is_first:
            self._put_focus(name, opened=opened)

    def _put_focus(self, name: str, *, opened: bool) -> None:
        """Put the focus into a form that has come, or back where it was."""
        if opened and self._panel is not None:
            self._panel.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self._panel)
            return
        wanted = self._opener if opened else name
        found = self.findChild(QWidget, wanted) if wanted else None
        if found is not None and not found.hasFocus():
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found is None and opened:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_order(self) -> None:
        boxes = (*self._top_parts, self._tabs, *self._parts, *self._side_parts)
        keep_tab_order(self._back, *stops_in(*boxes))

    def _build_people(self, people: CasePeople) -> None:
        look, model, row = self._look, self._model, people.row
        _ = look.language.gettext
        header = case_header(look, row, people.catalogue)
        top: list[QWidget] = [header]
        if people.left_out:
            text = look.language.ngettext(
                "{count} part of this case could not be verified and is not shown. Ask the "
                "administrator to check the vault.",
                "{count} parts of this case could not be verified and are not shown. Ask the "
                "administrator to check the vault.",
                people.left_out,
            ).format(count=people.left_out)
            top.append(banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        self._replace(self._top, self._top_parts, top)
        cards = [
            family_card(model, look, family_of(model.present)),
            professionals_card(model, look, model.present, self._no_professionals),
        ]
        if model.former:
            cards.append(former_card(model, look, model.former))
        _let_arrows_lead(cards)
        self._replace(self._main_column, self._parts, cards)
        if model.form is None:
            self._show_side([signers_card(model, look), advice_card(look)])

    def _no_professionals(self) -> QWidget:
        _ = self._look.language.gettext
        text = _("Add those who work with the young person: school, social services and others.")
        return EmptyState(self._look, icon="users", title=_("No professionals yet"), text=text)

    def _build_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        top: list[QWidget] = []
        if model.state is PeopleState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            top = [PageHeader(look, problem.title), problem_card(look, problem)]
        elif model.state is PeopleState.SLOW:
            card = Card(look)
            text = _("The people of the case are being read.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            top = [card]
        self._replace(self._top, self._top_parts, top)
        self._replace(self._main_column, self._parts, [])
        self._show_side([])

    def _show_form(self, form: TextForm | None) -> None:
        if self._form is not None:
            self._form.changed.disconnect(self._show_trouble)
        self._form, self._told, self._panel = form, None, None
        model, look = self._model, self._look
        match form:
            case RelativeForm():
                self._panel = RelativePanel(model, form, look)
            case ProfessionalForm():
                self._panel = ProfessionalPanel(model, form, look)
            case PlaceForm():
                self._panel = PlacePanel(model, form, look)
            case _:
                return
        form.changed.connect(self._show_trouble)
        self._show_side([self._panel])
        self._show_trouble()

    @Slot()
    def _show_trouble(self) -> None:
        trouble = None if self._form is None else self._form.trouble
        if self._banners:
            take_out(*self._banners)
            self._banners = []
        if trouble is not None:
            box = trouble_banner(self._look, trouble)
            self._banners = [box]
            self._side_column.insertWidget(0, box)
            come_forward(box, focus=False)

    def _show_side(self, parts: list[QWidget]) -> None:
        take_out(*self._banners)
        self._banners = []
        self._replace(self._side_column, self._side_parts, parts)

    def _replace(self, column: QVBoxLayout, old: list[QWidget], new: Sequence[QWidget]) -> None:
        take_out(*old)
        old[:] = new
        for part in new:
            column.addWidget(part)


def _column(owner: QWidget | None = None) -> QVBoxLayout:
    column = QVBoxLayout() if owner is None else QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    return column


def _let_arrows_lead(cards: list[PeopleCard]) -> None:
    """Have arrow keys lead through the rows of all cards."""
    buttons = [button for card in cards for button in card.buttons]
    for button in buttons:
        button.neighbours = buttons
