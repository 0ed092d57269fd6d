"""The code on the screen, for once: for whoever has no printer and writes it down."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.create_vault.sheet import RecoverySheet
from trygga_desktop.ui.screens.create_vault.steps import StepText, column_of
from trygga_desktop.ui.screens.create_vault.void_banner import void_banner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.new_passphrase import box_grid

_LARGE_TEXT = 1.2


class ByHandPart(QWidget):
    """Shows the twelve groups, and none of them while there is another screen."""

    def __init__(self, sheet: RecoverySheet, look: Look) -> None:
        super().__init__()
        self._sheet = sheet
        self._look = look
        self.first_focus: QWidget | None = None
        _ = look.language.gettext
        self.text = StepText(
            _("Write the code down by hand"),
            _(
                "Copy the twelve groups to paper. The code is shown this once, and cannot be "
                "copied. If you go back without having written it down, another one is made. If "
                "the screen is mirrored to a projector, Trygga does not notice."
            ),
            _("I have written it down"),
        )
        column = column_of(self)
        if sheet.is_earlier_void:
            column.addWidget(void_banner(look))
        if sheet.may_show_code:
            self._build_code(column)
        else:
            self._build_hidden(column)

    def _build_code(self, column: QVBoxLayout) -> None:
        look = self._look
        _ = look.language.gettext
        columns = 3 if look.theme.scale > _LARGE_TEXT else 4
        column.addWidget(box_grid(look, self._sheet.groups, columns=columns))
        keep = _(
            "Write on the paper which vault it opens. Keep it in a locked cabinet, not in the same "
            "room as the computer. Two people should know where. Do not photograph it."
        )
        column.addWidget(PlainLabel(look, keep, colour=look.theme.tokens.text2))

    def _build_hidden(self, column: QVBoxLayout) -> None:
        _ = self._look.language.gettext
        column.addWidget(
            banner(
                self._look,
                _("Disconnect the other screen or the projector. The code then appears here."),
                tone=Tone.INFO,
                title=_("More than one screen is connected"),
                icon="monitor",
            )
        )
