"""The texts of the legal grounds on the desk of an administrator, without a vault."""

from dataclasses import dataclass, field, replace
from datetime import date

from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import TODAY, catalogue
from tests.ui.desk_screens import desk_frame
from tests.ui.desks import refusing
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.grounds import LegalGround, Mode
from trygga_desktop.services.catalogues import ConfirmGround, GroundText, GroundTexts
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.case_uses import RuleUses
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.screens.ground_texts.form import ConfirmField
from trygga_desktop.ui.screens.ground_texts.view import GroundTextsView
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

GROUND = "harm_test"


def confirmed(ground: LegalGround, source: str, *, on: date = TODAY) -> LegalGround:
    """Return a ground whose text somebody has confirmed."""
    return replace(
        ground,
        confirmed_by="Rut Åkesson, kommunjurist",
        confirmed_on=on,
        confirmed_source=source,
    )


def texts() -> dict[str, GroundText]:
    """Return the grounds that ship, other than consent."""
    grounds = (one for one in catalogue().legal_grounds if one.mode is not Mode.CONSENT)
    return {one.code: GroundText(ground=one) for one in grounds}


@dataclass(slots=True)
class Shelf:
    """Stands for the vault: keeps what is confirmed, and fails when told to."""

    texts: dict[str, GroundText] = field(default_factory=texts)
    told: list[ConfirmGround] = field(default_factory=list)
    failure: Exception | None = None
    read_failure: Exception | None = None
    reads: int = 0
    drafts: DraftBox = field(default_factory=DraftBox)

    def read(self) -> Done[GroundTexts]:
        """Return the texts, or fail."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        found = GroundTexts(texts=tuple(self.texts.values()), catalogue=catalogue(), today=TODAY)
        return Done(found)

    def confirm(self, command: ConfirmGround) -> Done[None]:
        """Confirm a text, or fail."""
        if self.failure is not None:
            raise self.failure
        self.told.append(command)
        before = self.texts[command.ground].ground
        earlier = (before,) if before.is_confirmed else ()
        self.texts[command.ground] = GroundText(
            ground=confirmed(before, command.source, on=command.confirmed_on), earlier=earlier
        )
        return Done(None, Changes(settings=True))

    def open(
        self, runner: TaskRunner | None = None, *, ground: str = "", resume: Place | None = None
    ) -> GroundTextsViewModel:
        """Return the page, loaded."""
        model = GroundTextsViewModel(
            read_ground_texts=self.read,
            confirm_ground=self.confirm,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            ground=ground,
            resume=resume,
        )
        model.load()
        return model


def rules_of(shelf: Shelf) -> RuleUses:
    """Return the use cases of the rules, kept on a shelf."""
    return refusing(
        RuleUses, arms=bytes, seal=str, read_ground_texts=shelf.read, confirm_ground=shelf.confirm
    )


def in_frame(look: Look, model: GroundTextsViewModel) -> QWidget:
    """Return the frame of the desk around this state of the page."""
    return desk_frame(look, GroundTextsView(model, look), model, room="settings")


def shown(look: Look) -> QWidget:
    """One text is confirmed, the others wait."""
    shelf = Shelf()
    shelf.texts["general_clause"] = GroundText(
        ground=confirmed(shelf.texts["general_clause"].ground, "SFS 2009:400, 10 kap. 27 §")
    )
    return in_frame(look, shelf.open())


def shown_confirming(look: Look) -> QWidget:
    """A text is being confirmed anew; the day is not right."""
    shelf = Shelf()
    now = confirmed(shelf.texts[GROUND].ground, "SFS 2026:1")
    shelf.texts[GROUND] = GroundText(
        ground=now, earlier=(confirmed(now, "SFS 2009:400", on=date(2026, 3, 2)),)
    )
    model = shelf.open(ground=GROUND)
    assert model.form is not None
    model.form.type(ConfirmField.ON, "2026-12-24")
    return in_frame(look, model)


SCREENS = (
    ("ground-texts", shown),
    ("ground-texts-confirming", shown_confirming),
)
"""Every state worth walking through, each by a name."""
