"""The two forms of the directory, as cards above the people of an organisation."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.directory.forms import (
    ContactForm,
    DirectoryField,
    OrganisationForm,
)
from trygga_desktop.ui.screens.directory.hints import hint_for, missing_text, refusal_text
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import FieldState
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot, side_by_side
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel


class OrganisationCard(Card):
    """Kind and name; another name than before asks from which day it holds."""

    def __init__(self, model: DirectoryViewModel, form: OrganisationForm, look: Look) -> None:
        _ = look.language.gettext
        is_new = form.before is None
        super().__init__(look, _("A new organisation") if is_new else _("The organisation"))
        self._form = form
        self._look = look
        self._kind = self._build_kind(model)
        name = _field(look, form, DirectoryField.NAME, _("Name"))
        self.first_focus: QWidget = name.input
        self._since = _field(look, form, DirectoryField.SINCE, _("From which day?"))
        self._correction = CheckBox(
            look, _("Only a spelling mistake: correct it everywhere"), checked=form.is_correction
        )
        self._correction.setObjectName("correction")
        self._correction.toggled.connect(self._correct)
        self.body.addLayout(side_by_side(name, self._kind))
        self.body.addWidget(self._correction)
        self.body.addLayout(side_by_side(self._since, QWidget()))
        if form.before is not None and not form.before.retired and not model.is_own:
            retire = partial(model.retire_organisation, retired=True)
            self.body.addWidget(_Retire(look, form, retire))
        text = _("Add the organisation") if is_new else _("Change")
        self.body.addWidget(_foot(look, model, form, text))
        form.changed.connect(self._show)
        form.replaced.connect(self._replace)
        self._show()

    def _build_kind(self, model: DirectoryViewModel) -> ChoiceField:
        language = self._look.language
        agencies = () if model.found is None else model.found.catalogue.agencies
        choices: list[tuple[str, object]] = [
            (one.name.in_language(language.code), one.code) for one in agencies
        ]
        field = ChoiceField(
            self._look,
            language.gettext("Kind"),
            choices,
            chosen=self._form.kind,
            name=DirectoryField.KIND,
            choose=lambda chosen: self._form.choose_kind(str(chosen)),
        ).follow(self._form, lambda: self._form.kind)
        is_own = self._form.before is not None and model.is_own
        # Whose vault this is does not become a school.
        field.combo.setEnabled(not is_own)
        return field

    @Slot(bool)
    def _correct(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._form.correct(is_correction=on)

    @Slot()
    def _replace(self) -> None:
        self._correction.blockSignals(True)
        self._correction.setChecked(self._form.is_correction)
        self._correction.blockSignals(False)

    @Slot()
    def _show(self) -> None:
        form = self._form
        self._correction.setVisible(form.is_renamed)
        self._since.setVisible(form.asks_for_day)
        flaw = form.refused.get(DirectoryField.KIND)
        if flaw is None:
            self._kind.show_state(FieldState.PLAIN)
        else:
            self._kind.show_state(FieldState.BAD, refusal_text(flaw, self._look.language))


class ContactCard(Card):
    """Name and title, telephone and e-mail."""

    def __init__(self, model: DirectoryViewModel, form: ContactForm, look: Look) -> None:
        _ = look.language.gettext
        is_new = form.before is None
        super().__init__(look, _("A new person") if is_new else _("The person"))
        name = _field(look, form, DirectoryField.NAME, _("Name"))
        title = _field(look, form, DirectoryField.TITLE, _("Title"))
        phone = _field(look, form, DirectoryField.PHONE, _("Telephone"))
        email = _field(look, form, DirectoryField.EMAIL, _("E-mail"))
        self.first_focus: QWidget = name.input
        self.body.addLayout(side_by_side(name, title))
        self.body.addLayout(side_by_side(phone, email))
        if form.before is not None and not form.before.retired:
            retire = partial(model.retire_contact, form.before, retired=True)
            self.body.addWidget(_Retire(look, form, retire))
        text = _("Add the person") if is_new else _("Change")
        self.body.addWidget(_foot(look, model, form, text))


class _Retire(QWidget):
    """The way out of use. It can be taken back, so that nothing is asked first.

    What was changed and not stored would be lost on that way: then it waits.
    """

    def __init__(
        self, look: Look, form: OrganisationForm | ContactForm, retire: Callable[[], None]
    ) -> None:
        super().__init__()
        _ = look.language.gettext
        self._form = form
        self._button = Button(look, _("Take out of use"), ButtonKind.GHOST, icon="archive")
        self._button.setObjectName("take out of use")
        self._button.start_column()
        self._button.clicked.connect(retire)
        text2 = look.theme.tokens.text2
        why = _("Store what you have changed first, or cancel it.")
        self._why = PlainLabel(look, why, style=TextStyle.SECONDARY, colour=text2)
        self._button.setAccessibleDescription(why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._why)
        form.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self._button.setEnabled(not self._form.has_edits)
        self._why.setVisible(self._form.has_edits)


def _field(look: Look, form: TextForm, field: DirectoryField, label: str) -> FormField:
    hint = partial(hint_for, form=form, language=look.language)
    return FormField(look, form, field, label, hint=hint)


def _foot(look: Look, model: DirectoryViewModel, form: TextForm, text: str) -> FormFoot:
    _ = look.language.gettext
    return FormFoot(
        look,
        form,
        missing=partial(missing_text, form, look.language),
        text=text,
        send=model.send,
        cancel_text=_("Cancel"),
        cancel=model.cancel,
        nothing=_("Nothing is changed yet."),
    )
