"""Whether a file is what was sealed: every byte of it, and by which seal.

It takes the bytes alone: no network, no vault, no list of whom to trust. What a wrong file says is
never taken for true; how much of it is read is bounded. Importing this takes as long as starting a
small program: import it where something is verified.
"""

import logging
import zlib
from collections.abc import Iterator
from hashlib import new as new_hash
from io import BytesIO
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from trygga_desktop.documents.fingerprint import fingerprint_of, is_beginning, is_same
from trygga_desktop.documents.issue import RECORD_NAME, issue
from trygga_desktop.documents.makers import makers
from trygga_desktop.documents.pdf.changes import (
    ONLY_SIGNATURES,
    is_only_a_signature,
    keeps_its_title,
)
from trygga_desktop.documents.pdf.container import (
    MOST_BYTES,
    Container,
    ContainerError,
    Flaw,
    envelope_of,
    read_container,
)
from trygga_desktop.documents.pdf.envelope import EnvelopeError, digest_name, open_envelope
from trygga_desktop.documents.pdf.layout import SEAL_FIELD
from trygga_desktop.documents.record import (
    ProtocolRecord,
    RecordError,
    control_code,
    hash_of,
    read_record,
)
from trygga_desktop.documents.verdict import Outcome, Reason, Signed, TextState, Verdict

# A longer record is not printed again to compare it: that would take a minute.
_LONGEST_RECORD = 4 * 1024 * 1024
_SEAL_BITS = 3072
# Two hundred people who sign have one each.
_MOST_FIELDS = 2_000
# It tells of every file that it does not like, with a traceback, and nobody asked for that.
logging.getLogger("pyhanko").addHandler(logging.NullHandler())


class _RefusedError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def verify_file(path: Path, *, asked: str = "") -> Verdict:
    """Return what `verify` says of a file."""
    try:
        if not path.is_file():
            return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_FILE)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_FILE)
    return verify(data, asked=asked)


def verify(data: bytes, *, asked: str = "", compares: bool = True) -> Verdict:
    """Return whether a file is unchanged since it was sealed, and by which seal.

    `asked` is the fingerprint of the seal it should have, in digits or words, if one is asked for.
    With `compares` the pages are made again from the record, where it was made with what makes them
    here. A file that takes more memory than there is for it is UNREADABLE.
    """
    try:
        return _verify(data, asked, compares=compares)
    except MemoryError:
        return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_COSTLY)


def _verify(data: bytes, asked: str, *, compares: bool) -> Verdict:
    try:
        container = read_container(data)
    except ContainerError as error:
        return _refusal(data, error.flaw)
    try:
        return _judge(container, asked, compares=compares)
    except _RefusedError as refused:
        return Verdict(outcome=Outcome.CHANGED, reason=refused.reason)
    except (ContainerError, EnvelopeError):
        return Verdict(outcome=Outcome.CHANGED, reason=Reason.ALTERED)
    except (
        PdfError,
        SignatureValidationError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        # Whatever a broken file does to its reader, the answer is the same.
        return Verdict(outcome=Outcome.CHANGED, reason=Reason.FORM)


def _refusal(data: bytes, flaw: Flaw) -> Verdict:
    match flaw:
        case Flaw.TOO_LARGE:
            return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_LARGE)
        case Flaw.NO_PDF:
            return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_PDF)
        case Flaw.ENCRYPTED:
            return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.ENCRYPTED)
        case Flaw.FOREIGN:
            is_signed = b"/ByteRange" in data
            reason = Reason.FORM if is_signed else Reason.NOT_SEALED
            return Verdict(outcome=Outcome.CHANGED, reason=reason)


def _judge(container: Container, asked: str, *, compares: bool) -> Verdict:
    reader = PdfFileReader(BytesIO(container.data))
    _check_form(reader)
    found = sorted(reader.embedded_signatures, key=lambda one: one.signed_revision)
    if not found or found[0].field_name != SEAL_FIELD:
        raise _RefusedError(Reason.NOT_SEALED)
    signed = [_signed(reader, container, one) for one in found]
    _check_revisions(reader, container, found)
    seal = signed[0]
    record, text = _read_text(reader, container, seal.fingerprint, compares=compares)
    is_asked = not asked or is_same(seal.fingerprint, asked)
    is_short = is_beginning(seal.fingerprint, asked)
    other = Reason.TOO_LITTLE_TOLD if is_short else Reason.NOT_THIS_SEAL
    return Verdict(
        outcome=Outcome.UNCHANGED if is_asked else Outcome.CHANGED,
        reason=None if is_asked else other,
        seal=seal,
        signatures=tuple(signed[1:]),
        text=text,
        code=control_code(hash_of(record[1])) if record else "",
        record=record[0] if record else None,
    )


def _check_form(reader: PdfFileReader) -> None:
    """See that the fields are as we print them, each once and none under another.

    Whatever goes through them would otherwise go round and round.
    """
    if "/AcroForm" not in reader.root:
        raise _RefusedError(Reason.NOT_SEALED)
    fields = reader.root["/AcroForm"]["/Fields"]
    if len(fields) > _MOST_FIELDS or len({one.reference for one in fields}) != len(fields):
        raise _RefusedError(Reason.FORM)
    if any("/Kids" in one.get_object() for one in fields):
        raise _RefusedError(Reason.FORM)


def _signed(reader: PdfFileReader, container: Container, one: EmbeddedPdfSignature) -> Signed:
    """Return a signature that covers its revision to the last byte."""
    revision = one.signed_revision
    if not 0 < revision < len(container.ends):
        raise _RefusedError(Reason.ALTERED)
    end = container.ends[revision]
    byte_range = [int(number) for number in one.byte_range]
    envelope = envelope_of(container, byte_range, end)
    if envelope != one.pkcs7_content[: len(envelope)]:
        # The gap is somebody else's: what PDF takes for the signature lies elsewhere.
        raise _RefusedError(Reason.ALTERED)
    digest = new_hash(digest_name(envelope))
    view = memoryview(container.data)
    digest.update(view[: byte_range[1]])
    digest.update(view[byte_range[2] : end])
    opened = open_envelope(envelope, digest.digest())
    if revision == 1:
        _check_seal(reader, one, opened.certificate)
    return Signed(
        field_name=str(one.field_name),
        told=str(one.sig_field.get("/TU", "")),
        name=opened.name,
        fingerprint=fingerprint_of(opened.certificate),
        at=one.self_reported_timestamp,
    )


def _check_seal(reader: PdfFileReader, one: EmbeddedPdfSignature, certificate: bytes) -> None:
    """See that it is one of ours: it forbids all but signatures, and its key is strong enough."""
    key = x509.Certificate.load(certificate).public_key
    certifies = reader.root["/Perms"].raw_get("/DocMDP") == one.sig_field.raw_get("/V")
    if not certifies or one.docmdp_level is not MDPPerm.FILL_FORMS:
        raise _RefusedError(Reason.NOT_SEALED)
    if key.algorithm != "rsa" or key.bit_size < _SEAL_BITS or one.md_algorithm != "sha256":
        raise _RefusedError(Reason.NOT_SEALED)


def _check_revisions(
    reader: PdfFileReader, container: Container, found: list[EmbeddedPdfSignature]
) -> None:
    """See that each revision but the printed one is a signature, and does nothing else."""
    revisions = [one.signed_revision for one in found]
    if revisions != list(range(1, len(container.ends))):
        raise _RefusedError(Reason.ADDED)
    if reader.xrefs.total_revisions != len(container.ends):
        raise _RefusedError(Reason.FORM)
    fields = dict(_fields(reader))
    for one in found:
        value = one.sig_field.raw_get("/V").reference
        own = fields.get(str(one.field_name))
        if own is None or not is_only_a_signature(reader, one.signed_revision, own, value):
            raise _RefusedError(Reason.ADDED)
    if len(found) > 1:
        seal: Any = found[0]
        seal.compute_integrity_info(diff_policy=ONLY_SIGNATURES)
        if not seal.summarise_integrity_info()["docmdp_ok"] or not keeps_its_title(reader):
            raise _RefusedError(Reason.ADDED)


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, Any]]:
    for one in reader.root["/AcroForm"]["/Fields"]:
        yield str(one.get_object()["/T"]), one.reference


def _read_text(
    reader: PdfFileReader, container: Container, seal: str, *, compares: bool
) -> tuple[tuple[ProtocolRecord, bytes] | None, TextState]:
    """Return the record inside and whether the pages are its own."""
    data = _record_of(reader)
    if data is None:
        return None, TextState.NO_RECORD
    try:
        record = read_record(data)
    except RecordError:
        raise _RefusedError(Reason.OTHER_TEXT) from None
    if record.seal != seal:
        raise _RefusedError(Reason.OTHER_SEAL)
    if compares and len(data) > _LONGEST_RECORD:
        return (record, data), TextState.TOO_LONG
    if not compares or record.made_with != makers():
        return (record, data), TextState.NOT_COMPARED
    if issue(record) != container.data[: container.ends[0]]:
        raise _RefusedError(Reason.OTHER_TEXT)
    return (record, data), TextState.SAME


def _record_of(reader: PdfFileReader) -> bytes | None:
    printed = reader.get_historical_resolver(0).root
    if "/Names" not in printed:
        return None
    name, file = printed["/Names"]["/EmbeddedFiles"]["/Names"]
    if str(name) != RECORD_NAME:
        return None
    stream = file.get_object()["/EF"]["/F"]
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(stream.encoded_data, MOST_BYTES)
    except zlib.error:
        raise _RefusedError(Reason.OTHER_TEXT) from None
    return data if unpacking.eof else None
