"""What became of a file, in words, and how it looks. No widgets."""

from typing import NamedTuple

from trygga_desktop.documents import telling
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.verdict import Outcome, Reason, Signed, TextState, Verdict
from trygga_desktop.i18n import Language
from trygga_desktop.ui.platform.verifying import VerifyFlaw
from trygga_desktop.ui.screens.verify.view_model import SealMatch
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.field import FieldState


class Answer(NamedTuple):
    """What the box at the top says."""

    tone: Tone
    icon: str
    title: str
    line: str


class Finding(NamedTuple):
    """One thing that was found, with what it means below it."""

    icon: str
    tone: Tone
    title: str
    line: str


def answer_of(verdict: Verdict, language: Language) -> Answer:
    """Return the answer, in the sentence of the command line."""
    _ = language.gettext
    title = telling.answer(verdict, language)
    if verdict.outcome is Outcome.UNCHANGED:
        line = "" if verdict.seal is None else telling.sealed_by(verdict.seal, language)
        return Answer(Tone.OK, "stamp", title, line)
    if verdict.reason is Reason.NOT_SEALED:
        line = _("It is a draft that was not yet sealed, or another program made it.")
        return Answer(Tone.MUTE, "circle-dashed", title, line)
    if verdict.outcome is Outcome.UNREADABLE:
        line = _("Look whether it is the right file. Nothing can be said of this one.")
        return Answer(Tone.MUTE, "file-x", title, line)
    line = _("Do not rely on it. Ask whoever sent it for the file as it was sealed.")
    return Answer(Tone.WARN, "triangle-alert", title, line)


def flaw_answer(flaw: VerifyFlaw, language: Language) -> Answer:
    """Return why there is no verdict."""
    _ = language.gettext
    line = _("Nothing is known of the file, so do not rely on it. No sealed protocol does this.")
    match flaw:
        case VerifyFlaw.TOO_LONG:
            title = _("It took too long, and was stopped.")
        case VerifyFlaw.BROKE_OFF:
            title = _("The file could not be looked at to its end.")
    return Answer(Tone.WARN, "file-warning", title, line)


def many_answer(language: Language) -> Answer:
    """Return that one file at a time can be verified."""
    _ = language.gettext
    line = _("Drop a single PDF that lies on this computer or on a memory stick.")
    return Answer(Tone.MUTE, "info", _("One file at a time."), line)


def fingerprint_lines(seal: Signed) -> str:
    """Return the fingerprint in words and, on the next line, in groups of digits."""
    return f"{in_words(seal.fingerprint)}\n{in_groups(seal.fingerprint)}"


def findings_of(verdict: Verdict, language: Language) -> list[Finding]:
    """Return what the answer rests on, after the fingerprint; nothing where there is no seal."""
    _ = language.gettext
    if verdict.seal is None:
        return []
    found = []
    if verdict.text is not None:
        found.append(_of_text(verdict.text, language))
    if verdict.code:
        line = _("The same code stands at the foot of every page.")
        title = _("Control code: {code}").format(code=verdict.code)
        found.append(Finding("file-search", Tone.ACCENT, title, line))
    found += [
        Finding("pen-line", Tone.OK, telling.field_of(one), telling.certificate_of(one, language))
        for one in verdict.signatures
    ]
    if not verdict.signatures:
        line = _("What was signed by hand stands on paper alone.")
        found.append(Finding("pen-line", Tone.MUTE, telling.unsigned(language), line))
    title = _("What the seal shows, and what it does not")
    found.append(Finding("info", Tone.MUTE, title, telling.limits(language)))
    return found


def match_hint(match: SealMatch, language: Language) -> tuple[FieldState, str]:
    """Return what to say below the field for the fingerprint on paper."""
    _ = language.gettext
    match match:
        case SealMatch.NOTHING_TYPED:
            hint = _(
                "The six words, or at least twenty digits. They stand in each sealed protocol."
            )
            return FieldState.PLAIN, hint
        case SealMatch.TOO_SHORT:
            return FieldState.TYPING, _("Not enough yet: six words, or at least twenty digits.")
        case SealMatch.SAME:
            return FieldState.OK, _("It is the same seal.")
        case SealMatch.OTHER:
            hint = _("That is another seal, or something was read wrongly. Look once more.")
            return FieldState.WARN, hint


def _of_text(state: TextState, language: Language) -> Finding:
    _ = language.gettext
    title = telling.compared(state, language)
    match state:
        case TextState.SAME:
            line = _("What you read is what was sealed, word for word.")
            return Finding("circle-check", Tone.OK, title, line)
        case TextState.NOT_COMPARED | TextState.TOO_LONG | TextState.NO_RECORD:
            line = _("The seal holds all the same: it covers every byte of the file.")
            return Finding("circle-dashed", Tone.MUTE, title, line)
