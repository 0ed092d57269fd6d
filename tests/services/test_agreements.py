"""The agreement with the young person has versions that never change, and says who signed which."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from tests.people import (
    DAY,
    ELIAS,
    VIKTOR,
    case_with_family,
    cells,
    opened_case,
    organisation,
    professional,
)
from trygga_desktop.domain.agreement import (
    LONGEST_LINE,
    LONGEST_NAME,
    AgreementState,
    PaperAnswer,
    Side,
    Undertaking,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.services.agreements import (
    AgreementView,
    AnswerAgreement,
    KeepAgreement,
    answer_agreement,
    keep_agreement,
    read_agreement,
)
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import RecordConsent, SignerAnswer, record_consent
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.vault import OpenVault

LAST = date(2027, 5, 26)


def leaver(vault: OpenVault, person: NewPerson = VIKTOR) -> UUID:
    """Return a case of the programme that makes an agreement."""
    case_id = opened_case(vault, person, programme="leavers")
    phase = ChangePhase(case_id=case_id, phase=Phase.INFORMATION_AND_CONSENT)
    change_phase(phase, vault=vault)
    return case_id


def line(words: str, side: Side = Side.PERSON) -> Undertaking:
    """Return a line."""
    return Undertaking(id=uuid4(), side=side, words=words)


def command(case_id: UUID, **changes: Any) -> KeepAgreement:
    """Return an agreement of two lines."""
    kept = KeepAgreement(
        case_id=case_id,
        based_on=0,
        valid_from=DAY,
        valid_to=LAST,
        lines=(line("Inga brott."), line("En kontaktperson.", Side.PROGRAMME)),
    )
    return replace(kept, **changes)


def answer(case_id: UUID, side: Side, **changes: Any) -> AnswerAgreement:
    """Return that a side signed the first version today."""
    signed = AnswerAgreement(
        case_id=case_id,
        number=1,
        side=side,
        answer=PaperAnswer.SIGNED,
        on=DAY,
        name="Karin Ek, samordnare",
    )
    return replace(signed, **changes)


def view(vault: OpenVault, case_id: UUID) -> AgreementView:
    """Return the agreement of a case."""
    return read_agreement(case_id, vault=vault).value


FLAWS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "nothing": ({"lines": ()}, ("person", "missing")),
    "one side": ({"lines": (line("x"), line(" ", Side.PROGRAMME))}, ("programme", "missing")),
    "long": (
        {"lines": (line("x" * (LONGEST_LINE + 1)), line("y", Side.PROGRAMME))},
        ("words", "length"),
    ),
    "order": ({"valid_to": DAY - timedelta(days=1)}, ("valid_to", "order")),
    "years": ({"valid_to": date(2028, 11, 27)}, ("valid_to", "length")),
}


def test_what_is_no_agreement_is_refused_and_leaves_none(vault: OpenVault) -> None:
    case_id = leaver(vault)
    for changes, flaw in FLAWS.values():
        with pytest.raises(InvalidInputError) as refused:
            keep_agreement(command(case_id, **changes), vault=vault)
        assert (refused.value.field, refused.value.flaw) == flaw
    with pytest.raises(ConflictError):
        keep_agreement(command(case_id, based_on=1), vault=vault)
    assert view(vault, case_id).versions == ()


def test_a_programme_without_agreements_makes_none(vault: OpenVault) -> None:
    family = case_with_family(vault)
    with pytest.raises(InvalidInputError) as refused:
        keep_agreement(command(family.case_id), vault=vault)
    assert refused.value.field == "programme"
    found = view(vault, family.case_id)
    assert (found.has_agreement, found.may_write) == (False, False)
    with pytest.raises(InvalidInputError):
        compose_plan(ComposePlan(case_id=family.case_id, paper=PlanPaper.AGREEMENT), vault=vault)


def test_once_the_work_has_ended_nothing_is_agreed_on(vault: OpenVault) -> None:
    case_id = leaver(vault)
    keep_agreement(command(case_id), vault=vault)
    closed = ChangePhase(case_id=case_id, phase=Phase.CLOSED, reason="moved")
    change_phase(closed, vault=vault)
    for try_it in (
        lambda: keep_agreement(command(case_id, based_on=1), vault=vault),
        lambda: answer_agreement(answer(case_id, Side.PERSON), vault=vault),
    ):
        with pytest.raises(InvalidInputError) as refused:
            try_it()
        assert (refused.value.field, refused.value.flaw) == ("phase", "closed")
    assert not view(vault, case_id).may_write


ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "to come": ({"on": DAY + timedelta(days=1)}, "on"),
    "before it was written": ({"on": DAY - timedelta(days=1)}, "on"),
    "another version": ({"number": 2}, "number"),
    "nobody": ({"side": Side.PROGRAMME, "name": " "}, "name"),
    "a name too long": ({"name": "x" * (LONGEST_NAME + 1)}, "name"),
    "words too long": ({"words": "x" * (LONGEST_LINE + 1)}, "words"),
}


def test_what_is_no_signature_is_refused(vault: OpenVault) -> None:
    case_id = leaver(vault)
    with pytest.raises(InvalidInputError):
        answer_agreement(answer(case_id, Side.PERSON), vault=vault)
    keep_agreement(command(case_id), vault=vault)
    for changes, field in ANSWERS.values():
        with pytest.raises(InvalidInputError) as refused:
            answer_agreement(replace(answer(case_id, Side.PERSON), **changes), vault=vault)
        assert refused.value.field == field
    answer_agreement(answer(case_id, Side.PERSON), vault=vault)
    with pytest.raises(InvalidInputError) as twice:
        answer_agreement(answer(case_id, Side.PERSON), vault=vault)
    assert (twice.value.field, twice.value.flaw) == ("side", "taken")
    (version,) = view(vault, case_id).versions
    assert version.state is AgreementState.WAITING


def test_it_is_in_force_once_both_have_signed(vault: OpenVault) -> None:
    case_id = leaver(vault)
    keep_agreement(command(case_id), vault=vault)
    for side in Side:
        answer_agreement(answer(case_id, side), vault=vault)
    (version,) = view(vault, case_id).versions
    assert version.state is AgreementState.IN_FORCE
    assert [(one.side, one.item.text) for one in version.lines] == [
        (Side.PERSON, "Inga brott."),
        (Side.PROGRAMME, "En kontaktperson."),
    ]
    assert [(one.side, one.on, one.name) for one in version.answers] == [
        (Side.PERSON, DAY, ""),
        (Side.PROGRAMME, DAY, "Karin Ek, samordnare"),
    ]


def test_whoever_declines_is_written_down_and_the_next_version_may_be_signed(
    vault: OpenVault,
) -> None:
    case_id = leaver(vault)
    keep_agreement(command(case_id), vault=vault)
    no = answer(case_id, Side.PERSON, answer=PaperAnswer.DECLINED, words="Proven är för ofta.")
    answer_agreement(no, vault=vault)
    keep_agreement(command(case_id, based_on=1), vault=vault)
    for side in Side:
        answer_agreement(answer(case_id, side, number=2), vault=vault)
    first, second = view(vault, case_id).versions
    assert (first.state, second.state) == (AgreementState.DECLINED, AgreementState.IN_FORCE)
    assert first.answers[0].words == "Proven är för ofta."
    assert view(vault, case_id).is_complete


def test_an_older_agreement_that_was_put_back_is_noticed(vault: OpenVault) -> None:
    case_id = leaver(vault)
    keep_agreement(command(case_id), vault=vault)
    with vault.work() as work:
        before = work.cases.find(case_id)
    answer_agreement(answer(case_id, Side.PERSON), vault=vault)
    with vault.work() as work:
        now = work.cases.find(case_id)
        part = work.compartments.of_file(case_id)[CompartmentKind.CASE]
        older = replace(before.case, row_version=now.case.row_version)
        work.cases.replace(replace(before, case=older), part, work.compartments.key(part))
        work.commit(Action.CASE_READ, case_id)
    assert not view(vault, case_id).is_complete


def text_of(vault: OpenVault, case_id: UUID, **fields: Any) -> str:
    """Return the words on the printed agreement."""
    wanted = ComposePlan(case_id=case_id, paper=PlanPaper.AGREEMENT)
    pdf = compose_plan(replace(wanted, **fields), vault=vault).value.pdf
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_paper_of_a_protected_person_bears_the_alias_and_no_place(vault: OpenVault) -> None:
    case_id = leaver(vault)
    keep_agreement(command(case_id), vault=vault)
    text = text_of(vault, case_id)
    assert "NORD-7" in text
    for secret in ("Viktor", "Testman", "19990218", "2394"):
        assert secret not in text
    assert "Plats" not in text


def test_the_paper_of_another_bears_the_name_and_what_each_undertakes(vault: OpenVault) -> None:
    case_id = leaver(vault, ELIAS)
    keep_agreement(command(case_id), vault=vault)
    text = text_of(vault, case_id)
    for words in ("Elias Demosson", "Inga brott.", "En kontaktperson."):
        assert words in text
    with pytest.raises(InvalidInputError):
        text_of(vault, case_id, after=2)


def test_what_the_programme_proposes_stands_in_the_language_of_the_paper(
    vault: OpenVault,
) -> None:
    case_id = leaver(vault)
    programme = view(vault, case_id).programme
    assert programme is not None
    by_us, by_them = programme.agreement_programme[1], programme.agreement_person[0]
    lines = (
        Undertaking(id=UUID(int=1), side=Side.PERSON, words=by_them.in_language("sv")),
        Undertaking(id=UUID(int=2), side=Side.PERSON, words="Jag sover hos min moster."),
        Undertaking(id=UUID(int=3), side=Side.PROGRAMME, words=by_us.in_language("sv")),
    )
    keep_agreement(replace(command(case_id), lines=lines), vault=vault)
    told = " ".join(text_of(vault, case_id, language="en").split())
    for one in (by_them, by_us):
        assert one.in_language("en") in told
        assert one.in_language("sv") not in told
    assert "Jag sover hos min moster." in told
    assert "are translated here" in told
    swedish = " ".join(text_of(vault, case_id).split())
    assert by_them.in_language("sv") in swedish
    assert "översatta" not in swedish


def test_a_line_is_read_by_the_young_person_also_once_they_consented(vault: OpenVault) -> None:
    case_id = leaver(vault)
    subject = read_people(case_id, vault=vault).value.subject_id
    police = organisation(vault, "police", "Lokalpolisen Exempelstad")
    professional(vault, case_id, police, "Peter Falk")
    board = UUID(bytes=vault.trust.vault_id)
    record_consent(
        RecordConsent(
            case_id=case_id,
            signed_on=DAY,
            valid_from=DAY,
            valid_to=LAST,
            answers=(
                SignerAnswer(signer=subject, answer=Answer.GIVEN, cells=cells((board, police))),
            ),
        ),
        vault=vault,
    )
    keep_agreement(command(case_id), vault=vault)
    assert "Inga brott." in text_of(vault, case_id)
