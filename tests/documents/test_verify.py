"""Verifying: only a file that is whole to the last byte is unchanged; every other has a word."""

import io
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys, x509
from pyhanko.pdf_utils.generic import NameObject, NumberObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

from tests.documents.papers import ENGLISH, FULL, LEAST, MADE, SWEDISH, recorded
from tests.documents.sealed import SealedFile, make_key, print_for
from tests.endurance.tampering import WAYS, tamper
from tests.house.source import ROOT
from tests.pictures import plain_picture
from trygga_desktop.__main__ import main
from trygga_desktop.documents.blocks import Seal
from trygga_desktop.documents.fingerprint import fingerprint_of, in_groups, in_words
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.issue import RECORD_NAME, issue
from trygga_desktop.documents.pdf import verify as verifying
from trygga_desktop.documents.pdf.container import MOST_BYTES
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.pdf.seal import SealKey, seal, sign
from trygga_desktop.documents.pdf.standards import Attachment, Standard
from trygga_desktop.documents.pdf.verify import verify, verify_file
from trygga_desktop.documents.protocol import compose
from trygga_desktop.documents.record import write_record
from trygga_desktop.documents.telling import tell
from trygga_desktop.documents.verdict import (
    Outcome,
    Reason,
    Signed,
    TextState,
    Verdict,
    VerdictError,
    read_verdict,
    write_verdict,
)

Update = Callable[[IncrementalPdfFileWriter], None]


def plain_pdf() -> bytes:
    into = io.BytesIO()
    canvas = Canvas(into)
    canvas.drawString(70, 700, "Hej")
    canvas.save()
    return into.getvalue()


def saved_again(pdf: bytes, **how: Any) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(into, **how)
    return into.getvalue()


def updated(pdf: bytes, update: Update) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    update(writer)
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()


def turn_a_page(writer: IncrementalPdfFileWriter) -> None:
    page: Any = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = NumberObject(180)
    writer.update_container(page)


def rename_the_file(writer: IncrementalPdfFileWriter) -> None:
    info: Any = writer.trailer["/Info"]
    info["/Title"] = TextStringObject("Ett annat")
    writer.update_container(info)


def speak_another_language(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Lang"] = TextStringObject("en")
    writer.update_root()


def leave_an_object(writer: IncrementalPdfFileWriter) -> None:
    writer.add_object(TextStringObject("left behind"))


def drop_the_attachment(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/Names"]
    writer.update_root()


def drop_a_signature(writer: IncrementalPdfFileWriter) -> None:
    field: Any = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field["/V"]
    writer.update_container(field)


def add_a_button(writer: IncrementalPdfFileWriter) -> None:
    form: Any = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(TextStringObject("a field")))
    form[NameObject("/NeedAppearances")] = NumberObject(1)
    writer.update_container(form["/Fields"])


UPDATES = [
    turn_a_page,
    rename_the_file,
    speak_another_language,
    leave_an_object,
    drop_the_attachment,
    drop_a_signature,
    add_a_button,
]


def with_a_page_more(pdf: bytes) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.add_blank_page()
        opened.save(into)
    return into.getvalue()


def encrypted(pdf: bytes) -> bytes:
    return saved_again(pdf, encryption=pikepdf.Encryption(owner="a", user="b"))


def zipped(pdf: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("protocol.pdf", pdf)
    return into.getvalue()


@pytest.mark.parametrize(
    ("data", "outcome", "reason"),
    [
        (b"", Outcome.UNREADABLE, Reason.NO_PDF),
        (b"Hej", Outcome.UNREADABLE, Reason.NO_PDF),
        (zipped(b"Hej"), Outcome.UNREADABLE, Reason.NO_PDF),
        (b"%PDF-1.7\n", Outcome.CHANGED, Reason.NOT_SEALED),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF\n", Outcome.CHANGED, Reason.NOT_SEALED),
        (b"%PDF-1.7\n/ByteRange\nstartxref\n9\n%%EOF\n", Outcome.CHANGED, Reason.FORM),
        (b"%PDF-2.0\n", Outcome.CHANGED, Reason.NOT_SEALED),
        (plain_pdf(), Outcome.CHANGED, Reason.NOT_SEALED),
        (
            saved_again(plain_pdf(), object_stream_mode=pikepdf.ObjectStreamMode.generate),
            Outcome.CHANGED,
            Reason.NOT_SEALED,
        ),
        (encrypted(plain_pdf()), Outcome.UNREADABLE, Reason.ENCRYPTED),
    ],
)
def test_what_is_no_sealed_protocol_is_told_so(
    data: bytes, outcome: Outcome, reason: Reason
) -> None:
    verdict = verify(data)

    assert (verdict.outcome, verdict.reason, verdict.seal) == (outcome, reason, None)


def test_a_printed_protocol_without_its_seal_is_not_sealed(file: SealedFile) -> None:
    assert verify(file.printed).reason is Reason.NOT_SEALED
    only_signed = sign(file.printed, "Signature1", file.key, at=MADE)
    assert verify(only_signed).reason is Reason.NOT_SEALED
    without_terms = sign(file.printed, "Seal", file.key, at=MADE)
    assert verify(without_terms).outcome is Outcome.CHANGED


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_after_the_seal_is_a_change(file: SealedFile, update: Update) -> None:
    for revision in file.revisions:
        if update is drop_a_signature and revision is file.sealed:
            continue
        changed = updated(revision, update)
        assert changed.startswith(revision)
        assert verify(changed).outcome is Outcome.CHANGED


@pytest.mark.parametrize("update", UPDATES)
def test_a_signature_over_an_update_does_not_hide_it(file: SealedFile, update: Update) -> None:
    if update is drop_a_signature:
        changed = updated(file.signed_once, update)
        hidden = sign(changed, "Signature2", file.other_key, at=MADE)
    else:
        hidden = sign(updated(file.sealed, update), "Signature1", file.other_key, at=MADE)

    assert verify(hidden).reason is Reason.ADDED


def sign_and(pdf: bytes, key: SealKey, more: Update) -> bytes:
    """Return the file with a signature whose own revision does something else besides."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    more(writer)
    certificate = x509.Certificate.load(key.certificate)
    signer = SimpleSigner(
        signing_cert=certificate,
        signing_key=keys.PrivateKeyInfo.load(key.private_key),
        cert_registry=SimpleCertificateStore(),
    )
    meta = PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256")
    signed = PdfSigner(meta, signer).sign_pdf(writer, existing_fields_only=True).getvalue()
    # As other programs than pyHanko write it.
    start = signed.rindex(b"/Contents <30") + len(b"/Contents <")
    end = signed.index(b">", start)
    return bytes(signed[:start] + signed[start:end].lower() + signed[end:])


@pytest.mark.parametrize("update", [one for one in UPDATES if one is not drop_a_signature])
def test_nothing_else_may_be_done_in_the_revision_of_a_signature(
    file: SealedFile, update: Update
) -> None:
    changed = sign_and(file.sealed, file.other_key, update)

    assert verify(changed).outcome is Outcome.CHANGED


def test_a_program_that_signs_may_leave_its_name_and_the_moment(file: SealedFile) -> None:
    signed = sign_and(file.sealed, file.other_key, lambda _: None)

    assert b"pyHanko" in signed[len(file.sealed) :]
    verdict = verify(signed)
    assert verdict.outcome is Outcome.UNCHANGED
    assert [one.name for one in verdict.signatures] == ["Henrik Alm"]


@pytest.mark.parametrize("update", [one for one in UPDATES if one is not drop_a_signature])
def test_a_seal_over_an_update_of_what_was_printed_does_not_hide_it(
    file: SealedFile, update: Update
) -> None:
    sealed = seal(updated(file.printed, update), file.key, at=MADE)

    assert verify(sealed).outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    "how",
    [
        saved_again,
        with_a_page_more,
        lambda pdf: pdf + b"\n",
        lambda pdf: pdf + b" ",
        lambda pdf: pdf[:-1],
        lambda pdf: pdf + pdf,
        lambda pdf: b"\n" + pdf,
        lambda pdf: pdf.replace(b"Outlines", b"outlines"),
    ],
    ids=["saved", "page", "line", "space", "shorter", "twice", "before", "renamed"],
)
def test_whatever_else_is_done_to_the_file_is_a_change(
    file: SealedFile, how: Callable[[bytes], bytes]
) -> None:
    for revision in file.revisions:
        assert verify(how(revision)).outcome is not Outcome.UNCHANGED


def test_the_gap_of_a_signature_has_one_form_only(file: SealedFile) -> None:
    pdf = file.signed
    start = pdf.rindex(b"/Contents <3082") + len(b"/Contents <")
    end = pdf.index(b">", start)
    gap = pdf[start:end]

    for other in (
        gap.upper(),
        gap[:-1] + b"1",
        gap[:-2] + b"  ",
        gap[:-1] + b" ",
        gap.replace(b"a", b"A", 1),
        b"0" * len(gap),
    ):
        assert len(other) == len(gap)
        assert verify(pdf[:start] + other + pdf[end:]).outcome is Outcome.CHANGED


def test_another_seal_than_the_pages_name_is_refused(file: SealedFile) -> None:
    forged = seal(file.printed, file.other_key, at=MADE)

    assert verify(forged).reason is Reason.OTHER_SEAL


def test_pages_that_say_something_else_than_the_record_are_refused(file: SealedFile) -> None:
    printed = file.printed
    start = printed.index(b"/Title <FEFF") + len(b"/Title <FEFF")
    forged = printed[: start + 3] + b"4" + printed[start + 4 :]
    assert forged != printed

    verdict = verify(seal(forged, file.key, at=MADE))

    assert verdict.reason is Reason.OTHER_TEXT


def test_a_file_made_with_other_versions_is_not_compared(file: SealedFile) -> None:
    record = replace(
        recorded(), seal=fingerprint_of(file.key.certificate), made_with=(("trygga", "0.0.1"),)
    )

    verdict = verify(seal(issue(record), file.key, at=MADE))

    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.text is TextState.NOT_COMPARED


def test_a_record_that_is_too_long_to_print_again_is_told_as_that(
    file: SealedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "_LONGEST_RECORD", 1_000)
    verdict = verify(file.sealed)

    assert (verdict.outcome, verdict.text) == (Outcome.UNCHANGED, TextState.TOO_LONG)
    assert "lång" in "\n".join(tell(verdict, SWEDISH))


def test_an_archived_file_has_no_record_to_compare_with(file: SealedFile) -> None:
    record = replace(recorded(), seal=fingerprint_of(file.key.certificate))

    verdict = verify(seal(issue(record, Standard.ARCHIVE), file.key, at=MADE))

    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.text is TextState.NO_RECORD


def test_an_untouched_file_is_unchanged_and_names_its_seal_and_signatures(
    file: SealedFile,
) -> None:
    verdict = verify(file.signed)

    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.text is TextState.SAME
    assert verdict.seal is not None
    assert verdict.seal.fingerprint == fingerprint_of(file.key.certificate)
    assert verdict.seal.name == "Exempelstads kommun"
    assert verdict.seal.at == MADE
    assert [(one.field_name, one.name) for one in verdict.signatures] == [
        ("Signature1", "Henrik Alm"),
        ("Signature2", "Exempelstads kommun"),
    ]
    assert verdict.record is not None
    assert verdict.record.content == FULL


def test_a_file_cut_back_to_an_earlier_revision_is_that_revision(file: SealedFile) -> None:
    found = [len(verify(file.signed[: len(one)]).signatures) for one in file.revisions]

    assert found == [0, 1, 2]
    assert file.signed[: len(file.sealed)] == file.sealed


def test_the_seal_that_is_asked_for_has_to_be_the_one(file: SealedFile) -> None:
    own = fingerprint_of(file.key.certificate)
    other = fingerprint_of(file.other_key.certificate)

    for wrong in (other, in_words(other), other[:8], other[:24], "nonsense"):
        verdict = verify(file.sealed, asked=wrong)
        assert verdict.outcome is Outcome.CHANGED
        assert verdict.reason is Reason.NOT_THIS_SEAL
    for short in (own[:8], in_groups(own)[:23], in_words(own).rsplit(" ", 1)[0]):
        verdict = verify(file.sealed, asked=short)
        assert (verdict.outcome, verdict.reason) == (Outcome.CHANGED, Reason.TOO_LITTLE_TOLD)
    for right in ("", own, in_groups(own), in_words(own), own[:32].upper()):
        assert verify(file.sealed, asked=right).outcome is Outcome.UNCHANGED


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    place = tmp_path / "large.pdf"
    with place.open("wb") as large:
        large.write(b"%PDF-1.7\n")
        large.truncate(200_000_000)

    tracemalloc.start()
    verdict = verify_file(place)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (verdict.outcome, verdict.reason) == (Outcome.UNREADABLE, Reason.TOO_LARGE)
    assert most < 3 * MOST_BYTES


def test_what_is_no_file_is_told_so(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere.pdf", Path("/dev/zero")):
        assert verify_file(place).reason is Reason.NO_FILE


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"[" * 500_000,
        b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * 100_000,
        b"%PDF-1.7\n" + b"xref\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF\n" * 50_000,
        b"%PDF-1.7\n" + b"trailer" * 500_000 + b"\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.7\n" + b"\0" * 5_000_000,
    ],
    ids=["nested", "ends", "circles", "trailers", "zeros"],
)
def test_a_file_made_to_keep_us_busy_is_answered_soon(data: bytes) -> None:
    assert verify(data).outcome is Outcome.CHANGED


@pytest.mark.parametrize("language", [SWEDISH, ENGLISH], ids=["sv", "en"])
def test_every_answer_has_its_words(language: Any, file: SealedFile) -> None:
    answers = {
        tell(Verdict(outcome=Outcome.CHANGED, reason=reason), language)[0] for reason in Reason
    }
    assert len(answers) == len(Reason)

    told = tell(verify(file.signed), language)

    own = fingerprint_of(file.key.certificate)
    assert any(in_groups(own) in line for line in told)
    assert any(in_words(own) in line for line in told)
    assert any("Henrik Alm" in line for line in told)
    assert len(told) == 9


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"outcome": 7}', "[" * 100_000, '"x"', "null", '{"outcome": 0}']
)
def test_what_is_no_verdict_is_not_taken_for_one(line: str) -> None:
    with pytest.raises(VerdictError):
        read_verdict(line)


def test_a_verdict_is_read_back_as_it_was_written_without_the_record(file: SealedFile) -> None:
    for pdf in (file.signed, file.printed, plain_pdf(), file.signed[:-1]):
        verdict = verify(pdf)

        read = read_verdict(write_verdict(verdict))

        assert read == replace(verdict, record=None)


def test_a_name_as_long_as_a_file_is_cut_before_it_is_told() -> None:
    seal = Signed(
        field_name="Seal", told="x" * 10_000, name="\ud800" * 10_000, fingerprint="", at=None
    )
    verdict = Verdict(outcome=Outcome.UNCHANGED, seal=seal)

    line = write_verdict(verdict)

    assert len(line) < 10_000
    assert line.isascii()
    assert read_verdict(line).outcome is Outcome.UNCHANGED


def test_a_name_cannot_write_on_the_terminal(file: SealedFile) -> None:
    verdict = verify(file.signed)
    assert verdict.seal is not None
    forged = replace(verdict, seal=replace(verdict.seal, name="\x1b[2J Kommunen\n\x07"))

    text = "\n".join(tell(forged, SWEDISH))

    assert "\x1b" not in text
    assert "[U+001B]" in text


def test_the_command_line_answers_with_words_and_a_code(
    file: SealedFile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "protocol.pdf"
    own = fingerprint_of(file.key.certificate)

    def asked(data: bytes, *more: str) -> tuple[int, str]:
        place.write_bytes(data)
        return main(["verify", str(place), *more]), capsys.readouterr().out

    code, said = asked(file.signed)
    assert (code, said.splitlines()[0]) == (0, "Filen är oförändrad sedan den förseglades.")
    code, said = asked(file.signed, "--seal", in_words(own), "--language", "en")
    assert (code, said.splitlines()[0]) == (0, "The file is unchanged since it was sealed.")
    assert asked(file.signed, "--seal", "0" * 64)[0] == 1
    assert asked(file.signed + b" ")[0] == 1
    assert asked(plain_pdf())[0] == 1
    assert asked(zipped(b"Hej"))[0] == 2
    assert main(["verify", str(tmp_path / "nowhere.pdf")]) == 2


def test_verifying_starts_no_window_and_asks_no_network(file: SealedFile, tmp_path: Path) -> None:
    place = tmp_path / "protocol.pdf"
    place.write_bytes(file.signed)
    script = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from trygga_desktop.__main__ import main\n"
        f"code = main(['verify', {str(place)!r}])\n"
        "wrong = [name for name in sys.modules if name.startswith(('PySide6', 'sqlalchemy'))]\n"
        "assert not wrong, wrong\n"
        "sys.exit(code)\n"
    )

    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_a_protocol_with_arms_is_made_again_from_its_record_and_is_the_same() -> None:
    key = make_key("Exempelstads kommun")
    content = replace(FULL, arms=write_arms(plain_picture(240, 300)))

    verdict = verify(seal(print_for(key, content), key, at=MADE))

    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.text is TextState.SAME


def test_a_record_whose_arms_are_no_picture_is_told_in_words(file: SealedFile) -> None:
    record = replace(recorded(), seal=fingerprint_of(file.key.certificate))
    bad = replace(record, content=replace(FULL, arms="AAAA"))
    blocks = (*compose(FULL, SWEDISH), Seal(text="x", pairs=(), field="Sigill"))
    attachment = Attachment(name=RECORD_NAME, told="x", data=write_record(bad))
    paper = Paper(title="x", language=SWEDISH, made_at=MADE, attachments=(attachment,))

    verdict = verify(seal(render(blocks, paper), file.key, at=MADE))

    assert verdict.reason is Reason.FORM


def test_a_long_and_a_short_protocol_are_verified_alike(file: SealedFile) -> None:
    long = replace(FULL, summary="Det gick bra i skolan. " * 2_000)

    for content in (LEAST, long):
        assert verify(seal(print_for(file.key, content), file.key, at=MADE)).text is TextState.SAME


@pytest.mark.timeout(180)
def test_no_file_that_was_changed_verifies_as_unchanged(file: SealedFile) -> None:
    tried = list(tamper(file, count=4 * len(WAYS), seed=4711))

    assert [one for one in tried if one.outcome is Outcome.UNCHANGED] == []
    assert {one.way for one in tried} == {way.__name__ for way in WAYS}
