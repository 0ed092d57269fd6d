"""What is said of a protocol: for whom it is, and what became of it. No widgets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, assert_never

from trygga_desktop.domain.sealing import GapKind, ProtocolStep
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.paper_words import Message, missed_message, print_message
from trygga_desktop.ui.platform.errors import PrintFlaw
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    ProtocolViewModel,
)
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.phase_steps import ShownStep, StepState
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.protocols import ProtocolRecipient
    from trygga_desktop.services.sealing import ToldProtocol


def name_of(recipient: ProtocolRecipient) -> str:
    """Return what somebody is called, harmless to look at."""
    return make_visible(recipient.name, lines=False, longest=LONGEST_NAME)


def recipient_words(recipient: ProtocolRecipient, language: Language) -> str:
    """Return somebody's name and whom they speak for, if anyone."""
    if not recipient.organisation:
        return name_of(recipient)
    organisation = make_visible(recipient.organisation, lines=False, longest=LONGEST_NAME)
    return language.gettext("{name}, {organisation}").format(
        name=name_of(recipient), organisation=organisation
    )


def audience_words(model: ProtocolViewModel, language: Language) -> tuple[str, str]:
    """Return for whom the pages are, and what that means; never what or how much is left out."""
    _ = language.gettext
    match model.target.audience:
        case Audience.ROOM:
            return (
                _("Everyone around the table"),
                _("Holds what everyone who was there may have. All get the same pages."),
            )
        case Audience.BOARD:
            return (
                _("The board's file"),
                _("Holds everything that you may read. Only for the board's own file."),
            )
        case Audience.PERSON:
            somebody = model.recipient
            title = "" if somebody is None else recipient_words(somebody, language)
            return (
                title or _("One person"),
                _("Composed for one person, of what this person may have."),
            )
        case Audience.ADDENDUM:
            return _("An addendum"), _("Corrects a sealed protocol. Only for the board's own file.")
        case Audience.PLAN:
            return (
                _("The plan, for everyone around the table"),
                _("What the meeting agreed on, of what everyone who was there may have."),
            )
        case Audience.PLAN_BOARD:
            return (
                _("The plan, for the board's file"),
                _("All that the meeting agreed on. Only for the board's own file."),
            )
        case _:
            assert_never(model.target.audience)


def step_words(step: ProtocolStep, language: Language) -> str:
    """Return what a protocol has become, in a word."""
    _ = language.gettext
    match step:
        case ProtocolStep.DRAFT:
            return _("Draft")
        case ProtocolStep.APPROVED:
            return _("Approved")
        case ProtocolStep.SEALED:
            return _("Sealed")
        case ProtocolStep.SIGNED:
            return _("Signed")
        case ProtocolStep.DISTRIBUTED:
            return _("Handed out")
        case _:
            assert_never(step)


def shown_steps(reached: Collection[ProtocolStep], language: Language) -> tuple[ShownStep, ...]:
    """Return the life of a protocol: at hand is what it became last, in the order of its life.

    Nobody approves any more what is sealed: that step stands there no more where it was left out.
    """
    now = max((list(ProtocolStep).index(one) for one in reached), default=0)
    return tuple(
        ShownStep(
            key=step.value,
            name=step_words(step, language),
            state=StepState.NOW
            if place == now
            else StepState.DONE
            if step in reached
            else StepState.COMING,
        )
        for place, step in enumerate(ProtocolStep)
        if step in reached or step is not ProtocolStep.APPROVED or place > now
    )


def sealed_pill(told: ToldProtocol, language: Language) -> str:
    """Return when it was sealed, in a few words."""
    day = language.date_long(told.protocol.sealed_at.astimezone(STOCKHOLM).date())
    time = language.time(told.protocol.sealed_at)
    return language.gettext("Sealed {day} {time}").format(day=day, time=time)


def sealed_lines(told: ToldProtocol, language: Language) -> tuple[str, ...]:
    """Return what the seal means and by what it is known, line by line."""
    _ = language.gettext
    lines = [
        _("Nothing can be changed without showing. Later versions of the plan do not change it.")
        if told.protocol.kind.is_plan
        else _("Nothing can be changed without showing. Corrections become addenda."),
        _("Control code: {code}").format(code=told.protocol.control_code),
        _("The seal in words: {words}").format(words=told.words),
    ]
    if told.sealed_by:
        name = make_visible(told.sealed_by, lines=False, longest=LONGEST_NAME)
        lines.insert(1, _("Sealed by {name}").format(name=name))
    return tuple(lines)


def seal_panel_words(model: ProtocolViewModel, language: Language) -> tuple[str, ...]:
    """Return in plain words what sealing means."""
    _ = language.gettext
    whom, _meaning = audience_words(model, language)
    if model.target.is_plan:
        return (
            _("The pages that are shown are sealed: {readers}.").format(readers=whom),
            _(
                "After that this version stands as it is, with a control code of its own, to be"
                " signed on paper. The plan goes on in its next version. Sealing cannot be undone."
            ),
        )
    if model.is_sealed:
        return (
            _("The meeting is sealed already. This seals the pages for: {readers}.").format(
                readers=whom
            ),
        )
    return (
        _("The pages that are shown are sealed, for: {readers}.").format(readers=whom),
        _(
            "After that nothing of the meeting can be changed: not what was said, decided or"
            " promised, nor who was there. What is wrong is corrected by an addendum with a number"
            " of its own."
        ),
        _("How far an action has come is told as before. Sealing cannot be undone."),
    )


def gap_words(  # noqa: C901, PLR0911, PLR0912  one answer for each kind of gap
    kind: GapKind, count: int, language: Language
) -> tuple[str, str, str]:
    """Return what is left, what follows from it, and what the way there is called, if any."""
    _ = language.gettext
    number = language.number(count)
    match kind:
        case GapKind.NOT_HELD:
            return (
                _("The meeting is not over"),
                _("A protocol is sealed once the meeting has ended."),
                _("To the meeting"),
            )
        case GapKind.OPEN_REMARK:
            title = language.ngettext(
                "{count} remark is not answered", "{count} remarks are not answered", count
            )
            line = _("Answer it before the protocol is sealed.")
            return title.format(count=number), line, _("To the remarks")
        case GapKind.NOT_APPROVED:
            title = language.ngettext(
                "{count} approval is missing", "{count} approvals are missing", count
            )
            line = _("Chair and verifier approve on the screen, or on paper.")
            return title.format(count=number), line, _("To the approval")
        case GapKind.APPROVED_OTHERWISE:
            return (
                _("The text has changed since it was approved"),
                _("Have it approved as it reads now, or open it again."),
                _("To the approval"),
            )
        case GapKind.NOT_ADDED:
            return (
                _("Something was typed and not added"),
                _("It stays among your drafts, and does not stand in the protocol."),
                "",
            )
        case GapKind.NO_DAY:
            title = language.ngettext(
                "{count} action without a day", "{count} actions without a day", count
            )
            line = _("It stands in the protocol as a note, unless it gets one before the seal.")
            return title.format(count=number), line, _("Complete it")
        case GapKind.NO_RESPONSIBLE:
            title = language.ngettext(
                "{count} action that nobody does", "{count} actions that nobody does", count
            )
            line = _(
                "It stands in the protocol as a note, unless somebody who does it is named before"
                " the seal."
            )
            return title.format(count=number), line, _("Complete it")
        case GapKind.NOT_MARKED:
            title = language.ngettext(
                "{count} question is not answered", "{count} questions are not answered", count
            )
            line = _("A limit or an exclusion asks about something. Until then it is not shown.")
            return title.format(count=number), line, _("To the questions")
        case GapKind.NOT_NAMED:
            title = language.ngettext(
                "{count} entry is about someone who was not named",
                "{count} entries are about someone who was not named",
                count,
            )
            line = _("It is shown to nobody else, and once it is sealed nobody can be named.")
            return title.format(count=number), line, _("To the questions")
        case GapKind.CHAIR_CANNOT_READ:
            return (
                _("Whoever led the meeting cannot read the board's file"),
                _(
                    "It then has no line for them to sign, and it is sealed only once. If they work"
                    " for the board, say among the people of the case whose account they have."
                    " Others sign the protocol for everyone around the table."
                ),
                _("To the people"),
            )
        case GapKind.PROTOCOL_FIRST:
            return (
                _("The protocol is not sealed yet"),
                _("Until it is, the meeting can agree on something else. Seal it first."),
                _("To the protocol"),
            )
        case GapKind.LEFT_OUT:
            title = language.ngettext(
                "{count} part could not be verified",
                "{count} parts could not be verified",
                count,
            )
            line = _(
                "What is sealed lacks them for good. Ask whoever is administrator to check the"
                " vault first."
            )
            return title.format(count=number), line, ""
        case _:
            assert_never(kind)


def pages_words(pages: int, language: Language) -> str:
    """Return how many sheets of paper it comes to."""
    return language.ngettext("{count} page, A4", "{count} pages, A4", pages).format(count=pages)


def left_out_message(count: int, language: Language) -> Message:
    """Return that something of the case is on no page, since it did not verify."""
    text = language.ngettext(
        "{count} part of this case could not be verified and is not shown. Ask the "
        "administrator to check the vault.",
        "{count} parts of this case could not be verified and are not shown. Ask the "
        "administrator to check the vault.",
        count,
    ).format(count=count)
    return Message(tone=Tone.MUTE, icon="shield-question-mark", title="", text=text)


def outdated_message(
    language: Language, *, is_whole: bool = False, is_plan: bool = False
) -> Message:
    """Return that a sealed document says what its readers may not all have any more.

    Of the board's own file that is whoever signs it.
    """
    _ = language.gettext
    if is_whole:
        text = _(
            "Whoever no longer opens the case, and may not have all of this, neither reads nor"
            " signs it. They sign the protocol for everyone around the table."
        )
        if is_plan:
            text = _(
                "Whoever no longer opens the case neither reads nor signs it. They sign the plan"
                " for everyone around the table."
            )
        title = _("Not all who sign this may read it any more")
        return Message(tone=Tone.WARN, icon="triangle-alert", title=title, text=text)
    text = _(
        "What everyone around the table may have is no longer what it was when this was sealed."
        " Choose one person above: that leads to their excerpt, of what they may have today."
    )
    if is_plan:
        text = _(
            "What everyone around the table may have is no longer what it was when this was sealed."
            " What each may have today stands in their excerpt from the protocol."
        )
    title = _("Hand out no more copies of this")
    return Message(tone=Tone.WARN, icon="triangle-alert", title=title, text=text)


def before_protection_message(language: Language, *, is_asked: bool = False) -> Message:
    """Return that a sealed document says what was not protected yet when it was sealed.

    Where it `is_asked` somebody wants it to leave all the same.
    """
    _ = language.gettext
    text = _(
        "A place, a name or words stand in it that lead to whoever is protected now. Hand out no"
        " more copies of this. What each may have today stands in their excerpt."
    )
    if is_asked:
        text = _(
            "A place, a name or words stand in it that lead to whoever is protected now. Go on only"
            " if these pages reach nobody who must not find them. That you went on is written into"
            " the log."
        )
    title = _("This was sealed before somebody's identity was protected")
    return Message(tone=Tone.WARN, icon="map-pin-off", title=title, text=text)


def protected_message(language: Language) -> Message:
    """Return what somebody must say before anything of a protected case comes onto paper."""
    _ = language.gettext
    return Message(
        tone=Tone.WARN,
        icon="map-pin-off",
        title=_("Somebody in this case has a protected identity"),
        text=_(
            "The box for the place is empty. Read the text as well: does an address stand there?"
            " Print only where nobody else can take the pages, and stay beside the printer; save"
            " only where nobody else can open them."
        ),
    )


def not_printed(flaw: PrintFlaw, numbers: Sequence[int], language: Language) -> Message:
    """Return why nothing was printed, and that the numbers of these copies are used up."""
    if not numbers:
        return missed_message(flaw, language)
    message = print_message(flaw, language)
    told = language.list_words([language.number(one) for one in numbers])
    text = language.ngettext(
        "Copy {numbers} is used up, and the log says that it did not come out.",
        "Copies {numbers} are used up, and the log says that they did not come out.",
        len(numbers),
    )
    return message._replace(text=f"{message.text} {text.format(numbers=told)}")


def confirm_message(language: Language) -> Message:
    """Return what somebody must say before a sealed protocol leaves that is outdated."""
    _ = language.gettext
    return Message(
        tone=Tone.WARN,
        icon="triangle-alert",
        title=_("Not everyone may have all of this any more"),
        text=_(
            "Go on only if these pages reach nobody who may no longer have what they say. That you"
            " went on is written into the log."
        ),
    )
