"""The parts of forms as this screen fills them: with its own words for what is typed."""

from collections.abc import Callable
from functools import partial

from trygga_desktop.ui.screens.people.form import PeopleField
from trygga_desktop.ui.screens.people.hints import hint_for, missing_text
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import ButtonKind
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot


def typed_field(
    look: Look, form: TextForm, field: PeopleField, label: str, *, rows: int = 0
) -> FormField:
    """Return a field that tells what is thought of its text."""
    hint = partial(hint_for, form=form, language=look.language)
    return FormField(look, form, field, label, hint=hint, rows=rows)


def form_foot(  # noqa: PLR0913  what a foot is made of
    look: Look,
    form: TextForm,
    *,
    text: str,
    send: Callable[[], None],
    cancel_text: str,
    cancel: Callable[[], None],
    kind: ButtonKind = ButtonKind.PRIMARY,
    nothing: str = "",
) -> FormFoot:
    """Return the foot of a form, which tells what is missing."""
    return FormFoot(
        look,
        form,
        missing=partial(missing_text, form, look.language),
        text=text,
        send=send,
        cancel_text=cancel_text,
        cancel=cancel,
        kind=kind,
        nothing=nothing,
    )
