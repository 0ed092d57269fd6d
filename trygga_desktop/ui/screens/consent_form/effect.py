"""What the paper will come to, in one or a few sentences. No widgets."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.consent import Direction
from trygga_desktop.i18n import Language
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.paper import Paper, Said, Signer
from trygga_desktop.ui.theme.tokens import Tone

_MOST_PARTS = 2


class Effect(NamedTuple):
    """A title, what does not pass and who said so, and the tone both are told in."""

    title: str
    text: str
    tone: Tone


def effect_of(paper: Paper, names: ConsentNames, language: Language) -> Effect:
    """Return what will hold, and who said no to what."""
    _ = language.gettext
    if not paper.signers:
        return Effect(_("Nothing may be shared"), _("Nobody can consent."), Tone.WARN)
    refused, waiting = _names(paper.refused, names), _names(paper.waiting, names)
    if paper.refused:
        text = _("{names} said no. A no is a valid answer.").format(names=refused)
        return Effect(_("Nothing may be shared"), text, Tone.MUTE)
    open_to = [one for one in paper.organisations if _hears(paper, one)]
    if paper.waiting:
        several = language.ngettext(
            "It is saved, and waits for the answer of {names}.",
            "It is saved, and waits for the answers of {names}.",
            len(paper.waiting),
        )
        title = _("Nothing may be shared yet")
        return Effect(title, several.format(names=waiting), Tone.INFO)
    if not open_to:
        return Effect(_("Nothing may be shared"), _("Nothing is ticked."), Tone.MUTE)
    words = names.list_words(names.definite(one) for one in open_to)
    title = _("{Organisations} may be told what is ticked").format(Organisations=_capital(words))
    return Effect(title, " ".join(_noes(paper, names, language)), Tone.OK)


def whose_line(paper: Paper, signer: Signer, names: ConsentNames, language: Language) -> str:
    """Return how one signer differs from the others."""
    _ = language.gettext
    if signer.said is Said.NO:
        return _("no to everything")
    missing = paper.missing_in(signer)
    whole = [one for one in paper.organisations if _refuses(paper, signer, one)]
    parts = [cell for cell in missing if cell.organisation_id not in whole]
    if whole:
        of = names.list_words(names.definite(one) for one in whole)
        return _("not {organisations}").format(organisations=of)
    if parts:
        return language.ngettext("no to {count} cell", "no to {count} cells", len(parts)).format(
            count=language.number(len(parts))
        )
    return _("as the others") if len(paper.signers) > 1 else _("as it stands")


def _noes(paper: Paper, names: ConsentNames, language: Language) -> list[str]:
    """Return who said no to what others said yes to: first whole organisations."""
    _ = language.gettext
    told: list[str] = []
    closed: set[UUID] = set()
    for one in paper.organisations:
        against = [who for who in paper.said_yes if _refuses(paper, who, one)]
        if against:
            closed.add(one)
            text = _("{Organisation} may not know anything: {names} said no.")
            told.append(
                text.format(
                    Organisation=_capital(names.definite(one)), names=_names(against, names)
                )
            )
    parts = [
        (one, category, against)
        for one in paper.organisations
        if one not in closed
        for category in paper.categories
        if (against := _against(paper, one, category))
    ]
    for one, category, against in parts[:_MOST_PARTS]:
        text = _("{Organisation} may not know about {about}: {names} said no.")
        told.append(
            text.format(
                Organisation=_capital(names.definite(one)),
                about=names.about(category),
                names=_names(against, names),
            )
        )
    more = len(parts) - _MOST_PARTS
    if more > 0:
        text = language.ngettext("And {count} cell more.", "And {count} cells more.", more)
        told.append(text.format(count=language.number(more)))
    return told


def _hears(paper: Paper, organisation_id: UUID) -> bool:
    return any(
        cell.organisation_id == organisation_id and cell.direction is Direction.RECEIVE
        for cell in paper.will_hold()
    )


def _against(paper: Paper, organisation_id: UUID, category: str) -> list[Signer]:
    (cell,) = paper.cells_of([organisation_id], [category], Direction.RECEIVE)
    wanted = any(cell in one.cells for one in paper.said_yes)
    return [one for one in paper.said_yes if wanted and cell not in one.cells]


def _refuses(paper: Paper, signer: Signer, organisation_id: UUID) -> bool:
    """Tell whether a signer ticked nothing of an organisation of which others ticked something."""
    theirs = {cell for cell in signer.cells if cell.organisation_id == organisation_id}
    missing = {cell for cell in paper.missing_in(signer) if cell.organisation_id == organisation_id}
    return not theirs and bool(missing)


def _names(signers: Sequence[Signer] | Iterable[Signer], names: ConsentNames) -> str:
    return names.list_words(names.people([one.id for one in signers]))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
