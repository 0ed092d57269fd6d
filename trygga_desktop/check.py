"""The command that looks through a whole vault, and says in words what it found."""

import sys
from collections.abc import Callable, Iterator, Mapping
from getpass import getpass
from pathlib import Path

from trygga_desktop.app import Access, usual_surroundings
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.i18n import Language
from trygga_desktop.services.access import Unlock, look, unlock
from trygga_desktop.services.checking import Flaw, Part, VaultReport, check_vault
from trygga_desktop.services.vault import Environment
from trygga_desktop.ui.problems import During, explain, read_error

SOUND, NOT_SOUND = 0, 1
_LONGEST_PASSPHRASE_FILE = 4096


def usual_environment() -> Environment:
    """Return what a vault is told of this computer."""
    return Access(usual_surroundings()).environment()


def check(
    folder: Path,
    *,
    login: str | None,
    passphrase_file: Path | None,
    language: Language,
    environment: Environment,
) -> int:
    """Look through a vault, print what was found, and return 0 if it is sound, otherwise 1.

    The passphrase is asked for unless a file holds it, on its first line in UTF-8. Where several
    people sign in and `login` is None, that is asked for too.
    """
    try:
        report = _look_through(folder, login, passphrase_file, language, environment)
    except Exception as error:
        problem = explain(read_error(error), language, During.OPENING)
        lines = (problem.title, problem.happened, problem.safe, problem.advice, problem.code)
        print("\n".join(line for line in lines if line), file=sys.stderr)
        return NOT_SOUND
    print("\n".join(tell(report, language)))
    return SOUND if report.is_sound else NOT_SOUND


def tell(report: VaultReport, language: Language) -> Iterator[str]:
    """Yield the report line by line."""
    _, number = language.gettext, language.number
    yield _("The vault is sound.") if report.is_sound else _("The vault is not sound.")
    for flaw in report.flaws:
        yield f"- {_WORDS[flaw.part](flaw, language)}"
    if report.was_mended:
        yield _("A damaged copy of the keys was put right from the other copy.")
    yield _("Entries of the log: {count}").format(count=number(report.entries))
    yield _("Cases read record by record: {count}").format(count=number(report.cases))
    if report.closed:
        text = _("Cases that you cannot open, of which only the file was checked: {count}")
        yield text.format(count=number(report.closed))


def _look_through(
    folder: Path,
    login: str | None,
    passphrase_file: Path | None,
    language: Language,
    environment: Environment,
) -> VaultReport:
    seen = look(folder)
    name = login or _only_login(seen.logins, language)
    passphrase = _passphrase(passphrase_file, language)
    command = Unlock(folder=folder, login=name, passphrase=passphrase)
    vault = unlock(command, environment=environment)
    try:
        return check_vault(vault=vault).value
    finally:
        vault.close()


def _only_login(logins: tuple[str, ...], language: Language) -> str:
    _ = language.gettext
    return logins[0] if len(logins) == 1 else input(_("Sign-in name") + ": ")


def _passphrase(file: Path | None, language: Language) -> str:
    _ = language.gettext
    if file is None:
        return getpass(_("Passphrase") + ": ")
    try:
        with file.open(encoding="utf-8-sig") as lines:
            return lines.readline(_LONGEST_PASSPHRASE_FILE).rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise InvalidInputError(field="passphrase_file", flaw="unreadable") from None


_WORDS: Mapping[Part, Callable[[Flaw, Language], str]] = {
    Part.KEYS: lambda flaw, language: language.ngettext(
        "{count} part of the keys is damaged in both copies.",
        "{count} parts of the keys are damaged in both copies.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.PAGES: lambda flaw, language: language.ngettext(
        "{count} page of the file is damaged.",
        "{count} pages of the file are damaged.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.TABLES: lambda flaw, language: language.ngettext(
        "{count} fault in how the tables are built.",
        "{count} faults in how the tables are built.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.REFERENCES: lambda flaw, language: language.ngettext(
        "{count} row refers to something that is not there.",
        "{count} rows refer to something that is not there.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.SCHEMA: lambda _, language: language.gettext(
        "The tables or their guards are not those of Trygga."
    ),
    Part.LOG: lambda flaw, language: (
        language.gettext("The log does not hold from entry {number} on.").format(
            number=language.number(flaw.at)
        )
        if flaw.at
        else language.gettext("The log does not fit the vault.")
    ),
    Part.RULES: lambda _, language: language.gettext(
        "The rules are not those that were laid down for the vault."
    ),
    Part.RECORDS: lambda flaw, language: language.ngettext(
        "{count} record is not what its author left.",
        "{count} records are not what their authors left.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.CONSENTS: lambda flaw, language: language.ngettext(
        "The consents of {count} case are not whole. Nothing is shared in it.",
        "The consents of {count} cases are not whole. Nothing is shared in them.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.PROTOCOLS: lambda flaw, language: language.ngettext(
        "{count} sealed protocol is missing, or is not the one that was sealed.",
        "{count} sealed protocols are missing, or are not those that were sealed.",
        flaw.count,
    ).format(count=language.number(flaw.count)),
    Part.SEAL: lambda _, language: language.gettext(
        "The seal is missing, or is not the one that was made for the vault."
    ),
}
