"""State of the form for a new case: what is typed, what is thought of it, where it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.identity_number import (
    AskCentury,
    IdentityNumber,
    Incomplete,
    NumberReading,
    Valid,
    is_test_number,
    read_number,
)
from trygga_desktop.domain.people import Protection, find_person_flaws
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.case_words import birth_text
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.new_case.form import (
    BirthFlaw,
    CaseForm,
    FormField,
    from_draft,
    read_birth_date,
    to_draft,
)
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson, OpenCase, SimilarCase

_SHORT = 10
_CENTURIES = ("18", "19", "20")


class NewCaseViewModel(QObject):
    """Takes what is typed, keeps it as a draft, warns of a case that is there already, opens it.

    Nothing is thought wrong before `leave_field` was called for it. `form_replaced` follows when
    fields hold something else than what was typed into them.
    """

    changed = Signal()
    form_replaced = Signal()
    opened = Signal(UUID)
    cancelled = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        *,
        open_case: Callable[[OpenCase], Done[UUID]],
        find_similar: Callable[[NewPerson], Done[tuple[SimilarCase, ...]]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        test_numbers: Callable[[], frozenset[str]],
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = CaseForm()
        self.left_fields: frozenset[FormField] = frozenset()
        self.refused: dict[FormField, str] = {}
        self.similar: tuple[SimilarCase, ...] = ()
        self.trouble: Trouble | None = None
        self.is_working = False
        self.asks_to_discard = False
        self.drafts = DraftKeeper(
            drafts, runner, kind=DraftKind.NEW_CASE, now=now, new_id=new_id, parent=self
        )
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._open_case = open_case
        self._find_similar = find_similar
        self._runner = runner
        self._now = now
        self._test_numbers = test_numbers
        self._compared: NewPerson | None = None

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def reading(self) -> NumberReading:
        """Return what the typed identity number is, a chosen century included."""
        text = self.form.tidy(FormField.NUMBER)
        if FormField.NUMBER not in self.left_fields and _may_become_longer(text):
            return Incomplete(len(text))
        read = read_number(text, on=self.today)
        if isinstance(read, AskCentury):
            chosen = [one for one in read.choices if one.digits == self.form.century]
            return Valid(chosen[0]) if chosen else read
        return read

    @property
    def number(self) -> IdentityNumber | None:
        """Return the identity number, if a right one is given."""
        reading = self.reading
        return reading.number if isinstance(reading, Valid) else None

    @property
    def is_test_number(self) -> bool:
        """Return whether the number is one that was published for tests."""
        return self.number is not None and is_test_number(self.number, self._test_numbers())

    @property
    def birth_date(self) -> PartialDate | BirthFlaw | None:
        """Return the birth date as far as it is given, or why the text is none."""
        return read_birth_date(self.form.text_in(FormField.BIRTH_DATE), on=self.today)

    @property
    def flaws(self) -> Mapping[FormField, str]:
        """Return what keeps fields from being stored: a code for each, those refused included."""
        found = find_person_flaws(self._person().to_person())
        return {**{FormField(name): flaw for name, flaw in found}, **self.refused}

    @property
    def missing(self) -> tuple[FormField, ...]:
        """Return the fields that keep the case from being opened, in reading order."""
        wrong = set(self.flaws)
        if not self.form.has_no_number and self.number is None:
            wrong.add(FormField.NUMBER)
        if isinstance(self.birth_date, BirthFlaw):
            wrong.add(FormField.BIRTH_DATE)
        return tuple(field for field in FormField if field in wrong)

    @property
    def may_open(self) -> bool:
        """Return whether everything needed is there."""
        return not self.is_working and not self.missing

    @Slot()
    def load(self) -> None:
        """Bring back what an earlier visit left."""
        self.drafts.look_for_earlier()

    def type(self, field: FormField, text: str) -> None:
        """Take what stands in a field."""
        text = _whole(text)
        if text == self.form.text_in(field):
            return
        self.refused.pop(field, None)
        self.left_fields -= {field}
        form = self.form.with_text(field, text)
        if field is FormField.NUMBER:
            form = replace(form, century="", has_no_number=False)
        elif field is FormField.BIRTH_DATE:
            form = replace(form, is_own_birth_date=bool(text))
        self._change(form)

    def leave_field(self, field: FormField) -> None:
        """Think about a field, now that whoever types has gone on."""
        if not self.form.text_in(field) and field not in self.refused:
            return
        self.left_fields |= {field}
        # What was taken for a long number in the making may be a short one now.
        self._change(self.form)
        self._compare()

    def choose_century(self, choice: IdentityNumber) -> None:
        """Take the answer to which of two people the ten digits mean."""
        self._change(replace(self.form, century=choice.digits))

    def say_no_number(self, *, has_none: bool) -> None:
        """Note that this person has no identity number, or may have one after all."""
        self.refused.pop(FormField.NUMBER, None)
        form = self.form.with_text(FormField.NUMBER, "")
        self._change(replace(form, has_no_number=has_none, century=""))
        self.form_replaced.emit()

    def protect(self, protection: Protection) -> None:
        """Choose the kind of protected identity."""
        self.refused.pop(FormField.ALIAS, None)
        self._change(replace(self.form, protection=protection))

    def leave(self) -> None:
        """Store the draft at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def cancel(self) -> None:
        """Leave the form; what is typed stays as a draft."""
        self.leave()
        self.cancelled.emit()

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask before what is typed is thrown away, or go back to the form."""
        self.asks_to_discard = asks
        self.changed.emit()

    def discard(self) -> None:
        """Throw away what is typed."""
        self._clear()
        self.form_replaced.emit()
        self.changed.emit()

    def open(self) -> None:
        """Open the case, once everything is there."""
        if not self.may_open:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.cases import OpenCase  # noqa: PLC0415

        command = OpenCase(
            person=self._person(),
            case_number=self.form.tidy(FormField.CASE_NUMBER),
            registry_number=self.form.tidy(FormField.REGISTRY_NUMBER),
        )
        # Until it is answered the draft is the only place where the text is safe.
        self.drafts.store_now()
        self.is_working, self.trouble = True, None
        self.changed.emit()
        open_case = self._open_case
        self._runner.run(self, lambda: open_case(command), self._case_opened, self._refuse)

    def _case_opened(self, done: Done[UUID]) -> None:
        self.is_working = False
        self._clear()
        self.form_replaced.emit()
        self.changed.emit()
        self.made.emit(done.changes)
        self.opened.emit(done.value)

    def _refuse(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError) and error.field in set(FormField):
            field = FormField(error.field)
            self.refused[field] = error.flaw
            self.left_fields |= {field}
        else:
            trouble = read_error(error)
            if trouble.kind is ProblemKind.NOT_CONFIRMED:
                self.failed.emit(trouble)
            self.trouble = trouble
        self.changed.emit()

    def _clear(self) -> None:
        self.drafts.discard()
        self.form = CaseForm()
        self.left_fields = frozenset()
        self.refused = {}
        self.similar = ()
        self.trouble = None
        self.asks_to_discard = False
        self._compared = None

    def _change(self, form: CaseForm) -> None:
        """Take another form, with the birth date that its number says unless another was typed."""
        self.form = form
        number = self.number
        text = "" if number is None else birth_text(number.birth_date)
        is_filled = not form.is_own_birth_date and text != form.text_in(FormField.BIRTH_DATE)
        if is_filled:
            self.form = form.with_text(FormField.BIRTH_DATE, text)
        self.drafts.keep(to_draft(self.form))
        self._forget_similar()
        if is_filled:
            self.form_replaced.emit()
        self.changed.emit()
        if number is not None:
            self._compare()

    def _take_draft(self, text: str) -> None:
        form = from_draft(text)
        if form is None:
            return
        self.form = form
        self.left_fields = frozenset(field for field in FormField if form.text_in(field))
        self.form_replaced.emit()
        self.changed.emit()
        self._compare()

    def _person(self) -> NewPerson:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.cases import NewPerson  # noqa: PLC0415

        form, born = self.form, self.birth_date
        return NewPerson(
            given_name=form.tidy(FormField.GIVEN_NAME),
            family_name=form.tidy(FormField.FAMILY_NAME),
            alias=form.tidy(FormField.ALIAS) if form.is_protected else "",
            birth_date=None if isinstance(born, BirthFlaw) else born,
            number=self.number,
            protection=form.protection,
        )

    def _compare(self) -> None:
        """Look for a case about the same person, as soon as number or name and date are there."""
        person = self._comparable()
        names = person.given_name and person.family_name and person.birth_date
        if person == self._compared or not (names or person.number):
            return
        self._compared = person
        find_similar = self._find_similar
        self._runner.run(
            self,
            lambda: find_similar(person),
            partial(self._compared_with, person),
            self._not_compared,
        )

    def _comparable(self) -> NewPerson:
        """Return the person without what no case is compared by."""
        return replace(self._person(), alias="", protection=Protection.NONE)

    def _forget_similar(self) -> None:
        """Take a warning back as soon as it is about someone else than who is typed now."""
        if self._compared is not None and self._compared != self._comparable():
            self._compared = None
            self.similar = ()

    def _compared_with(self, person: NewPerson, done: Done[tuple[SimilarCase, ...]]) -> None:
        if person == self._compared:
            self.similar = done.value
            self.changed.emit()

    def _not_compared(self, error: Exception) -> None:
        """Go on without: a warning that cannot be given must not stop the work."""
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)


def _may_become_longer(text: str) -> bool:
    """Return whether ten digits look like the first ten of twelve."""
    return len(text) == _SHORT and text.isdecimal() and text.startswith(_CENTURIES)


def _whole(text: str) -> str:
    """Return the text with half characters replaced: nothing could store them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
