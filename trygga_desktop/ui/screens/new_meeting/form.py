"""What stands in the form for a new meeting, and what is missing in it. No widgets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.meeting import Function
from trygga_desktop.ui.screens.new_meeting.when import (
    ClockKind,
    Moment,
    moment_of,
    read_day,
    read_minutes,
    read_time,
)
from trygga_desktop.ui.typed import Typed, codes_of, id_in, ids_in, one_of, sorted_codes

ROLES = (Function.CHAIR, Function.SECRETARY, Function.VERIFIER)
"""What one of the professionals does besides speaking for their organisation."""

GUESTS = (Function.INTERPRETER, Function.SUPPORT_PERSON, Function.OBSERVER)
"""What somebody does who has no place in the case, and is invited by name."""


class MeetingField(StrEnum):
    """The fields, in the order in which they are read, by the codes that errors name."""

    TEMPLATE = "template"
    DAY = "day"
    TIME = "time"
    MINUTES = "minutes"
    PLACE = "place"
    PEOPLE = "invited"
    GUARD = "guard"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited by name, to all items or to those of `items`, by their codes."""

    function: Function
    name: str
    items: frozenset[str] | None = None

    @property
    def is_covered(self) -> bool:
        """Tell whether they may come at all: no consent names an observer."""
        return self.function is not Function.OBSERVER or self.items is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """Everything chosen and typed so far. Roles and presence are of places in the case.

    `parts` are those who come to some items only, by the codes of these; `decided` those who come
    because of a decision on another legal ground. `order` is empty for the template's own.
    """

    template: str = ""
    texts: Mapping[MeetingField, str] = field(default_factory=dict)
    roles: Mapping[Function, UUID] = field(default_factory=dict)
    present: frozenset[UUID] = frozenset()
    guests: tuple[Guest, ...] = ()
    parts: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    decided: frozenset[UUID] = frozenset()
    order: tuple[str, ...] = ()

    def text_in(self, one: MeetingField) -> str:
        """Return what stands in a field, as typed."""
        return self.texts.get(one, "")

    def with_text(self, one: MeetingField, text: str) -> "MeetingForm":
        """Return the form with this text in a field."""
        return replace(self, texts={**self.texts, one: text})

    def with_role(self, function: Function, party_id: UUID | None) -> "MeetingForm":
        """Return the form where this one has the role, and so is present; or where nobody has."""
        others = {one: held for one, held in self.roles.items() if one is not function}
        if party_id is None:
            return replace(self, roles=others)
        return replace(
            self, roles={**others, function: party_id}, present=self.present | {party_id}
        )

    def with_presence(self, party_id: UUID, *, present: bool) -> "MeetingForm":
        """Return the form where this one comes, or does not and so has no role either."""
        if present:
            return replace(self, present=self.present | {party_id})
        roles = {one: held for one, held in self.roles.items() if held != party_id}
        whole = self.with_part(party_id, None)
        return replace(
            whole,
            present=self.present - {party_id},
            roles=roles,
            decided=self.decided - {party_id},
        )

    def with_part(self, party_id: UUID, items: frozenset[str] | None) -> "MeetingForm":
        """Return the form where this one comes to some items only, or with None to all."""
        parts = {one: codes for one, codes in self.parts.items() if one != party_id}
        if items is not None:
            parts[party_id] = items
        return replace(self, parts=parts)

    @property
    def comings(self) -> tuple[object, ...]:
        """Return what decides how often somebody leaves or joins: who comes to some items only."""
        guests = [one.items for one in self.guests if one.items is not None]
        return dict(self.parts), guests

    def within(self, codes: Collection[str]) -> "MeetingForm":
        """Return the form for a template of these items, in its own order."""
        known = frozenset(codes)
        parts = {one: items & known for one, items in self.parts.items()}
        guests = tuple(
            one if one.items is None else replace(one, items=(one.items & known) or None)
            for one in self.guests
        )
        parts = {one: items for one, items in parts.items() if items}
        return replace(self, parts=parts, guests=guests, order=())

    def typed(self, guest: str = "") -> Typed:
        """Return everything of it for a draft; `guest` is a name that was not added yet."""
        names = {f"guest {place}": one.name for place, one in enumerate(self.guests)}
        roles = {f"role {function}": codes_of(held) for function, held in self.roles.items()}
        guests = {f"guest {place}": (one.function,) for place, one in enumerate(self.guests)}
        texts = {**{str(name): text for name, text in self.texts.items()}, **names, "guest": guest}
        parts = {f"items {one}": sorted_codes(codes) for one, codes in self.parts.items()}
        parts |= {
            f"items of guest {place}": sorted_codes(one.items)
            for place, one in enumerate(self.guests)
            if one.items is not None
        }
        chosen = {
            "template": (self.template,),
            "present": sorted_codes(self.present),
            "decided": sorted_codes(self.decided),
            "order": self.order,
        }
        return Typed(texts=texts, chosen={**chosen, **roles, **guests, **parts})

    def with_typed(self, typed: Typed) -> "MeetingForm":
        """Return the form with what a draft holds."""
        chosen, texts = typed.chosen, typed.texts
        roles = {one: id_in(chosen, f"role {one}") for one in ROLES}
        present = frozenset(ids_in(chosen, "present"))
        functions = ((place, one_of(chosen, f"guest {place}")) for place in range(len(texts)))
        return MeetingForm(
            template=one_of(chosen, "template") or self.template,
            texts={one: texts[one] for one in MeetingField if one in texts},
            roles={one: held for one, held in roles.items() if held is not None},
            present=present,
            parts={
                one: frozenset(chosen[f"items {one}"])
                for one in present
                if chosen.get(f"items {one}")
            },
            decided=frozenset(ids_in(chosen, "decided")) & present,
            order=tuple(chosen.get("order", ())),
            guests=tuple(
                Guest(
                    Function(function),
                    texts.get(f"guest {place}", ""),
                    frozenset(chosen.get(f"items of guest {place}", ())) or None,
                )
                for place, function in functions
                if function in set(GUESTS)
            ),
        )

    @property
    def moment(self) -> Moment | None:
        """Return when it begins, where day and time can be read."""
        day = read_day(self.text_in(MeetingField.DAY))
        at = read_time(self.text_in(MeetingField.TIME))
        return None if day is None or at is None else moment_of(day, at)

    @property
    def minutes(self) -> int | None:
        """Return how long it is to be, where that can be read."""
        return read_minutes(self.text_in(MeetingField.MINUTES))

    @property
    def missing(self) -> tuple[MeetingField, ...]:
        """Return what is still to be done before the meeting can be planned."""
        moment = self.moment
        has_time = read_time(self.text_in(MeetingField.TIME)) is not None
        is_never = moment is not None and moment.kind is ClockKind.NEVER
        wanted = {
            MeetingField.TEMPLATE: bool(self.template),
            MeetingField.DAY: read_day(self.text_in(MeetingField.DAY)) is not None,
            MeetingField.TIME: has_time and not is_never,
            MeetingField.MINUTES: self.minutes is not None,
            MeetingField.PEOPLE: bool(self.present or self.guests),
        }
        return tuple(one for one, is_there in wanted.items() if not is_there)
