"""Sealed bytes are handed out as they were sealed, logged first, and compared with the log."""

import io
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pikepdf import pdfa

from tests.conftest import PASSPHRASES, MadeVault
from tests.documents.tagged import flaws_of
from tests.documents.test_issue import BEYOND_THE_LIST
from tests.insider import AFTER, insider_of, without_triggers
from tests.services.examples.row import signed
from tests.services.sealing_desk import held_meeting, protocols_of, sealed_of
from trygga_desktop.__main__ import main
from trygga_desktop.crypto import seals
from trygga_desktop.documents.fingerprint import in_words
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome, Reason, TextState, Verdict
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    SealedFileChangedError,
    TamperedError,
)
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Tie
from trygga_desktop.services import sealing
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.addenda import MOST_CONCERNS, MOST_TEXT, AddAddendum, add_addendum
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.municipality import ChangeMunicipality, change_municipality
from trygga_desktop.services.sealed_copies import log_print_failed
from trygga_desktop.services.sealed_files import (
    AddSigned,
    SealedFile,
    add_signed,
    find_by_code,
    log_sealed_printed,
    read_sealed,
)
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.seals import make_seal
from trygga_desktop.services.vault import OpenVault


@pytest.fixture
def file(vault: OpenVault) -> SealedFile:
    """The sealed file of a meeting, for the board."""
    return sealed_of(vault, held_meeting(vault))


def test_nobody_without_the_case_reads_a_sealed_protocol(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    petra = made.open("pn")
    for call in (read_sealed, log_sealed_printed):
        with pytest.raises(NoAccessError):
            call(file.protocol.id, vault=petra)
    assert find_by_code(file.protocol.control_code, vault=petra).value is None
    petra.close()


def test_a_protocol_that_is_none_is_refused(vault: OpenVault) -> None:
    with pytest.raises(NoAccessError):
        read_sealed(AFTER, vault=vault)


def test_reading_is_logged_and_shows_in_the_log_of_the_case(
    vault: OpenVault, file: SealedFile
) -> None:
    read_sealed(file.protocol.id, vault=vault)
    log = read_log(LogQuestion(case_id=file.protocol.case_id), vault=vault).value
    told = [one.action for one in log.lines]
    assert told[:3] == [Action.PROTOCOL_READ, Action.PROTOCOL_READ, Action.PROTOCOL_SEALED]


def test_another_sealed_file_under_the_same_number_is_told_and_not_handed_out(
    made: MadeVault,
) -> None:
    """A colleague with the case's key can write any row; the log remembers what came first."""
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    without_triggers(made, "DELETE FROM protocol_file", "DELETE FROM protocol")
    vault = made.open()
    forged = replace(file.protocol, digest=sha256(b"forged").hexdigest())
    with vault.work() as work:
        work.protocols.add(forged, b"forged")
        work.commit(Action.MEETING_CHANGED, forged.meeting_id)

    with pytest.raises(SealedFileChangedError):
        read_sealed(file.protocol.id, vault=vault)
    vault.close()


@pytest.mark.parametrize(
    "change", ["UPDATE protocol_file SET ciphertext = x'00'", "DELETE FROM protocol_file"]
)
def test_bytes_that_were_changed_or_taken_away_are_told(made: MadeVault, change: str) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    without_triggers(made, change)

    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        read_sealed(file.protocol.id, revision=1, vault=vault)
    found = find_by_code(file.protocol.control_code, vault=vault).value
    assert found is not None
    assert not found.is_same
    vault.close()


def test_what_an_earlier_version_sealed_is_read_as_before(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def before(protocol: SealedProtocol) -> Tie:
        digest = bytes.fromhex(protocol.digest)
        return Tie(digest=digest, case_id=protocol.case_id, meeting_id=protocol.meeting_id)

    monkeypatch.setattr(sealing, "tie_of_protocol", before)
    file = sealed_of(vault, held_meeting(vault))

    assert verify(file.pdf).outcome is Outcome.UNCHANGED
    assert read_sealed(file.protocol.id, vault=vault).value == file


def test_a_later_entry_of_the_log_does_not_stand_in_for_the_first(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    with insider_of(made) as insider:
        insider.log(Action.PROTOCOL_SEALED, file.protocol.id, digest=bytes(32))

    vault = made.open()
    assert read_sealed(file.protocol.id, vault=vault).value.pdf == file.pdf
    vault.close()


def test_a_protocol_row_that_is_not_whole_is_told(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    without_triggers(made, "UPDATE protocol SET ciphertext = x'00'")
    vault = made.open()
    with pytest.raises(TamperedError):
        read_sealed(file.protocol.id, vault=vault)
    vault.close()


@pytest.mark.parametrize(
    "typed", ["", "T9VZ", "T9VZ-BQFY-H20", "T9VZ-BQFY-H2066", "Å9VZ-BQFY-H206"]
)
def test_what_is_no_control_code_is_refused(vault: OpenVault, typed: str) -> None:
    with pytest.raises(InvalidInputError):
        find_by_code(typed, vault=vault)


def test_a_code_of_no_protocol_finds_none(vault: OpenVault, file: SealedFile) -> None:
    assert file.protocol.control_code != "T9VZ-BQFY-H206"
    assert find_by_code("T9VZ-BQFY-H206", vault=vault).value is None


def test_a_code_finds_its_protocol_however_it_is_typed(vault: OpenVault, file: SealedFile) -> None:
    code = file.protocol.control_code
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for typed in (code, spoken, code.replace("-", "")):
        found = find_by_code(typed, vault=vault).value
        assert found is not None
        assert (found.protocol_id, found.is_same) == (file.protocol.id, True)
        assert (found.meeting_number, found.kind) == (1, ProtocolKind.FULL)


def corrected(vault: OpenVault, file: SealedFile, text: str = "Rätt tid är 14.30.") -> SealedFile:
    """Write an addendum, and return it as it is read back."""
    command = AddAddendum(protocol_id=file.protocol.id, text=text, concerns="Maria Lind")
    return read_sealed(add_addendum(command, vault=vault).value, vault=vault).value


@pytest.mark.parametrize(
    ("text", "concerns"),
    [("", ""), (" \n", ""), ("x" * (MOST_TEXT + 1), ""), ("x", "x" * (MOST_CONCERNS + 1))],
)
def test_an_addendum_that_says_nothing_or_too_much_is_refused(
    vault: OpenVault, file: SealedFile, text: str, concerns: str
) -> None:
    command = AddAddendum(protocol_id=file.protocol.id, text=text, concerns=concerns)
    with pytest.raises(InvalidInputError):
        add_addendum(command, vault=vault)
    assert len(protocols_of(vault, file.protocol.case_id)) == 1


def test_an_addendum_corrects_a_protocol_and_no_addendum(
    vault: OpenVault, file: SealedFile
) -> None:
    addendum = corrected(vault, file)
    with pytest.raises(InvalidInputError):
        corrected(vault, addendum)


def test_addenda_are_numbered_sealed_and_chained_and_change_no_protocol(
    vault: OpenVault, file: SealedFile
) -> None:
    first, second = corrected(vault, file), corrected(vault, file, "Ännu en rättelse.")

    assert [one.protocol.addendum_number for one in (first, second)] == [1, 2]
    assert [one.protocol.sequence for one in (first, second)] == [2, 3]
    assert first.protocol.previous == file.protocol.record_hash
    assert second.protocol.previous == first.protocol.record_hash
    assert first.protocol.corrects == file.protocol.id
    assert first.file_name.endswith("-1.pdf")
    verdict = verify(second.pdf)
    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.record is not None
    addendum = verdict.record.content.addendum
    assert addendum is not None
    assert (addendum.number, addendum.text) == (2, "Ännu en rättelse.")
    assert (addendum.code, addendum.author) == (file.protocol.control_code, "Karin Ek")
    assert verdict.record.content.items == ()
    assert read_sealed(file.protocol.id, vault=vault).value.pdf == file.pdf


@pytest.mark.parametrize(
    "text",
    [
        "x" * 40_000,
        "Łukasz Çağrı Ánne Máret Юлия مريم 🙂 \u202e<b>&amp;\x00",  # noqa: RUF001  names are spelled so
        "Rad.\n\n" * 400,
        "\ud800 halvt tecken",
    ],
)
def test_an_addendum_with_any_text_at_all_is_sealed_and_verifies(
    vault: OpenVault, file: SealedFile, text: str
) -> None:
    addendum = corrected(vault, file, text)

    assert verify(addendum.pdf).outcome is Outcome.UNCHANGED
    assert find_by_code(addendum.protocol.control_code, vault=vault).value is not None


def test_no_addendum_is_sealed_to_a_protocol_that_was_changed(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    without_triggers(made, "DELETE FROM protocol_file")
    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        corrected(vault, file)
    vault.close()


def brought_back(vault: OpenVault, file: SealedFile, pdf: bytes) -> int:
    """Take a file back."""
    command = AddSigned(protocol_id=file.protocol.id, pdf=pdf)
    return add_signed(command, vault=vault).value


def test_only_the_sealed_file_with_a_signature_behind_it_is_taken_back(
    vault: OpenVault, file: SealedFile
) -> None:
    good = signed(file.pdf)
    wrong = [
        b"",
        b"%PDF-1.7",
        file.pdf,
        file.pdf + b"\n",
        good[:-1],
        good + b"x",
        b"x" + good,
        good[: len(file.pdf) + 300] + b"x" + good[len(file.pdf) + 301 :],
        corrected(vault, file).pdf,
    ]
    for pdf in wrong:
        with pytest.raises(InvalidInputError):
            brought_back(vault, file, pdf)
    state = read_sealing(file.protocol.meeting_id, vault=vault).value
    assert [one.revisions for one in state.protocols] == [1, 1]


def test_a_signed_file_is_read_between_two_units_of_work_and_told_if_that_takes_too_much(
    made: MadeVault,
) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    asked: list[tuple[bytes, str]] = []

    def give_up(pdf: bytes, seal: str) -> Verdict:
        asked.append((pdf, seal))
        # Nobody waits for what a stranger made: others may write meanwhile.
        log_sealed_printed(file.protocol.id, vault=vault)
        return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_COSTLY)

    vault = unlock(
        Unlock(folder=made.folder, login="ke", passphrase=PASSPHRASES["ke"]),
        environment=replace(made.environment, verify=give_up),
    )
    back = signed(file.pdf)
    with pytest.raises(InvalidInputError) as refused:
        brought_back(vault, file, back)
    assert (refused.value.field, refused.value.flaw) == ("file", "too_costly")
    assert asked == [(back, file.protocol.seal)]
    assert read_sealed(file.protocol.id, vault=vault).value.revision == 1
    vault.close()


def test_a_signed_file_is_the_next_revision_and_the_sealed_one_stays(
    vault: OpenVault, file: SealedFile
) -> None:
    once = signed(file.pdf)
    assert brought_back(vault, file, once) == 2

    newest = read_sealed(file.protocol.id, vault=vault).value
    first = read_sealed(file.protocol.id, revision=1, vault=vault).value
    assert (newest.revision, newest.pdf) == (2, once)
    assert (first.revision, first.pdf) == (1, file.pdf)
    found = find_by_code(file.protocol.control_code, vault=vault).value
    assert found is not None
    assert found.is_same


def test_whoever_may_not_seal_does_not_bar_a_file_by_an_entry_of_their_own(
    made: MadeVault,
) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    vault.close()
    auditor = made.open("at")
    with auditor.work() as work:
        work.commit(Action.PROTOCOL_SIGNED, file.protocol.id, digest=bytes(32))
    auditor.close()

    vault = made.open()
    assert read_sealed(file.protocol.id, vault=vault).value.pdf == file.pdf
    vault.close()


def test_a_revision_that_was_taken_away_is_told(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault))
    brought_back(vault, file, signed(file.pdf))
    vault.close()
    without_triggers(made, "DELETE FROM protocol_file WHERE revision = 2")

    vault = made.open()
    found = find_by_code(file.protocol.control_code, vault=vault).value
    assert found is not None
    assert not found.is_same
    for revision in (2, None):
        with pytest.raises(SealedFileChangedError):
            read_sealed(file.protocol.id, revision=revision, vault=vault)
    with pytest.raises(SealedFileChangedError):
        brought_back(vault, file, signed(file.pdf))
    assert read_sealed(file.protocol.id, revision=1, vault=vault).value.pdf == file.pdf
    vault.close()


def test_each_print_of_a_sealed_protocol_is_the_next_copy(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id

    numbers = [log_sealed_printed(protocol_id, vault=vault).value for _ in range(3)]
    log_print_failed(protocol_id, vault=vault)
    numbers.append(log_sealed_printed(protocol_id, vault=vault).value)

    assert numbers == [1, 2, 3, 4]


def test_sealed_and_twice_signed_a_protocol_of_a_vault_passes_every_check(
    vault: OpenVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM)
    for field in ("Signature1", "Signature2"):
        newest = read_sealed(file.protocol.id, vault=vault).value.pdf
        brought = AddSigned(protocol_id=file.protocol.id, pdf=signed(newest, field))
        add_signed(brought, vault=vault)
    last = read_sealed(file.protocol.id, vault=vault).value
    assert last.revision == 3
    assert last.pdf.startswith(file.pdf)
    place = tmp_path / "protocol.pdf"
    place.write_bytes(last.pdf)

    # The command, by the seal that it is known by, with the pages made again from the record.
    assert main(["verify", str(place), "--seal", file.protocol.seal, "--language", "en"]) == 0
    assert capsys.readouterr().out
    verdict = verify(last.pdf, asked=file.protocol.seal)
    assert (verdict.outcome, verdict.text) == (Outcome.UNCHANGED, TextState.SAME)
    assert len(verdict.signatures) == 2
    # Another reader of the standard, and our own of its tags.
    report = pdfa.validate_written(io.BytesIO(last.pdf), "3b")
    found = {finding.message for finding in report.findings}
    assert found == BEYOND_THE_LIST | {"permissions (/Perms) are not supported"}
    assert flaws_of(last.pdf) == []
    if shutil.which("pdfsig") is not None:
        command = ["pdfsig", "-nocert", str(place)]
        said = subprocess.run(command, capture_output=True, check=False, text=True).stdout  # noqa: S603  found on the path
        assert said.count("Signature is Valid") == 3
        assert said.count("Total document signed") == 1


def test_a_new_seal_leaves_what_was_sealed_as_it_was_and_both_are_known(vault: OpenVault) -> None:
    held = held_meeting(vault)
    file = sealed_of(vault, held)
    before = in_words(file.protocol.seal)
    change_municipality(ChangeMunicipality("Nya Exempelstads kommun"), vault=vault)
    # One of its own: tests have the same one for every vault, which takes no time.
    vault.environment = replace(vault.environment, new_seal=seals.make_seal)
    made = make_seal(vault=vault).value
    later = sealed_of(vault, held, ProtocolKind.ROOM)

    assert read_sealed(file.protocol.id, vault=vault).value.pdf == file.pdf
    assert later.protocol.seal == made.fingerprint != file.protocol.seal
    for one, words in ((file, before), (later, made.words)):
        found = find_by_code(one.protocol.control_code, vault=vault).value
        assert found is not None
        assert (found.is_same, found.seal_words) == (True, words)
        assert verify(one.pdf, asked=one.protocol.seal).outcome is Outcome.UNCHANGED
