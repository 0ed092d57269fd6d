"""What stands on the home screen beside the table: what is new, what is safe, what comes first."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import assert_never

from PySide6.QtWidgets import QWidget

from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.vault import Notice, NoticeKind
from trygga_desktop.ui.draft_words import draft_line
from trygga_desktop.ui.reminder_words import reminder_icon, reminder_text, reminder_tone
from trygga_desktop.ui.screens.home.view_model import HomeState, HomeViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_MOST_REMINDERS = 4
_EVENING = 18
_FORENOON = 10


def greeting(hour: int, name: str, language: Language) -> str:
    """Return a greeting that fits the time of day."""
    _ = language.gettext
    if hour < _FORENOON:
        text = _("Good morning, {name}")
    elif hour < _EVENING:
        text = _("Hello, {name}")
    else:
        text = _("Good evening, {name}")
    return text.format(name=name)


def notice_text(notice: Notice, language: Language) -> str:
    """Return one thing that happened before this unlock, in plain words."""
    _ = language.gettext
    match notice.kind:
        case NoticeKind.FAILED_UNLOCKS | NoticeKind.RECOVERY_TRIED:
            text = _attempts_text(notice, language)
        case NoticeKind.REPAIRED_FROM_COPY:
            text = _("The file with the keys was damaged and has been repaired from its copy.")
        case NoticeKind.SLOTS_DAMAGED:
            text = language.ngettext(
                "The key of {count} user is damaged. That user gets in again with the recovery "
                "code, or when keys.json is put back from a copy.",
                "The keys of {count} users are damaged. They get in again with the recovery code, "
                "or when keys.json is put back from a copy.",
                notice.count,
            ).format(count=notice.count)
        case NoticeKind.RECOVERY_DAMAGED:
            text = _(
                "The recovery code does not open this vault now: its part of keys.json is "
                "damaged. Put keys.json back from a copy."
            )
        case NoticeKind.OLDER_ACCEPTED:
            text = _(
                "You went on with an older file of the vault. What was saved after it is missing."
            )
        case NoticeKind.RULES_CHANGED:
            text = _(
                "The rules of the vault were changed by somebody who may not, or are damaged. "
                "Nothing is shared in any case before an administrator has looked into it."
            )
        case NoticeKind.ANCHOR_REPAIRED:
            text = _(
                "The note of how far the vault had come was damaged. It has been written anew from "
                "what this computer remembers; nothing that was saved here is missing."
            )
        case NoticeKind.CLOCK_BEHIND:
            text = _clock_text(notice, language)
        case _:
            assert_never(notice.kind)
    return text


def _attempts_text(notice: Notice, language: Language) -> str:
    _ = language.gettext
    if notice.kind is NoticeKind.FAILED_UNLOCKS:
        text = language.ngettext(
            "{count} attempt to unlock the vault has failed since it was last open. If it was "
            "not you, tell whoever is administrator.",
            "{count} attempts to unlock the vault have failed since it was last open. If it "
            "was not you, tell whoever is administrator.",
            notice.count,
        )
    else:
        text = language.ngettext(
            "A recovery code that is not right was tried {count} time since you last had the "
            "vault open. If it was not you, tell whoever is administrator.",
            "A recovery code that is not right was tried {count} times since you last had the "
            "vault open. If it was not you, tell whoever is administrator.",
            notice.count,
        )
    text = text.format(count=language.number(notice.count))
    if notice.at is None:
        return text
    latest = _("The latest was on {time}.").format(time=language.date_time(notice.at))
    return f"{text} {latest}"


def _clock_text(notice: Notice, language: Language) -> str:
    if notice.at is None:
        return language.gettext("The clock of this computer is behind the log of the vault.")
    return behind_text(notice.at.astimezone(STOCKHOLM).date(), language)


def behind_text(day: date, language: Language) -> str:
    """Return which day is taken for today, and why it is not that of the computer."""
    _ = language.gettext
    return _(
        "Trygga takes {day} for today. This computer's clock says an earlier day, but somebody has "
        "worked in the vault on {day}, and what had ended or been withdrawn by then must not count "
        "again. If the clock was wrong then, tell whoever is administrator."
    ).format(day=language.date_long(day))


def left_out_text(count: int, language: Language) -> str:
    """Return that cases were left out because they are not what their author left."""
    return language.ngettext(
        "{count} case could not be verified and is not shown. Ask the administrator to check the "
        "vault.",
        "{count} cases could not be verified and are not shown. Ask the administrator to check "
        "the vault.",
        count,
    ).format(count=count)


def notices_banner(look: Look, notices: Sequence[Notice], put_away: Callable[[], None]) -> QWidget:
    """Return everything that happened before this unlock in one banner."""
    _ = look.language.gettext
    text = "\n".join(notice_text(one, look.language) for one in notices)
    button = Button(look, _("I have read this"), ButtonKind.SECONDARY)
    button.setObjectName("notices read")
    button.clicked.connect(put_away)
    return banner(look, text, tone=Tone.WARN, buttons=(button,))


def behind_banner(look: Look, model: HomeViewModel) -> QWidget | None:
    """Return which day is taken for today where it is not that of the computer.

    It stays as long as that is so; nothing where a notice says it already.
    """
    is_told = any(one.kind is NoticeKind.CLOCK_BEHIND for one in model.notices)
    if model.goes_on_from is None or is_told:
        return None
    text = behind_text(model.goes_on_from, look.language)
    return banner(look, text, tone=Tone.WARN, icon="calendar-clock")


def kept_banner(look: Look, model: HomeViewModel) -> QWidget:
    """Return what was typed and not recorded, with the ways to decide about it."""
    language = look.language
    _ = language.gettext
    count = len(model.drafts)
    # Several are shown first: which of them is meant is chosen there.
    kind = ButtonKind.PRIMARY if count > 1 else ButtonKind.SECONDARY
    title = _("There is text that you did not get to add")
    show = Button(look, _("Show"), kind, icon="eye")
    show.setObjectName("show kept text")
    show.clicked.connect(model.show_kept)
    newest = draft_line(model.drafts[0], model.numbers, model.now(), language)
    if model.asks_to_throw:
        keep = Button(look, _("Keep it"), ButtonKind.SECONDARY)
        keep.setObjectName("keep the text")
        keep.clicked.connect(partial(model.ask_to_throw, asks=False))
        sure = Button(look, _("Throw away"), ButtonKind.DANGER)
        sure.setObjectName("throw the text away")
        sure.clicked.connect(model.throw_away)
        text = _("{text}. Throw it away? It stays in the bin until you empty that.")
        text = text.format(text=newest)
        return banner(
            look, text, tone=Tone.INFO, title=title, icon="pen-line", buttons=(keep, sure)
        )
    go_on = Button(look, _("Go on"), ButtonKind.PRIMARY, icon="undo-2")
    go_on.setObjectName("go on with the text")
    go_on.clicked.connect(model.go_on)
    throw = Button(look, _("Throw away"), ButtonKind.GHOST)
    throw.setObjectName("throw away")
    throw.clicked.connect(partial(model.ask_to_throw, asks=True))
    if count == 1:
        text = _("{text}. It lies encrypted until you decide.").format(text=newest)
        buttons: tuple[Button, ...] = (show, go_on, throw)
    else:
        text = language.ngettext(
            "{count} text. The newest: {text}.", "{count} texts. The newest: {text}.", count
        ).format(count=language.number(count), text=newest)
        buttons = (show,)
    return banner(look, text, tone=Tone.INFO, title=title, icon="pen-line", buttons=buttons)


def first_day_card(look: Look, model: HomeViewModel) -> QWidget:
    """Return the steps that lead to the first case, with the next one as a button."""
    _ = look.language.gettext
    note = _("{done} of {all} done").format(done=1, all=2)
    card = Card(look, _("Get started"), note=note)
    tokens = look.theme.tokens
    card.body.addWidget(
        _row(
            look,
            ("circle-check", tokens.ok),
            _("The vault is made"),
            _("Done. You have unlocked it with your own passphrase."),
        )
    )
    card.body.addWidget(Divider(look))
    step = _row(
        look,
        ("circle-dot", tokens.accent),
        _("Add the first case"),
        _("You need a name. The number may be missing."),
        new_case_button(look, model, ButtonKind.PRIMARY),
    )
    card.body.addWidget(step)
    return card


def new_case_button(look: Look, model: HomeViewModel, kind: ButtonKind) -> Button:
    """Return a button that leads to the form."""
    button = Button(look, look.language.gettext("New case"), kind, icon="plus")
    button.setObjectName("new case")
    button.clicked.connect(model.want_new_case)
    return button


def reminders_card(look: Look, model: HomeViewModel) -> Card | None:
    """Return what to think of in the consents, or None where there is nothing."""
    language = look.language
    _ = language.gettext
    if not model.reminders:
        return None
    shown = model.reminders[:_MOST_REMINDERS]
    count = len(model.reminders)
    note = (
        ""
        if count == len(shown)
        else _("{shown} of {total}").format(
            shown=language.number(len(shown)), total=language.number(count)
        )
    )
    card = Card(look, _("To think of"), note=note)
    card.setObjectName("reminders")
    for place, one in enumerate(shown):
        if place:
            card.body.addWidget(Divider(look))
        text = reminder_text(one.reminder, one.names, language)
        tone = reminder_tone(one.reminder.kind)
        colour = look.theme.tokens.tint(tone)[0]
        icon = reminder_icon(one.reminder.kind)
        title = make_visible(one.row.title, lines=False, longest=LONGEST_NAME)
        way = Button(look, _("Open"), ButtonKind.GHOST, small=True)
        way.setObjectName(f"remember {place}")
        way.setAccessibleName(_("Open {name}").format(name=title))
        way.clicked.connect(partial(model.open_case, one.row.id))
        card.body.addWidget(
            IconRow(look, icon=icon, title=title, line=text, colour=colour, button=way)
        )
    return card


def safe_card(look: Look, model: HomeViewModel) -> QWidget:
    """Return what is known of the vault at this moment."""
    _ = look.language.gettext
    tokens = look.theme.tokens
    kinds = {one.kind for one in model.notices}
    card = Card(look, _("Safe and sound"))
    if model.state is HomeState.FAILED:
        mark, title = ("triangle-alert", tokens.warn), _("The cases could not be read")
        line = _("What was confirmed as saved is kept.")
    elif model.left_out:
        mark, title = ("triangle-alert", tokens.warn), _("Not everything could be verified")
        line = _("What cannot be verified is not shown.")
    elif NoticeKind.RULES_CHANGED in kinds:
        mark, title = ("triangle-alert", tokens.warn), _("The rules cannot be believed")
        line = _("Your own files can be read.")
    elif NoticeKind.OLDER_ACCEPTED in kinds:
        mark, title = ("history", tokens.warn), _("An older file is open")
        line = _("It is whole, as far as it goes.")
    else:
        mark, title = ("shield-check", tokens.ok), _("Nothing saved is missing")
        line = _("Checked at unlock")
    card.body.addWidget(_row(look, mark, title, line))
    kept = Button(look, _("Open"), ButtonKind.GHOST, small=True)
    kept.setObjectName("kept text and the bin")
    kept.setAccessibleName(_("Kept text and the bin"))
    kept.clicked.connect(model.show_kept)
    mark, line = ("archive", tokens.text2), _("What was typed and not recorded, or thrown away")
    card.body.addWidget(_row(look, mark, _("Kept text and the bin"), line, kept))
    if model.may_open_case:
        key, line = (
            ("key-round", tokens.text2),
            _("Only you and the coordinators can open them. Others get access one by one."),
        )
        card.body.addWidget(_row(look, key, _("New cases are yours"), line))
    return card


def _row(
    look: Look, mark: tuple[str, str], title: str, line: str, button: Button | None = None
) -> QWidget:
    icon, colour = mark
    return IconRow(look, icon=icon, title=title, line=line, colour=colour, button=button)
