"""Text from people appears as it is: no markup, nothing hidden, nothing endless."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import FIVE_HUNDRED
from tests.ui.accessibility import cut_ink
from tests.ui.plain import make_look
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.labels import ElidedLabel, GrowingLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.text import make_visible


class Page(QWidget):
    """A page that counts how often it is asked to lay out anew what stands on it."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def event(self, event: QEvent) -> bool:
        """Count it."""
        self.times += event.type() == QEvent.Type.LayoutRequest
        return super().event(event)


MARKUP = ("<img src='/etc/passwd'>", "a <b c", "<b>fet</b>", "&amp;", "&Spara")


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_shown_literally(qtbot: QtBot, look: Look, text: str) -> None:
    label = PlainLabel(look, text)
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text
    assert label.accessibleName() == text


def test_the_same_words_again_leave_the_page_as_it_stands(qtbot: QtBot, look: Look) -> None:
    page = Page()
    qtbot.addWidget(page)
    label = PlainLabel(look, "Elias")
    QVBoxLayout(page).addWidget(label)
    page.show()
    QApplication.processEvents()
    before = page.times

    label.show_text("Elias")
    QApplication.processEvents()
    assert page.times == before

    label.show_text("Elias och en längre rad")
    QApplication.processEvents()
    assert page.times > before
    assert label.accessibleName() == "Elias och en längre rad"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b", "a[U+0000]b"),
        ("nes\u202efdp.exe", "nes[U+202E]fdp.exe"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("a\u200bb", "a[U+200B]b"),
        ("\ufeffa", "[U+FEFF]a"),
        ("a\u2028b", "a[U+2028]b"),
        ("a\x1b[31m", "a[U+001B][31m"),
        ("\ud800", "[U+D800]"),
        ("\U000e0041", "[U+E0041]"),
        ("a\u3164", "a[U+3164]"),
        ("a\u115f\u1160", "a[U+115F][U+1160]"),
        ("a\u2800b", "a[U+2800]b"),
        ("a\u034fb", "a[U+034F]b"),
    ],
)
def test_invisible_characters_are_marked(text: str, shown: str) -> None:
    assert make_visible(text) == shown


@pytest.mark.parametrize("text", ["Åsa", "نرگس", "👩\u200d👧", "می\u200cخو", "a b"])
def test_what_languages_need_stays(text: str) -> None:
    assert make_visible(text) == text


def test_unusual_spaces_become_spaces() -> None:
    assert make_visible("10\u00a0000\tkr\u2003x") == "10 000 kr x"


def test_lines_are_kept_only_where_there_is_room_for_them() -> None:
    assert make_visible("a\nb") == "a\nb"
    assert make_visible("a\nb", lines=False) == "a b"
    assert make_visible("a\r\nb") == "a[U+000D]\nb"


@pytest.mark.timeout(30)
def test_a_megabyte_is_cut_and_drawn_at_once(qtbot: QtBot, look: Look) -> None:
    label = PlainLabel(look, "m" * 1_000_000)
    qtbot.addWidget(label)
    label.resize(400, 300)

    label.grab()

    assert len(label.text()) < 5_000
    assert label.text().endswith("…")


def test_a_long_word_is_broken_rather_than_cut_off(qtbot: QtBot, look: Look) -> None:
    label = PlainLabel(look, "x" * 200)
    qtbot.addWidget(label)

    assert label.heightForWidth(100) > 5 * label.fontMetrics().lineSpacing()


def test_lines_of_a_text_are_lines_on_screen(qtbot: QtBot, look: Look) -> None:
    one, three = PlainLabel(look, "a"), PlainLabel(look, "a\nb\nc")
    qtbot.addWidget(one)
    qtbot.addWidget(three)

    added = three.heightForWidth(300) - one.heightForWidth(300)

    assert added == 2 * one.fontMetrics().lineSpacing()


@pytest.mark.parametrize("scale", [0.9, 1.0, 1.25, 1.5, 1.75, 2.0])
@pytest.mark.parametrize("style", TextStyle)
def test_the_ring_of_an_a_and_the_tail_of_a_g_are_whole(
    qtbot: QtBot, qapp: QApplication, style: TextStyle, scale: float
) -> None:
    look = make_look(qapp, scale=scale)
    lines = PlainLabel(look, "ÅÄÖÉ\ngjpqy", style=style)
    line = PlainLabel(look, "ÅÄÖÉgjpqy", style=style)
    elided = ElidedLabel(look, "ÅÄÖÉgjpqy", style=style)

    for label in (lines, line, elided):
        qtbot.addWidget(label)
        assert cut_ink(label) == []


def test_an_elided_label_tells_the_whole_text_to_a_screen_reader(qtbot: QtBot, look: Look) -> None:
    label = ElidedLabel(look, "Samverkan om unga i Exempelstad")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()

    assert label.accessibleName() == "Samverkan om unga i Exempelstad"
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_a_pill_is_as_wide_as_its_words(qtbot: QtBot, look: Look) -> None:
    short = Pill(look, "Ja", tone=Tone.OK, icon="check")
    long = Pill(look, "Samtycke till 28 feb\n2027", tone=Tone.OK, icon="check")
    qtbot.addWidget(short)
    qtbot.addWidget(long)

    assert long.sizeHint().width() > short.sizeHint().width() + 100
    assert long.accessibleName() == "Samtycke till 28 feb 2027"


@pytest.mark.parametrize("make", [PlainLabel, ElidedLabel])
def test_five_hundred_texts_with_markup_stand_on_a_label_as_they_were_entered(
    qtbot: QtBot, look: Look, make: Callable[[Look], PlainLabel | ElidedLabel]
) -> None:
    label = make(look)
    qtbot.addWidget(label)
    for text in FIVE_HUNDRED:
        label.show_text(text)
        assert label.accessibleName() == text
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_title_is_as_large_as_one_line_has_room_for(qtbot: QtBot, look: Look) -> None:
    plain = PlainLabel(look, "Vad har blivit bättre sedan sist?", style=TextStyle.HERO)
    title = GrowingLabel(look, style=TextStyle.HERO, most=1.35)
    title.show_text(plain.text())
    for one in (plain, title):
        qtbot.addWidget(one)
    line = plain.heightForWidth(2000)
    widths = range(100, 2000, 20)

    # Never smaller or of more lines than its style, and never more than so much larger.
    assert title.heightForWidth(2000) > 1.3 * line
    assert title.heightForWidth(2000) < 1.4 * line
    for width in widths:
        is_one_line = plain.heightForWidth(width) == line
        high = title.heightForWidth(width)
        assert high >= line if is_one_line else high == plain.heightForWidth(width)
        assert high < 1.4 * line or not is_one_line
    title.show_text("")
    assert title.heightForWidth(300) == PlainLabel(look, style=TextStyle.HERO).heightForWidth(300)
