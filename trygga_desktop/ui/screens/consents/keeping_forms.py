"""What is filled in about what is kept back from somebody, and who is concerned. No widgets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent_events import Concerned, happened_by
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.ui.consent_words import is_too_long
from trygga_desktop.ui.screens.consents.signing_forms import Flaw, SigningField, SigningForm
from trygga_desktop.ui.typed import Chosen, codes_of, id_in, ids_in, sorted_codes

if TYPE_CHECKING:
    from trygga_desktop.services.consents import ChangeTerms, ConsentView, RecordBar

_GUARDIANS = frozenset({PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN, PartyRole.TRUSTEE})


class KeptForm(SigningForm):
    """From whom, what kinds of information, why, and from which day.

    From a guardian the kinds that are ticked are kept back, as the young person wants. For an
    organisation they are all that it still gets, for somebody's protection.
    """

    fields = (SigningField.AGAINST, SigningField.CATEGORY, SigningField.WORDS, SigningField.ON)

    def __init__(
        self, guardians: Iterable[UUID], organisations: Iterable[UUID], today: date
    ) -> None:
        super().__init__(today, {SigningField.ON: today.isoformat(), SigningField.WORDS: ""})
        self.guardians = tuple(guardians)
        self.organisations = tuple(organisations)
        self.against: UUID | None = None
        self.categories: set[str] = set()

    @property
    def is_for_protection(self) -> bool:
        """Return whether it is about an organisation."""
        return self.against in self.organisations

    @property
    def contents(self) -> Hashable:
        """Return the texts and all that is chosen."""
        return super().contents, self.against, frozenset(self.categories)

    def choose_against(self, somebody: object) -> None:
        """Say from whom; what was ticked for somebody of another kind means something else."""
        before = self.is_for_protection
        self.against = somebody if isinstance(somebody, UUID) else None
        if self.is_for_protection is not before:
            self.categories.clear()
        self.refused.pop(SigningField.AGAINST, None)
        self.replaced.emit()
        self.changed.emit()

    def tick(self, code: str, *, is_meant: bool) -> None:
        """Say of one kind of information whether it is meant."""
        if is_meant:
            self.categories.add(code)
        else:
            self.categories.discard(code)
        self.refused.pop(SigningField.CATEGORY, None)
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return who and what is chosen."""
        return {"against": codes_of(self.against), "categories": sorted_codes(self.categories)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as there still is such a choice."""
        against = id_in(chosen, "against")
        self.against = against if against in {*self.guardians, *self.organisations} else None
        self.categories = set(chosen.get("categories", ()))

    def command(self, case_id: UUID) -> RecordBar:
        """Return it as the use case takes it."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import RecordBar  # noqa: PLC0415

        assert self.against is not None  # noqa: S101  asked only of a complete form
        protects = self.is_for_protection
        return RecordBar(
            case_id=case_id,
            reason=Reason.PROTECTION_LIMIT if protects else Reason.CHILD_LIMITED,
            against=self.against,
            on=self._day(SigningField.ON),
            scope=BarScope.ALL_BUT_THESE if protects else BarScope.THESE,
            categories=frozenset(self.categories),
            words=self.tidy(SigningField.WORDS),
        )

    def _seen(self, field: SigningField) -> Flaw | None:
        match field:
            case SigningField.AGAINST:
                return Flaw.MISSING if self.against is None else None
            case SigningField.CATEGORY:
                # An organisation may be left none at all.
                is_needed = not self.is_for_protection and not self.categories
                return Flaw.MISSING if is_needed else None
            case SigningField.WORDS:
                if not self.tidy(field):
                    return Flaw.MISSING
                return Flaw.LENGTH if is_too_long(self.text_in(field)) else None
            case _:
                return self._flaw_of_day(SigningField.ON)


class ConcernedForm(SigningForm):
    """Which organisations are concerned from a day on, without a paper of that day."""

    fields = (SigningField.CONCERNED, SigningField.ON)

    def __init__(self, ticked: Iterable[UUID], organisations: Iterable[UUID], today: date) -> None:
        super().__init__(today, {SigningField.ON: today.isoformat()})
        self.organisations = tuple(organisations)
        self.at_first = frozenset(ticked)
        self.ticked = set(self.at_first)

    @property
    def contents(self) -> Hashable:
        """Return the texts and who is ticked."""
        return super().contents, frozenset(self.ticked)

    def tick(self, organisation_id: UUID, *, is_concerned: bool) -> None:
        """Say of one whether it is concerned."""
        if is_concerned:
            self.ticked.add(organisation_id)
        else:
            self.ticked.discard(organisation_id)
        self.refused.pop(SigningField.CONCERNED, None)
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return who is ticked."""
        return {"ticked": sorted_codes(self.ticked)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Tick whom an earlier visit ticked."""
        self.ticked = set(ids_in(chosen, "ticked")) & set(self.organisations)

    def command(self, case_id: UUID) -> ChangeTerms:
        """Return it as the use case takes it."""
        from trygga_desktop.services.consents import ChangeTerms  # noqa: PLC0415  as above

        on = self._day(SigningField.ON)
        return ChangeTerms(case_id=case_id, on=on, concerned=frozenset(self.ticked))

    def _seen(self, field: SigningField) -> Flaw | None:
        if field is SigningField.ON:
            return self._flaw_of_day(SigningField.ON)
        is_same = self.ticked == self.at_first
        return Flaw.MISSING if not self.ticked else Flaw.SAME if is_same else None


def kept_form(view: ConsentView, today: date) -> KeptForm:
    """Return the form about what is kept back, with everyone that it can be about."""
    guardians = [
        one.party.id
        for one in view.people
        if one.party.role in _GUARDIANS and one.party.holds_on(today)
    ]
    others = [one.id for one in view.organisations if one.id != view.controller_id]
    return KeptForm(guardians, others, today)


def concerned_form(view: ConsentView, today: date) -> ConcernedForm:
    """Return the form about who is concerned, with those ticked who are today."""
    told = [
        one.what.organisations
        for one in happened_by(view.history, today)
        if isinstance(one.what, Concerned)
    ]
    organisations = [one.id for one in view.organisations]
    return ConcernedForm(told[-1] if told else (), organisations, today)


def asks_who_is_concerned(view: ConsentView) -> bool:
    """Tell whether the programme needs a consent that covers everyone concerned."""
    return view.programme is not None and view.programme.needs_all_concerned_agencies
