"""The form for somebody of the family, or close to it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.screens.people.form import (
    PeopleField,
)
from trygga_desktop.ui.screens.people.lines import custody_choices
from trygga_desktop.ui.screens.people.relative import ROLES, RelativeForm
from trygga_desktop.ui.screens.people.typed import form_foot, typed_field
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import ChoiceField, side_by_side
from trygga_desktop.ui.widgets.inputs import CheckBox

_KINDS = (
    Protection.SECRECY_MARKING,
    Protection.PROTECTED_REGISTRATION,
    Protection.FICTITIOUS_IDENTITY,
)


class RelativePanel(Card):
    """Names first: nothing but a name is needed."""

    def __init__(self, model: PeopleViewModel, form: RelativeForm, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("A relative"))
        self._form = form
        self._look = look
        given = typed_field(look, form, PeopleField.GIVEN_NAME, _("Given name"))
        family = typed_field(look, form, PeopleField.FAMILY_NAME, _("Family name"))
        number = typed_field(look, form, PeopleField.NUMBER, _("Personal or coordination number"))
        born = typed_field(look, form, PeopleField.BIRTH_DATE, _("Birth date"))
        since = typed_field(look, form, PeopleField.SINCE, _("Takes part from"))
        relation = typed_field(look, form, PeopleField.RELATION, _("Relation"))
        self.first_focus: QWidget = given.input
        self._custody = self._build_custody()
        self.body.addLayout(side_by_side(given, family))
        self.body.addWidget(number)
        self.body.addLayout(side_by_side(born, relation))
        self.body.addWidget(self._build_role())
        self.body.addLayout(side_by_side(self._custody, since))
        self.body.addWidget(self._build_switch())
        self.body.addWidget(self._build_guard())
        self.body.addWidget(
            form_foot(
                look,
                form,
                text=_("Add to the case"),
                send=model.send,
                cancel_text=_("Cancel"),
                cancel=model.cancel,
            )
        )
        form.changed.connect(self._show)
        form.replaced.connect(self._replace)
        self._show()

    def _build_role(self) -> ChoiceField:
        language = self._look.language
        return ChoiceField(
            self._look,
            language.gettext("Capacity"),
            [(role_word(one, language), one) for one in ROLES],
            chosen=self._form.role,
            name="role",
            choose=lambda chosen: self._form.choose_role(PartyRole(str(chosen))),
        ).follow(self._form, lambda: self._form.role)

    def _build_custody(self) -> ChoiceField:
        language = self._look.language
        return ChoiceField(
            self._look,
            language.gettext("Custody"),
            self._custodies(),
            chosen=self._form.custody,
            name="custody",
            choose=lambda chosen: self._form.choose_custody(Custody(str(chosen))),
        ).follow(self._form, lambda: self._form.custody)

    def _custodies(self) -> list[tuple[str, object]]:
        choices = custody_choices(self._look.language)
        return [one for one in choices if one[1] in self._form.custodies]

    def _build_switch(self) -> CheckBox:
        _ = self._look.language.gettext
        switch = CheckBox(self._look, _("Protected identity"), checked=self._form.is_protected)
        switch.setObjectName("protected")
        switch.setAccessibleDescription(
            _("If you are unsure: turn it on. It is easy to turn on and hard to turn off.")
        )
        switch.toggled.connect(self._protect)
        self._switch = switch
        return switch

    def _build_guard(self) -> QWidget:
        language = self._look.language
        _ = language.gettext
        self._guard = QWidget()
        column = QVBoxLayout(self._guard)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(typed_field(self._look, self._form, PeopleField.ALIAS, _("Alias")))
        kinds = [(protection_label(one, language), one) for one in _KINDS]
        kind = ChoiceField(
            self._look,
            _("Kind of protection"),
            kinds,
            chosen=self._form.protection if self._form.is_protected else _KINDS[0],
            name="kind of protection",
            choose=lambda chosen: self._form.protect(Protection(str(chosen))),
        )
        self._kind = kind.combo
        column.addWidget(kind)
        return self._guard

    @Slot(bool)
    def _protect(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        kind = Protection(str(self._kind.currentData()))
        self._form.protect(kind if on else Protection.NONE)

    @Slot()
    def _replace(self) -> None:
        if self._form.is_protected:
            self._kind.choose(self._form.protection)
        self._switch.blockSignals(True)
        self._switch.setChecked(self._form.is_protected)
        self._switch.blockSignals(False)

    @Slot()
    def _show(self) -> None:
        self._guard.setVisible(self._form.is_protected)
        self._custody.setVisible(self._form.is_guardian)
        combo, choices = self._custody.combo, self._custodies()
        if combo.count() != len(choices):
            combo.clear()
            for text, value in choices:
                combo.addItem(text, value)
        combo.choose(self._form.custody)
