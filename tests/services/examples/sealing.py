"""Examples of the use cases that make a protocol final and hand it out."""

from tests.costs import prepared_hand
from tests.people import DAY
from tests.services.examples.row import Row, Stage, scan_of, signed
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.agreed_plans import compose_agreed_plan
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.plan_sealing import SealPlan, seal_plan
from trygga_desktop.services.protocols import ComposeProtocol
from trygga_desktop.services.sealed_copies import (
    OwnCopy,
    log_copy_printed,
    log_copy_saved,
    log_print_failed,
)
from trygga_desktop.services.sealed_files import (
    AddSigned,
    add_signed,
    find_by_code,
    log_outdated_confirmed,
    log_sealed_printed,
    log_sealed_saved,
    read_sealed,
)
from trygga_desktop.services.sealing import SealProtocol, read_sealing, seal_protocol
from trygga_desktop.services.seals import make_seal
from trygga_desktop.services.signatures import (
    DeclineSignature,
    ReadScan,
    TakeBackSignature,
    decline_signature,
    keep_scan,
    read_scan,
    read_signatures,
    take_back_signature,
)
from trygga_desktop.services.signing import (
    NameSignature,
    RecordOnPaper,
    name_signature,
    record_on_paper,
)

WORK, SEAL = Permission.WORK_IN_CASE, Permission.SEAL_PROTOCOL

EXAMPLES = {
    "make_seal": Row(
        Action.SEAL_MADE,
        Changes(settings=True),
        Permission.MANAGE_ACCOUNTS,
        lambda vault, _: make_seal(vault=vault),
    ),
    "read_sealing": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_sealing(on.meeting_id, vault=vault),
        Stage.HELD,
    ),
    "seal_protocol": Row(
        Action.PROTOCOL_SEALED,
        Changes(meetings=True, items=True),
        SEAL,
        lambda vault, on: seal_protocol(
            SealProtocol(meeting_id=on.meeting_id, basis=on.basis), vault=vault
        ),
        Stage.SETTLED,
    ),
    "compose_agreed_plan": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_agreed_plan(
            ComposeProtocol(meeting_id=on.meeting_id), vault=vault
        ),
        Stage.PLAN_AGREED,
    ),
    "seal_plan": Row(
        Action.PLAN_SEALED,
        Changes(meetings=True, items=True),
        SEAL,
        lambda vault, on: seal_plan(
            SealPlan(meeting_id=on.meeting_id, basis=on.basis), vault=vault
        ),
        Stage.PLAN_AGREED,
    ),
    "read_sealed": Row(
        Action.PROTOCOL_READ,
        Changes(),
        WORK,
        lambda vault, on: read_sealed(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "log_sealed_printed": Row(
        Action.PROTOCOL_PRINTED,
        Changes(),
        WORK,
        lambda vault, on: log_sealed_printed(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "log_print_failed": Row(
        Action.PRINT_FAILED,
        Changes(),
        WORK,
        lambda vault, on: log_print_failed(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "log_copy_printed": Row(
        Action.COPY_PRINTED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: log_copy_printed(
            OwnCopy(protocol_id=on.protocol_id, recipient_id=on.seat_id), vault=vault
        ),
        Stage.SEALED,
    ),
    "log_copy_saved": Row(
        Action.COPY_SAVED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: log_copy_saved(
            OwnCopy(protocol_id=on.protocol_id, recipient_id=on.seat_id), vault=vault
        ),
        Stage.SEALED,
    ),
    "log_sealed_saved": Row(
        Action.PROTOCOL_SAVED,
        Changes(),
        WORK,
        lambda vault, on: log_sealed_saved(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "log_outdated_confirmed": Row(
        Action.OUTDATED_CONFIRMED,
        Changes(),
        WORK,
        lambda vault, on: log_outdated_confirmed(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "find_by_code": Row(
        Action.CODE_LOOKED_UP,
        Changes(),
        WORK,
        lambda vault, _: find_by_code("T9VZ-BQFY-H206", vault=vault),
        Stage.SEALED,
    ),
    "add_addendum": Row(
        Action.ADDENDUM_SEALED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: add_addendum(
            AddAddendum(protocol_id=on.protocol_id, text="Rätt tid är 14.30."), vault=vault
        ),
        Stage.SEALED,
    ),
    "read_signatures": Row(
        Action.SIGNATURES_READ,
        Changes(),
        WORK,
        lambda vault, on: read_signatures(on.protocol_id, vault=vault),
        Stage.SEALED,
    ),
    "keep_scan": Row(
        Action.SIGNATURES_RECORDED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: keep_scan(scan_of(on.protocol_id, 1), vault=vault),
        Stage.SEALED,
    ),
    "decline_signature": Row(
        Action.SIGNATURES_RECORDED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: decline_signature(
            DeclineSignature(paper_id=on.protocol_id, signer=1, reason="Vill inte."),
            vault=vault,
        ),
        Stage.SEALED,
    ),
    "take_back_signature": Row(
        Action.SIGNATURES_RECORDED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: take_back_signature(
            TakeBackSignature(paper_id=on.protocol_id, signer=1, reason="Fel rad."),
            vault=vault,
        ),
        Stage.SIGNED,
    ),
    "record_on_paper": Row(
        Action.SIGNATURES_RECORDED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: record_on_paper(
            RecordOnPaper(
                paper_id=on.protocol_id, signer=2, on=DAY, reason="Ingen skanner på plats."
            ),
            vault=vault,
        ),
        Stage.SEALED,
    ),
    "name_signature": Row(
        Action.SIGNATURES_RECORDED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: name_signature(
            NameSignature(
                paper_id=on.protocol_id,
                signer=2,
                fingerprint=fingerprint_of(prepared_hand().certificate),
            ),
            vault=vault,
        ),
        Stage.SIGNED,
    ),
    "read_scan": Row(
        Action.SCAN_READ,
        Changes(),
        WORK,
        lambda vault, on: read_scan(
            ReadScan(paper_id=on.protocol_id, scan_id=on.scan_id), vault=vault
        ),
        Stage.SIGNED,
    ),
    "add_signed": Row(
        Action.PROTOCOL_SIGNED,
        Changes(meetings=True),
        SEAL,
        lambda vault, on: add_signed(
            AddSigned(protocol_id=on.protocol_id, pdf=signed(on.pdf)), vault=vault
        ),
        Stage.SEALED,
    ),
}
