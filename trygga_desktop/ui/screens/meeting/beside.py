"""What is typed in a meeting beside its entries: who else came, and when to meet again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import Function
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.screens.meeting.days import NextForm
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import Typed, code_in, codes_of, one_of, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.changes import Done

USUAL_CATEGORY = "plan"


@dataclass(slots=True)
class GuestForm:
    """Who came without being invited, as it is typed."""

    name: str = ""
    function: Function = Function.SUPPORT_PERSON

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        return Typed(texts={"name": self.name}, chosen={"function": (self.function,)})


@dataclass(slots=True)
class ItemForm:
    """An item of the agenda, as it is typed."""

    title: str = ""
    category: str = USUAL_CATEGORY

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        return Typed(texts={"title": self.title}, chosen={"category": codes_of(self.category)})


class Beside(QObject):
    """Keeps small forms. `replaced` follows when they hold something that was not typed now."""

    replaced = Signal()
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what drafts of a meeting stand on
        self,
        meeting_id: UUID,
        next_form: NextForm,
        *,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        case_id: UUID | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.guest = GuestForm()
        self.item = ItemForm()
        self._sent_title = ""
        self.next_form = next_form

        def keeper(kind: DraftKind, found: Callable[[str], None]) -> DraftKeeper:
            place = Place(kind=kind, subject_id=meeting_id, case_id=case_id)
            made = DraftKeeper(drafts, runner, place, now=now, parent=self)
            made.found.connect(found)
            made.failed.connect(self.failed)
            return made

        self.guest_draft = keeper(DraftKind.GUEST, self._take_guest)
        self.item_draft = keeper(DraftKind.AGENDA_ITEM, self._take_item)
        self.next_draft = keeper(DraftKind.NEXT_MEETING, self._take_next)

    def ask_for_guest(self, *, asks: bool) -> None:
        """Begin with nobody, or with whom an earlier visit left; or let go of who was typed."""
        if not asks:
            self.guest_draft.throw_away()
        self.guest = GuestForm()
        if asks:
            self.guest_draft.look_for_earlier()

    def type_guest(self, name: str) -> None:
        """Take the name of a guest as it is typed."""
        self.guest.name = name
        self._keep_guest()

    def choose_function(self, function: Function) -> None:
        """Say what a guest does at the table."""
        self.guest.function = function
        self._keep_guest()

    def ask_for_item(self) -> None:
        """Begin with an empty title, or with what an earlier visit left."""
        if not self.item.title:
            self.item_draft.look_for_earlier()

    def throw_item_away(self) -> None:
        """Let go of the title that was typed."""
        self.item_draft.throw_away()
        self.item = ItemForm()

    def put_item_to_use(self, work: Callable[[], Done[None]]) -> Callable[[], Done[None]]:
        """Return what puts the title on the agenda, with its draft going out with it."""
        self._sent_title = self.item.title
        return self.item_draft.used_by(work)

    def item_used(self) -> bool:
        """Let go of the title that stands on the agenda by now, and tell if more was typed since.

        What was typed behind it stays, and so does a title that was changed meanwhile.
        """
        rest, self._sent_title = self._unsent_title.strip(), ""
        self.item_draft.used()
        self.item = ItemForm(title=rest, category=self.item.category) if rest else ItemForm()
        self._keep_item()
        self.replaced.emit()
        return bool(rest)

    def item_not_used(self) -> None:
        """Keep all that is typed: it was refused."""
        self._sent_title = ""
        self.item_draft.not_used()
        self._keep_item()

    def type_item(self, *, title: str, category: str) -> None:
        """Take an item of the agenda as it is typed."""
        self.item.title, self.item.category = title, category
        self._keep_item()

    def type_next(self, *, day: str, time: str, place: str) -> None:
        """Take when to meet again as it is typed."""
        form = self.next_form
        form.day, form.time, form.place = day, time, place
        self.next_draft.keep("" if form.is_empty else write_typed(form.typed()))

    def store_now(self) -> None:
        """Store everything at once."""
        self.item_draft.store_now()
        self.next_draft.store_now()
        self.guest_draft.store_now()

    @property
    def _unsent_title(self) -> str:
        """Return what of the title is not on its way to the agenda."""
        return self.item.title.removeprefix(self._sent_title)

    def _keep_item(self) -> None:
        typed = replace(self.item, title=self._unsent_title)
        self.item_draft.keep(write_typed(typed.typed()) if typed.title.strip() else "")

    def _keep_guest(self) -> None:
        has_name = bool(self.guest.name.strip())
        self.guest_draft.keep(write_typed(self.guest.typed()) if has_name else "")

    def _take_guest(self, text: str) -> None:
        typed = read_typed(text)
        if typed is not None:
            function = code_in(typed.chosen, "function", Function, self.guest.function)
            self.guest = GuestForm(name=typed.texts.get("name", ""), function=function)
            self.replaced.emit()

    def _take_item(self, text: str) -> None:
        typed = read_typed(text)
        if typed is not None:
            category = one_of(typed.chosen, "category") or USUAL_CATEGORY
            self.item = ItemForm(title=typed.texts.get("title", ""), category=category)
            self.replaced.emit()

    def _take_next(self, text: str) -> None:
        typed = read_typed(text)
        if typed is not None and self.next_form.is_empty:
            self.next_form.take(typed)
            self.replaced.emit()
