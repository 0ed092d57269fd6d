"""Examples of the use cases for the contact directory and the people of a case."""

from tests.people import SARA
from tests.services.examples.row import Ground, Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    read_directory,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.details import (
    ChangeDetails,
    change_details,
    protect_person,
    read_details,
    show_details,
)
from trygga_desktop.services.lowering import (
    AnswerLowering,
    AskToLower,
    ask_to_lower,
    drop_lowering,
    lower_protection,
)
from trygga_desktop.services.parties import (
    AddProfessional,
    AddRelative,
    ChangeParty,
    add_professional,
    add_relative,
    change_party,
    read_people,
)

EVERYWHERE = Changes(cases=True, parties=True, items=True, meetings=True)
FIRST, SECOND = "1-1", "2-2"
"""How a person lies there who was added, and after one change."""


def _of_sara(on: Ground, change: PersonChange) -> ChangeDetails:
    return ChangeDetails(case_id=on.case_id, person_id=on.family.sara, version=FIRST, change=change)


def _answer(on: Ground) -> AnswerLowering:
    return AnswerLowering(case_id=on.case_id, person_id=on.family.subject, version=SECOND)


EXAMPLES = {
    "read_directory": Row(
        Action.DIRECTORY_READ,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: read_directory(vault=vault),
    ),
    "save_organisation": Row(
        Action.DIRECTORY_CHANGED,
        Changes(directory=True),
        Permission.WORK_IN_CASE,
        lambda vault, _: save_organisation(
            SaveOrganisation(kind="leisure", name="Ungdomens hus"), vault=vault
        ),
    ),
    "save_contact": Row(
        Action.DIRECTORY_CHANGED,
        Changes(directory=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: save_contact(
            SaveContact(name="Ny Nilsson", organisation_id=on.family.school), vault=vault
        ),
        Stage.FAMILY,
    ),
    "read_people": Row(
        Action.PEOPLE_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_people(on.case_id, vault=vault),
    ),
    "add_relative": Row(
        Action.PARTY_ADDED,
        Changes(parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: add_relative(
            AddRelative(case_id=on.case_id, role=PartyRole.RELATIVE, person=SARA), vault=vault
        ),
    ),
    "add_professional": Row(
        Action.PARTY_ADDED,
        Changes(parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: add_professional(
            AddProfessional(case_id=on.case_id, contact_id=on.contact_id), vault=vault
        ),
        Stage.FAMILY,
    ),
    "change_party": Row(
        Action.PARTY_CHANGED,
        Changes(parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: change_party(
            ChangeParty(case_id=on.case_id, party_id=on.family.sara, relation="mamma"),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "read_details": Row(
        Action.DETAILS_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_details(on.case_id, on.family.sara, vault=vault),
        Stage.FAMILY,
    ),
    "show_details": Row(
        Action.DETAILS_SHOWN,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: show_details(on.case_id, on.family.subject, vault=vault),
        Stage.PROTECTED,
    ),
    "change_details": Row(
        Action.DETAILS_CHANGED,
        EVERYWHERE,
        Permission.WORK_IN_CASE,
        lambda vault, on: change_details(
            _of_sara(on, PersonChange(given_name="Sára", family_name="Provsson")), vault=vault
        ),
        Stage.FAMILY,
    ),
    "protect_person": Row(
        Action.PROTECTION_RAISED,
        EVERYWHERE,
        Permission.WORK_IN_CASE,
        lambda vault, on: protect_person(
            _of_sara(on, PersonChange(protection=Protection.SECRECY_MARKING, alias="VÄST-2")),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "ask_to_lower": Row(
        Action.LOWERING_ASKED,
        Changes(parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: ask_to_lower(
            AskToLower(
                case_id=on.case_id,
                person_id=on.family.subject,
                version=FIRST,
                to=Protection.NONE,
                why="x",
            ),
            vault=vault,
        ),
        Stage.PROTECTED,
    ),
    "drop_lowering": Row(
        Action.LOWERING_DROPPED,
        Changes(parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: drop_lowering(_answer(on), vault=vault),
        Stage.ASKED_TO_LOWER,
    ),
    "lower_protection": Row(
        Action.PROTECTION_LOWERED,
        EVERYWHERE,
        Permission.WORK_IN_CASE,
        lambda vault, on: lower_protection(_answer(on), vault=vault),
        Stage.ASKED_TO_LOWER,
    ),
}
