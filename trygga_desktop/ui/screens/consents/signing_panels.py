"""Panels beside the matrix about who signs: who was asked, an exception, and its approval."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.programme import Decider, SignerException
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consents.panels import Panel
from trygga_desktop.ui.screens.consents.reason_list import ReasonField
from trygga_desktop.ui.screens.consents.signing_forms import (
    ApprovalForm,
    ExceptionForm,
    RequestForm,
    SigningField,
    SigningForm,
)
from trygga_desktop.ui.screens.consents.signing_hints import flaw_text, hint_for, missing_text
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, side_by_side
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

K = TypeVar("K")

_WORDS_HEIGHT = 76


class SigningPanel(Panel):
    """What they have in common: fields that tell what is thought of their texts, and ticks."""

    def __init__(self, model: ConsentsViewModel, look: Look, form: SigningForm, title: str) -> None:
        super().__init__(model, look, title)
        self._signing_form = form
        self._boxes: dict[object, CheckBox] = {}
        self._ticked: Callable[[], Iterable[object]] = tuple

    def _say(self, text: str) -> None:
        text2 = self._look.theme.tokens.text2
        self.body.addWidget(PlainLabel(self._look, text, style=TextStyle.SECONDARY, colour=text2))

    def _ticks(
        self,
        named: Iterable[tuple[K, str]],
        name: str,
        *,
        ticked: Callable[[], Iterable[K]],
        tick: Callable[[K, bool], None],
    ) -> None:
        """Put a box for each of these below what stands there; they follow the form."""
        self._ticked = ticked
        now = set(ticked())
        for key, text in named:
            box = CheckBox(self._look, text, checked=key in now)
            box.setObjectName(f"{name} {key}")
            box.toggled.connect(partial(tick, key))
            self.body.addWidget(box)
            self._boxes[key] = box
        self._signing_form.replaced.connect(self._tick_again)

    @Slot()
    def _tick_again(self) -> None:
        ticked = set(self._ticked())
        for key, box in self._boxes.items():
            box.setChecked(key in ticked)

    def _text_field(self, field: SigningField, label: str, *, rows: int = 0) -> FormField:
        hint = partial(
            hint_for,
            form=self._signing_form,
            decider=self._decider,
            language=self._look.language,
        )
        made = FormField(self._look, self._signing_form, field, label, hint=hint, rows=rows)
        if rows:
            made.input.setFixedHeight(self._look.theme.px(_WORDS_HEIGHT))
        return made

    @property
    def _decider(self) -> Decider | None:
        view = self._model.view
        programme = None if view is None else view.programme
        return None if programme is None else programme.second_approval_for_exceptions

    def _what_is_missing(self) -> str:
        return missing_text(self._signing_form, self._look.language)

    def _show_refusal(self, field: Field, name: SigningField) -> None:
        """Say below a choice why it was refused."""
        form = self._signing_form
        flaw = form.refused.get(name)
        if flaw is None:
            field.show_state(FieldState.PLAIN)
        else:
            field.show_state(FieldState.BAD, flaw_text(name, flaw, form, self._look.language))

    def _begin_at(self, controls: Sequence[tuple[SigningField, QWidget]]) -> None:
        """Let the first one that was refused have the focus, or else the first one."""
        refused = [one for name, one in controls if name in self._signing_form.refused]
        self.first_focus = refused[0] if refused else controls[0][1]


class RequestPanel(SigningPanel):
    """Who got the form to read and was asked to sign."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: RequestForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, form, _("Asked to sign"))
        self._form = form
        self._say(_("Note who got the form to read and was asked. It opens nothing."))
        view = model.view
        signers = [] if view is None else [one.signer for one in view.signing.signers]
        self._ticks(
            [(one, names.full_name(one)) for one in names.in_order(signers)],
            "asked",
            ticked=lambda: form.ticked,
            tick=self._tick,
        )
        day = self._text_field(SigningField.ON, _("Day"))
        self.body.addWidget(day)
        first = [(SigningField.SIGNERS, one) for one in list(self._boxes.values())[:1]]
        self._begin_at([*first, (SigningField.ON, day.input)])
        self._end(_("Note who was asked"), ButtonKind.PRIMARY)

    def _tick(self, signer: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._form.tick(signer, asked=checked)


class ExceptionPanel(SigningPanel):
    """Whose signature is done without, why, who decided it and who approved it."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: ExceptionForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, form, _("Do without a signature"))
        self._form = form
        self._say(_("A person decides it and another approves it. Trygga never chooses for you."))
        self._guardian = guardian = self._build_guardian(names)
        self._reason = self._build_reason()
        words = self._text_field(SigningField.WORDS, _("Why"), rows=3)
        decided_by = self._text_field(SigningField.DECIDED_BY, _("Who has decided it"))
        on = self._text_field(SigningField.ON, _("From"))
        until = self._text_field(SigningField.UNTIL, _("Last day"))
        approved_by = self._text_field(SigningField.APPROVED_BY, _("Who has approved it"))
        self._explained = QVBoxLayout()
        self._explanations: list[QWidget] = []
        self.body.addWidget(guardian)
        self.body.addWidget(self._reason)
        self.body.addLayout(self._explained)
        self.body.addWidget(words)
        self.body.addWidget(decided_by)
        self.body.addLayout(side_by_side(on, until))
        self.body.addWidget(approved_by)
        self._explain()
        self._begin_at(
            [
                (SigningField.SIGNER, guardian.combo),
                (SigningField.CODE, self._reason.first_focus),
                (SigningField.WORDS, words.input),
                (SigningField.DECIDED_BY, decided_by.input),
                (SigningField.ON, on.input),
                (SigningField.UNTIL, until.input),
                (SigningField.APPROVED_BY, approved_by.input),
            ]
        )
        self._end(_("Record the exception"), ButtonKind.PRIMARY)
        form.replaced.connect(self._choose_again)

    @Slot()
    def _choose_again(self) -> None:
        self._reason.show_chosen(self._form.code)
        self._explain()

    def _build_guardian(self, names: ConsentNames) -> ChoiceField:
        _ = self._look.language.gettext
        chosen = self._form.signer
        able = self._model.may_except | (frozenset() if chosen is None else {chosen})
        choices: list[tuple[str, object]] = [
            (names.full_name(one), one) for one in names.in_order(able)
        ]
        if chosen is None:
            choices.insert(0, (_("Choose"), None))
        made = ChoiceField(
            self._look,
            _("Whose signature"),
            choices,
            chosen=self._form.signer,
            name=SigningField.SIGNER,
            choose=self._choose_guardian,
        ).follow(self._form, lambda: self._form.signer)
        self._show_refusal(made, SigningField.SIGNER)
        return made

    def _build_reason(self) -> ReasonField:
        _ = self._look.language.gettext
        code = self._look.language.code
        made = ReasonField(
            self._look,
            _("Reason"),
            [(one.name.in_language(code), one.code) for one in self._known_reasons],
            chosen=self._form.code,
            choose=self._choose_reason,
        )
        self._show_refusal(made, SigningField.CODE)
        return made

    @property
    def _known_reasons(self) -> tuple[SignerException, ...]:
        view = self._model.view
        return () if view is None else view.catalogue.signer_exceptions

    def _choose_guardian(self, chosen: object) -> None:
        self._form.choose_signer(chosen if isinstance(chosen, UUID) else None)
        self._show_refusal(self._guardian, SigningField.SIGNER)

    def _choose_reason(self, code: str) -> None:
        self._form.choose_code(code)
        self._show_refusal(self._reason, SigningField.CODE)
        self._explain()

    def _explain(self) -> None:
        """Say what the chosen reason is about, and whether it opens any sharing."""
        take_out(*self._explanations)
        self._explanations = []
        known = [one for one in self._known_reasons if one.code == self._form.code]
        for reason in known:
            box = explanation(self._look, reason)
            self._explained.addWidget(box)
            box.show()
            self._explanations.append(box)


class ApprovalPanel(SigningPanel):
    """What was decided, to read, and who approves it."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: ApprovalForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        told = form.exception
        name = names.person(told.signer)
        super().__init__(model, look, form, _("Is {name} not to sign?").format(name=name))
        language = look.language
        period = _("{since} to {until}").format(
            since=language.date_long(told.on), until=language.date_long(told.until)
        )
        for label, text in (
            (_("Reason"), names.exception(told.code)),
            (_("Why"), make_visible(told.words)),
            (_("Who has decided it"), make_visible(told.decided_by, lines=False)),
            (_("Days"), period),
        ):
            self.body.addWidget(self._read_only(label, text))
        approved_by = self._text_field(SigningField.APPROVED_BY, _("Who approves it"))
        on = self._text_field(SigningField.ON, _("Approved on"))
        self.body.addWidget(approved_by)
        self.body.addWidget(on)
        self._say(_("It counts from the day on which it is approved."))
        self._begin_at([(SigningField.APPROVED_BY, approved_by.input), (SigningField.ON, on.input)])
        self._end(_("Approve"), ButtonKind.PRIMARY)

    def _read_only(self, label: str, text: str) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        text2 = self._look.theme.tokens.text2
        column.addWidget(PlainLabel(self._look, label, style=TextStyle.CAPTION, colour=text2))
        column.addWidget(PlainLabel(self._look, text))
        return part


def explanation(look: Look, reason: SignerException) -> TintedBox:
    """Return what the catalogue says of a reason; one that opens no sharing says so first."""
    _ = look.language.gettext
    code = look.language.code
    box = TintedBox(look, Tone.INFO if reason.opens_sharing else Tone.WARN)
    column = QVBoxLayout()
    column.setSpacing(4)
    if not reason.opens_sharing:
        text = _("It opens no sharing: the guardian must still sign for that.")
        column.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
    column.addWidget(PlainLabel(look, reason.question.in_language(code)))
    note = reason.note.in_language(code)
    column.addWidget(PlainLabel(look, note, style=TextStyle.SECONDARY))
    source = reason.provision
    if not reason.mark.is_verified:
        source = " ".join([f"{source}.", _("To be confirmed by a lawyer.")])
    column.addWidget(PlainLabel(look, source, style=TextStyle.CAPTION))
    box.row.addLayout(column, 1)
    return box


def signing_panel_for(
    model: ConsentsViewModel, look: Look, names: ConsentNames
) -> SigningPanel | None:
    """Return the panel for what is being filled in about who signs, if anything is."""
    match model.panel:
        case RequestForm():
            return RequestPanel(model, look, model.panel, names)
        case ExceptionForm():
            return ExceptionPanel(model, look, model.panel, names)
        case ApprovalForm():
            return ApprovalPanel(model, look, model.panel, names)
        case _:
            return None
