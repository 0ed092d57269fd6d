"""Three parts in one card: what has happened, what is safe, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from trygga_desktop.ui.problems import Problem
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.error_report import report_button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


def problem_card(look: Look, problem: Problem) -> Card:
    """Return a card that explains the problem without blaming anyone.

    The report of what nobody foresaw is a button away.
    """
    _ = look.language.gettext
    tokens = look.theme.tokens
    card = Card(look)
    card.body.setContentsMargins(22, 20, 22, 20)
    parts = (
        ("info", tokens.text2, _("What has happened"), problem.happened),
        ("shield-check", tokens.ok, _("What is safe"), problem.safe),
        ("arrow-right", tokens.accent, _("What to do"), problem.advice),
    )
    for index, (icon, colour, title, text) in enumerate(parts):
        if index:
            card.body.addWidget(Divider(look))
        row = QHBoxLayout()
        row.setSpacing(14)
        mark = IconMark(look, icon, colour=colour, size=22)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(look, title, style=TextStyle.LABEL, colour=tokens.text2))
        words.addWidget(PlainLabel(look, text, style=TextStyle.LARGE))
        row.addLayout(words, 1)
        card.body.addLayout(row)
    if problem.report:
        button = report_button(look, problem.report)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card
