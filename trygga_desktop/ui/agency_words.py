"""How the screens speak of agencies and of people's places in a case. No widgets."""

from collections.abc import Mapping

from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.i18n import Language

_ANY_AGENCY = "users"

# A catalogue is changed in its vault and may name drawings that are not shipped.
_AGENCY_ICONS = frozenset(
    {
        "briefcase",
        "building",
        "heart",
        "heart-handshake",
        "house",
        "landmark",
        "message-circle",
        "receipt",
        "route",
        "school",
        "shield",
        "stethoscope",
        "umbrella",
        "users",
    }
)

_ROLE_ICONS = {
    PartyRole.SUBJECT_PERSON: "user-round",
    PartyRole.GUARDIAN: "users-round",
    PartyRole.APPOINTED_GUARDIAN: "users-round",
    PartyRole.TRUSTEE: "users-round",
    PartyRole.RELATIVE: "heart",
    PartyRole.PROFESSIONAL: "users",
}


def agency_icon(code: str, catalogue: Catalogue) -> str:
    """Return the icon of a kind of organisation, a general one where there is none to draw."""
    try:
        icon = catalogue.agency(code).icon
    except UnknownCodeError:
        return _ANY_AGENCY
    return icon if icon in _AGENCY_ICONS else _ANY_AGENCY


def agency_name(code: str, catalogue: Catalogue, language: Language) -> str:
    """Return what a kind of organisation is called."""
    try:
        return catalogue.agency(code).name.in_language(language.code)
    except UnknownCodeError:
        return language.gettext("Other organisations")


def agency_order(code: str, catalogue: Catalogue) -> int:
    """Return where a kind of organisation stands among the others, unknown ones last."""
    codes = [one.code for one in catalogue.agencies]
    return codes.index(code) if code in codes else len(codes)


def role_icon(role: PartyRole) -> str:
    """Return the icon of the young person, of those who decide for them, and of others."""
    return _ROLE_ICONS[role]


def role_word(role: PartyRole, language: Language) -> str:
    """Return in what capacity somebody has to do with a case."""
    _ = language.gettext
    words: Mapping[PartyRole, str] = {
        PartyRole.SUBJECT_PERSON: _("The young person"),
        PartyRole.GUARDIAN: _("Guardian"),
        PartyRole.APPOINTED_GUARDIAN: _("Specially appointed guardian"),
        PartyRole.TRUSTEE: _("Legal guardian ad litem"),
        PartyRole.RELATIVE: _("Relative"),
        PartyRole.PROFESSIONAL: _("Professional"),
    }
    return words[role]


def custody_word(custody: Custody, language: Language) -> str:
    """Return what part of the custody somebody has."""
    _ = language.gettext
    words: Mapping[Custody, str] = {
        Custody.JOINT: _("Joint custody"),
        Custody.SOLE: _("Sole custody"),
        Custody.NONE: _("No custody"),
    }
    return words[custody]


def function_word(function: Function, language: Language) -> str:
    """Return what somebody does at the table."""
    _ = language.gettext
    words: Mapping[Function, str] = {
        Function.CHAIR: _("Chair"),
        Function.SECRETARY: _("Secretary"),
        Function.VERIFIER: _("Verifier"),
        Function.SUBJECT_PERSON: _("The young person"),
        Function.GUARDIAN: _("Guardian"),
        Function.AGENCY_REPRESENTATIVE: _("Agency representative"),
        Function.DEPUTY: _("Deputy"),
        Function.INTERPRETER: _("Interpreter"),
        Function.SUPPORT_PERSON: _("Support person"),
        Function.OBSERVER: _("Observer"),
    }
    return words[function]
