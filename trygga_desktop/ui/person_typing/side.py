"""Beside the form: what holds from the start, and what a protected identity brings with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import Language
from trygga_desktop.services.cases import SimilarBy, SimilarCase
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


def similar_text(similar: Sequence[SimilarCase], language: Language) -> str:
    """Return which cases may be about the same person, and why."""
    _ = language.gettext
    lines = []
    for by in SimilarBy:
        numbers = [one.case_number for one in similar if one.same is by]
        if not numbers:
            continue
        text = (
            _("The same number stands in {numbers}.")
            if by is SimilarBy.NUMBER
            else _("The same name and birth date stand in {numbers}.")
        )
        lines.append(text.format(numbers=language.list_words(numbers)))
    return " ".join(lines)


def protection_card(look: Look, protection: Protection) -> Card:
    """Return what holds for the case. Without protection it is short: the form needs the room."""
    if protection is Protection.NONE:
        return _open_card(look)
    return protected_card(look, protection, look.language.gettext("What holds now"))


def protected_card(
    look: Look, protection: Protection, title: str, more: Sequence[tuple[str, str, str]] = ()
) -> Card:
    """Return what a protected identity brings with it: icon, title and line for each thing."""
    card = Card(look, title)
    for icon, heading, line in (*_protected_rows(protection, look.language), *more):
        card.body.addWidget(IconRow(look, icon=icon, title=heading, line=line))
    return card


def _open_card(look: Look) -> Card:
    _ = look.language.gettext
    tokens = look.theme.tokens
    card = Card(look)
    card.body.setSpacing(Space.S)
    lines = (
        ("lock", _("You and the coordinators have access.")),
        ("history", _("Each time the case is read, the log says so.")),
    )
    for icon, text in lines:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        mark = IconMark(look, icon, colour=tokens.accent, size=16)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        label = PlainLabel(look, text, style=TextStyle.SECONDARY, colour=tokens.text2)
        row.addWidget(label, 1)
        card.body.addLayout(row)
    return card


def _protected_rows(protection: Protection, language: Language) -> list[tuple[str, str, str]]:
    _ = language.gettext
    rows = [
        (
            "venetian-mask",
            _("Lists show the alias"),
            _("Never the name, the number or the age."),
        ),
        ("search", _("The name is not searched"), _("Filtering finds the alias only.")),
        (
            "lock",
            _("Name and number lie apart"),
            _("In the guarded part, which is granted by itself."),
        ),
    ]
    if protection is Protection.FICTITIOUS_IDENTITY:
        rows.append(
            (
                "unlink",
                _("No way back to the old identity"),
                _("Write only the new name and number. Nothing may link them to the old ones."),
            )
        )
    return rows
