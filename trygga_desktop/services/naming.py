"""What a young person is called on whatever others see, where nobody says the name."""

from collections.abc import Mapping

from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym
from trygga_desktop.i18n import Language


def call(pseudonym: Pseudonym, language: Language) -> str:
    """Return the alias and the age band in one line; without an alias "A young person"."""
    _ = language.gettext
    alias = pseudonym.alias or _("A young person")
    if pseudonym.age_band is None:
        return alias
    return f"{alias} · {age_words(pseudonym.age_band, language)}"


def age_words(band: AgeBand, language: Language) -> str:
    """Return how old somebody is, as a band of years."""
    _ = language.gettext
    words: Mapping[AgeBand, str] = {
        AgeBand.UNDER_12: _("under 12 years"),
        AgeBand.FROM_12: _("12 to 14 years"),
        AgeBand.FROM_15: _("15 to 17 years"),
        AgeBand.FROM_18: _("18 to 20 years"),
        AgeBand.OVER_20: _("over 20 years"),
    }
    return words[band]
