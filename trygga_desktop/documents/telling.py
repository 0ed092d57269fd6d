"""What was found of a file, in words: for the command line and for the screen."""

from collections.abc import Iterator

from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.pdf.text import visible
from trygga_desktop.documents.pdf.verify import Outcome, Reason, Signed, TextState, Verdict
from trygga_desktop.i18n import Language


def tell(verdict: Verdict, language: Language) -> list[str]:
    """Return the answer first, then what it rests on, a line for each thing."""
    return list(_lines(verdict, language))


def _lines(verdict: Verdict, language: Language) -> Iterator[str]:
    _ = language.gettext
    if verdict.reason is not None:
        yield _refused(verdict.reason, language)
    elif verdict.outcome is Outcome.UNCHANGED:
        yield _("The file is unchanged since it was sealed.")
    if verdict.seal is None:
        return
    yield _("Sealed by: {name}").format(name=_who(verdict.seal, language))
    yield _("Fingerprint of the seal: {digits}").format(digits=in_groups(verdict.seal.fingerprint))
    yield _("The same in words: {words}").format(words=in_words(verdict.seal.fingerprint))
    if verdict.code:
        yield _("Control code: {code}").format(code=verdict.code)
    for one in verdict.signatures:
        field = visible(" ".join(one.told.split()))
        yield _("{field}. Certificate: {name}").format(field=field, name=_who(one, language))
    if not verdict.signatures:
        yield _("Nobody has signed it on a screen.")
    if verdict.text is not None:
        yield _compared(verdict.text, language)
    yield _(
        "The seal shows that nothing was changed. It does not show that what stands there is"
        " true, nor when or by whom it was written, and nobody outside vouches for its key:"
        " compare the fingerprint with one that you have on paper."
    )


def _who(one: Signed, language: Language) -> str:
    _ = language.gettext
    # Nobody outside wrote these with care for the terminal they are shown on.
    name = visible(" ".join(one.name.split())) or _("a certificate without a name")
    if one.at is None or one.at.tzinfo is None:
        return name
    moment = f"{language.date_long(one.at.date())} {language.time(one.at)}"
    return f"{name}, {moment}"


def _compared(state: TextState, language: Language) -> str:
    _ = language.gettext
    match state:
        case TextState.SAME:
            return _("The pages were made again from the record inside, and are the same.")
        case TextState.NOT_COMPARED:
            return _(
                "The pages were not compared with the record inside: other versions made them."
            )
        case TextState.NO_RECORD:
            return _("There is no record inside to compare the pages with.")


def _refused(reason: Reason, language: Language) -> str:
    _ = language.gettext
    told = {
        Reason.NO_FILE: _("There is no such file, or it may not be read."),
        Reason.TOO_LARGE: _("The file is too large to be a protocol. It was not read."),
        Reason.NO_PDF: _("This is no PDF."),
        Reason.ENCRYPTED: _("The file is encrypted and cannot be read. No protocol is."),
        Reason.NOT_SEALED: _("The file is not sealed."),
        Reason.FORM: _(
            "The file was changed: it no longer has the form of a sealed protocol. Another"
            " program may have saved it again."
        ),
        Reason.ALTERED: _("The file was changed after it was sealed or signed."),
        Reason.ADDED: _("Something was added to the file that is no signature in its fields."),
        Reason.OTHER_SEAL: _("The file was sealed by another seal than its pages name."),
        Reason.NOT_THIS_SEAL: _("The file was sealed by another seal than the one asked for."),
        Reason.OTHER_TEXT: _("The pages say something else than the record inside."),
    }
    return told[reason]
