"""What the program is, and what it can and cannot promise."""

from trygga_desktop.i18n import Language
from trygga_desktop.ui.lock_times import LockTimes
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel


def lock_text(times: LockTimes, language: Language, *, hears: bool) -> str:
    """Return when the vault locks by itself; `hears` if it is told of sleep and a locked screen."""
    _ = language.gettext
    after = language.ngettext(
        "When nobody has used it for {count} minute.",
        "When nobody has used it for {count} minutes.",
        times.idle,
    ).format(count=times.idle)
    told = _("It does not notice on this computer that it sleeps or is locked: lock by hand.")
    if hears:
        told = _("Also when the computer sleeps, is locked or changes user.")
    return f"{after} {told}"


def about_card(look: Look, *, version: str, times: LockTimes, hears: bool) -> Card:
    """Return version, licence and the honest sentences."""
    _ = look.language.gettext
    card = Card(look, _("About Trygga"))
    text2 = look.theme.tokens.text2
    for icon, title, line in (
        (
            "lock",
            _("Encryption decides who reads"),
            _("Whoever has no access to a case cannot read it, even with the file in hand."),
        ),
        (
            "lock-keyhole",
            _("It locks by itself"),
            lock_text(times, look.language, hears=hears),
        ),
        (
            "pencil",
            _("The program decides the rest"),
            _(
                "Writing, printing, exporting and granting are rules of the program. Someone with "
                "a passphrase and a program of their own is not bound by them."
            ),
        ),
        (
            "monitor",
            _("No protection if the computer is taken over"),
            _("Whoever controls this computer while the vault is open sees what you see."),
        ),
        (
            "globe",
            _("Nothing is sent over the network"),
            _("Everything lies in the folder of the vault. Backups are yours to make."),
        ),
    ):
        card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
    card.body.addWidget(Divider(look))
    for line in (
        _("Version {version}").format(version=version),
        _("Licence: EUPL-1.2"),
        _("Typeface: Inter, SIL Open Font License. Icons: Lucide, ISC."),
    ):
        card.body.addWidget(PlainLabel(look, line, style=TextStyle.CAPTION, colour=text2))
    return card
