"""Beside the pages: why not everything is in it, and the ways out; beside the list, what to do."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.excerpts import LeftOut, Way
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.excerpts.left_out import left_out_rows
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.excerpts.words import whom_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments


class GiveSide(QWidget):
    """Who gets it and how, the primary last of these; below, why not everything is in it."""

    def __init__(
        self,
        model: ExcerptsViewModel,
        look: Look,
        words: ReasonWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._words = words
        self._built: object = ()
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self._why = Card(look, _("Why is not everything in it?"))
        self._reasons: list[QWidget] = []
        self._made = PlainLabel(
            look,
            _(
                "The excerpt is made of what may be in it. Nothing is crossed out, and only you see"
                " how much is left out."
            ),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        self._why.body.addWidget(self._made)
        self._whom = Card(look)
        self._name = PlainLabel(look, style=TextStyle.STRONG)
        self.reminded = CheckBox(look, _("Has been reminded of the duty of confidentiality now"))
        self.reminded.setObjectName("reminded")
        self.reminded.toggled.connect(self._remind)
        self.way = Segments(
            look,
            _("How the paper gets there"),
            [
                Segment(Way.BY_HAND, _("By hand"), "hand"),
                Segment(Way.BY_POST, _("By post"), "mail"),
            ],
        )
        self.way.chosen.connect(model.choose_way)
        self.language = Segments(
            look,
            _("Language of the paper"),
            [Segment(code, name) for code, name in LANGUAGES.items()],
        )
        self.language.chosen.connect(model.choose_language)
        for one in (self._name, self.reminded, self.language, self.way):
            self._whom.body.addWidget(one)
        column.addWidget(self._whom)
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        column.addWidget(self._missing)
        self.save = Button(look, _("Save as a file"), icon="download")
        self.save.setObjectName("save")
        self.save.setToolTip("Ctrl+S")
        self.print = Button(look, _("Print the excerpt"), ButtonKind.PRIMARY, icon="printer")
        self.print.setObjectName("print")
        self.print.setToolTip("Ctrl+P")
        self._archival = PlainLabel(
            look,
            _(
                "Print on archival paper (Svenskt Arkiv), and sign with an archival pen. An excerpt"
                " is signed on paper alone."
            ),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        for button in (self.save, self.print):
            button.across()
        column.addWidget(self.save)
        column.addWidget(self._archival)
        column.addWidget(self.print)
        self._asked = PlainLabel(
            look,
            _("It is asked once more in the moment it leaves."),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        column.addWidget(self._asked)
        # Last, because it may be long: what can be done stays in sight.
        column.addWidget(self._why)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @Slot(bool)
    def _remind(self, is_reminded: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.remind(is_reminded=is_reminded)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        recipient, composed = model.recipient, model.composed
        left_out = () if composed is None else composed.left_out
        besides = None if composed is None else (composed.addenda_left_out, composed.resting)
        built = (left_out, besides, composed is None, recipient)
        if built != self._built:
            self._built = built
            self._show_reasons(left_out)
        self._name.show_text("" if recipient is None else whom_words(recipient))
        asks = recipient is not None and not recipient.has_confirmed
        self.reminded.setVisible(asks)
        if self.reminded.isChecked() is not model.is_reminded:
            self.reminded.setChecked(model.is_reminded)
        self.way.choose(model.way)
        self.language.choose(model.language)
        missing = ""
        if not model.may_give:
            missing = _("None of your roles may give excerpts.")
        elif composed is None:
            missing = _("The pages are being made.")
        elif model.is_leaving and not model.is_printing:
            missing = _("Sealed and written into the log first.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        is_for_them = composed is None or composed.is_for_them
        for one in (
            self.language,
            self.way,
            self._asked,
            self.save,
            self._archival,
            self.print,
        ):
            one.setVisible(is_for_them)
        # Disabled while it works, a button would lose the focus to what stands beside it.
        for button in (self.save, self.print):
            button.setEnabled(composed is not None and model.may_give)
            button.setAccessibleDescription(missing)

    def _show_reasons(self, left_out: tuple[LeftOut, ...]) -> None:
        look, model = self._look, self._model
        take_out(*self._reasons)
        self._reasons = []
        recipient = model.recipient
        if recipient is not None and recipient.is_barred:
            _ = look.language.gettext
            title, line = _("Barred"), _("This guardian is told nothing. No excerpt shows that.")
            self._reasons.append(IconRow(look, icon="ban", title=title, line=line))
        # While it is being made nobody knows.
        if model.composed is not None:
            name = "" if recipient is None else recipient.name
            self._reasons += left_out_rows(
                look,
                self._words,
                left_out,
                recipient=name,
                categories=category_names(model, look),
                resting=model.composed.resting,
            )
            self._reasons += self._addenda(model.composed.addenda_left_out)
        for place, row in enumerate(self._reasons):
            self._why.body.insertWidget(1 + place, row)

    def _addenda(self, count: int) -> list[QWidget]:
        """Return the row on addenda that do not go with it, where there are any."""
        if not count:
            return []
        language = self._look.language
        title = language.ngettext(
            "{count} addendum does not go with it", "{count} addenda do not go with it", count
        ).format(count=language.number(count))
        line = language.gettext("It names no entry, or one that the recipient may not have.")
        return [IconRow(self._look, icon="file-pen-line", title=title, line=line)]


def category_names(model: ExcerptsViewModel, look: Look) -> dict[str, str]:
    """Return what the categories of information are called."""
    categories = () if model.desk is None else model.desk.categories
    return {one.code: one.name.in_language(look.language.code) for one in categories}
