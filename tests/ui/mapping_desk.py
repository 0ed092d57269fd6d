"""The mapping of a case in the states worth walking through."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.overviews import CASE, SARA, make_overview
from tests.ui.plain import NOW, draft_uses
from tests.ui.screens import Screen
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.ui.screens.mapping.view import MappingView
from trygga_desktop.ui.screens.mapping.view_model import MappingViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look


def make_mapping_model(
    overview: CaseOverview | None = None, *, error: Exception | None = None, **uses: Any
) -> MappingViewModel:
    """Return the mapping of Elias's case, read."""
    found = make_overview() if overview is None else overview

    def read_overview(_: UUID) -> Done[CaseOverview]:
        if error is not None:
            raise error
        return Done(found)

    model = MappingViewModel(
        CASE,
        **{
            "read_overview": read_overview,
            "record_statement": lambda _: Done(UUID(int=5), Changes(items=True)),
            "drafts": draft_uses(),
            "runner": InlineRunner(),
            "now": lambda: NOW,
            **uses,
        },
    )
    model.load()
    return model


def shown(look: Look) -> QWidget:
    """Return the mapping of a case in which something was told."""
    model = make_mapping_model()
    return desk_frame(look, MappingView(model, look), model)


def shown_asking(look: Look) -> QWidget:
    """Return a mapping while somebody writes down what may be about others too."""
    model = make_mapping_model()
    model.choose_area("family")
    model.type_text("Mormor finns nära och hjälper till efter skolan.")
    model.choose_teller(model.tellers[1])
    model.answer_others(concerns=True)
    model.tick(SARA, is_about=True)
    return desk_frame(look, MappingView(model, look), model)


SCREENS = (Screen("mapping", shown), Screen("mapping-asking", shown_asking))
