"""What stands in the form for a person's details, and what of it is new."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import NumberChange
from trygga_desktop.ui.person_typing.form import CaseForm, FormField
from trygga_desktop.ui.typed import Chosen, Typed, code_in, one_of

if TYPE_CHECKING:
    from trygga_desktop.services.details import PersonDetails

_YES = ("yes",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsForm:
    """Everything typed and chosen of a person.

    `meaning` is what another number means, None where nobody has said it. `is_naming` shows the
    fields for a name that is hidden, `is_lowering` those that ask for less protection, to `to`.
    """

    person: CaseForm = field(default_factory=CaseForm)
    meaning: NumberChange | None = None
    is_naming: bool = False
    is_lowering: bool = False
    to: Protection = Protection.NONE


def as_read(details: PersonDetails) -> DetailsForm:
    """Return the form as a person was read: what is hidden of them does not stand in it."""
    shown = details.details
    texts = {
        FormField.ALIAS: details.alias,
        FormField.SINCE: "" if details.since is None else details.since.isoformat(),
    }
    if shown is not None:
        texts |= {
            FormField.GIVEN_NAME: shown.given_name,
            FormField.FAMILY_NAME: shown.family_name,
            FormField.NUMBER: next(iter(shown.numbers), ""),
            FormField.BIRTH_DATE: shown.born,
        }
    is_known = shown is not None
    return DetailsForm(
        person=CaseForm(
            texts={one: text for one, text in texts.items() if text},
            has_no_number=is_known and not details.has_number,
            # What is hidden is not filled in from a number either.
            is_own_birth_date=not is_known or bool(texts.get(FormField.BIRTH_DATE)),
            protection=details.protection,
        )
    )


def difference(base: DetailsForm, form: DetailsForm) -> Typed:
    """Return what was typed and chosen: others may have changed the rest since."""
    texts = {
        str(one): form.person.text_in(one)
        for one in FormField
        if form.person.text_in(one) != base.person.text_in(one)
    }
    before, now = _chosen(base), _chosen(form)
    return Typed(
        texts=texts, chosen={name: one for name, one in now.items() if before[name] != one}
    )


def with_difference(base: DetailsForm, typed: Typed) -> DetailsForm:
    """Return a form in which this was typed and chosen, on what was read by now."""
    person = base.person
    for name, text in typed.texts.items():
        if name in set(FormField):
            person = person.with_text(FormField(name), text)
    chosen: Chosen = {**_chosen(base), **typed.chosen}
    meaning = one_of(chosen, "meaning")
    return DetailsForm(
        person=replace(
            person,
            century=one_of(chosen, "century"),
            has_no_number=bool(chosen["none"]),
            is_own_birth_date=bool(chosen["own"]),
            protection=code_in(chosen, "protection", Protection, person.protection),
        ),
        meaning=NumberChange(meaning) if meaning in set(NumberChange) else None,
        is_naming=bool(chosen["naming"]),
        is_lowering=bool(chosen["lowering"]),
        to=code_in(chosen, "to", Protection, base.to),
    )


def _chosen(form: DetailsForm) -> dict[str, tuple[str, ...]]:
    person = form.person
    return {
        "protection": (person.protection,),
        "century": (person.century,) if person.century else (),
        "none": _YES if person.has_no_number else (),
        "own": _YES if person.is_own_birth_date else (),
        "meaning": () if form.meaning is None else (form.meaning,),
        "naming": _YES if form.is_naming else (),
        "lowering": _YES if form.is_lowering else (),
        "to": (form.to,),
    }
