"""The problem screen: calm, exact, with the safest way as the filled button."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.problems import During, explain
from trygga_desktop.ui.screens.problem.view_model import ProblemViewModel, WayOn
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.error_report import ErrorReport
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.vault_frame import promise_panel

WIDEST = 720


class ProblemView(QWidget):
    """Title, card, ways on, code and report."""

    def __init__(self, model: ProblemViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.panel = promise_panel(look)
        self._problem = explain(model.trouble, look.language, During.OPENING)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        head = QHBoxLayout()
        head.setSpacing(Space.L)
        disc = Disc(look, icon=self._problem.icon, tone=Tone.WARN, size=52)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignVCenter)
        title = PlainLabel(look, self._problem.title, style=TextStyle.DISPLAY)
        title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(title, 1)
        column.addLayout(head)
        # The report is a part of this page.
        column.addWidget(problem_card(look, replace(self._problem, report="")))
        column.addWidget(self._build_exits())
        column.addLayout(self._build_code())
        self._report = ErrorReport(look, model.trouble.report)
        self._report.setVisible(model.is_report_shown)
        column.addWidget(self._report)
        model.report_shown.connect(self._show_report)
        self.first_focus: QWidget = self._primary

    def _build_exits(self) -> QWidget:
        buttons = []
        for index, one in enumerate(self._model.exits):
            kind = ButtonKind.PRIMARY if index == 0 else ButtonKind.SECONDARY
            if one.way is WayOn.GO_ON:
                kind = ButtonKind.GHOST
            button = Button(self._look, self._label(one.way), kind)
            button.setObjectName(one.way)
            button.clicked.connect(partial(self._model.leave, one.way))
            buttons.append(button)
        # The primary button comes last in reading order.
        self._primary = buttons[0]
        return Flow([*buttons[1:], buttons[0]], last_at_end=True)

    def _build_code(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        code = _("Error code {code}").format(code=self._problem.code)
        text2 = self._look.theme.tokens.text2
        label = PlainLabel(self._look, code, style=TextStyle.SECONDARY, colour=text2)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        show = Button(self._look, _("Show the error report"), ButtonKind.LINK, icon="copy")
        show.setObjectName("show report")
        show.clicked.connect(self._model.show_report)
        row.addWidget(show)
        row.addStretch(1)
        return row

    def _show_report(self) -> None:
        self._report.show()
        self._report.copy_button.setFocus()

    def _label(self, way: WayOn) -> str:
        _ = self._look.language.gettext
        match way:
            case WayOn.TRY_AGAIN:
                return _("Try again")
            case WayOn.CHOOSE_VAULT:
                return _("Choose another vault")
            case WayOn.RECOVER:
                return _("Use the recovery code")
            case WayOn.GO_ON:
                return _("Go on with this file")
            case WayOn.UNLOCK_AGAIN:
                return _("Unlock again")
