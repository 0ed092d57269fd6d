"""The question who else something is about, which nobody can answer beside the room."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.rooms import HiddenEntry
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow


def whom_box(look: Look, model: HiddenViewModel, hidden: HiddenEntry) -> QWidget:
    """Return the question, with everyone of the case to tick."""
    _ = look.language.gettext
    item_id = hidden.entry.item.id
    warn = look.theme.tokens.warn
    box = TintedBox(look, Tone.WARN)
    box.row.addWidget(IconMark(look, "users", colour=warn), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    asks = _("It is also about someone who was not named at the table. Who is it?")
    column.addWidget(PlainLabel(look, asks, style=TextStyle.LABEL, colour=warn))
    others = () if model.found is None else model.found.others
    ticked = model.ticked(item_id)
    for one in others:
        name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
        tick = CheckBox(look, name, checked=one.id in ticked)
        tick.setObjectName(f"about {item_id} {one.id}")
        tick.setAccessibleDescription(asks)
        tick.toggled.connect(partial(_tick, model, hidden, one.id))
        column.addWidget(tick)
    stays = _("If it is somebody who is not in the case, leave it open: then it stays hidden.")
    column.addWidget(PlainLabel(look, stays, style=TextStyle.SECONDARY))
    if model.lacks_tick == item_id:
        lacks = _("Tick whom it is about first.")
        column.addWidget(PlainLabel(look, lacks, style=TextStyle.STRONG, colour=warn))
    buttons = []
    if others:
        named = Button(look, _("Those ticked"), icon="check", small=True)
        named.setObjectName(f"answer {item_id} named")
        named.setAccessibleDescription(asks)
        named.clicked.connect(partial(_name, model, hidden))
        buttons.append(named)
    nobody = Button(look, _("Nobody else"), icon="minus", small=True)
    nobody.setObjectName(f"answer {item_id} nobody")
    nobody.setAccessibleDescription(asks)
    nobody.clicked.connect(partial(_name_nobody, model, hidden))
    buttons.append(nobody)
    column.addWidget(WrapRow(buttons))
    box.row.addLayout(column, 1)
    return box


def _tick(
    model: HiddenViewModel,
    hidden: HiddenEntry,
    person_id: UUID,
    checked: bool,  # noqa: FBT001  given by Qt
) -> None:
    model.tick(hidden.entry.item.id, person_id, is_about=checked)


def _name(model: HiddenViewModel, hidden: HiddenEntry, _checked: object = None) -> None:
    model.name_ticked(hidden)


def _name_nobody(model: HiddenViewModel, hidden: HiddenEntry, _checked: object = None) -> None:
    model.name_nobody_else(hidden)
