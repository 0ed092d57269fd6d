"""Pages that lack what did not verify: said before they are printed, and in no other place."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.protocol_desk import RECIPIENTS, Press
from trygga_desktop.services.changes import Done
from trygga_desktop.services.protocols import ComposedProtocol, ComposeProtocol
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import Audience, Target
from trygga_desktop.ui.theme.look import Look


class Damaged(Press):
    """A vault in which so much of the case did not verify."""

    left_out = 0

    def compose(self, command: ComposeProtocol) -> Done[ComposedProtocol]:
        """Return pages without it."""
        return Done(replace(super().compose(command).value, left_out=self.left_out))


def shown(qtbot: QtBot, view: ProtocolView) -> list[str]:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 700)
        view.show()
    QApplication.processEvents()
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible()]


def words_of(look: Look, count: int) -> str:
    """Return what is said of so many parts."""
    return look.language.ngettext(
        "{count} part of this case could not be verified and is not shown. Ask the "
        "administrator to check the vault.",
        "{count} parts of this case could not be verified and are not shown. Ask the "
        "administrator to check the vault.",
        count,
    ).format(count=count)


@pytest.mark.parametrize("count", [1, 2])
def test_what_did_not_verify_is_told_above_the_pages_whoever_they_are_for(
    qtbot: QtBot, look: Look, count: int
) -> None:
    press = Damaged()
    press.left_out = count
    model = press.open()
    view = ProtocolView(model, look)
    assert shown(qtbot, view).count(words_of(look, count)) == 1
    for target in (Target(Audience.BOARD), Target(Audience.PERSON, RECIPIENTS[2].id)):
        model.choose(target)
        assert shown(qtbot, view).count(words_of(look, count)) == 1
    press.left_out = 0
    model.load()
    assert words_of(look, count) not in shown(qtbot, view)


def test_where_all_verified_nothing_is_said_of_it(qtbot: QtBot, look: Look) -> None:
    view = ProtocolView(Damaged().open(), look)
    words = shown(qtbot, view)
    assert not any(words_of(look, count) in words for count in (0, 1, 2))


def test_a_banner_of_what_did_not_verify_takes_the_focus_from_nobody(
    qtbot: QtBot, look: Look
) -> None:
    press = Damaged()
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    view.first_focus.setFocus()
    before = view.focusWidget()
    press.left_out = 1
    model.load()
    assert words_of(look, 1) in shown(qtbot, view)
    assert view.focusWidget() is before
