"""Examples of the use cases for the contact directory and the people of a case."""

from tests.people import SARA
from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    read_directory,
    save_contact,
    save_organisation,
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
}
