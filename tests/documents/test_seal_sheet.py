"""The sheet with the fingerprint of a seal, and what the recovery sheet says of one."""

from datetime import UTC, date, datetime

import pytest

from tests.documents.papers import ENGLISH, SWEDISH, read_back, squeezed
from tests.documents.test_recovery_sheet import SHEET
from trygga_desktop.documents import recovery_sheet
from trygga_desktop.documents.blocks import Paragraph
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.i18n import Language
from trygga_desktop.services.seal_sheets import ComposeSealSheet, compose_seal_sheet

FINGERPRINT = "3f8a" * 16
NOW = datetime(2026, 1, 12, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_tells_the_fingerprint_in_words_and_digits_and_whose_it_is(language: str) -> None:
    command = ComposeSealSheet(
        municipality="Exempelstad", fingerprint=FINGERPRINT, language=language
    )
    text = squeezed(read_back(compose_seal_sheet(command, now=NOW)))

    assert squeezed(in_words(FINGERPRINT)) in text
    assert squeezed(in_groups(FINGERPRINT)) in text
    assert "Exempelstad" in text
    assert squeezed("13 januari 2026" if language == "sv" else "13 January 2026") in text


@pytest.mark.parametrize("language", [SWEDISH, ENGLISH], ids=["sv", "en"])
def test_a_recovery_sheet_claims_no_seal_for_ever(language: Language) -> None:
    content = recovery_sheet.SheetContent(
        municipality=SHEET.municipality,
        vault_name=SHEET.vault_name,
        groups=SHEET.groups,
        day=date(2026, 1, 13),
        fingerprint=FINGERPRINT,
    )
    told = [
        one.text for one in recovery_sheet.compose(content, language) if isinstance(one, Paragraph)
    ]

    assert not any("ingen annan" in one or "no other" in one for one in told)
    assert any("nytt sigill" in one or "new seal" in one for one in told)
