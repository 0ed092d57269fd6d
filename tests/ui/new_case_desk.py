"""The form for a new case in the states worth walking through."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import RIGHT, desk_frame, make_drafts
from tests.ui.overviews import SCHOOL, directory_view
from tests.ui.plain import NOW
from tests.ui.screens import Screen
from trygga_desktop.services.cases import OpenCase, SimilarCase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look


def make_form_model(
    texts: Mapping[FormField, str] | None = None,
    *,
    similar: Sequence[SimilarCase] = (),
    error: Exception | None = None,
    test_numbers: frozenset[str] = frozenset(),
    **uses: Any,
) -> NewCaseViewModel:
    """Return the form for a new case with these texts typed, one field after the other."""

    def open_case(_: OpenCase) -> Done[UUID]:
        if error is not None:
            raise error
        return Done(UUID(int=77), Changes(cases=True))

    model = NewCaseViewModel(
        **{
            "open_case": open_case,
            "find_similar": lambda _: Done(tuple(similar)),
            "read_directory": lambda: Done(directory_view()),
            "drafts": make_drafts(),
            "runner": InlineRunner(),
            "now": lambda: NOW,
            "test_numbers": lambda: test_numbers,
            **uses,
        }
    )
    model.load()
    for field, text in (texts or {}).items():
        model.type(field, text)
        model.leave_field(field)
    return model


def shown(look: Look) -> QWidget:
    """Return the form with everything that is needed, and how the case began."""
    model = make_form_model(
        {
            **RIGHT,
            FormField.RAISED_ON: "2026-02-03",
            FormField.WHY: "Elias har varit borta från nästan hälften av lektionerna.",
            FormField.ASSESSMENT: "Flera verksamheter behövs. Ingen kan göra det ensam.",
        }
    )
    model.choose_raised_by(str(SCHOOL))
    return desk_frame(look, NewCaseView(model, look), model)


def shown_empty(look: Look) -> QWidget:
    """Return the form before anything is typed."""
    model = make_form_model()
    return desk_frame(look, NewCaseView(model, look), model)


SCREENS = (Screen("person-form", shown), Screen("person-form-empty", shown_empty))
