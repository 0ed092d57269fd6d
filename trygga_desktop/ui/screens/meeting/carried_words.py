"""How earlier promises are told at a meeting: whose they are, how old, and why not. No widgets."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.i18n import Language
from trygga_desktop.services.rooms import ShownCommitment, ShownEntry
from trygga_desktop.ui.screens.meeting.words import shown


def by_agency(
    carried: Sequence[ShownEntry], language: Language
) -> Iterator[tuple[str, list[tuple[ShownEntry, ShownCommitment]]]]:
    """Yield what each promised, in the order of the room, under what they are called."""
    promised = [(one, one.commitment) for one in carried if one.commitment is not None]
    for (name, kind), same in groupby(promised, lambda one: (one[1].organisation, one[1].kind)):
        title = shown(name)
        if not title:
            _ = language.gettext
            title = _("Other organisations") if kind else _("The young person and the family")
        yield title, list(same)


def told_beside(promised: ShownCommitment, catalogue: Catalogue, language: Language) -> str:
    """Return how old it is and how often it came up; of what has ended why, where that is known."""
    if promised.state.is_open:
        return _age(promised, language)
    reasons = [one for one in catalogue.status_reasons if one.code == promised.reason]
    return "".join(one.name.in_language(language.code) for one in reasons)


def _age(promised: ShownCommitment, language: Language) -> str:
    age = promised.age
    if age is None or not age.days:
        return ""
    told = language.ngettext("{count} day ago", "{count} days ago", age.days)
    told = told.format(count=language.number(age.days))
    if not age.times:
        return told
    text = language.ngettext("come up {count} time", "come up {count} times", age.times)
    return f"{told}, {text.format(count=language.number(age.times))}"
