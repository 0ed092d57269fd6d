"""The recovery sheet: one page, whose code can be read by people, machines and screen readers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from tests.costs import prepared_vault
from tests.documents.papers import ENGLISH, SWEDISH, read_back, squeezed
from tests.documents.tagged import flaws_of, outline_of
from trygga_desktop.documents.blocks import Groups, KeyValues
from trygga_desktop.documents.fingerprint import fingerprint_of, in_groups, in_words
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.recovery_sheet import SheetContent, compose
from trygga_desktop.i18n import Language
from trygga_desktop.services.recovery_sheets import ComposeSheet, compose_recovery_sheet

GROUPS = (
    *("7F3K", "20QM", "H7QV", "2MWK", "X9TA", "4CDE"),
    *("PR61", "08ZN", "JW5S", "Q3BH", "M1VT", "6YK9"),
)
NOW = datetime(2026, 1, 12, 23, 30, tzinfo=UTC)
SHEET = SheetContent(
    municipality="Exempelstad", vault_name="Trygga unga", groups=GROUPS, day=date(2026, 1, 13)
)
SEAL = "3f8a" * 16


def _is_list(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.L


def printed(content: SheetContent, language: Language = SWEDISH) -> bytes:
    return render(compose(content, language), Paper(title="x", language=language, made_at=NOW))


def test_a_code_does_not_stand_in_a_log_by_mistake() -> None:
    assert not [group for group in GROUPS if group in repr(SHEET)]


@pytest.mark.parametrize("language", [SWEDISH, ENGLISH], ids=lambda one: one.code)
def test_the_sheet_is_one_page_however_long_the_names(language: Language) -> None:
    long = replace(
        SHEET, municipality="Ö" * 100 + " " + "å" * 99, vault_name="W " * 40, fingerprint=SEAL
    )

    with pikepdf.open(BytesIO(printed(long, language))) as pdf:
        assert len(pdf.pages) == 1


def test_every_group_can_be_read_back_in_order_from_the_page() -> None:
    read = read_back(printed(SHEET))

    places = [read.index(f"{number}{group}") for number, group in enumerate(GROUPS, start=1)]
    assert places == sorted(places)
    assert squeezed("Exempelstad") in read
    assert squeezed("den 13 januari 2026") in read or squeezed("13 januari 2026") in read


def test_the_groups_are_a_numbered_list_for_a_screen_reader() -> None:
    pdf = printed(SHEET)

    assert flaws_of(pdf) == []
    first = outline_of(pdf).index((2, "/L"))
    kinds = [kind for _, kind in outline_of(pdf)[first : first + 4]]
    assert kinds == ["/L", "/LI", "/Lbl", "/LBody"]
    with pikepdf.open(BytesIO(pdf)) as file:
        lists = [one for one in file.objects if _is_list(one)]
        assert [str(one.A.ListNumbering) for one in lists] == ["/Decimal", "/Disc", "/Disc"]


def test_without_a_seal_none_is_spoken_of_and_with_one_its_words_stand_there() -> None:
    without, with_one = compose(SHEET, SWEDISH), compose(replace(SHEET, fingerprint=SEAL), SWEDISH)

    values = [
        pair.value for block in with_one if isinstance(block, KeyValues) for pair in block.pairs
    ]
    assert in_words(SEAL) in values
    assert in_groups(SEAL) in values
    assert len(without) == len(with_one) - 3


def test_the_sheet_of_a_prepared_vault_has_its_own_code_and_the_day_in_stockholm() -> None:
    prepared = prepared_vault()
    command = ComposeSheet(
        prepared=prepared, municipality="Exempelstad", vault_name="Trygga unga", language="sv"
    )

    read = read_back(compose_recovery_sheet(command, now=NOW))

    assert all(group in read for group in prepared.recovery_code.split("-"))
    assert squeezed("13 januari 2026") in read
    assert squeezed(in_words(fingerprint_of(prepared.seal.certificate))) in read


def test_a_sheet_with_no_groups_has_no_list() -> None:
    blocks = compose(replace(SHEET, groups=()), SWEDISH)

    (groups,) = (one for one in blocks if isinstance(one, Groups))
    assert groups.items == ()
    assert printed(replace(SHEET, groups=())).startswith(b"%PDF-")
