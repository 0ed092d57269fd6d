"""The contact directory: organisations at the left, the chosen one and its people at the right."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.directory import Organisation
from trygga_desktop.ui.problems import Trouble, explain
from trygga_desktop.ui.screens.directory.form_cards import ContactCard, OrganisationCard
from trygga_desktop.ui.screens.directory.forms import ContactForm, OrganisationForm
from trygga_desktop.ui.screens.directory.list_card import ListCard
from trygga_desktop.ui.screens.directory.people_card import PeopleCard
from trygga_desktop.ui.screens.directory.view_model import DirectoryState, DirectoryViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_LIST = 340
_NARROW = 820


class DirectoryView(QWidget):
    """Focus starts in the list of organisations."""

    def __init__(
        self, model: DirectoryViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._built: object = None
        self._form: TextForm | None = None
        self._trouble: Trouble | None = None
        self._opener = ""
        self._form_card: OrganisationCard | ContactCard | None = None
        self._top_parts: list[QWidget] = []
        self._parts: list[QWidget] = []
        self._banners: list[QWidget] = []
        self._top = QVBoxLayout()
        self._top.setSpacing(Space.L)
        self._list = ListCard(model, look)
        self._right = QWidget()
        self._column = QVBoxLayout(self._right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        left = QWidget()
        beneath = QVBoxLayout(left)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self._list, 1000)
        # The card ends below its last row.
        beneath.addStretch(1)
        self._body = TwoColumns(
            look,
            left,
            self._right,
            fixed=left,
            width=_LIST,
            narrow=_NARROW,
            first_fills=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(self._top)
        column.addWidget(self._body, 1000)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Search the directory"), ("Ctrl+F",), self._go_to_search),
            Command(_("Add a person"), ("Ins",), model.begin_contact),
            Command(_("Store what the form says"), ("Ctrl+Return", "Ctrl+Enter"), model.send),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the form that is open, the list, or what there is instead of it."""
        if self._form_card is not None:
            return self._form_card.first_focus
        return self._list.list if self._body.isVisibleTo(self) else self

    @Slot()
    def _go_to_search(self) -> None:
        self._list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._list.search.selectAll()

    @Slot()
    def _show(self) -> None:
        model = self._model
        read = (model.state, model.found, model.chosen, model.with_retired)
        built = (*read, model.form, model.trouble, model.is_held)
        if built == self._built:
            return
        focus = focus_in(self)
        name = "" if focus is None else focus.objectName()
        is_first, opened = self._built is None, model.form is not self._form
        self._built = built
        if opened and model.form is not None and self._form is None:
            self._opener = name
        self._body.setVisible(model.found is not None)
        self._build_top()
        self._build_right(model.chosen)
        keep_tab_order(*stops_in(*self._top_parts, self._list, *self._parts))
        if not is_first:
            self._put_focus(name, opened=opened)

    def _put_focus(self, name: str, *, opened: bool) -> None:
        """Put the focus into a form that has come, or back where it was."""
        if opened and self._form_card is not None:
            self._form_card.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self._form_card)
            return
        wanted = self._opener if opened else name
        found = self.findChild(QWidget, wanted) if wanted else None
        if found is None and wanted:
            found = self.first_focus
        if found is not None and not found.hasFocus():
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_top(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        if model.state is DirectoryState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._show_top([PageHeader(look, problem.title), problem_card(look, problem)])
            return
        if model.found is None:
            parts: list[QWidget] = [PageHeader(look, _("Contact directory"))]
            if model.state is DirectoryState.SLOW:
                card = Card(look)
                text = _("The directory is being read.")
                card.body.addWidget(
                    EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
                )
                parts.append(card)
            self._show_top(parts)
            return
        line = _("Everyone who works with the cases of this vault, and whom they speak for.")
        top: list[QWidget] = [
            PageHeader(look, _("Contact directory"), line=line, actions=self._actions())
        ]
        if model.found.left_out:
            text = look.language.ngettext(
                "{count} part of the directory could not be verified and is not shown. Ask the "
                "administrator to check the vault.",
                "{count} parts of the directory could not be verified and are not shown. Ask the "
                "administrator to check the vault.",
                model.found.left_out,
            ).format(count=model.found.left_out)
            top.append(banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        if model.trouble is not None:
            top.append(trouble_banner(look, model.trouble))
        is_new, self._trouble = model.trouble is not self._trouble, model.trouble
        self._show_top(top)
        if model.trouble is not None and is_new:
            come_forward(top[-1], focus=False)

    def _actions(self) -> tuple[Button, ...]:
        """Return what adds something; a form that is open has the only filled button."""
        look, model = self._look, self._model
        _ = look.language.gettext
        if model.form is not None:
            return ()
        organisation = Button(look, _("Add an organisation"), ButtonKind.SECONDARY, icon="plus")
        organisation.setObjectName("add organisation")
        organisation.clicked.connect(model.begin_organisation)
        if model.chosen is None or model.chosen.retired:
            return (organisation,)
        person = Button(look, _("Add a person"), ButtonKind.PRIMARY, icon="user-plus")
        person.setObjectName("add person")
        person.clicked.connect(model.begin_contact)
        return (organisation, person)

    def _build_right(self, chosen: Organisation | None) -> None:
        take_out(*self._banners, *self._parts)
        self._banners = []
        form = self._model.form
        is_new_form = form is not None and form is not self._form
        self._form = form
        self._form_card = None
        match form:
            case OrganisationForm():
                self._form_card = OrganisationCard(self._model, form, self._look)
            case ContactForm():
                self._form_card = ContactCard(self._model, form, self._look)
            case _:
                pass
        parts: list[QWidget] = [] if self._form_card is None else [self._form_card]
        is_new = isinstance(form, OrganisationForm) and form.before is None
        if chosen is not None and not is_new:
            parts.append(PeopleCard(self._model, chosen, self._look))
        for part in parts:
            self._column.addWidget(part)
        self._parts = parts
        if form is not None and is_new_form:
            form.changed.connect(self._show_trouble)
        if form is not None:
            self._show_trouble()

    @Slot()
    def _show_trouble(self) -> None:
        trouble = None if self._form is None else self._form.trouble
        take_out(*self._banners)
        self._banners = []
        if self._model.is_held:
            text = self._look.language.gettext("Store what the form says first, or cancel it.")
            self._banners = [banner(self._look, text, tone=Tone.WARN)]
        if trouble is not None:
            self._banners = [trouble_banner(self._look, trouble)]
        for box in self._banners:
            self._column.insertWidget(0, box)
            come_forward(box, focus=False)

    def _show_top(self, parts: list[QWidget]) -> None:
        take_out(*self._top_parts)
        self._top_parts = parts
        for part in parts:
            self._top.addWidget(part)
