"""The unlock screen: who one is, the passphrase, and what to do when it is not right."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from trygga_desktop.ui.screens.unlock.view_model import UnlockState, UnlockViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.page import Page, page_of
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.vault_frame import promise_panel

WIDEST = 520

_RESIZE = QEvent.Type.Resize
_HINT_ICON = 22
_HINT_GAP = 5
_LONG_WAIT = 30


class UnlockView(QWidget):
    """Focus starts in the passphrase; Enter unlocks."""

    def __init__(
        self,
        model: UnlockViewModel,
        look: Look,
        services: Services,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.panel = promise_panel(look)
        _ = look.language.gettext
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        self._column.addWidget(PlainLabel(look, _("Unlock the vault"), style=TextStyle.HERO))
        self._column.addLayout(self._vault_line())
        if model.accept_older:
            self._column.addWidget(self._older_banner())
        self._build_people()
        self._build_passphrase(services)
        self._build_buttons()
        self._room, self._most_room = QSpacerItem(0, 0), 0
        self._column.addItem(self._room)
        self._caps_lock = False
        model.changed.connect(self._show)
        model.ticked.connect(self._show_wait)
        self._show()
        self.first_focus: QWidget = self._other if model.is_other else self._secret

    def sizeHint(self) -> QSize:
        """Ask for the width of the column even when little stands in it."""
        return QSize(self._look.theme.px(WIDEST), super().sizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Get to know how much room there is, now that the view stands in its page."""
        super().showEvent(event)
        page = page_of(self)
        if page is not None:
            page.viewport().installEventFilter(self)
            self._measure(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the page."""
        page = page_of(self)
        if page is not None and watched is page.viewport() and event.type() is _RESIZE:
            self._measure(page)
        return False

    def _measure(self, page: Page) -> None:
        content = page.widget()
        layout = None if content is None else content.layout()
        if layout is not None:
            size = page.viewport().size()
            needed = layout.totalHeightForWidth(size.width()) - self._room.sizeHint().height()
            self._most_room = max(0, size.height() - needed)
            self._keep_room()

    def _vault_line(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        row = QHBoxLayout()
        row.setSpacing(6)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconMark(self._look, "hard-drive", size=16), 0, middle)
        name = _("Vault: {name}").format(name=self._model.seen.name)
        text2 = self._look.theme.tokens.text2
        label = ElidedLabel(self._look, name, style=TextStyle.SECONDARY, colour=text2)
        row.addWidget(label, 0, middle)
        change = Button(self._look, _("Change vault"), ButtonKind.LINK, small=True)
        change.setObjectName("change vault")
        change.clicked.connect(self._model.change_vault)
        row.addWidget(change, 0, middle)
        row.addStretch(1)
        return row

    def _older_banner(self) -> QWidget:
        _ = self._look.language.gettext
        return banner(
            self._look,
            _("You go on with the older file. What is missing in it cannot be brought back."),
            tone=Tone.WARN,
            icon="history",
        )

    def _build_people(self) -> None:
        _ = self._look.language.gettext
        who = PlainLabel(self._look, _("Who are you?"), style=TextStyle.LABEL)
        self._column.addWidget(who)
        tiles = QWidget()
        grid = QGridLayout(tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.M)
        for index, login in enumerate(self._model.seen.logins):
            tile = ChoiceCard(self._look, login.upper(), icon="user-round")
            tile.setObjectName(f"login {index}")
            tile.setChecked(login == self._model.login and not self._model.is_other)
            tile.clicked.connect(partial(self._choose, login))
            grid.addWidget(tile, index // 2, index % 2)
        other = ChoiceCard(self._look, _("Someone else"), icon="user-search")
        other.setObjectName("someone else")
        other.setChecked(self._model.is_other)
        other.clicked.connect(self._choose_other)
        count = len(self._model.seen.logins)
        grid.addWidget(other, count // 2, count % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._column.addWidget(tiles)
        self._other = TextInput(
            self._look, longest=32, text=self._model.login if self._model.is_other else ""
        )
        self._other.setObjectName("login")
        self._other.textChanged.connect(self._model.type_login)
        hint = _("Usually your initials.")
        self._other_field = Field(self._look, _("Sign-in name"), self._other, hint=hint)
        self._column.addWidget(self._other_field)

    def _build_passphrase(self, services: Services) -> None:
        _ = self._look.language.gettext
        self._secret = SecretInput(
            self._look,
            services.screen_count,
            placeholder=_("Six words with spaces between"),
        )
        self._secret.setObjectName("passphrase")
        self._secret.eye.setObjectName("show passphrase")
        self._secret.returnPressed.connect(self._submit)
        self._secret.caps_lock_noticed.connect(self._tell_caps_lock)
        self._secret_field = Field(self._look, _("Passphrase"), self._secret)
        self._column.addWidget(self._secret_field)
        self._wait = QWidget()
        box = QVBoxLayout(self._wait)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.S)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(IconMark(self._look, "timer", size=16), 0, Qt.AlignmentFlag.AlignTop)
        text2 = self._look.theme.tokens.text2
        self._wait_line = PlainLabel(self._look, "", style=TextStyle.SECONDARY, colour=text2)
        row.addWidget(self._wait_line, 1)
        self._bar = ThinBar(self._look)
        box.addLayout(row)
        box.addWidget(self._bar)
        self._column.addWidget(self._wait)

    def _build_buttons(self) -> None:
        _ = self._look.language.gettext
        self._button = Button(self._look, _("Unlock"), ButtonKind.PRIMARY, icon="lock-open")
        self._button.setObjectName("unlock")
        self._button.across()
        self._button.clicked.connect(self._submit)
        self._column.addWidget(self._button)
        forgotten = Button(self._look, _("I do not remember the passphrase"), ButtonKind.LINK)
        forgotten.setObjectName("forgotten")
        forgotten.clicked.connect(self._model.forget_passphrase)
        verify = Button(self._look, _("Verify a protocol"), ButtonKind.LINK, icon="stamp")
        verify.setObjectName("verify")
        verify.clicked.connect(self._model.verify)
        self._column.addWidget(Flow([forgotten, verify], last_at_end=True))

    def _keep_room(self) -> None:
        """Be as high as with the words after a wrong passphrase: nothing jumps when they come.

        Where the window is too low for that, the room below gives way.
        """
        width = self._look.theme.px(WIDEST - _HINT_ICON)
        room = 0
        if not self._secret_field.hint.text():
            words = PlainLabel(self._look, self._wrong(), style=TextStyle.LABEL)
            room += words.heightForWidth(width) + _HINT_GAP
        if self._wait.isHidden():
            self._wait_line.show_text(self._wait_text(_LONG_WAIT))
            room += self._wait_line.heightForWidth(width) + self._bar.height() + Space.S + Space.L
        self._room.changeSize(0, min(room, self._most_room))
        self._column.invalidate()
        self.updateGeometry()

    def _choose(self, login: str) -> None:
        self._model.choose_login(login)
        self._secret.setFocus()

    def _choose_other(self) -> None:
        self._other.clear()
        self._model.choose_other()
        self._other.setFocus()

    def _submit(self) -> None:
        self._model.submit(self._secret.text())

    def _tell_caps_lock(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._caps_lock = on
        self._show_hint()

    def _show_hint(self) -> None:
        """Say what is known of the passphrase; the field says nothing twice."""
        _ = self._look.language.gettext
        if self._caps_lock:
            self._secret_field.show_state(FieldState.WARN, _("Caps Lock is on."))
        elif self._model.state is UnlockState.WRONG:
            self._secret_field.show_state(FieldState.BAD, self._wrong())
        else:
            self._secret_field.show_state(FieldState.PLAIN, self._usual_hint())

    def _wrong(self) -> str:
        _ = self._look.language.gettext
        return _("The passphrase is not right. Check the words, the spaces and Caps Lock.")

    def _usual_hint(self) -> str:
        if not self._secret.eye.isHidden():
            return ""
        _ = self._look.language.gettext
        return _("The passphrase cannot be shown while several screens are connected.")

    def _show(self) -> None:
        _ = self._look.language.gettext
        model = self._model
        self._secret.follow_screens()
        self._other_field.setVisible(model.is_other)
        is_busy = model.state.is_busy
        self._button.show_text(_("Unlocking…") if is_busy else _("Unlock"))
        self._show_button(enabled=model.may_try or is_busy)
        self._show_hint()
        self._show_wait()
        self._keep_room()

    def _show_button(self, *, enabled: bool) -> None:
        """Turn the button on or off; while one must wait, the focus goes back to the passphrase."""
        if not enabled and focus_in(self.window()) is self._button:
            self._secret.setFocus()
        self._button.setEnabled(enabled)

    def _show_wait(self) -> None:
        model = self._model
        waits = model.state is UnlockState.WRONG and model.wait_seconds > 0
        is_upgrading = model.state is UnlockState.UPGRADING
        self._wait.setVisible(waits or is_upgrading)
        self._bar.setVisible(waits)
        if is_upgrading:
            _ = self._look.language.gettext
            text = _("The vault is being brought up to date. In a large one it can take a minute.")
            self._wait_line.show_text(text)
        if waits:
            left = model.wait_seconds - model.waited_seconds
            self._wait_line.show_text(self._wait_text(left))
            self._bar.show_share(1 - model.waited_seconds / model.wait_seconds)

    def _wait_text(self, left: int) -> str:
        language = self._look.language
        _ = language.gettext
        when = (
            language.ngettext(
                "You can try again in {count} second.",
                "You can try again in {count} seconds.",
                left,
            ).format(count=left)
            if left
            else _("You can try again now.")
        )
        calm = _("Nothing is deleted, however often you try.")
        return f"{when} {calm}"
