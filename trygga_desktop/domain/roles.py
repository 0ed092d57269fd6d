"""Roles as the catalogue describes them: of users, at the table, and in a case."""

from dataclasses import dataclass
from enum import StrEnum

from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.tables import Code, RoleCode
from trygga_desktop.domain.words import Words


class Sees(StrEnum):
    """As whom the sharing decision takes somebody with a role at the table.

    As subject: as the young person, if the young person has confirmed them for this meeting.
    Named: only what a consent that names this very person permits.
    """

    AGENCY = "agency"
    SUBJECT = "subject"
    GUARDIAN = "guardian"
    AS_SUBJECT = "as_subject"
    INTERPRETER = "interpreter"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRole:
    """What a user of the program is there for; what they may do stands in `permissions`."""

    code: Role
    name: Words
    description: Words
    reads_cases: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRole:
    """What somebody does at the table.

    `excludes` are roles that one person should not have together with this one; what either of
    two roles says counts for both. `name_adult` is said where the young person has come of age.
    """

    code: Code
    name: Words
    description: Words
    sees: Sees
    required: bool
    excludes: tuple[RoleCode, ...]
    name_adult: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRole:
    """What somebody is to a case."""

    code: Code
    name: Words
    description: Words
