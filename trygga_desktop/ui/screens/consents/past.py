"""What was recorded of the consents, the newest first: who, what and when. No widgets."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import (
    Barred,
    Concerned,
    ConsentEvent,
    Excepted,
    Excluded,
    Given,
    GroundUsed,
    Happening,
    Lifted,
    Limited,
    Opinion,
    Requested,
    View,
    Way,
    Withdrawn,
)
from trygga_desktop.i18n import Language
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 160


class PastLine(NamedTuple):
    """One thing that was recorded: its icon, day, title, and a line below."""

    icon: str
    day: str
    title: str
    line: str


def past_lines(
    history: Sequence[ConsentEvent], names: ConsentNames, language: Language
) -> tuple[PastLine, ...]:
    """Return what was recorded, the newest first. Answers on one paper are one thing."""
    past = _Past(history, names, language)
    found = [past.line([one.what for one in group]) for _, group in groupby(history, key=_paper)]
    return tuple(reversed(found))


def id_of(what: Happening) -> UUID | None:
    """Return what a later lifting calls this, if it can be lifted."""
    match what:
        case Excluded() | Limited() | Excepted():
            return what.id
        case Barred():
            return what.bar.id
        case GroundUsed():
            return what.use.id
        case _:
            return None


def _paper(event: ConsentEvent) -> object:
    what = event.what
    if isinstance(what, Given):
        return (what.on, what.valid_from, what.valid_to, what.way, what.answer)
    return event.id


class _Past:
    def __init__(
        self, history: Sequence[ConsentEvent], names: ConsentNames, language: Language
    ) -> None:
        self._known = {id_of(one.what): one.what for one in history}
        self._told: dict[UUID, Excepted] = {}
        self._names = names
        self._language = language

    def line(self, events: Sequence[Happening]) -> PastLine:
        """Return the line about one thing, or about the answers on one paper."""
        what = events[0]
        match what:
            case Given():
                return self._given(what, [one.signer for one in events if isinstance(one, Given)])
            case Withdrawn():
                return self._withdrawn(what)
            case Opinion():
                return self._opinion(what)
            case Excluded() | Limited():
                return self._term(what)
            case Requested() | Excepted():
                return self._signing(what)
            case _:
                return self._other(what)

    def _given(self, what: Given, signers: Sequence[UUID]) -> PastLine:
        _ = self._language.gettext
        who = self._names.list_words(self._names.people(signers))
        day = self._day(what)
        if what.answer is Answer.REFUSED:
            title = _("{names} said no").format(names=who)
            return PastLine(icon="ban", day=day, title=title, line="")
        oral = _("{names} said yes, not signed yet")
        text = oral if what.way is Way.ORAL else _("{names} signed")
        line = _("From {since} to {until}.").format(
            since=self._language.date_long(what.valid_from),
            until=self._language.date_long(what.valid_to),
        )
        return PastLine(icon="pencil", day=day, title=text.format(names=who), line=line)

    def _withdrawn(self, what: Withdrawn) -> PastLine:
        _ = self._language.gettext
        line = _("Everything.")
        if what.organisations is not None:
            of = sorted(self._names.definite(one) for one in what.organisations)
            words = self._names.list_words(of)
            line = _("What concerns {organisations}.").format(organisations=words)
        title = _("{name} took the consent back").format(name=self._names.person(what.signer))
        return PastLine(icon="undo-2", day=self._day(what), title=title, line=line)

    def _opinion(self, what: Opinion) -> PastLine:
        _ = self._language.gettext
        text = _("{name} agrees") if what.view is View.AGREES else _("{name} does not agree")
        title = text.format(name=self._names.person(what.person))
        return PastLine(
            icon="message-circle", day=self._day(what), title=title, line=_quoted(what.words)
        )

    def _signing(self, what: Requested | Excepted) -> PastLine:
        if isinstance(what, Excepted):
            return self._excepted(what)
        title = self._language.ngettext(
            "{names} was asked to sign", "{names} were asked to sign", len(what.signers)
        )
        names = self._names.list_words(self._names.people(what.signers))
        return PastLine(icon="mail", day=self._day(what), title=title.format(names=names), line="")

    def _excepted(self, what: Excepted) -> PastLine:
        """Tell an exception; told anew, what is new about it is that somebody approved it.

        Why it was wanted is not told: it may be about where somebody lives.
        """
        _ = self._language.gettext
        before = self._told.get(what.id)
        self._told[what.id] = what
        name = self._names.person(what.signer)
        until = _("Until {date}.").format(date=self._language.date_long(what.until))
        is_approved = bool(what.approved_by.strip())
        approved = _("Approved by {name}.").format(name=_plain(what.approved_by))
        if is_approved and before is not None and not before.approved_by.strip():
            title = _("The exception for {name} was approved").format(name=name)
            told = [approved, until]
            icon = "shield-check"
        else:
            title = _("An exception for {name} from signing").format(name=name)
            reason = self._names.exception(what.code)
            decided = _("Decided by {name}.").format(name=_plain(what.decided_by))
            waits = approved if is_approved else _("Not approved yet.")
            told = [f"{reason}.", until, decided, waits]
            icon = "circle-slash"
        return PastLine(icon=icon, day=self._day(what), title=title, line=" ".join(told))

    def _lifted(self, what: Lifted) -> PastLine:
        _ = self._language.gettext
        lifted = self._known.get(what.what)
        title, words = _("An exclusion or limit holds no more"), ""
        match lifted:
            case Excluded() | Limited():
                words = _quoted(lifted.words)
            case Excepted():
                title = _("The exception for {name} from signing holds no more")
                title = title.format(name=self._names.person(lifted.signer))
            case Barred():
                title = _("Something is kept back no more")
            case GroundUsed():
                title = _("A decision on another legal ground holds no more")
                words = self._names.ground(lifted.use.ground)
            case _:
                pass
        return PastLine(icon="lock-open", day=self._day(what), title=title, line=words)

    def _term(self, what: Excluded | Limited) -> PastLine:
        _ = self._language.gettext
        day = self._day(what)
        name = self._names.person(what.asked_by)
        if isinstance(what, Excluded):
            title = _("{name} asked for an exclusion").format(name=name)
            return PastLine(icon="ban", day=day, title=title, line=_quoted(what.words))
        where = _("{organisation}, {about}").format(
            organisation=self._names.organisation(what.cell.organisation_id),
            about=self._names.about(what.cell.category),
        )
        title = _("{name} asked for a limit").format(name=name)
        line = f"{where}: {_quoted(what.words)}"
        return PastLine(icon="circle-dot", day=day, title=title, line=line)

    def _other(self, what: Happening) -> PastLine:
        _ = self._language.gettext
        day = self._day(what)
        if isinstance(what, Barred):
            title = _("Something is kept back")
            return PastLine(icon="lock", day=day, title=title, line=_quoted(what.words))
        if isinstance(what, Concerned):
            of = sorted(self._names.organisation(one) for one in what.organisations)
            line = self._names.list_words(of)
            return PastLine(icon="users-round", day=day, title=_("Who is concerned"), line=line)
        if isinstance(what, Lifted):
            return self._lifted(what)
        if isinstance(what, GroundUsed):
            title = _("A decision on another legal ground")
            line = self._names.ground(what.use.ground)
            return PastLine(icon="scale", day=day, title=title, line=line)
        title = _("Compared with the papers")
        line = _("The consents count again.")
        return PastLine(icon="shield-check", day=day, title=title, line=line)

    def _day(self, what: Happening) -> str:
        return self._language.date_long(what.on)


def _plain(text: str) -> str:
    return make_visible(text, lines=False, longest=_LONGEST)


def _quoted(words: str) -> str:
    shown = make_visible(words, lines=False, longest=_LONGEST)
    return f"”{shown}”" if shown else ""
