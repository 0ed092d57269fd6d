"""Who of a family is told by name in what travels between two vaults."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from uuid import UUID

from trygga_desktop.domain.packets import Part, PartKind
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.people import aliases_of, protected_namesake
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.services.audience import fact, show_to, spelled, text_of
from trygga_desktop.services.parties import name_of, typed_name
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault

CONTACT = "contact"
"""The category of what somebody is called."""

_WITH_RESPONSIBLE = frozenset({PartKind.COMMITMENT, PartKind.PLAN_LINE})


class FamilyNames:
    """What the people of a case are called: to the operator alone, and to one partner."""

    def __init__(self, vault: OpenVault, standing: Standing, partner: Partner) -> None:
        self._vault = vault
        self._standing = standing
        self._partner = partner

    def here(self, name: str, person_id: UUID | None = None) -> str:
        """Return somebody's name as the operator may have it: a protected person's is the alias.

        Without an id it is a name that somebody typed, here or over there.
        """
        known = None if person_id is None else name_of(self._vault, self._standing, person_id)
        return text_of(known) or typed_name(self._vault, self._standing, name)

    def is_another(self, name: str, person_id: UUID) -> bool:
        """Tell whether a name that was told is another than somebody's here.

        Where the name of somebody protected is closed to us, nobody can tell, and nothing is said.
        """
        told, here = self.here(name), self.here("", person_id)
        is_closed = not told and person_id in aliases_of(self._standing.people)
        is_known = bool(name.strip() and here) and not is_closed
        return is_known and spelled(told) != spelled(here)

    def as_here(self, part: Part) -> Part:
        """Return a part that came as it is here: a name in it as the operator may have it."""
        names = {"teller"} if part.kind is PartKind.VOICE else set()
        if is_of_family(part):
            names.add("responsible")
        told = {one: self.here(text) for one, text in part.fields.items() if one in names}
        return replace(part, fields={**part.fields, **told})

    def there(self, name: str, person_id: UUID | None = None) -> str:
        """Return somebody's name where the partner may know it, and nothing where they may not.

        Whose a name is that somebody typed, nobody noted: it is told only as that of somebody whose
        name the partner may know anyway.
        """
        person = self._person(name) if person_id is None else person_id
        return "" if person is None else self._told.get(person, "")

    def _person(self, name: str) -> UUID | None:
        standing = self._standing
        hidden = protected_namesake(name, standing.people, standing.protected_names)
        if hidden is not None:
            return hidden.person_id
        called = (one for one, told in self._told.items() if spelled(told) == spelled(name))
        return next(called, None) if name.strip() else None

    @cached_property
    def _told(self) -> Mapping[UUID, str]:
        """Return what everybody is called whose name the partner may know."""
        standing, recipient, found = self._standing, recipient_of(self._partner), {}
        for one in standing.people:
            name = text_of(name_of(self._vault, standing, one))
            controller = standing.given.controller_id
            item = fact(standing.opened, CONTACT, name, controller=controller, about=one)
            told = show_to(item, recipient, given=standing.given)
            found[one] = "".join(map(text_of, told.items))
        return {one: name for one, name in found.items() if name}


def recipient_of(partner: Partner) -> Recipient:
    """Return who the decision is asked about when a packet leaves for a partner.

    The duty of confidentiality of their organisation was confirmed when they were certified.
    """
    return Recipient(
        id=partner.id,
        organisation_id=partner.organisation_id,
        barred=False,
        acknowledged=True,
    )


def is_of_family(part: Part) -> bool:
    """Tell whether a part is something that somebody does for no organisation."""
    return part.kind in _WITH_RESPONSIBLE and part.source.speaks is None
