"""Trouble told in a banner, and how a banner that has just come is noticed."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.problems import During, Trouble, explain
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.error_report import SHOW_REPORT, report_button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import bring_into_view


def trouble_banner(
    look: Look,
    trouble: Trouble,
    during: During = During.WORK,
    *,
    buttons: tuple[Button, ...] = (),
) -> TintedBox:
    """Return what happened, what is safe and what to do, with the code that support asks for.

    The report of what nobody foresaw is a button away, unless a room may be looking.
    """
    problem = explain(trouble, look.language, during)
    code = look.language.gettext("Error code {code}").format(code=problem.code)
    text = f"{problem.happened} {problem.safe} {problem.advice}\n{code}"
    if problem.report:
        buttons = (*buttons, report_button(look, problem.report))
    return banner(
        look, text, tone=Tone.WARN, title=problem.title, icon=problem.icon, buttons=buttons
    )


def come_forward(box: QWidget, *, focus: bool = True, beside: QWidget | None = None) -> None:
    """Have a banner noticed that has just come: it is said aloud and scrolled to.

    Its first button takes the focus, if it has one and pressing that by mistake does no harm. What
    it comes `beside` stays in view, as the field that someone is typing in.
    """
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(box, words_of(box)))
    # The report is for later: whoever types goes on typing.
    buttons = [one for one in box.findChildren(Button) if one.objectName() != SHOW_REPORT]
    if focus and buttons:
        buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
    # Not before the page has made room for it.
    for one in (box, beside):
        if one is not None:
            QTimer.singleShot(0, one, partial(bring_into_view, one))


def words_of(box: QWidget) -> str:
    """Return what a banner says."""
    return " ".join(label.text() for label in box.findChildren(PlainLabel))
