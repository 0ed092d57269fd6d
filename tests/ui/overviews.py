"""Cases at a glance and a directory for tests of screens, without a vault behind them.

It imports no other maker of screens, so that all of them can use it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from trygga_desktop.domain.case import CaseRow, Intake, Phase, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Recipient,
    Stage,
)
from trygga_desktop.paths import shipped
from trygga_desktop.services.audience import ShownItem, show_room
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.contacts import DirectoryView
from trygga_desktop.services.overview import (
    CaseOverview,
    CaseWorker,
    ConsentGlance,
    Happened,
    HappenedKind,
)
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.rooms import ShownCommitment, ShownEntry

CASE, CONTROLLER, SUBJECT = UUID(int=11), UUID(int=90), UUID(int=91)
ROW = CaseRow(
    id=CASE,
    case_number="DEMO-2026-001",
    title="Elias Demosson",
    protected=False,
    age=17,
    phase=Phase.FOLLOW_UP,
    opened_on=date(2026, 2, 3),
    programme="sspf",
)
SARA, JOHAN = UUID(int=92), UUID(int=93)
SCHOOL, LEISURE, POLICE = UUID(int=94), UUID(int=95), UUID(int=96)
MEETING = UUID(int=97)
TODAY = date(2026, 11, 26)
_ME = UUID(int=1)
_LONG_AGO = date(1900, 1, 1)


@cache
def catalogue() -> Catalogue:
    """Return the rule data that the program ships with."""
    return load_catalogue(shipped("resources") / "catalogue")[0]


def organisation(organisation_id: UUID, kind: str, name: str) -> Organisation:
    """Return an organisation that has always had this name."""
    return Organisation(
        id=organisation_id, kind=kind, names=(NameSince(name=name, since=_LONG_AGO),)
    )


def directory_view(**changes: Any) -> DirectoryView:
    """Return a directory with the board, a school and the leisure centre."""
    directory = Directory(
        organisations=(
            organisation(CONTROLLER, "social_services", "Exempelstads socialtjänst"),
            organisation(SCHOOL, "school", "Exempelgymnasiet"),
            organisation(LEISURE, "leisure", "Fritid Exempelstad"),
        ),
        contacts=(Contact(id=UUID(int=80), name="Henrik Alm", organisation_id=SCHOOL),),
    )
    view = DirectoryView(directory=directory, catalogue=catalogue(), controller_id=CONTROLLER)
    return replace(view, **changes)


def relative(person_id: UUID, name: str, relation: str = "") -> ShownParty:
    """Return a guardian of the young person."""
    party = Party(
        id=person_id,
        role=PartyRole.GUARDIAN,
        since=date(2026, 2, 3),
        custody=Custody.JOINT,
        relation=relation,
    )
    return ShownParty(party=party, name=name, told_apart="", is_signer=True)


def professional(  # noqa: PLR0913, PLR0917  what a professional is
    number: int, name: str, organisation_id: UUID, at: str, kind: str, function: str
) -> ShownParty:
    """Return somebody who speaks for an organisation."""
    party = Party(
        id=UUID(int=number),
        role=PartyRole.PROFESSIONAL,
        since=date(2026, 2, 3),
        contact_id=UUID(int=number + 100),
        organisation_id=organisation_id,
        function=function,
    )
    return ShownParty(party=party, name=name, told_apart=at, organisation=at, kind=kind)


YOUNG = ShownParty(
    party=Party(id=SUBJECT, role=PartyRole.SUBJECT_PERSON, since=date(2026, 2, 3)),
    name="Elias Demosson",
    told_apart="2009-05-14",
    is_signer=True,
)
PEOPLE = (
    YOUNG,
    relative(SARA, "Sara Demosson", "Mamma"),
    relative(JOHAN, "Johan Demosson", "Pappa"),
    professional(201, "Henrik Alm", SCHOOL, "Exempelgymnasiet", "school", "Biträdande rektor"),
    professional(202, "Dalia Karim", LEISURE, "Fritid Exempelstad", "leisure", "Fritidsledare"),
)


def shown_item(text: str, *, number: int = 0, **changes: Any) -> ShownItem:
    """Return an item as the door lets it through to the operator."""
    item = Item(
        id=UUID(int=2000 + number),
        case_id=CASE,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=_ME,
        origin_id=CONTROLLER,
        category="schooling",
        about=frozenset({SUBJECT}),
        reporter_ids=frozenset(),
        known_on=date(2026, 9, 17),
        text=text,
    )
    listener = Recipient(id=_ME, organisation_id=CONTROLLER, barred=False, acknowledged=True)
    given = Circumstances(
        on=TODAY,
        controller_id=CONTROLLER,
        subject_id=SUBJECT,
        subject_age=17,
        categories=frozenset(one.code for one in catalogue().categories),
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
        stage=Stage.NAMED,
    )
    (shown,) = show_room([replace(item, **changes)], [listener], given=given).items
    return shown


def commitment(  # noqa: PLR0913  what was promised, and how far it has come
    text: str,
    *,
    number: int,
    who: str,
    at: str = "",
    due: date,
    state: CommitmentState = CommitmentState.NOT_STARTED,
    is_late: bool = False,
) -> ShownEntry:
    """Return something that somebody promised."""
    promise = ShownCommitment(
        responsible=who, organisation=at, due=due, state=state, is_late=is_late
    )
    item = shown_item(text, number=number, kind=ItemKind.ACTION, category="plan")
    return ShownEntry(item=item, who=at, kind_of_who="", commitment=promise)


def statement(  # noqa: PLR0913  what was told, by whom, about what
    text: str,
    *,
    number: int,
    area: str,
    who: str,
    kind: str = "",
    is_strength: bool = False,
    **changes: Any,
) -> ShownEntry:
    """Return something that was told in the mapping."""
    item = shown_item(text, number=number, area=area, is_strength=is_strength, **changes)
    return ShownEntry(item=item, who=who, kind_of_who=kind)


COMMITMENTS = (
    commitment(
        "Anmäla till ledarutbildning",
        number=1,
        who="Dalia Karim",
        at="Fritid Exempelstad",
        due=date(2026, 11, 13),
        is_late=True,
    ),
    commitment(
        "Ringa Elias före besök i skolan",
        number=2,
        who="Jonas Ek",
        at="Polisen Exempelstad",
        due=date(2026, 11, 26),
        state=CommitmentState.DOING,
    ),
    commitment(
        "Telefonsamtal med föräldrarna",
        number=3,
        who="Petra Nyman",
        at="Exempelstads socialtjänst",
        due=date(2026, 11, 30),
    ),
)
MAPPING = (
    statement(
        "Kommer nästan alltid till träning och hjälper de yngre.",
        number=21,
        area="leisure",
        who="Fritid Exempelstad",
        kind="leisure",
        is_strength=True,
        category="leisure",
    ),
    statement(
        "Jag vill vara ledare för de yngre i boxningen.",
        number=22,
        area="leisure",
        who="Elias Demosson",
        is_strength=True,
        category="leisure",
        said_by=SUBJECT,
    ),
    statement(
        "Frånvaron var 42 procent i höstas.",
        number=23,
        area="school",
        who="Exempelgymnasiet",
        kind="school",
    ),
    statement(
        "Klarar matten när han får sitta i ett mindre rum.",
        number=24,
        area="school",
        who="Exempelgymnasiet",
        kind="school",
        is_strength=True,
    ),
)
TIMELINE = (
    Happened(kind=HappenedKind.RAISED, on=date(2026, 2, 3)),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 2, 3), phase=Phase.REFERRAL),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 2, 5), phase=Phase.ASSESSMENT),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 2, 12), phase=Phase.INFORMATION_AND_CONSENT),
    Happened(
        kind=HappenedKind.CONSENT_GIVEN,
        on=date(2026, 2, 12),
        who=("Elias Demosson", "Sara Demosson"),
    ),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 2, 20), phase=Phase.MAPPING),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 2, 26), phase=Phase.PLAN_MEETING),
    Happened(kind=HappenedKind.MEETING_HELD, on=date(2026, 2, 26), number=1),
    Happened(kind=HappenedKind.PHASE, on=date(2026, 4, 9), phase=Phase.FOLLOW_UP),
    Happened(
        kind=HappenedKind.CONSENT_GIVEN,
        on=date(2026, 9, 3),
        who=("Elias Demosson", "Sara Demosson", "Johan Demosson"),
    ),
    Happened(kind=HappenedKind.MEETING_HELD, on=date(2026, 9, 17), number=4),
    Happened(kind=HappenedKind.MEETING_PLANNED, on=TODAY, number=5),
    Happened(kind=HappenedKind.CONSENT_ENDS, on=date(2027, 2, 28)),
)
INTAKE = Intake(
    raised_by=SCHOOL,
    raised_on=date(2026, 2, 3),
    why="Elias har varit borta från nästan hälften av lektionerna.",
    assessment="Flera verksamheter behövs. Ingen kan göra det ensam.",
)


def meeting(state: MeetingState = MeetingState.PLANNED, **changes: Any) -> Meeting:
    """Return the fifth meeting, which is today at 15:00."""
    made = Meeting(
        id=MEETING,
        case_id=CASE,
        number=5,
        template="follow_up",
        starts_at=datetime(2026, 11, 26, 14, 0, tzinfo=UTC),
        minutes=60,
        place="Rum Björken",
        state=state,
        participants=tuple(
            Participant(id=UUID(int=300 + place), name=name, functions=frozenset())
            for place, name in enumerate(("Elias", "Sara", "Johan", "Henrik"))
        ),
    )
    return replace(made, **changes)


def make_overview(
    phase: Phase = Phase.FOLLOW_UP,
    ways: Sequence[tuple[Phase, bool]] = (
        (Phase.FOLLOW_UP, False),
        (Phase.CLOSING, False),
        (Phase.PAUSED, False),
        (Phase.CLOSED, True),
    ),
    **changes: Any,
) -> CaseOverview:
    """Return the case of Elias at a glance."""
    programme = catalogue().programme("sspf")
    overview = CaseOverview(
        row=ROW,
        programme=programme,
        phases=programme.phases,
        step=PhaseStep(phase=phase, on=date(2026, 4, 9)),
        ways_on=tuple(ways),
        intake=INTAKE,
        raised_by="Exempelgymnasiet",
        consent=make_glance(),
        next_meeting=meeting(),
        last_meeting=meeting(
            MeetingState.HELD, number=4, starts_at=datetime(2026, 9, 17, 12, 0, tzinfo=UTC)
        ),
        commitments=COMMITMENTS,
        people=PEOPLE,
        own_words=MAPPING[1],
        timeline=TIMELINE,
        mapping=MAPPING,
        workers=(
            CaseWorker(name="Karin Ek", is_responsible=True),
            CaseWorker(name="Petra Nyman", is_responsible=False),
        ),
        catalogue=catalogue(),
        today=TODAY,
    )
    return replace(overview, **changes)


def make_glance(**changes: Any) -> ConsentGlance:
    """Return a consent that all three have signed, until the end of February."""
    glance = ConsentGlance(
        needed=3,
        signed=3,
        refused=0,
        until=date(2027, 2, 28),
        covered=(
            "Exempelgymnasiet",
            "Exempelstads socialtjänst",
            "Fritid Exempelstad",
            "Polisen Exempelstad",
        ),
        is_withdrawn=False,
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
        is_closed=False,
    )
    return replace(glance, **changes)
