"""The form for a signed paper on the desk, without a vault."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    JOHAN,
    POLICE,
    SARA,
    TODAY,
    catalogue,
    make_view,
    reasons_toml,
    story,
)
from tests.ui.desk_screens import desk_frame
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.consent_events import Happening
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import ConsentView, RecordConsent
from trygga_desktop.ui.screens.consent_form.paper import Said
from trygga_desktop.ui.screens.consent_form.validity import DayField
from trygga_desktop.ui.screens.consent_form.view import ConsentFormView
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel, Step
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look


@dataclass(slots=True)
class Binder:
    """Stands for the vault: keeps the papers that are recorded, and fails when told to."""

    happened: Iterable[Happening] = ()
    options: dict[str, object] = field(default_factory=dict)
    recorded: list[RecordConsent] = field(default_factory=list)
    failure: Exception | None = None
    read_failure: Exception | None = None
    reads: int = 0
    drafts: DraftBox = field(default_factory=DraftBox)

    def read(self, _: UUID, on: date | None) -> Done[ConsentView]:
        """Return the case as it stands."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        return Done(make_view(self.happened, on=on or TODAY, **self.options))  # type: ignore[arg-type]  # a test knows what it gives

    def record(self, command: RecordConsent) -> Done[None]:
        """Keep a paper, or fail."""
        if self.failure is not None:
            raise self.failure
        self.recorded.append(command)
        return Done(None, Changes(consents=True))

    def open(self, runner: TaskRunner | None = None) -> ConsentFormViewModel:
        """Return the form, loaded."""
        model = ConsentFormViewModel(
            CASE,
            read_consents=self.read,
            record_consent=self.record,
            reasons_toml=reasons_toml(),
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model


def at_step(model: ConsentFormViewModel, step: Step) -> ConsentFormViewModel:
    """Go on until this step is at hand; everyone says yes on the way."""
    model.all_said_yes()
    while model.step is not step:
        model.go_on()
    return model


def in_frame(look: Look, model: ConsentFormViewModel) -> QWidget:
    """Return the frame of the desk around this state of the form."""
    return desk_frame(look, ConsentFormView(model, look), model)


def shown(look: Look) -> QWidget:
    """What each may be told; Elias says no to the police."""
    model = at_step(Binder(story()).open(), Step.WHAT)
    paper = model.paper
    model.look_at(ELIAS)
    for direction in Direction:
        known = paper.cells_of([POLICE], paper.categories, direction)
        paper.signer(ELIAS).cells -= known
    model.look_at(ELIAS)
    return in_frame(look, model)


def shown_who(look: Look) -> QWidget:
    """Two have answered, one has not yet."""
    model = Binder().open()
    model.answer(SARA, Said.YES)
    model.answer(ELIAS, Said.NO)
    return in_frame(look, model)


def shown_exclusions(look: Look) -> QWidget:
    """One exclusion holds already, one is new, a limit is being written."""
    model = at_step(Binder(story()).open(), Step.EXCLUSIONS)
    draft = model.terms.exclusion
    draft.words = "Morfars begravning får inte tas upp."
    draft.categories.add("family")
    draft.asked_by = SARA
    model.terms.add_exclusion()
    model.terms.limit.words = "Polisen får veta var, men inte med vilka."
    model.terms.limit.organisation = POLICE
    model.terms.limit.category = "network"
    model.terms.limit.asked_by = JOHAN
    return in_frame(look, model)


def shown_concerned(look: Look) -> QWidget:
    """A programme that needs all who are concerned; one of them has no ticks."""
    options: dict[str, object] = {"programme": catalogue().programme("leavers")}
    return in_frame(look, at_step(Binder(options=options).open(), Step.WHAT))


def shown_validity(look: Look) -> QWidget:
    """The last step; the paper would hold for too long."""
    model = at_step(Binder(story()).open(), Step.VALIDITY)
    model.validity.type_day(DayField.VALID_TO, "2028-02-01")
    return in_frame(look, model)


def shown_ready(look: Look) -> QWidget:
    """The last step, and nothing is missing."""
    return in_frame(look, at_step(Binder(story()).open(), Step.VALIDITY))


def shown_nobody(look: Look) -> QWidget:
    """Nobody can consent."""
    options: dict[str, object] = {"signers": frozenset()}
    return in_frame(look, Binder(options=options).open())


SCREENS = (
    ("consent-form", shown),
    ("consent-form-who", shown_who),
    ("consent-form-exclusions", shown_exclusions),
    ("consent-form-concerned", shown_concerned),
    ("consent-form-validity", shown_validity),
    ("consent-form-ready", shown_ready),
    ("consent-form-nobody", shown_nobody),
)
"""Every state worth walking through, each by a name."""
