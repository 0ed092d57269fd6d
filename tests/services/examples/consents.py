"""Examples of the use cases for consents."""

from tests.people import DAY, paper
from tests.services.examples.row import Row, Stage, exclusion
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent_events import View
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import (
    RecordBar,
    RecordOpinion,
    WithdrawConsent,
    change_terms,
    confirm_consents,
    read_consents,
    record_bar,
    record_consent,
    record_opinion,
    withdraw_consent,
)
from trygga_desktop.services.grounds import UseGround, read_grounds, use_ground
from trygga_desktop.services.letters import (
    ComposeLetter,
    compose_letter,
    log_letter_failed,
    log_letter_printed,
    log_letter_saved,
)
from trygga_desktop.services.questions import read_questions
from trygga_desktop.services.signers import (
    RecordException,
    RequestConsent,
    record_exception,
    request_consent,
)
from trygga_desktop.services.withdrawals import read_withdrawal

EXAMPLES = {
    "read_withdrawal": Row(
        Action.WITHDRAWAL_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_withdrawal(on.case_id, vault=vault),
    ),
    "compose_letter": Row(
        Action.LETTER_COMPOSED,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: compose_letter(
            ComposeLetter(case_id=on.case_id, organisation_id=on.family.school), vault=vault
        ),
        Stage.WITHDRAWN,
    ),
    "log_letter_printed": Row(
        Action.LETTER_PRINTED,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: log_letter_printed(on.case_id, on.family.school, vault=vault),
        Stage.WITHDRAWN,
    ),
    "log_letter_failed": Row(
        Action.LETTER_NOT_PRINTED,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: log_letter_failed(on.case_id, on.family.school, vault=vault),
        Stage.WITHDRAWN,
    ),
    "log_letter_saved": Row(
        Action.LETTER_SAVED,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: log_letter_saved(on.case_id, on.family.school, vault=vault),
        Stage.WITHDRAWN,
    ),
    "read_consents": Row(
        Action.CONSENTS_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_consents(on.case_id, vault=vault),
    ),
    "read_questions": Row(
        Action.CASE_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_questions(on.case_id, vault=vault),
        Stage.RUNNING,
    ),
    "record_consent": Row(
        Action.CONSENT_RECORDED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: record_consent(paper(on.family), vault=vault),
        Stage.FAMILY,
    ),
    "withdraw_consent": Row(
        Action.CONSENT_WITHDRAWN,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: withdraw_consent(
            WithdrawConsent(
                case_id=on.case_id,
                signer=on.family.sara,
                on=DAY,
                organisations=frozenset({on.family.school}),
            ),
            vault=vault,
        ),
        Stage.CONSENT,
    ),
    "record_opinion": Row(
        Action.CONSENT_CHANGED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: record_opinion(
            RecordOpinion(
                case_id=on.case_id, person=on.family.subject, on=DAY, view=View.AGREES, words="Ja."
            ),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "record_bar": Row(
        Action.CONSENT_CHANGED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: record_bar(
            RecordBar(
                case_id=on.case_id,
                reason=Reason.GUARDIAN_BARRED,
                against=on.family.johan,
                on=DAY,
                scope=BarScope.ALL_BUT_THESE,
                categories=frozenset(),
                words="Beslut av nämnden",
            ),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "change_terms": Row(
        Action.CONSENT_CHANGED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: change_terms(exclusion(on.family), vault=vault),
        Stage.FAMILY,
    ),
    "request_consent": Row(
        Action.CONSENT_REQUESTED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: request_consent(
            RequestConsent(case_id=on.case_id, on=DAY, signers=frozenset(on.family.signers)),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "record_exception": Row(
        Action.EXCEPTION_RECORDED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: record_exception(
            RecordException(
                case_id=on.case_id,
                signer=on.family.johan,
                code="guardian_prevented",
                on=DAY,
                until=DAY,
                words="Ligger på sjukhus",
                decided_by="Karin Ek",
            ),
            vault=vault,
        ),
        Stage.FAMILY,
    ),
    "read_grounds": Row(
        Action.GROUNDS_READ,
        Changes(),
        Permission.WORK_IN_CASE,
        lambda vault, on: read_grounds(on.case_id, vault=vault),
    ),
    "use_ground": Row(
        Action.GROUND_USED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: use_ground(
            UseGround(
                case_id=on.case_id,
                ground="harm_test",
                items=frozenset({on.item_id}),
                recipients=frozenset({on.family.police}),
                answers=(
                    GroundAnswer(condition="holder_decides", holds=True),
                    GroundAnswer(condition="harm", words="Uppgiften är allmänt känd."),
                    GroundAnswer(condition="least", holds=True),
                ),
                decided_by="Maria Lind, rektor",
                motive="Ingen tar skada.",
                on=DAY,
                until=DAY,
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "confirm_consents": Row(
        Action.CONSENT_CHANGED,
        Changes(consents=True),
        Permission.WORK_IN_CASE,
        lambda vault, on: confirm_consents(on.case_id, vault=vault),
    ),
}
