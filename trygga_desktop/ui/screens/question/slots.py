"""What is known for the sentence of a reason: who, when, on what. No widgets."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.consent import Answer, Consent, Passage
from trygga_desktop.domain.consent_events import (
    Barred,
    ConsentState,
    GroundUsed,
    Withdrawn,
    state_on,
)
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import Language
from trygga_desktop.services.questions import AskedItem, CaseQuestions, Hearing, Listener
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.question.listeners import ListenerNames
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_AGES = {Reason.TURNED_15: 15, Reason.TURNED_18: 18}


class SlotFacts:
    """Knows one hearing of a case on its day. What is not known is left out: neutral words fill it.

    Nobody is named where `named` is false, as in what is copied.
    """

    def __init__(
        self, found: CaseQuestions, hearing: Hearing, names: ConsentNames, language: Language
    ) -> None:
        self._found = found
        self._hearing = hearing
        self._names = names
        self._language = language
        self._listeners = ListenerNames(found, names, language)
        self.state: ConsentState = state_on(found.history, hearing.on)

    @property
    def in_force(self) -> tuple[Consent, ...]:
        """Return the yes of each who must sign, where it holds on the day."""
        return tuple(
            one
            for one in self.state.consents
            if one.signer in self._hearing.signers
            and one.answer is Answer.GIVEN
            and one.holds_on(self._hearing.on)
        )

    def fill(
        self, reason: Reason, asked: AskedItem, to: Sequence[Listener], *, named: bool = True
    ) -> Mapping[str, str]:
        """Return the slots of a reason, for these listeners together."""
        item, language = asked.item, self._language
        people = list(dict.fromkeys(self._listeners.within(one, reason, named=named) for one in to))
        signed = [one.signer for one in self.in_force]
        lacking = self._lacking(asked, to)
        used = self.ground(asked, to)
        ground = None if used is None else self.legal_ground(used)
        day = self._day(reason, asked, to)
        programme = self._found.programme
        code = language.code
        missing = [self._names.definite(one) for one in self._hearing.missing]
        found = {
            "recipient": language.list_words(people),
            "recipients": language.list_words(people),
            "giver": "" if item.origin_id is None else self._names.definite(item.origin_id),
            "about": self._names.about(item.category) if item.category else "",
            "signed": language.number(len(signed)),
            "needed": language.number(len(self._hearing.signers)),
            "programme": "" if programme is None else programme.name.in_language(code),
            "phase": self._found.catalogue.phase(self._found.row.phase).name.in_language(code),
            "missing": language.list_words(sorted(missing, key=language.sort_key)),
            "limit": self._limit(to),
            "ground": "" if ground is None else ground.title.in_language(code),
            "date": "" if day is None else language.date_long(day),
        }
        if named:
            found |= {
                "person": self._names.subject,
                "second": self._people(self._others(asked, to)),
                "signers": self._people(lacking),
                "signer": self._people(
                    [one for one, _ in self._hearing.newcomers if one in set(lacking) - set(signed)]
                ),
                "decider": "" if used is None else _line(used.use.decided_by),
            }
        return found

    def ground(self, asked: AskedItem, to: Sequence[Listener]) -> GroundUsed | None:
        """Return the decision on another ground that has most to do with the question."""
        item, ends = asked.item, _ends(to)
        near = [
            one
            for one in self.state.grounds
            if item.id in one.use.items
            or (one.use.giver, one.use.category) == (item.origin_id, item.category)
        ]
        tests: tuple[Callable[[GroundUsed], bool], ...] = (
            lambda one: item.id in one.use.items and bool(one.use.recipients & ends),
            lambda one: item.id in one.use.items,
            lambda one: bool(one.use.recipients & ends),
        )
        return next((one for test in tests for one in reversed(near) if test(one)), None)

    def legal_ground(self, used: GroundUsed) -> LegalGround | None:
        """Return the ground of the catalogue that a decision stands on."""
        try:
            return self._found.catalogue.legal_ground(used.use.ground)
        except UnknownCodeError:
            return None

    def names_of(self, ids: Collection[UUID]) -> str:
        """Return people as a list within a sentence, in the order of the case."""
        return self._people(ids)

    def _people(self, ids: Collection[UUID]) -> str:
        return self._names.list_words(self._names.people(ids)) if ids else ""

    def _others(self, asked: AskedItem, to: Sequence[Listener]) -> list[UUID]:
        known = {self._found.subject_id, *(one.recipient.person_id for one in to)}
        return [one for one in asked.item.about if one not in known]

    def _lacking(self, asked: AskedItem, to: Sequence[Listener]) -> list[UUID]:
        """Return who of those who must sign does not let it pass to everyone."""
        needed = {
            cell
            for one in to
            for cell in Passage(
                giver_id=asked.item.origin_id,
                recipient_id=one.recipient.organisation_id,
                category=asked.item.category,
            ).cells
        }
        say_yes = {one.signer for one in self.in_force if needed <= one.cells}
        return [one for one in self._hearing.signers if one not in say_yes]

    def _limit(self, to: Sequence[Listener]) -> str:
        against = {one.recipient.person_id for one in to} | _ends(to)
        left = {
            category
            for bar in self.state.bars
            if bar.reason is Reason.PROTECTION_LIMIT
            and bar.against in against
            and bar.scope is BarScope.ALL_BUT_THESE
            for category in bar.categories
        }
        about = [one.code for one in self._found.catalogue.categories if one.code in left]
        return self._language.list_words([self._names.about(one) for one in about])

    def _day(self, reason: Reason, asked: AskedItem, to: Sequence[Listener]) -> date | None:
        days: Mapping[Reason, Callable[[], list[date]]] = {
            Reason.CONSENT_COVERS: lambda: [min(self._ends(), default=date.max)],
            Reason.EXPIRED: self._expired,
            Reason.WITHDRAWN: self._withdrawn,
            Reason.WITHDRAWN_PART: lambda: self._taken_back(to),
            Reason.NOT_YET_VALID: self._coming,
            Reason.OLDER_THAN_CONSENT: lambda: [
                one.facts_since for one in self.in_force if one.facts_since is not None
            ],
            Reason.SIGNER_ADDED: lambda: [
                since for one, since in self._hearing.newcomers if one in self._lacking(asked, to)
            ],
            Reason.CASE_PAUSED: lambda: [self._hearing.in_phase_since],
            Reason.PROTECTION_LIMIT: lambda: self._barred(to),
        }
        if reason in _AGES:
            return self._birthday(_AGES[reason])
        used = self.ground(asked, to)
        if reason in {Reason.LEGAL_GROUND, Reason.GROUND_EXPIRED}:
            if used is None:
                return None
            return used.on if reason is Reason.LEGAL_GROUND else used.use.until
        known = [one for one in days.get(reason, list)() if one != date.max]
        return max(known, default=None)

    def _ends(self) -> list[date]:
        return [one.valid_to for one in self.in_force]

    def _of_signers(self) -> list[Consent]:
        signers = self._hearing.signers
        return [one for one in self.state.consents if one.signer in signers]

    def _expired(self) -> list[date]:
        on = self._hearing.on
        return [one.valid_to for one in self._of_signers() if one.valid_to < on]

    def _withdrawn(self) -> list[date]:
        return [one.withdrawn_on for one in self._of_signers() if one.withdrawn_on is not None]

    def _coming(self) -> list[date]:
        on = self._hearing.on
        return [one.valid_from for one in self._of_signers() if one.valid_from > on]

    def _taken_back(self, to: Sequence[Listener]) -> list[date]:
        ends = _ends(to)
        return [
            one.what.on
            for one in self._found.history
            if isinstance(one.what, Withdrawn)
            and one.what.on <= self._hearing.on
            and ends & (one.what.organisations or frozenset())
        ]

    def _barred(self, to: Sequence[Listener]) -> list[date]:
        against = {one.recipient.person_id for one in to} | _ends(to)
        return [
            one.what.on
            for one in self._found.history
            if isinstance(one.what, Barred)
            and one.what.bar.reason is Reason.PROTECTION_LIMIT
            and one.what.bar.against in against
        ]

    def _birthday(self, years: int) -> date | None:
        subject = self._found.subject_id
        born = next((one.born for one in self._found.people if one.party.id == subject), None)
        return None if born is None else born.turns(years)


def _ends(to: Sequence[Listener]) -> frozenset[UUID | None]:
    return frozenset(one.recipient.organisation_id for one in to) - {None}


def _line(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME)
