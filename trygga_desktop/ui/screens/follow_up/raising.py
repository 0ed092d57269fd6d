"""What can be done about what is late: a list for whom it is raised with, and that it was."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from trygga_desktop.ui.reminder_words import decider_word
from trygga_desktop.ui.screens.follow_up.view_model import FollowUpViewModel, Form, Span
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.ways import ask_for_file


class RaisingBar(QWidget):
    """Stands below the table while that shows what is to be raised, with `rules` above it."""

    def __init__(
        self,
        model: FollowUpViewModel,
        look: Look,
        table: DataTable,
        parent: QWidget,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._table = table
        self._ask_printer = ask_printer
        text2 = look.theme.tokens.text2
        self.rules = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2, parent=parent)
        self.rules.setObjectName("rules")
        self._to = ComboBox(look, [])
        self._to.setObjectName("raised with")
        self._to.setAccessibleName(_("Whose list is printed or saved"))
        self._print = Button(look, _("Print the list"), icon="printer")
        self._print.setObjectName("print list")
        self._print.clicked.connect(self._print_list)
        self._save = Button(look, _("Save the list as PDF"), icon="download")
        self._save.setObjectName("save list")
        self._save.clicked.connect(self.save_list)
        self._one = Button(look, _("The chosen one was raised"), icon="check")
        self._one.setObjectName("raise one")
        self._one.clicked.connect(self._raise_one)
        self._all = Button(look, _("All shown were raised"), ButtonKind.PRIMARY, icon="list-checks")
        self._all.setObjectName("raise all")
        self._all.clicked.connect(model.ask_about_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(Flow((self._to, self._print, self._save, self._one, self._all)))
        model.changed.connect(self._show)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (self._to, self._print, self._save, self._one, self._all)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        self.rules.show_text("\n".join(one.in_language(language.code) for one in model.rules))
        self.rules.setVisible(bool(model.rules))
        is_shown = model.asked.span is Span.TO_RAISE and bool(model.rows)
        # The question above has the one primary action while it is asked.
        self.setVisible(is_shown and not model.is_asking)
        for one in (self._print, self._save, self._one, self._all):
            one.setEnabled(model.may_raise)
        known = [self._to.itemData(place) for place in range(self._to.count())]
        if known != list(model.recipients):
            self._to.clear()
            for code in model.recipients:
                text = language.gettext("For {whom}").format(whom=decider_word(code, language))
                self._to.addItem(text, code)
        # Where there is one there is nothing to choose.
        self._to.setVisible(len(model.recipients) > 1)

    @Slot()
    def _raise_one(self) -> None:
        self._model.raise_one(self._table.currentIndex().row())

    @Slot()
    def _print_list(self) -> None:
        # Imported here: whoever prints nothing does not wait for Qt's printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415

        model, code = self._model, self._to.currentData()
        if not model.may_raise or not code:
            return
        ask = self._ask_printer or ask_for_printer
        title = self._look.language.gettext("Print the list")
        if ask(self, title, 1, lambda printer: model.print_on(printer, to=code)) is None:
            model.tell_no_printer()

    @Slot()
    def save_list(self) -> None:
        """Ask where the list goes."""
        if not self._model.may_raise:
            return
        ask_for_file(
            self,
            title=self._look.language.gettext("Save the list as PDF"),
            file_name=self._model.file_name(Form.PDF),
            chosen=self._save_as,
            suffix=Form.PDF.value,
            kinds="PDF (*.pdf)",
        )

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file), form=Form.PDF, to=self._to.currentData() or "")
