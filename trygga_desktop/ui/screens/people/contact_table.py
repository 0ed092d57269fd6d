"""The professionals of the directory to choose from, as rows of a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.directory import Contact, Directory
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.people.lines import plain
from trygga_desktop.ui.widgets.composed_label import spoken
from trygga_desktop.ui.widgets.table_roles import ShownText, TableRole
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_BETWEEN = " · "


class ContactTableModel(QAbstractTableModel):
    """One column: the name, and below it what they do and where."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._contacts: list[Contact] = []
        self._directory = Directory()

    def show_contacts(self, contacts: Sequence[Contact], directory: Directory) -> None:
        """Show these, by name."""
        ordered = sorted(contacts, key=lambda one: self._language.sort_key(one.name))
        if ordered == self._contacts and directory == self._directory:
            return
        self.beginResetModel()
        self._contacts, self._directory = ordered, directory
        self.endResetModel()

    def contact_at(self, row: int) -> Contact:
        """Return who stands in a row."""
        return self._contacts[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of people; a table has no child rows."""
        return 0 if parent.isValid() else len(self._contacts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return one."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return the name, what stands below it, or both in a sentence."""
        if not index.isValid():
            return None
        contact = self._contacts[index.row()]
        match role:
            case Role.DisplayRole:
                return contact.name
            case TableRole.SECOND_LINE:
                return ShownText(contact_line(contact, self._directory))
            case Role.AccessibleTextRole:
                name = make_visible(contact.name, lines=False, longest=LONGEST_NAME)
                return f"{name}, {spoken(contact_line(contact, self._directory))}"
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the title of the column, which only a screen reader is told."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal or section:
            return None
        return self._language.gettext("Person")


def contact_line(contact: Contact, directory: Directory) -> str:
    """Return what somebody does and where."""
    organisation = directory.organisation(contact.organisation_id)
    parts = (contact.title.strip(), "" if organisation is None else organisation.name)
    return _BETWEEN.join(plain(one) for one in parts if one)
