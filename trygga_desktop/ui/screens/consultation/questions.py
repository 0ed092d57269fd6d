"""The conditions of a ground as fields of a form: facts as a choice, the rest in words."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.grounds import ConditionKind, LegalGround
from trygga_desktop.ui.screens.consultation.form import GateForm, TellForm, answer_field
from trygga_desktop.ui.screens.consultation.words import hint_of
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField

_ROWS = 2
_HEIGHT = 64


class Questions(QWidget):
    """One below the other, each answered by a person: nothing is chosen beforehand."""

    def __init__(self, look: Look, form: TellForm | GateForm, ground: LegalGround) -> None:
        super().__init__()
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        choices: list[tuple[str, object]] = [
            (_("Choose"), None),
            (_("Yes"), True),
            (_("No"), False),
        ]
        for one in ground.conditions:
            field = answer_field(ground, one)
            question = one.question.in_language(look.language.code)
            if one.kind is ConditionKind.YES_NO:
                column.addWidget(
                    ChoiceField(
                        look,
                        question,
                        choices,
                        chosen=form.said.get(field),
                        name=f"said {field}",
                        choose=partial(_say, form, field),
                    ).follow(form, partial(_said, form, field))
                )
            else:
                words = FormField(
                    look,
                    form,
                    field,
                    question,
                    hint=lambda name: hint_of(form, name, look.language),
                    rows=_ROWS,
                )
                words.input.setFixedHeight(look.theme.px(_HEIGHT))
                column.addWidget(words)


def _say(form: TellForm | GateForm, field: str, holds: object) -> None:
    form.say(field, holds=holds if isinstance(holds, bool) else None)


def _said(form: TellForm | GateForm, field: str) -> bool | None:
    return form.said.get(field)
