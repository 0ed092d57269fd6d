"""The ways out of the program on a page: what came of them, and the dialog that asks for a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.text import make_visible


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
) -> None:
    """Ask where something is to be saved, in a dialog that blocks nothing.

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
