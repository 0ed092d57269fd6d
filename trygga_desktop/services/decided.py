"""What was decided, so that nothing is decided twice for whoever stays at the table.

The decision is a function of the item, of whoever asks and of what holds in the case. What is found
here was decided of exactly these: of an item of which a single marking is another one, or on
another day, it is decided anew.
"""

from collections.abc import Callable
from typing import TypeAlias

from trygga_desktop.domain.items import Item
from trygga_desktop.domain.sharing import Circumstances, Decision, Recipient

Answering: TypeAlias = Callable[[Item, Recipient, Circumstances], Decision]

_MOST = 1_000
"""Of so many items answers are remembered, each for everyone at a table: twice a large meeting."""


class Decided:
    """Remembers answers by all that they follow from, while a vault is unlocked, in memory only.

    They are those of one case as it stands: once something else holds, none is left.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._given: Circumstances | None = None
        self._answers: dict[Item, dict[Recipient, Decision]] = {}
        self._item: Item | None = None
        self._of_item: dict[Recipient, Decision] = {}

    def __len__(self) -> int:
        """Return of how many items something is remembered."""
        return len(self._answers)

    def ask(
        self, answering: Answering, item: Item, recipient: Recipient, given: Circumstances
    ) -> Decision:
        """Return what is decided of an item for a recipient, by `answering` if nobody asked."""
        self._turn_to(item, given)
        known = self._of_item.get(recipient)
        if known is None:
            known = self._of_item[recipient] = answering(item, recipient, given)
        return known

    def forget(self) -> None:
        """Let go of everything: the vault is locked."""
        self._answers.clear()
        self._given, self._item, self._of_item = None, None, {}

    def _turn_to(self, item: Item, given: Circumstances) -> None:
        # Everyone at the table is asked about in turn: mostly nothing is another one.
        if given is not self._given:
            if given != self._given:
                self.forget()
            self._given = given
        if item is not self._item:
            if len(self._answers) >= self._most and item not in self._answers:
                self.forget()
                self._given = given
            self._item, self._of_item = item, self._answers.setdefault(item, {})
