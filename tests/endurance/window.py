"""Types canaries at the window of the wired program, throws them away, prints and saves."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

# Before Qt is imported: nothing here needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tests.conftest import MadeVault
from tests.endurance.planting import Planter
from tests.ui.crawling import WAYS, Crawler, enter, print_protocol, save_protocol
from tests.ui.editors import editors_of
from trygga_desktop.app import usual_surroundings
from trygga_desktop.paths import shipped
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.kept.view_model import KeptViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import UncopiedInput

Act = Callable[[Crawler], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a user leaves on the computer without having exported it.

    `copied` is what the program itself put on the clipboard, each time; `thrown` texts were typed,
    and `typed` names the fields that took one.
    """

    copied: tuple[str, ...]
    log: Path
    thrown: int
    typed: frozenset[str]


FORMS: tuple[tuple[Act, Act], ...] = (
    (WAYS["people"], lambda on: on.current(PeopleViewModel).begin_relative()),
    (WAYS["directory"], lambda on: on.current(DirectoryViewModel).begin_organisation()),
    (WAYS["directory"], lambda on: on.current(DirectoryViewModel).begin_contact()),
    (WAYS["consents"], lambda on: on.current(ConsentsViewModel).begin_withdrawal()),
    (WAYS["consents"], lambda on: on.current(ConsentsViewModel).begin_request()),
    (WAYS["consents"], lambda on: on.current(ConsentsViewModel).begin_exception()),
    (WAYS["grounds"], lambda on: on.current(GroundsViewModel).begin()),
    (WAYS["meeting"], lambda on: on.current(MeetingViewModel).ask_to_invite(asks=True)),
)
"""Forms that are opened on a screen: how to get there, and how to begin one."""


def field_of(editor: QWidget) -> str:
    """Return which field it is. The lines of a sheet are numbered, and any of them will do."""
    return editor.objectName().rstrip(" 0123456789")


TYPED = frozenset(
    {
        "alias",
        "no_identity/few",
        "not_raised",
        "letter",
        "control code",
        "answer",
        "approved_by",
        "assessment",
        "birth_date",
        "capture text",
        "case_number",
        "day",
        "decided_by",
        "email",
        "family_name",
        "filter",
        "given_name",
        "guest name",
        "minutes",
        "motive",
        "municipality",
        "name",
        "name of a guest",
        "note",
        "number",
        "on",
        "phone",
        "phrases",
        "place",
        "protection text",
        "raised_on",
        "registry_number",
        "relation",
        "responsible",
        "search",
        "since",
        "text",
        "time",
        "title",
        "until",
        "why",
        "words",
    }
)
"""The fields that take a canary here, by their names."""

AFTER_A_CHOICE = frozenset(
    {
        "number",
        "on",
        "to",
        "who",
        "own_agency",
        "phase words",
        "stage words",
        "search directory",
        "function",
        "weighed",
        "why in own words",
        "words of ExclusionCard",
        "words of LimitCard",
        "signed_on",
        "valid_from",
        "valid_to",
        "facts_since",
        "language",
        "interpreter",
        "form_version",
        "understanding",
        "identified_by",
        "maturity",
        "paper",
        "words needed",
        "words risk",
        "words helps",
        "words unsuitable",
        "confirmed_by",
        "confirmed_on",
        "confirmed_source",
        "due",
        "day of the next meeting",
        "time of the next meeting",
        "place of the next meeting",
        "concerns",
        "teller",
        "title of an item",
        "called",
        "fingerprint on paper",
        "code of a page",
        "reason",
        "fingerprint read aloud",
        "area words",
        "ending words",
        "evidence",
        "left open",
        "look",
        "undertaking",
        "plan words",
        "plan sign",
        "plan own part",
        "plan due",
        "plan follow up",
        "plan used on",
        "plan used by",
        "plan kept at",
        "plan evidence",
        "became evidence",
        "became happened_on",
        "became new_due",
        "completing due",
    }
)
"""Fields that appear once something was chosen; the use case behind each has a canary in them."""

NO_TEXT = frozenset({"day looked at", "day signed", "own day signed", "panel day"})
"""Fields that take no more letters than a day has."""

SECRET = frozenset({"old passphrase", "passphrase", "passphrase again"})
"""Fields of what has to be what it is, and is searched for as it is."""


def work_at_window(made: MadeVault, planter: Planter, exported: Path) -> Seen:
    """Go through every screen with canaries typed into it, and end with an unforeseen error.

    `exported` takes what is printed and saved. Its home is that of the process.
    """
    given = replace(usual_surroundings(), now=made.environment.now)
    assert given.log_file is not None
    application = build_application(["trygga"], shipped("resources"))
    settings = SettingsFile(given.settings_folder / "view.ini")
    appearance = Appearance(application, settings, shipped("resources") / "icons")
    on = enter(made.open(), appearance, given, exported)
    appearance.larger_text()
    for go in WAYS.values():
        go(on)
        application.processEvents()
    typed = _type_everywhere(on, planter)
    thrown = _throw_half(on)
    on.rooms.go_home()
    on.current(HomeViewModel).set_filter(planter.canary())
    WAYS["protocol"](on)
    save_protocol(on)
    print_protocol(on)
    copied = (_ask_whether_told(on), _copy_report(on, planter))
    on.window.close()
    return Seen(copied=copied, log=given.log_file, thrown=thrown, typed=typed)


def _type_everywhere(on: Crawler, planter: Planter) -> frozenset[str]:
    """Type into each field of each screen and form, and leave it half written; return which."""
    typed = set[str]()
    for go, begin in (*((go, _begin_nothing) for go in WAYS.values()), *FORMS):
        go(on)
        QApplication.processEvents()
        begin(on)
        QApplication.processEvents()
        for editor in editors_of(on.window):
            if isinstance(editor, UncopiedInput):
                # A secret has to be what it is, and is planted as one.
                continue
            canary = planter.canary()
            editor.selectAll()
            QTest.keyClicks(editor, canary)
            held = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()
            if canary in held:
                typed.add(field_of(editor))
        on.rooms.leave()
    return frozenset(typed)


def _begin_nothing(_: Crawler) -> None:
    """Open no form: the screen has its own fields."""


def _ask_whether_told(on: Crawler) -> str:
    """Ask whether something may be told to those of a meeting; return what the answer copies."""
    WAYS["question"](on)
    model = on.current(QuestionViewModel)
    assert model.found is not None
    model.ask_about(model.found.items[0].item.id)
    model.choose_hearing(len(model.hearings) - 1)
    QGuiApplication.clipboard().clear()
    _click(on, "copy the answer")
    if not model.has_copied:
        # What shows a situation asks once more.
        _click(on, "copy the answer")
    return QGuiApplication.clipboard().text()


def _copy_report(on: Crawler, planter: Planter) -> str:
    """Meet an error that nobody foresaw; return what its report copies."""
    QGuiApplication.clipboard().clear()
    on.rooms.close_and_tell(read_error(RuntimeError(planter.canary())))
    for name in ("show report", "copy report"):
        _click(on, name)
    return QGuiApplication.clipboard().text()


def _click(on: Crawler, name: str) -> None:
    button = on.window.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()


def _throw_half(on: Crawler) -> int:
    """Throw every other text away; return how many."""
    WAYS["kept"](on)
    model = on.current(KeptViewModel)
    thrown = list(model.unrecorded)[::2]
    for one in thrown:
        model.show_text(one.id)
        model.throw_away(one)
    return len(thrown)
