"""Which standards a file keeps, and what it must hold for them beside its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import md5
from typing import Final

from trygga_desktop.documents.pdf.metadata import Metadata, packet
from trygga_desktop.documents.pdf.objects import RawObject, TaggedDocument, raw_stream, spelled
from trygga_desktop.paths import shipped

_PROFILE: Final = "sRGB2014.icc"
_CONDITION: Final = "sRGB IEC61966-2.1"


class Standard(Enum):
    """Part and conformance of PDF/A (ISO 19005), and whether the file also keeps PDF/UA-1.

    Only files of the third part may hold other files. `WORKING` is what is sealed, with its record
    inside. `ARCHIVE` is for an archive that takes no files within files: its record lies beside it,
    and it has no seal, since a seal covers the bytes of the sealed file and no others. `PLAIN` is
    for checkers that know no more: it has neither fields nor files.
    """

    WORKING = (3, "A", True)
    ARCHIVE = (2, "A", True)
    PLAIN = (2, "B", False)

    @property
    def holds_files(self) -> bool:
        """Return whether a file may lie inside."""
        return self is Standard.WORKING

    @property
    def has_fields(self) -> bool:
        """Return whether there are fields to sign in."""
        return self is not Standard.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of JSON inside a document, which its pages were made from."""

    name: str
    told: str
    data: bytes


def write_standard(
    document: TaggedDocument,
    standard: Standard,
    *,
    language: str,
    made_at: datetime,
    attachments: Sequence[Attachment],
) -> None:
    """Add metadata, colours and attachments to the file."""
    part, conformance, is_accessible = standard.value
    info = document.info
    metadata = Metadata(
        title=info.title,
        author=info.author,
        creator=info.creator,
        producer=info.producer,
        language=language,
        made_at=made_at,
        part=part,
        conformance=conformance,
        is_accessible=is_accessible,
    )
    catalog = document.Catalog
    # In the clear: whoever looks for it need not read PDF.
    catalog.Metadata = raw_stream("/Type /Metadata /Subtype /XML", packet(metadata))
    catalog.OutputIntents = _output_intent(document)
    if attachments and standard.holds_files:
        _attach(document, attachments, made_at)


def _output_intent(document: TaggedDocument) -> str:
    profile = (shipped("resources") / "colour" / _PROFILE).read_bytes()
    number = document.number(raw_stream("/N 3", profile, compressed=True))
    return (
        f"[<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ({_CONDITION})"
        f" /Info ({_CONDITION}) /RegistryName (http://www.color.org)"
        f" /DestOutputProfile {number} 0 R>>]"
    )


def _attach(document: TaggedDocument, attachments: Sequence[Attachment], made_at: datetime) -> None:
    moment = f"(D:{made_at.astimezone(UTC):%Y%m%d%H%M%S}+00'00')"
    listed = []
    for one in sorted(attachments, key=lambda attachment: attachment.name):
        checksum = md5(one.data, usedforsecurity=False).hexdigest()
        file = raw_stream(
            # The slash of the type spelled by its number: a name holds none.
            "/Type /EmbeddedFile /Subtype /application#2Fjson"
            f" /Params <</Size {len(one.data)} /ModDate {moment} /CheckSum <{checksum}>>>",
            one.data,
            compressed=True,
        )
        number = document.number(file)
        said = RawObject()
        said.written = (
            f"<</Type /Filespec /F {spelled(one.name)} /UF {spelled(one.name)}"
            f" /Desc {spelled(one.told)} /AFRelationship /Source"
            f" /EF <</F {number} 0 R /UF {number} 0 R>>>>"
        ).encode("ascii")
        listed.append((one.name, document.number(said)))
    catalog = document.Catalog
    catalog.AF = "[" + " ".join(f"{number} 0 R" for _, number in listed) + "]"
    names = RawObject()
    told = " ".join(f"{spelled(name)} {number} 0 R" for name, number in listed)
    names.written = f"<</EmbeddedFiles <</Names [{told}]>>>>".encode("ascii")
    catalog.Names = names
