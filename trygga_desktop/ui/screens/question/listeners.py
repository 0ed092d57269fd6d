"""What those who may be told are called: beside a box, in a sentence, and without names."""

from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import Language
from trygga_desktop.services.questions import CaseQuestions, Listener
from trygga_desktop.ui.agency_words import agency_icon, function_word, role_icon
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

# These are about the person, whoever they speak for.
_OF_THE_PERSON = frozenset(
    {Reason.NOT_ACKNOWLEDGED, Reason.GUARDIAN_BARRED, Reason.UNKNOWN_RECIPIENT}
)


class ListenerNames:
    """Calls the listeners of one case by name, in one language."""

    def __init__(self, found: CaseQuestions, names: ConsentNames, language: Language) -> None:
        self._found = found
        self._names = names
        self._language = language
        self._roles = {one.party.id: one.party.role for one in found.people}

    def beside_a_box(self, one: Listener) -> str:
        """Return what stands beside the box that is ticked for them."""
        to = one.recipient
        if to.person_id is not None:
            return self._names.person(to.person_id)
        if to.organisation_id == one.id:
            return self._names.organisation(one.id)
        if to.organisation_id is not None:
            return f"{_line(one.name)}, {self._names.organisation(to.organisation_id)}"
        function = Function.INTERPRETER if to.interprets else Function.SUPPORT_PERSON
        is_known = to.interprets or to.supports
        word = function_word(function, self._language) if is_known else ""
        return f"{_line(one.name)}, {word}" if word else _line(one.name)

    def icon(self, one: Listener) -> str:
        """Return the icon of their place in the case."""
        to = one.recipient
        if to.person_id is not None:
            return role_icon(self._roles.get(to.person_id, PartyRole.RELATIVE))
        if to.organisation_id is not None:
            return agency_icon(self._names.kind(to.organisation_id), self._found.catalogue)
        return "languages" if to.interprets else "user-round"

    def within(self, one: Listener, reason: Reason | None, *, named: bool) -> str:
        """Return what they are called within a sentence, people by name only where `named`."""
        to = one.recipient
        is_person = to.organisation_id != one.id and (
            to.organisation_id is None or reason in _OF_THE_PERSON
        )
        if to.organisation_id is not None and not (is_person and named):
            return self._names.definite(to.organisation_id)
        if not named:
            return self._unnamed(one)
        return _line(one.name) if to.person_id is None else self._names.person(to.person_id)

    def _unnamed(self, one: Listener) -> str:
        _ = self._language.gettext
        to = one.recipient
        if to.person_id is None:
            return _("the interpreter") if to.interprets else _("the guest")
        role = self._roles.get(to.person_id)
        if role is PartyRole.SUBJECT_PERSON:
            return _("the young person")
        if role in {PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN}:
            return _("the guardian")
        return _("the relative")


def _line(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME) or "?"
