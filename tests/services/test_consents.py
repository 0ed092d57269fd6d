"""Consents: what is refused, what counts on which day, and that nothing is overwritten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Clock
from tests.documents.papers import HOSTILE
from tests.people import (
    CATEGORIES,
    DAY,
    ELIAS,
    LAST_DAY,
    Family,
    case_with_family,
    cells,
    opened_case,
    paper,
    relative,
    signed_case,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.case import Cause, Phase
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import Capacity, Given, Opinion, View, Way, Withdrawn
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.matrix import CellState, MatrixCell, Says
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import (
    MOST_WORDS,
    ChangeTerms,
    ConsentView,
    NewExclusion,
    NewLimit,
    RecordBar,
    RecordConsent,
    RecordOpinion,
    SignerAnswer,
    WithdrawConsent,
    change_terms,
    read_consents,
    record_bar,
    record_consent,
    record_opinion,
    withdraw_consent,
)
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.vault import OpenVault

NOBODY = UUID(int=5)
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)
CHILD = NewPerson(given_name="Mio", family_name="Demosson", birth_date=PartialDate(2013, 2, 1))
YOUNGER = replace(ELIAS, birth_date=PartialDate(2010, 6, 1), number=None)

Change = Callable[[Family], dict[str, Any]]


def view(vault: OpenVault, family: Family, on: date | None = None) -> ConsentView:
    return read_consents(family.case_id, on, vault=vault).value


def refused(act: Callable[..., object], command: object, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act(command, vault=vault)
    return caught.value.field, caught.value.flaw


def cell(
    vault: OpenVault,
    family: Family,
    *,
    of: UUID | None = None,
    category: str = "schooling",
    on: date | None = None,
) -> MatrixCell:
    """Return one cell of the matrix: that the school may give, if nothing else is asked."""
    wanted = Cell(organisation_id=of or family.school, category=category, direction=Direction.GIVE)
    return next(one for one in view(vault, family, on).cells if one.cell == wanted)


def answer(signer: UUID, **fields: Any) -> SignerAnswer:
    return SignerAnswer(signer=signer, **{"answer": Answer.GIVEN} | fields)


def exclusion(**fields: Any) -> NewExclusion:
    new = NewExclusion(categories=frozenset({"schooling"}), words="Bråket", asked_by=NOBODY)
    return replace(new, **fields)


def limit(family: Family, **fields: Any) -> NewLimit:
    (one,) = cells([family.school], ["schooling"], [Direction.GIVE])
    return replace(NewLimit(cell=one, words="Bara närvaron", asked_by=family.sara), **fields)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"signed_on": TOMORROW}, ("signed_on", "future")),
        (lambda _: {"valid_to": YESTERDAY}, ("valid_to", "order")),
        (lambda _: {"valid_from": YESTERDAY}, ("valid_from", "order")),
        (lambda _: {"valid_to": date(2027, 11, 27)}, ("valid_to", "length")),
        (lambda _: {"way": Way.ORAL, "valid_to": date(2026, 12, 11)}, ("valid_to", "length")),
        (lambda _: {"answers": ()}, ("answers", "missing")),
        (
            lambda family: {"answers": (answer(family.sara), answer(family.sara))},
            ("answers", "taken"),
        ),
        (lambda _: {"answers": (answer(NOBODY),)}, ("signer", "unknown")),
        (lambda family: {"answers": (answer(family.maria),)}, ("signer", "unknown")),
        (
            lambda family: {
                "answers": (
                    answer(family.sara, answer=Answer.REFUSED, cells=cells([family.school])),
                )
            },
            ("answers", "refused"),
        ),
        (
            lambda family: {"answers": (answer(family.sara, cells=cells([NOBODY])),)},
            ("organisation", "unknown"),
        ),
        (
            lambda family: {"answers": (answer(family.sara, cells=cells([family.school], ["x"])),)},
            ("category", "unknown"),
        ),
        (lambda _: {"exclusions": (exclusion(words=" "),)}, ("exclusion", "missing")),
        (
            lambda _: {"exclusions": (exclusion(words="x" * (MOST_WORDS + 1)),)},
            ("exclusion", "length"),
        ),
        (lambda _: {"exclusions": (exclusion(categories=frozenset()),)}, ("category", "unknown")),
        (
            lambda _: {"exclusions": (exclusion(categories=frozenset({"x"})),)},
            ("category", "unknown"),
        ),
        (lambda _: {"exclusions": (exclusion(),)}, ("asked_by", "unknown")),
        (lambda family: {"limits": (limit(family, words=""),)}, ("limit", "missing")),
        (lambda family: {"limits": (limit(family, asked_by=NOBODY),)}, ("asked_by", "unknown")),
        (lambda _: {"concerned": frozenset({NOBODY})}, ("concerned", "unknown")),
    ],
)
def test_a_paper_that_cannot_be_is_refused_by_field(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    command = paper(family, **change(family))
    assert refused(record_consent, command, vault) == expected
    assert view(vault, family).history == ()


def test_in_a_case_without_a_programme_nobody_can_consent(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    sara = relative(vault, case_id, custody=Custody.SOLE)
    command = RecordConsent(
        case_id=case_id,
        signed_on=DAY,
        valid_from=DAY,
        valid_to=LAST_DAY,
        answers=(answer(sara),),
    )
    assert refused(record_consent, command, vault) == ("programme", "missing")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"on": TOMORROW}, ("on", "future")),
        (lambda _: {"on": YESTERDAY}, ("on", "order")),
        (lambda _: {"organisations": frozenset()}, ("organisations", "missing")),
        (
            lambda family: {"organisations": frozenset({family.police})},
            ("organisations", "unknown"),
        ),
        (lambda _: {"signer": NOBODY}, ("signer", "unknown")),
    ],
)
def test_a_withdrawal_that_takes_nothing_back_is_refused_by_field(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = signed_case(vault)
    command = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    assert refused(withdraw_consent, replace(command, **change(family)), vault) == expected
    assert cell(vault, family).state is CellState.YES


def test_who_refused_has_nothing_to_take_back(vault: OpenVault) -> None:
    family = case_with_family(vault)
    no = answer(family.sara, answer=Answer.REFUSED)
    record_consent(paper(family, answers=(no,)), vault=vault)
    command = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    assert refused(withdraw_consent, command, vault) == ("signer", "unknown")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"words": " "}, ("words", "missing")),
        ({"words": "x" * (MOST_WORDS + 1)}, ("words", "length")),
        ({"weighed": "x" * (MOST_WORDS + 1)}, ("weighed", "length")),
        ({"person": NOBODY}, ("person", "unknown")),
        ({"on": TOMORROW}, ("on", "future")),
    ],
)
def test_an_opinion_that_cannot_be_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    command = RecordOpinion(
        case_id=family.case_id, person=family.subject, on=DAY, view=View.AGREES, words="Ja."
    )
    assert refused(record_opinion, replace(command, **fields), vault) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reason": Reason.REFUSED}, ("reason", "unknown")),
        ({"words": ""}, ("words", "missing")),
        ({"words": "x" * (MOST_WORDS + 1)}, ("words", "length")),
        ({"against": NOBODY}, ("against", "unknown")),
        ({"scope": BarScope.THESE}, ("category", "missing")),
        ({"scope": BarScope.THESE, "categories": frozenset({"x"})}, ("category", "unknown")),
    ],
)
def test_a_bar_that_would_keep_nothing_back_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    command = replace(barred(family), **fields)
    assert refused(record_bar, command, vault) == expected
    assert view(vault, family).bars == ()


def barred(family: Family) -> RecordBar:
    return RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Beslut av nämnden",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {}, ("terms", "missing")),
        (lambda _: {"lifted": (NOBODY,)}, ("lifted", "unknown")),
        (lambda _: {"concerned": frozenset({NOBODY})}, ("concerned", "unknown")),
        (lambda family: {"limits": (limit(family, words="\n"),)}, ("limit", "missing")),
        (
            lambda family: {"limits": (limit(family, cell=next(iter(cells([NOBODY])))),)},
            ("organisation", "unknown"),
        ),
    ],
)
def test_terms_that_cannot_be_are_refused_by_field(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = signed_case(vault)
    command = ChangeTerms(case_id=family.case_id, on=DAY, **change(family))
    assert refused(change_terms, command, vault) == expected


def test_only_what_every_signer_allows_is_open(vault: OpenVault) -> None:
    family = case_with_family(vault)
    assert cell(vault, family).reasons == (Reason.CONSENT_MISSING,)

    wide, narrow = cells([family.board, family.school, family.police]), cells([family.school])
    answers = [answer(one, cells=wide) for one in (family.subject, family.sara)]
    record_consent(paper(family, answers=tuple(answers)), vault=vault)
    waiting = cell(vault, family)
    assert (waiting.state, waiting.reasons) == (
        CellState.WAITING,
        (Reason.WAITING_FOR_SIGNATURE,),
    )

    last = answer(family.johan, cells=narrow)
    record_consent(paper(family, answers=(last,)), vault=vault)
    assert cell(vault, family).state is CellState.YES
    assert cell(vault, family).until == LAST_DAY
    assert cell(vault, family, of=family.police).reasons == (Reason.GIVER_NOT_COVERED,)


def test_one_refusal_closes_everything_between_agencies(vault: OpenVault) -> None:
    family = signed_case(vault)
    no = answer(family.johan, answer=Answer.REFUSED)
    record_consent(paper(family, answers=(no,)), vault=vault)
    for category in CATEGORIES:
        closed = cell(vault, family, category=category)
        assert (closed.state, closed.reasons) == (CellState.NO, (Reason.REFUSED,))


@pytest.mark.parametrize(
    ("way", "last"), [(Way.PAPER, date(2027, 11, 26)), (Way.ORAL, date(2026, 12, 10))]
)
def test_a_consent_holds_as_long_as_the_programme_lets_it_and_to_the_end_of_its_last_day(
    vault: OpenVault, way: Way, last: date
) -> None:
    family = case_with_family(vault, YOUNGER)
    record_consent(paper(family, way=way, valid_to=last), vault=vault)
    assert cell(vault, family, on=last).state is CellState.EXPIRES_SOON
    after = cell(vault, family, on=last + timedelta(days=1))
    assert (after.state, after.reasons) == (CellState.EXPIRED, (Reason.EXPIRED,))


def test_what_is_signed_today_may_begin_later(vault: OpenVault) -> None:
    family = case_with_family(vault)
    record_consent(paper(family, valid_from=TOMORROW), vault=vault)
    assert cell(vault, family).reasons == (Reason.NOT_YET_VALID,)
    assert cell(vault, family, on=TOMORROW).state is CellState.YES


def test_a_later_paper_ends_the_earlier_from_its_own_first_day(vault: OpenVault) -> None:
    family = signed_case(vault)
    later = DAY + timedelta(days=10)
    narrower = tuple(answer(one, cells=cells([family.board])) for one in family.signers)
    record_consent(paper(family, valid_from=later, answers=narrower), vault=vault)

    before = cell(vault, family, on=later - timedelta(days=1))
    assert (before.state, before.until) == (CellState.EXPIRES_SOON, later - timedelta(days=1))
    assert cell(vault, family, on=later).reasons == (Reason.GIVER_NOT_COVERED,)


def test_a_withdrawal_in_part_closes_only_what_concerns_those_organisations(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    command = WithdrawConsent(
        case_id=family.case_id,
        signer=family.sara,
        on=DAY,
        organisations=frozenset({family.school}),
    )
    done = withdraw_consent(command, vault=vault)

    (closed,) = {
        (one.state, one.reasons)
        for one in view(vault, family).cells
        if one.cell.organisation_id == family.school
        and one.cell.category in CATEGORIES
        and one.cell.direction is Direction.RECEIVE
    }
    assert closed == (CellState.WITHDRAWN, (Reason.WITHDRAWN_PART,))
    assert cell(vault, family, of=family.board).state is CellState.YES
    assert not done.changes.cases
    assert read_overview(family.case_id, vault=vault).value.step.phase is not Phase.PAUSED


def test_a_withdrawal_of_everything_closes_at_once_and_the_case_pauses(vault: OpenVault) -> None:
    family = signed_case(vault)
    command = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    done = withdraw_consent(command, vault=vault)

    closed = cell(vault, family)
    step = read_overview(family.case_id, vault=vault).value.step
    assert (closed.state, closed.reasons) == (CellState.WITHDRAWN, (Reason.WITHDRAWN,))
    assert (step.phase, step.on, step.cause) == (Phase.PAUSED, DAY, Cause.FOLLOWS_CONSENT)
    assert done.changes.cases


def test_who_takes_back_one_agency_after_the_other_has_in_the_end_taken_back_everything(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    phases = []
    for organisation_id in (family.school, family.board):
        command = WithdrawConsent(
            case_id=family.case_id,
            signer=family.sara,
            on=DAY,
            organisations=frozenset({organisation_id}),
        )
        withdraw_consent(command, vault=vault)
        phases.append(read_overview(family.case_id, vault=vault).value.step.phase)
    assert phases == [Phase.INFORMATION_AND_CONSENT, Phase.PAUSED]


def test_a_tick_to_be_spoken_of_is_taken_back_like_any_other_yes(vault: OpenVault) -> None:
    family = signed_case(vault)
    eva = NewPerson(given_name="Eva", family_name="Ek")
    grandmother = relative(vault, family.case_id, eva, role=PartyRole.RELATIVE)
    tick = answer(grandmother, own_information=OwnInformation.AGENCIES)
    record_consent(paper(family, answers=(tick,)), vault=vault)
    command = WithdrawConsent(case_id=family.case_id, signer=grandmother, on=DAY)
    withdraw_consent(command, vault=vault)
    taken = view(vault, family).history[-1].what
    assert isinstance(taken, Withdrawn)
    assert (taken.signer, taken.organisations) == (grandmother, None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"facts_since": DAY + timedelta(days=1)}, ("facts_since", "order")),
        (
            {"valid_from": date(2028, 1, 1), "valid_to": date(2028, 2, 1)},
            ("valid_from", "length"),
        ),
        (
            {
                "way": Way.ORAL,
                "valid_from": DAY + timedelta(days=20),
                "valid_to": DAY + timedelta(days=25),
            },
            ("valid_to", "length"),
        ),
    ],
)
def test_a_paper_for_days_that_nobody_can_speak_for_is_refused(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    assert refused(record_consent, paper(family, **changes), vault) == expected


def test_a_paper_says_for_which_work_in_what_capacity_and_how_far_back(vault: OpenVault) -> None:
    family = case_with_family(vault)
    since = date(2026, 9, 1)
    record_consent(paper(family, facts_since=since), vault=vault)

    given = {
        one.what.signer: one.what
        for one in view(vault, family).history
        if isinstance(one.what, Given)
    }

    assert {one.programme for one in given.values()} == {"sspf"}
    assert {one.facts_since for one in given.values()} == {since}
    assert given[family.subject].capacity is Capacity.YOUNG_PERSON
    assert given[family.sara].capacity is Capacity.GUARDIAN


def test_who_does_not_have_to_sign_takes_back_without_a_pause(vault: OpenVault) -> None:
    family = signed_case(vault)
    eva = NewPerson(given_name="Eva", family_name="Ek")
    grandmother = relative(vault, family.case_id, eva, role=PartyRole.RELATIVE)
    own = answer(grandmother, cells=cells([family.board]))
    record_consent(paper(family, answers=(own,)), vault=vault)
    command = WithdrawConsent(case_id=family.case_id, signer=grandmother, on=DAY)
    assert not withdraw_consent(command, vault=vault).changes.cases
    assert cell(vault, family).state is CellState.YES


def test_a_pause_that_follows_from_consent_is_told_by_the_consent_and_ends_with_a_new_one(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    everything = WithdrawConsent(case_id=family.case_id, signer=family.johan, on=DAY)
    withdraw_consent(everything, vault=vault)
    assert Reason.CASE_PAUSED not in cell(vault, family).reasons

    again = answer(family.johan, cells=cells((family.board, family.school)))
    record_consent(paper(family, answers=(again,)), vault=vault)

    # The consents are whole again; what is left is for a person to say.
    assert cell(vault, family).reasons == (Reason.CASE_PAUSED,)


def test_a_consent_signed_again_on_the_day_it_was_taken_back_opens_once_the_case_goes_on(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    everything = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(everything, vault=vault)
    record_consent(paper(family), vault=vault)
    assert cell(vault, family).state is CellState.NO

    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.FOLLOW_UP), vault=vault)

    assert cell(vault, family).state is CellState.YES


def test_nothing_that_was_recorded_is_overwritten(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    before = view(vault, family).history
    clock.move(days=3)
    later = DAY + timedelta(days=3)
    new = answer(family.sara, cells=cells([family.school]))
    record_consent(paper(family, signed_on=later, valid_from=later, answers=(new,)), vault=vault)
    withdraw_consent(
        WithdrawConsent(case_id=family.case_id, signer=family.johan, on=later), vault=vault
    )
    after = view(vault, family).history

    assert after[: len(before)] == before
    assert [type(one.what) for one in after] == [Given, Given, Given, Given, Withdrawn]
    assert {one.recorded_by for one in after} == {vault.keyring.principal}
    # What was true on an earlier day is still what was true then.
    assert cell(vault, family, on=DAY).state is CellState.YES
    assert cell(vault, family, on=later).state is CellState.WITHDRAWN


def test_a_withdrawal_of_an_earlier_day_counts_from_that_day(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    clock.move(days=5)
    day = DAY + timedelta(days=2)
    withdraw_consent(
        WithdrawConsent(case_id=family.case_id, signer=family.sara, on=day), vault=vault
    )
    assert cell(vault, family, on=day - timedelta(days=1)).state is CellState.YES
    assert cell(vault, family, on=day).state is CellState.WITHDRAWN


def test_a_paper_found_in_a_drawer_does_not_undo_a_later_withdrawal(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    clock.move(days=2)
    day = DAY + timedelta(days=2)
    withdraw_consent(
        WithdrawConsent(
            case_id=family.case_id,
            signer=family.sara,
            on=day,
            organisations=frozenset({family.school}),
        ),
        vault=vault,
    )
    forgotten = answer(family.sara, cells=cells((family.board, family.school)))
    earlier = DAY + timedelta(days=1)
    record_consent(
        paper(family, signed_on=earlier, valid_from=earlier, answers=(forgotten,)), vault=vault
    )
    assert cell(vault, family).state is not CellState.YES


def test_a_child_who_is_asked_closes_until_somebody_wrote_how_a_no_was_weighed(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault, CHILD)
    guardians = (family.sara, family.johan)
    answers = tuple(answer(one, cells=cells([family.school])) for one in guardians)
    record_consent(paper(family, answers=answers), vault=vault)
    assert view(vault, family).asked == {family.subject}
    assert cell(vault, family).reasons == (Reason.OPINION_MISSING,)

    said = RecordOpinion(
        case_id=family.case_id, person=family.subject, on=DAY, view=View.DISAGREES, words="Nej!"
    )
    record_opinion(said, vault=vault)
    assert cell(vault, family).reasons == (Reason.OPINION_UNWEIGHED,)

    record_opinion(replace(said, weighed="Vi talade om det i lugn och ro."), vault=vault)
    assert cell(vault, family).state is CellState.YES
    opinions = [one.what for one in view(vault, family).history if isinstance(one.what, Opinion)]
    assert [one.weighed for one in opinions] == ["", "Vi talade om det i lugn och ro."]


def test_who_turns_fifteen_must_sign_from_that_day(vault: OpenVault) -> None:
    family = case_with_family(vault, replace(CHILD, birth_date=PartialDate(2012, 3, 1)))
    record_opinion(
        RecordOpinion(
            case_id=family.case_id, person=family.subject, on=DAY, view=View.AGREES, words="Ja."
        ),
        vault=vault,
    )
    answers = tuple(
        answer(one, cells=cells([family.school])) for one in (family.sara, family.johan)
    )
    record_consent(paper(family, answers=answers), vault=vault)
    assert cell(vault, family, on=date(2027, 2, 28)).state is CellState.YES
    assert cell(vault, family, on=date(2027, 3, 1)).reasons == (Reason.TURNED_15,)


def test_who_comes_of_age_signs_anew_and_what_was_signed_before_lapses_whole(
    vault: OpenVault, clock: Clock
) -> None:
    birthday = date(2027, 5, 14)
    family = signed_case(vault, valid_to=birthday + timedelta(days=12))
    eve = cell(vault, family, on=birthday - timedelta(days=1))
    assert (eve.state, eve.until) == (CellState.EXPIRES_SOON, birthday - timedelta(days=1))
    # It is told a month before, as the end of any other consent.
    assert cell(vault, family, on=birthday - timedelta(days=31)).state is CellState.EXPIRES_SOON
    assert cell(vault, family, on=birthday - timedelta(days=32)).state is CellState.YES
    lapsed = cell(vault, family, on=birthday)
    assert (lapsed.state, lapsed.reasons) == (CellState.EXPIRED, (Reason.TURNED_18,))
    assert view(vault, family, birthday).signers == {family.subject}

    clock.move(days=(birthday - DAY).days)
    own = answer(family.subject, cells=cells((family.board, family.school)))
    new = paper(
        family,
        signed_on=birthday,
        valid_from=birthday,
        valid_to=date(2027, 11, 14),
        answers=(own,),
    )
    record_consent(new, vault=vault)
    assert cell(vault, family, on=birthday).state is CellState.YES


def test_where_the_day_of_birth_is_not_known_nobody_counts_as_of_age_too_early(
    vault: OpenVault,
) -> None:
    family = signed_case(vault, replace(ELIAS, birth_date=PartialDate(2008, 12), number=None))
    now = cell(vault, family)
    assert (now.state, now.until) == (CellState.EXPIRES_SOON, date(2026, 11, 30))
    # In the month itself nobody can say who must sign.
    assert Reason.UNKNOWN_AGE in cell(vault, family, on=date(2026, 12, 20)).reasons
    assert cell(vault, family, on=date(2026, 12, 31)).reasons == (Reason.TURNED_18,)
    assert cell(vault, family, on=date(2027, 1, 1)).reasons == (Reason.TURNED_18,)


def test_a_limit_opens_a_cell_in_part_until_it_is_lifted(vault: OpenVault) -> None:
    family = signed_case(vault)
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, limits=(limit(family),)), vault=vault)
    assert cell(vault, family).state is CellState.LIMITED
    (kept,) = view(vault, family).limits
    assert kept.words == "Bara närvaron"

    lifted = ChangeTerms(case_id=family.case_id, on=DAY, lifted=(kept.id,))
    change_terms(lifted, vault=vault)
    assert cell(vault, family).state is CellState.YES
    assert view(vault, family).limits == ()


def test_exclusions_and_limits_may_stand_on_the_paper_itself(vault: OpenVault) -> None:
    family = case_with_family(vault)
    asked = exclusion(asked_by=family.subject, words=" Bråket i våras ")
    record_consent(paper(family, exclusions=(asked,), limits=(limit(family),)), vault=vault)
    found = view(vault, family)
    assert [(one.words, one.asked_by) for one in found.exclusions] == [
        ("Bråket i våras", family.subject)
    ]
    assert [one.words for one in found.limits] == ["Bara närvaron"]


def test_a_bar_can_be_lifted_too(vault: OpenVault) -> None:
    family = case_with_family(vault)
    bar = record_bar(barred(family), vault=vault).value
    assert [one.id for one in view(vault, family).bars] == [bar]
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, lifted=(bar,)), vault=vault)
    assert view(vault, family).bars == ()


def test_everyone_who_was_asked_is_named_as_the_door_lets_them_be(vault: OpenVault) -> None:
    family = signed_case(vault)
    found = view(vault, family)
    names = {one.party.id: one.name for one in found.people}
    assert [names[one] for one in family.signers] == [
        "Elias Demosson",
        "Sara Demosson",
        "Johan Demosson",
    ]
    assert found.signers == set(family.signers)
    # Our own comes first, the others as the catalogue has them.
    assert [one.id for one in found.organisations] == [family.board, family.school, family.police]


def test_hostile_words_come_back_as_they_were(vault: OpenVault) -> None:
    family = case_with_family(vault)
    texts = [f"x{one}x" for one in HOSTILE if len(one) < MOST_WORDS - 1]
    wanted = tuple(exclusion(words=one, asked_by=family.sara) for one in texts)
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=wanted), vault=vault)
    assert [one.words for one in view(vault, family).exclusions] == texts


def test_the_people_of_the_case_are_told_whose_consent_is_needed(vault: OpenVault) -> None:
    family = case_with_family(vault)
    people = read_people(family.case_id, vault=vault).value.people
    assert {one.party.id for one in people if one.is_signer} == set(family.signers)


def test_the_matrix_tells_what_each_signer_said(vault: OpenVault) -> None:
    family = case_with_family(vault)
    yes = answer(family.sara, cells=cells([family.school]))
    no = answer(family.johan, answer=Answer.REFUSED)
    record_consent(paper(family, answers=(yes, no)), vault=vault)
    says = {one.signer: one.says for one in cell(vault, family).says}
    assert says == {
        family.sara: Says.YES,
        family.johan: Says.REFUSED,
        family.subject: Says.NOTHING_YET,
    }
