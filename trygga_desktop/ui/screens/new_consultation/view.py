"""A case without a name: alias, age band and programme at the left, what it means beside them."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.services.naming import age_words
from trygga_desktop.ui.screens.new_consultation.form import Field, Missing
from trygga_desktop.ui.screens.new_consultation.view_model import NewConsultationViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot, side_by_side
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 350
_NARROW = 820


class NewConsultationView(QWidget):
    """Focus starts in the alias. Ctrl+Enter begins the case, Alt+Left goes back."""

    def __init__(
        self, model: NewConsultationViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        header = PageHeader(
            look,
            _("New consultation without names"),
            crumbs=[_("My cases")],
            pills=[Pill(look, _("Without names"), tone=Tone.INFO, icon="venetian-mask")],
        )
        self._column.addWidget(header)
        self._alias = self._field(Field.ALIAS, _("Alias"))
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        left.addWidget(self._form_card())
        left.addStretch(1)
        right.addWidget(self._told_card())
        right.addStretch(1)
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        self._column.addWidget(body)
        self._column.addStretch(1)
        self._banners: list[QWidget] = []
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Begin the consultation"), ("Ctrl+Return", "Ctrl+Enter"), model.begin),
            Command(_("Back to my cases"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the alias."""
        return self._alias.input

    def _form_card(self) -> Card:
        look, model = self._look, self._model
        form, language = model.form, look.language
        _ = language.gettext
        card = Card(look, _("Who it is about"))
        bands: list[tuple[str, object]] = [(_("Choose"), None)]
        bands += [(age_words(one, language), one) for one in AgeBand]
        band = ChoiceField(
            look,
            _("Age"),
            bands,
            chosen=form.age_band,
            name="age band",
            choose=self._choose_band,
        ).follow(form, lambda: form.age_band)
        card.body.addLayout(side_by_side(self._alias, band))
        self._programme = ChoiceField(
            look,
            _("Programme"),
            [(_("Choose"), "")],
            chosen="",
            name="programme",
            choose=lambda code: form.choose_programme(str(code)),
        ).follow(form, lambda: form.programme)
        card.body.addWidget(self._programme)
        card.body.addWidget(self._field(Field.WHY, _("What raised the concern?"), rows=3))
        card.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Begin the consultation"),
                send=model.begin,
                cancel_text=_("Cancel"),
                cancel=model.cancel,
            )
        )
        return card

    def _told_card(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("What others see"))
        for icon, title, line in (
            (
                "venetian-mask",
                _("An alias and an age band"),
                _("On the shared screen, on paper and in the protocol. Nothing else of who it is."),
            ),
            (
                "users",
                _("Only professionals at the table"),
                _("Nobody of the family, and nobody whom they bring along."),
            ),
            (
                "lock",
                _("The name comes later, if at all"),
                _("It needs consent or a legal ground, and is recorded with who, when and why."),
            ),
        ):
            card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
        return card

    def _field(self, field: Field, label: str, rows: int = 0) -> FormField:
        return FormField(self._look, self._model.form, field, label, hint=self._hint, rows=rows)

    def _hint(self, field: str) -> Hint:
        form, _ = self._model.form, self._look.language.gettext
        if field == Field.ALIAS and (form.tells or form.refused.get(field) == "tells"):
            return Hint(Mark.BAD, _("This may point someone out. Choose a word of its own."))
        if field in form.refused:
            return Hint(Mark.BAD, _("This is too long. Write it shorter."))
        if field == Field.ALIAS:
            return Hint(Mark.PLAIN, _("A word of its own, such as Birch. No initials."))
        return Hint(Mark.PLAIN, _("Only those who work in the case read this."))

    def _missing(self) -> str:
        form, _ = self._model.form, self._look.language.gettext
        if "programme" in form.refused:
            return _("The programme is not known any more.")
        if not form.missing:
            return ""
        return {
            Missing.ALIAS: _("The alias is missing."),
            Missing.TELLS: _("The alias may point someone out."),
            Missing.AGE_BAND: _("The age is missing."),
            Missing.PROGRAMME: _("The programme is missing."),
        }[form.missing[0]]

    def _choose_band(self, band: object) -> None:
        self._model.form.choose_age_band(band if isinstance(band, AgeBand) else None)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        combo = self._programme.combo
        if combo.count() != len(model.programmes) + 1:
            combo.clear()
            combo.addItem(language.gettext("Choose"), "")
            for one in model.programmes:
                combo.addItem(one.name.in_language(language.code), one.code)
            combo.choose(model.form.programme)
        take_out(*self._banners)
        self._banners = []
        if model.trouble is not None:
            self._banners = [trouble_banner(self._look, model.trouble)]
            self._column.insertWidget(1, self._banners[0], 0, Qt.AlignmentFlag.AlignTop)
            come_forward(self._banners[0])
