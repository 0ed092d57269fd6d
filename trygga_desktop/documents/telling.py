"""What was found of a file, in words: for the command line and for the screen."""

from collections.abc import Iterator

from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.pdf.text import visible
from trygga_desktop.documents.verdict import Reason, Signed, TextState, Verdict
from trygga_desktop.i18n import Language


def tell(verdict: Verdict, language: Language) -> list[str]:
    """Return the answer first, then what it rests on, a line for each thing."""
    return list(_lines(verdict, language))


def answer(verdict: Verdict, language: Language) -> str:
    """Return the one sentence that matters."""
    if verdict.reason is not None:
        return _refused(verdict.reason, language)
    return language.gettext("The file is unchanged since it was sealed.")


def sealed_by(seal: Signed, language: Language) -> str:
    """Return in whose name the seal is, and when it was made, as it says itself."""
    return language.gettext("Sealed by: {name}").format(name=_who(seal, language))


def certificate_of(one: Signed, language: Language) -> str:
    """Return in whose name a signature is, and when it was made, as it says itself."""
    return language.gettext("Certificate: {name}").format(name=_who(one, language))


def field_of(one: Signed) -> str:
    """Return what a signature was made for."""
    return visible(" ".join(one.told.split()))


def unsigned(language: Language) -> str:
    """Return that there are no signatures beside the seal."""
    return language.gettext("Nobody has signed it on a screen.")


def compared(state: TextState, language: Language) -> str:
    """Return whether the pages are those of the record inside."""
    _ = language.gettext
    match state:
        case TextState.SAME:
            return _("The pages were made again from the record inside, and are the same.")
        case TextState.NOT_COMPARED:
            return _(
                "The pages were not compared with the record inside: other versions made them."
            )
        case TextState.TOO_LONG:
            return _(
                "The pages were not compared with the record inside: it is so long that printing it"
                " again would take a minute."
            )
        case TextState.NO_RECORD:
            return _("There is no record inside to compare the pages with.")


def limits(language: Language) -> str:
    """Return what a seal shows, and what it does not."""
    return language.gettext(
        "The seal shows that nothing was changed. It does not show that what stands there is"
        " true, nor when or by whom it was written, and nobody outside vouches for its key:"
        " compare the fingerprint with one that you have on paper."
    )


def tell_archived(pages: str, record: str, language: Language) -> str:
    """Return what was written for an archive, and what goes there beside it."""
    return language.gettext(
        "The file is unchanged since it was sealed. {pages} (PDF/A-2a) has the same pages without a"
        " seal, {record} what they say, for machines. Hand over the sealed file with them: it is"
        " the original."
    ).format(pages=pages, record=record)


def tell_not_archived(language: Language) -> str:
    """Return that nothing could be written."""
    return language.gettext(
        "Nothing more was written: there is a file of that name already, or the place cannot be"
        " written to."
    )


def _lines(verdict: Verdict, language: Language) -> Iterator[str]:
    _ = language.gettext
    yield answer(verdict, language)
    if verdict.seal is None:
        return
    yield sealed_by(verdict.seal, language)
    yield _("Fingerprint of the seal: {digits}").format(digits=in_groups(verdict.seal.fingerprint))
    yield _("The same in words: {words}").format(words=in_words(verdict.seal.fingerprint))
    if verdict.code:
        yield _("Control code: {code}").format(code=verdict.code)
    for one in verdict.signatures:
        yield f"{field_of(one)}. {certificate_of(one, language)}"
    if not verdict.signatures:
        yield unsigned(language)
    if verdict.text is not None:
        yield compared(verdict.text, language)
    yield limits(language)


def _who(one: Signed, language: Language) -> str:
    _ = language.gettext
    # Nobody outside wrote these with care for the terminal they are shown on.
    name = visible(" ".join(one.name.split())) or _("a certificate without a name")
    if one.at is None or one.at.tzinfo is None:
        return name
    moment = f"{language.date_long(one.at.date())} {language.time(one.at)}"
    return f"{name}, {moment}"


def _refused(reason: Reason, language: Language) -> str:
    _ = language.gettext
    told = {
        Reason.NO_FILE: _("There is no such file, or it may not be read."),
        Reason.TOO_LARGE: _("The file is too large to be a protocol. It was not read."),
        Reason.TOO_COSTLY: _(
            "Reading the file would take more time or memory than any protocol does. It was not"
            " read to its end."
        ),
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
        Reason.TOO_LITTLE_TOLD: _(
            "What was given of the fingerprint is right, and too little to tell one seal from"
            " another: give at least 20 digits, or all six words."
        ),
        Reason.OTHER_TEXT: _("The pages say something else than the record inside."),
    }
    return told[reason]
