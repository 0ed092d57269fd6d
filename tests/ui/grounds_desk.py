"""Other legal grounds on the desk, without a vault: Elias Demosson of the domain notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import (
    CASE,
    DIRECTORY,
    ELIAS,
    FAMILY,
    ORGANISATIONS,
    POLICE,
    PSYCHIATRY,
    SCHOOL,
    SOCIAL,
    TODAY,
    catalogue,
)
from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.ground_use import GroundAnswer, GroundUse
from trygga_desktop.domain.grounds import LegalGround, Mode
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Recipient,
    Stage,
)
from trygga_desktop.services.audience import show_room
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import ChangeTerms
from trygga_desktop.services.grounds import CaseGrounds, RecordedGround, UseGround
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.screens.grounds.form import Said, TextField
from trygga_desktop.ui.screens.grounds.view import GroundsView
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

ABSENCE, SLEEP, FRIENDS, AT_NIGHT = (UUID(int=number) for number in range(601, 605))
HOLDS, OVER, LIFTED, FLAWED = (UUID(int=number) for number in range(701, 705))
CARE = "care_and_social_under_18"
UNVERIFIED = "youth_crime_prevention_2025"
FAMILY_KNOWN = (replace(FAMILY[0], born=PartialDate(2009, 5, 14)), *FAMILY[1:])


def entry(
    number: UUID, text: str, *, origin: UUID, category: str, known_on: date = date(2026, 9, 17)
) -> ShownEntry:
    """Return something that was written down, as whoever told it may see it."""
    item = Item(
        id=number,
        case_id=CASE,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=UUID(int=1),
        origin_id=origin,
        category=category,
        about=frozenset({ELIAS}),
        reporter_ids=frozenset(),
        known_on=known_on,
        text=text,
    )
    listener = Recipient(id=UUID(int=1), organisation_id=origin, barred=False, acknowledged=True)
    given = Circumstances(
        on=TODAY,
        controller_id=SOCIAL,
        subject_id=ELIAS,
        subject_age=17,
        organisations=frozenset(one.id for one in ORGANISATIONS),
        categories=frozenset(one.code for one in catalogue().categories),
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
        stage=Stage.NAMED,
        closed_by=None,
    )
    (shown,) = show_room([item], [listener], given=given).items
    return ShownEntry(item=shown, who="", kind_of_who="")


ENTRIES = (
    entry(ABSENCE, "Frånvaron var 42 procent i januari.", origin=SCHOOL, category="schooling"),
    entry(
        SLEEP,
        "Elias sover dåligt och är orolig på kvällarna sedan bråket i oktober.",
        origin=SOCIAL,
        category="health",
        known_on=date(2026, 11, 12),
    ),
    entry(FRIENDS, "Umgås mest med äldre kamrater.", origin=SOCIAL, category="network"),
    entry(
        AT_NIGHT,
        "Har setts vid centrum sent på nätterna med personer som polisen känner till.",
        origin=SOCIAL,
        category="network",
        known_on=date(2026, 11, 20),
    ),
)


def used(
    use_id: UUID,
    *,
    on: date,
    until: date,
    flaw: Reason | None = None,
    lifted_on: date | None = None,
) -> RecordedGround:
    """Return a decision that was recorded: what Elias sleeps like may be told to BUP."""
    use = GroundUse(
        id=use_id,
        ground=CARE,
        giver=SOCIAL,
        category="health",
        items=frozenset({SLEEP}),
        recipients=frozenset({PSYCHIATRY}),
        answers=(
            GroundAnswer(condition="group", holds=True),
            GroundAnswer(condition="needed", words="Sömnen behöver bedömas innan årsskiftet."),
        ),
        decided_by="Maja Lund, enhetschef",
        motive="BUP kan inte planera samtalen utan att veta hur nätterna är.",
        until=until,
    )
    return RecordedGround(on=on, use=use, flaw=flaw, lifted_on=lifted_on)


STILL_HOLDS = used(HOLDS, on=date(2026, 11, 16), until=date(2026, 12, 31))
DECISIONS = (
    STILL_HOLDS,
    replace(
        used(FLAWED, on=date(2026, 11, 2), until=date(2027, 1, 31), flaw=Reason.GROUND_INCOMPLETE),
        use=replace(STILL_HOLDS.use, id=FLAWED, ground="harm_test", items=frozenset({UUID(int=9)})),
    ),
    used(LIFTED, on=date(2026, 10, 5), until=date(2026, 12, 1), lifted_on=date(2026, 10, 20)),
    used(OVER, on=date(2026, 9, 17), until=date(2026, 10, 1)),
)


def grounds_of(rules: Catalogue) -> tuple[LegalGround, ...]:
    """Return the grounds in force today."""
    return tuple(
        one
        for one in rules.legal_grounds
        if one.mode is not Mode.CONSENT and one.can_be_used_on(TODAY)
    )


@dataclass(slots=True)
class Drawer:
    """Stands for the vault: keeps what is decided and drafted, and fails when told to."""

    used: Sequence[RecordedGround] = ()
    entries: Sequence[ShownEntry] = ENTRIES
    people: tuple[ShownParty, ...] = FAMILY_KNOWN
    rules: Catalogue = field(default_factory=catalogue)
    chain: ChainStanding = ChainStanding.HOLDS
    confirmation: Confirmation = Confirmation.CONFIRMED
    drafts: DraftBox = field(default_factory=DraftBox)
    recorded: list[UseGround] = field(default_factory=list)
    terms: list[ChangeTerms] = field(default_factory=list)
    failure: Exception | None = None
    read_failure: Exception | None = None
    reads: int = 0
    screens: int = 1
    now: datetime = NOW

    def read(self, _: UUID) -> Done[CaseGrounds]:
        """Return what was decided and what there is to tell, or fail."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        found = CaseGrounds(
            row=CASES[0],
            used=tuple(self.used),
            items=tuple(self.entries),
            people=self.people,
            organisations=ORGANISATIONS,
            grounds=grounds_of(self.rules),
            chain=self.chain,
            confirmation=self.confirmation,
            directory=DIRECTORY,
            catalogue=self.rules,
            today=TODAY,
        )
        return Done(found)

    def use(self, command: UseGround) -> Done[UUID]:
        """Keep a decision, or fail."""
        self._fail_if_told()
        self.recorded.append(command)
        return Done(UUID(int=710), Changes(consents=True))

    def change_terms(self, command: ChangeTerms) -> Done[None]:
        """Remember what was lifted, or fail."""
        self._fail_if_told()
        self.terms.append(command)
        return Done(None, Changes(consents=True))

    def open(
        self,
        runner: TaskRunner | None = None,
        *,
        may_confirm: bool = False,
        is_writing: bool = False,
    ) -> GroundsViewModel:
        """Return the page, loaded."""
        numbers = count(800)
        model = GroundsViewModel(
            CASE,
            read_grounds=self.read,
            use_ground=self.use,
            change_terms=self.change_terms,
            may_confirm=may_confirm,
            drafts=self.drafts.uses,
            screen_count=lambda: self.screens,
            runner=runner or InlineRunner(),
            now=lambda: self.now,
            is_writing=is_writing,
            new_id=lambda: UUID(int=next(numbers)),
        )
        model.load()
        return model

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure


def choose_care(model: GroundsViewModel) -> None:
    """Choose that BUP is told how Elias sleeps, between care and social services."""
    model.begin()
    model.choose_giver(SOCIAL)
    model.choose_category("health")
    model.tick_item(SLEEP, is_told=True)
    model.tick_recipient(PSYCHIATRY, is_told=True)
    model.choose_ground(CARE)


def fill_in(model: GroundsViewModel) -> None:
    """Fill in everything that BUP may be told how Elias sleeps."""
    choose_care(model)
    answer(model, "needed", "Sömnen behöver bedömas innan årsskiftet.")
    model.type(TextField.MOTIVE, "BUP kan inte planera samtalen utan att veta hur nätterna är.")
    model.type(TextField.DECIDED_BY, "Maja Lund, enhetschef")
    model.type(TextField.UNTIL, "2026-12-31")
    model.replaced.emit()


def answer(model: GroundsViewModel, code: str, given: Said | str) -> None:
    """Answer one question of the chosen ground."""
    assert model.ground is not None
    (condition,) = [one for one in model.ground.conditions if one.code == code]
    if isinstance(given, Said):
        model.answer(condition, given)
    else:
        model.answer_in_words(condition, given)


def in_frame(look: Look, model: GroundsViewModel) -> QWidget:
    """Return the frame of the desk around this state of the page."""
    return desk_frame(look, GroundsView(model, look), model)


def shown(look: Look) -> QWidget:
    """Four decisions: one holds, one never did, one was taken back, one is over."""
    model = Drawer(DECISIONS).open()
    model.show_answers(HOLDS, shown=True)
    return in_frame(look, model)


def shown_empty(look: Look) -> QWidget:
    """Nothing has been told without consent."""
    return in_frame(look, Drawer().open())


def shown_lifting(look: Look) -> QWidget:
    """Whether a decision holds no more is asked; another one is begun."""
    model = Drawer(DECISIONS).open()
    choose_care(model)
    model.stop()
    model.ask_to_lift(HOLDS)
    return in_frame(look, model)


def shown_form(look: Look) -> QWidget:
    """Nothing is filled in yet."""
    model = Drawer().open()
    model.begin()
    return in_frame(look, model)


def shown_filled(look: Look) -> QWidget:
    """Everything is filled in."""
    model = Drawer().open()
    fill_in(model)
    return in_frame(look, model)


def shown_unverified(look: Look) -> QWidget:
    """A ground whose text nobody has confirmed, and somebody who does not know."""
    model = Drawer().open(may_confirm=True)
    model.begin()
    model.choose_giver(SOCIAL)
    model.choose_category("network")
    model.tick_item(AT_NIGHT, is_told=True)
    model.tick_recipient(POLICE, is_told=True)
    model.choose_ground(UNVERIFIED)
    answer(model, "text_checked", Said.UNKNOWN)
    model.type(TextField.UNTIL, "2026-11-01")
    return in_frame(look, model)


def shown_broken(look: Look) -> QWidget:
    """Nothing can be recorded: the chain of consents is broken."""
    return in_frame(look, Drawer(DECISIONS[:1], chain=ChainStanding.BROKEN).open())


def shown_two_screens(look: Look) -> QWidget:
    """A second screen is connected."""
    return in_frame(look, Drawer(DECISIONS, screens=2).open())


SCREENS = (
    ("grounds", shown),
    ("grounds-empty", shown_empty),
    ("grounds-lifting", shown_lifting),
    ("grounds-form", shown_form),
    ("grounds-filled", shown_filled),
    ("grounds-unverified", shown_unverified),
    ("grounds-broken", shown_broken),
    ("grounds-two-screens", shown_two_screens),
)
"""Every state worth walking through, each by a name."""
