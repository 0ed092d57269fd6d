"""What is filled in about who signs: who was asked, an exception, its approval. No widgets."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.consent_events import Excepted
from trygga_desktop.domain.signing import (
    ExceptionStanding,
    ExceptionStatus,
    SignerStatus,
    Signing,
    names_one_person,
    names_somebody,
)
from trygga_desktop.ui.consent_words import is_too_long
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen, codes_of, id_in, ids_in, one_of, sorted_codes

if TYPE_CHECKING:
    from trygga_desktop.services.signers import RecordException, RequestConsent

_TO_ASK = frozenset({SignerStatus.NOTHING, SignerStatus.ENDED, SignerStatus.LAPSED})
_STANDS = frozenset({ExceptionStatus.IN_FORCE, ExceptionStatus.WAITING})


class SigningField(StrEnum):
    """The fields; the values are those that the use cases name."""

    SIGNERS = "signers"
    SIGNER = "signer"
    CODE = "code"
    WORDS = "words"
    DECIDED_BY = "decided_by"
    APPROVED_BY = "approved_by"
    ON = "on"
    UNTIL = "until"
    AGAINST = "against"
    CATEGORY = "category"
    CONCERNED = "concerned"


class Flaw(StrEnum):
    """What is wrong with a field; the first ones are what the use cases call it."""

    MISSING = "missing"
    LENGTH = "length"
    TAKEN = "taken"
    FUTURE = "future"
    ORDER = "order"
    UNKNOWN = "unknown"
    OVER = "over"
    UNREADABLE = "unreadable"
    SAME = "same"
    NO_SUCH_DAY = "no_such_day"


class SigningForm(TextForm):
    """What the three have in common: fields in reading order, and what is wrong with each."""

    fields: tuple[SigningField, ...] = ()

    def __init__(self, today: date, texts: dict[str, str]) -> None:
        super().__init__(texts)
        self.today = today

    def flaw(self, field: SigningField) -> str | None:
        """Return what is wrong with a field, as it was refused or as can be seen."""
        return self.refused.get(field) or self._seen(field)

    @property
    def missing(self) -> tuple[SigningField, ...]:
        """Return the fields that keep it from being recorded, in reading order."""
        return tuple(one for one in self.fields if self.flaw(one))

    @property
    def contents(self) -> Hashable:
        """Return what is filled in, to be compared with what it was."""
        return frozenset((field, text) for field, text in self.texts.items() if text)

    def _seen(self, field: SigningField) -> Flaw | None:  # noqa: ARG002  for those with fields
        return None

    def _day(self, field: SigningField) -> date:
        day = read_day(self.text_in(field))
        # Asked only of a complete form.
        assert isinstance(day, date)  # noqa: S101
        return day

    def _flaw_of_day(self, field: SigningField, *, may_come: bool = False) -> Flaw | None:
        day = read_day(self.text_in(field))
        if isinstance(day, DayFlaw):
            if not self.tidy(field):
                return Flaw.MISSING
            return Flaw.NO_SUCH_DAY if day is DayFlaw.NO_SUCH_DAY else Flaw.UNREADABLE
        return Flaw.FUTURE if day > self.today and not may_come else None

    def _flaw_of_name(self, field: SigningField, *, must: bool) -> Flaw | None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.signers import MOST_NAME  # noqa: PLC0415

        text = self.tidy(field)
        # A position alone names nobody.
        if (must or text) and not names_somebody(text):
            return Flaw.MISSING
        return Flaw.LENGTH if len(self.text_in(field)) > MOST_NAME else None


class RequestForm(SigningForm):
    """Who got the form to read and was asked to sign, and on which day."""

    fields = (SigningField.SIGNERS, SigningField.ON)

    def __init__(self, ticked: Iterable[UUID], today: date) -> None:
        super().__init__(today, {SigningField.ON: today.isoformat()})
        self.ticked = set(ticked)

    @property
    def contents(self) -> Hashable:
        """Return the texts and who is ticked."""
        return super().contents, frozenset(self.ticked)

    def chosen(self) -> Chosen:
        """Return who is ticked."""
        return {"ticked": sorted_codes(self.ticked)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Tick whom an earlier visit ticked."""
        self.ticked = set(ids_in(chosen, "ticked"))

    def tick(self, signer: UUID, *, asked: bool) -> None:
        """Take that somebody was asked, or was not."""
        if asked:
            self.ticked.add(signer)
        else:
            self.ticked.discard(signer)
        self.refused.pop(SigningField.SIGNERS, None)
        self.changed.emit()

    def command(self, case_id: UUID) -> RequestConsent:
        """Return it as the use case takes it."""
        from trygga_desktop.services.signers import RequestConsent  # noqa: PLC0415  as above

        return RequestConsent(
            case_id=case_id, on=self._day(SigningField.ON), signers=frozenset(self.ticked)
        )

    def _seen(self, field: SigningField) -> Flaw | None:
        if field is SigningField.SIGNERS:
            return None if self.ticked else Flaw.MISSING
        return self._flaw_of_day(field)


class ExceptionForm(SigningForm):
    """A guardian's signature is done without: who, why, who decided, and until when."""

    fields = (
        SigningField.SIGNER,
        SigningField.CODE,
        SigningField.WORDS,
        SigningField.DECIDED_BY,
        SigningField.ON,
        SigningField.UNTIL,
        SigningField.APPROVED_BY,
    )

    def __init__(self, signer: UUID | None, today: date) -> None:
        super().__init__(today, {SigningField.ON: today.isoformat()})
        self.signer = signer
        self.code: str | None = None

    @property
    def contents(self) -> Hashable:
        """Return the texts, and what is chosen."""
        return super().contents, self.signer, self.code

    def chosen(self) -> Chosen:
        """Return whose signature it is, and why."""
        return {"guardian": codes_of(self.signer), "reason": codes_of(self.code)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        self.signer = id_in(chosen, "guardian")
        self.code = one_of(chosen, "reason") or None

    def choose_signer(self, signer: UUID | None) -> None:
        """Say whose signature it is."""
        self.signer = signer
        self.refused.pop(SigningField.SIGNER, None)
        self.changed.emit()

    def choose_code(self, code: str) -> None:
        """Say for which reason."""
        self.code = code
        self.refused.pop(SigningField.CODE, None)
        self.changed.emit()

    def command(self, case_id: UUID) -> RecordException:
        """Return it as the use case takes it."""
        from trygga_desktop.services.signers import RecordException  # noqa: PLC0415  as above

        assert self.signer is not None  # noqa: S101  asked only of a complete form
        assert self.code is not None  # noqa: S101  as above
        return RecordException(
            case_id=case_id,
            signer=self.signer,
            code=self.code,
            on=self._day(SigningField.ON),
            until=self._day(SigningField.UNTIL),
            words=self.text_in(SigningField.WORDS),
            decided_by=self.text_in(SigningField.DECIDED_BY),
            approved_by=self.text_in(SigningField.APPROVED_BY),
        )

    def _seen(self, field: SigningField) -> Flaw | None:
        match field:
            case SigningField.SIGNER:
                return Flaw.MISSING if self.signer is None else None
            case SigningField.CODE:
                return Flaw.MISSING if self.code is None else None
            case SigningField.ON:
                return self._flaw_of_day(field)
            case SigningField.UNTIL:
                return self._flaw_of_day(field, may_come=True) or self._flaw_of_order()
            case _:
                return self._flaw_of_text(field)

    def _flaw_of_text(self, field: SigningField) -> Flaw | None:
        if field is SigningField.WORDS:
            if is_too_long(self.text_in(field)):
                return Flaw.LENGTH
            return None if self.tidy(field) else Flaw.MISSING
        if field is SigningField.DECIDED_BY:
            return self._flaw_of_name(field, must=True)
        approved_by = self.tidy(field)
        if approved_by and names_one_person(self.text_in(SigningField.DECIDED_BY), approved_by):
            return Flaw.TAKEN
        return self._flaw_of_name(field, must=False)

    def _flaw_of_order(self) -> Flaw | None:
        first = read_day(self.text_in(SigningField.ON))
        last = read_day(self.text_in(SigningField.UNTIL))
        is_turned = isinstance(first, date) and isinstance(last, date) and last < first
        return Flaw.ORDER if is_turned else None


class ApprovalForm(SigningForm):
    """A second person approves an exception that waits; the rest of it stays as it was told."""

    fields = (SigningField.APPROVED_BY, SigningField.ON)

    def __init__(self, exception: Excepted, today: date) -> None:
        super().__init__(today, {SigningField.ON: today.isoformat()})
        self.exception = exception

    def command(self, case_id: UUID) -> RecordException:
        """Return it as the use case takes it: the same exception, from the day it is approved."""
        from trygga_desktop.services.signers import RecordException  # noqa: PLC0415  as above

        told = self.exception
        return RecordException(
            case_id=case_id,
            signer=told.signer,
            code=told.code,
            on=self._day(SigningField.ON),
            until=told.until,
            words=told.words,
            decided_by=told.decided_by,
            approved_by=self.text_in(SigningField.APPROVED_BY),
            id=told.id,
        )

    def _seen(self, field: SigningField) -> Flaw | None:
        told = self.exception
        if field is SigningField.APPROVED_BY:
            approved_by = self.tidy(field)
            if approved_by and names_one_person(told.decided_by, approved_by):
                return Flaw.TAKEN
            return self._flaw_of_name(field, must=True)
        flaw = self._flaw_of_day(field)
        if flaw is not None:
            return flaw
        day = self._day(field)
        if day < told.on:
            return Flaw.ORDER
        return Flaw.OVER if day > told.until else None


def request_form(signing: Signing, today: date) -> RequestForm:
    """Return the form with those ticked who have not been asked for what is missing.

    Nobody is ticked beforehand who may not be asked at all, as where that waits for an approval.
    """
    excepted = {one.exception.signer for one in signing.exceptions if one.status in _STANDS}
    return RequestForm(
        [
            one.signer
            for one in signing.signers
            if one.status in _TO_ASK and one.asked_on is None and one.signer not in excepted
        ],
        today,
    )


def may_be_excepted(signing: Signing) -> frozenset[UUID]:
    """Return the guardians of whom no exception stands or waits."""
    stands = {one.exception.signer for one in signing.exceptions if one.status in _STANDS}
    return signing.guardians - stands


def waits_for_approval(one: ExceptionStanding) -> bool:
    """Tell whether a second person can still approve an exception, whatever it comes to then."""
    return one.status is not ExceptionStatus.ENDED and not one.exception.approved_by.strip()


def find_waiting(signing: Signing, exception_id: UUID) -> Excepted | None:
    """Return an exception that waits for a second person, None where it does not."""
    waiting = [one.exception for one in signing.exceptions if waits_for_approval(one)]
    return next((one for one in waiting if one.id == exception_id), None)
