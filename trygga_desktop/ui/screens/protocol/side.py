"""Beside the pages: for whom they are, what to print them on, and the ways out of the program."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.i18n import LANGUAGES, Language, load_language
from trygga_desktop.ui.screens.protocol.approval_panel import ApprovalPanel
from trygga_desktop.ui.screens.protocol.completing_panel import CompletingPanel
from trygga_desktop.ui.screens.protocol.seal_cards import AddendumPanel, SealCard, SealPanel
from trygga_desktop.ui.screens.protocol.sealing import Panel, SealingModel
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.screens.protocol.words import (
    audience_words,
    name_of,
    pages_words,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out

_MEETING, _BOARD = "meeting", "board"


class Side(QWidget):
    """Of the buttons the primary stands last, and above them what is missing to press one.

    While something is sealed or an addendum is written, that stands here alone.
    """

    def __init__(self, model: ProtocolViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        self._ways = QWidget()
        self._panel: SealPanel | AddendumPanel | ApprovalPanel | CompletingPanel | None = None
        self._built: tuple[object, ...] = ()
        self._place = QVBoxLayout()
        outside.addLayout(self._place)
        outside.addWidget(self._ways, 1)
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._build_whom())
        self._seal_place = QVBoxLayout()
        self._seal_card: SealCard | None = None
        self._told: object = ()
        self._paper = self._build_paper()
        column.addWidget(self._paper)
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._missing)
        self._build_buttons()
        self._archival = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._archival.show_text(
            _("Print on archival paper (Svenskt Arkiv), and sign with an archival pen.")
        )
        # It stands there before the buttons do: Tab reaches what is put into it before them.
        holder = QWidget()
        self._copy_place = QVBoxLayout(holder)
        self._copy_place.setContentsMargins(0, 0, 0, 0)
        self._copy: ChoiceField | None = None
        self._offered: object = None
        column.addWidget(holder)
        for one in (
            self.approval,
            self.signatures,
            self.addendum,
            self.excerpts,
            self.save,
            self._archival,
            self.print,
            self.seal,
        ):
            if isinstance(one, Button):
                one.across()
            column.addWidget(one)
        # Behind the buttons, so that the primary is seen without scrolling.
        column.addLayout(self._seal_place)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    def _build_whom(self) -> Card:
        look, model = self._look, self._model
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        whom = Card(look, _("For whom"))
        self._title = PlainLabel(look, style=TextStyle.STRONG)
        self._meaning = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._count = PlainLabel(look, style=TextStyle.BODY)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._meaning)
        whom.body.addLayout(words)
        self._language = ChoiceField(
            look,
            _("Language of the pages"),
            [(name, code) for code, name in LANGUAGES.items()],
            chosen=model.language,
            name="language",
            choose=lambda code: model.choose_language(str(code)),
        )
        whom.body.addWidget(self._language)
        self._line = Divider(look)
        whom.body.addWidget(self._line)
        whom.body.addWidget(self._count)
        return whom

    def _build_buttons(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        self.save = Button(look, _("Save as PDF"), icon="download")
        self.save.setObjectName("save as pdf")
        self.save.setToolTip("Ctrl+S")
        self.print = Button(look, _("Print the draft"), icon="printer")
        self.print.setObjectName("print")
        self.print.setToolTip("Ctrl+P")
        self.approval = Button(look, _("Remarks and approval…"), icon="list-checks")
        self.approval.setObjectName("remarks and approval")
        self.approval.setToolTip("Ctrl+Shift+R")
        self.approval.clicked.connect(model.seal.begin_approval)
        self.seal = Button(look, _("Seal the protocol…"), ButtonKind.PRIMARY, icon="lock")
        self.seal.setObjectName("seal the protocol")
        self.seal.setToolTip("Ctrl+Shift+L")
        self.seal.clicked.connect(model.seal.begin_seal)
        self.signatures = Button(look, _("Signatures…"), icon="pen-line")
        self.signatures.setObjectName("signatures")
        self.signatures.setToolTip("Ctrl+Shift+I")
        self.signatures.clicked.connect(model.open_signatures)
        self.addendum = Button(look, _("Write an addendum…"), icon="file-pen-line")
        self.addendum.setObjectName("write an addendum")
        self.addendum.setToolTip("Ctrl+Shift+A")
        self.addendum.clicked.connect(model.begin_addendum)
        self.excerpts = Button(look, _("Excerpts…"), icon="users-round")
        self.excerpts.setObjectName("excerpts")
        self.excerpts.setToolTip("Ctrl+Shift+E")
        self.excerpts.clicked.connect(partial(model.show_excerpts, None))

    def _build_paper(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("On paper"))
        title = _("The log comes first")
        line = _("Printing and saving are written into the log before they happen.")
        card.body.addWidget(IconRow(look, icon="history", title=title, line=line))
        return card

    def show_pages(self, pages: int) -> None:
        """Say how many pages there are; 0 says nothing."""
        self._count.show_text(pages_words(pages, self._look.language) if pages else "")
        self._count.setVisible(bool(pages))
        self._line.setVisible(bool(pages))

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        title, meaning = audience_words(model, language)
        self._title.show_text(title)
        self._meaning.show_text(meaning)
        composed = model.composed
        self._show_seal()
        self._show_panel()
        self.excerpts.setVisible(composed is not None and model.is_sealed)
        may_approve = model.seal.may_see_approval and not model.target.is_plan
        self.approval.setVisible(composed is not None and may_approve)
        # What is sealed keeps the language that it was sealed in.
        self._language.setVisible(composed is not None and model.sealed is None)
        missing = ""
        if composed is None:
            missing = _("The pages are being made.")
        elif model.is_leaving and not model.is_printing:
            missing = _("Written into the log first.")
        elif model.is_kept_back and model.target.is_plan:
            missing = _("The plan leaves from here sealed. Seal these pages first.")
        elif model.is_kept_back:
            missing = _("The meeting is sealed: nothing leaves unsealed. Seal these pages first.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        # Disabled while it works, a button would lose the focus to what stands beside it.
        for button in (self.save, self.print):
            button.setEnabled(composed is not None and not model.is_kept_back)
            button.setAccessibleDescription(missing)

    def _show_seal(self) -> None:
        """Say whether the pages are sealed, and offer what can be done about that."""
        model = self._model
        told = (model.composed is not None, model.target.kind, model.sealed)
        if told == self._told:
            return
        self._told = told
        if self._seal_card is not None:
            take_out(self._seal_card)
            self._seal_card = None
        is_for_keeping = model.sealed is not None or model.target.kind is not None
        if model.composed is not None and is_for_keeping:
            self._seal_card = SealCard(model, self._look)
            self._seal_place.addWidget(self._seal_card)
        is_open = model.composed is not None and model.sealed is None
        can_seal = is_open and model.target.kind is not None and model.seal.may_seal
        _ = self._look.language.gettext
        is_plan = model.target.is_plan
        self.seal.show_text(_("Seal the plan…") if is_plan else _("Seal the protocol…"))
        self.seal.setVisible(can_seal)
        # What is signed is what was sealed: a draft is printed to be read, or approved.
        is_draft = model.sealed is None and not is_plan
        self.print.show_text(_("Print the draft") if is_draft else _("Print and sign"))
        self._archival.setVisible(model.sealed is not None)
        self.print.become(ButtonKind.PRIMARY if model.sealed is not None else ButtonKind.SECONDARY)
        self.addendum.setVisible(model.can_correct and model.seal.may_seal)
        self.signatures.setVisible(model.sealed is not None)
        self._show_copy()
        # There is room for one of the two.
        self._paper.setVisible(self._seal_card is None)

    def _show_copy(self) -> None:
        """Offer whom a copy of the sealed pages is for: a sheet beside it says so.

        The sheet speaks the language of the pages, whatever that of the screen is.
        """
        model, look = self._model, self._look
        _ = look.language.gettext
        pages = look.language
        if model.sealed is not None:
            pages = load_language(model.sealed.protocol.language)
        on_sheet, on_screen = self._copies_in(pages), self._copies_in(look.language)
        readers = {str(one.id): one.id for one in model.copy_recipients}
        offered = None if model.sealed is None else tuple(on_sheet.items())
        if offered == self._offered:
            return
        self._offered = offered
        if self._copy is not None:
            take_out(self._copy)
            self._copy = None
        if offered is None:
            return
        chosen = next(
            (
                key
                for key, name in on_sheet.items()
                if (name, readers.get(key)) == (model.copy_for, model.copy_to)
            ),
            next(iter(on_sheet)),
        )

        def choose(key: object) -> None:
            model.name_recipient(on_sheet[str(key)], readers.get(str(key)))

        choose(chosen)

        self._copy = ChoiceField(
            look,
            _("The copy is for"),
            [(label, key) for key, label in on_screen.items()],
            chosen=chosen,
            name="copy for",
            choose=choose,
        )
        self._copy_place.addWidget(self._copy)

    def _copies_in(self, language: Language) -> dict[str, str]:
        """Return whom a copy can be for, in words of this language, by keys that no icon has.

        Whoever may not have all of it today is given none; of what not everyone may have any more
        none is laid on the table to sign either.
        """
        _ = language.gettext
        meeting = {} if self._model.is_outdated else {_MEETING: _("Signatures at the meeting")}
        board = {_BOARD: _("The board's file")}
        return meeting | board | {str(one.id): name_of(one) for one in self._model.copy_recipients}

    def _show_panel(self) -> None:
        """Put the panel that is open in place of everything else, or take it away."""
        built = _what_is_built(self._model.seal)
        if built == self._built:
            return
        self._built = built
        focus, had_focus = focus_in(self), False
        if self._panel is not None:
            if focus is not None and self._panel.isAncestorOf(focus):
                had_focus = focus.hasFocus()
            take_out(self._panel)
        self._panel = self._build_panel()
        self._ways.setVisible(self._panel is None)
        if self._panel is not None:
            self._place.addWidget(self._panel)
            self._panel.show()
            self._panel.first_focus.setFocus()
        elif had_focus:
            (self.seal if self.seal.isVisibleTo(self) else self.print).setFocus()

    def _build_panel(self) -> SealPanel | AddendumPanel | ApprovalPanel | CompletingPanel | None:
        seal = self._model.seal
        match seal.panel:
            case Panel.SEAL:
                return SealPanel(self._model, self._look)
            case Panel.ADDENDUM:
                return AddendumPanel(seal, self._look)
            case Panel.APPROVAL:
                return ApprovalPanel(self._model, self._look)
            case Panel.COMPLETING:
                return CompletingPanel(seal, self._look)
            case Panel.NONE:
                return None


def _what_is_built(seal: SealingModel) -> tuple[object, ...]:
    """Return what the open panel is built from: what is typed stays where it is typed."""
    if seal.panel is Panel.ADDENDUM:
        return (seal.panel, seal.form, seal.trouble)
    if seal.panel is Panel.APPROVAL:
        form = seal.approval.form
        saying = None if form is None else (form.saying, form.answers)
        return (seal.panel, seal.state, form, saying, seal.approval.trouble)
    if seal.panel is Panel.COMPLETING:
        return (seal.panel, seal.completing.form, seal.completing.trouble)
    return (seal.panel, seal.state, seal.trouble, seal.is_working)
