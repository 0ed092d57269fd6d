"""The first picture leads where it says."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.plain import FOLDER
from trygga_desktop.ui.screens.start.view import StartView
from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button


def buttons(view: StartView) -> list[Button]:
    """Return the buttons of the rows, from above."""
    return view.findChildren(Button)


def test_three_ways_in(qtbot: QtBot, look: Look) -> None:
    model = StartViewModel([], is_there=lambda _: True)
    view = StartView(model, look)
    qtbot.addWidget(view)

    with qtbot.waitSignal(model.create_wanted, timeout=0):
        buttons(view)[0].click()
    with qtbot.waitSignal(model.recover_wanted, timeout=0):
        buttons(view)[2].click()


def test_a_known_vault_comes_first(qtbot: QtBot, look: Look) -> None:
    model = StartViewModel([FOLDER], is_there=lambda _: True)
    view = StartView(model, look)
    qtbot.addWidget(view)

    with qtbot.waitSignal(model.folder_chosen, timeout=0) as chosen:
        buttons(view)[0].click()

    assert chosen.args == [FOLDER]
    assert view.first_focus is buttons(view)[0]


def test_only_a_few_known_vaults_are_offered() -> None:
    model = StartViewModel(
        [Path(f"/{number}.trygga") for number in range(6)], is_there=lambda _: True
    )

    assert [vault.name for vault in model.known] == ["0", "1", "2"]


def test_a_row_can_be_pressed_anywhere(qtbot: QtBot, look: Look) -> None:
    model = StartViewModel([], is_there=lambda _: True)
    view = StartView(model, look)
    qtbot.addWidget(view)
    view.show()
    row = buttons(view)[0].parentWidget()

    with qtbot.waitSignal(model.create_wanted, timeout=0):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)


def test_numbers_choose_rows(qtbot: QtBot, look: Look) -> None:
    model = StartViewModel([], is_there=lambda _: True)
    view = StartView(model, look)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)

    with qtbot.waitSignal(model.recover_wanted, timeout=1000):
        qtbot.keyClick(view.windowHandle(), Qt.Key.Key_3)


def test_the_folder_is_asked_for_without_stopping_the_program(qtbot: QtBot, look: Look) -> None:
    model = StartViewModel([], is_there=lambda _: True)
    view = StartView(model, look)
    qtbot.addWidget(view)

    buttons(view)[1].click()
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(model.folder_chosen, timeout=0) as chosen:
        dialog.fileSelected.emit(str(FOLDER))

    assert chosen.args == [FOLDER]
    dialog.reject()
