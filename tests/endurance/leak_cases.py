"""Cases and meetings to look for leaks in, and what is written down at them, kept from whom.

The rules here are written apart from the sharing decision and say less: what they forbid is a leak.
"""

import random
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from tests.people import (
    DAY,
    ELIAS,
    Family,
    arrive,
    case_with_family,
    cells,
    move,
    organisation,
    paper,
    planned_meeting,
    professional,
    relative,
    room_of,
    seat_of,
    wrote,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import (
    NewExclusion,
    NewLimit,
    RecordBar,
    SignerAnswer,
    record_bar,
    record_consent,
)
from trygga_desktop.services.details import (
    ChangeDetails,
    protect_person,
    read_details,
)
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    Invitation,
    add_agenda_item,
    begin_meeting,
)
from trygga_desktop.services.reduction import ExcerptRecipient
from trygga_desktop.services.vault import OpenVault

PLACE = "Stadshuset"
ALIAS = "NORD-7"
_WORDS = ("skola", "kväll", "möte", "läxa", "buss", "vän", "träning", "Åsa", "ö")


class Kept(StrEnum):
    """From whom something is kept, as far as these rules go."""

    NOBODY = "nobody"
    UNCOVERED = "uncovered"
    """The consent lets the board, one school and leisure have it: police, care and the other
    school may not."""
    POLICE = "police"
    """It is the police's own, and no consent covers the police."""
    CARE = "care"
    """It is of health, which no consent covers, and comes from care."""
    LIMITED = "limited"
    """A limit stands in the cell that lets leisure have it, and nobody answered about it."""
    EXCLUDED = "excluded"
    """An exclusion is in force for its category, and nobody answered about it."""
    SECOND = "second"
    """It is about somebody else too, who never agreed."""
    REPORTER = "reporter"
    """It shows who has been in touch."""
    GUARDED = "guarded"
    """It lies in the guarded part: it is on no paper at all."""

    @property
    def category(self) -> str:
        """Return of which category it is written down."""
        return {
            Kept.NOBODY: "leisure",
            Kept.CARE: "health",
            Kept.LIMITED: "schooling",
            Kept.EXCLUDED: "network",
        }.get(self, "plan")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case with two schools, of which one is covered, leisure, police and care.

    `absent` of care never comes. `second` never agreed to anything. In a case that `is_protected`
    the young person goes by an alias, and no paper says where they are.
    """

    family: Family
    other_school: UUID
    leisure: UUID
    care: UUID
    places: tuple[UUID, ...]
    absent: str
    second: UUID
    is_protected: bool

    @property
    def agencies(self) -> frozenset[UUID]:
        """Return everyone but the board."""
        own = self.family
        return frozenset({own.school, own.police, self.other_school, self.leisure, self.care})

    @property
    def uncovered(self) -> frozenset[UUID]:
        """Return the agencies that no consent covers."""
        return frozenset({self.family.police, self.other_school, self.care})

    @property
    def named(self) -> tuple[str, ...]:
        """Return what an excerpt can name: agencies and people, and the place."""
        agencies = ("Ekbackens skola", "Lokalpolisen Exempelstad", "Kajutan", "Lillskolan")
        people = ("Maria Lind", "Peter Falk", "Tove Testare", "Lo Lillman", self.absent)
        return (*agencies, "BUP Exempelstad", *people, "Sara Demosson", PLACE)

    @property
    def never_told(self) -> tuple[str, ...]:
        """Return what no paper says: where somebody is who is protected, and who they are."""
        return (PLACE, "Elias Demosson") if self.is_protected else ()

    def is_kept_from(self, recipient: ExcerptRecipient, kept: Kept) -> bool:
        """Tell whether something must not be in the excerpt of a recipient."""
        own = self.family
        if kept in {Kept.SECOND, Kept.REPORTER, Kept.GUARDED}:
            return True
        may_not = {
            Kept.UNCOVERED: self.uncovered,
            Kept.POLICE: self.agencies - {own.police},
            Kept.CARE: self.agencies - {self.care},
            Kept.LIMITED: self.uncovered | {self.leisure},
            Kept.EXCLUDED: self.agencies,
        }.get(kept, frozenset())
        return recipient.id in may_not or (recipient.is_barred and kept is not Kept.NOBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written down: phrases, names and numbers, and from whom they are kept.

    `titles` are those that somebody wrote, `under` what stands under one.
    """

    kept: Kept
    phrases: tuple[str, ...]
    titles: tuple[str, ...] = ()
    under: tuple[str, ...] = ()


def make_case(
    vault: OpenVault, chosen: random.Random, *, is_barred: bool, is_protected: bool
) -> Case:
    """Open a case whose consent is open between the board, one school and leisure."""
    person = ELIAS
    if is_protected:
        person = replace(ELIAS, alias=ALIAS, protection=Protection.PROTECTED_REGISTRATION)
    family = case_with_family(vault, person)
    leisure = organisation(vault, "leisure", "Kajutan")
    care = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    other_school = organisation(vault, "school", "Lillskolan")
    absent = f"Mirja Frånvaro{chosen.randrange(10_000)}"
    places = (
        professional(vault, family.case_id, leisure, "Tove Testare", "fritidsledare"),
        professional(vault, family.case_id, other_school, "Lo Lillman", "lärare"),
        professional(vault, family.case_id, care, absent, "kurator"),
    )
    second = relative(vault, family.case_id, NewPerson(given_name="Bo", family_name="Bekant"))
    _sign(vault, family, leisure)
    if is_barred:
        bar = RecordBar(
            case_id=family.case_id,
            on=DAY,
            reason=Reason.GUARDIAN_BARRED,
            against=family.johan,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(),
            words="Får inget veta.",
        )
        record_bar(bar, vault=vault)
    return Case(
        family=family,
        other_school=other_school,
        leisure=leisure,
        care=care,
        places=places,
        absent=absent,
        second=second,
        is_protected=is_protected,
    )


def change_what_may_be_known(vault: OpenVault, case: Case, chosen: random.Random) -> None:
    """Have the consent let nobody but the board and one agency have some, or protect a guardian."""
    family = case.family
    if chosen.random() < 0.5:
        person = PersonChange(protection=Protection.SECRECY_MARKING, alias="VÄST-2")
        version = read_details(family.case_id, family.sara, vault=vault).value.version
        command = ChangeDetails(
            case_id=family.case_id, person_id=family.sara, version=version, change=person
        )
        protect_person(command, vault=vault)
    else:
        _sign(vault, family, chosen.choice((family.school, case.leisure)), narrowed=True)


def _sign(vault: OpenVault, family: Family, leisure: UUID, *, narrowed: bool = False) -> None:
    agencies = (family.board, leisure) if narrowed else (family.board, family.school, leisure)
    answers = tuple(
        SignerAnswer(
            signer=one,
            answer=Answer.GIVEN,
            cells=cells(agencies),
            own_information=OwnInformation.AGENCIES,
        )
        for one in family.signers
    )
    limit = NewLimit(
        cell=Cell(organisation_id=leisure, category="schooling", direction=Direction.RECEIVE),
        words="Bara om det rör fritiden.",
        asked_by=family.sara,
    )
    exclusion = NewExclusion(
        categories=frozenset({"network"}), words="Kusinen", asked_by=family.sara
    )
    command = paper(family, answers=answers, limits=(limit,), exclusions=(exclusion,))
    record_consent(command, vault=vault)


def hold_meeting(vault: OpenVault, case: Case, chosen: random.Random) -> UUID:
    """Begin a meeting to which most of them come."""
    family = case.family
    guests = [Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))]
    meeting_id = planned_meeting(
        vault,
        family,
        *family.signers,
        family.karin,
        family.maria,
        family.peter,
        *case.places,
        guests=guests if chosen.random() < 0.3 else (),
    )
    for seat in room_of(vault, meeting_id).seats:
        is_there = seat.name == "Karin Ek" or chosen.random() < 0.8
        if is_there and seat.name != case.absent:
            arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    absent = seat_of(vault, meeting_id, "Mirja")
    move(vault, meeting_id, absent, Presence.ABSENT)
    return meeting_id


def write_down(  # noqa: PLR0913, PLR0917  what is written where
    vault: OpenVault, case: Case, meeting_id: UUID, chosen: random.Random, kept: Kept, trial: int
) -> Written:
    """Write something down that is kept from some, sometimes under a title of its own too."""
    mark = f"{kept.value}{trial}x{chosen.randrange(10**6)}"
    phrase = f"{chosen.choice(_WORDS)} {mark} {chosen.choice(_WORDS)}"
    number = f"070-{chosen.randrange(10**7):07d}"
    text = f"{phrase}, ring {number}."
    fields = _fields(case, chosen, kept)
    if kept is Kept.GUARDED:
        wrote(vault, meeting_id, text, is_guarded=True, **fields)
        return Written(kept=kept, phrases=(phrase, number))
    found = [phrase, number]
    titles, under = _write_under_own_title(vault, meeting_id, chosen, mark, fields)
    kind = chosen.choice((EntryKind.STATEMENT, EntryKind.DECISION, EntryKind.ACTION))
    if kind is EntryKind.ACTION:
        name = f"Namn{mark}"
        found.append(name)
        fields |= {"responsible": name, "due_on": DAY}
    written = wrote(vault, meeting_id, text, kind=kind, **fields)
    if kind is EntryKind.DECISION and chosen.random() < 0.5:
        found.append(_write_dissent(vault, case, meeting_id, written.id, mark, fields))
    return Written(kept=kept, phrases=(*found, *under), titles=titles, under=under)


def _fields(case: Case, chosen: random.Random, kept: Kept) -> dict[str, Any]:
    family = case.family
    origin = {
        Kept.POLICE: family.police,
        Kept.CARE: case.care,
        Kept.UNCOVERED: chosen.choice((family.board, family.school, case.leisure)),
    }.get(kept, family.board)
    fields: dict[str, Any] = {"organisation_id": origin, "category": kept.category}
    if kept is Kept.SECOND:
        fields["about"] = frozenset({family.subject, case.second})
    if kept is Kept.REPORTER:
        fields["reveals_reporter"] = True
    return fields


def _write_under_own_title(
    vault: OpenVault,
    meeting_id: UUID,
    chosen: random.Random,
    mark: str,
    fields: dict[str, Any],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sometimes write under a title that somebody wrote: its words, and what stands there."""
    if chosen.random() > 0.35:
        return (), ()
    title, text = f"Om {mark}t", f"under {mark}"
    known = {one.id for one in room_of(vault, meeting_id).agenda}
    command = AddAgendaItem(
        meeting_id=meeting_id, title=title, minutes=5, category=fields["category"]
    )
    add_agenda_item(command, vault=vault)
    (item_id,) = {one.id for one in room_of(vault, meeting_id).agenda} - known
    entry = WriteEntry(
        meeting_id=meeting_id,
        agenda_id=item_id,
        kind=EntryKind.STATEMENT,
        text=text,
        **fields,
    )
    write_entry(entry, vault=vault)
    return (title,), (text,)


def _write_dissent(  # noqa: PLR0913, PLR0917  what a dissent is made of
    vault: OpenVault,
    case: Case,
    meeting_id: UUID,
    decision_id: UUID,
    mark: str,
    fields: dict[str, Any],
) -> str:
    dissent = f"nej{mark}"
    about: Collection[UUID] = fields.get("about", ())
    wrote(
        vault,
        meeting_id,
        dissent,
        kind=EntryKind.DISSENT,
        said_by=case.family.sara,
        follows=decision_id,
        category=fields["category"],
        about=frozenset(about),
        reveals_reporter=fields.get("reveals_reporter", False),
    )
    return dissent
