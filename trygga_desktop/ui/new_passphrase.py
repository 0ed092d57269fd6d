"""The state of choosing a new passphrase: six drawn words, or one's own. No widgets.

Words and text are held only while they are needed: `forget` empties both.
"""

import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.passphrase import WORDS, PassphraseFlaw, compose, find_flaw
from trygga_desktop.i18n import Language
from trygga_desktop.ui.use_cases import Services


class Way(StrEnum):
    """Where a new passphrase comes from."""

    DRAWN = "drawn"
    OWN = "own"


class Match(NamedTuple):
    """How far the typed words agree: how many are right, and the number of the first wrong one."""

    right: int
    wrong: int | None


class NewPassphrase(QObject):
    """Offers drawn words first, and checks what is typed.

    `context` returns the words that a passphrase must not hold: the municipality, the user.
    """

    changed = Signal()
    way_changed = Signal()

    def __init__(
        self,
        services: Services,
        context: Callable[[], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._context = context
        self.way = Way.DRAWN
        self.words: tuple[str, ...] = ()
        self.typed = ""
        self.repeated = ""
        self.refused: PassphraseFlaw | None = None
        self._alone = False

    @property
    def may_show_words(self) -> bool:
        """Return whether nobody else can look on: one screen, or the person has said so."""
        return self._alone or self._services.screen_count() <= 1

    @property
    def passphrase(self) -> str:
        """Return what was chosen: the words with one space between, or the text as typed."""
        return " ".join(self.words) if self.way is Way.DRAWN else self.typed

    @property
    def is_ready(self) -> bool:
        """Return whether the passphrase has been typed and may be used."""
        if self.refused is not None:
            return False
        if self.way is Way.DRAWN:
            return bool(self.words) and self.match.right == len(self.words)
        return not self.flaw and self.typed == self.repeated and bool(self.typed)

    @property
    def match(self) -> Match:
        """Return how far what is typed agrees with the drawn words."""
        return match_words(self.typed, self.words)

    @property
    def flaw(self) -> PassphraseFlaw | None:
        """Return why one's own passphrase is refused."""
        return self.refused or find_flaw(self.typed, context=self._context())

    def begin(self) -> None:
        """Draw words if there are none yet."""
        if not self.words and self.way is Way.DRAWN:
            self.draw()

    def draw(self) -> None:
        """Draw six new words."""
        self.words = compose(self._services.words(), self._services.choose, count=WORDS)
        self.typed = ""
        self.refused = None
        self.way_changed.emit()

    def choose_own(self) -> None:
        """Put the words away: the person wants to make up a passphrase."""
        self.forget()
        self.way = Way.OWN
        self.way_changed.emit()

    def choose_drawn(self) -> None:
        """Offer words again."""
        self.forget()
        self.way = Way.DRAWN
        self.draw()

    def say_alone(self) -> None:
        """Take the person's word that nobody else sees the screens."""
        self._alone = True
        self.way_changed.emit()

    def screens_changed(self) -> None:
        """Hide the words when a screen is added; what was said before no longer counts."""
        self._alone = False
        self.way_changed.emit()

    def type(self, text: str) -> None:
        """Take what stands in the field."""
        typed = unicodedata.normalize("NFC", text)
        if self.way is Way.OWN and typed != self.typed:
            self.refused = None
        self.typed = typed
        self.changed.emit()

    def repeat(self, text: str) -> None:
        """Take what stands in the second field."""
        self.repeated = unicodedata.normalize("NFC", text)
        self.changed.emit()

    def refuse(self, flaw: PassphraseFlaw) -> None:
        """Take note that the vault refused this passphrase, knowing more than is known here."""
        self.refused = flaw
        self.changed.emit()

    def forget(self) -> None:
        """Let go of words and text; call when the passphrase is stored or given up."""
        self.refused = None
        self.words = ()
        self.typed = ""
        self.repeated = ""


def match_words(typed: str, words: tuple[str, ...]) -> Match:
    """Compare what is typed so far with the words. The last one may be unfinished."""
    tokens = typed.split()
    unfinished = bool(tokens) and not typed[-1].isspace()
    right = 0
    for number, token in enumerate(tokens, start=1):
        wanted = words[number - 1] if number <= len(words) else None
        if token == wanted:
            right += 1
            continue
        last = unfinished and number == len(tokens)
        if last and wanted is not None and wanted.startswith(token):
            return Match(right, None)
        return Match(right, number)
    return Match(right, None)


def missing_text(passphrase: NewPassphrase, language: Language) -> str:
    """Return what is to be done before the passphrase can be used."""
    _ = language.gettext
    if passphrase.way is Way.OWN:
        return _("Type your own passphrase twice first.")
    if passphrase.refused is not None:
        return _("Draw six new words first.")
    return _("Type the six words first.")


def flaw_text(flaw: PassphraseFlaw, language: Language) -> str:
    """Return why a passphrase is refused, in plain words."""
    _ = language.gettext
    match flaw:
        case PassphraseFlaw.TOO_SHORT:
            return _("Too short: at least 15 characters. Several words are easiest to remember.")
        case PassphraseFlaw.REPEATS:
            return _("The same thing is repeated. Choose words that have nothing to do with it.")
        case PassphraseFlaw.SEQUENCE:
            return _("It follows the keyboard or the alphabet, which is quickly guessed.")
        case PassphraseFlaw.CONTEXT_WORD:
            return _(
                "It holds your name, the name of the municipality or the word Trygga. Choose "
                "something else."
            )
        case PassphraseFlaw.COMMON:
            return _("It is among those that are tried first. Choose words that are your own.")
