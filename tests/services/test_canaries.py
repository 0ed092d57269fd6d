"""Promise three on disk: nothing of a case person is readable in any file the program leaves."""

import tempfile
from pathlib import Path

import pytest

from tests.conftest import NAME, PASSPHRASES, MadeVault
from tests.people import DAY, ELIAS, VIKTOR, opened_case, running_meeting, signed_case, wrote
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import find_similar, list_cases
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol

WORDS = [
    "Demosson",
    "Elias",
    "Testman",
    "NORD-7",
    "20090514-2394",
    "200905142394",
    "kanariefågel",
    "halvfärdig kanarie",
    "DEMO-2026-001",
    "Maria Lind",
    "Ekbackens skola",
    "Stadshuset",
    "schooling",
    NAME,
    "Petra Nyman",
    *PASSPHRASES.values(),
]


def found_in(folder: Path) -> set[tuple[str, str]]:
    spellings = {
        word: {word.encode(code) for code in ("utf-8", "latin-1", "utf-16-le")} for word in WORDS
    }
    hits = set()
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        for word, codes in spellings.items():
            if any(code in data for code in codes) or word in path.name:
                hits.add((path.name, word))
    return hits


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes("Elias".encode("utf-16-le"))
    assert found_in(tmp_path) == {("leak", "Elias")}


def test_no_name_number_or_note_is_readable_in_any_file(
    made: MadeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    vault = made.open()
    case_id = opened_case(vault, ELIAS, case_number="DEMO-2026-001")
    opened_case(vault, VIKTOR)
    for number in range(50):
        write_note(WriteNote(case_id=case_id, text=f"kanariefågel {number}" * 100), vault=vault)
    draft = StoreDraft(id=case_id, kind=DraftKind.NOTE, text="halvfärdig kanarie")
    store_draft(draft, vault=vault)
    find_similar(ELIAS, vault=vault)
    list_cases(vault=vault)
    read_case(case_id, vault=vault)
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "kanariefågel vid bordet", organisation_id=family.school)
    terms = NewExclusion(
        categories=frozenset({"schooling"}), words="kanariefågel", asked_by=family.sara
    )
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(terms,)), vault=vault)
    compose_protocol(ComposeProtocol(meeting_id=meeting_id), vault=vault)

    while_open = found_in(tmp_path)
    vault.close()

    assert while_open == set()
    assert found_in(tmp_path) == set()
    assert list(temporary.iterdir()) == []
