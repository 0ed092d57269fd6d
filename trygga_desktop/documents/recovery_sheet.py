"""The sheet that gets people back into a vault: its code on paper, and how to keep it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Groups,
    Heading,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
)
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """What the sheet says. `groups` are those of the code, in order.

    `fingerprint` is that of the vault's seal as 64 lower-case hex digits, or empty while there is
    none.
    """

    municipality: str
    vault_name: str
    groups: tuple[str, ...] = field(repr=False)
    day: date
    fingerprint: str = ""
    arms: str = ""


def compose(content: SheetContent, language: Language) -> tuple[Block, ...]:
    """Return the sheet as blocks, its own words in the language that is asked for."""
    return tuple(_blocks(content, language))


def _blocks(content: SheetContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    yield PageFrame(
        head_left=_("Recovery sheet"),
        head_right=content.day.isoformat(),
        foot=_("Whoever has this sheet and the vault can read everything in it. Lock it away."),
    )
    yield head(
        municipality=content.municipality,
        arms=content.arms,
        kind=_("Recovery sheet"),
        text=content.vault_name,
    )
    yield Paragraph(
        text=_(
            "This sheet opens the vault when a passphrase is lost. Nothing else does, not even"
            " those who make Trygga. Whoever has the sheet together with the vault, or with a copy"
            " of it, can read everything that is in it."
        )
    )
    yield KeyValues(
        pairs=(
            KeyValue(label=_("Vault"), value=content.vault_name),
            KeyValue(label=_("Made on"), value=language.date_long(content.day)),
        )
    )
    yield Heading(text=_("The code"))
    yield Groups(items=content.groups)
    yield Paragraph(
        text=_(
            "Read it line by line, from left to right. The round sign is always the figure zero:"
            " the letters I, L, O and U are in no code."
        )
    )
    yield Heading(text=_("How it is kept"))
    yield Bullets(
        items=(
            _("In a locked cabinet, not in the same room as the computer."),
            _("Two people know where it lies. Write down who takes it out, when and why."),
            _("Do not photograph it, scan it or copy it, and never type it but into Trygga."),
            _("If it is lost, or somebody else may have seen it: tell the administrator at once."),
        )
    )
    yield Heading(text=_("How it is used"))
    yield Bullets(
        items=(
            _("Start Trygga on the computer where the vault lies, or a copy of it."),
            _("Choose to recover, choose the vault, and type the code from this sheet."),
            _("Choose a new passphrase. The sheet opens the vault afterwards too: lock it away."),
        )
    )
    if content.fingerprint:
        yield Heading(text=_("The seal of the vault"))
        yield Paragraph(
            text=_(
                "On the day when this sheet was made, protocols from this vault got a seal with"
                " this fingerprint. A new seal has another one: the settings show it, and print it"
                " on a sheet of its own."
            )
        )
        yield KeyValues(
            pairs=(
                KeyValue(label=_("In words"), value=in_words(content.fingerprint)),
                KeyValue(label=_("Fingerprint"), value=in_groups(content.fingerprint)),
            )
        )
