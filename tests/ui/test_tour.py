"""The pictures of the demonstration show what the program does, not what somebody made up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from tests.ui.plain import nothing
from trygga_desktop.app import Surroundings, bind_services, make_verifier
from trygga_desktop.demo import Demo
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.pdf.verify import verify_file
from trygga_desktop.documents.verdict import Outcome, Verdict
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.platform.verifying import VerifyFlaw
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.tour import Part, Picture, Tour

CASE, MEETING = "A", "A5"
MEETS_AT = datetime(2026, 11, 26, 15, 0, tzinfo=STOCKHOLM)


class Overheard:
    """The program's own verifier, whose answers are noted on their way."""

    def __init__(self, verdicts: list[Verdict]) -> None:
        self._verifier = make_verifier()
        self._verdicts = verdicts

    def start(
        self, file: Path, done: Callable[[Verdict], None], failed: Callable[[VerifyFlaw], None]
    ) -> None:
        """Begin."""

        def note(verdict: Verdict) -> None:
            self._verdicts.append(verdict)
            done(verdict)

        self._verifier.start(file, note, failed)

    def stop(self) -> None:
        """Stop."""
        self._verifier.stop()


@pytest.mark.timeout(300)
def test_the_picture_of_verifying_is_what_the_process_says_of_the_sealed_protocol(
    qapp: QApplication, appearance: Appearance, demo: Demo, tmp_path: Path
) -> None:
    vault = demo.open()
    story = demo.story(vault)
    demo.clock.at = MEETS_AT
    story.begin(CASE, MEETING)
    story.speak(CASE, MEETING)
    story.agree(CASE, MEETING)
    story.end(CASE, MEETING)
    demo.clock.at = MEETS_AT + timedelta(hours=2)
    protocol, _ = story.seal(CASE, MEETING)
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(story.seal_plan(CASE, MEETING))
    with vault.work() as work:
        certificate = work.seals.newest(work.trust).certificate
    vault.close()
    file = tmp_path / "protokoll.pdf"
    file.write_bytes(protocol)
    given = Surroundings(
        now=demo.clock,
        state_folder=demo.environment.state_folder,
        settings_folder=tmp_path,
        suggested_folder=tmp_path,
    )
    verdicts = list[Verdict]()
    case = demo.cases[CASE]
    tour = Tour(
        qapp,
        appearance,
        replace(bind_services(given, nothing), verifier=lambda: Overheard(verdicts)),
        folder=demo.folder,
        unlock=demo.open,
        sealed_file=file,
        packet_file=file,
        case_id=case.id,
        meeting_id=case.meetings[MEETING],
        withdrawn_id=case.id,
        agreed_id=case.id,
        rounds=[Picture(QSize(1366, 768), ThemeName.LIGHT)],
    )

    taken = tour.take(tmp_path / "screens", Part.SEALED)

    for name in ("verify", "signatures", "plan-sealed", "plan-signatures"):
        assert f"{name}-1366x768-light.png" in [path.name for path in taken]
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # One that stayed would be built anew at each change of look after it.
    assert [one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow)] == []
    (verdict,) = verdicts
    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.seal is not None
    assert verdict.seal.fingerprint == fingerprint_of(certificate)
    of_plan = verify_file(plan, asked=fingerprint_of(certificate))
    assert of_plan.outcome is Outcome.UNCHANGED
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(plan).pages).split())
    for agreed in story.table(CASE)["meeting"][-1]["agreed"]:
        assert agreed in told
    # The police are to say more of it: the meeting did not agree on that line.
    assert "Ett nummer att ringa på kvällar" not in told
