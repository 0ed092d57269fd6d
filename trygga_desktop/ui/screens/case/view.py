"""One case at a glance: the tab that a case opens with."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.case_files import CaseFile
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.case_words import phase_pill
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reminder_words import (
    AFTER_THE_END,
    reminder_icon,
    reminder_text,
    reminder_tone,
)
from trygga_desktop.ui.screens.case.cards import (
    consent_card,
    intake_card,
    meeting_card,
    people_card,
    words_box,
)
from trygga_desktop.ui.screens.case.columns import Columns, Place
from trygga_desktop.ui.screens.case.facts import case_lines, worker_lines
from trygga_desktop.ui.screens.case.facts_card import DETAILS, lines_card, person_card
from trygga_desktop.ui.screens.case.glance import consent_pill, is_beside_the_way, shown_steps
from trygga_desktop.ui.screens.case.lists import commitments_card, file_card, timeline_card
from trygga_desktop.ui.screens.case.notes_card import NotesCard
from trygga_desktop.ui.screens.case.phase_card import PhaseCard
from trygga_desktop.ui.screens.case.stage_card import StageCard
from trygga_desktop.ui.screens.case.view_model import CaseState, CaseViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out


class CaseView(QWidget):
    """Focus starts in the note. What is typed is stored when the case is hidden."""

    def __init__(self, model: CaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._tops: list[QWidget] = []
        self._built: object = None
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._log = Button(look, _("Log"), ButtonKind.LINK, icon="history", small=True)
        self._log.setObjectName("log")
        self._log.setAccessibleName(_("The log of the case"))
        self._log.setToolTip("Ctrl+H")
        self._log.clicked.connect(model.want_log)
        self._closing = Button(look, _("Closing"), ButtonKind.LINK, icon="flag", small=True)
        self._closing.setObjectName("closing")
        self._closing.setAccessibleName(_("How the work ends"))
        self._closing.setToolTip("Ctrl+Shift+E")
        self._closing.clicked.connect(model.want_closing)
        self._agreement = Button(
            look, _("Agreement"), ButtonKind.LINK, icon="handshake", small=True
        )
        self._agreement.setObjectName("agreement")
        self._agreement.setAccessibleName(_("The agreement with the young person"))
        self._agreement.setToolTip("Ctrl+Shift+O")
        self._agreement.clicked.connect(model.want_agreement)
        self._top = QVBoxLayout()
        self._top.setSpacing(Space.M)
        self._tabs = CaseTabs(look, CaseTab.OVERVIEW)
        self._tabs.chosen.connect(model.go_to_tab)
        self._phase = PhaseCard(model, look)
        self._stage = StageCard(model, look)
        self._notes = NotesCard(model, look)
        self._columns = Columns(look)
        self._columns.arranged.connect(self._keep_order)
        self._lay_out()
        model.changed.connect(self._show)
        model.phase.changed.connect(self._show)
        model.stage.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Add the note"), ("Ctrl+Return", "Ctrl+Enter"), model.add_note),
            Command(_("Open the next meeting"), ("F5",), model.open_meeting),
            Command(_("Plan a meeting"), ("Ctrl+M",), model.want_plan),
            Command(_("The log of the case"), ("Ctrl+H",), model.want_log),
            Command(_("How the work ends"), ("Ctrl+Shift+E",), model.want_closing),
            Command(_("Who the young person is"), ("Ctrl+Shift+I",), model.want_details),
            Command(
                _("The agreement with the young person"), ("Ctrl+Shift+O",), model.want_agreement
            ),
            *case_commands(look, CaseTab.OVERVIEW, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the note, or the way back while there is no case."""
        return self._back if self._model.state is CaseState.FAILED else self._notes.input

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed and hide what is protected."""
        self._model.leave()
        self._model.hide_details()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        ways = QHBoxLayout()
        ways.addWidget(self._back)
        ways.addStretch(1)
        ways.addWidget(self._agreement)
        ways.addWidget(self._closing)
        ways.addWidget(self._log)
        column.addLayout(ways)
        column.addLayout(self._top)
        column.addWidget(self._tabs)
        column.addWidget(self._phase)
        column.addWidget(self._stage)
        column.addWidget(self._columns)
        column.addStretch(1)

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (
            model.state,
            model.file,
            model.overview,
            model.is_revealed,
            model.may_reveal,
            model.phase.is_open,
            model.stage.is_open,
        )
        if built == self._built:
            return
        self._built = built
        focus = focus_in(self)
        name = focus.objectName() if focus is not None else ""
        take_out(*self._tops)
        self._tops = []
        file, overview = model.file, model.overview
        for part in (self._closing, self._log, self._tabs, self._columns):
            part.setVisible(file is not None)
        self._agreement.setVisible(model.makes_agreement)
        if file is not None and overview is not None:
            self._build_case(file, overview)
        else:
            self._phase.hide()
            self._stage.hide()
            self._columns.show_parts({Place.NOTES: self._notes})
            self._build_instead()
        self._keep_order()
        # The same button stands there anew, and whoever pressed it is still at it.
        if name == DETAILS:
            again = self.findChild(QWidget, name)
            (again or self.first_focus).setFocus()

    def _build_case(self, file: CaseFile, overview: CaseOverview) -> None:
        look, model = self._look, self._model
        language = look.language
        self._put(self._header(file, overview))
        left_out = file.left_out + overview.left_out
        if left_out:
            text = language.ngettext(
                "{count} part of this case could not be verified and is not shown. Ask the "
                "administrator to check the vault.",
                "{count} parts of this case could not be verified and are not shown. Ask the "
                "administrator to check the vault.",
                left_out,
            ).format(count=left_out)
            self._put(banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        for one in overview.reminders:
            if one.kind in AFTER_THE_END:
                self._put(
                    banner(
                        look,
                        reminder_text(one, (), language),
                        tone=reminder_tone(one.kind),
                        icon=reminder_icon(one.kind),
                    )
                )
        self._phase.setVisible(bool(shown_steps(overview, language) or model.phase.ways))
        self._stage.setVisible(bool(overview.stage_ways))
        words = overview.own_words
        case = [*case_lines(file, language), *worker_lines(overview, language)]
        parts: dict[Place, QWidget | None] = {
            Place.MEETING: meeting_card(look, model, overview),
            Place.COMMITMENTS: commitments_card(look, overview),
            Place.CONSENT: consent_card(look, model, overview),
            Place.NOTES: self._notes,
            Place.TIMELINE: timeline_card(look, overview),
            Place.PEOPLE: people_card(look, model, overview),
            Place.WORDS: None if words is None else words_box(look, words),
            Place.PERSON: person_card(look, model, file),
            Place.CASE: lines_card(look, language.gettext("The case"), case),
            Place.INTAKE: intake_card(look, overview),
            Place.FILE: file_card(look, file.items),
        }
        shown = {place: part for place, part in parts.items() if part is not None}
        self._columns.show_parts(shown)

    def _header(self, file: CaseFile, overview: CaseOverview) -> PageHeader:
        look, row = self._look, file.row
        language, _ = look.language, look.language.gettext
        values = [consent_pill(overview, language)]
        # The row of steps tells the phase, but not one beside the way.
        if is_beside_the_way(row.phase, overview) or not overview.phases:
            values.insert(0, phase_pill(row.phase, language))
        actions = []
        if overview.next_meeting is not None:
            # The form below has a primary action of its own while it is open.
            is_asked = self._model.phase.is_open or self._model.stage.is_open
            kind = ButtonKind.SECONDARY if is_asked else ButtonKind.PRIMARY
            meet = Button(look, _("Open the meeting"), kind, icon="arrow-right")
            meet.setObjectName("open the meeting")
            meet.setToolTip("F5")
            meet.clicked.connect(self._model.open_meeting)
            actions.append(meet)
        return case_header(look, row, overview.catalogue, pills=values, actions=actions)

    def _build_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is CaseState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._put(PageHeader(look, problem.title))
            self._put(problem_card(look, problem))
        elif model.state is CaseState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._put(card)

    @Slot()
    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        # The notes are among the parts, in the place that they have now.
        above, below = [*self._tops, self._tabs], self._columns.in_order
        ways = (self._back, self._agreement, self._closing, self._log)
        phases = (*self._phase.in_order, *self._stage.in_order)
        keep_tab_order(*ways, above, *phases, below)

    def _put(self, part: QWidget) -> None:
        self._top.addWidget(part)
        self._tops.append(part)
