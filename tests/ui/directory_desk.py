"""The contact directory of the fictional municipality, without a vault behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.people_desk import (
    DIRECTORY,
    HENRIK,
    SCHOOL,
    SOCIAL,
    catalogue,
    contact,
    organisation,
)
from tests.ui.plain import NOW, DraftBox
from tests.ui.screens import Screen
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NoAccessError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.contacts import DirectoryView as FoundDirectory
from trygga_desktop.services.contacts import SaveContact, SaveOrganisation
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.screens.directory.forms import DirectoryField
from trygga_desktop.ui.screens.directory.view import DirectoryView
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look


def found_directory(
    directory: Directory = DIRECTORY, *, left_out: int = 0, controller: UUID = SOCIAL.id
) -> FoundDirectory:
    """Return a directory as it was read."""
    return FoundDirectory(
        directory=directory,
        catalogue=catalogue(),
        controller_id=controller,
        left_out=left_out,
    )


class Contacts:
    """Stands for the vault: keeps what is saved, and fails when told to."""

    def __init__(self, found: FoundDirectory | None = None) -> None:
        self.found = found_directory() if found is None else found
        self.commands: list[SaveOrganisation | SaveContact] = []
        self.reads = 0
        self.failure: Exception | None = None
        self.drafts = DraftBox()
        self.refusal: Exception | None = None

    def read(self) -> Done[FoundDirectory]:
        """Return the directory, or fail."""
        self.reads += 1
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def save_organisation(self, command: SaveOrganisation) -> Done[UUID]:
        """Keep an organisation."""
        self._take(command)
        known = self.found.directory
        before = known.organisation(command.id)
        since = command.since or date(1900, 1, 1)
        names = () if before is None else before.names
        made = Organisation(
            id=command.id or UUID(int=990),
            kind=command.kind,
            names=names
            if before is not None and before.name == command.name
            else (*names, NameSince(name=command.name, since=since)),
            retired=command.retired,
        )
        others = [one for one in known.organisations if one.id != made.id]
        self._keep(replace(known, organisations=(*others, made)))
        return Done(made.id, Changes(directory=True))

    def save_contact(self, command: SaveContact) -> Done[UUID]:
        """Keep a professional."""
        self._take(command)
        made = Contact(
            id=command.id or UUID(int=991),
            name=command.name,
            organisation_id=command.organisation_id,
            title=command.title,
            phone=command.phone,
            email=command.email,
            retired=command.retired,
        )
        known = self.found.directory
        others = [one for one in known.contacts if one.id != made.id]
        self._keep(replace(known, contacts=(*others, made)))
        return Done(made.id, Changes(directory=True))

    def _take(self, command: SaveOrganisation | SaveContact) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)

    def _keep(self, directory: Directory) -> None:
        self.found = replace(self.found, directory=directory)

    def open(
        self, runner: TaskRunner | None = None, *, resume: Place | None = None
    ) -> DirectoryViewModel:
        """Return the screen's model, loaded."""
        model = DirectoryViewModel(
            read_directory=self.read,
            save_organisation=self.save_organisation,
            save_contact=self.save_contact,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            resume=resume,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """The directory with a school chosen that had another name."""
    return _with(look, _choose(SCHOOL))


Step = Callable[[DirectoryViewModel], None]


def _with(look: Look, *steps: Step, contacts: Contacts | None = None) -> QWidget:
    model = (contacts or Contacts()).open()
    for step in steps:
        step(model)
    return desk_frame(look, DirectoryView(model, look), model, "directory")


def _choose(one: Organisation) -> Step:
    return lambda model: model.choose(one.id)


def _type(texts: dict[DirectoryField, str]) -> Step:
    def type_texts(model: DirectoryViewModel) -> None:
        assert model.form is not None
        for field, text in texts.items():
            model.form.type(field, text)
            model.form.leave_field(field)

    return type_texts


def _failing(**failures: Any) -> Contacts:
    contacts = Contacts()
    for name, error in failures.items():
        setattr(contacts, name, error)
    return contacts


_RETIRED = replace(organisation(9, "civil_society", "Boxningsklubben"), retired=True)
_ODD = found_directory(
    Directory(
        organisations=(
            *DIRECTORY.organisations,
            _RETIRED,
            organisation(10, "unheard_of", "Något helt annat"),
        ),
        contacts=(
            *DIRECTORY.contacts,
            replace(contact(20, "Ulf Borta", SCHOOL, "Rektor"), retired=True),
            contact(21, "Bo Bok", _RETIRED, "Tränare"),
        ),
    ),
    left_out=2,
)
_MANY = found_directory(
    Directory(
        organisations=(
            SOCIAL,
            *(organisation(100 + one, "school", f"Skolan nummer {one}") for one in range(60)),
        )
    )
)
_RENAMED = {DirectoryField.NAME: "Nya gymnasiet", DirectoryField.SINCE: "2026-08-15"}
_WRONG = {DirectoryField.NAME: "x" * 201, DirectoryField.EMAIL: "y" * 201}

DIRECTORY_SCREENS = (
    Screen("directory", shown),
    Screen("directory-own", _with),
    Screen(
        "directory-odd",
        lambda look: _with(
            look,
            lambda model: model.show_retired(with_retired=True),
            _choose(SCHOOL),
            contacts=Contacts(_ODD),
        ),
    ),
    Screen(
        "directory-retired",
        lambda look: _with(
            look,
            lambda model: model.show_retired(with_retired=True),
            _choose(_RETIRED),
            contacts=Contacts(_ODD),
        ),
    ),
    Screen("directory-many", lambda look: _with(look, contacts=Contacts(_MANY))),
    Screen("directory-found", lambda look: _with(look, lambda model: model.search("nadja"))),
    Screen("directory-nothing", lambda look: _with(look, lambda model: model.search("zebra"))),
    Screen(
        "directory-failed", lambda look: _with(look, contacts=_failing(failure=NoAccessError()))
    ),
    Screen(
        "directory-organisation",
        lambda look: _with(look, DirectoryViewModel.begin_organisation),
    ),
    Screen(
        "directory-taken",
        lambda look: _with(
            look,
            DirectoryViewModel.begin_organisation,
            _type({DirectoryField.NAME: "Exempelgymnasiet"}),
            DirectoryViewModel.send,
            contacts=_failing(refusal=InvalidInputError(field="name", flaw="taken")),
        ),
    ),
    Screen(
        "directory-renamed",
        lambda look: _with(
            look, _choose(SCHOOL), DirectoryViewModel.change_organisation, _type(_RENAMED)
        ),
    ),
    Screen(
        "directory-person",
        lambda look: _with(look, _choose(SCHOOL), DirectoryViewModel.begin_contact),
    ),
    Screen(
        "directory-person-wrong",
        lambda look: _with(look, _choose(SCHOOL), DirectoryViewModel.begin_contact, _type(_WRONG)),
    ),
    Screen(
        "directory-person-held",
        lambda look: _with(
            look,
            _choose(SCHOOL),
            lambda model: model.change_contact(HENRIK.id),
            _type({DirectoryField.TITLE: "Rektor"}),
            _choose(SOCIAL),
        ),
    ),
    Screen(
        "directory-person-disk-full",
        lambda look: _with(
            look,
            _choose(SCHOOL),
            lambda model: model.change_contact(HENRIK.id),
            _type({DirectoryField.TITLE: "Rektor"}),
            DirectoryViewModel.send,
            contacts=_failing(refusal=DiskFullError()),
        ),
    ),
)
"""The screen in the states worth walking through."""
