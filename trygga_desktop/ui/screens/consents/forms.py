"""What is filled in beside the matrix: taking back, an opinion, lifting a term. No widgets."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import Given, Opinion, View, state_on
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.ui.consent_words import OPEN_STATES, is_too_long, read_day
from trygga_desktop.ui.typed import Typed, codes_of, id_in, ids_in, one_of, sorted_codes

if TYPE_CHECKING:
    from trygga_desktop.services.consents import ConsentView, RecordOpinion, WithdrawConsent


@dataclass(slots=True, kw_only=True)
class WithdrawForm:
    """Somebody takes back everything, or what concerns some organisations, from a day on."""

    signer: UUID | None
    day: str
    everything: bool = True
    organisations: set[UUID] = field(default_factory=set)

    @property
    def contents(self) -> Hashable:
        """Return what is filled in, to be compared with what it was."""
        return self.signer, self.day, self.everything, frozenset(self.organisations)

    def is_complete(self, today: date) -> bool:
        """Tell whether it can be recorded."""
        on = read_day(self.day)
        has_part = self.everything or bool(self.organisations)
        return self.signer is not None and has_part and on is not None and on <= today

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        chosen = {
            "signer": codes_of(self.signer),
            "everything": ("yes",) if self.everything else (),
            "organisations": sorted_codes(self.organisations),
        }
        return Typed(texts={"day": self.day}, chosen=chosen)

    def with_typed(self, typed: Typed) -> WithdrawForm:
        """Return it with what a draft holds."""
        return WithdrawForm(
            signer=id_in(typed.chosen, "signer"),
            day=typed.texts.get("day", self.day),
            everything=bool(typed.chosen.get("everything")),
            organisations=set(ids_in(typed.chosen, "organisations")),
        )

    def command(self, case_id: UUID) -> WithdrawConsent:
        """Return it as the use case takes it."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import WithdrawConsent  # noqa: PLC0415

        on = read_day(self.day)
        assert self.signer is not None  # noqa: S101  asked only of a complete form
        assert on is not None  # noqa: S101  as above
        return WithdrawConsent(
            case_id=case_id,
            signer=self.signer,
            on=on,
            organisations=None if self.everything else frozenset(self.organisations),
        )


@dataclass(slots=True, kw_only=True)
class OpinionForm:
    """What somebody who does not sign thinks; a no is weighed by somebody else."""

    person: UUID
    day: str
    view: View | None = None
    words: str = ""
    weighed: str = ""

    @property
    def contents(self) -> Hashable:
        """Return what is filled in, to be compared with what it was."""
        return self.day, self.view, self.words, self.weighed

    def is_complete(self, today: date) -> bool:
        """Tell whether it can be recorded."""
        on = read_day(self.day)
        is_said = self.view is not None and bool(self.words.strip()) and not self.is_too_long
        return is_said and on is not None and on <= today

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        texts = {"words": self.words, "weighed": self.weighed, "day": self.day}
        return Typed(texts=texts, chosen={"view": codes_of(self.view)})

    def with_typed(self, typed: Typed) -> OpinionForm:
        """Return it with what a draft holds."""
        told = one_of(typed.chosen, "view")
        return OpinionForm(
            person=self.person,
            day=typed.texts.get("day", self.day),
            view=View(told) if told in set(View) else None,
            words=typed.texts.get("words", ""),
            weighed=typed.texts.get("weighed", ""),
        )

    @property
    def is_too_long(self) -> bool:
        """Return whether one of its texts is longer than what can be stored."""
        is_weighed = self.view is View.DISAGREES
        return is_too_long(self.words) or (is_weighed and is_too_long(self.weighed))

    def command(self, case_id: UUID) -> RecordOpinion:
        """Return it as the use case takes it."""
        from trygga_desktop.services.consents import RecordOpinion  # noqa: PLC0415  as above

        on = read_day(self.day)
        assert self.view is not None  # noqa: S101  asked only of a complete form
        assert on is not None  # noqa: S101  as above
        weighed = self.weighed if self.view is View.DISAGREES else ""
        return RecordOpinion(
            case_id=case_id,
            person=self.person,
            on=on,
            view=self.view,
            words=self.words,
            weighed=weighed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftForm:
    """An exclusion or a limit that would hold no more, once somebody says so."""

    what: UUID

    @property
    def contents(self) -> Hashable:
        """Return what is filled in, which is never anything else than at first."""
        return self.what


def can_take_back(view: ConsentView, today: date) -> dict[UUID, frozenset[UUID]]:
    """Return who has a consent in force, and the organisations that it is about."""
    found: dict[UUID, frozenset[UUID]] = {}
    for one in state_on(view.history, today).consents:
        if one.answer is Answer.GIVEN and one.cells and one.valid_to >= today:
            is_over = one.withdrawn_on is not None and one.withdrawn_on <= today
            if not is_over:
                covered = frozenset(cell.organisation_id for cell in one.cells)
                found[one.signer] = found.get(one.signer, frozenset()) | covered
    return found


def latest_opinions(view: ConsentView, today: date) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return whose opinion is missing, and whose no nobody has weighed."""
    state = state_on(view.history, today)
    return view.asked - state.opinions, view.asked & state.unweighed


def opinion_form(view: ConsentView, person: UUID, today: date) -> OpinionForm:
    """Return the form for somebody's opinion, with what they said last."""
    told = [one for one in view.history if isinstance(one.what, Opinion) and one.what.on <= today]
    told.sort(key=lambda one: (one.what.on, one.sequence))
    last = [one.what for one in told if isinstance(one.what, Opinion) and one.what.person == person]
    form = OpinionForm(person=person, day=today.isoformat())
    if last:
        form.view, form.words, form.weighed = last[-1].view, last[-1].words, last[-1].weighed
    return form


def has_consents(view: ConsentView) -> bool:
    """Tell whether any paper was recorded by the day that is looked at."""
    return any(isinstance(one.what, Given) and one.what.on <= view.on for one in view.history)


def open_until(view: ConsentView) -> date | None:
    """Return the last day of what is open on the day that is looked at, if anything counts."""
    counts = view.chain is ChainStanding.HOLDS and view.confirmation is Confirmation.CONFIRMED
    ends = [one.until for one in view.cells if one.state in OPEN_STATES and one.until is not None]
    return max(ends, default=None) if counts else None
