"""Beside the pages: whether they are sealed, what sealing means, and an addendum being written."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.sealing import Gap, GapKind
from trygga_desktop.ui.draft_keeper import sign_text
from trygga_desktop.ui.screens.protocol.sealing import AddendumField, SealingModel
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    ProtocolViewModel,
    Target,
)
from trygga_desktop.ui.screens.protocol.words import (
    gap_words,
    seal_panel_words,
    sealed_lines,
)
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

_ROWS = 8
_SHOWN = 60
"""How many characters of an entry stand in the list of those that can be corrected."""


def _line(text: str) -> str:
    line = " ".join(make_visible(text, lines=False).split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


_OF_APPROVAL = frozenset({GapKind.OPEN_REMARK, GapKind.NOT_APPROVED, GapKind.APPROVED_OTHERWISE})


class SealCard(Card):
    """How far the pages that are shown have come: not sealed yet, or sealed when and by whom."""

    def __init__(self, model: ProtocolViewModel, look: Look) -> None:
        language = look.language
        _ = language.gettext
        super().__init__(look)
        self.setObjectName("seal state")
        told = model.sealed
        tokens = look.theme.tokens
        if told is None:
            self.body.addWidget(
                IconRow(
                    look,
                    icon="lock-open",
                    title=_("Not sealed yet"),
                    line=_("It leaves from here once it is sealed.")
                    if model.target.is_plan
                    else _("Until then the protocol is composed anew each time."),
                    colour=tokens.warn,
                )
            )
            return
        self.body.addWidget(
            IconRow(
                look,
                icon="shield-check",
                title=_("Sealed and unchanged"),
                line="\n".join(sealed_lines(told, language)),
                colour=tokens.ok,
            )
        )


class SealPanel(Card):
    """What sealing means, what is left to settle with a way to each, and one thing to press."""

    def __init__(self, model: ProtocolViewModel, look: Look) -> None:
        self._look = look
        self._model = model
        self._sealing = sealing = model.seal
        self._kind = model.target.kind
        language = look.language
        _ = language.gettext
        is_plan = model.target.is_plan
        super().__init__(look, _("Seal the plan") if is_plan else _("Seal the protocol"))
        self.setObjectName("seal panel")
        tokens = look.theme.tokens
        for text in seal_panel_words(model, language):
            self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY))
        state = sealing.state
        gaps = () if state is None else state.gaps_before(self._kind)
        for row in self._gap_rows(gaps):
            self.body.addWidget(row)
        if state is not None and not state.has_seal:
            for one in self._no_seal():
                self.body.addWidget(one)
        elif state is not None:
            words = _("The seal of the vault: {words}").format(words=state.words)
            label = PlainLabel(look, words, style=TextStyle.SECONDARY, colour=tokens.text2)
            self.body.addWidget(label)
        if sealing.trouble is not None:
            self.body.addWidget(trouble_banner(look, sealing.trouble))
        is_settled = state is not None and not state.is_barred(self._kind)
        self._build_buttons(model, is_settled=is_settled)

    @property
    def first_focus(self) -> QWidget:
        """Return what is to be pressed, or the way out while that cannot be."""
        return self.send if self.send.isEnabled() else self.cancel

    def _build_buttons(self, model: ProtocolViewModel, *, is_settled: bool) -> None:
        look, sealing = self._look, self._sealing
        _ = look.language.gettext
        self.send = Button(look, _("Seal now"), ButtonKind.PRIMARY, icon="lock")
        self.send.setObjectName("seal now")
        kind = self._kind
        if kind is not None:
            self.send.clicked.connect(partial(sealing.seal, kind, model.language))
        if sealing.is_working:
            self.send.show_text(_("Sealing…"))
        # Disabled while it works, it would lose the focus to what stands beside it.
        self.send.setEnabled(sealing.can_seal(kind) or sealing.is_working)
        if not is_settled:
            self.send.setAccessibleDescription(_("Something is left to settle"))
        self.cancel = Button(look, _("Not now"))
        self.cancel.setObjectName("not now")
        self.cancel.clicked.connect(sealing.cancel)
        for button in (self.send, self.cancel):
            button.across()
            self.body.addWidget(button)

    def _gap_rows(self, gaps: tuple[Gap, ...]) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        if not gaps:
            title = _("Nothing is left to settle")
            line = _("Everything that was written down is in its place.")
            colour = look.theme.tokens.ok
            return [IconRow(look, icon="circle-check", title=title, line=line, colour=colour)]
        rows: list[QWidget] = []
        for kind in GapKind:
            count = sum(one.kind is kind for one in gaps)
            if count:
                title, line, way = gap_words(kind, count, look.language)
                colour = look.theme.tokens.warn
                rows.append(
                    IconRow(look, icon="list-checks", title=title, line=line, colour=colour)
                )
                if way:
                    rows.append(self._way_button(kind, title, way))
        return rows

    def _way_button(self, kind: GapKind, title: str, way: str) -> Button:
        button = Button(self._look, way, ButtonKind.LINK, small=True)
        button.setObjectName(f"settle {kind}")
        button.setAccessibleDescription(title)
        button.clicked.connect(self._way(kind))
        return button

    def _way(self, kind: GapKind) -> Callable[[], None]:
        sealing = self._sealing
        if kind in _OF_APPROVAL:
            return sealing.begin_approval
        if kind in {GapKind.NO_DAY, GapKind.NO_RESPONSIBLE}:
            return sealing.begin_completing
        if kind is GapKind.PROTOCOL_FIRST:
            return partial(self._model.choose, Target(Audience.ROOM))
        wanted = {
            GapKind.NOT_MARKED: sealing.hidden_wanted,
            GapKind.NOT_NAMED: sealing.hidden_wanted,
            GapKind.CHAIR_CANNOT_READ: sealing.people_wanted,
        }
        return wanted.get(kind, sealing.meeting_wanted).emit

    def _no_seal(self) -> list[QWidget]:
        look, sealing = self._look, self._sealing
        _ = look.language.gettext
        if sealing.state is not None and sealing.state.is_seal_changed:
            return self._changed_seal()
        if not sealing.may_make_seal:
            text = _("There is no seal that you can use. Ask whoever is administrator to make one.")
            return [PlainLabel(look, text, style=TextStyle.SECONDARY)]
        text = _("There is no seal to use yet. Making one takes a few seconds.")
        return [PlainLabel(look, text, style=TextStyle.SECONDARY), self._make_button()]

    def _changed_seal(self) -> list[QWidget]:
        """Say that the seal is not the one that was made, and who can do what about it."""
        look = self._look
        _ = look.language.gettext
        told = banner(
            look,
            _(
                "It is not used. Have the vault checked before a new seal is made. What was sealed"
                " earlier is not touched."
            ),
            tone=Tone.BAD,
            title=_("Something other than Trygga has changed the seal"),
        )
        return [told, self._make_button()] if self._sealing.may_make_seal else [told]

    def _make_button(self) -> Button:
        look = self._look
        make = Button(look, look.language.gettext("Make a seal"), icon="key-round", small=True)
        make.setObjectName("make a seal")
        make.clicked.connect(self._sealing.make_seal)
        return make


class AddendumPanel(Card):
    """A correction, in the words of whoever writes it. A draft is kept of it."""

    def __init__(self, sealing: SealingModel, look: Look) -> None:
        self._look = look
        self._sealing = sealing
        _ = look.language.gettext
        super().__init__(look, _("Write an addendum"))
        self.setObjectName("addendum panel")
        form = sealing.form
        assert form is not None  # noqa: S101  the panel is open
        self._form = form
        text2 = look.theme.tokens.text2
        told = _(
            "The protocol stays as it was. The addendum gets a number and a seal of its own, and"
            " belongs to the board's file. Excerpts carry it where the recipient may have the entry"
            " that it corrects."
        )
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY))
        entries: list[tuple[str, object]] = [(_("None in particular"), None)]
        entries += [(_line(one.text), one.id) for one in form.entries]
        about = ChoiceField(
            look,
            _("Entry that it corrects"),
            entries,
            chosen=form.about,
            name="entry that it corrects",
            choose=lambda one: form.choose(one if isinstance(one, UUID) else None),
        ).follow(form, lambda: form.about)
        concerns = FormField(
            look,
            form,
            AddendumField.CONCERNS,
            _("Whom or what it concerns"),
            hint=self._hint,
        )
        text = FormField(
            look, form, AddendumField.TEXT, _("The correction"), hint=self._hint, rows=_ROWS
        )
        self.first_focus: QWidget = text.input
        self.body.addWidget(about)
        self.body.addWidget(concerns)
        self.body.addWidget(text)
        self._sign = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._sign)
        if sealing.trouble is not None:
            self.body.addWidget(trouble_banner(look, sealing.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Seal the addendum"),
                send=sealing.write_addendum,
                cancel_text=_("Close"),
                cancel=sealing.cancel,
            )
        )
        if form.drafts is not None:
            form.drafts.changed.connect(self._show_sign)
        self._show_sign()

    def _show_sign(self) -> None:
        keeper, language = self._form.drafts, self._look.language
        text = ""
        if keeper is not None:
            text = sign_text(
                keeper, language, saved=language.gettext("Draft saved {time}. Not sealed yet.")
            )
        self._sign.show_text(text)
        self._sign.setVisible(bool(text))

    def _hint(self, field: str) -> Hint:
        _ = self._look.language.gettext
        if self._form.refused.get(field) == "length":
            return Hint(Mark.BAD, _("The text is too long."))
        if field in self._form.refused:
            return Hint(Mark.BAD, _("This cannot be saved as it stands."))
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        _ = self._look.language.gettext
        return _("Write what is to be corrected.") if self._form.missing else ""
