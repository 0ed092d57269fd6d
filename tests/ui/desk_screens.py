"""The screens of an open vault in the states worth walking through."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tests.pictures import plain_picture
from tests.ui.overviews import ROW, directory_view, make_overview
from tests.ui.plain import NOW, DraftBox, make_services
from tests.ui.screens import Screen
from trygga_desktop.domain.case import CaseList, CaseRow, Phase
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import DamagedVaultError, NoAccessError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Recipient,
    Stage,
)
from trygga_desktop.services.accounts import ChangePassphrase
from trygga_desktop.services.audience import Shown, ShownItem, show_room
from trygga_desktop.services.case_files import CaseFile, FactKind, ShownFact
from trygga_desktop.services.cases import OpenCase, SimilarBy, SimilarCase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.reminders import CaseReminder
from trygga_desktop.services.seals import SealOfVault
from trygga_desktop.services.vault import Me, Notice, NoticeKind
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.phrases import PhraseBook, given_phrases
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.preferences.arms import ArmsModel
from trygga_desktop.ui.screens.preferences.naming import NamingModel
from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.screens.preferences.view_model import PreferencesViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.widgets.desk_frame import WIDE, DeskFrame
from trygga_desktop.ui.widgets.rail import Rail, RailItem

ME = Me(
    id=UUID(int=1),
    login="ke",
    name="Karin Ek",
    roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
)
CONTROLLER, SUBJECT = UUID(int=90), UUID(int=91)
LISTENER = Recipient(id=ME.id, organisation_id=CONTROLLER, barred=False, acknowledged=True)
GIVEN = Circumstances(
    on=date(2026, 11, 26),
    controller_id=CONTROLLER,
    subject_id=SUBJECT,
    subject_age=17,
    categories=frozenset({"schooling"}),
    chain=ChainStanding.HOLDS,
    confirmation=Confirmation.CONFIRMED,
    stage=Stage.NAMED,
    closed_by=None,
)
AUDITOR = Me(id=UUID(int=2), login="at", name="Anders Tun", roles=frozenset({Role.AUDITOR}))

CASES = (
    ROW,
    CaseRow(
        id=UUID(int=12),
        case_number="DEMO-2026-002",
        title="Maja Provberg",
        protected=False,
        age=14,
        phase=Phase.CLOSED,
        opened_on=date(2026, 4, 14),
    ),
    CaseRow(
        id=UUID(int=13),
        case_number="DEMO-2026-003",
        title="NORD-7",
        protected=True,
        age=None,
        phase=Phase.PLAN_MEETING,
        opened_on=date(2026, 1, 12),
    ),
)
"""The three fictional cases of the domain notes."""


FACTS = {
    FactKind.NAME: "Elias Demosson",
    FactKind.NUMBER: "20090514-2394",
    FactKind.BIRTH_DATE: "2009-05-14",
}
GUARDED_FACTS = {
    FactKind.NAME: "Viktor Testman",
    FactKind.ALIAS: "NORD-7",
    FactKind.NUMBER: "19990218-2394",
    FactKind.PROTECTION: Protection.PROTECTED_REGISTRATION,
}


RIGHT = {
    FormField.GIVEN_NAME: "Elias",
    FormField.FAMILY_NAME: "Demosson",
    FormField.NUMBER: "20090514-2394",
}
WRONG = {**RIGHT, FormField.NUMBER: "20090514-2395"}
TWO_PEOPLE = {**RIGHT, FormField.NUMBER: "121212-1212"}
SIMILAR = SimilarCase(id=UUID(int=11), case_number="DEMO-2026-001", same=SimilarBy.NUMBER)


def case_row(
    number: int,
    title: str,
    *,
    phase: Phase = Phase.MAPPING,
    opened_on: date = date(2026, 3, 2),
) -> CaseRow:
    """Return a case with this title."""
    return CaseRow(
        id=UUID(int=100 + number),
        case_number=f"T-{number}",
        title=title,
        protected=False,
        age=16,
        phase=phase,
        opened_on=opened_on,
    )


def make_home_model(  # noqa: PLR0913  all but one have a default
    rows: Sequence[CaseRow] = CASES,
    *,
    look: Look,
    left_out: int = 0,
    notices: Sequence[Notice] = (),
    me: Me = ME,
    error: Exception | None = None,
    reminders: Sequence[CaseReminder] = (),
    drafts: Sequence[Draft] = (),
    goes_on_from: date | None = None,
) -> HomeViewModel:
    """Return a home screen that has loaded these cases."""

    def list_cases() -> Done[CaseList]:
        if error is not None:
            raise error
        return Done(CaseList(rows=tuple(rows), left_out=left_out, goes_on_from=goes_on_from))

    model = HomeViewModel(
        me=me,
        notices=notices,
        list_cases=list_cases,
        read_reminders=lambda: Done(tuple(reminders)),
        runner=InlineRunner(),
        language=look.language,
        now=lambda: NOW,
        drafts=make_drafts(drafts),
    )
    model.load()
    return model


def make_drafts(drafts: Sequence[Draft] = ()) -> DraftUses:
    """Return use cases for drafts that find these, and keep others in memory."""
    return DraftBox(drafts).uses


def shown_item(text: str, *, day: date = date(2026, 11, 26), number: int = 0) -> ShownItem:
    """Return an item as the door lets it through: to those who told it."""
    item = Item(
        id=UUID(int=1000 + number),
        case_id=CASES[0].id,
        kind=ItemKind.NOTE,
        part=Part.CASE,
        author_id=ME.id,
        origin_id=CONTROLLER,
        category="schooling",
        about=frozenset({SUBJECT}),
        reporter_ids=frozenset(),
        known_on=day,
        text=text,
    )
    (shown,) = show_room([item], [LISTENER], given=GIVEN).items
    return shown


def case_file(
    row: CaseRow = CASES[0],
    facts: Mapping[FactKind, str] = FACTS,
    *,
    notes: Sequence[str] = (),
    guarded_readable: bool = True,
    left_out: int = 0,
) -> CaseFile:
    """Return a case as its operator may see it."""
    return CaseFile(
        row=row,
        registry_number="DEMO 2026-17",
        facts=tuple(
            ShownFact(
                kind=kind,
                item=shown_item(text),
                born=PartialDate(2009, 5, 14) if kind is FactKind.BIRTH_DATE else None,
            )
            for kind, text in facts.items()
        ),
        guarded_readable=guarded_readable,
        items=Shown(items=(), hidden=()),
        notes=tuple(shown_item(text, number=number) for number, text in enumerate(notes)),
        left_out=left_out,
    )


def make_case_model(
    file: CaseFile | None = None, *, error: Exception | None = None, screens: int = 1
) -> CaseViewModel:
    """Return a case that has been read."""
    found = case_file() if file is None else file

    def read_case(_: UUID) -> Done[CaseFile]:
        if error is not None:
            raise error
        return Done(found)

    model = CaseViewModel(
        found.row.id,
        read_case=read_case,
        read_overview=lambda _: Done(make_overview()),
        change_phase=lambda _: Done(None, Changes(cases=True)),
        change_stage=lambda _: Done(None, Changes(cases=True)),
        record_contact=lambda _: Done(None, Changes(cases=True)),
        write_note=lambda _: Done(UUID(int=5), Changes(items=True)),
        drafts=make_drafts(),
        screen_count=lambda: screens,
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    return model


def make_form_model(
    texts: Mapping[FormField, str] | None = None,
    *,
    similar: Sequence[SimilarCase] = (),
    error: Exception | None = None,
    test_numbers: frozenset[str] = frozenset(),
    drafts: DraftUses | None = None,
) -> NewCaseViewModel:
    """Return the form for a new case with these texts typed, one field after the other."""

    def open_case(_: OpenCase) -> Done[UUID]:
        if error is not None:
            raise error
        return Done(UUID(int=77), Changes(cases=True))

    model = NewCaseViewModel(
        open_case=open_case,
        find_similar=lambda _: Done(tuple(similar)),
        read_directory=lambda: Done(directory_view()),
        drafts=drafts or make_drafts(),
        runner=InlineRunner(),
        now=lambda: NOW,
        test_numbers=lambda: test_numbers,
    )
    model.load()
    for field, text in (texts or {}).items():
        model.type(field, text)
        model.leave_field(field)
    return model


def make_preferences_model(
    *,
    error: Exception | None = None,
    screens: int = 1,
    theme: ThemeName = ThemeName.SYSTEM,
) -> PreferencesViewModel:
    """Return the settings of Karin Ek."""

    def change_passphrase(_: ChangePassphrase) -> Done[None]:
        if error is not None:
            raise error
        return Done(None)

    book = PhraseBook(DraftBox().uses, InlineRunner(), now=lambda: NOW, given=given_phrases("sv"))
    model = PreferencesViewModel(
        services=make_services(screen_count=lambda: screens),
        me=ME,
        municipality=lambda: "Exempelstad",
        change_passphrase=change_passphrase,
        runner=InlineRunner(),
        theme=lambda: theme,
        arms=ArmsModel(arms=plain_picture, change_arms=lambda _: Done(None), runner=InlineRunner()),
        seal=SealModel(
            make_seal=new_seal,
            seal=lambda: new_seal().value.fingerprint,
            compose_sheet=lambda _: b"",
            runner=InlineRunner(),
        ),
        phrases=book,
        naming=NamingModel(
            municipality=lambda: "Exempelstad",
            change_municipality=lambda _: Done(None),
            drafts=DraftBox().uses,
            runner=InlineRunner(),
            now=lambda: NOW,
        ),
    )
    # It outlives the page in the program, and is found with it here.
    book.setParent(model)
    return model


def new_seal() -> Done[SealOfVault]:
    """Return a seal as the use case does that makes it."""
    words = "kastanj vinge torsdag paraply sadel vante"
    return Done(SealOfVault(fingerprint="0" * 64, words=words, number=2), Changes(settings=True))


def _new_seal(look: Look) -> QWidget:
    model = make_preferences_model()
    screen = _preferences(look, model)
    if model.seal is not None:
        model.seal.ask()
    return screen


def desk_frame(look: Look, view: QWidget, model: QObject, room: str = "home") -> QWidget:
    """Return the frame of the desk around a view."""
    _ = look.language.gettext
    rail = Rail(
        look,
        rooms=[RailItem("home", "house", _("Home"))],
        actions=[
            RailItem("settings", "settings", _("Settings")),
            RailItem("lock", "lock-keyhole", _("Lock now"), "Ctrl+L"),
        ],
        current=room,
        initials="KE",
        name="Karin Ek",
        wide=look.effective(1366) >= WIDE,
    )
    frame = DeskFrame(look, rail=rail, page=view)
    model.setParent(frame)
    return frame


def _home(  # noqa: PLR0913  all but one have a default
    look: Look,
    rows: Sequence[CaseRow] = CASES,
    *,
    left_out: int = 0,
    notices: Sequence[Notice] = (),
    me: Me = ME,
    error: Exception | None = None,
    words: str = "",
    drafts: Sequence[Draft] = (),
    asks: bool = False,
) -> QWidget:
    model = make_home_model(
        rows, look=look, left_out=left_out, notices=notices, me=me, error=error, drafts=drafts
    )
    model.asks_to_throw = asks
    model.set_filter(words)
    return desk_frame(look, HomeView(model, look), model)


def _case(look: Look, model: CaseViewModel, note: str = "") -> QWidget:
    model.type_note(note)
    return desk_frame(look, CaseView(model, look), model)


def _form(look: Look, model: NewCaseViewModel) -> QWidget:
    return desk_frame(look, NewCaseView(model, look), model)


def _protected_form() -> NewCaseViewModel:
    model = make_form_model(
        {
            FormField.GIVEN_NAME: "Viktor",
            FormField.FAMILY_NAME: "Testman",
            FormField.NUMBER: "19990218-2394",
            FormField.ALIAS: "NORD-7",
        }
    )
    model.protect(Protection.FICTITIOUS_IDENTITY)
    return model


def _discarding_form() -> NewCaseViewModel:
    model = make_form_model(WRONG, similar=[SIMILAR])
    model.leave()
    model.ask_to_discard(asks=True)
    return model


def _preferences(look: Look, model: PreferencesViewModel, *, ways: int = 0) -> QWidget:
    services = make_services()
    if ways:
        model.begin()
    frame = desk_frame(look, PreferencesView(model, look, services), model, "settings")
    if ways > 1:
        model.new_passphrase.choose_own()
        model.new_passphrase.type("kort fras")
    return frame


_NOTES = (
    "Ringde Sara om tiden på torsdag. Hon kommer.",
    "Elias vill börja med boxningen igen. Fråga fritid om det finns plats på tisdagar.",
)
_PROTECTED = case_file(CASES[2], GUARDED_FACTS)
_NOT_GIVEN = case_file(
    CASES[2],
    {FactKind.ALIAS: "NORD-7", FactKind.PROTECTION: Protection.PROTECTED_REGISTRATION},
    guarded_readable=False,
    left_out=1,
)

_HALF_WRITTEN = tuple(
    Draft(
        id=UUID(int=number),
        kind=kind,
        text="Ringde Sara om tiden på torsdag.",
        stored_at=NOW,
        subject_id=CASES[0].id,
        case_id=CASES[0].id,
    )
    for number, kind in enumerate((DraftKind.NOTE, DraftKind.PHASE))
)
_NOTICES = (
    Notice(kind=NoticeKind.FAILED_UNLOCKS, count=3),
    Notice(kind=NoticeKind.REPAIRED_FROM_COPY),
)

DESK_SCREENS = (
    Screen("home", _home),
    Screen("home-first-day", lambda look: _home(look, ())),
    Screen("home-many", lambda look: _home(look, [case_row(n, f"Ung {n}") for n in range(400)])),
    Screen("home-told", lambda look: _home(look, left_out=2, notices=_NOTICES)),
    Screen("home-recovered-text", lambda look: _home(look, drafts=_HALF_WRITTEN[:1])),
    Screen("home-recovered-texts", lambda look: _home(look, drafts=_HALF_WRITTEN)),
    Screen("home-throwing-away", lambda look: _home(look, drafts=_HALF_WRITTEN[:1], asks=True)),
    Screen("home-nothing-found", lambda look: _home(look, words="zebra")),
    Screen("home-failed", lambda look: _home(look, error=DamagedVaultError())),
    Screen("home-not-allowed", lambda look: _home(look, me=AUDITOR)),
    Screen(
        "case",
        lambda look: _case(look, make_case_model(case_file(notes=_NOTES)), "Skolan ringde."),
    ),
    Screen("case-protected", lambda look: _case(look, make_case_model(_PROTECTED))),
    Screen(
        "case-protected-two-screens",
        lambda look: _case(look, make_case_model(_PROTECTED, screens=2)),
    ),
    Screen("case-not-given", lambda look: _case(look, make_case_model(_NOT_GIVEN))),
    Screen("form-empty", lambda look: _form(look, make_form_model())),
    Screen("form", lambda look: _form(look, make_form_model(RIGHT))),
    Screen("form-wrong", lambda look: _form(look, make_form_model(WRONG))),
    Screen("form-century", lambda look: _form(look, make_form_model(TWO_PEOPLE))),
    Screen("form-similar", lambda look: _form(look, make_form_model(RIGHT, similar=[SIMILAR]))),
    Screen("form-discarding", lambda look: _form(look, _discarding_form())),
    Screen("form-protected", lambda look: _form(look, _protected_form())),
    Screen("preferences-seal", _new_seal),
    Screen("preferences", lambda look: _preferences(look, make_preferences_model())),
    Screen(
        "preferences-passphrase", lambda look: _preferences(look, make_preferences_model(), ways=1)
    ),
    Screen("preferences-own", lambda look: _preferences(look, make_preferences_model(), ways=2)),
    Screen("case-failed", lambda look: _case(look, make_case_model(error=NoAccessError()))),
)
