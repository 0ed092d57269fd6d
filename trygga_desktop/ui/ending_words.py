"""What is said of the end of the work on more than one screen. No widgets."""

from collections.abc import Iterable

from trygga_desktop.domain.long_term import LongTermBar
from trygga_desktop.domain.outcomes import ClosingReason
from trygga_desktop.i18n import Language


def bar_text(bar: LongTermBar, reason: ClosingReason | None, language: Language) -> str:
    """Return what stands against asking again, in a sentence."""
    _ = language.gettext
    called = "" if reason is None else reason.name.in_language(language.code)
    return {
        LongTermBar.PROGRAMME: _("The programme has no days for it."),
        LongTermBar.REASON: _("The reason “{reason}” does not let it be offered.").format(
            reason=called
        ),
        LongTermBar.UNSURE: _("The consents of the case must be confirmed first."),
        LongTermBar.WITHDRAWN: _("The consent is withdrawn."),
        LongTermBar.ENDED: _("The consent has ended and was not renewed."),
        LongTermBar.MISSING: _("Not everyone who must sign has given a consent that holds."),
        LongTermBar.NOT_TICKED: _(
            "Not everyone who must sign has ticked that somebody may ask after the end."
        ),
    }[bar]


def bars_text(bars: Iterable[LongTermBar], reason: ClosingReason | None, language: Language) -> str:
    """Return that long-term follow-up is not allowed, and everything that stands against it."""
    told = [bar_text(one, reason, language) for one in bars]
    return " ".join([language.gettext("Long-term follow-up is not allowed."), *told])


def unanswered_text(count: int, language: Language) -> str:
    """Return how much has no answer yet."""
    if not count:
        return language.gettext("Everything has its answer.")
    return language.ngettext(
        "{count} goal or commitment has no answer yet.",
        "{count} goals and commitments have no answer yet.",
        count,
    ).format(count=language.number(count))
