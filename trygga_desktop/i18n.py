"""One language of the program: its texts, its dates and numbers, its alphabetical order.

The screen has one language; a document may be composed in any other beside it. Babel is imported
when the first date or number is written, because the first window has none and must be quick.
"""

import gettext
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from trygga_desktop.paths import shipped

LANGUAGES: Mapping[str, str] = {"sv": "Svenska", "en": "English"}
"""Every language of the program by its code, each named in itself. The first is the default."""

SOURCE = "en"
"""The language the texts are written in, which therefore needs no catalogue."""

STOCKHOLM = ZoneInfo("Europe/Stockholm")
"""Where days begin and end for everyone who uses the program."""

SortKey = tuple[tuple[tuple[int, int, str], ...], str]

_CHUNKS = re.compile(r"\d+|\D+")
# The locale for each language; English is the European kind, with the day before the month.
_LOCALES: Mapping[str, str] = {"sv": "sv_SE", "en": "en_GB"}
# Letters that follow z in the Swedish alphabet. "{" is the character after z in Unicode.
_AFTER_Z = str.maketrans({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c", "ü": "y"})


@dataclass(frozen=True, slots=True)
class Language:
    """Texts and formats of one language. Made by `load_language`."""

    code: str
    _texts: gettext.NullTranslations = field(repr=False)

    @property
    def locale(self) -> str:
        """Return the language with the country whose habits it follows: sv_SE."""
        return _LOCALES[self.code]

    def gettext(self, message: str) -> str:
        """Return the text in this language."""
        return self._texts.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the text in the plural form that fits the count."""
        return self._texts.ngettext(one, many, count)

    def date_long(self, day: date) -> str:
        """Return the day as in a sentence: 26 november 2026."""
        return self._format(day, "d MMMM y")

    def due_long(self, day: date, hour: time | None = None) -> str:
        """Return a last day as in a sentence, with its hour where it has one."""
        if hour is None:
            return self.date_long(day)
        told = self.gettext("{date} at {time}")
        return told.format(date=self.date_long(day), time=f"{hour:%H:%M}")

    def weekday_date(self, day: date) -> str:
        """Return the day under a greeting: torsdag 26 november 2026."""
        return self._format(day, "EEEE d MMMM y").replace(",", "")

    def date_short(self, day: date) -> str:
        """Return the day as in a row or a list: tor 26 nov."""
        # Three letters for every weekday: Babel writes one of the Swedish ones with four.
        weekday, rest = self._format(day, "EEE")[:3], self._format(day, "d MMM")
        return f"{weekday} {rest}".replace(".", "")

    def date_near(self, day: date, today: date) -> str:
        """Return the day as in a list that goes back for years: of another year, 26 nov 2025."""
        if day.year == today.year:
            return self.date_short(day)
        return self._format(day, "d MMM y").replace(".", "")

    def date_time(self, moment: datetime) -> str:
        """Return day and time in Stockholm: tor 26 nov 15:00. The moment must know its zone."""
        day = moment.astimezone(STOCKHOLM).date()
        return f"{self.date_short(day)} {self.time(moment)}"

    def time(self, moment: datetime) -> str:
        """Return the time of day in Stockholm: 07:51. The moment must know its zone."""
        return f"{moment.astimezone(STOCKHOLM):%H:%M}"

    def number(self, number: int) -> str:
        """Return a whole number with its thousands apart."""
        from babel.numbers import format_decimal  # noqa: PLC0415  see the module's sentence

        return format_decimal(number, locale=self.locale)

    def list_words(self, words: Sequence[str]) -> str:
        """Return the words as a list in a sentence: a, b och c."""
        from babel.lists import format_list  # noqa: PLC0415  see the module's sentence

        return format_list(words, locale=self.locale)

    def sort_key(self, text: str) -> SortKey:
        """Return a key that puts texts in this language's order.

        Upper and lower case are one, numbers count as numbers, and å, ä and ö follow z in Swedish.
        """
        folded = unicodedata.normalize("NFC", text).casefold()
        if self.code == "sv":
            folded = folded.translate(_AFTER_Z)
        plain = "".join(c for c in unicodedata.normalize("NFD", folded) if not _is_accent(c))
        chunks = tuple(
            (0, int(chunk), "") if chunk.isascii() and chunk.isdigit() else (1, 0, chunk)
            for chunk in _CHUNKS.findall(plain)
        )
        # Texts that differ in accents or case only still need one fixed order.
        return chunks, text

    def _format(self, day: date, pattern: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415  see the module's sentence

        return format_date(day, pattern, locale=self.locale)


def load_language(code: str) -> Language:
    """Return the language with this code, or the default one if there is none such."""
    if code not in LANGUAGES:
        code = next(iter(LANGUAGES))
    if code == SOURCE:
        return Language(code, gettext.NullTranslations())
    folder = shipped("resources") / "i18n"
    return Language(code, gettext.translation("trygga", folder, [code]))


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) != 0
