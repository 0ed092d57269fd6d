"""The screen that verifies a file, in the states worth walking through."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.plain import HeldVerifier
from tests.ui.screens import Screen, vault_frame
from trygga_desktop.documents.verdict import Outcome, Reason, Signed, TextState, Verdict
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.sealing import ProtocolKind, read_code
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Done
from trygga_desktop.services.sealed_files import FoundProtocol
from trygga_desktop.ui.platform.verifying import VerifyFlaw
from trygga_desktop.ui.screens.verify.paper import PaperModel
from trygga_desktop.ui.screens.verify.view import WIDEST, VerifyView
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

FILE = Path("/media/ke/stick/protokoll-DEMO-2026-001-5.pdf")
SEAL = Signed(
    field_name="Seal",
    told="Förseglingen av filen",
    name="Exempelstads kommun, socialnämnden",
    fingerprint="3f8a" * 16,
    at=datetime(2026, 11, 26, 17, 5, tzinfo=STOCKHOLM),
)
SIGNED = Signed(
    field_name="Signature1",
    told="Underskrift: Samordnare Karin Ek",
    name="Karin Ek",
    fingerprint="77b0" * 16,
    at=datetime(2026, 11, 27, 8, 30, tzinfo=STOCKHOLM),
)
CODE = "T9VZ-BQFY-H206"
UNCHANGED = Verdict(outcome=Outcome.UNCHANGED, seal=SEAL, text=TextState.SAME, code=CODE)
SIGNED_TWICE = Verdict(
    outcome=Outcome.UNCHANGED,
    seal=SEAL,
    signatures=(SIGNED, SIGNED),
    text=TextState.NOT_COMPARED,
    code="T9VZ-BQFY-H206",
)
ALTERED = Verdict(outcome=Outcome.CHANGED, reason=Reason.ALTERED)
NOT_SEALED = Verdict(outcome=Outcome.CHANGED, reason=Reason.NOT_SEALED)
NO_PDF = Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_PDF)


def make_verify_model(
    answer: Verdict | VerifyFlaw | None = None, *, file: Path | None = FILE, slow: bool = False
) -> VerifyViewModel:
    """Return the screen after this answer; without one, while the file is being looked at."""
    verifier = HeldVerifier()
    model = VerifyViewModel(verifier)
    if file is not None:
        model.choose(file)
    if isinstance(answer, Verdict):
        verifier.answer(answer)
    elif answer is not None:
        verifier.refuse(answer)
    if slow:
        model.lose_patience()
    return model


FOUND = FoundProtocol(
    seal_words="kastanj vinge torsdag glänta paraply måne",
    protocol_id=UUID(int=701),
    case_id=UUID(int=1),
    meeting_id=UUID(int=500),
    case_number="DEMO-2026-001",
    meeting_number=5,
    kind=ProtocolKind.FULL,
    sealed_at=datetime(2026, 11, 26, 16, 5, tzinfo=UTC),
    is_same=True,
)


@dataclass(slots=True)
class Cabinet:
    """Stands for the protocols of a vault: knows codes, and fails when told to."""

    known: dict[str, FoundProtocol] = field(default_factory=lambda: {CODE: FOUND})
    asked: list[str] = field(default_factory=list)
    failure: Exception | None = None

    def find(self, typed: str) -> Done[FoundProtocol | None]:
        """Look a code up, or fail."""
        self.asked.append(typed)
        if self.failure is not None:
            raise self.failure
        if read_code(typed) is None:
            raise InvalidInputError(field="code", flaw="unreadable")
        return Done(self.known.get(typed))

    def model(self, runner: TaskRunner | None = None) -> VerifyViewModel:
        """Return the screen with an open vault."""
        paper = PaperModel(find_by_code=self.find, runner=runner or InlineRunner())
        return VerifyViewModel(HeldVerifier(), paper=paper)


def looked_up(cabinet: Cabinet, code: str) -> VerifyViewModel:
    """Return the screen after a code was looked up."""
    model = cabinet.model()
    assert model.paper is not None
    model.paper.type(code)
    model.paper.look()
    return model


def at_desk(look: Look, model: VerifyViewModel) -> QWidget:
    """Return the screen beside the rail."""
    return desk_frame(look, VerifyView(model, look), model)


def before(look: Look, model: VerifyViewModel) -> QWidget:
    """Return the screen as it is before a vault is open."""
    view = VerifyView(model, look, at_desk=False)
    frame = vault_frame(look, view, view.panel, WIDEST)
    model.setParent(frame)
    return frame


def typed(model: VerifyViewModel, text: str) -> VerifyViewModel:
    """Return the same with a fingerprint typed."""
    model.type_seal(text)
    return model


def _refused_many() -> VerifyViewModel:
    model = make_verify_model(file=None)
    model.refuse_many()
    return model


SCREENS = (
    Screen("verify", lambda look: at_desk(look, make_verify_model(UNCHANGED))),
    Screen("verify-empty", lambda look: at_desk(look, make_verify_model(file=None))),
    Screen("verify-slow", lambda look: at_desk(look, make_verify_model(slow=True))),
    Screen(
        "verify-signed",
        lambda look: at_desk(look, typed(make_verify_model(SIGNED_TWICE), "3f8a " * 16)),
    ),
    Screen("verify-altered", lambda look: at_desk(look, make_verify_model(ALTERED))),
    Screen("verify-unsealed", lambda look: at_desk(look, make_verify_model(NOT_SEALED))),
    Screen("verify-no-pdf", lambda look: at_desk(look, make_verify_model(NO_PDF))),
    Screen("verify-broke-off", lambda look: at_desk(look, make_verify_model(VerifyFlaw.BROKE_OFF))),
    Screen("verify-many", lambda look: at_desk(look, _refused_many())),
    Screen("verify-paper", lambda look: at_desk(look, looked_up(Cabinet(), CODE))),
    Screen("verify-paper-unknown", lambda look: at_desk(look, looked_up(Cabinet({}), CODE))),
    Screen("verify-paper-unreadable", lambda look: at_desk(look, looked_up(Cabinet(), "T9VZ"))),
    Screen(
        "verify-paper-changed",
        lambda look: at_desk(look, looked_up(Cabinet({CODE: replace(FOUND, is_same=False)}), CODE)),
    ),
    Screen("verify-before", lambda look: before(look, make_verify_model(file=None))),
    Screen("verify-before-altered", lambda look: before(look, make_verify_model(ALTERED))),
)
