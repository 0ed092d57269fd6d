"""The ways out of the program on a page: what came of them, and the dialog that asks for a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from trygga_desktop.ui.leaving import is_named
from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_TYPED = 180
"""How wide the field is for what has to be typed, before the scale of the text."""


def message_banner(look: Look, message: Message, *buttons: Button) -> QWidget:
    """Return a message with what can be done about it."""
    return banner(
        look,
        message.text,
        tone=message.tone,
        title=message.title,
        icon=message.icon,
        buttons=buttons,
    )


def confirm_banner(  # noqa: PLR0913  what is asked, and what follows from each answer
    look: Look,
    message: Message,
    *,
    text: str,
    to_type: str,
    keep: Callable[[], None],
    confirm: Callable[[str], None],
) -> QWidget:
    """Return the question whether something leaves all the same, with `text` on the button for it.

    Where something is `to_type`, that cannot be pressed before.
    """
    _ = look.language.gettext
    nothing = Button(look, _("Hand out nothing"))
    nothing.setObjectName("hand out nothing")
    nothing.clicked.connect(keep)
    on = Button(look, text, ButtonKind.DANGER)
    on.setObjectName("all the same")
    if not to_type:
        on.clicked.connect(lambda: confirm(""))
        return message_banner(look, message, nothing, on)
    name = make_visible(to_type, lines=False, longest=LONGEST_NAME)
    label = _("Write {name} to go on").format(name=name)
    typed = TextInput(look)
    typed.setObjectName("called")
    typed.setMinimumWidth(look.theme.px(_TYPED))
    on.setAccessibleDescription(label)
    on.setEnabled(False)
    typed.textChanged.connect(lambda: on.setEnabled(is_named(to_type, typed.text())))
    typed.returnPressed.connect(on.click)
    on.clicked.connect(lambda: confirm(typed.text()))
    return banner(
        look,
        message.text,
        tone=message.tone,
        title=message.title,
        icon=message.icon,
        buttons=(nothing, on),
        below=Field(look, label, typed),
    )


def replace_banner(
    look: Look, file: Path, *, other_name: Callable[[], None], replace: Callable[[], None]
) -> QWidget:
    """Return the question about a file that is there already."""
    _ = look.language.gettext
    keep = Button(look, _("Choose another name"))
    keep.setObjectName("another name")
    keep.clicked.connect(other_name)
    over = Button(look, _("Replace the file"), ButtonKind.DANGER)
    over.setObjectName("replace")
    over.clicked.connect(replace)
    name = make_visible(file.name, lines=False)
    return banner(
        look,
        _("What it holds now goes away if you replace it."),
        tone=Tone.WARN,
        title=_("There is already a file {name}").format(name=name),
        buttons=(keep, over),
    )


def ask_for_file(  # noqa: PLR0913  what such a dialog is made of
    parent: QWidget,
    *,
    title: str,
    file_name: str,
    chosen: Callable[[str], None],
    suffix: str = "pdf",
    kinds: str = "PDF (*.pdf)",
    name: str = "save as",
) -> QDialog:
    """Ask where something is to be saved, in a dialog that blocks nothing, and return it.

    A file that is there already is no matter of the dialog: the page asks, or refuses it.
    """
    dialog = QFileDialog(parent, title)
    dialog.setObjectName(name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.setNameFilter(kinds)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(file_name)
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog
