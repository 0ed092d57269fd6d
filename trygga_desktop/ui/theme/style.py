"""Qt's own palette and the few lines of style sheet, both made from the tokens.

No font size stands here: sizes in a style sheet do not follow the text scale.
"""

from PySide6.QtGui import QColor, QPalette

from trygga_desktop.ui.theme.theme import Theme
from trygga_desktop.ui.theme.tokens import Radius, Tokens


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette for everything that Fusion draws itself."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.bg,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.surface2,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.mute,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.on_accent,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.surface,
        role.Midlight: tokens.surface2,
        role.Mid: tokens.border,
        role.Dark: tokens.strong,
        role.Shadow: tokens.text,
    }
    palette = QPalette()
    for where, colour in colours.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.mute))
    return palette


def sheet_of(theme: Theme) -> str:
    """Return the style sheet of the application."""
    t = theme.tokens
    handle = theme.px(8)
    return f"""
    QLineEdit, QTextEdit, QPlainTextEdit {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.strong};
        border-radius: {Radius.CONTROL}px; padding: 0 11px;
        selection-background-color: {t.accent}; selection-color: {t.on_accent};
        placeholder-text-color: {t.mute};
    }}
    QTextEdit, QPlainTextEdit {{ padding: 7px 7px; }}
    QLineEdit[state="ok"], QTextEdit[state="ok"] {{ border-color: {t.ok}; }}
    QLineEdit[state="warn"], QTextEdit[state="warn"] {{ border-color: {t.warn}; }}
    QLineEdit[state="bad"], QTextEdit[state="bad"] {{ border-color: {t.bad}; }}
    QLineEdit:read-only, QTextEdit:read-only {{
        background: {t.surface2}; border: 1px dashed {t.strong};
    }}
    QLineEdit:disabled {{ background: {t.surface2}; border-color: {t.border}; color: {t.mute}; }}
    QLineEdit:focus {{ border: 2px solid {t.focus}; padding: 0 10px; }}
    QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {t.focus}; padding: 6px 6px; }}
    QScrollArea, QScrollArea > QWidget > QWidget[page="true"] {{
        background: transparent; border: none;
    }}
    QTableView {{
        background: transparent; border: none; outline: none; color: {t.text};
        selection-background-color: {t.accent_soft}; selection-color: {t.text};
    }}
    QHeaderView {{ background: transparent; border: none; }}
    QHeaderView::section {{
        background: transparent; color: {t.text2}; border: none;
        border-bottom: 1px solid {t.border}; padding: 0 16px; text-align: left;
    }}
    QScrollBar:vertical {{ background: transparent; width: {handle + 4}px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: {handle + 4}px; margin: 0; }}
    QScrollBar::handle {{
        background: {t.strong}; border-radius: {handle // 2}px; margin: 2px;
        min-height: 32px; min-width: 32px;
    }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
        background: none; border: none; width: 0; height: 0;
    }}
    QMenu {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
        padding: 4px; border-radius: {Radius.CONTROL}px;
    }}
    QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
    QMenu::icon {{ padding-left: 8px; }}
    QToolTip {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.strong}; padding: 4px;
    }}
    """
