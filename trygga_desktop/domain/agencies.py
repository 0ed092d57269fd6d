"""Kinds of organisation, and categories of information: what a consent is a table of."""

from dataclasses import dataclass
from enum import StrEnum

from trygga_desktop.domain.tables import CategoryCode, Code, Icon, Order, Text
from trygga_desktop.domain.words import Mark, Words


class LegalKind(StrEnum):
    """What an organisation is in law."""

    MUNICIPAL_AUTHORITY = "municipal_authority"
    STATE_AUTHORITY = "state_authority"
    REGION = "region"
    MUNICIPAL_COMPANY = "municipal_company"
    PRIVATE = "private"


class Strength(StrEnum):
    """How strong the secrecy of what an organisation knows is.

    Strong: secret unless it is clear that no harm follows; weak: open unless harm can be assumed;
    duty: professional secrecy outside the act on secrecy.
    """

    STRONG = "strong"
    MIXED = "mixed"
    WEAK = "weak"
    DUTY = "duty"
    NONE = "none"


class Duty(StrEnum):
    """Whether an organisation must inform law enforcement, whatever anyone consented to."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    CHECK = "check"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrecy:
    """Which secrecy an organisation is under."""

    provision: Text
    strength: Strength
    mark: Mark
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceDuty:
    """The duty towards law enforcement; `contact_details` is the one that has no exemption."""

    applies: Duty
    provision: Text
    contact_details: Duty
    mark: Mark
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One kind of organisation.

    `short` stands in the heads of the matrix, `definite` and `genitive` within sentences. `owns`
    are the categories it usually brings: a proposal, never a permission. `can_host` tells whether
    the case file can be its own.
    """

    code: Code
    order: Order
    icon: Icon
    name: Words
    short: Words
    definite: Words
    genitive: Words
    legal_kind: LegalKind
    secrecy: Secrecy
    police_duty: PoliceDuty
    police_duty_note: Words
    owns: tuple[CategoryCode, ...]
    can_host: bool
    needs_confidentiality_agreement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category of information: every statement, decision and commitment has exactly one.

    `about` stands after "information about". `careful` is told while someone writes.
    `default_shared` is a proposed tick; those who sign decide. A retired category is not offered
    any more and stays readable.
    """

    code: Code
    order: Order
    name: Words
    about: Words
    description: Words
    examples: tuple[Words, ...]
    careful: Words
    second_person_risk: bool
    default_shared: bool
    retired: bool = False
