"""What a screen reader comes by in a meeting: in which order, and nothing that is not shown."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import hidden_desk, meeting_desk
from tests.ui.tree import tree_of
from trygga_desktop.ui.theme.look import Look


def spoken(qtbot: QtBot, window: QWidget) -> list[str]:
    """Return the lines of a window that is shown."""
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    QApplication.processEvents()
    return [line.strip() for line in tree_of(window)]


def in_order(lines: list[str], *starts: str) -> bool:
    """Tell whether lines that begin so follow each other."""
    places = [
        next((place for place, line in enumerate(lines) if start in line), -1) for start in starts
    ]
    return -1 not in places and places == sorted(places)


def test_the_shared_screen_is_read_from_the_agenda_to_what_is_being_written(
    qtbot: QtBot, look: Look
) -> None:
    lines = spoken(qtbot, meeting_desk.shown(look))

    assert in_order(
        lines,
        "Möte 5",
        "Dagordningen.",
        "Punkt 5 av 7",
        "Sedan förra mötet",
        "Antecknat nu",
        "Det här är viktigt för Elias",
        "Nästa punkt",
        "Personer runt bordet.",
        "Vad ska göras?",
    )


def test_the_leaders_window_is_read_from_what_is_hidden_to_the_notes_and_the_people(
    qtbot: QtBot, look: Look
) -> None:
    lines = spoken(qtbot, hidden_desk.shown(look))

    assert in_order(
        lines,
        "Mötesledarens fönster",
        "1 väntar på svar och visas inte förrän dess",
        "Det är oroligt hemma på kvällarna.",
        "Egen anteckning",
        "Närvaro",
        "Någon mer från ärendet",
    )
    assert in_order(lines, "3  Mål och åtaganden", "1 av 2 kan visas", "Nästa punkt  F8")


def test_nothing_that_is_put_away_is_read_and_no_button_is_without_words(
    qtbot: QtBot, look: Look
) -> None:
    for shown in (
        meeting_desk.shown,
        meeting_desk.shown_opening,
        meeting_desk.shown_voice_waiting,
        hidden_desk.shown_asking,
        hidden_desk.shown,
    ):
        lines = spoken(qtbot, shown(look))

        assert not [one for one in lines if one.endswith(":")]
        assert "Button: Visa äldre" not in lines
        assert "StaticText: Inget är antecknat än." not in lines


def test_the_young_person_hears_what_they_may_begin_with_after_whose_turn_it_is(
    qtbot: QtBot, look: Look
) -> None:
    for shown in (meeting_desk.shown_voice_waiting, meeting_desk.shown_audience_voice_waiting):
        lines = spoken(qtbot, shown(look))

        assert in_order(
            lines,
            "Punkt 2 av 7",
            "Att börja med, om du vill. Du väljer själv vad du berättar.",
            "Vad är viktigast för dig just nu?",
            "Vad vill du ändra på?",
        )
