"""What is said of the papers of a meeting. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.papers.view_model import Kind, PapersViewModel, Target
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.papers import Addressee

ICONS = {Kind.SUMMONS: "mail", Kind.SHEET: "clipboard-list", Kind.ACTIONS: "square-check"}


def target_words(model: PapersViewModel, target: Target, language: Language) -> str:
    """Return what a paper is called: whose summons, or which agency's sheet."""
    _ = language.gettext
    one = _addressee(model, target)
    name = "" if one is None else make_visible(one.name, lines=False, longest=LONGEST_NAME)
    match target.kind:
        case Kind.SUMMONS:
            return name
        case Kind.SHEET:
            agency = "" if one is None else one.organisation
            shown = make_visible(agency, lines=False, longest=LONGEST_NAME) or name
            return _("Sheet: {agency}").format(agency=shown)
        case Kind.ACTIONS:
            agency = "" if one is None else one.organisation
            return make_visible(agency, lines=False, longest=LONGEST_NAME) or name
        case _:
            assert_never(target.kind)


def meaning(model: PapersViewModel, language: Language) -> tuple[str, str]:
    """Return what the paper that is shown is, and what stands on it."""
    _ = language.gettext
    target = model.target
    has_begun = model.found is not None and model.found.has_begun
    if target is None and has_begun and model.targets:
        return (
            _("Choose whose page is to be shown"),
            _(
                "Each page is for its reader alone. If others see your screen, cover the projector "
                "first."
            ),
        )
    if target is None and has_begun:
        return (
            _("Nothing was promised"),
            _("As soon as somebody promises something there is a page of it here."),
        )
    if target is None:
        return _("Nobody is invited"), _("Nobody gets a paper before somebody is invited.")
    if target.kind is Kind.ACTIONS:
        return (
            _("What was promised"),
            _(
                "Is taken along from the meeting. It holds what this reader has promised and until "
                "when, and of others no more than this reader may know today."
            ),
        )
    if target.kind is Kind.SHEET:
        return (
            _("Preparation sheet"),
            _(
                "Is filled in by hand and brought to the meeting. It holds what the agency itself "
                "promised, and the questions of the items that it is called to."
            ),
        )
    return (
        _("Summons"),
        _("Says when and where, and to which items. Nothing of anybody else stands on it."),
    )


def _addressee(model: PapersViewModel, target: Target) -> Addressee | None:
    everyone = () if model.found is None else model.found.addressees
    return next((one for one in everyone if one.id == target.participant_id), None)
