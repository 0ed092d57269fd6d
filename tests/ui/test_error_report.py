"""Of an error that nobody foresaw the report is read before it is copied, and never by a room."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QTextEdit, QWidget

from tests.ui.desks import OpenDesk, command, settle
from tests.ui.plain import make_look, raising
from trygga_desktop.domain import errors
from trygga_desktop.ui.covering import close_others
from trygga_desktop.ui.problems import During, explain, read_error
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

ERROR = RuntimeError("Elias Testman")


def _button(box: QWidget, name: str = "show report") -> Button | None:
    found = box.findChild(Button, name)
    return found if isinstance(found, Button) else None


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def test_before_a_room_no_report_is_offered(qapp: QApplication) -> None:
    look, trouble = make_look(qapp, language="en"), read_error(ERROR)

    banner = trouble_banner(look, trouble, During.SHARED)
    card = problem_card(look, explain(trouble, look.language, During.SHARED))

    assert _button(banner) is None
    assert _button(card) is None
    assert "report" not in explain(trouble, look.language, During.SHARED).advice


def test_what_was_foreseen_has_no_report(qapp: QApplication) -> None:
    look = make_look(qapp)
    assert _button(trouble_banner(look, read_error(errors.DiskFullError()))) is None


def test_a_banner_shows_the_report_before_it_is_copied_and_it_holds_no_values(
    qapp: QApplication,
) -> None:
    QGuiApplication.clipboard().clear()
    look = make_look(qapp)
    banner = trouble_banner(look, read_error(ERROR))
    assert not banner.findChildren(QTextEdit)

    button = _button(banner)
    assert button is not None
    button.click()
    (dialog,) = _dialogs()
    report = dialog.findChild(QTextEdit, "report")
    assert isinstance(report, QTextEdit)
    assert report.isVisible()
    assert not QGuiApplication.clipboard().text()
    copy = _button(dialog, "copy report")
    assert copy is not None
    copy.click()

    assert QGuiApplication.clipboard().text() == report.toPlainText()
    assert "RuntimeError" in report.toPlainText()
    assert "Elias" not in report.toPlainText()
    dialog.close()
    settle()


def test_a_page_that_cannot_be_shown_offers_the_report_and_a_cover_closes_it(
    open_desk: OpenDesk,
) -> None:
    window = open_desk(list_cases=raising(ERROR))
    settle()
    button = _button(window)
    assert button is not None

    button.click()
    assert [one.isVisible() for one in _dialogs()] == [True]
    close_others(window)

    settle()
    assert not [one for one in _dialogs() if one.isVisible()]
    command(window, "Ctrl+L").trigger()
