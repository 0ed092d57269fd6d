"""How long "My plan" is, and which lines stand on it where it would be more than one page."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.my_plan import OfferedLine, OfferedPart
from trygga_desktop.ui.screens.plan_papers.view_model import PlanPapersViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 70
_HEIGHT = 230


class PageLength(QWidget):
    """So many pages: a word while it is one, a warning once it is more."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._count = 0
        self._pills: list[QWidget] = []
        self._row = QVBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def show_count(self, count: int) -> None:
        """Say how many pages there are."""
        if count == self._count:
            return
        self._count = count
        take_out(*self._pills)
        text = self._look.language.ngettext("{count} page", "{count} pages", count)
        tone = Tone.WARN if count > 1 else Tone.MUTE
        words = text.format(count=self._look.language.number(count))
        self._pills = [Pill(self._look, words, tone=tone, icon="file-text")]
        self._row.addWidget(self._pills[0])


class LinesToChoose(Card):
    """A box to tick for each line that can stand on the page, in a list that scrolls."""

    def __init__(
        self, model: PlanPapersViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("More than one page"), parent=parent)
        self.setObjectName("lines to choose")
        self._model = model
        self._look = look
        self._offered: tuple[OfferedLine, ...] = ()
        self.boxes: list[CheckBox] = []
        note = _("Choose what is to stand on it. The rest stays in the plan.")
        colour = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, note, style=TextStyle.SECONDARY, colour=colour))
        self._inside: list[QWidget] = []
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, Space.S, 0)
        self._column.setSpacing(2)
        page = Page(holder)
        page.setMinimumHeight(look.theme.px(_HEIGHT))
        page.setMaximumHeight(look.theme.px(_HEIGHT))
        self.body.addWidget(page)

    def show_lines(self, offered: Sequence[OfferedLine], left_off: frozenset[UUID]) -> None:
        """Show these lines; those that are `left_off` are not ticked."""
        if tuple(offered) != self._offered:
            self._build(tuple(offered))
        for box, line_id in zip(self.boxes, self._ids, strict=True):
            if box.isChecked() == (line_id in left_off):
                box.blockSignals(True)
                box.setChecked(line_id not in left_off)
                box.blockSignals(False)

    def _build(self, offered: tuple[OfferedLine, ...]) -> None:
        take_out(*self._inside)
        self._offered, self._inside, self.boxes = offered, [], []
        _ = self._look.language.gettext
        heads = {
            OfferedPart.WANTS: _("This is what I want"),
            OfferedPart.GOOD_AT: _("This is what I am good at"),
            OfferedPart.OWN: _("This is what I do"),
            OfferedPart.OTHERS: _("This is what others do for me"),
        }
        told: set[OfferedPart] = set()
        once: dict[UUID, OfferedLine] = {}
        for one in offered:
            # What somebody does of what others promised goes with that.
            once.setdefault(one.id, one)
        for one in once.values():
            if one.part not in told:
                told.add(one.part)
                self._inside.append(
                    PlainLabel(self._look, heads[one.part], style=TextStyle.CAPTION_STRONG)
                )
            words = make_visible(one.words, lines=False, longest=_LONGEST)
            box = CheckBox(self._look, words, checked=True)
            box.setObjectName(f"stands on it {len(self.boxes) + 1}")
            box.toggled.connect(partial(self._tick, one.id))
            self.boxes.append(box)
            self._inside.append(box)
        for each in self._inside:
            self._column.addWidget(each)

    @property
    def _ids(self) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(one.id for one in self._offered))

    def _tick(self, line_id: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.let_stand(line_id, stands=checked)
