"""The signatures on a protocol: nobody is marked whom no person saw, and nothing wrong is kept."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import MadeVault
from tests.people import ELIAS
from tests.services.test_agreements import command as agreed
from tests.services.test_agreements import leaver
from tests.services.test_whole_readers import PETRA, account
from tests.ui.desks import settle
from tests.ui.plain import NOW, DraftBox, HeldRunner
from tests.ui.signatures_desk import (
    AGREEMENT,
    CODE,
    EMPTY,
    EXCERPT,
    EXCERPT_FOUND,
    FILES,
    FOREIGN,
    GOOD,
    IN_FILE,
    LATER,
    LOOKS,
    OTHER,
    PAYLOAD,
    SCAN,
    SIGNERS,
    STAINED,
    STRAY,
    SWAPPED,
    THIRD,
    Cabinet,
    look_of,
    read_page,
)
from trygga_desktop.binding import bind_desk
from trygga_desktop.documents.record import control_code
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoRightError,
    NotConfirmedError,
    TamperedError,
)
from trygga_desktop.domain.matching import Fit
from trygga_desktop.domain.scanning import MOST_BYTES, Payload, ScanFlaw
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import PaperKind, SignerStatus
from trygga_desktop.services.agreements import keep_agreement
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.signatures import SignedOnPaper, read_signatures
from trygga_desktop.ui.platform.scan_lines import ReadPage
from trygga_desktop.ui.problems import ProblemKind, Trouble
from trygga_desktop.ui.screens.signatures.reason import Ask, ReasonField
from trygga_desktop.ui.screens.signatures.scan import Brought, CodeMatch, ScanState, read_files
from trygga_desktop.ui.screens.signatures.view import SignaturesView
from trygga_desktop.ui.screens.signatures.view_model import (
    FileFlaw,
    News,
    SignaturesState,
    SignaturesViewModel,
)
from trygga_desktop.ui.screens.signatures.words import (
    file_message,
    flaw_message,
    news_message,
    page_words,
    stray_message,
)
from trygga_desktop.ui.text_form import DayFlaw
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import CheckBox, TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


@pytest.fixture
def cabinet() -> Cabinet:
    return Cabinet()


def shown(qtbot: QtBot, look: Look, model: SignaturesViewModel) -> SignaturesView:
    view = SignaturesView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    view.first_focus.setFocus()
    settle()
    return view


def find(view: QWidget, kind: type[Button], name: str) -> Button:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def words_in(view: QWidget) -> str:
    return " · ".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisible())


def test_nobody_is_marked_before_somebody_looked(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.read_scan(model)

    model.keep_scan()

    assert cabinet.kept[0].signed == ()


@pytest.mark.parametrize(
    ("pages", "fits"),
    [
        (GOOD[:2], [Fit.FITS, Fit.FITS]),
        (STAINED, [Fit.FITS, Fit.NO_CODE, Fit.FITS]),
        (FOREIGN, [Fit.FITS, Fit.OTHER_PAPER, Fit.FITS]),
        (SWAPPED, [Fit.FITS, Fit.UNSURE, Fit.FITS]),
    ],
)
def test_a_scan_that_is_not_whole_is_not_kept(
    cabinet: Cabinet, pages: tuple[object, ...], fits: list[Fit]
) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, pages)  # type: ignore[arg-type]  # the parameters are those of the desk
    model.scan.tick(5, is_ticked=True)

    model.keep_scan()

    assert model.scan.found is not None
    assert [one.fit for one in model.scan.found.pages] == fits
    assert not model.scan.may_keep
    assert cabinet.kept == []


def test_the_boxes_follow_who_counts_as_having_signed(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    cabinet.read_scan(model)
    view = shown(qtbot, look, model)
    box = view.findChild(CheckBox, "signed 5")
    assert isinstance(box, CheckBox)

    for is_ticked in (True, False):
        model.scan.tick(5, is_ticked=is_ticked)

        assert box.isChecked() == is_ticked


def test_a_page_of_something_else_stays_one_whatever_is_typed(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, FOREIGN)

    model.scan.type_code(CODE)
    model.scan.put_aside(is_aside=True)

    assert model.scan.shown == 2
    assert not model.scan.may_keep


def test_those_who_were_ticked_are_kept_with_the_day_on_the_paper(cabinet: Cabinet) -> None:
    model = cabinet.open()
    made: list[Changes] = []
    model.made.connect(made.append)
    cabinet.read_scan(model)
    model.scan.tick(6, is_ticked=True)
    model.scan.tick(5, is_ticked=True)
    model.scan.tick(3, is_ticked=True)
    model.scan.tick(3, is_ticked=False)

    model.keep_scan()

    day = date(2026, 11, 26)
    assert cabinet.kept[0].signed == (
        SignedOnPaper(signer=5, on=day),
        SignedOnPaper(signer=6, on=day),
    )
    assert [one.data for one in cabinet.kept[0].files] == [one.data for one in FILES]
    assert made == [Changes(meetings=True)]
    assert model.news is News.KEPT
    assert model.scan.state is ScanState.NONE


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("2026-11-25", DayFlaw.TOO_LONG_AGO),
        ("2026-11-27", DayFlaw.IN_THE_FUTURE),
        ("2026-02-30", DayFlaw.NO_SUCH_DAY),
        ("igår", DayFlaw.UNREADABLE),
        ("", DayFlaw.UNREADABLE),
    ],
)
def test_a_day_that_cannot_be_keeps_the_scan_from_being_kept(
    cabinet: Cabinet, text: str, flaw: DayFlaw
) -> None:
    model = cabinet.open()
    cabinet.read_scan(model)
    model.scan.tick(5, is_ticked=True)

    model.scan.type_day(text)
    model.keep_scan()

    assert model.scan.day is flaw
    assert cabinet.kept == []


def test_who_signed_on_another_day_is_marked_with_that_day(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open(now=NOW + timedelta(days=3))
    cabinet.read_scan(model)
    view = shown(qtbot, look, model)
    model.scan.tick(5, is_ticked=True)
    assert not any(one.isVisible() for one in view.findChildren(TextInput, "own day signed"))
    model.scan.tick(6, is_ticked=True)
    own = [one for one in view.findChildren(TextInput, "own day signed") if one.isVisible()]
    assert len(own) == 2

    QTest.keyClicks(own[1], "2026-11-31")
    assert not model.scan.may_keep
    own[1].clear()
    QTest.keyClicks(own[1], "2026-11-28")
    model.scan.type_own_day(6, "2026-11-28")
    model.keep_scan()

    assert [(one.signer, one.on.day) for one in cabinet.kept[0].signed] == [(5, 26), (6, 28)]


def test_paper_without_a_scan_is_recorded_with_its_day_and_why(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)
    QTest.mouseClick(find(view, Button, "paper 3"), Qt.MouseButton.LeftButton)
    settle()
    assert model.asked is not None
    model.asked.type(ReasonField.REASON, "Ingen skanner på plats.")
    for text in ("2026-11-25", "2026-11-27", "igår"):
        model.asked.type(ReasonField.DAY, text)
        model.record_reason()
        assert cabinet.seen == []
    model.asked.type(ReasonField.DAY, "2026-11-26")
    model.record_reason()

    (seen,) = cabinet.seen
    assert (seen.signer, seen.on, seen.reason) == (3, date(2026, 11, 26), "Ingen skanner på plats.")
    assert model.news is News.SEEN


def test_a_signature_in_the_file_is_shown_with_its_certificate_and_named_by_a_person(
    qtbot: QtBot, look: Look
) -> None:
    ahead = replace(IN_FILE, name="Exempelstad\u202e", is_ahead=True)
    seal = replace(IN_FILE, is_seal=True)
    states = (
        replace(SIGNERS[2], status=SignerStatus.UNNAMED, in_file=ahead),
        replace(SIGNERS[4], status=SignerStatus.UNNAMED, in_file=seal),
        SIGNERS[1],
    )
    cabinet = Cabinet(states, ())
    model = cabinet.open()
    view = shown(qtbot, look, model)
    words = "\n".join(one.text() for one in view.findChildren(PlainLabel))
    assert "Exempelstad" in words
    assert "\u202e" not in words
    assert IN_FILE.words in words
    assert look.language.gettext("The time that it gives is still to come.") in words
    assert find_all(view, "name ") == ["name 3"]

    QTest.mouseClick(find(view, Button, "name 3"), Qt.MouseButton.LeftButton)

    (named,) = cabinet.named
    assert (named.signer, named.fingerprint) == (3, IN_FILE.fingerprint)
    assert model.news is News.NAMED
    assert "take_back 2" in find_all(view, "take_back")


def find_all(view: QWidget, start: str) -> list[str]:
    buttons = (one for one in view.findChildren(Button) if one.objectName().startswith(start))
    return [one.objectName() for one in buttons]


def test_a_code_that_cannot_be_read_is_typed(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, STAINED)

    matches, takes = [], []
    for typed in (" ", "T9VZ", "T9VZ BQFY H207", "t9vz bqfy h2o6"):
        model.scan.type_code(typed)
        matches.append(model.scan.code_match)
        takes.append(model.scan.may_keep)
    model.keep_scan()

    assert matches == list(CodeMatch)
    assert takes == [False, False, False, True]
    assert [one.place for one in cabinet.kept[0].found.pages if one.by_hand] == [2]


def test_a_page_that_looks_like_none_is_named_by_hand(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, SWAPPED)
    assert model.page_count == 3

    model.scan.name_page(2)
    assert model.scan.may_keep
    model.scan.name_page(None)

    assert not model.scan.may_keep


def test_a_cover_sheet_is_put_aside_and_taken_back_in(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, (*GOOD, read_page(4, look_of(9))))

    model.scan.put_aside(is_aside=True)
    assert model.scan.may_keep
    model.scan.put_aside(is_aside=False)

    assert not model.scan.may_keep


def test_photos_of_each_page_are_one_scan(cabinet: Cabinet, tmp_path: Path) -> None:
    names = ("sida 2.png", "Sida 1.png", "sida 3.png")
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + path.name.encode())
    model = cabinet.open()

    model.scan.bring(paths)
    read = []
    for look in LOOKS:
        read.append(cabinet.scanner.data[8:].decode())
        cabinet.scanner.page(replace(read_page(1, look, GOOD[0].page.payloads[0]), count=1))
        cabinet.scanner.done()

    assert read == ["Sida 1.png", "sida 2.png", "sida 3.png"]
    assert model.scan.may_keep
    assert [one.page.place for one in model.scan.pages] == [1, 2, 3]


def test_how_much_is_read_grows_to_all_of_it(cabinet: Cabinet) -> None:
    model = cabinet.open()
    model.scan.take([*FILES, *FILES])
    shares = [model.scan.share]

    for _ in range(2):
        for page in GOOD:
            cabinet.scanner.page(page)
            shares.append(model.scan.share)
        cabinet.scanner.done()

    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[3] == 0.5
    assert model.scan.share == 1


def test_files_that_cannot_be_a_scan_have_an_answer(cabinet: Cabinet, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.4")
        file.truncate(MOST_BYTES + 1)
    lie = tmp_path / "lie.jpg"
    lie.write_bytes(b"%PDF-1.4")
    model = cabinet.open()

    for paths, flaw in (
        ([], ScanFlaw.NO_FILE),
        ([tmp_path / "gone.pdf"], ScanFlaw.NO_FILE),
        ([tmp_path], ScanFlaw.NO_FILE),
        ([large], ScanFlaw.TOO_LARGE),
        ([lie], ScanFlaw.MISNAMED),
    ):
        model.scan.bring(paths)
        assert (model.scan.state, model.scan.flaw) == (ScanState.FAILED, flaw)
    assert cabinet.scanner.data == b""
    assert read_files([lie.rename(tmp_path / "truth.pdf")])[0].data == b"%PDF-1.4"


def test_a_scan_that_cannot_be_read_to_its_end_is_let_go_of(cabinet: Cabinet) -> None:
    model = cabinet.open()
    model.scan.take(FILES)
    cabinet.scanner.page(GOOD[0])

    cabinet.scanner.failed(ScanFlaw.BROKE_OFF)

    assert model.scan.flaw is ScanFlaw.BROKE_OFF
    assert model.scan.pages == []


def test_leaving_ends_what_is_being_read(cabinet: Cabinet) -> None:
    model = cabinet.open()
    model.scan.take(FILES)

    model.leave()

    assert cabinet.scanner.data == b""
    assert model.scan.files == ()


def test_who_may_not_record_is_offered_nothing(qtbot: QtBot, look: Look, cabinet: Cabinet) -> None:
    model = cabinet.open(may_record=False)
    view = shown(qtbot, look, model)

    model.ask(Ask.DECLINE, 3)
    model.take_file(Path("/nothing"))

    assert model.asked is None
    assert model.file_flaw is None
    for name in ("choose the scan", "take in a file"):
        assert not find(view, Button, name).isVisible()
    assert view.findChild(Button, "decline 3") is None
    assert find(view, Button, "show scan 1").isVisible()


@pytest.mark.parametrize(("ask", "signer"), [(Ask.DECLINE, 3), (Ask.TAKE_BACK, 1)])
def test_a_reason_is_recorded_and_is_a_draft_until_then(
    qtbot: QtBot, look: Look, cabinet: Cabinet, ask: Ask, signer: int
) -> None:
    drafts = DraftBox()
    model = cabinet.open(drafts=drafts.uses)
    view = shown(qtbot, look, model)

    QTest.mouseClick(find(view, Button, f"{ask} {signer}"), Qt.MouseButton.LeftButton)
    settle()
    field = view.findChild(TextArea, ReasonField.REASON)
    assert field is not None
    assert field.hasFocus()
    QTest.keyClicks(field, "Vill inte.")
    assert model.asked is not None
    assert model.asked.drafts is not None
    model.asked.drafts.store_now()
    assert [one.kind for one in drafts.drafts.values()] == [DraftKind.SIGNATURE]
    QTest.mouseClick(find(view, Button, "send"), Qt.MouseButton.LeftButton)

    recorded = cabinet.declined if ask is Ask.DECLINE else cabinet.taken_back
    assert [(one.signer, one.reason) for one in recorded] == [(signer, "Vill inte.")]
    assert model.asked is None


def test_a_reason_that_was_begun_is_gone_on_with_for_the_same_signer(cabinet: Cabinet) -> None:
    drafts = DraftBox()
    first = cabinet.open(drafts=drafts.uses)
    first.ask(Ask.TAKE_BACK, 4)
    assert first.asked is not None
    first.asked.type(ReasonField.REASON, "Fel rad")
    first.leave()

    model = cabinet.open(drafts=drafts.uses, resume=True)

    assert model.asked is not None
    assert (model.asked.ask, model.asked.signer) == (Ask.TAKE_BACK, 4)
    assert model.asked.text_in(ReasonField.REASON) == "Fel rad"


def test_a_reason_that_is_refused_stays_where_it_was_written(cabinet: Cabinet) -> None:
    model = cabinet.open()
    model.ask(Ask.DECLINE, 3)
    assert model.asked is not None
    model.asked.type(ReasonField.REASON, "x")
    cabinet.failure = InvalidInputError(field="reason", flaw="length")
    model.record_reason()
    refused = dict(model.asked.refused)

    cabinet.failure = NoRightError()
    model.record_reason()

    assert refused == {"reason": "length"}
    assert model.asked.trouble
    assert model.asked.text_in(ReasonField.REASON) == "x"


def test_a_signed_file_is_taken_in_or_refused_in_words(
    look: Look, cabinet: Cabinet, tmp_path: Path
) -> None:
    model = cabinet.open()
    file = tmp_path / "signed.pdf"
    file.write_bytes(b"%PDF-1.7 signed")
    model.take_file(tmp_path / "gone.pdf")
    told = [model.file_flaw]
    refusals = [FileFlaw.ANOTHER, FileFlaw.UNSIGNED, FileFlaw.CHANGED]
    for flaw in refusals:
        cabinet.failure = InvalidInputError(field="file", flaw=flaw.value)
        model.take_file(file)
        told.append(model.file_flaw)
    cabinet.failure = None
    assert told == [FileFlaw.UNREADABLE, *refusals]
    assert all(file_message(one, look.language).title for one in refusals)

    model.take_file(file)

    assert cabinet.files[0].pdf == b"%PDF-1.7 signed"
    assert model.news is News.FILE_TAKEN
    assert model.file_flaw is None


@pytest.mark.parametrize("is_all", [True, False])
def test_a_scan_of_another_paper_says_which_it_is_and_leads_there(
    qtbot: QtBot, look: Look, cabinet: Cabinet, is_all: bool
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)
    pages = [read_page(at, one, STRAY) for at, one in enumerate(LOOKS, start=1)]
    cabinet.read_scan(model, pages if is_all else FOREIGN)
    settle()

    assert cabinet.asked == [control_code(STRAY.record_hash)]
    assert "Björkskolan" in words_in(view)
    with qtbot.waitSignal(model.elsewhere) as led:
        QTest.mouseClick(find(view, Button, "go elsewhere"), Qt.MouseButton.LeftButton)
    # Pages of two papers are no scan of either.
    assert led.args == [cabinet.known, FILES if is_all else ()]
    # What a meeting agreed on as the plan is no protocol.
    plan = replace(EXCERPT_FOUND, kind=ProtocolKind.PLAN_ROOM, recipient="", copy=0)
    assert "Planen" in stray_message(plan, look.language, is_all=is_all).text
    model.scan.cancel()
    assert model.stray is None


AGREED = UUID(int=852)
AGREED_SQUARE = Payload(AGREED, "b" * 64)
AGREED_FOUND = replace(
    EXCERPT_FOUND,
    protocol_id=AGREED,
    case_id=UUID(int=9),
    meeting_id=None,
    case_number="DEMO-2026-009",
    meeting_number=0,
    recipient="",
    copy=0,
    version=2,
)


@pytest.mark.parametrize("is_all", [True, False])
def test_a_page_of_nothing_that_opens_to_us_stays_one_from_somewhere_else(
    qtbot: QtBot, look: Look, cabinet: Cabinet, is_all: bool
) -> None:
    cabinet.known = None
    model = cabinet.open()
    view = shown(qtbot, look, model)
    strays = [read_page(at, one, AGREED_SQUARE) for at, one in enumerate(LOOKS, start=1)]
    cabinet.read_scan(model, strays if is_all else (GOOD[0], strays[1], GOOD[2]))
    settle()

    assert cabinet.asked == [control_code(AGREED_SQUARE.record_hash)]
    assert model.stray is None
    assert find_all(view, "go elsewhere") == []
    assert "En sida någon annanstans ifrån" in words_in(view)
    assert model.scan.found is not None
    assert Fit.OTHER_PAPER not in {one.fit for one in model.scan.found.pages}


@pytest.mark.parametrize("is_all", [True, False])
def test_a_page_of_the_agreement_of_another_case_says_what_it_is_and_leads_there(
    qtbot: QtBot, look: Look, cabinet: Cabinet, is_all: bool
) -> None:
    cabinet.known = AGREED_FOUND
    model = cabinet.open()
    view = shown(qtbot, look, model)
    strays = [read_page(at, one, AGREED_SQUARE) for at, one in enumerate(LOOKS, start=1)]
    cabinet.read_scan(model, strays if is_all else (GOOD[0], strays[1], GOOD[2]))
    settle()

    assert cabinet.asked == [control_code(AGREED_SQUARE.record_hash)]
    assert "Överenskommelsen med den unge, version 2, ärende DEMO-2026-009." in words_in(view)
    assert "En sida någon annanstans ifrån" not in words_in(view)
    assert model.scan.found is not None
    wanted = [Fit.OTHER_PAPER] * 3 if is_all else [Fit.FITS, Fit.OTHER_PAPER, Fit.FITS]
    assert [one.fit for one in model.scan.found.pages] == wanted
    assert not model.scan.may_keep
    with qtbot.waitSignal(model.elsewhere) as led:
        QTest.mouseClick(find(view, Button, "go elsewhere"), Qt.MouseButton.LeftButton)
    assert led.args == [AGREED_FOUND, FILES if is_all else ()]
    # What one scan was of says nothing of the next.
    model.scan.cancel()
    cabinet.known = None
    cabinet.read_scan(model, (GOOD[0], strays[1], GOOD[2]))
    assert [one.fit for one in model.scan.found.pages][1] is Fit.OTHER_VAULT
    assert model.stray is None


def test_of_pages_from_several_places_the_one_that_opens_to_us_is_told(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    nowhere = Payload(UUID(int=853), "c" * 64)
    known = {control_code(AGREED_SQUARE.record_hash): AGREED_FOUND}
    model = cabinet.open(find=lambda code: Done(known.get(code)))
    view = shown(qtbot, look, model)
    strays = (read_page(2, LOOKS[1], nowhere), read_page(3, LOOKS[2], AGREED_SQUARE))
    cabinet.read_scan(model, (GOOD[0], *strays))
    settle()

    assert model.scan.found is not None
    assert [one.fit for one in model.scan.found.pages[1:]] == [Fit.OTHER_VAULT, Fit.OTHER_PAPER]
    assert "DEMO-2026-009" in words_in(view)
    assert not model.is_all_stray


@pytest.mark.parametrize("is_granted", [False, True])
@pytest.mark.parametrize("is_typed", [False, True])
def test_in_a_real_vault_the_agreement_of_another_case_is_told_with_a_grant_to_it_alone(
    qtbot: QtBot, look: Look, made: MadeVault, *, is_granted: bool, is_typed: bool
) -> None:
    vault = made.open()
    petra = account(vault, PETRA)
    ours, theirs = leaver(vault), leaver(vault, ELIAS)
    here = keep_agreement(agreed(ours), vault=vault).value
    there = keep_agreement(agreed(theirs), vault=vault).value
    for one in (ours, theirs) if is_granted else (ours,):
        grant_case(GrantCase(case_id=one, principal_id=petra), vault=vault)
    square = read_signatures(there, vault=vault).value.paper.payload
    vault.close()
    opened = made.open("pn")
    cabinet = Cabinet()
    uses = bind_desk(opened).meetings.signatures
    model = cabinet.open(uses=uses, paper_id=here)
    view = shown(qtbot, look, model)

    cabinet.read_scan(model, [read_page(1, LOOKS[0], *(() if is_typed else (square,)))])
    if is_typed:
        model.scan.type_code(control_code(square.record_hash))
    settle()

    told = words_in(view)
    assert ("Överenskommelsen med den unge, version 1" in told) is is_granted
    assert bool(find_all(view, "go elsewhere")) is is_granted
    assert (model.stray is not None) is is_granted
    opened.close()


def test_a_typed_code_of_another_paper_says_which_it_is(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    cabinet.read_scan(model, STAINED)
    view = shown(qtbot, look, model)
    for typed, asked in (("K4TM-9PXW", []), ("k4tm 9pxw 2r7d", ["K4TM-9PXW-2R7D"])):
        model.scan.type_code(typed)
        settle()
        assert cabinet.asked == asked
        assert (view.findChild(Button, "go elsewhere") is not None) is bool(asked)
    model.scan.type_code(CODE)

    assert model.stray is None
    assert model.scan.may_keep


@pytest.mark.parametrize(
    ("second", "files"),
    [
        pytest.param(EMPTY, FILES, id="a page that is empty"),
        pytest.param(read_page(2, LOOKS[1], THIRD), (), id="a page of a third paper"),
    ],
)
def test_pages_come_along_to_another_paper_when_all_that_is_written_is_of_it(
    qtbot: QtBot, cabinet: Cabinet, second: ReadPage, files: tuple[Brought, ...]
) -> None:
    cabinet.others = frozenset({OTHER, THIRD.protocol_id})
    model = cabinet.open()
    cabinet.read_scan(model, (read_page(1, LOOKS[0], STRAY), second))

    with qtbot.waitSignal(model.elsewhere) as led:
        model.go_elsewhere()

    assert led.args == [cabinet.known, files]


def test_what_is_found_out_about_a_page_that_was_let_go_of_is_not_told(cabinet: Cabinet) -> None:
    runner = HeldRunner()
    model = cabinet.open(runner=runner)
    runner.work_off()
    cabinet.read_scan(model, FOREIGN)
    runner.waiting.pop(0)()
    assert len(runner.waiting) == 1

    model.scan.cancel()
    runner.work_off()

    assert cabinet.asked == [control_code(STRAY.record_hash)]
    assert model.stray is None


def test_a_kept_scan_is_not_led_to_another_paper(cabinet: Cabinet) -> None:
    model = cabinet.open()
    model.show_kept(SCAN)
    for one in FOREIGN:
        cabinet.scanner.page(one)
    cabinet.scanner.done()

    assert model.scan.is_kept
    assert cabinet.asked == []


def test_what_was_brought_in_elsewhere_is_read_at_once_unless_one_may_not_record(
    cabinet: Cabinet,
) -> None:
    assert cabinet.open(brought=FILES, may_record=False).scan.state is ScanState.NONE
    model = cabinet.open(brought=FILES)
    assert (model.scan.state, model.scan.files) == (ScanState.READING, FILES)


def test_an_excerpt_is_told_by_its_recipient_and_is_signed_on_paper_alone(
    qtbot: QtBot, look: Look
) -> None:
    view = shown(qtbot, look, Cabinet(paper=EXCERPT).open())

    assert "Björkskolan" in words_in(view)
    assert not find(view, Button, "take in a file").isVisible()
    # Nor by the keys: a file of it is nothing that could be compared.
    (by_keys,) = (one for one in view.commands if "Ctrl+Shift+O" in one.keys)
    by_keys.run()
    assert view.findChild(QFileDialog) is None


def test_a_plan_is_titled_by_its_version_and_can_come_back_signed_in_its_file(
    qtbot: QtBot, look: Look
) -> None:
    plan = replace(EXCERPT, kind=PaperKind.PLAN, recipient="", number=4)
    view = shown(qtbot, look, Cabinet(paper=plan).open())

    assert "Underskrifter, plan version 4" in words_in(view)
    assert find(view, Button, "take in a file").isVisible()


def test_an_agreement_is_known_in_any_language_and_marks_nobody(qtbot: QtBot, look: Look) -> None:
    cabinet = Cabinet(paper=AGREEMENT)
    model = cabinet.open()
    view = shown(qtbot, look, model)
    pages = [read_page(at, one, PAYLOAD) for at, one in enumerate(LATER, start=1)]
    cabinet.read_scan(model, pages)
    settle()
    assert model.scan.may_keep
    assert view.findChild(CheckBox, "signed 5") is None
    assert "överenskommelsens sida" in words_in(view)

    model.keep_scan()
    model.ask(Ask.DECLINE, 5)

    assert [one.signed for one in cabinet.kept] == [()]
    assert model.asked is None


def test_a_kept_scan_is_read_by_the_scanner_again_and_only_looked_at(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)

    QTest.mouseClick(find(view, Button, "show scan 1"), Qt.MouseButton.LeftButton)
    for one in GOOD:
        cabinet.scanner.page(one)
    cabinet.scanner.done()
    settle()

    assert cabinet.shown[0].scan_id == SCAN.id
    assert model.scan.is_kept
    model.keep_scan()
    assert cabinet.kept == []
    assert view.findChild(CheckBox, "signed 5") is None
    QTest.mouseClick(find(view, Button, "close the scan"), Qt.MouseButton.LeftButton)
    assert not model.scan.is_open


def test_records_that_were_changed_are_told_instead_of_shown(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    cabinet.read_failure = TamperedError()
    model = cabinet.open()
    view = shown(qtbot, look, model)
    states, words = [model.state], words_in(view)

    cabinet.read_failure = None
    QTest.mouseClick(find(view, Button, "try again"), Qt.MouseButton.LeftButton)

    settle()

    states.append(model.state)
    assert states == [SignaturesState.FAILED, SignaturesState.READY]
    assert "Henrik Alm" not in words
    assert "Henrik Alm" in words_in(view)


def test_by_keyboard_alone_a_page_is_told_a_signer_ticked_and_the_scan_kept(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)
    assert find(view, Button, "choose the scan").hasFocus()
    cabinet.read_scan(model, STAINED)
    settle()

    def go_to(name: str) -> QWidget:
        for _ in range(40):
            focus = focus_in(view)
            assert focus is not None
            if focus.objectName() == name:
                return focus
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        raise AssertionError(name)

    QTest.keyClicks(go_to("code of a page"), CODE)
    QTest.keyClick(go_to("signed 5"), Qt.Key.Key_Space)
    QTest.keyClick(go_to("keep the scan"), Qt.Key.Key_Return)

    settle()

    assert [one.signer for one in cabinet.kept[0].signed] == [5]
    assert "Inskanningen är sparad" in words_in(view)


def test_typing_a_code_keeps_the_focus_until_it_is_right(
    qtbot: QtBot, look: Look, cabinet: Cabinet
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)
    cabinet.read_scan(model, STAINED)
    settle()
    field = view.findChild(TextInput, "code of a page")
    assert field is not None
    field.setFocus()

    QTest.keyClicks(field, CODE[:-1])

    assert field.hasFocus()
    assert view.findChild(TextInput, "code of a page") is field


def test_dropped_files_are_brought_in_and_dialogs_block_nothing(
    qtbot: QtBot, look: Look, cabinet: Cabinet, tmp_path: Path
) -> None:
    model = cabinet.open()
    view = shown(qtbot, look, model)
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])

    view.take(dropped)
    assert cabinet.scanner.data == b"%PDF-1.4"
    model.scan.cancel()
    for command in view.commands[:2]:
        command.run()
    dialogs = view.findChildren(QFileDialog)

    assert len(dialogs) == 2
    for dialog in dialogs:
        dialog.reject()


def test_what_was_not_confirmed_is_handed_on(cabinet: Cabinet) -> None:
    model = cabinet.open()
    told: list[Trouble] = []
    model.failed.connect(told.append)
    cabinet.failure = NotConfirmedError()
    cabinet.read_scan(model)
    model.keep_scan()

    cabinet.read_failure = NotConfirmedError()
    model.load()

    assert [one.kind for one in told] == [ProblemKind.NOT_CONFIRMED] * 2


def test_every_flaw_and_every_kind_of_page_has_its_words(look: Look, cabinet: Cabinet) -> None:
    language = look.language
    model = cabinet.open()
    cabinet.read_scan(model, (*GOOD, read_page(4, LOOKS[0], Payload(OTHER, "a" * 64))))
    assert model.scan.found is not None
    page = model.scan.found.pages[0]

    said = [flaw_message(one, language).title for one in ScanFlaw]
    said += [news_message(one, language).title for one in News]
    said += [file_message(one, language).title for one in FileFlaw]
    said += [page_words(replace(page, fit=one), language).title for one in Fit]

    assert all(said)


def test_others_changes_are_read_again_and_ones_own_are_read_once(cabinet: Cabinet) -> None:
    model = cabinet.open()
    cabinet.signers = tuple(replace(one, status=SignerStatus.WAITING) for one in SIGNERS)

    model.refresh(Changes(meetings=True), model)
    assert model.signers == SIGNERS
    model.refresh(Changes(drafts=True))
    assert model.signers == SIGNERS
    model.refresh(Changes(meetings=True))

    assert {one.status for one in model.signers} == {SignerStatus.WAITING}
