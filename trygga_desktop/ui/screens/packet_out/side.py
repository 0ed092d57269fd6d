"""Beside the parts: for whom the packet is, what they will see, and the way out."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.packets import Receiver
from trygga_desktop.ui.screens.packet_out.view_model import PacketOutViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


class Side(QWidget):
    """The primary stands last, and what is missing above it while it cannot be pressed."""

    def __init__(
        self, model: PacketOutViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self._who = Card(look, _("For whom"))
        self._receivers: tuple[Receiver, ...] = ()
        self._combo: ComboBox | None = None
        self._field: QWidget | None = None
        # Made before what stands below it, so that Tab comes to the list first.
        place = QWidget()
        self._choice = QVBoxLayout(place)
        self._choice.setContentsMargins(0, 0, 0, 0)
        self._who.body.addWidget(place)
        self._about = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._who.body.addWidget(self._about)
        self._number = CheckBox(look, _("Tell them our case number too"))
        self._number.setObjectName("tell the case number")
        self._number.toggled.connect(self._tell_number)
        self._who.body.addWidget(self._number)
        column.addWidget(self._who)
        how = Card(look)
        how.body.addWidget(
            IconRow(
                look,
                icon="lock",
                title=_("Only the receiver opens it"),
                line=_("It is encrypted to their certified key, and signed with yours."),
            )
        )
        how.body.addWidget(
            IconRow(
                look,
                icon="history",
                title=_("The log comes first"),
                line=_("The packet is written into the log before its file is."),
            )
        )
        column.addWidget(how)
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._missing)
        self.save = Button(look, _("Save the packet…"), ButtonKind.PRIMARY, icon="download")
        self.save.setObjectName("save the packet")
        self.save.setToolTip("Ctrl+S")
        self.save.across()
        column.addWidget(self.save)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        self._show_receivers()
        self._about.show_text(self._told())
        self._number.setVisible(model.receiver is not None)
        self._number.blockSignals(True)
        self._number.setChecked(model.tells_number)
        self._number.blockSignals(False)
        missing = ""
        if model.is_leaving:
            missing = _("Written into the log first.")
        elif model.receiver is not None and not model.chosen:
            missing = _("Choose what is to go.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        # Disabled while it works, a button would lose the focus to what stands beside it.
        self.save.setEnabled(model.may_save or model.is_leaving)
        self.save.setAccessibleDescription(missing)

    def _show_receivers(self) -> None:
        model, look = self._model, self._look
        if model.found is not None and model.found.receivers != self._receivers:
            self._receivers = model.found.receivers
            if self._field is not None:
                take_out(self._field)
            choices = [(_called(one), one.id) for one in self._receivers]
            self._combo = ComboBox(look, choices)
            self._combo.setObjectName("receiver")
            self._combo.activated.connect(self._choose)
            self._field = Field(look, look.language.gettext("Receiver"), self._combo)
            self._choice.addWidget(self._field)
        if self._combo is not None and model.receiver is not None:
            self._combo.choose(model.receiver.id)

    def _told(self) -> str:
        model, language = self._model, self._look.language
        _ = language.gettext
        found, receiver = model.found, model.receiver
        if found is None or receiver is None:
            return ""
        speaks = make_visible(receiver.organisation, lines=False, longest=LONGEST_NAME)
        lines = [_("Speaks for {organisation}.").format(organisation=speaks)]
        name = make_visible(found.name, lines=False, longest=LONGEST_NAME)
        if name:
            lines.append(_("Sees whom it is about: {name}.").format(name=name))
        else:
            lines.append(_("Sees no name: no consent covers it."))
        if found.sent:
            lines.append(
                language.ngettext(
                    "{count} packet sent so far.", "{count} packets sent so far.", found.sent
                ).format(count=language.number(found.sent))
            )
        return "\n".join(lines)

    @Slot(bool)
    def _tell_number(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tell_number(tells=checked)

    @Slot()
    def _choose(self) -> None:
        if self._combo is not None:
            self._model.choose_receiver(self._combo.currentData())


def _called(receiver: Receiver) -> str:
    name = make_visible(receiver.name, lines=False, longest=LONGEST_NAME)
    where = make_visible(receiver.municipality, lines=False, longest=LONGEST_NAME)
    return f"{name}, {where}"
