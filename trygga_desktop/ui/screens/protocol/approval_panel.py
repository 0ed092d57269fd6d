"""Beside the pages of a draft: who has approved it, what was remarked, and what is written now."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.approval import ApprovalState, ApprovedOn, Approver, ToldRemark
from trygga_desktop.i18n import Language
from trygga_desktop.ui.draft_keeper import sign_text
from trygga_desktop.ui.screens.protocol.approval import RemarkField, Saying, may_reopen
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

_ROWS = 3


def role_words(role: Approver, language: Language) -> str:
    """Return what somebody is at the meeting."""
    _ = language.gettext
    return {Approver.CHAIR: _("Chair"), Approver.VERIFIER: _("Verifier")}[role]


def _day_words(flaw: DayFlaw, language: Language) -> str:
    """Return why what stands there is no day on which somebody approved it."""
    _ = language.gettext
    return {
        DayFlaw.UNREADABLE: _("Write the day as 2026-11-26."),
        DayFlaw.NO_SUCH_DAY: _("There is no such day."),
        DayFlaw.IN_THE_FUTURE: _("That day is still to come."),
        DayFlaw.TOO_LONG_AGO: _("The meeting had not been held then."),
    }[flaw]


class ApprovalPanel(Card):
    """Approvals first, then the remarks with their answers, then one text to write."""

    def __init__(self, protocol: ProtocolViewModel, look: Look) -> None:
        self._look = look
        self._protocol = protocol
        self._sealing = sealing = protocol.seal
        self._model = sealing.approval
        _ = look.language.gettext
        super().__init__(look, _("Remarks and approval"))
        self.setObjectName("approval panel")
        form = self._model.form
        assert form is not None  # noqa: S101  the panel is open
        self._form = form
        self._build_approvals()
        self._build_remarks()
        if sealing.state is None or sealing.state.is_sealed:
            self._build_way_out()
            return
        self.body.addWidget(Divider(look))
        self._who = FormField(look, form, RemarkField.WHO, _("Who remarks"), hint=self._hint)
        text = FormField(look, form, RemarkField.TEXT, self._label(), hint=self._hint, rows=_ROWS)
        self.first_focus: QWidget = self._who.input
        if form.saying is not Saying.REMARK:
            self.first_focus = text.input
            self._who.hide()
        self.body.addWidget(self._who)
        self.body.addWidget(text)
        text2 = look.theme.tokens.text2
        self._sign = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._sign)
        if self._model.trouble is not None:
            self.body.addWidget(trouble_banner(look, self._model.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=self._send_text(),
                send=self._model.send,
                cancel_text=_("Close"),
                cancel=sealing.cancel,
            )
        )
        if form.drafts is not None:
            form.drafts.changed.connect(self._show_sign)
        self._show_sign()

    def _build_way_out(self) -> None:
        """Leave what was said of a sealed protocol to be read, and no more."""
        look = self._look
        _ = look.language.gettext
        if self._model.trouble is not None:
            self.body.addWidget(trouble_banner(look, self._model.trouble))
        close = Button(look, _("Close"))
        close.setObjectName("close the approval")
        close.clicked.connect(self._sealing.cancel)
        close.across()
        self.body.addWidget(close)
        self.first_focus = close

    def _build_approvals(self) -> None:
        look, state = self._look, self._sealing.state
        _ = look.language.gettext
        tokens = look.theme.tokens
        if state is None:
            return
        approval = state.approval
        for one in approval.approvals:
            day = look.language.date_long(one.on)
            how = _("on paper") if one.how is ApprovedOn.PAPER else _("on the screen")
            name = make_visible(one.who, lines=False, longest=LONGEST_NAME)
            title = _("{role} has approved").format(role=role_words(one.role, look.language))
            line = f"{name}, {how}, {day}"
            row = IconRow(look, icon="circle-check", title=title, line=line, colour=tokens.ok)
            self.body.addWidget(row)
        for why in approval.reopenings:
            text = make_visible(why)
            row = IconRow(look, icon="lock-open", title=_("Opened again"), line=text)
            self.body.addWidget(row)
        if not state.is_sealed or approval.is_outdated:
            self._build_wanted(approval, is_sealed=state.is_sealed)
        if may_reopen(approval) and not state.is_sealed:
            self._add_small("open again", _("Open it again…"), Saying.REOPEN)

    def _build_wanted(self, approval: ApprovalState, *, is_sealed: bool) -> None:
        """Tell whose approval is missing, and take it."""
        look = self._look
        _ = look.language.gettext
        is_day_asked = False
        for role in approval.wanted:
            title = _("{role} has not approved").format(role=role_words(role, look.language))
            line = _("The approval counts for the text as it reads now.")
            if approval.is_outdated:
                line = _("The text has changed since it was approved.")
                if is_sealed:
                    line = _("What is not sealed yet reads otherwise than what was approved.")
            if approval.open_remarks:
                line = _("A remark has to be answered first.")
            row = IconRow(
                look, icon="hourglass", title=title, line=line, colour=look.theme.tokens.warn
            )
            self.body.addWidget(row)
            if not approval.open_remarks:
                self._add_ways(role)
                is_day_asked = True
        if is_day_asked:
            day = FormField(
                look, self._form, RemarkField.ON, _("Approved on paper on"), hint=self._hint
            )
            self.body.addWidget(day)

    def _add_ways(self, role: Approver) -> None:
        look = self._look
        _ = look.language.gettext
        ways = QVBoxLayout()
        offered = [(ApprovedOn.PAPER, _("Approved on paper"))]
        # On the screen nobody approves what they may not read there.
        if self._protocol.may_approve_here(role):
            offered.insert(0, (ApprovedOn.SCREEN, _("Approved on the screen")))
        else:
            told = _("On the screen beside pages that they may read: those of the table.")
            text2 = look.theme.tokens.text2
            self.body.addWidget(PlainLabel(look, told, style=TextStyle.CAPTION, colour=text2))
        for how, text in offered:
            button = Button(look, text, small=True)
            button.setObjectName(f"approve {role} {how}")
            button.setAccessibleDescription(role_words(role, look.language))
            button.clicked.connect(partial(self._model.approve, role, how))
            ways.addWidget(button)
        self.body.addLayout(ways)

    def _build_remarks(self) -> None:
        look, state = self._look, self._sealing.state
        _ = look.language.gettext
        remarks: tuple[ToldRemark, ...] = () if state is None else state.approval.remarks
        for place, one in enumerate(remarks):
            who = make_visible(one.who, lines=False, longest=LONGEST_NAME)
            lines = [make_visible(one.text)]
            if one.is_answered:
                answer = make_visible(one.answer)
                lines.append(_("Answer: {text}").format(text=answer))
            icon = "message-square" if one.is_answered else "message-circle"
            self.body.addWidget(IconRow(look, icon=icon, title=who, line="\n".join(lines)))
            is_open = state is not None and not state.is_sealed
            if is_open and not one.is_answered:
                button = self._add_small(f"answer {place}", _("Answer…"), Saying.ANSWER, one)
                button.setAccessibleDescription(who)

    def _add_small(
        self, name: str, text: str, saying: Saying, remark: ToldRemark | None = None
    ) -> Button:
        button = Button(self._look, text, ButtonKind.LINK, small=True)
        button.setObjectName(name)
        answers = None if remark is None else remark.id
        button.clicked.connect(partial(self._sealing.say, saying, answers))
        self.body.addWidget(button)
        return button

    def _label(self) -> str:
        _ = self._look.language.gettext
        return {
            Saying.REMARK: _("The remark"),
            Saying.ANSWER: _("The answer"),
            Saying.REOPEN: _("Why it is opened again"),
        }[self._form.saying]

    def _send_text(self) -> str:
        _ = self._look.language.gettext
        return {
            Saying.REMARK: _("Add the remark"),
            Saying.ANSWER: _("Answer the remark"),
            Saying.REOPEN: _("Open it again"),
        }[self._form.saying]

    def _show_sign(self) -> None:
        keeper, language = self._form.drafts, self._look.language
        text = ""
        if keeper is not None:
            saved = language.gettext("Draft saved {time}. Nothing applies yet.")
            text = sign_text(keeper, language, saved=saved)
        self._sign.show_text(text)
        self._sign.setVisible(bool(text))

    def _hint(self, field: str) -> Hint:
        _ = self._look.language.gettext
        flaw = self._form.day_flaw(field)
        if flaw is not None and field in self._form.left_fields:
            return Hint(Mark.BAD, _day_words(flaw, self._look.language))
        if self._form.refused.get(field) == "length":
            return Hint(Mark.BAD, _("The text is too long."))
        if field in self._form.refused:
            return Hint(Mark.BAD, _("This cannot be saved as it stands."))
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        _ = self._look.language.gettext
        if RemarkField.TEXT in self._form.missing:
            return _("Write what is to be said.")
        return _("Write who says it.") if self._form.missing else ""
