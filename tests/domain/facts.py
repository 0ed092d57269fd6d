"""The facts of a made-up case that the tests of the sharing decision vary one at a time."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from trygga_desktop.domain.consent import Answer, Cell, Consent, Direction, Exclusion, Limit
from trygga_desktop.domain.items import Item, ItemKind, Marking, Part, RecordedMarking
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Recipient,
    Stage,
)

DAY = date(2026, 11, 26)

SUBJECT, GUARDIAN, SECOND, REPORTER = (UUID(int=n) for n in range(1, 5))
OTHER_GUARDIAN = UUID(int=5)
BOARD, SCHOOL, POLICE, STRANGER = (UUID(int=n) for n in range(11, 15))
AUTHOR, TEACHER, OFFICER = (UUID(int=n) for n in range(21, 24))
EXCLUSION, LIMIT, CONSENT = (UUID(int=n) for n in range(31, 34))
CASE, ITEM = UUID(int=41), UUID(int=42)

GIVE_CELL = Cell(organisation_id=SCHOOL, category="attendance", direction=Direction.GIVE)
RECEIVE_CELL = Cell(organisation_id=POLICE, category="attendance", direction=Direction.RECEIVE)
TOUCHING_EXCLUSION = Exclusion(id=EXCLUSION, category="attendance")
LIMITED = Limit(id=LIMIT, cell=RECEIVE_CELL)

ATTENDANCE = Item(
    id=ITEM,
    case_id=CASE,
    kind=ItemKind.STATEMENT,
    part=Part.CASE,
    author_id=AUTHOR,
    origin_id=SCHOOL,
    category="attendance",
    about=frozenset({SUBJECT}),
    reporter_ids=frozenset(),
    known_on=DAY,
    text="Attendance fell in October.",
)
YES = Consent(
    id=CONSENT,
    signer=SUBJECT,
    answer=Answer.GIVEN,
    cells=frozenset({GIVE_CELL, RECEIVE_CELL}),
    valid_from=date(2026, 9, 1),
    valid_to=date(2027, 2, 28),
)
GUARDIANS_YES = replace(YES, id=UUID(int=34), signer=GUARDIAN)
NO = replace(YES, answer=Answer.REFUSED, cells=frozenset())

GIVEN = Circumstances(
    on=DAY,
    controller_id=BOARD,
    subject_id=SUBJECT,
    subject_age=16,
    organisations=frozenset({SCHOOL, POLICE}),
    categories=frozenset({"attendance", "health"}),
    chain=ChainStanding.HOLDS,
    confirmation=Confirmation.CONFIRMED,
    stage=Stage.NAMED,
    closed_by=None,
    guardians=frozenset({GUARDIAN}),
    required=frozenset({SUBJECT, GUARDIAN}),
    consents=(YES, GUARDIANS_YES),
)

POLICE_OFFICER = Recipient(id=OFFICER, organisation_id=POLICE, barred=False, acknowledged=True)
SCHOOL_TEACHER = Recipient(id=TEACHER, organisation_id=SCHOOL, barred=False, acknowledged=True)
YOUNG_PERSON = Recipient(id=SUBJECT, person_id=SUBJECT, barred=False, acknowledged=True)
PARENT = Recipient(id=GUARDIAN, person_id=GUARDIAN, barred=False, acknowledged=True)
OTHER_PARENT = replace(PARENT, id=OTHER_GUARDIAN, person_id=OTHER_GUARDIAN)
FRIEND = Recipient(id=SECOND, person_id=SECOND, barred=False, acknowledged=True)
OPERATOR = Recipient(id=AUTHOR, user_id=AUTHOR, organisation_id=BOARD, barred=False, alone=True)
COLLEAGUE = replace(OPERATOR, id=UUID(int=25), user_id=UUID(int=25))
INTERPRETER = Recipient(id=UUID(int=26), interprets=True, barred=False, acknowledged=True)
SUPPORT = Recipient(id=UUID(int=27), supports=True, barred=False, acknowledged=True)


def marked(**answers: Marking) -> Item:
    """Return the item with answers recorded for `exclusion` and `limit`."""
    ids = {"exclusion": EXCLUSION, "limit": LIMIT}
    return replace(
        ATTENDANCE,
        markings=tuple(
            RecordedMarking(about_id=ids[name], answer=answer) for name, answer in answers.items()
        ),
    )


def signed(young: Consent | None, parent: Consent | None = GUARDIANS_YES) -> Circumstances:
    """Return the circumstances with these answers of the two who must sign."""
    given = tuple(consent for consent in (young, parent) if consent is not None)
    return replace(GIVEN, consents=given)
