"""What stands above and below the outline: what is asked, what was agreed, what is guarded."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.domain.plan import LineKind
from trygga_desktop.services.plan_comparison import say_sign
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.ui.due_words import follow_up_words, rest_day
from trygga_desktop.ui.screens.plan.editing import line_of
from trygga_desktop.ui.screens.plan.states import Told
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan.words import lack_words, one_line, who_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out

_MOST_NAMED = 3


def told_banner(look: Look, model: PlanViewModel) -> QWidget | None:
    """Return what has just happened, or nothing."""
    _ = look.language.gettext
    number = 0 if model.view is None else model.view.number
    text = {
        Told.NOTHING: "",
        Told.KEPT: _("Version {number} is kept.").format(number=number),
        Told.BROUGHT: _("Version {number} is ready for the meeting.").format(number=number),
        Told.AGREED: _("What the meeting agreed on is noted, and stands in its protocol."),
        Told.STATE: _("How it went is noted."),
        Told.LOOK_AGAIN: _("The plan changed just now. Look once more."),
    }[model.told]
    if model.told is Told.LOOK_AGAIN:
        return banner(look, text, tone=Tone.WARN)
    return banner(look, text, tone=Tone.OK, icon="check") if text else None


def behind_banner(look: Look, model: PlanViewModel) -> QWidget:
    """Return that the plan changed while one writes, with the way to look at how."""
    _ = look.language.gettext
    compare = Button(look, _("Compare versions"), icon="git-compare-arrows")
    compare.setObjectName("compare what changed")
    compare.clicked.connect(model.compare_wanted)
    text = _("The plan changed while you were writing. Both stand there when you keep it.")
    return banner(look, text, tone=Tone.WARN, buttons=(compare,))


def opens_banner(look: Look, model: PlanViewModel) -> QWidget:
    """Return the question whether more may hear of what is told as something else now."""
    language = look.language
    _ = language.gettext
    lines = [one_line(one.words) for one in model.told_otherwise]
    text = language.ngettext(
        "{count} line is now told as somebody else's information, or of another kind: {lines}. "
        "More people may hear it by that. Is it theirs?",
        "{count} lines are now told as somebody else's information, or of another kind: {lines}. "
        "More people may hear them by that. Are they theirs?",
        len(lines),
    )
    yes = Button(look, _("Yes, that is right"), icon="check")
    yes.setObjectName("opens knowingly")
    yes.clicked.connect(model.send_opened)
    back = Button(look, _("Not now"), ButtonKind.GHOST)
    back.setObjectName("not now")
    back.clicked.connect(model.ask_nothing)
    told = text.format(
        count=language.number(len(lines)), lines=language.list_words(lines[:_MOST_NAMED])
    )
    return banner(look, told, tone=Tone.WARN, icon="eye", buttons=(yes, back))


def leave_out_banner(look: Look, model: PlanViewModel) -> QWidget:
    """Return the question whether the plan goes to the meeting without what it may not hold."""
    language = look.language
    count = len(model.kept_back)
    text = language.ngettext(
        "{count} line may not be told to everyone who is called. It stays at the desk.",
        "{count} lines may not be told to everyone who is called. They stay at the desk.",
        count,
    )
    rest = Button(look, language.gettext("Take the rest"), icon="check")
    rest.setObjectName("take the rest")
    rest.clicked.connect(model.bring_rest)
    back = Button(look, language.gettext("Not now"), ButtonKind.GHOST)
    back.setObjectName("not now")
    back.clicked.connect(model.ask_nothing)
    return banner(
        look,
        text.format(count=language.number(count)),
        tone=Tone.WARN,
        icon="eye-off",
        buttons=(rest, back),
    )


class AgreedCard(Card):
    """Which lines the meeting stands behind. Each has a box to tick."""

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        meeting = model.deciding_meeting
        number = 0 if meeting is None else meeting.number
        title = _("What did meeting {number} agree on?").format(number=number)
        super().__init__(look, title, parent=parent)
        self.setObjectName("agreed")
        self._model = model
        self._look = look
        note = _("What is ticked becomes a commitment, and stands in the protocol.")
        self.body.addWidget(
            PlainLabel(look, note, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        )
        if model.not_asked:
            text = look.language.ngettext(
                "{count} line is not asked about: somebody in the room may not be told of it.",
                "{count} lines are not asked about: somebody in the room may not be told of them.",
                model.not_asked,
            ).format(count=look.language.number(model.not_asked))
            colour = look.theme.tokens.text2
            self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=colour))
        self.boxes = [self._box(one) for one in model.proposed]
        for box in self.boxes:
            self.body.addWidget(box)
        self._note = Button(look, _("Note what was agreed"), icon="check")
        self._note.setObjectName("note agreed")
        self._note.clicked.connect(model.note_agreed)
        self._back = Button(look, _("Not now"), ButtonKind.GHOST)
        self._back.setObjectName("not now")
        self._back.clicked.connect(model.ask_nothing)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._note)
        self.body.addLayout(row)
        model.changed.connect(self._show)
        self._show()

    def _box(self, shown: ShownPlanLine) -> CheckBox:
        language = self._look.language
        _ = language.gettext
        line = line_of(shown)
        parts = [one_line(line.words)]
        if line.kind is LineKind.ACTION:
            day, hour = line.until
            view = self._model.view
            who = "" if view is None else who_words(line, shown, view.catalogue, language)
            parts += [who, "" if day is None else language.due_long(day, hour)]
            if line.own_part:
                told = _("The young person: {what}").format(what=one_line(line.own_part))
                parts.append(told)
            asked = line.new_follow_up or line.follow_up_on
            before = line.follow_up_on if shown.progress is not None else None
            parts.append(follow_up_words(asked, before, language))
            for one in dict.fromkeys((day, asked)):
                if one is not None:
                    parts.append(rest_day(one, language).rstrip("."))
        elif line.sign:
            parts.append(say_sign(line.kind, one_line(line.sign), language))
        if shown.has_left:
            who = one_line(line.responsible)
            parts.append(_("{name} has left the case").format(name=who))
        if line.lack is not None:
            lacks = lack_words(line.lack, language)
            parts.append(_("is kept as a note ({lacks})").format(lacks=lacks))
        box = CheckBox(self._look, " · ".join(one for one in parts if one))
        box.setChecked(shown.id in self._model.agreed)
        box.setObjectName(f"agreed {shown.id}")
        box.toggled.connect(partial(self._tick, shown))
        return box

    def _tick(self, shown: ShownPlanLine, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tick(shown.id, is_agreed=checked)

    @Slot()
    def _show(self) -> None:
        self._note.setEnabled(bool(self._model.agreed))


class ProtectionCard(Card):
    """Needs of protection, which only named readers see. No meeting and no page ever has them."""

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        note = _("only for named readers, never in a meeting or on paper")
        super().__init__(look, _("Needs of protection"), note=note, parent=parent)
        self.setObjectName("protection")
        self._model = model
        self._look = look
        self._rows: list[QWidget] = []
        self._built: object = None
        self.text = TextArea(look, rows=1)
        self.text.setObjectName("protection text")
        self.text.setMaximumHeight(look.theme.px(56))
        self.text.textChanged.connect(self._type)
        self.body.addWidget(Field(look, _("Another need of protection"), self.text))
        self._write = Button(look, _("Write it down"), icon="plus", small=True)
        self._write.setObjectName("write protection")
        self._write.clicked.connect(model.protecting.write)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._write)
        self.body.addLayout(row)
        model.changed.connect(self._show)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        buttons = [one for row in self._rows for one in row.findChildren(Button)]
        return (*buttons, self.text, self._write)

    @Slot()
    def _type(self) -> None:
        self._model.protecting.type(self.text.toPlainText())

    @Slot()
    def _show(self) -> None:
        model = self._model
        view = model.view
        if self.text.toPlainText() != model.protecting.text:
            self.text.blockSignals(True)
            self.text.setPlainText(model.protecting.text)
            self.text.blockSignals(False)
        # A disabled button must not take the focus from whoever pressed it with the keyboard.
        is_on = bool(model.protecting.text.strip())
        if self._write.hasFocus() and not is_on:
            self.text.setFocus()
        self._write.setEnabled(is_on)
        found = () if view is None else view.protection
        if found == self._built:
            return
        self._built = found
        take_out(*self._rows)
        self._rows = []
        for place, item in enumerate(found, start=1):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(PlainLabel(self._look, item.text), 1)
            change = Button(
                self._look,
                self._look.language.gettext("Change"),
                ButtonKind.GHOST,
                icon="pencil",
                small=True,
            )
            change.setObjectName(f"change protection {place}")
            change.clicked.connect(partial(model.protecting.change, item.id))
            row.addWidget(change)
            self.body.insertWidget(place, line)
            self._rows.append(line)
