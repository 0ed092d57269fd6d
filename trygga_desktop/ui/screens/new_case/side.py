"""Beside the form: the numbers of the case, and what a protected identity brings with it."""

from collections.abc import Sequence

from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import Language
from trygga_desktop.services.cases import SimilarBy, SimilarCase
from trygga_desktop.ui.screens.new_case.form import FormField
from trygga_desktop.ui.screens.new_case.typed_field import TypedField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.icon_row import IconRow


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


def case_card(look: Look, model: NewCaseViewModel) -> Card:
    """Return the card with the numbers of the case."""
    _ = look.language.gettext
    card = Card(look, _("The case"))
    number = TypedField(
        look, model, FormField.CASE_NUMBER, _("Case number"), placeholder=_("Random")
    )
    card.body.addWidget(number)
    card.body.addWidget(
        TypedField(look, model, FormField.REGISTRY_NUMBER, _("Registry number, if there is one"))
    )
    return card


def protection_card(look: Look, protection: Protection) -> Card:
    """Return what holds for the case, with or without protection."""
    _ = look.language.gettext
    if protection is Protection.NONE:
        title, rows = _("From the start"), _open_rows(look.language)
    else:
        title, rows = _("What holds now"), _protected_rows(protection, look.language)
    card = Card(look, title)
    for icon, heading, line in rows:
        card.body.addWidget(IconRow(look, icon=icon, title=heading, line=line))
    return card


def _open_rows(language: Language) -> list[tuple[str, str, str]]:
    _ = language.gettext
    return [
        (
            "lock",
            _("You and the coordinators have access"),
            _("Other colleagues get the case when they are granted it."),
        ),
        ("history", _("The log remembers"), _("Each time the case is read, the log says so.")),
    ]


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
