"""A record as the file that is kept: its pages, bound to it by a code, with the record inside."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from trygga_desktop.documents.blocks import (
    Block,
    Control,
    Heading,
    KeyValue,
    PageFrame,
    Seal,
    SignatureLines,
)
from trygga_desktop.documents.composition import compose
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.pdf.standards import Attachment, Standard
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.record import (
    SALT_LENGTH,
    ProtocolRecord,
    control_code,
    hash_of,
    write_record,
)
from trygga_desktop.i18n import Language, load_language

RECORD_NAME: Final = "record.json"
"""Under which name the record lies inside its file."""

_NO_HASH: Final = "0" * 64
_SCHEME = "TRYGGA1"
_GROUP = 8
_SHORT = 4


def issue(record: ProtocolRecord, standard: Standard = Standard.WORKING) -> bytes:
    """Return the file of a record, the same bytes each time with the same makers.

    It has empty fields for signatures, but none yet: the seal comes after it.
    """
    language = load_language(record.language)
    _ = language.gettext
    data = write_record(record)
    blocks = tuple(_bound(record, hash_of(data), language))
    told = _("What the protocol says, for machines")
    paper = Paper(
        title=record.content.meeting_title.strip() or _("Protocol"),
        language=language,
        made_at=record.made_at,
        standard=standard,
        attachments=(Attachment(name=RECORD_NAME, told=told, data=data),),
    )
    return render(blocks, paper)


def preview(content: ProtocolContent, *, language: str, made_at: datetime, seal: str = "") -> bytes:
    """Return the pages of a content as `issue` lays them out, before there is a record.

    What only the record can tell, its code and the square, has its room and is not there. Without
    the fingerprint of a `seal` nothing is said of one.
    """
    record = ProtocolRecord(
        protocol_id=UUID(int=0),
        salt=bytes(SALT_LENGTH),
        language=language,
        made_at=made_at,
        content=content,
        log_head=_NO_HASH,
        seal=seal,
    )
    of_language = load_language(language)
    _ = of_language.gettext
    paper = Paper(
        title=content.meeting_title.strip() or _("Protocol"), language=of_language, made_at=made_at
    )
    return render(tuple(_blanked(_bound(record, _NO_HASH, of_language), of_language)), paper)


def payload_of(paper_id: UUID, record_hash: str) -> str:
    """Return what the square on each page says. It tells nothing of anyone."""
    return f"{_SCHEME}:{paper_id.hex}:{record_hash}".upper()


def control_of(paper_id: UUID, record_hash: str, language: Language, *further: str) -> Control:
    """Return what stands at the foot of each page of a paper, so that it is known again."""
    return Control(
        label=language.gettext("Control code"),
        code=control_code(record_hash),
        lines=(f"SHA-256 {_grouped(record_hash)}", *further),
        payload=payload_of(paper_id, record_hash),
    )


def _bound(record: ProtocolRecord, record_hash: str, language: Language) -> Iterator[Block]:
    """Yield the blocks of the protocol, each bound to the record where it can be."""
    _ = language.gettext
    for block in compose(record.content, language):
        match block:
            case PageFrame():
                yield replace(block, control=_control(record, record_hash, language))
            case SignatureLines():
                yield replace(block, field=_("Signature:"))
            case _:
                yield block
    if record.seal:
        yield Heading(text=_("Seal"))
        yield Seal(
            text=_(
                "The seal shows that the file is unchanged since it was sealed. It does not show"
                " that what stands here is true, and nobody outside vouches for its key. Whoever"
                " has the program can check the file without a network."
            ),
            pairs=tuple(_facts(record, record_hash, language)),
            field=_("Seal of the file"),
        )


def _blanked(blocks: Iterable[Block], language: Language) -> Iterator[Block]:
    """Yield the blocks with what is known only once they are sealed left out, and room for it."""
    _ = language.gettext
    later = _("set as it is sealed")
    for block in blocks:
        match block:
            case PageFrame(control=Control() as control):
                blank = replace(control, code=later, lines=("",) * len(control.lines), payload="")
                yield replace(block, control=blank)
            case Seal():
                code = _("Control code")
                yield replace(
                    block,
                    pairs=tuple(
                        replace(one, value=later) if one.label == code else one
                        for one in block.pairs
                    ),
                )
            case _:
                yield block


def _control(record: ProtocolRecord, record_hash: str, language: Language) -> Control:
    _ = language.gettext
    marks = []
    for label, digits in ((_("Seal"), record.seal), (_("Log"), record.log_head)):
        if digits:
            marks.append(f"{label} {_grouped(digits, _SHORT)}")
    further = [" · ".join(marks)] if marks else []
    return control_of(record.protocol_id, record_hash, language, *further)


def _facts(record: ProtocolRecord, record_hash: str, language: Language) -> Iterator[KeyValue]:
    _ = language.gettext
    yield KeyValue(label=_("In words"), value=in_words(record.seal))
    yield KeyValue(label=_("Control code"), value=control_code(record_hash))
    yield KeyValue(label=_("Fingerprint"), value=in_groups(record.seal))
    if record.previous:
        code = control_code(record.previous)
        yield KeyValue(label=_("Protocol before"), value=f"{code}\n{in_groups(record.previous)}")


def _grouped(digits: str, groups: int | None = None) -> str:
    told = digits if groups is None else digits[: groups * _GROUP]
    return " ".join(told[at : at + _GROUP] for at in range(0, len(told), _GROUP))
