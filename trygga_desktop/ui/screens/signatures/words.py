"""What is said of signers, of a scan and of a signed file. No widgets."""

from __future__ import annotations

from typing import assert_never

from trygga_desktop.domain.agreement import Side
from trygga_desktop.domain.matching import Fit, PageFound, ScanFound
from trygga_desktop.domain.scanning import ScanFlaw
from trygga_desktop.domain.signatures import (
    FileSignature,
    PaperKind,
    Scan,
    SignerState,
    SignerStatus,
)
from trygga_desktop.i18n import Language
from trygga_desktop.services.sealed_files import FoundProtocol
from trygga_desktop.services.signed_papers import SignedPaper
from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.screens.signatures.scan import CodeMatch, ScanModel
from trygga_desktop.ui.screens.signatures.view_model import FileFlaw, News
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


def title_words(paper: SignedPaper, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the title of the page of a paper, and what stands before it in the way there."""
    _ = language.gettext
    number = language.number(paper.number)
    match paper.kind:
        case PaperKind.PROTOCOL:
            title = _("Signatures, meeting {number}").format(number=number)
            return title, (_("Meetings"), _("Protocol"))
        case PaperKind.PLAN:
            title = _("Signatures, plan version {number}").format(number=number)
            return title, (_("Meetings"), _("Plan"))
        case PaperKind.EXCERPT:
            name = make_visible(paper.recipient, lines=False, longest=LONGEST_NAME)
            title = _("Signatures, excerpt for {recipient}").format(recipient=name)
            return title, (_("Meetings"), _("Excerpts, meeting {number}").format(number=number))
        case PaperKind.AGREEMENT:
            title = _("The signed paper, version {number}").format(number=number)
            return title, (_("The agreement"),)
        case _:
            assert_never(paper.kind)


def count_words(signers: tuple[SignerState, ...], language: Language) -> str:
    """Return how many of them have signed."""
    signed = sum(one.is_signed for one in signers)
    text = language.gettext("{signed} of {count} have signed")
    return text.format(signed=language.number(signed), count=language.number(len(signers)))


def signer_pill(signer: SignerState, language: Language) -> PillValue:
    """Return how far a signer has come."""
    _ = language.gettext
    day = "" if signer.signed_on is None else language.date_short(signer.signed_on)
    match signer.status:
        case SignerStatus.WAITING:
            return PillValue(_("Waits"), Tone.ACCENT, "hourglass")
        case SignerStatus.UNNAMED:
            return PillValue(_("In the file: whose?"), Tone.WARN, "shield-question-mark")
        case SignerStatus.ON_PAPER:
            return PillValue(_("On paper {day}").format(day=day), Tone.OK, "pen-line")
        case SignerStatus.ELECTRONIC:
            text = _("In the file {day}").format(day=day) if day else _("In the file")
            is_odd = signer.in_file is not None and signer.in_file.is_ahead
            return PillValue(text, Tone.WARN if is_odd else Tone.OK, "file-signature")
        case SignerStatus.DECLINED:
            return PillValue(_("Declines"), Tone.MUTE, "minus")
        case _:
            assert_never(signer.status)


def certificate_lines(in_file: FileSignature, language: Language) -> tuple[str, ...]:
    """Return what a signature in the file says of itself, and what nobody vouches for."""
    _ = language.gettext
    name = make_visible(in_file.name, lines=False, longest=LONGEST_NAME)
    lines = [
        _("Certificate: {name}").format(name=name or _("without a name")),
        _("Its fingerprint in words: {words}").format(words=in_file.words),
    ]
    if in_file.is_seal:
        lines.append(_("It was made with the seal of this vault: that is nobody's signature."))
        return tuple(lines)
    lines.append(
        _(
            "Nobody vouches for the certificate: whoever made it gave it its name. Ask them for"
            " their fingerprint, and compare."
        )
    )
    if in_file.is_ahead:
        lines.append(_("The time that it gives is still to come."))
    return tuple(lines)


def name_of(signer: SignerState, language: Language) -> str:
    """Return who it is: by name, or by role where the paper says no name."""
    shown = make_visible(signer.name, lines=False, longest=LONGEST_NAME)
    return shown or role_of(signer, language)


def role_of(signer: SignerState, language: Language) -> str:
    """Return the role, or the place on the paper where it says none."""
    sides = {
        Side.PERSON: language.gettext("The young person"),
        Side.PROGRAMME: language.gettext("The programme"),
    }
    if signer.role in sides:
        return sides[Side(signer.role)]
    shown = make_visible(signer.role, lines=False, longest=LONGEST_NAME)
    place = language.gettext("Signature {number}").format(number=language.number(signer.signer))
    return shown or place


def kept_line(scan: Scan, who: str, language: Language) -> str:
    """Return what is said of a scan that is kept."""
    pages = language.ngettext("{count} page", "{count} pages", scan.page_count)
    told = pages.format(count=language.number(scan.page_count))
    when = language.date_time(scan.kept_at)
    if not who:
        return language.gettext("{pages}, kept {time}").format(pages=told, time=when)
    text = language.gettext("{pages}, kept {time} by {name}")
    return text.format(pages=told, time=when, name=who)


def flaw_message(flaw: ScanFlaw, language: Language) -> Message:  # noqa: PLR0911  one for each
    """Return why a scan is not taken."""
    _ = language.gettext
    match flaw:
        case ScanFlaw.NO_FILE | ScanFlaw.EMPTY:
            return _warn(
                _("The file cannot be read"),
                _("It is empty, or not there any more. Choose it once more, or scan again."),
            )
        case ScanFlaw.TOO_LARGE:
            return _warn(
                _("The scan is too large"),
                _(
                    "A scan may have 50 MB in all. Scan in grey with 200 or 300 dots per inch: "
                    "that is enough."
                ),
            )
        case ScanFlaw.OTHER_FORM:
            return _warn(
                _("That is no scan"),
                _("A scan is a PDF, a JPEG or a PNG. Nothing of the file was opened."),
            )
        case ScanFlaw.MISNAMED:
            return _warn(
                _("The file is not what its name says"),
                _(
                    "Its name ends as one thing, and what lies in it is another. Nothing of it was "
                    "opened. Scan the paper again, and do not use this file."
                ),
            )
        case ScanFlaw.ENCRYPTED:
            return _warn(
                _("The file has a password"),
                _("Scan the paper again without a password, or save it without one."),
            )
        case ScanFlaw.UNREADABLE:
            return _warn(
                _("The file is damaged"),
                _("Its pages cannot be shown. Scan the paper again."),
            )
        case ScanFlaw.TOO_MANY_PAGES:
            return _warn(
                _("The scan has too many pages"),
                _("More than 300 pages are not read at once. Bring in this paper alone."),
            )
        case ScanFlaw.TOO_LONG:
            return _warn(
                _("It took too long, and was stopped."),
                _("No scan of signed paper does this. Scan the paper again, in grey."),
            )
        case ScanFlaw.BROKE_OFF:
            return _warn(
                _("The scan could not be read to its end"),
                _("Nothing of it was kept. Scan the paper again; do not use this file."),
            )
        case _:
            assert_never(flaw)


def found_message(found: ScanFound, language: Language, *, marks: bool) -> Message:
    """Return what the whole scan is; `marks` tells that who signed is ticked beside it."""
    _ = language.gettext
    if any(one.fit.is_foreign for one in found.pages):
        return Message(
            tone=Tone.BAD,
            icon="triangle-alert",
            title=_("There is a page of something else in it"),
            text=_("Take it out and scan again: it must not be kept here."),
        )
    if any(one.fit.is_bar for one in found.pages):
        return _warn(
            _("Not every page could be told"),
            _("Look at the pages that are marked, and say what they are."),
        )
    if found.missing:
        count = len(found.missing)
        title = language.ngettext("Page {pages} is missing", "Pages {pages} are missing", count)
        pages = language.list_words([language.number(one) for one in found.missing])
        return _warn(title.format(pages=pages), _("Scan all pages, and bring them in together."))
    told = _("Look at the pages, and tick whose signature you see.")
    if not marks:
        told = _("Look at the pages before they are kept.")
    if found.doubled:
        pages = language.list_words([language.number(one) for one in found.doubled])
        told = _("Twice in it: page {pages}. {text}").format(pages=pages, text=told)
    return Message(
        tone=Tone.OK,
        icon="circle-check",
        title=_("All pages are here, in this version"),
        text=told,
    )


def stray_message(stray: FoundProtocol, language: Language, *, is_all: bool) -> Message:
    """Return whose pages have come: `is_all` tells that no page is of anything else."""
    _ = language.gettext
    title = _("A page of another paper has come with it")
    if is_all:
        title = _("It is another paper that has come")
    text = paper_words(stray, language)
    if not is_all:
        text = f"{text} " + _("Take it out and scan again: it must not be kept here.")
    return Message(Tone.BAD, "triangle-alert", title, text)


def paper_words(found: FoundProtocol, language: Language) -> str:
    """Return which paper a control code stands for, in a sentence."""
    _ = language.gettext
    case = make_visible(found.case_number, lines=False)
    if found.version:
        text = _("The agreement with the young person, version {number}, case {case}.")
        return text.format(number=language.number(found.version), case=case)
    number = language.number(found.meeting_number)
    if found.kind is None:
        text = _("The excerpt for {recipient}, copy {copy}, meeting {number}, case {case}.")
        name = make_visible(found.recipient, lines=False, longest=LONGEST_NAME)
        copy = language.number(found.copy)
        return text.format(recipient=name, copy=copy, number=number, case=case)
    text = _("The protocol of meeting {number}, case {case}.")
    if found.kind.is_plan:
        text = _("The plan that meeting {number} agreed on, case {case}.")
    return text.format(number=number, case=case)


def page_words(page: PageFound, language: Language) -> Message:  # noqa: PLR0911  one for each
    """Return what a page of the scan is, and what to do where it is none."""
    _ = language.gettext
    match page.fit:
        case Fit.FITS:
            number = language.number(page.page or 0)
            title = _("Page {number} of the paper").format(number=number)
            how = _("You have said so.") if page.by_hand else _("Its code says this version.")
            return Message(Tone.OK, "circle-check", title, how)
        case Fit.UNSURE:
            return _warn(
                _("Right code, but it looks like no page of it"),
                _(
                    "Compare it with what was sealed. Say which page it is only if every word is"
                    " the same; otherwise it was swapped."
                ),
            )
        case Fit.NO_CODE:
            text = _("A stain or a fold lies over it. Type the control code beside it.")
            if page.is_coarse:
                text = _(
                    "It was scanned too coarsely. Scan again with 200 or 300 dots per inch, or type"
                    " the control code at its foot."
                )
            return _warn(_("No code can be read on this page"), text)
        case Fit.BLANK:
            return Message(Tone.MUTE, "file-text", _("An empty page"), _("It counts for nothing."))
        case Fit.ASIDE:
            return Message(
                Tone.MUTE,
                "file-text",
                _("No page of this paper"),
                _("You have said so. It is kept with the scan."),
            )
        case Fit.OTHER_VERSION:
            return _bad(_("A page of another version"), _("It was not sealed as this paper was."))
        case Fit.OTHER_PAPER:
            return _bad(_("A page of another paper"), _("That one is in this vault too."))
        case Fit.OTHER_VAULT:
            return _bad(
                _("A page from somewhere else"),
                _("No protocol or excerpt of this vault has its code."),
            )
        case _:
            assert_never(page.fit)


def code_hint(match: CodeMatch, language: Language) -> Hint:
    """Return what to say below the code that is typed."""
    _ = language.gettext
    match match:
        case CodeMatch.NOTHING_TYPED:
            return Hint(Mark.PLAIN, _("Twelve letters and digits, as T9VZ-BQFY-H206."))
        case CodeMatch.NO_CODE:
            return Hint(Mark.TYPING, _("Twelve letters and digits, as T9VZ-BQFY-H206."))
        case CodeMatch.OTHER:
            return Hint(Mark.WARN, _("That is the code of something else. Look once more."))
        case CodeMatch.SAME:
            return Hint(Mark.OK, _("It is the code of this paper."))
        case _:
            assert_never(match)


def day_hint(scan: ScanModel, language: Language, signer: int | None = None) -> Hint:
    """Return what to say below the day that stands on the paper, or beside one signature."""
    _ = language.gettext
    if signer is not None:
        own = scan.day_of(signer)
        flaw = own if scan.own_days.get(signer, "").strip() else None
        return day_flaw_hint(flaw, language) if isinstance(flaw, DayFlaw) else Hint(Mark.PLAIN)
    day = scan.day
    if not isinstance(day, DayFlaw):
        return Hint(Mark.PLAIN, _("The day that is written beside the signatures."))
    return day_flaw_hint(day, language)


def day_flaw_hint(day: DayFlaw, language: Language) -> Hint:
    """Return what is wrong with the day that is typed."""
    _ = language.gettext
    match day:
        case DayFlaw.UNREADABLE:
            return Hint(Mark.BAD, _("Write the day as 2026-11-26."))
        case DayFlaw.NO_SUCH_DAY:
            return Hint(Mark.BAD, _("There is no such day."))
        case DayFlaw.IN_THE_FUTURE:
            return Hint(Mark.BAD, _("That day is still to come."))
        case DayFlaw.TOO_LONG_AGO:
            return Hint(Mark.BAD, _("The meeting had not been held then."))
        case _:
            assert_never(day)


def news_message(news: News, language: Language) -> Message:
    """Return what was recorded."""
    _ = language.gettext
    match news:
        case News.KEPT:
            text = _("It lies encrypted with the case. Keep the paper as well.")
            return _ok(_("The scan is kept"), text)
        case News.DECLINED:
            return _ok(_("Recorded that they do not sign"), _("They may sign later all the same."))
        case News.TAKEN_BACK:
            text = _("What was recorded before stays in the log.")
            return _ok(_("The paper waits for them again"), text)
        case News.SEEN:
            text = _("Keep the paper: there is no scan of it here.")
            return _ok(_("Recorded that they have signed the paper"), text)
        case News.NAMED:
            text = _("If that was wrong, it can be taken back with a reason.")
            return _ok(_("Recorded whose signature it is"), text)
        case News.FILE_TAKEN:
            text = _(
                "It is stored as a new revision behind the one that was sealed. Say whose each"
                " signature in it is."
            )
            return _ok(_("The signed file is unchanged, and kept"), text)
        case _:
            assert_never(news)


def file_message(flaw: FileFlaw, language: Language) -> Message:
    """Return why a signed file is not taken in."""
    _ = language.gettext
    match flaw:
        case FileFlaw.ANOTHER:
            return _bad(
                _("That is not this protocol with a signature"),
                _(
                    "It is another file, or something in it was changed on the way. Nothing was "
                    "stored. Send out the newest file from here, and have that signed."
                ),
            )
        case FileFlaw.UNSIGNED:
            return _warn(
                _("Nobody has signed it"),
                _("It is the file that is here already, byte for byte."),
            )
        case FileFlaw.CHANGED:
            return _bad(
                _("The file was changed"),
                _(
                    "More was added to it than signatures. Nothing was stored. Do not rely on it; "
                    "ask whoever sent it what they did."
                ),
            )
        case FileFlaw.TOO_COSTLY:
            return _bad(
                _("The file could not be read to its end"),
                _(
                    "Reading it would take more time or memory than any protocol does. Nothing was"
                    " stored. Do not rely on it; ask whoever sent it what they did."
                ),
            )
        case FileFlaw.TOO_LARGE:
            return _warn(_("The file is too large"), _("A signed protocol has at most 64 MB."))
        case FileFlaw.UNREADABLE:
            return _warn(_("The file cannot be read"), _("Choose it once more."))
        case _:
            assert_never(flaw)


def _ok(title: str, text: str) -> Message:
    return Message(Tone.OK, "circle-check", title, text)


def _warn(title: str, text: str) -> Message:
    return Message(Tone.WARN, "triangle-alert", title, text)


def _bad(title: str, text: str) -> Message:
    return Message(Tone.BAD, "triangle-alert", title, text)
