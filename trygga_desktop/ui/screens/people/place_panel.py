"""What can be changed about somebody's place in the case."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.parties import Custody
from trygga_desktop.ui.agency_words import agency_icon, role_icon
from trygga_desktop.ui.screens.people.form import (
    PeopleField,
)
from trygga_desktop.ui.screens.people.lines import custody_choices, name_apart, place_line, plain
from trygga_desktop.ui.screens.people.place import PlaceForm, Question
from trygga_desktop.ui.screens.people.side import PersonHead
from trygga_desktop.ui.screens.people.typed import form_foot, typed_field
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.removal import take_out


class PlacePanel(Card):
    """The fields, and below them what is asked once before it is done."""

    def __init__(self, model: PeopleViewModel, form: PlaceForm, look: Look) -> None:
        super().__init__(look)
        self._model = model
        self._form = form
        self._look = look
        people, party = model.people, form.shown.party
        icon = role_icon(party.role)
        if form.is_professional and people is not None:
            icon = agency_icon(form.shown.kind, people.catalogue)
        line = place_line(form.shown, model.today, look.language)
        self.body.addWidget(PersonHead(look, icon, form.shown.name, line))
        self._inner = QVBoxLayout()
        self._inner.setSpacing(Space.M)
        self.body.addLayout(self._inner)
        self._parts: list[QWidget] = []
        self._asked: Question | None = None
        self.first_focus: QWidget = self
        form.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        question = self._form.question
        if question is self._asked:
            return
        is_first, before = self._asked is None, self._asked
        self._asked = question
        take_out(*self._parts)
        match question:
            case Question.END:
                self._parts = self._ask_to_end()
            case Question.BAR:
                self._parts = self._ask_to_bar()
            case Question.NOTHING:
                self._parts = self._build_fields()
        for part in self._parts:
            self._inner.addWidget(part)
        if not is_first:
            back = {Question.END: "end", Question.BAR: "bar"}.get(before or question, "")
            target = self.findChild(QWidget, back) if question is Question.NOTHING else None
            (target or self.first_focus).setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_fields(self) -> list[QWidget]:
        look, form = self._look, self._form
        _ = look.language.gettext
        parts: list[QWidget] = []
        if form.is_professional:
            words = typed_field(look, form, PeopleField.FUNCTION, _("What they do in this case"))
            parts.append(words)
            deputy = self._build_deputy()
            parts += [] if deputy is None else [deputy]
            account = self._build_account()
            parts += [] if account is None else [account]
        else:
            parts += [self._build_custody()] if form.is_guardian else []
            words = typed_field(look, form, PeopleField.RELATION, _("Relation"))
            parts.append(words)
        first = parts[0]
        self.first_focus = first.combo if isinstance(first, ChoiceField) else words.input
        if form.is_barred:
            text = _("Nothing of the case is told to this person, whatever the consents say.")
            parts.append(banner(look, text, tone=Tone.WARN, icon="circle-slash"))
        parts += [Divider(look), self._build_ways()]
        parts.append(
            form_foot(
                look,
                form,
                text=_("Change"),
                send=self._model.send,
                cancel_text=_("Close"),
                cancel=self._model.cancel,
                nothing=_("Nothing is changed yet."),
            )
        )
        return parts

    def _build_ways(self) -> QWidget:
        look = self._look
        _ = look.language.gettext
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        if not self._form.is_professional:
            words = _("Name, number and protection")
            details = Button(look, words, ButtonKind.GHOST, icon="shield-user")
            details.setObjectName("details")
            details.start_column()
            details.clicked.connect(partial(self._model.go_to_details, self._form.shown.party.id))
            column.addWidget(details, 0, Qt.AlignmentFlag.AlignLeft)
        end = Button(look, _("Takes part no more"), ButtonKind.GHOST, icon="user-round-x")
        end.setObjectName("end")
        end.start_column()
        end.clicked.connect(self._ask_end)
        column.addWidget(end, 0, Qt.AlignmentFlag.AlignLeft)
        if self._form.is_guardian and not self._form.is_barred:
            bar = Button(
                look, _("Keep everything from them"), ButtonKind.GHOST, icon="circle-slash"
            )
            bar.setObjectName("bar")
            bar.start_column()
            bar.clicked.connect(self._ask_bar)
            column.addWidget(bar, 0, Qt.AlignmentFlag.AlignLeft)
        return ways

    def _build_custody(self) -> ChoiceField:
        language = self._look.language
        return ChoiceField(
            self._look,
            language.gettext("Custody"),
            custody_choices(language),
            chosen=self._form.custody,
            name="custody",
            choose=lambda chosen: self._form.choose_custody(Custody(str(chosen))),
        ).follow(self._form, lambda: self._form.custody)

    def _build_deputy(self) -> ChoiceField | None:
        _ = self._look.language.gettext
        own = self._form.shown.party
        choices: list[tuple[str, object]] = [
            (name_apart(one, self._model.present, self._look.language), one.party.id)
            for one in self._model.present
            if one.party.contact_id is not None and one.party.id != own.id
        ]
        # Once somebody is a stand-in, they can be that of another, not of nobody.
        if own.deputy_of is None:
            choices.insert(0, (_("Nobody"), None))
        if len(choices) <= 1:
            return None
        return ChoiceField(
            self._look,
            _("Deputy of"),
            choices,
            chosen=self._form.deputy_of,
            name="deputy of",
            choose=lambda chosen: self._form.stand_in_for(
                chosen if isinstance(chosen, UUID) else None
            ),
        ).follow(self._form, lambda: self._form.deputy_of)

    def _build_account(self) -> ChoiceField | None:
        """Return the choice of whose account is whose, for who may make it, of the board alone."""
        _ = self._look.language.gettext
        people, form = self._model.people, self._form
        if (
            people is None
            or not form.is_professional
            or people.board_id != form.shown.party.organisation_id
        ):
            return None
        own = form.shown.party
        others = {
            one.party.account_id for one in people.people if one.party.contact_id != own.contact_id
        }
        free = [one for one in people.accounts if one.id not in others]
        if not free:
            return None
        choices: list[tuple[str, object]] = [(_("Not said: gets no whole protocol"), None)]
        # The list itself makes visible what could not be seen of a name.
        choices += [(f"{one.name} ({one.login})", one.id) for one in free]
        field = ChoiceField(
            self._look,
            _("Account in Trygga"),
            choices,
            chosen=form.account_id,
            name="account",
            choose=lambda chosen: form.say_account(chosen if isinstance(chosen, UUID) else None),
        )
        field.combo.setAccessibleDescription(
            _("Whoever has an account that opens the case may read and sign the whole protocol.")
        )
        return field.follow(form, lambda: form.account_id)

    def _ask_to_end(self) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        text = _("{name} then has no place in the case any more.")
        told = ComposedLabel(look, text.format(name=plain(self._form.shown.name)))
        day = typed_field(look, self._form, PeopleField.UNTIL, _("From which day?"))
        self.first_focus = day.input
        foot = form_foot(
            look,
            self._form,
            text=_("End it"),
            send=self._model.send,
            cancel_text=_("Go back"),
            cancel=self._ask_nothing,
            kind=ButtonKind.DANGER,
        )
        return [told, day, foot]

    def _ask_to_bar(self) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        text = _("Nothing of the case is told to {name}, whatever the consents say.")
        told = ComposedLabel(look, text.format(name=plain(self._form.shown.name)))
        words = typed_field(look, self._form, PeopleField.WORDS, _("Reason"), rows=4)
        self.first_focus = words.input
        foot = form_foot(
            look,
            self._form,
            text=_("Keep everything back"),
            send=self._model.send,
            cancel_text=_("Go back"),
            cancel=self._ask_nothing,
            kind=ButtonKind.DANGER,
        )
        return [told, words, foot]

    @Slot()
    def _ask_end(self) -> None:
        self._form.ask(Question.END)

    @Slot()
    def _ask_bar(self) -> None:
        self._form.ask(Question.BAR)

    @Slot()
    def _ask_nothing(self) -> None:
        self._form.ask(Question.NOTHING)
