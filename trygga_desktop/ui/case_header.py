"""The head of every page of a case: whose it is, its number, its programme, its marks."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.table_roles import PillValue


def case_header(
    look: Look,
    row: CaseRow,
    catalogue: Catalogue,
    *,
    pills: Sequence[PillValue] = (),
    actions: Sequence[QWidget] = (),
) -> PageHeader:
    """Return the head: `pills` stand before the mark of protected details."""
    _ = look.language.gettext
    marks = list(pills)
    if row.protected:
        marks.append(PillValue(_("Protected details"), Tone.WARN, "shield-user"))
    number = "" if row.title == row.case_number else row.case_number
    programme = next((one for one in catalogue.programmes if one.code == row.programme), None)
    name = "" if programme is None else programme.name.in_language(look.language.code)
    return PageHeader(
        look,
        row.title,
        line=" · ".join(one for one in (number, name) if one),
        pills=[Pill(look, one.text, tone=one.tone, icon=one.icon) for one in marks],
        actions=actions,
    )
