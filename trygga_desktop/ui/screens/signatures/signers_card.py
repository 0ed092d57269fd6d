"""Who signs: each with how far they have come, and what can be recorded of them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.signatures import SignerState, SignerStatus
from trygga_desktop.ui.draft_keeper import sign_text
from trygga_desktop.ui.screens.signatures.reason import Ask, ReasonField, ReasonForm
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.signatures.words import (
    certificate_lines,
    count_words,
    day_flaw_hint,
    day_hint,
    name_of,
    role_of,
    signer_pill,
)
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot
from trygga_desktop.ui.widgets.inputs import CheckBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

_ROWS = 4


class SignersCard(Card):
    """The list; each row says in its second line why somebody does not sign."""

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        language = look.language
        super().__init__(look, language.gettext("Signatures"))
        self.setObjectName("signers")
        self._model = model
        self._look = look
        text2 = look.theme.tokens.text2
        self.body.addWidget(
            PlainLabel(
                look, count_words(model.signers, language), style=TextStyle.SECONDARY, colour=text2
            )
        )
        for place, signer in enumerate(model.signers):
            if place:
                self.body.addWidget(Divider(look))
            self.body.addWidget(self._row(signer))

    def _row(self, signer: SignerState) -> QWidget:
        look, language = self._look, self._look.language
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        pill = signer_pill(signer, language)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        name = PlainLabel(look, name_of(signer, language), style=TextStyle.MEDIUM)
        head.addWidget(name, 1, Qt.AlignmentFlag.AlignTop)
        mark = Pill(look, pill.text, tone=pill.tone, icon=pill.icon)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        text2 = look.theme.tokens.text2
        below = QHBoxLayout()
        below.setSpacing(Space.S)
        role = role_of(signer, language) if signer.name.strip() else ""
        below.addWidget(PlainLabel(look, role, style=TextStyle.CAPTION, colour=text2), 1)
        ways = self._ways(signer)
        if len(ways) == 1:
            below.addWidget(ways[0])
        column.addLayout(below)
        if signer.in_file is not None:
            for text in certificate_lines(signer.in_file, language):
                column.addWidget(PlainLabel(look, text, style=TextStyle.CAPTION, colour=text2))
        if len(ways) > 1:
            for way in ways:
                column.addWidget(way, 0, Qt.AlignmentFlag.AlignRight)
        if signer.reason:
            reason = make_visible(signer.reason, longest=500)
            column.addWidget(PlainLabel(look, reason, style=TextStyle.SECONDARY, colour=text2))
        return row

    def _ways(self, signer: SignerState) -> list[Button]:
        """Return what can be recorded of a signer."""
        model, look = self._model, self._look
        _ = look.language.gettext
        if not model.may_mark:
            return []
        name = name_of(signer, look.language)
        found = []
        is_unnamed = signer.status is SignerStatus.UNNAMED
        if is_unnamed and signer.in_file is not None and not signer.in_file.is_seal:
            theirs = Button(look, _("It is their signature"), ButtonKind.LINK, small=True)
            theirs.setObjectName(f"name {signer.signer}")
            about = _("The signature in the file is that of {name}")
            theirs.setAccessibleName(about.format(name=name))
            theirs.clicked.connect(partial(model.name_signature, signer))
            found.append(theirs)
        asks = [(Ask.TAKE_BACK, _("That was wrong…"), _("{name}: that was wrong"))]
        if signer.is_waited_for:
            asks = [
                (Ask.PAPER, _("Signed, without a scan…"), _("{name} has signed the paper")),
                (Ask.DECLINE, _("Does not sign…"), _("{name} does not sign")),
            ]
        for ask, text, about in asks:
            button = Button(look, text, ButtonKind.LINK, small=True)
            button.setObjectName(f"{ask} {signer.signer}")
            button.setAccessibleName(about.format(name=name))
            button.clicked.connect(partial(model.ask, ask, signer.signer))
            found.append(button)
        return found


class SeenCard(Card):
    """Beside the scan: whose signature is seen on it, of which day, and what keeps it."""

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        _ = look.language.gettext
        marks = model.may_mark
        super().__init__(look, _("Whose signature do you see?") if marks else _("Keep the scan"))
        self.setObjectName("seen")
        self._model = model
        self._look = look
        scan = model.scan
        text2 = look.theme.tokens.text2
        told = _("The program finds the pages. Whether somebody signed, only you can see.")
        if not marks:
            told = _("Who signed is recorded on the page of the agreement.")
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        self._boxes = {one.signer: self._box(one) for one in model.waiting}
        self._own_days = {one.signer: self._own_day(one) for one in model.waiting}
        for place, box in self._boxes.items():
            self.body.addWidget(box)
            self.body.addWidget(self._own_days[place])
        if marks and not model.waiting:
            nobody = _("The paper waits for nobody.")
            self.body.addWidget(PlainLabel(look, nobody, style=TextStyle.SECONDARY))
        day = TextInput(look, text=scan.day_text, longest=10)
        day.setObjectName("day signed")
        day.textEdited.connect(scan.type_day)
        self._day = Field(look, _("Signed on"), day)
        self.body.addWidget(self._day)
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.keep = Button(look, "", ButtonKind.PRIMARY, icon="shield-check")
        self.keep.setObjectName("keep the scan")
        self.keep.clicked.connect(model.keep_scan)
        self.cancel = Button(look, _("Keep nothing"))
        self.cancel.setObjectName("let go")
        self.cancel.clicked.connect(scan.cancel)
        self.body.addWidget(self._missing)
        for button in (self.keep, self.cancel):
            button.across()
            self.body.addWidget(button)
        self.show_state()

    def show_state(self) -> None:
        """Show what is thought of the day, and what is missing."""
        scan, look = self._model.scan, self._look
        _ = look.language.gettext
        for signer, box in self._boxes.items():
            box.setChecked(signer in scan.ticked)
            # One day is that of all, unless somebody signed on another.
            own = self._own_days[signer]
            own.setVisible(signer in scan.ticked and len(scan.ticked) > 1)
            said = day_hint(scan, look.language, signer)
            own.show_state(FieldState(said.mark), said.text)
        hint = day_hint(scan, look.language)
        self._day.show_state(FieldState(hint.mark), hint.text)
        self._day.setVisible(bool(self._model.waiting))
        count = len(scan.ticked)
        text = look.language.ngettext(
            "Keep the scan, mark {count} signer", "Keep the scan, mark {count} signers", count
        )
        self.keep.show_text(
            text.format(count=look.language.number(count)) if count else _("Keep the scan")
        )
        if self._model.is_working:
            self.keep.show_text(_("Saving…"))
        is_whole = scan.found is not None and scan.found.is_complete
        missing = "" if is_whole else _("First every page has to be told, and none be missing.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        # Disabled while it works, it would lose the focus to what stands beside it.
        self.keep.setEnabled(scan.may_keep or self._model.is_working)
        self.keep.setAccessibleDescription(missing)

    def _box(self, signer: SignerState) -> CheckBox:
        scan, language = self._model.scan, self._look.language
        name, role = name_of(signer, language), role_of(signer, language)
        text = name if name == role else f"{name}, {role}"
        box = CheckBox(self._look, text, checked=signer.signer in scan.ticked)
        box.setObjectName(f"signed {signer.signer}")
        box.toggled.connect(partial(self._tick, signer.signer))
        return box

    def _own_day(self, signer: SignerState) -> Field:
        scan, look = self._model.scan, self._look
        text = look.language.gettext("Another day for {name}")
        day = TextInput(look, text=scan.own_days.get(signer.signer, ""), longest=10)
        day.setObjectName("own day signed")
        day.textEdited.connect(partial(scan.type_own_day, signer.signer))
        return Field(look, text.format(name=name_of(signer, look.language)), day)

    def _tick(self, signer: int, is_ticked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.scan.tick(signer, is_ticked=is_ticked)


class ReasonCard(Card):
    """Why somebody does not sign, or why what was recorded of them was wrong."""

    def __init__(self, model: SignaturesViewModel, look: Look, form: ReasonForm) -> None:
        _ = look.language.gettext
        self._look = look
        self._form = form
        signer = next((one for one in model.signers if one.signer == form.signer), None)
        name = "" if signer is None else name_of(signer, look.language)
        title, told = {
            Ask.DECLINE: (
                _("{name} does not sign"),
                _("The reason stands with the paper. They may sign later all the same."),
            ),
            Ask.TAKE_BACK: (
                _("{name}: that was wrong"),
                _("The paper waits for them again. What was recorded stays in the log."),
            ),
            Ask.PAPER: (
                _("{name} has signed the paper"),
                _("You have seen the signature. Write why the paper is not scanned, and keep it."),
            ),
        }[form.ask]
        super().__init__(look, title.format(name=name))
        self.setObjectName("reason card")
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        field = FormField(look, form, ReasonField.REASON, _("Reason"), hint=self._hint, rows=_ROWS)
        self.first_focus: QWidget = field.input
        day = FormField(look, form, ReasonField.DAY, _("Signed on"), hint=self._hint)
        self.body.addWidget(day)
        day.setVisible(form.ask is Ask.PAPER)
        self.body.addWidget(field)
        self._sign = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._sign)
        if form.trouble is not None:
            self.body.addWidget(trouble_banner(look, form.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Record it"),
                send=model.record_reason,
                cancel_text=_("Close"),
                cancel=model.cancel_asking,
            )
        )
        if form.drafts is not None:
            form.drafts.changed.connect(self._show_sign)
        self._show_sign()

    @Slot()
    def _show_sign(self) -> None:
        keeper, language = self._form.drafts, self._look.language
        saved = language.gettext("Draft saved {time}. Not recorded yet.")
        text = "" if keeper is None else sign_text(keeper, language, saved=saved)
        self._sign.show_text(text)
        self._sign.setVisible(bool(text))

    def _hint(self, field: str) -> Hint:
        _ = self._look.language.gettext
        flaw = self._form.day_flaw(field) if field in self._form.left_fields else None
        if flaw is not None:
            return day_flaw_hint(flaw, self._look.language)
        if self._form.refused.get(field) == "length":
            return Hint(Mark.BAD, _("The text is too long."))
        if field in self._form.refused:
            return Hint(Mark.BAD, _("This cannot be saved as it stands."))
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        _ = self._look.language.gettext
        if ReasonField.REASON in self._form.missing:
            return _("Write why.")
        return _("Write the day.") if self._form.missing else ""


class SignersSide(QWidget):
    """Beside the scan: the list, what is seen on the scan, or a reason that is being written.

    `left_behind` follows when what had the focus is there no more.
    """

    left_behind = Signal()

    def __init__(self, model: SignaturesViewModel, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)
        self._card: QWidget | None = None
        self._built: object = None
        self.close_scan = Button(look, _("Close the scan"), icon="x")
        self.close_scan.setObjectName("close the scan")
        self.close_scan.clicked.connect(model.scan.cancel)
        self.close_scan.across()
        self._column.addWidget(self.close_scan)
        self._column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @property
    def parts(self) -> list[QWidget]:
        """Return what stands here, in reading order."""
        return [self.close_scan] if self._card is None else [self._card, self.close_scan]

    @Slot()
    def _show(self) -> None:
        model, scan = self._model, self._model.scan
        is_seen = scan.found is not None and not scan.is_kept and model.asked is None
        asked = model.asked
        key = (
            model.signers,
            is_seen,
            asked,
            None if asked is None else (asked.ask, asked.signer, asked.trouble),
        )
        self.close_scan.setVisible(scan.is_kept and scan.found is not None)
        if key == self._built:
            if isinstance(self._card, SeenCard):
                self._card.show_state()
            return
        self._built = key
        focus = focus_in(self)
        had_focus = self._card is not None and focus is not None and self._card.isAncestorOf(focus)
        was_asking = isinstance(self._card, ReasonCard)
        if self._card is not None:
            take_out(self._card)
        card: SignersCard | SeenCard | ReasonCard
        if asked is not None:
            card = ReasonCard(model, self._look, asked)
        elif is_seen:
            card = SeenCard(model, self._look)
        else:
            card = SignersCard(model, self._look)
        self._card = card
        self._column.insertWidget(0, card)
        card.show()
        if isinstance(card, ReasonCard):
            card.first_focus.setFocus()
        elif had_focus or was_asking:
            self.left_behind.emit()
