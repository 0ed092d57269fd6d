"""The use case that corrects a sealed protocol: by an addendum with a number and a seal."""

from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.documents.protocol import Addendum, ProtocolContent
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Function, Meeting
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import FIRST_REVISION, ProtocolKind, Shown
from trygga_desktop.i18n import STOCKHOLM, load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import check_text
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    recipients_of,
    tell_meeting,
)
from trygga_desktop.services.sealed_files import find_protocol, read_checked
from trygga_desktop.services.sealing import entries_of, put_under_seal
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.protocols import tie_of_protocol
from trygga_desktop.storage.work import UnitOfWork

MOST_TEXT = 50_000
"""The longest correction in characters: some twenty pages."""

MOST_CONCERNS = 200
"""The longest line on whom or what an addendum concerns, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAddendum:
    """What corrects a sealed protocol, and whom or what it concerns.

    `about` are the entries that it corrects: whoever may have all of them gets it with an excerpt.
    """

    protocol_id: UUID
    text: str
    concerns: str = ""
    about: frozenset[UUID] = frozenset()


@use_case(Permission.SEAL_PROTOCOL)
def add_addendum(command: AddAddendum, *, vault: OpenVault) -> Done[UUID]:
    """Seal an addendum to a protocol, for the board's own file, and return its id.

    It is chained to the case's last protocol as any other, and in the language of what it corrects.
    Raise InvalidInputError for a text that is empty or too long, for a correction of an addendum,
    for one of a plan, which its next version corrects, and for an entry that the board's protocol
    does not tell; SealedFileChangedError where what it corrects is not what was sealed, and
    NoSealError.
    """
    check_text(command.text)
    if len(command.text) > MOST_TEXT:
        raise InvalidInputError(field="text", flaw="length")
    if len(command.concerns) > MOST_CONCERNS:
        raise InvalidInputError(field="concerns", flaw="length")
    with vault.work() as work:
        corrected = find_protocol(work, command.protocol_id)
        if not corrected.kind.is_of_meeting:
            raise InvalidInputError(field="protocol", flaw=corrected.kind.value)
        read_checked(work, corrected, FIRST_REVISION)
        told = tell_meeting(
            work,
            vault,
            ComposeProtocol(
                meeting_id=corrected.meeting_id,
                audience=ProtocolAudience.BOARD,
                language=corrected.language,
            ),
        )
        if not command.about <= {one.id for one in entries_of(told)}:
            raise InvalidInputError(field="about", flaw="unknown")
        number = 1 + sum(
            one.is_addendum and one.meeting_id == corrected.meeting_id
            for one in work.protocols.of_case(corrected.case_id)
        )
        addendum = Addendum(
            number=number,
            code=corrected.control_code,
            sealed_on=corrected.sealed_at.astimezone(STOCKHOLM).date(),
            text=command.text,
            concerns=command.concerns.strip(),
            author=vault.my_name,
        )
        sealed = put_under_seal(
            work,
            vault,
            told.meeting,
            _content(
                told.content,
                addendum,
                corrected.language,
                is_signed=_is_open_to_who_led(work, vault, told.meeting),
            ),
            kind=ProtocolKind.ADDENDUM,
            language=corrected.language,
            addendum_number=number,
            corrects=corrected.id,
            shown=Shown(items=command.about),
        )
        work.commit(Action.ADDENDUM_SEALED, sealed.id, digest=tie_of_protocol(sealed).to_bytes())
    return Done(sealed.id, Changes(meetings=True))


def _is_open_to_who_led(work: UnitOfWork, vault: OpenVault, meeting: Meeting) -> bool:
    """Tell whether whoever led the meeting opens the case: no decision is asked of an addendum."""
    led = {one.id for one in meeting.attended if Function.CHAIR in one.functions}
    return any(one.has_grant for one in recipients_of(work, vault, meeting) if one.id in led)


def _content(
    of_meeting: ProtocolContent, addendum: Addendum, language: str, *, is_signed: bool
) -> ProtocolContent:
    """Return what an addendum says: which meeting it was, the correction, and who signs it."""
    _ = load_language(language).gettext
    title = _("Addendum {addendum} to the protocol, meeting {number}").format(
        addendum=addendum.number, number=of_meeting.meeting_number
    )
    return replace(
        of_meeting,
        meeting_title=title,
        participants=(),
        interpreters=(),
        consents=(),
        carried=(),
        items=(),
        summary="",
        next_meeting=None,
        place="",
        form=None,
        # Whoever led the meeting answers for what is corrected.
        signers=of_meeting.signers[:1] if is_signed else (),
        addendum=addendum,
    )
