"""Examples of the use cases for cases and what a case file holds."""

from tests.people import ELIAS, gate
from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import OpenCase, find_similar, list_cases, open_case
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consultations import (
    BeginConsultation,
    TellWithoutNames,
    begin_consultation,
    read_consultation,
    tell_without_names,
)
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.reminders import read_reminders

EXAMPLES = {
    "open_case": Row(
        Action.CASE_OPENED,
        Changes(cases=True),
        Permission.OPEN_CASE,
        lambda vault, _: open_case(OpenCase(person=ELIAS), vault=vault),
    ),
    "begin_consultation": Row(
        Action.CASE_OPENED,
        Changes(cases=True),
        Permission.OPEN_CASE,
        lambda vault, _: begin_consultation(
            BeginConsultation(alias="Rådjur", age_band=AgeBand.FROM_15, programme="sspf"),
            vault=vault,
        ),
    ),
    "read_consultation": Row(
        Action.CASE_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_consultation(on.case_id, vault=vault),
    ),
    "tell_without_names": Row(
        Action.GROUND_USED,
        Changes(items=True, meetings=True, consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: tell_without_names(
            TellWithoutNames(
                case_id=on.case_id,
                origin_id=on.family.board,
                category="schooling",
                text="x",
                answers=(
                    GroundAnswer(condition="no_name", holds=True),
                    GroundAnswer(condition="few", words="x"),
                ),
                decided_by="x",
                motive="x",
            ),
            vault=vault,
        ),
        Stage.WITHOUT_NAMES,
    ),
    "pass_gate": Row(
        Action.GATE_PASSED,
        Changes(cases=True, parties=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: pass_gate(gate(on.case_id, on.family.board), vault=vault),
        Stage.WITHOUT_NAMES,
    ),
    "list_cases": Row(
        Action.CASES_LISTED,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, _: list_cases(vault=vault),
    ),
    "read_log": Row(
        Action.LOG_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_log(LogQuestion(case_id=on.case_id), vault=vault),
    ),
    "read_reminders": Row(
        Action.REMINDERS_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, _: read_reminders(vault=vault),
    ),
    "find_similar": Row(
        Action.CASES_COMPARED,
        Changes(),
        Permission.OPEN_CASE,
        lambda vault, _: find_similar(ELIAS, vault=vault),
    ),
    "read_case": Row(
        Action.CASE_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_case(on.case_id, vault=vault),
    ),
    "write_note": Row(
        Action.NOTE_WRITTEN,
        Changes(items=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: write_note(WriteNote(case_id=on.case_id, text="x"), vault=vault),
    ),
    "record_statement": Row(
        Action.STATEMENT_RECORDED,
        Changes(items=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: record_statement(
            RecordStatement(
                case_id=on.case_id,
                origin_id=None,
                category="schooling",
                about=frozenset(),
                text="x",
            ),
            vault=vault,
        ),
    ),
    "read_overview": Row(
        Action.CASE_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_overview(on.case_id, vault=vault),
    ),
    "change_phase": Row(
        Action.PHASE_CHANGED,
        Changes(cases=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: change_phase(
            ChangePhase(case_id=on.case_id, phase=Phase.MAPPING), vault=vault
        ),
        Stage.FAMILY,
    ),
}
