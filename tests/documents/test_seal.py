"""The seal and the signatures after it: each adds its own revision and changes nothing."""

import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pikepdf import pdfa

from tests.documents.papers import MADE
from tests.documents.sealed import SealedFile, print_for
from tests.documents.tagged import flaws_of
from tests.documents.test_issue import BEYOND_THE_LIST
from trygga_desktop.documents.pdf.seal import SealingError, SealKey, seal, sign


def test_a_file_without_an_empty_field_for_a_seal_is_not_sealed(file: SealedFile) -> None:
    for pdf in (file.sealed, b"", b"%PDF-1.7\n", file.printed[:-200]):
        with pytest.raises(SealingError):
            seal(pdf, file.key, at=MADE)


def test_a_field_is_signed_once_and_has_to_be_there(file: SealedFile) -> None:
    for name in ("Signature1", "Signature3", ""):
        with pytest.raises(SealingError):
            sign(file.signed_once, name, file.other_key, at=MADE)


def test_a_key_that_is_none_or_another_s_seals_nothing(file: SealedFile) -> None:
    for key in (
        SealKey(b"", b""),
        SealKey(file.key.certificate, b"no key"),
        SealKey(b"no certificate", file.key.private_key),
        SealKey(file.key.certificate, file.other_key.private_key),
    ):
        with pytest.raises(SealingError):
            seal(file.printed, key, at=MADE)


def test_a_key_that_is_broken_seals_nothing(file: SealedFile) -> None:
    info = keys.PrivateKeyInfo.load(file.key.private_key)
    numbers = info["private_key"].parsed
    for part in ("private_exponent", "exponent1", "exponent2"):
        numbers[part] = numbers[part].native ^ 4
    info["private_key"] = keys.RSAPrivateKey(dict(numbers.native))

    with pytest.raises(SealingError):
        seal(file.printed, SealKey(file.key.certificate, info.dump()), at=MADE)


def test_a_key_of_another_kind_seals_nothing(file: SealedFile) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Exempelstad")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, MADE, MADE + timedelta(days=1))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    told = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    with pytest.raises(SealingError):
        seal(file.printed, SealKey(certificate, told), at=MADE)


def test_what_was_there_stays_to_the_byte(file: SealedFile) -> None:
    before = file.printed

    for after in file.revisions:
        assert after.startswith(before)
        assert len(after) > len(before)
        before = after


def test_the_seal_lets_nothing_but_signatures_follow(file: SealedFile) -> None:
    with pikepdf.open(io.BytesIO(file.sealed)) as pdf:
        (reference,) = pdf.Root.Perms.DocMDP.Reference
        assert int(reference.TransformParams.P) == 2
        assert {str(one.FT) for one in pdf.Root.AcroForm.Fields} == {"/Sig"}


def test_the_file_keeps_its_moment_and_its_makers(file: SealedFile) -> None:
    with pikepdf.open(io.BytesIO(file.printed)) as pdf:
        before, told = str(pdf.docinfo), pdf.Root.Metadata.read_bytes()
    with pikepdf.open(io.BytesIO(file.signed)) as pdf:
        assert str(pdf.docinfo) == before
        assert pdf.Root.Metadata.read_bytes() == told
        assert pdf.pdf_version == "1.7"
        assert "/Version" not in pdf.Root


def test_a_signed_file_is_still_one_for_archives_and_screen_readers(file: SealedFile) -> None:
    report = pdfa.validate_written(io.BytesIO(file.signed), "3b")

    found = {finding.message for finding in report.findings}
    assert found == BEYOND_THE_LIST | {"permissions (/Perms) are not supported"}
    assert flaws_of(file.signed) == []


def test_a_protocol_of_any_words_can_be_sealed(file: SealedFile) -> None:
    assert seal(print_for(file.key), file.key, at=MADE) != file.sealed


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's pdfsig is not here")
def test_another_program_finds_each_signature_valid(file: SealedFile, tmp_path: Path) -> None:
    place = tmp_path / "protocol.pdf"
    place.write_bytes(file.signed)

    done = subprocess.run(  # noqa: S603  found on the path, our own file
        ["pdfsig", "-nocert", str(place)],  # noqa: S607  wherever poppler is
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.stdout.count("Signature is Valid") == 3
    assert done.stdout.count("Total document signed") == 1
    assert "Exempelstads kommun" in done.stdout
