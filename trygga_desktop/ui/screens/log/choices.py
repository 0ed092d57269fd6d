"""Two choices above the lines: whose they are, and of which kind."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trygga_desktop.domain.audit import ActionKind
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.screens.log.words import KINDS_OF_A_CASE, LONGEST_ACTOR, kind_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class LogChoices(WrapRow):
    """Made anew when there are other users to choose among."""

    def __init__(self, model: LogViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(gap=Space.L, parent=parent)
        self._model = model
        self._look = look
        language, _ = look.language, look.language.gettext
        people = [
            (make_visible(name, lines=False, longest=LONGEST_ACTOR), one)
            for one, name in sorted(model.actors, key=lambda one: language.sort_key(one[1]))
        ]
        words = kind_words(language)
        kinds = [(words[one], one) for one in KINDS_OF_A_CASE]
        self.actor = self._add_choice(_("Person"), [(_("Everyone"), None), *people])
        self.actor.setObjectName("actor")
        self.kind = self._add_choice(_("Kind"), [(_("Everything"), None), *kinds])
        self.kind.setObjectName("kind")
        self.follow()
        self.actor.currentIndexChanged.connect(self._choose_actor)
        self.kind.currentIndexChanged.connect(self._choose_kind)

    def follow(self) -> None:
        """Show what is chosen, as after it was given up elsewhere."""
        self.actor.choose(self._model.actor_id)
        self.kind.choose(self._model.kind)

    def _add_choice(self, text: str, choices: Sequence[tuple[str, object]]) -> ComboBox:
        look = self._look
        label = PlainLabel(look, text, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box = ComboBox(look, choices)
        box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        box.setAccessibleName(text)
        label.setBuddy(box)
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(box)
        self.add(part)
        return box

    @Slot(int)
    def _choose_actor(self, place: int) -> None:
        found = self.actor.itemData(place)
        self._model.choose_actor(found if isinstance(found, UUID) else None)

    @Slot(int)
    def _choose_kind(self, place: int) -> None:
        found = self.kind.itemData(place)
        self._model.choose_kind(None if found is None else ActionKind(found))
