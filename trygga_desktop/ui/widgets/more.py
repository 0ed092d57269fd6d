"""What a long list says of the rest of it: nothing is left out in silence."""

from collections.abc import Callable

from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel


def rest_text(count: int, language: Language) -> str:
    """Return how many more there are than are shown."""
    return language.gettext("and {count} more").format(count=language.number(count))


def rest_line(look: Look, count: int) -> PlainLabel:
    """Return a line that tells how many more there are."""
    text2 = look.theme.tokens.text2
    return PlainLabel(look, rest_text(count, look.language), style=TextStyle.BODY, colour=text2)


def more_button(look: Look, count: int, show: Callable[[], None]) -> Button:
    """Return a button that shows some more, and says how many are left."""
    text = look.language.gettext("Show more ({count} left)")
    button = Button(
        look,
        text.format(count=look.language.number(count)),
        ButtonKind.GHOST,
        icon="chevron-down",
        small=True,
    )
    button.setObjectName("show more of them")
    button.clicked.connect(lambda _checked=False: show())
    return button
