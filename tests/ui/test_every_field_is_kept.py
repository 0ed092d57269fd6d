"""Whatever can be typed on a screen is kept as a draft, or has a reason why it is not."""

from collections.abc import Mapping

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.endurance.window import AFTER_A_CHOICE, NO_TEXT, SECRET, TYPED, field_of
from tests.ui.desks import settle
from tests.ui.editors import editors_of
from tests.ui.every_screen import SCREENS
from tests.ui.screens import VAULT_SCREENS, Screen
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftState
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.inputs import UncopiedInput
from trygga_desktop.ui.widgets.search_field import SearchField

MARK = "77"
"""Typed into each field: what is a text, a day and a number alike."""

NOT_KEPT: Mapping[type[QWidget], str] = {
    SearchField: "finds what is there, and is nobody's text",
    UncopiedInput: "takes a secret, which is stored nowhere",
}
"""Kinds of fields that no draft keeps, and why."""

NOT_KEPT_BY_NAME: Mapping[str, str] = {
    "fingerprint on paper": "is compared with what a file says, and changes nothing",
    "fingerprint read aloud": "is compared with a file of keys, and is nobody's text",
    "called": "is compared with what a case is called, and changes nothing",
    "control code": "finds a protocol, and changes nothing",
    "code of a page": "tells a page of a scan, and goes with the scan",
    "day signed": "stands beside a scan, and goes with the scan",
    "own day signed": "stands beside a scan, and goes with the scan",
    "day looked at": "looks at the consents of another day, and changes nothing",
}
"""Single fields that no draft keeps, and why."""

SEARCHED_FOR = TYPED | AFTER_A_CHOICE | NO_TEXT | SECRET
"""The fields of which the search for what is left on the computer knows."""

BEFORE_A_VAULT = frozenset(screen.name for screen in VAULT_SCREENS)
"""Where no vault is open there is nothing to keep a text in: nothing may lie on the disk plain."""


def has_reason(field: QWidget) -> bool:
    """Tell whether it is known why no draft keeps a field."""
    return isinstance(field, tuple(NOT_KEPT)) or field.objectName() in NOT_KEPT_BY_NAME


def kept_in(owner: QObject) -> str:
    """Return the words that all drafts of a screen hold once they are stored."""
    keepers = owner.findChildren(DraftKeeper)
    for one in keepers:
        one.store_now()
    stored = [one for one in keepers if one.state is DraftState.SAVED]
    return "\n".join(readable(one.place.kind, one.text) for one in stored)


@pytest.mark.parametrize(
    "screen",
    [pytest.param(one, id=one.name) for one in SCREENS if one.name not in BEFORE_A_VAULT],
)
def test_every_field_is_kept_or_has_its_reason(qtbot: QtBot, look: Look, screen: Screen) -> None:
    frame = screen.build(look)
    qtbot.addWidget(frame)
    frame.resize(1920, 1080)
    frame.show()
    settle()
    lost = []

    for place, field in enumerate(editors_of(frame)):
        assert field_of(field) in SEARCHED_FOR, "it has no canary, and no reason why not"
        if has_reason(field):
            continue
        typed = f"{MARK}{place:02}"
        field.selectAll()
        QTest.keyClicks(field, typed)
        if typed not in kept_in(frame):
            lost.append(f"{type(field).__name__} {field.objectName()!r}")
        if not isinstance(field, QLineEdit):
            field.undo()

    assert lost == []


def test_a_field_that_no_draft_keeps_would_be_found(qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    field = QLineEdit(frame)
    frame.show()

    QTest.keyClicks(field, MARK)

    assert editors_of(frame) == [field]
    assert not has_reason(field)
    assert MARK not in kept_in(frame)
