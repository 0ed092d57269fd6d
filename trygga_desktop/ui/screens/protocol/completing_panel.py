"""Beside the pages of a draft: an action that lacks who does it or a day gets them."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.draft_keeper import sign_text
from trygga_desktop.ui.due_words import rest_day
from trygga_desktop.ui.screens.protocol.completing import CompletingField, CompletingForm
from trygga_desktop.ui.screens.protocol.sealing import SealingModel
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark, read_day
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

_LONGEST = 400


class CompletingPanel(Card):
    """One action after the other, with what was said of it at the meeting."""

    def __init__(self, sealing: SealingModel, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Complete an action"))
        self.setObjectName("completing panel")
        form = sealing.completing.form
        assert form is not None  # noqa: S101  the panel is open
        self._look = look
        self._form = form
        text2 = look.theme.tokens.text2
        told = _("It then stands in the protocol as what was promised. Once sealed it cannot.")
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY))
        self._words = PlainLabel(look, style=TextStyle.STRONG)
        actions = form.unfinished.actions
        which: ChoiceField | None = None
        if len(actions) > 1:
            which = ChoiceField(
                look,
                _("Which action"),
                [(_one_line(one.words), one.id) for one in actions],
                chosen=form.item_id,
                name="which action",
                choose=form.choose_action,
            ).follow(form, lambda: form.item_id)
            self.body.addWidget(which)
        self.body.addWidget(self._words)
        who = ChoiceField(
            look,
            _("Who does it, and for whom"),
            [(_("Nobody yet"), None), *((self._called(one), one.party.id) for one in form.people)],
            chosen=form.party_id,
            name="who completes",
            choose=form.choose_who,
        ).follow(form, lambda: form.party_id)
        self.body.addWidget(who)
        due = FormField(look, form, CompletingField.DUE, _("To be done by"), hint=self._hint)
        due.input.setObjectName("completing due")
        self.body.addWidget(due)
        self.first_focus: QWidget = who.combo if form.party_id is None else due.input
        self._sign = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._sign)
        if sealing.completing.trouble is not None:
            self.body.addWidget(trouble_banner(look, sealing.completing.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Complete it"),
                send=sealing.completing.send,
                cancel_text=_("Close"),
                cancel=sealing.cancel,
            )
        )
        form.changed.connect(self._show)
        if form.drafts is not None:
            form.drafts.changed.connect(self._show_sign)
        self._show()
        self._show_sign()

    def _called(self, one: ShownParty) -> str:
        whom = one.organisation or role_word(one.party.role, self._look.language).lower()
        return f"{_one_line(one.name)}, {_one_line(whom)}"

    @Slot()
    def _show(self) -> None:
        self._words.show_text(make_visible(self._form.action.words, longest=_LONGEST))

    @Slot()
    def _show_sign(self) -> None:
        keeper, language = self._form.drafts, self._look.language
        saved = language.gettext("Draft saved {time}. Not completed yet.")
        text = "" if keeper is None else sign_text(keeper, language, saved=saved)
        self._sign.show_text(text)
        self._sign.setVisible(bool(text))

    def _hint(self, field: str) -> Hint:
        form, language = self._form, self._look.language
        if form.refused.get(field, ""):
            return Hint(Mark.BAD, language.gettext("This cannot be saved as it stands."))
        if field != CompletingField.DUE or not form.tidy(field):
            return Hint(Mark.PLAIN)
        day = read_day(form.text_in(field))
        if isinstance(day, DayFlaw):
            text = language.gettext("Write the day as 2026-12-24.")
            return Hint(Mark.BAD if field in form.left_fields else Mark.TYPING, text)
        text = rest_day(day, language)
        return Hint(Mark.WARN, text) if text else Hint(Mark.PLAIN)

    def _missing(self) -> str:
        return _missing_words(self._form, self._look)


def _missing_words(form: CompletingForm, look: Look) -> str:
    _ = look.language.gettext
    if CompletingField.PARTY in form.missing:
        return _("Choose who does it.")
    return _("Write the day as 2026-12-24.") if form.missing else ""


def _one_line(text: str) -> str:
    return make_visible(text, lines=False, longest=_LONGEST)
