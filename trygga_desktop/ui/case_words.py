"""How the screens speak of a case and of its young person. No widgets."""

from collections.abc import Mapping
from typing import assert_never

from trygga_desktop.domain.case import CaseRow, Phase
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue, ShownText
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

_QUIET = frozenset({Phase.CLOSED, Phase.DECLINED, Phase.BELOW_THRESHOLD})


def phase_label(phase: Phase, language: Language) -> str:
    """Return what a phase is called."""
    _ = language.gettext
    labels: Mapping[Phase, str] = {
        Phase.REFERRAL: _("Referral"),
        Phase.ASSESSMENT: _("Assessment without names"),
        Phase.INFORMATION_AND_CONSENT: _("Information and consent"),
        Phase.MAPPING: _("Mapping"),
        Phase.PLAN_MEETING: _("First meeting and plan"),
        Phase.FOLLOW_UP: _("Follow-up"),
        Phase.CLOSING: _("Closing"),
        Phase.LONG_TERM_FOLLOW_UP: _("Long-term follow-up"),
        Phase.CLOSED: _("Closed"),
        Phase.PAUSED: _("Paused"),
        Phase.DECLINED: _("Declined"),
        Phase.BELOW_THRESHOLD: _("Below the threshold"),
    }
    return labels[phase]


def phase_pill(phase: Phase, language: Language) -> PillValue:
    """Return the phase as a pill: an ended case is quiet, a paused one asks for attention."""
    text = phase_label(phase, language)
    if phase is Phase.PAUSED:
        return PillValue(text, Tone.WARN, "circle-pause")
    if phase in _QUIET:
        return PillValue(text, Tone.MUTE, "circle-check")
    return PillValue(text, Tone.INFO, "circle-dot")


def protection_label(protection: Protection, language: Language) -> str:
    """Return what a kind of protected identity is called."""
    _ = language.gettext
    match protection:
        case Protection.NONE:
            return _("No protection")
        case Protection.SECRECY_MARKING:
            return _("Secrecy marking")
        case Protection.PROTECTED_REGISTRATION:
            return _("Protected registration")
        case Protection.FICTITIOUS_IDENTITY:
            return _("Fictitious identity")
        case _:
            assert_never(protection)


def age_text(age: int, language: Language) -> str:
    """Return an age in full years."""
    return language.ngettext("{count} year", "{count} years", age).format(count=age)


def who_line(row: CaseRow, language: Language) -> ShownText:
    """Return who a case is about: name and age, or the alias and that the rest is protected."""
    return ShownText(_who(isolate(_name(row)), row, language))


def who_aloud(row: CaseRow, language: Language) -> str:
    """Return the same for a screen reader."""
    return _who(_name(row), row, language)


def _name(row: CaseRow) -> str:
    return make_visible(row.title, lines=False, longest=LONGEST_NAME)


def _who(name: str, row: CaseRow, language: Language) -> str:
    if row.protected:
        return language.gettext("{alias} · protected details").format(alias=name)
    if row.age is None:
        return name
    return f"{name}, {age_text(row.age, language)}"


def birth_text(day: PartialDate) -> str:
    """Return a birth date as it is written into a field, as far as it is known."""
    if day.month is None:
        return f"{day.year:04}"
    if day.day is None:
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-{day.month:02}-{day.day:02}"
