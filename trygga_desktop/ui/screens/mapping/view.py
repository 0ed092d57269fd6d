"""The mapping of a case: the areas of life, what stands in one, and the form beside it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.mapping.areas import AreaList
from trygga_desktop.ui.screens.mapping.form import CaptureForm
from trygga_desktop.ui.screens.mapping.told import area_card
from trygga_desktop.ui.screens.mapping.view_model import MappingState, MappingViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.three_parts import ThreeParts


class MappingView(QWidget):
    """Focus starts in the text of the form."""

    def __init__(self, model: MappingViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._tops: list[QWidget] = []
        self._shown: list[QWidget] = []
        self._built: object = None
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._top.setSpacing(Space.M)
        self._tabs = CaseTabs(look, CaseTab.MAPPING)
        self._tabs.chosen.connect(model.go_to_tab)
        self._areas = AreaList(look)
        self._areas.chosen.connect(model.choose_area)
        self._told = QWidget()
        self._told_column = QVBoxLayout(self._told)
        self._told_column.setContentsMargins(0, 0, 0, 0)
        self._form = CaptureForm(model, look)
        self._parts = ThreeParts(look, areas=self._areas, told=self._told, form=self._form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._tabs)
        column.addWidget(self._parts)
        column.addStretch(1)
        model.changed.connect(self._show)
        model.recorded.connect(self._write_on)
        self._show()
        self.commands = (
            Command(_("Record the statement"), ("Ctrl+Return", "Ctrl+Enter"), model.record),
            *case_commands(look, CaseTab.MAPPING, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the text of the form, or the way back while there is no case."""
        return self._back if self._model.state is MappingState.FAILED else self._form.text

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the form comes into its window."""
        super().showEvent(event)
        self._keep_order()

    @Slot()
    def _write_on(self) -> None:
        self._form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.overview, model.area)
        if built == self._built:
            return
        self._built = built
        take_out(*self._tops, *self._shown)
        self._tops, self._shown = [], []
        is_there = model.overview is not None
        for part in (self._tabs, self._parts):
            part.setVisible(is_there)
        if is_there:
            self._build_mapping()
        else:
            self._build_instead()
        self._keep_order()

    def _build_mapping(self) -> None:
        model, look = self._model, self._look
        overview = model.overview
        if overview is not None:
            self._put(case_header(look, overview.row, overview.catalogue))
        self._areas.show_areas(model.areas, model.area)
        view = model.shown_area
        if view is not None:
            card = area_card(look, model, view)
            self._told_column.addWidget(card)
            self._shown.append(card)

    def _build_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is MappingState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._put(PageHeader(look, problem.title))
            self._put(problem_card(look, problem))
        elif model.state is MappingState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._put(card)

    def _keep_order(self) -> None:
        rows = [self._tabs, self._areas]
        keep_tab_order(self._back, [*self._tops, *rows], *self._form.in_order)

    def _put(self, part: QWidget) -> None:
        self._top.addWidget(part)
        self._tops.append(part)
