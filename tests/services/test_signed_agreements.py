"""The signed paper of an agreement: it bears a code, comes back, and stays with the case."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.people import DAY, opened_case
from tests.services.examples.row import scan_of
from tests.services.test_agreements import answer, command, leaver, view
from tests.services.test_plan_papers import words_of
from trygga_desktop.documents.record import control_code
from trygga_desktop.domain.agreement import Side
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.signatures import PaperKind, SignerStatus
from trygga_desktop.services.agreements import answer_agreement, keep_agreement
from trygga_desktop.services.checking import Part, check_vault
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.sealed_files import find_by_code
from trygga_desktop.services.signatures import (
    DeclineSignature,
    ReadScan,
    decline_signature,
    keep_scan,
    read_scan,
    read_signatures,
)
from trygga_desktop.services.signing import RecordOnPaper, record_on_paper
from trygga_desktop.services.vault import OpenVault


def actions_in(vault: OpenVault, case_id: UUID) -> set[Action]:
    """Return what the log of the case tells was done."""
    lines = read_log(LogQuestion(case_id=case_id), vault=vault).value.lines
    return {one.action for one in lines}


def test_its_paper_is_kept_with_the_case_and_nobody_else_sees_it(made: MadeVault) -> None:
    vault = made.open()
    opened_case(vault)
    case_id = leaver(vault)
    version_id = keep_agreement(command(case_id), vault=vault).value
    told = read_signatures(version_id, vault=vault).value
    # That somebody looked is told at the case, before anything has come back for the paper.
    assert Action.SIGNATURES_READ in actions_in(vault, case_id)
    assert (told.paper.kind, told.paper.number, told.paper.first) == (
        PaperKind.AGREEMENT,
        1,
        DAY,
    )
    # In whichever language it is printed, and whoever has answered, it bears the same code.
    code = told.paper.control_code
    for language in ("sv", "en"):
        asked = ComposePlan(case_id=case_id, paper=PlanPaper.AGREEMENT, language=language)
        assert code in words_of(compose_plan(asked, vault=vault).value.pdf)
    answer_agreement(answer(case_id, Side.PERSON), vault=vault)
    assert code in words_of(compose_plan(asked, vault=vault).value.pdf)
    assert code == control_code(told.paper.payload.record_hash)
    assert all(code in words_of(one) for one in told.paper.prints)

    # Who signed stands in the agreement, and is recorded there alone.
    seen = RecordOnPaper(paper_id=version_id, signer=2, on=DAY, reason="x")
    decline = DeclineSignature(paper_id=version_id, signer=2, reason="x")
    for attempt in (
        lambda: keep_scan(scan_of(version_id, 2), vault=vault),
        lambda: record_on_paper(seen, vault=vault),
        lambda: decline_signature(decline, vault=vault),
    ):
        with pytest.raises(InvalidInputError) as refused:
            attempt()
        assert (refused.value.field, refused.value.flaw) == ("signer", "in_agreement")
    scan = scan_of(version_id)
    scan_id = keep_scan(scan, vault=vault).value

    told = read_signatures(version_id, vault=vault).value
    assert [one.status for one in told.signers] == [SignerStatus.ON_PAPER, SignerStatus.WAITING]
    assert [one.id for one in told.scans] == [scan_id]
    read = ReadScan(paper_id=version_id, scan_id=scan_id)
    assert read_scan(read, vault=vault).value.files == scan.files
    assert {Action.SIGNATURES_RECORDED, Action.SCAN_READ} <= actions_in(vault, case_id)
    found = find_by_code(code, vault=vault).value
    assert found is not None
    assert (found.protocol_id, found.version, found.is_same) == (version_id, 1, True)
    assert check_vault(vault=vault).value.is_sound
    keep_agreement(replace(command(case_id), based_on=1), vault=vault)
    newest = view(vault, case_id).versions[-1]
    assert version_id in read_signatures(newest.id, vault=vault).value.others
    vault.close()

    petra = made.open("pn")
    for look in (
        lambda: read_signatures(version_id, vault=petra),
        lambda: keep_scan(scan, vault=petra),
        lambda: read_scan(read, vault=petra),
    ):
        with pytest.raises(NoAccessError):
            look()
    petra.close()

    without_triggers(made, "DELETE FROM scan")
    vault = made.open()
    with pytest.raises(TamperedError):
        read_signatures(version_id, vault=vault)
    assert Part.PROTOCOLS in {one.part for one in check_vault(vault=vault).value.flaws}
    vault.close()
