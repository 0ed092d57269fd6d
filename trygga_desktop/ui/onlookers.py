"""Whether anybody else may see a window that is for one person alone. Imports no widgets.

How many screens there are the program knows. Whether the only one is mirrored to a projector it
cannot know: that a person is asked, and until then nothing is shown.
"""

from collections.abc import Callable
from enum import StrEnum


class Onlookers(StrEnum):
    """Who may look on."""

    NOBODY = "nobody"
    PERHAPS = "perhaps"
    SOMEBODY = "somebody"


class OwnEyes:
    """Tells who may look on. `nobody_looks_on` is the answer of a person, until a screen changes.

    `screen_count` is asked how many screens may show the window, `may_be_mirrored` whether the one
    that does may be mirrored, as where it showed a meeting to everyone a moment ago.
    """

    def __init__(
        self, *, screen_count: Callable[[], int], may_be_mirrored: Callable[[], bool]
    ) -> None:
        self._screen_count = screen_count
        self._may_be_mirrored = may_be_mirrored
        self._is_answered = False

    @property
    def onlookers(self) -> Onlookers:
        """Return who may look on now."""
        if self._screen_count() > 1:
            return Onlookers.SOMEBODY
        if self._may_be_mirrored() and not self._is_answered:
            return Onlookers.PERHAPS
        return Onlookers.NOBODY

    @property
    def lacks_answer(self) -> bool:
        """Tell whether a person has yet to say that nobody else sees the screen.

        That more screens than one may show it answers nothing: no page may follow there either.
        """
        return self._may_be_mirrored() and not self._is_answered

    def nobody_looks_on(self) -> None:
        """Take a person's answer: nobody else sees the screen."""
        self._is_answered = True

    def screens_changed(self) -> None:
        """Forget the answer: it was given about other screens."""
        self._is_answered = False


def is_never_mirrored() -> bool:
    """Answer for a window that is opened where nobody else looks on."""
    return False
