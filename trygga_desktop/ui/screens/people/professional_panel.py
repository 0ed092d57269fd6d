"""The form for a professional: first who it is, then what they do in this case."""

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.domain.directory import Contact
from trygga_desktop.ui.agency_words import agency_icon
from trygga_desktop.ui.screens.people.contact_table import ContactTableModel, contact_line
from trygga_desktop.ui.screens.people.form import (
    PeopleField,
)
from trygga_desktop.ui.screens.people.lines import also_family_text, name_apart
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.side import PersonHead
from trygga_desktop.ui.screens.people.typed import form_foot, typed_field
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import ChoiceField, stops_in
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.search_field import SearchField

_MOST_ROWS = 5
_ROW = 60


class ProfessionalPanel(Card):
    """Enter or a click takes the row; nobody is taken by merely standing there."""

    def __init__(self, model: PeopleViewModel, form: ProfessionalForm, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("A professional"))
        self._model = model
        self._form = form
        self._look = look
        self._search = SearchField(look, _("Search the directory by name, title or organisation"))
        self._search.setPlaceholderText(_("Name, title or organisation"))
        self._search.setObjectName("search directory")
        self._search.setMaximumWidth(NO_LIMIT)
        self._search.setText(form.words)
        self._rows = ContactTableModel(look.language, self)
        self._table = self._build_table()
        self._nobody = PlainLabel(look, colour=look.theme.tokens.text2)
        self._directory = Button(look, _("Open the directory"), ButtonKind.LINK, icon="users")
        self._directory.setObjectName("open directory")
        self._directory.start_column()
        self._finding = self._build_finding()
        self._chosen = QVBoxLayout()
        self._chosen.setSpacing(Space.M)
        self._shown: Contact | None = None
        self._parts: list[QWidget] = []
        self.body.addWidget(self._finding)
        self.body.addLayout(self._chosen)
        self._foot = form_foot(
            look,
            form,
            text=_("Add to the case"),
            send=model.send,
            cancel_text=_("Cancel"),
            cancel=model.cancel,
        )
        self.body.addWidget(self._foot)
        self._search.textChanged.connect(form.search)
        self._search.returnPressed.connect(self._choose_only)
        self._table.row_opened.connect(self._choose)
        self._table.clicked.connect(self._click)
        self._directory.clicked.connect(model.go_to_directory)
        form.changed.connect(self._show)
        self._show()

    @property
    def first_focus(self) -> QWidget:
        """Return the search, or what is said of whoever was chosen."""
        field = self.findChild(QWidget, PeopleField.FUNCTION)
        return self._search if field is None else field

    def _build_table(self) -> DataTable:
        _ = self._look.language.gettext
        table = DataTable(self._look, _("People of the directory"))
        table.setObjectName("directory")
        table.horizontalHeader().hide()
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        table.show_model(self._rows)
        return table

    def _build_finding(self) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._search)
        column.addWidget(self._table)
        column.addWidget(self._nobody)
        column.addWidget(self._directory, 0, Qt.AlignmentFlag.AlignLeft)
        return block

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        self._choose(index.row())

    @Slot(int)
    def _choose(self, row: int) -> None:
        self._form.choose(self._rows.contact_at(row))

    @Slot()
    def _choose_only(self) -> None:
        """Take the only one found, or go on to the list."""
        if self._rows.rowCount() == 1:
            self._choose(0)
        elif self._rows.rowCount():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        _ = self._look.language.gettext
        form = self._form
        self._rows.show_contacts(form.found, form.people.directory)
        count = self._rows.rowCount()
        self._table.setVisible(bool(count))
        height = self._look.theme.px(_ROW) * min(_MOST_ROWS, max(1, count))
        self._table.setFixedHeight(height)
        if form.offered:
            self._nobody.show_text(_("Nobody in the directory is called that."))
        else:
            text = _("The directory has nobody who is not in the case already.")
            self._nobody.show_text(text)
        self._nobody.setVisible(not count)
        self._search.setVisible(bool(form.offered))
        self._finding.setVisible(form.contact is None)
        if form.contact != self._shown:
            self._show_chosen()

    def _show_chosen(self) -> None:
        focus = focus_in(self)
        had_focus = focus is not None and self.isAncestorOf(focus)
        take_out(*self._parts)
        self._parts = []
        self._shown = self._form.contact
        if self._shown is not None:
            self._parts = self._build_chosen(self._shown)
            for part in self._parts:
                self._chosen.addWidget(part)
        chain = stops_in(*self._parts, self._foot)
        keep_tab_order(self._search, self._table, self._directory, *chain)
        if had_focus and self.isVisible():
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_chosen(self, contact: Contact) -> list[QWidget]:
        look, form = self._look, self._form
        _ = look.language.gettext
        organisation = form.people.directory.organisation(contact.organisation_id)
        kind = "" if organisation is None else organisation.kind
        other = Button(look, _("Choose someone else"), ButtonKind.LINK, small=True)
        other.setObjectName("choose someone else")
        other.start_column()
        other.clicked.connect(self._choose_none)
        icon = agency_icon(kind, form.people.catalogue)
        row = PersonHead(look, icon, contact.name, contact_line(contact, form.people.directory))
        parts: list[QWidget] = [row, _left(other)]
        if form.may_be_family:
            parts.append(banner(look, also_family_text(look.language), tone=Tone.MUTE))
        parts.append(typed_field(look, form, PeopleField.FUNCTION, _("What they do in this case")))
        if form.seconds:
            parts.append(self._build_deputy())
        parts.append(typed_field(look, form, PeopleField.SINCE, _("Takes part from")))
        return parts

    def _build_deputy(self) -> ChoiceField:
        _ = self._look.language.gettext
        choices: list[tuple[str, object]] = [(_("Nobody"), None)]
        people, language = self._form.people.people, self._look.language
        choices += [(name_apart(one, people, language), one.party.id) for one in self._form.seconds]
        return ChoiceField(
            self._look,
            _("Deputy of"),
            choices,
            chosen=self._form.deputy_of,
            name="deputy of",
            choose=lambda chosen: self._form.stand_in_for(
                chosen if isinstance(chosen, UUID) else None
            ),
        )

    @Slot()
    def _choose_none(self) -> None:
        self._form.choose(None)


def _left(button: Button) -> QWidget:
    """Return a button that does not stretch, as a part of a column."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return holder
