"""The recovery sheet: printed, and two of its groups read back. The code itself is not shown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.paper_words import Message, print_message, save_message
from trygga_desktop.ui.platform.errors import PrintFlaw
from trygga_desktop.ui.platform.saving import SaveFlaw
from trygga_desktop.ui.screens.create_vault.masked_sheet import MaskedSheet
from trygga_desktop.ui.screens.create_vault.sheet import SheetPlace
from trygga_desktop.ui.screens.create_vault.steps import StepText, column_of
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.create_vault.void_banner import void_banner
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner
from trygga_desktop.ui.widgets.ways import ask_for_file

AskPrinter = Callable[..., QDialog | None]
"""Opens the dialog for a printer, or returns None where there is none."""

_LARGE_TEXT = 1.2


class RecoveryPart(QWidget):
    """Built anew whenever something has become of the sheet."""

    def __init__(
        self, model: CreateVaultViewModel, look: Look, ask_printer: AskPrinter | None = None
    ) -> None:
        # Imported here: whoever makes no vault does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415

        super().__init__()
        self._model = model
        self._sheet = model.sheet
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        self._fields: dict[int, Field] = {}
        _ = look.language.gettext
        self.text = StepText(
            _("The recovery sheet"),
            _("The code is only on the paper, never on the screen."),
            _("Create the vault"),
            "check",
        )
        column = column_of(self)
        if self._sheet.is_earlier_void:
            column.addWidget(void_banner(look))
        beside = QHBoxLayout()
        beside.setSpacing(Space.XL)
        if look.theme.scale <= _LARGE_TEXT:
            words = model.sheet_words
            picture = MaskedSheet(look, organisation=words.municipality, name=words.vault_name)
            beside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        steps = QVBoxLayout()
        steps.setSpacing(Space.S)
        self._build_printing(steps)
        steps.addSpacing(Space.S)
        self._build_questions(steps)
        steps.addStretch(1)
        beside.addLayout(steps, 1)
        column.addLayout(beside)
        told = self._told()
        column.addWidget(told or self._what_it_is_for())
        self.first_focus: QWidget | None = self._begin_at(told)

    def _build_printing(self, column: QVBoxLayout) -> None:
        sheet, look = self._sheet, self._look
        _ = look.language.gettext
        column.addWidget(PlainLabel(look, _("1. Print the sheet"), style=TextStyle.STRONG))
        again = sheet.place is SheetPlace.PRINTED
        text = _("Print again") if again else _("Print the sheet")
        self._print = Button(look, text, icon="printer")
        self._print.setObjectName("print sheet")
        self._print.setEnabled(not sheet.is_working)
        self._print.clicked.connect(self._ask_for_printer)
        row: list[QWidget] = [self._print]
        if sheet.since is not None:
            row.append(Pill(look, self._place_text(), tone=Tone.OK, icon="check"))
        column.addWidget(Flow(row))
        by_hand = Button(look, _("Write it down by hand"), ButtonKind.LINK, small=True)
        by_hand.setObjectName("by hand")
        by_hand.clicked.connect(sheet.write_by_hand)
        save = Button(look, _("Save as a file"), ButtonKind.LINK, small=True)
        save.setObjectName("save sheet")
        save.clicked.connect(sheet.warn)
        for button in (by_hand, save):
            button.setEnabled(not sheet.is_working)
        text2 = look.theme.tokens.text2
        without = _("Without a printer:")
        column.addWidget(PlainLabel(look, without, style=TextStyle.SECONDARY, colour=text2))
        column.addWidget(Flow([by_hand, save]))

    def _place_text(self) -> str:
        language, sheet = self._look.language, self._sheet
        _ = language.gettext
        time = "" if sheet.since is None else language.time(sheet.since)
        match sheet.place:
            case SheetPlace.PRINTED:
                return _("Printed {time}").format(time=time)
            case SheetPlace.SAVED:
                return _("Saved as a file {time}").format(time=time)
            case SheetPlace.WRITTEN | SheetPlace.NOWHERE:
                return _("Written down {time}").format(time=time)

    def _build_questions(self, column: QVBoxLayout) -> None:
        sheet, look = self._sheet, self._look
        _ = look.language.gettext
        column.addWidget(PlainLabel(look, _("2. Show that it can be read"), style=TextStyle.STRONG))
        grid = QGridLayout()
        grid.setSpacing(Space.M)
        for place, group in enumerate(sheet.asked):
            control = TextInput(look, text=sheet.answers.get(group, ""), longest=12)
            control.setObjectName(f"group {place}")
            control.setEnabled(sheet.is_outside and not sheet.is_working)
            control.textChanged.connect(partial(sheet.answer, group))
            control.returnPressed.connect(self._model.go_on)
            control.editingFinished.connect(partial(self._judge, group))
            field = Field(look, _("Group {number}").format(number=group + 1), control)
            self._fields[group] = field
            grid.addWidget(field, 0, place, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        sheet.changed.connect(self._praise)
        self._praise()

    def _begin_at(self, told: QWidget | None) -> QWidget:
        """Return where to go on: at what has to be answered, at the paper, or at the printer."""
        button = None if told is None else told.findChild(Button)
        if isinstance(button, Button):
            return button
        if self._sheet.is_outside and not self._sheet.is_working:
            return next(iter(self._fields.values())).control
        return self._print

    def _told(self) -> QWidget | None:  # noqa: PLR0911  one line for each thing to tell
        sheet, look = self._sheet, self._look
        if sheet.is_warning:
            return self._file_warning()
        if sheet.print_flaw is PrintFlaw.NO_PRINTER:
            return self._banner(_no_printer(look))
        if sheet.print_flaw is not None:
            return self._banner(print_message(sheet.print_flaw, look.language))
        if sheet.save_flaw is SaveFlaw.TAKEN:
            return self._banner(_taken(look))
        if sheet.save_flaw is not None:
            return self._banner(save_message(sheet.save_flaw, look.language))
        if sheet.trouble is not None:
            return trouble_banner(look, sheet.trouble)
        return None

    def _what_it_is_for(self) -> QWidget:
        _ = self._look.language.gettext
        text = _(
            "Without the sheet and without the passphrase the vault cannot be opened. Not even by "
            "those who make Trygga."
        )
        return banner(self._look, text, tone=Tone.WARN)

    def _banner(self, message: Message) -> QWidget:
        return banner(
            self._look, message.text, tone=message.tone, title=message.title, icon=message.icon
        )

    def _file_warning(self) -> QWidget:
        look = self._look
        _ = look.language.gettext
        keep = Button(look, _("No file"), small=True)
        keep.setObjectName("no file")
        keep.clicked.connect(self._sheet.give_up)
        choose = Button(look, _("Choose the place"), small=True)
        choose.setObjectName("choose place of sheet")
        choose.clicked.connect(self._ask_for_file)
        text = _(
            "A file is copied without a trace, and stays on a disk after it is deleted. Save it on "
            "a memory stick alone, never on this computer or in a cloud. Print it elsewhere, and "
            "lock the stick away with the sheet."
        )
        return banner(
            look,
            text,
            tone=Tone.WARN,
            title=_("A file is less safe than paper"),
            buttons=(keep, choose),
        )

    def _praise(self) -> None:
        _ = self._look.language.gettext
        for group, field in self._fields.items():
            if self._sheet.is_answer_right(group):
                field.show_state(FieldState.OK, _("Right."))
            elif field.state is FieldState.OK:
                field.show_state(FieldState.PLAIN)

    def _judge(self, group: int) -> None:
        """Say that a group is wrong, though not before its field is left."""
        _ = self._look.language.gettext
        if self._sheet.answers.get(group) and not self._sheet.is_answer_right(group):
            text = _("Group {number} is not right. Read it once more.").format(number=group + 1)
            self._fields[group].show_state(FieldState.WARN, text)

    def _ask_for_printer(self) -> None:
        language = self._look.language
        title = language.gettext("Print the recovery sheet")
        chosen = partial(self._sheet.print_on, language=language.code)
        if self._ask_printer(self, title, 1, chosen) is None:
            self._sheet.tell_no_printer()

    def _ask_for_file(self) -> None:
        _ = self._look.language.gettext
        ask_for_file(
            self,
            title=_("Save on a memory stick"),
            file_name=_("recovery-sheet.pdf"),
            chosen=self._save,
            name="save sheet as",
        )

    def _save(self, file: str) -> None:
        self._sheet.save_to(Path(file), language=self._look.language.code)


def _no_printer(look: Look) -> Message:
    _ = look.language.gettext
    return Message(
        tone=Tone.WARN,
        icon="printer",
        title=_("This computer has no printer"),
        text=_(
            "Connect one and try again, or write the code down by hand. You can also save the "
            "sheet on a memory stick and print it elsewhere."
        ),
    )


def _taken(look: Look) -> Message:
    _ = look.language.gettext
    return Message(
        tone=Tone.WARN,
        icon="hard-drive",
        title=_("There is already a file of that name"),
        text=_("Nothing has been saved. Choose another name, or another stick."),
    )
