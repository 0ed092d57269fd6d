"""What is known of the young person and of the case, as lines of a label and a text. No widgets."""

from enum import StrEnum
from typing import NamedTuple, assert_never

from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import Language
from trygga_desktop.services.case_files import CaseFile, FactKind, ShownFact
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.ui.case_words import age_text, phase_label, protection_label
from trygga_desktop.ui.screens.case.view_model import CaseViewModel

_ADULT = 18

_GUARDED = (FactKind.NAME, FactKind.NUMBER, FactKind.BIRTH_DATE)
"""What lies in the guarded part when the identity is protected."""


class Secrecy(StrEnum):
    """How a line stands to who reads it."""

    PLAIN = "plain"
    HIDDEN = "hidden"
    NOT_GIVEN = "not_given"


class FactLine(NamedTuple):
    """One line."""

    label: str
    text: str
    secrecy: Secrecy = Secrecy.PLAIN


def person_lines(model: CaseViewModel, language: Language) -> list[FactLine]:
    """Return what the file says of the young person, as far as it may stand there now."""
    file = model.file
    if file is None:
        return []
    lines = []
    for fact in file.facts:
        line = _line(fact, model, file, language)
        lines.append(line)
        if fact.kind is FactKind.BIRTH_DATE and line.secrecy is Secrecy.PLAIN:
            lines += _age_lines(fact, model, language)
    if file.row.protected and not file.guarded_readable:
        told = {fact.kind for fact in file.facts}
        text = language.gettext("Kept in the guarded part, which you do not have access to.")
        lines += [
            FactLine(label_of(kind, language), text, Secrecy.NOT_GIVEN)
            for kind in _GUARDED
            if kind not in told
        ]
    return lines


def case_lines(file: CaseFile, language: Language) -> list[FactLine]:
    """Return what is known of the case itself."""
    _ = language.gettext
    lines = [FactLine(_("Case number"), file.row.case_number)]
    if file.registry_number:
        lines.append(FactLine(_("Registry number"), file.registry_number))
    lines.append(FactLine(_("Phase"), phase_label(file.row.phase, language)))
    lines.append(FactLine(_("Opened"), language.date_long(file.row.opened_on)))
    return lines


def worker_lines(overview: CaseOverview, language: Language) -> list[FactLine]:
    """Return who is responsible for the case, and who else it was granted to."""
    _ = language.gettext
    responsible = [one.name for one in overview.workers if one.is_responsible]
    others = [one.name for one in overview.workers if not one.is_responsible]
    lines = [FactLine(_("Responsible"), name) for name in responsible]
    if others:
        lines.append(FactLine(_("Also has access"), language.list_words(others)))
    return lines


def label_of(kind: FactKind, language: Language) -> str:
    """Return what stands before a fact."""
    _ = language.gettext
    match kind:
        case FactKind.NAME:
            return _("Name")
        case FactKind.ALIAS:
            return _("Alias")
        case FactKind.NUMBER:
            return _("Personal or coordination number")
        case FactKind.FORMER_NUMBER:
            return _("Former number")
        case FactKind.BIRTH_DATE:
            return _("Born")
        case FactKind.PROTECTION:
            return _("Protection")
        case _:
            assert_never(kind)


def _line(fact: ShownFact, model: CaseViewModel, file: CaseFile, language: Language) -> FactLine:
    label = label_of(fact.kind, language)
    guarded = fact.kind in {*_GUARDED, FactKind.FORMER_NUMBER}
    if file.row.protected and guarded and not model.is_revealed:
        return FactLine(label, language.gettext("Hidden"), Secrecy.HIDDEN)
    if fact.kind is FactKind.PROTECTION:
        return FactLine(label, protection_label(Protection(fact.item.text), language))
    return FactLine(label, fact.item.text)


def _age_lines(fact: ShownFact, model: CaseViewModel, language: Language) -> list[FactLine]:
    """Return how old the young person is, unless too little of the birth date is known."""
    _ = language.gettext
    born = fact.born
    age = None if born is None else born.age_on(model.today)
    if born is None or age is None:
        return []
    told, adult_on = age_text(age, language), born.turns(_ADULT)
    if age < _ADULT and adult_on is not None:
        day = language.date_long(adult_on)
        told = _("{age}, turns 18 on {day}").format(age=told, day=day)
    return [FactLine(_("Age"), told)]
