"""Changing one's passphrase: the old one once, and a new one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.new_passphrase import flaw_text
from trygga_desktop.ui.screens.preferences.view_model import (
    PassphraseState,
    PreferencesViewModel,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.inputs import SecretInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.new_passphrase import NewPassphraseForm
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner


class PassphraseCard(Card):
    """Closed until one wants to change it: words are drawn no earlier."""

    def __init__(
        self,
        model: PreferencesViewModel,
        look: Look,
        services: Services,
        parent: QWidget | None = None,
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Passphrase"), parent=parent)
        self._model = model
        self._look = look
        self._services = services
        self._told = QVBoxLayout()
        self._banners: list[QWidget] = []
        self._told_before: object = None
        # What stood here before the look changed is no news.
        self._is_new = True
        self._content: QWidget | None = None
        self._is_open: bool | None = None
        self._old: SecretInput | None = None
        self.body.addLayout(self._told)
        model.changed.connect(self._show)
        self._show()
        self._is_new = False

    @Slot()
    def _show(self) -> None:
        model = self._model
        is_open = model.state in {PassphraseState.ASKING, PassphraseState.WORKING}
        if is_open != self._is_open:
            was_asked = self._is_open is not None
            self._is_open = is_open
            self._rebuild(focus=was_asked)
        self._show_banners()
        if self._old is not None:
            self._old.follow_screens()
            # Disabled while it works, it would lose the focus to what stands beside it.
            works = model.state is PassphraseState.WORKING
            self._change.setEnabled(works or (model.may_submit and bool(self._old.text())))
            hint = self._look.language.gettext("The old passphrase is not right.")
            state = FieldState.BAD if model.is_old_wrong else FieldState.PLAIN
            self._old_field.show_state(state, hint if model.is_old_wrong else "")

    def _rebuild(self, *, focus: bool) -> None:
        if self._content is not None:
            # Taken out at once: a passphrase must not wait in a hidden widget for the event loop.
            take_out(self._content)
        self._old = None
        self._content = QWidget()
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        first = self._build_open(column) if self._is_open else self._build_closed(column)
        self.body.addWidget(self._content)
        if focus:
            first.setFocus()

    def _build_closed(self, column: QVBoxLayout) -> QWidget:
        _ = self._look.language.gettext
        text2 = self._look.theme.tokens.text2
        line = _("Only you know it. If it is lost, the recovery code opens the vault.")
        column.addWidget(PlainLabel(self._look, line, colour=text2))
        begin = Button(self._look, _("Change the passphrase"), icon="key-round")
        begin.setObjectName("begin")
        begin.clicked.connect(self._model.begin)
        column.addLayout(_row(begin))
        return begin

    def _build_open(self, column: QVBoxLayout) -> QWidget:
        _ = self._look.language.gettext
        old = SecretInput(self._look, self._services.screen_count)
        old.setObjectName("old passphrase")
        old.eye.setObjectName("show old passphrase")
        old.textEdited.connect(self._old_typed)
        self._old_field = Field(self._look, _("The passphrase you have now"), old)
        column.addWidget(self._old_field)
        self._form = NewPassphraseForm(self._model.new_passphrase, self._look, self._services)
        self._form.rebuilt.connect(self._keep_order)
        column.addWidget(self._form)
        self._keep = Button(self._look, _("Keep the old one"), ButtonKind.GHOST)
        self._keep.setObjectName("keep the old one")
        self._keep.start_column()
        self._keep.clicked.connect(self._model.give_up)
        self._change = Button(
            self._look, _("Change the passphrase"), ButtonKind.PRIMARY, icon="check"
        )
        self._change.setObjectName("change")
        self._change.clicked.connect(self._submit)
        column.addLayout(_row(self._keep, self._change))
        # Last: the form above draws words, which is told before the buttons are there.
        self._old = old
        return old

    @Slot()
    def _keep_order(self) -> None:
        keep_tab_order([self._old_field, self._form], self._keep, self._change)

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        told = (model.state is PassphraseState.CHANGED, model.flaw, model.trouble)
        if told == self._told_before:
            return
        self._told_before = told
        take_out(*self._banners)
        self._banners = []
        _ = look.language.gettext
        if model.state is PassphraseState.CHANGED:
            text = _("Older copies of the vault still open with the old passphrase.")
            self._tell(banner(look, text, tone=Tone.OK, title=_("The passphrase is changed")))
        elif model.flaw is not None:
            self._tell(banner(look, flaw_text(model.flaw, look.language), tone=Tone.WARN))
        elif model.trouble is not None:
            self._tell(trouble_banner(look, model.trouble))

    def _tell(self, box: QWidget) -> None:
        self._told.addWidget(box)
        self._banners.append(box)
        if not self._is_new:
            come_forward(box)

    @Slot()
    def _old_typed(self) -> None:
        self._model.type_old()
        self._show()

    @Slot()
    def _submit(self) -> None:
        if self._old is not None:
            self._model.submit(self._old.text())


def _row(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
