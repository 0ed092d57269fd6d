"""Panels beside the matrix: what is kept back from somebody, and who is concerned."""

from collections.abc import Callable, Iterable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent_events import Barred
from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consents.keeping_forms import (
    ConcernedForm,
    KeptForm,
    asks_who_is_concerned,
)
from trygga_desktop.ui.screens.consents.signing_forms import SigningField
from trygga_desktop.ui.screens.consents.signing_panels import SigningPanel
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 400


class KeptPanel(SigningPanel):
    """From whom, what, why and since when. What the ticks mean stands above them."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: KeptForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, form, _("Keep something back"))
        self._form = form
        self._names = names
        self._say(_("It holds whatever the consents say, until somebody says that it does not."))
        who = ChoiceField(
            look,
            _("From whom"),
            [
                (_("Choose"), None),
                *((names.full_name(one), one) for one in form.guardians),
                *((names.own_name(one), one) for one in form.organisations),
            ],
            chosen=form.against,
            name="kept from",
            choose=form.choose_against,
        ).follow(form, lambda: form.against)
        self.body.addWidget(who)
        self._meaning = PlainLabel(look, style=TextStyle.LABEL)
        self.body.addWidget(self._meaning)
        categories = () if model.view is None else model.view.categories
        self._ticks(
            [(one.code, one.name.in_language(look.language.code)) for one in categories],
            "kept",
            ticked=lambda: form.categories,
            tick=self._tick,
        )
        words = self._text_field(SigningField.WORDS, _("Why, and who decided it"), rows=3)
        day = self._text_field(SigningField.ON, _("From"))
        self.body.addWidget(words)
        self.body.addWidget(day)
        self._begin_at(
            [
                (SigningField.AGAINST, who.combo),
                (SigningField.WORDS, words.input),
                (SigningField.ON, day.input),
            ]
        )
        self._end(_("Keep it back"), ButtonKind.DANGER)
        form.replaced.connect(self._show_choice)
        self._show_choice()

    @Slot()
    def _show_choice(self) -> None:
        form, _ = self._form, self._look.language.gettext
        self._meaning.show_text(
            _("What it still gets") if form.is_for_protection else _("What is kept back")
        )

    def _tick(self, code: str, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._form.tick(code, is_meant=checked)


class ConcernedPanel(SigningPanel):
    """A tick for each organisation of the case."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: ConcernedForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, form, _("Who is concerned"))
        self._form = form
        self._say(
            _("The programme needs a consent that covers everyone concerned. Those ticked are.")
        )
        self._ticks(
            [(one, names.own_name(one)) for one in form.organisations],
            "concerned",
            ticked=lambda: form.ticked,
            tick=self._tick,
        )
        day = self._text_field(SigningField.ON, _("From"))
        self.body.addWidget(day)
        first = [(SigningField.CONCERNED, one) for one in list(self._boxes.values())[:1]]
        self._begin_at([*first, (SigningField.ON, day.input)])
        self._end(_("Record who is concerned"), ButtonKind.PRIMARY)

    def _tick(self, organisation_id: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._form.tick(organisation_id, is_concerned=checked)


class KeptCard(Card):
    """What is kept back on the day that is looked at, with the way to take each away."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, view: ConsentView, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("What is kept back"))
        self.setObjectName("kept back")
        self._model = model
        self._look = look
        for bar in view.bars:
            self.body.addWidget(self._row(bar, view, names))
            self.body.addWidget(Divider(look))
        if not view.bars:
            text2 = look.theme.tokens.text2
            text = _("Nothing is kept from anyone beside what the consents say.")
            self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        self._way(_("Keep something back"), "keep back", "eye-off", model.begin_keeping)
        if asks_who_is_concerned(view):
            self._way(
                _("Who is concerned"), "who is concerned", "users-round", model.begin_concerned
            )

    def _row(self, bar: Bar, view: ConsentView, names: ConsentNames) -> QWidget:
        look = self._look
        _ = look.language.gettext
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        whom = whom_of(bar, view, names)
        column.addWidget(PlainLabel(look, whom, style=TextStyle.MEDIUM))
        told = kept_words(bar, view, look.language)
        column.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY))
        words = words_of(bar.id, view)
        if words:
            text2 = look.theme.tokens.text2
            column.addWidget(PlainLabel(look, words, style=TextStyle.CAPTION, colour=text2))
        lift = Button(look, _("Holds no more"), small=True)
        lift.setObjectName(f"lift {bar.id}")
        lift.setAccessibleDescription(f"{whom}. {told}")
        lift.setEnabled(self._model.may_record)
        lift.clicked.connect(partial(self._model.ask_to_lift, bar.id))
        row = QHBoxLayout()
        row.addWidget(lift)
        row.addStretch(1)
        column.addLayout(row)
        return part

    def _way(self, text: str, name: str, icon: str, begin: Callable[[], None]) -> None:
        way = Button(self._look, text, icon=icon)
        way.setObjectName(name)
        way.setEnabled(self._model.may_record)
        way.clicked.connect(begin)
        way.across()
        self.body.addWidget(way)


def whom_of(bar: Bar, view: ConsentView, names: ConsentNames) -> str:
    """Return from whom something is kept."""
    people = {one.party.id for one in view.people}
    return names.full_name(bar.against) if bar.against in people else names.own_name(bar.against)


def kept_words(bar: Bar, view: ConsentView, language: Language) -> str:
    """Return what is kept back, in a sentence."""
    _ = language.gettext
    named = {one.code: one.name.in_language(language.code) for one in view.categories}
    kinds = language.list_words([named.get(one, one).lower() for one in _sorted(bar.categories)])
    if bar.scope is BarScope.THESE:
        return _("Is not told: {kinds}.").format(kinds=kinds)
    if not bar.categories:
        return _("Is told nothing.")
    return _("Is told no more than: {kinds}.").format(kinds=kinds)


def words_of(bar_id: UUID, view: ConsentView) -> str:
    """Return why something is kept back."""
    for one in view.history:
        if isinstance(one.what, Barred) and one.what.bar.id == bar_id:
            return make_visible(one.what.words, longest=_LONGEST)
    return ""


def keeping_panel_for(
    model: ConsentsViewModel, look: Look, names: ConsentNames
) -> SigningPanel | None:
    """Return the panel for what is being filled in about that, if anything is."""
    match model.panel:
        case KeptForm():
            return KeptPanel(model, look, model.panel, names)
        case ConcernedForm():
            return ConcernedPanel(model, look, model.panel, names)
        case _:
            return None


def _sorted(codes: Iterable[str]) -> list[str]:
    return sorted(codes)
