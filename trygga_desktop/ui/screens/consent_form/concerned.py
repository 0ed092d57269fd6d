"""Which organisations are concerned, where the programme needs a consent that covers them all."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class ConcernedBox(QWidget):
    """A tick for each column. One that is concerned and has no ticks of its own is told of."""

    def __init__(self, model: ConsentFormViewModel, look: Look, names: ConsentNames) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._names = names
        self._boxes: dict[UUID, CheckBox] = {}
        _, tokens = look.language.gettext, look.theme.tokens
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(PlainLabel(look, _("Who is concerned"), style=TextStyle.STRONG))
        text = _("The consent counts only if it covers all of them.")
        hint = PlainLabel(look, text, style=TextStyle.SECONDARY, colour=tokens.text2)
        column.addWidget(hint)
        self._ticks = WrapRow(gap=Space.M)
        column.addWidget(self._ticks)
        self._empty = PlainLabel(look, style=TextStyle.SECONDARY, colour=tokens.warn)
        self._empty.setObjectName("concerned without ticks")
        column.addWidget(self._empty)
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        paper, language = self._model.paper, self._look.language
        for one in paper.organisations:
            if one not in self._boxes:
                self._boxes[one] = self._box(one)
        for one, box in self._boxes.items():
            box.setChecked(one in paper.concerned)
        ticked = {cell.organisation_id for cell in paper.shown(None)}
        empty = [one for one in paper.organisations if one in paper.concerned - ticked]
        text = language.ngettext(
            "{Organisations} is concerned, and nothing is ticked there.",
            "{Organisations} are concerned, and nothing is ticked there.",
            len(empty),
        )
        words = self._names.list_words(self._names.definite(one) for one in empty)
        self._empty.show_text(text.format(Organisations=words[:1].upper() + words[1:]))
        self._empty.setVisible(bool(empty))

    def _box(self, organisation_id: UUID) -> CheckBox:
        box = CheckBox(self._look, self._names.own_name(organisation_id))
        box.setObjectName(f"concerned {organisation_id}")
        question = self._look.language.gettext("Who is concerned")
        box.setAccessibleDescription(question)
        box.toggled.connect(partial(self._tell, organisation_id))
        self._ticks.add(box)
        return box

    def _tell(self, organisation_id: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        if checked is not (organisation_id in self._model.paper.concerned):
            self._model.say_concerned(organisation_id, is_concerned=checked)
