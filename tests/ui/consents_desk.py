"""The consents of a case on the desk, without a vault: Elias Demosson of the domain notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import (
    Barred,
    ConsentEvent,
    Excepted,
    Excluded,
    Given,
    Happening,
    Limited,
    Opinion,
    Requested,
    View,
    Way,
    Withdrawn,
    state_on,
)
from trygga_desktop.domain.directory import Directory, NameSince, Organisation
from trygga_desktop.domain.matrix import read_matrix
from trygga_desktop.domain.parties import Custody, Party, PartyRole, guardians_on
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation, Stage
from trygga_desktop.domain.signing import read_signing
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import (
    ChangeTerms,
    ConsentView,
    RecordBar,
    RecordOpinion,
    WithdrawConsent,
)
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.signers import RecordException, RequestConsent
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.screens.consents.forms import OpinionForm
from trygga_desktop.ui.screens.consents.keeping_forms import KeptForm
from trygga_desktop.ui.screens.consents.signing_forms import ExceptionForm, SigningField
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

CASE = CASES[0].id
ELIAS, SARA, JOHAN = UUID(int=91), UUID(int=92), UUID(int=93)
SOCIAL, SCHOOL, LEISURE, POLICE, PSYCHIATRY, HEALTH = (
    UUID(int=90),
    *(UUID(int=number) for number in range(301, 306)),
)
SIGNERS = frozenset({ELIAS, SARA, JOHAN})
SINCE = date(2026, 2, 3)
TODAY = date(2026, 11, 26)
FIRST, SECOND = date(2026, 2, 12), date(2026, 9, 3)
EXCLUSION, LIMIT, EXCEPTION = (UUID(int=number) for number in (401, 402, 403))
LONG_AGO = date(1900, 1, 1)

BASIC = ("contact", "network", "leisure", "plan", "own_words")
SCHOOL_TOO = (*BASIC, "schooling")
EVERYTHING = (*SCHOOL_TOO, "family", "livelihood", "health", "substance", "offence", "protection")
RECEIVES = {
    SOCIAL: EVERYTHING,
    SCHOOL: (*SCHOOL_TOO, "health"),
    LEISURE: SCHOOL_TOO,
    POLICE: ("contact", "network", "offence", "protection", "plan", "own_words", "schooling"),
}
GIVES = {
    SOCIAL: EVERYTHING,
    SCHOOL: ("contact", "schooling", "health", "network", "offence", "plan"),
    LEISURE: ("contact", "network", "leisure", "plan"),
    POLICE: ("contact", "network", "offence", "protection", "plan"),
}


@cache
def catalogue() -> Catalogue:
    """Return the rules and words that ship with the program."""
    return load_catalogue(shipped("resources") / "catalogue")[0]


def reasons_toml() -> str:
    """Return the sentences of the decision that ship with the program."""
    return (shipped("resources") / "catalogue" / "reasons.toml").read_text(encoding="utf-8")


def organisation(number: UUID, kind: str, name: str) -> Organisation:
    """Return an organisation of the directory."""
    return Organisation(id=number, kind=kind, names=(NameSince(name=name, since=LONG_AGO),))


ORGANISATIONS = (
    organisation(SOCIAL, "social_services", "Socialtjänsten i Exempelstad"),
    organisation(SCHOOL, "school", "Provskolan"),
    organisation(LEISURE, "leisure", "Fritid Exempelstad"),
    organisation(POLICE, "police", "Polisen Exempelstad"),
    organisation(PSYCHIATRY, "child_psychiatry", "BUP Exempelstad"),
)
DIRECTORY = Directory(
    organisations=(*ORGANISATIONS, organisation(HEALTH, "health_care", "Vårdcentralen Provet"))
)


def somebody(
    person: UUID, name: str, role: PartyRole = PartyRole.GUARDIAN, *, signs: bool = True
) -> ShownParty:
    """Return somebody of the family."""
    custody = Custody.JOINT if role is PartyRole.GUARDIAN else Custody.NONE
    return ShownParty(
        party=Party(id=person, role=role, since=SINCE, custody=custody),
        name=name,
        told_apart="",
        is_signer=signs,
    )


FAMILY = (
    somebody(ELIAS, "Elias Demosson", PartyRole.SUBJECT_PERSON),
    somebody(SARA, "Sara Demosson"),
    somebody(JOHAN, "Johan Demosson"),
)


def cells(
    receives: dict[UUID, tuple[str, ...]], gives: dict[UUID, tuple[str, ...]]
) -> frozenset[Cell]:
    """Return the ticked cells of a paper."""
    both = ((receives, Direction.RECEIVE), (gives, Direction.GIVE))
    return frozenset(
        Cell(organisation_id=one, category=category, direction=direction)
        for table, direction in both
        for one, categories in table.items()
        for category in categories
    )


def given(
    signer: UUID,
    ticked: frozenset[Cell],
    *,
    on: date = SECOND,
    until: date = date(2027, 2, 28),
    answer: Answer = Answer.GIVEN,
) -> Given:
    """Return a signer's answer on a paper."""
    return Given(
        signer=signer,
        answer=answer,
        on=on,
        valid_from=on,
        valid_to=until,
        cells=ticked if answer is Answer.GIVEN else frozenset(),
        own_information=OwnInformation.NONE,
        way=Way.PAPER,
    )


def story() -> tuple[Happening, ...]:
    """Return what happened in the case of Elias: two papers, an exclusion, a limit."""
    psychiatry = {PSYCHIATRY: (*BASIC, "health")}
    first = cells(
        {one: RECEIVES[one] for one in (SOCIAL, SCHOOL, LEISURE)} | psychiatry,
        {one: GIVES[one] for one in (SOCIAL, SCHOOL, LEISURE)} | {PSYCHIATRY: ("health", "plan")},
    )
    second = cells(RECEIVES, GIVES)
    not_school = Cell(organisation_id=POLICE, category="schooling", direction=Direction.RECEIVE)
    limited = Cell(organisation_id=SCHOOL, category="network", direction=Direction.RECEIVE)
    end = date(2026, 8, 31)
    return (
        *(given(one, first, on=FIRST, until=end) for one in (ELIAS, SARA, JOHAN)),
        Excluded(
            id=EXCLUSION,
            on=FIRST,
            categories=frozenset({"family", "health"}),
            words="Pappas sjukdom får inte tas upp.",
            asked_by=JOHAN,
        ),
        Limited(
            id=LIMIT,
            on=FIRST,
            cell=limited,
            words="Skolan får veta att det finns en riskmiljö, men inte vilka andra som är där.",
            asked_by=ELIAS,
        ),
        given(ELIAS, second - {not_school}),
        given(SARA, second),
        given(JOHAN, second),
    )


def events(happened: Iterable[Happening]) -> tuple[ConsentEvent, ...]:
    """Return these as links of the case's chain."""
    return tuple(
        ConsentEvent(
            id=UUID(int=9000 + number),
            case_id=CASE,
            sequence=number,
            recorded_by=UUID(int=1),
            recorded_at=datetime.combine(what.on, NOW.timetz()).astimezone(UTC),
            what=what,
        )
        for number, what in enumerate(happened, start=1)
    )


def make_view(  # noqa: PLR0913  all have a default
    happened: Iterable[Happening] = (),
    *,
    on: date = TODAY,
    people: Sequence[ShownParty] = FAMILY,
    organisations: Sequence[Organisation] = ORGANISATIONS,
    signers: frozenset[UUID] = SIGNERS,
    asked: frozenset[UUID] = frozenset(),
    age: int | None = 17,
    chain: ChainStanding = ChainStanding.HOLDS,
    confirmation: Confirmation = Confirmation.CONFIRMED,
    row: CaseRow = CASES[0],
    programme: Programme | None = None,
    has_programme: bool = True,
    bars: tuple[Bar, ...] = (),
) -> ConsentView:
    """Return what these events come to on a day, as the use case answers it."""
    history = events(happened)
    state = state_on(history, on)
    rules = catalogue()
    given_circumstances = Circumstances(
        on=on,
        controller_id=SOCIAL,
        subject_id=people[0].party.id,
        subject_age=age,
        organisations=frozenset(one.id for one in organisations),
        categories=frozenset(one.code for one in rules.categories),
        chain=chain,
        confirmation=confirmation,
        stage=Stage.NAMED,
        guardians=guardians_on([one.party for one in people], on),
        required=signers,
        consents=state.consents,
        opinion_of=asked,
        opinions=state.opinions,
        unweighed=state.unweighed,
        bars=bars,
        closed_by=None,
    )
    return ConsentView(
        row=row,
        on=on,
        programme=(programme or rules.programme("sspf")) if has_programme else None,
        organisations=tuple(organisations),
        categories=rules.categories,
        people=tuple(people),
        signers=signers,
        asked=asked,
        cells=read_matrix(
            [one.id for one in organisations],
            [one.code for one in rules.categories],
            given_circumstances,
        ),
        exclusions=state.exclusions,
        limits=state.limits,
        bars=(*bars, *state.bars),
        history=history,
        chain=chain,
        confirmation=confirmation,
        directory=DIRECTORY,
        catalogue=rules,
        controller_id=SOCIAL,
        signing=read_signing(
            given_circumstances,
            state,
            history,
            programme=rules.programme("sspf"),
            opening=rules.opening_exceptions,
        ),
    )


@dataclass(slots=True)
class Papers:
    """Stands for the vault: keeps what happens to the consents, and fails when told to."""

    happened: list[Happening] = field(default_factory=lambda: list(story()))
    options: dict[str, object] = field(default_factory=dict)
    withdrawn: list[WithdrawConsent] = field(default_factory=list)
    opinions: list[RecordOpinion] = field(default_factory=list)
    terms: list[ChangeTerms] = field(default_factory=list)
    confirmed: list[UUID] = field(default_factory=list)
    requested: list[RequestConsent] = field(default_factory=list)
    exceptions: list[RecordException] = field(default_factory=list)
    kept_back: list[RecordBar] = field(default_factory=list)
    read_days: list[date | None] = field(default_factory=list)
    failure: Exception | None = None
    drafts: DraftBox = field(default_factory=DraftBox)
    read_failure: Exception | None = None

    def read(self, _: UUID, on: date | None) -> Done[ConsentView]:
        """Return what the consents come to on a day."""
        self.read_days.append(on)
        if self.read_failure is not None:
            raise self.read_failure
        return Done(make_view(self.happened, on=on or TODAY, **self.options))  # type: ignore[arg-type]  # a test knows what it gives

    def withdraw(self, command: WithdrawConsent) -> Done[None]:
        """Take back, or fail."""
        self._fail_if_told()
        self.withdrawn.append(command)
        taken = Withdrawn(signer=command.signer, on=command.on, organisations=command.organisations)
        self.happened.append(taken)
        return Done(None, Changes(consents=True))

    def record_opinion(self, command: RecordOpinion) -> Done[None]:
        """Keep an opinion, or fail."""
        self._fail_if_told()
        self.opinions.append(command)
        opinion = Opinion(
            person=command.person,
            on=command.on,
            view=command.view,
            words=command.words,
            weighed=command.weighed,
        )
        self.happened.append(opinion)
        return Done(None, Changes(consents=True))

    def change_terms(self, command: ChangeTerms) -> Done[None]:
        """Remember what was lifted, or fail."""
        self._fail_if_told()
        self.terms.append(command)
        return Done(None, Changes(consents=True))

    def request(self, command: RequestConsent) -> Done[None]:
        """Keep who was asked to sign, or fail."""
        self._fail_if_told()
        self.requested.append(command)
        self.happened.append(Requested(on=command.on, signers=command.signers))
        return Done(None, Changes(consents=True))

    def record_exception(self, command: RecordException) -> Done[UUID]:
        """Keep an exception, or fail."""
        self._fail_if_told()
        self.exceptions.append(command)
        told = Excepted(
            id=command.id or EXCEPTION,
            on=command.on,
            signer=command.signer,
            code=command.code,
            words=command.words,
            decided_by=command.decided_by,
            until=command.until,
            approved_by=command.approved_by,
        )
        self.happened.append(told)
        return Done(told.id, Changes(consents=True))

    def record_bar(self, command: RecordBar) -> Done[UUID]:
        """Keep what is kept back, or fail."""
        self._fail_if_told()
        self.kept_back.append(command)
        bar = Bar(
            id=UUID(int=450),
            reason=command.reason,
            against=command.against,
            scope=command.scope,
            categories=command.categories,
        )
        self.happened.append(Barred(on=command.on, bar=bar, words=command.words))
        return Done(bar.id, Changes(consents=True))

    def confirm(self, case_id: UUID) -> Done[None]:
        """Remember the confirmation, or fail."""
        self._fail_if_told()
        self.confirmed.append(case_id)
        self.options.pop("confirmation", None)
        return Done(None, Changes(consents=True))

    def open(
        self, runner: TaskRunner | None = None, *, resume: Place | None = None
    ) -> ConsentsViewModel:
        """Return the screen's model, loaded."""
        model = ConsentsViewModel(
            CASE,
            read_consents=self.read,
            withdraw_consent=self.withdraw,
            record_opinion=self.record_opinion,
            change_terms=self.change_terms,
            confirm_consents=self.confirm,
            request_consent=self.request,
            record_exception=self.record_exception,
            record_bar=self.record_bar,
            reasons_toml=reasons_toml(),
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            resume=resume,
        )
        model.load()
        return model

    def _fail_if_told(self) -> None:
        if self.failure is not None:
            raise self.failure


def in_frame(look: Look, model: ConsentsViewModel) -> QWidget:
    """Return the frame of the desk around this state of the screen."""
    return desk_frame(look, ConsentsView(model, look), model)


def shown(look: Look) -> QWidget:
    """The consents of Elias; the cell of the police and schooling is explained."""
    model = Papers().open()
    model.choose(POLICE, "schooling")
    return in_frame(look, model)


def shown_empty(look: Look) -> QWidget:
    """A case without any consent."""
    return in_frame(look, Papers(happened=[]).open())


def shown_withdrawal(look: Look) -> QWidget:
    """Somebody takes a part back."""
    model = Papers().open()
    model.begin_withdrawal()
    return in_frame(look, model)


def shown_opinion(look: Look) -> QWidget:
    """The opinion of a 12-year-old is missing, and is being written down."""
    options: dict[str, object] = {
        "signers": frozenset({SARA, JOHAN}),
        "asked": frozenset({ELIAS}),
        "age": 12,
    }
    model = Papers(options=options).open()
    model.begin_opinion()
    assert isinstance(model.panel, OpinionForm)
    model.panel.view = View.DISAGREES
    return in_frame(look, model)


def shown_opinions(look: Look) -> QWidget:
    """What a 12-year-old thinks is written down, and can be asked for again."""
    options: dict[str, object] = {
        "signers": frozenset({SARA, JOHAN}),
        "asked": frozenset({ELIAS}),
        "age": 12,
    }
    told = Opinion(person=ELIAS, on=SECOND, view=View.AGREES, words="Ok.")
    return in_frame(look, Papers(happened=[*story(), told], options=options).open())


def shown_restored(look: Look) -> QWidget:
    """An older file was used, and nobody has compared the consents with the papers."""
    options: dict[str, object] = {"confirmation": Confirmation.UNCONFIRMED}
    model = Papers(options=options).open()
    model.choose(SCHOOL, "network")
    return in_frame(look, model)


def excepted(**changes: Any) -> Excepted:
    """Return that Johan, who lies in hospital, need not sign; nobody has approved it yet."""
    told = Excepted(
        id=EXCEPTION,
        on=date(2026, 11, 20),
        signer=JOHAN,
        code="guardian_prevented",
        words="Ligger på sjukhus och kan inte tillfrågas.",
        decided_by="Karin Ek, samordnare",
        until=date(2027, 1, 31),
    )
    return replace(told, **changes)


def half_signed() -> list[Happening]:
    """Return a case in which Elias has signed, Sara was asked, and Johan cannot be."""
    (elias,) = [
        one
        for one in story()
        if isinstance(one, Given) and one.signer == ELIAS and one.on == SECOND
    ]
    return [elias, Requested(on=date(2026, 11, 19), signers=frozenset({SARA})), excepted()]


def shown_signing(look: Look) -> QWidget:
    """One has signed, one was asked, and an exception waits for a second person."""
    model = Papers(happened=half_signed()).open()
    return in_frame(look, model)


def shown_request(look: Look) -> QWidget:
    """It is being noted who was asked to sign."""
    model = Papers(happened=half_signed()).open()
    model.begin_request()
    return in_frame(look, model)


def shown_exception(look: Look) -> QWidget:
    """An exception for a reason that opens no sharing; the second person is the first."""
    model = Papers().open()
    model.begin_exception()
    assert isinstance(model.panel, ExceptionForm)
    model.panel.choose_signer(JOHAN)
    model.panel.choose_code("board_decision")
    model.panel.type(SigningField.DECIDED_BY, "Maja Lund, enhetschef")
    model.panel.type(SigningField.APPROVED_BY, "maja lund")
    return in_frame(look, model)


def leaving() -> Papers:
    """Return a case of the programme that needs a consent of everyone concerned."""
    return Papers(options={"programme": catalogue().programme("leavers")})


def shown_keeping(look: Look) -> QWidget:
    """Something is being kept from a guardian, beside what is kept from an organisation."""
    papers = leaving()
    limit = Bar(
        id=UUID(int=451),
        reason=Reason.PROTECTION_LIMIT,
        against=LEISURE,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset({"plan"}),
    )
    papers.happened.append(Barred(on=FIRST, bar=limit, words="Åtgärdslistan"))
    model = papers.open()
    model.begin_keeping()
    assert isinstance(model.panel, KeptForm)
    model.panel.choose_against(JOHAN)
    model.panel.tick("health", is_meant=True)
    return in_frame(look, model)


def shown_concerned(look: Look) -> QWidget:
    """It is said who is concerned."""
    model = leaving().open()
    model.begin_concerned()
    return in_frame(look, model)


def shown_approval(look: Look) -> QWidget:
    """A second person approves an exception."""
    model = Papers(happened=half_signed()).open()
    model.begin_approval(EXCEPTION)
    return in_frame(look, model)


SCREENS = (
    ("consents", shown),
    ("consents-empty", shown_empty),
    ("consents-withdrawal", shown_withdrawal),
    ("consents-opinion", shown_opinion),
    ("consents-opinions", shown_opinions),
    ("consents-restored", shown_restored),
    ("consents-signing", shown_signing),
    ("consents-request", shown_request),
    ("consents-exception", shown_exception),
    ("consents-approval", shown_approval),
    ("consents-keeping", shown_keeping),
    ("consents-concerned", shown_concerned),
)
"""Every state worth walking through, each by a name."""
