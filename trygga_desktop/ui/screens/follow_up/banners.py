"""What came of raising and saving, above the list: a question, an answer, or what went wrong."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.paper_words import missed_message, save_message, told_message
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.reminder_words import decider_word
from trygga_desktop.ui.screens.follow_up.view_model import (
    FollowUpState,
    FollowUpViewModel,
    Form,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.ways import message_banner, replace_banner


class Banners(QWidget):
    """Shows one banner at a time, or none. `gone` tells that the focus went away with one."""

    gone = Signal()

    def __init__(
        self,
        model: FollowUpViewModel,
        look: Look,
        parent: QWidget,
        *,
        choose_again: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._choose_again = choose_again
        self._told: tuple[object, ...] | None = None
        self.shown: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model = self._model
        trouble = None if model.state is FollowUpState.FAILED else model.trouble
        told = (
            model.to_raise,
            model.raised,
            model.to_replace,
            model.print_flaw,
            model.save_flaw,
            trouble,
            model.told,
        )
        if told == self._told:
            return
        is_first, self._told = self._told is None, told
        focus = focus_in(self)
        lost = focus is not None and any(one.isAncestorOf(focus) for one in self.shown)
        take_out(*self.shown)
        found = self._build()
        self.shown = [] if found is None else [found]
        self.setVisible(bool(self.shown))
        for one in self.shown:
            self._column.addWidget(one)
        if self.shown and not is_first:
            come_forward(self.shown[0])
        elif lost:
            self.gone.emit()

    def _build(self) -> QWidget | None:
        model = self._model
        if model.is_asking:
            return self._question()
        if model.raised is not None:
            return self._answer(model.raised)
        return self._of_leaving() or self._trouble()

    def _of_leaving(self) -> QWidget | None:
        model, look = self._model, self._look
        if model.to_replace is not None:
            return replace_banner(
                look, model.to_replace, other_name=self._choose_again, replace=model.replace
            )
        if model.print_flaw is not None:
            return message_banner(look, missed_message(model.print_flaw, look.language))
        if model.save_flaw is not None:
            return message_banner(look, save_message(model.save_flaw, look.language))
        if model.told is not None:
            return message_banner(look, told_message(model.told, look.language))
        return None

    def _answer(self, count: int) -> QWidget:
        language = self._look.language
        text = language.ngettext(
            "{count} commitment is recorded as raised, with the day and by whom.",
            "{count} commitments are recorded as raised, with the day and by whom.",
            count,
        )
        return banner(self._look, text.format(count=language.number(count)), tone=Tone.OK)

    def _question(self) -> QWidget:
        """Return the question whether what is shown was raised: nothing takes that back."""
        model, look = self._model, self._look
        _ = look.language.gettext
        count, shown = len(model.to_raise), len(model.rows)
        text = look.language.ngettext(
            "{count} commitment is recorded as raised with {whom}, by you and now. It leaves the "
            "list, and nothing takes that back.",
            "{count} commitments are recorded as raised with {whom}, by you and now. They leave "
            "the list, and nothing takes that back.",
            count,
        )
        whom = look.language.list_words(
            [decider_word(one, look.language) for one in model.recipients]
        )
        told = text.format(count=look.language.number(count), whom=whom)
        if count < shown:
            told = " ".join((told, self._what_stays(count, shown)))
        no = Button(look, _("Not yet"))
        no.setObjectName("not yet")
        no.clicked.connect(model.keep)
        yes = Button(look, _("They were raised"), ButtonKind.PRIMARY)
        yes.setObjectName("were raised")
        yes.clicked.connect(model.raise_all)
        return banner(
            look,
            told,
            tone=Tone.WARN,
            title=_("Was all of this raised?"),
            buttons=(no, yes),
        )

    def _what_stays(self, count: int, shown: int) -> str:
        """Say that no more are recorded at once, and that the rest is still there afterwards."""
        language = self._look.language
        text = language.gettext(
            "{shown} are shown, and no more than {count} are recorded at once: the first of them "
            "now, and the rest stays on the list."
        )
        return text.format(shown=language.number(shown), count=language.number(count))

    def _trouble(self) -> QWidget | None:
        """Return what went wrong; that nothing is due for a calendar is said in its own words."""
        model, look = self._model, self._look
        trouble = model.trouble
        if trouble is None or model.state is FollowUpState.FAILED:
            return None
        if trouble.kind is not ProblemKind.BAD_INPUT:
            return trouble_banner(look, trouble)
        _ = look.language.gettext
        text = (
            _("Nothing that is asked for is due today or later, so there is nothing to save.")
            if model.form is Form.CALENDAR
            else _("It has been raised or done meanwhile. The list is new.")
        )
        return banner(look, text, tone=Tone.INFO)
