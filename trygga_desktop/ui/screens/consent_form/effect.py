"""What the paper will come to, in one or a few sentences. No widgets."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import LEAST
from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consent_form.outcome import Outcome
from trygga_desktop.ui.screens.consent_form.paper import Paper, Said, Signer
from trygga_desktop.ui.theme.tokens import Tone

_MOST_PARTS = 2
_OPINIONS = frozenset({Reason.OPINION_MISSING, Reason.OPINION_UNWEIGHED})


class Effect(NamedTuple):
    """A title, what does not pass and who said so, and the tone both are told in."""

    title: str
    text: str
    tone: Tone


class EffectWords:
    """Says what papers of one case come to, in one language."""

    def __init__(
        self,
        view: ConsentView,
        names: ConsentNames,
        reasons: ReasonWords,
        language: Language,
    ) -> None:
        self._view = view
        self._names = names
        self._reasons = reasons
        self._language = language

    def effect(self, outcome: Outcome, paper: Paper) -> Effect:
        """Return what will hold, and who said no to what."""
        names, language = self._names, self._language
        _ = language.gettext
        nothing = _("Nothing may be shared")
        if not paper.signers:
            return Effect(nothing, _("Nobody can consent."), Tone.WARN)
        if outcome.refused:
            text = _("{names} said no. A no is a valid answer.")
            return Effect(nothing, text.format(names=_people(outcome.refused, names)), Tone.MUTE)
        if outcome.against:
            told = [self._closed(outcome)]
            told += [_waits(outcome, names, language)] if outcome.waiting else []
            return Effect(nothing, " ".join(told), Tone.WARN)
        if outcome.waiting:
            text = _waits(outcome, names, language)
            return Effect(_("Nothing may be shared yet"), text, Tone.INFO)
        heard = {one.organisation_id for one in outcome.opens if one.direction is Direction.RECEIVE}
        noes = " ".join(_noes(outcome, paper, names, language))
        if not heard:
            return Effect(nothing, noes or _("Nothing is ticked."), Tone.MUTE)
        open_to = [one for one in paper.organisations if one in heard]
        words = _capital(names.list_words(names.definite(one) for one in open_to))
        title = _("{Organisations} may be told what is ticked").format(Organisations=words)
        return Effect(title, noes, Tone.OK)

    def _closed(self, outcome: Outcome) -> str:
        """Return the sentence of what closes the case, whatever is ticked."""
        names, language = self._names, self._language
        _ = language.gettext
        reason = outcome.against[0]
        told = self._reasons.statement(reason, self._slots(outcome, reason))
        if reason is not Reason.PROGRAMME_NEEDS_ALL:
            return told
        one, other = map(names.about, LEAST)
        text = _(
            "Each of them must be allowed to tell and to be told about {one} and about {other}."
        )
        return " ".join([told, text.format(one=one, other=other)])

    def _slots(self, outcome: Outcome, reason: Reason) -> Mapping[str, str]:
        """Return what is known for the sentence of a reason; neutral words fill the rest."""
        view, names, code = self._view, self._names, self._language.code
        missing = [names.definite(one) for one in outcome.left_out]
        missing += [
            view.catalogue.agency(kind).definite.in_language(code) for kind in outcome.missing_kinds
        ]
        is_asked = reason in _OPINIONS
        ends = self._language.date_long(outcome.last_day)
        return {
            "person": _people(outcome.opinion_of, names) if is_asked else names.subject,
            "programme": "" if view.programme is None else view.programme.name.in_language(code),
            "phase": view.catalogue.phase(view.row.phase).name.in_language(code),
            "missing": names.list_words(missing),
            "date": ends if reason is Reason.EXPIRED else "",
        }


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


def _waits(outcome: Outcome, names: ConsentNames, language: Language) -> str:
    several = language.ngettext(
        "It is saved, and waits for the answer of {names}.",
        "It is saved, and waits for the answers of {names}.",
        len(outcome.waiting),
    )
    return several.format(names=_people(outcome.waiting, names))


def _noes(outcome: Outcome, paper: Paper, names: ConsentNames, language: Language) -> list[str]:
    """Return who said no to what others said yes to: first whole organisations."""
    _ = language.gettext
    told: list[str] = []
    closed: set[UUID] = set()
    for one in paper.organisations:
        of_one = {
            who: {cell for cell in cells if cell.organisation_id == one}
            for who, cells in outcome.yes.items()
        }
        against = [who for who, cells in of_one.items() if not cells and any(of_one.values())]
        if against:
            closed.add(one)
            text = _("{Organisation} may not know anything: {names} said no.")
            told.append(
                text.format(
                    Organisation=_capital(names.definite(one)), names=_people(against, names)
                )
            )
    parts = [
        (one, category, against)
        for one in paper.organisations
        if one not in closed
        for category in paper.categories
        if (against := _against(outcome, paper, one, category))
    ]
    for one, category, against in parts[:_MOST_PARTS]:
        text = _("{Organisation} may not know about {about}: {names} said no.")
        told.append(
            text.format(
                Organisation=_capital(names.definite(one)),
                about=names.about(category),
                names=_people(against, names),
            )
        )
    more = len(parts) - _MOST_PARTS
    if more > 0:
        text = language.ngettext("And {count} cell more.", "And {count} cells more.", more)
        told.append(text.format(count=language.number(more)))
    return told


def _against(outcome: Outcome, paper: Paper, organisation_id: UUID, category: str) -> list[UUID]:
    (cell,) = paper.cells_of([organisation_id], [category], Direction.RECEIVE)
    against = [who for who, cells in outcome.yes.items() if cell not in cells]
    return against if len(against) < len(outcome.yes) else []


def _refuses(paper: Paper, signer: Signer, organisation_id: UUID) -> bool:
    """Tell whether a signer ticked nothing of an organisation of which others ticked something."""
    theirs = {cell for cell in signer.cells if cell.organisation_id == organisation_id}
    missing = {cell for cell in paper.missing_in(signer) if cell.organisation_id == organisation_id}
    return not theirs and bool(missing)


def _people(ids: Iterable[UUID], names: ConsentNames) -> str:
    return names.list_words(names.people(ids))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
