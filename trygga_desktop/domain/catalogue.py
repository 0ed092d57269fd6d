"""The catalogue: the rules and words of the field that a municipality can change.

It is data, copied into each vault. What is read here fits together, or CatalogueError is raised.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Annotated, Generic, Protocol, TypeVar

from trygga_desktop.domain.agencies import Agency, Category
from trygga_desktop.domain.agenda import VOICE, MustNote, Template
from trygga_desktop.domain.areas import AdultHeading, LifeArea
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.domain.grounds import ConditionKind, LegalGround
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.outcomes import ActionStatus, ClosingReason, StatusReason
from trygga_desktop.domain.permissions import Permission, Role, allows
from trygga_desktop.domain.programme import (
    PartialConsent,
    PhaseRule,
    Programme,
    SignerException,
    bands_cover_every_age,
    reaches_every_phase,
    somebody_always_signs,
)
from trygga_desktop.domain.roles import AccountRole, CaseRole, MeetingRole
from trygga_desktop.domain.tables import (
    FILLED,
    CatalogueError,
    Flaw,
    In,
    file_names,
    read_files,
    write_files,
)
from trygga_desktop.domain.words import Words

__all__ = [
    "FILES",
    "Catalogue",
    "CatalogueError",
    "Flaw",
    "UnknownCodeError",
    "from_plain",
    "read_catalogue",
    "to_plain",
]


class UnknownCodeError(TryggaError, LookupError):
    """The catalogue has no such row; `table` and `code` say which was asked for."""

    def __init__(self, *, table: str, code: str) -> None:
        super().__init__(table, code)
        self.table = table
        self.code = code


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


R = TypeVar("R", bound=_Coded)


def _find(rows: tuple[R, ...], table: str, code: str) -> R:
    for row in rows:
        if row.code == code:
            return row
    raise UnknownCodeError(table=table, code=code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every table, in its order. Asking for a code that is not there raises UnknownCodeError."""

    agencies: Annotated[tuple[Agency, ...], FILLED, In("agencies", "agency")]
    categories: Annotated[tuple[Category, ...], FILLED, In("categories", "category")]
    phases: Annotated[tuple[PhaseRule, ...], In("programmes", "phase")]
    programmes: Annotated[tuple[Programme, ...], FILLED, In("programmes", "programme")]
    signer_exceptions: Annotated[tuple[SignerException, ...], In("programmes", "signer_exception")]
    legal_grounds: Annotated[tuple[LegalGround, ...], FILLED, In("legal_grounds", "ground")]
    must_notes: Annotated[tuple[MustNote, ...], In("agendas", "must_note")]
    templates: Annotated[tuple[Template, ...], FILLED, In("agendas", "template")]
    life_areas: Annotated[tuple[LifeArea, ...], FILLED, In("life_areas", "area")]
    adult_headings: Annotated[tuple[AdultHeading, ...], In("life_areas", "adult_extra")]
    cross_cutting: Annotated[tuple[Words, ...], In("life_areas", "cross_cutting")]
    instrument_note: Annotated[Words, In("life_areas", "instrument_note")]
    rating_question: Annotated[Words, In("life_areas", "rating_question")]
    closing_reasons: Annotated[tuple[ClosingReason, ...], FILLED, In("closing_reasons", "reason")]
    account_roles: Annotated[tuple[AccountRole, ...], In("roles", "account_role")]
    meeting_roles: Annotated[tuple[MeetingRole, ...], In("roles", "meeting_role")]
    case_roles: Annotated[tuple[CaseRole, ...], In("roles", "case_role")]
    statuses: Annotated[tuple[ActionStatus, ...], In("action_status", "status")]
    status_reasons: Annotated[tuple[StatusReason, ...], In("action_status", "reason")]

    def agency(self, code: str) -> Agency:
        """Return one kind of organisation."""
        return _find(self.agencies, "agency", code)

    def category(self, code: str) -> Category:
        """Return one category of information, also one that is retired."""
        return _find(self.categories, "category", code)

    def phase(self, code: Phase) -> PhaseRule:
        """Return what holds in a phase."""
        return _find(self.phases, "phase", code)

    def programme(self, code: str) -> Programme:
        """Return one programme."""
        return _find(self.programmes, "programme", code)

    def signer_exception(self, code: str) -> SignerException:
        """Return one exception from who must sign."""
        return _find(self.signer_exceptions, "signer_exception", code)

    @property
    def opening_exceptions(self) -> frozenset[str]:
        """Return the codes of the exceptions from who must sign that are about sharing."""
        return frozenset(one.code for one in self.signer_exceptions if one.opens_sharing)

    def legal_ground(self, code: str) -> LegalGround:
        """Return one legal ground, also one that is in force no more."""
        return _find(self.legal_grounds, "legal_ground", code)

    def must_note(self, code: str) -> MustNote:
        """Return one thing that is to be noted."""
        return _find(self.must_notes, "must_note", code)

    def template(self, code: str) -> Template:
        """Return one template of an agenda."""
        return _find(self.templates, "template", code)

    def templates_of(self, programme: str) -> tuple[Template, ...]:
        """Return the templates of a programme's meetings, the most usual first."""
        return tuple(self.template(code) for code in self.programme(programme).meeting_templates)

    def life_area(self, code: str) -> LifeArea:
        """Return one area of life."""
        return _find(self.life_areas, "life_area", code)

    def closing_reason(self, code: str) -> ClosingReason:
        """Return one reason for which a case ends."""
        return _find(self.closing_reasons, "closing_reason", code)

    def account_role(self, code: Role) -> AccountRole:
        """Return what a role of users is called."""
        return _find(self.account_roles, "account_role", code)

    def meeting_role(self, code: str) -> MeetingRole:
        """Return one role at the table."""
        return _find(self.meeting_roles, "meeting_role", code)

    def case_role(self, code: str) -> CaseRole:
        """Return one role in a case."""
        return _find(self.case_roles, "case_role", code)

    def status(self, code: CommitmentState) -> ActionStatus:
        """Return how a state of a commitment is shown."""
        return _find(self.statuses, "status", code)

    def status_reason(self, code: str) -> StatusReason:
        """Return one reason why a commitment is late or not kept."""
        return _find(self.status_reasons, "status_reason", code)

    def reasons_for(self, code: CommitmentState) -> tuple[StatusReason, ...]:
        """Return the reasons to choose from where a state asks for one."""
        group = self.status(code).reason_group
        return tuple(one for one in self.status_reasons if one.group is group)


FILES = file_names(Catalogue)
"""The names of the files that hold a catalogue, without their ending."""


def read_catalogue(tables: Mapping[str, Mapping[str, object]]) -> Catalogue:
    """Return the catalogue that these tables hold, by name of file, as TOML or JSON gives them.

    Raise CatalogueError for anything that is missing, wrong, or does not fit the rest.
    """
    catalogue = read_files(Catalogue, tables)
    for file, needed, rows in _known_codes(catalogue):
        if not set(needed) <= {row.code for row in rows}:
            raise CatalogueError(file=file, flaw=Flaw.MISSING_ROW)
    _refuse("agendas", catalogue.templates, _TEMPLATE_RULES, catalogue)
    _refuse("programmes", catalogue.programmes, _PROGRAMME_RULES, catalogue)
    _refuse("legal_grounds", catalogue.legal_grounds, _GROUND_RULES, catalogue)
    _refuse("roles", catalogue.account_roles, _ACCOUNT_RULES, catalogue)
    _refuse("roles", catalogue.meeting_roles, _ROLE_RULES, catalogue)
    _refuse("action_status", catalogue.statuses, _STATUS_RULES, catalogue)
    return catalogue


def to_plain(catalogue: Catalogue) -> dict[str, dict[str, object]]:
    """Return the tables as values that JSON can hold: what a vault keeps."""
    return write_files(catalogue)


def from_plain(plain: Mapping[str, Mapping[str, object]]) -> Catalogue:
    """Return the catalogue that `to_plain` described; CatalogueError for anything else."""
    return read_catalogue(plain)


# Rules of sharing and of meetings name these.
_KNOWN_CATEGORIES = ("contact", "plan", VOICE)


def _known_codes(
    catalogue: Catalogue,
) -> Iterator[tuple[str, Iterable[str], Iterable[_Coded]]]:
    """Yield codes that the program itself knows, with the rows that must have them."""
    yield "categories", _KNOWN_CATEGORIES, catalogue.categories
    yield "programmes", Phase, catalogue.phases
    yield "roles", Role, catalogue.account_roles
    yield "roles", Function, catalogue.meeting_roles
    yield "action_status", CommitmentState, catalogue.statuses


@dataclass(frozen=True, slots=True)
class _Rule(Generic[R]):
    """What must hold of a row, and which flaw is told of which field where it does not."""

    field: str
    flaw: Flaw
    holds: Callable[[R, Catalogue], bool]


def _refuse(file: str, rows: Iterable[R], rules: Iterable[_Rule[R]], catalogue: Catalogue) -> None:
    for row, rule in product(rows, rules):
        if not rule.holds(row, catalogue):
            raise CatalogueError(file=file, entry=row.code, field=rule.field, flaw=rule.flaw)


_TEMPLATE_RULES: tuple[_Rule[Template], ...] = (
    _Rule("minutes", Flaw.MINUTES, lambda row, _: row.minutes == row.minutes_of_items),
    _Rule("item", Flaw.VOICE_NOT_SECOND, lambda row, _: row.has_voice_second),
    _Rule("form", Flaw.CONTRADICTION, lambda row, _: row.fits_form),
)
_PROGRAMME_RULES: tuple[_Rule[Programme], ...] = (
    _Rule("target_ages", Flaw.AGES, lambda row, _: row.ages.from_age <= row.ages.to_age),
    _Rule("signers", Flaw.AGES, lambda row, _: bands_cover_every_age(row.signers)),
    _Rule("signers", Flaw.CONTRADICTION, lambda row, _: somebody_always_signs(row.signers)),
    _Rule(
        "host_agency",
        Flaw.CONTRADICTION,
        lambda row, catalogue: (
            row.host_agency in row.usual_agencies and catalogue.agency(row.host_agency).can_host
        ),
    ),
    _Rule(
        "possible_agencies",
        Flaw.DUPLICATE,
        lambda row, _: set(row.usual_agencies).isdisjoint(row.possible_agencies),
    ),
    _Rule(
        "required_agencies",
        Flaw.CONTRADICTION,
        lambda row, _: set(row.required_agencies) <= {*row.usual_agencies, *row.possible_agencies},
    ),
    _Rule(
        "partial_consent",
        Flaw.CONTRADICTION,
        lambda row, _: (
            row.partial_consent is not PartialConsent.ENOUGH_IF_LEAD_PAIR
            or bool(row.required_agencies)
        ),
    ),
    _Rule(
        "needs_all_concerned_agencies",
        Flaw.CONTRADICTION,
        lambda row, _: (
            row.needs_all_concerned_agencies is (row.partial_consent is PartialConsent.NOT_ENOUGH)
        ),
    ),
    _Rule(
        "consent_months_default",
        Flaw.OUT_OF_RANGE,
        lambda row, _: row.consent_months_default <= row.consent_months_max,
    ),
    _Rule(
        "oral_consent",
        Flaw.CONTRADICTION,
        lambda row, _: row.oral_consent.allowed is (row.oral_consent.max_days > 0),
    ),
    _Rule(
        "protocol_signers",
        Flaw.DUPLICATE,
        lambda row, _: len({one.role for one in row.protocol_signers}) == len(row.protocol_signers),
    ),
    _Rule(
        "meeting_templates",
        Flaw.CONTRADICTION,
        lambda row, catalogue: all(
            one.serves(row.code) for one in catalogue.templates_of(row.code)
        ),
    ),
    _Rule(
        "phases",
        Flaw.CONTRADICTION,
        lambda row, catalogue: reaches_every_phase(row, rules=catalogue.phases),
    ),
)
_GROUND_RULES: tuple[_Rule[LegalGround], ...] = (
    _Rule(
        "unverified",
        Flaw.CONTRADICTION,
        lambda row, _: (
            row.unverified is not (row.mark.is_verified and row.conditions_mark.is_verified)
        ),
    ),
    _Rule(
        "weighing",
        Flaw.CONTRADICTION,
        lambda row, _: (
            row.weighing is any(one.kind is ConditionKind.WEIGHING for one in row.conditions)
        ),
    ),
    _Rule(
        "conditions",
        Flaw.CONTRADICTION,
        lambda row, _: all(
            (one.kind is ConditionKind.YES_NO) is (one.needed is not None) for one in row.conditions
        ),
    ),
    _Rule(
        "conditions",
        Flaw.CONTRADICTION,
        # A weighing is nobody's age.
        lambda row, _: all(
            one.yes_if_under is None or one.kind is ConditionKind.YES_NO for one in row.conditions
        ),
    ),
    _Rule("valid_until", Flaw.OUT_OF_RANGE, lambda row, _: row.is_ever_in_force),
    _Rule(
        "never_from",
        Flaw.CONTRADICTION,
        lambda row, _: set(row.givers).isdisjoint(row.never_from),
    ),
)
_ACCOUNT_RULES: tuple[_Rule[AccountRole], ...] = (
    # What a role may do is decided in code; the catalogue must not promise anything else.
    _Rule(
        "reads_cases",
        Flaw.CONTRADICTION,
        lambda row, _: row.reads_cases is allows({row.code}, Permission.OPEN_CASE),
    ),
)
_ROLE_RULES: tuple[_Rule[MeetingRole], ...] = (
    _Rule("excludes", Flaw.CONTRADICTION, lambda row, _: row.code not in row.excludes),
)
_STATUS_RULES: tuple[_Rule[ActionStatus], ...] = (
    _Rule("open", Flaw.CONTRADICTION, lambda row, _: row.is_open is row.code.is_open),
    _Rule(
        "reason_group",
        Flaw.CONTRADICTION,
        lambda row, catalogue: row.needs_reason is bool(catalogue.reasons_for(row.code)),
    ),
)
