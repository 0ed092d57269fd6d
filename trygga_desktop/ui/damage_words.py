"""The words for a vault that is not as it was left: what is missing, what is safe, what to do."""

from trygga_desktop.domain.errors import Witness
from trygga_desktop.i18n import Language
from trygga_desktop.ui.trouble import Problem, ProblemKind, Trouble


def no_folder(_trouble: Trouble, language: Language) -> Problem:
    """Tell that nothing lies where the vault was."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.NO_FOLDER,
        icon="folder-open",
        title=_("The vault is not there"),
        happened=_(
            "There is no folder in that place. It may have another name or another place by now, "
            "or its drive is not connected."
        ),
        safe=_("Nothing has been changed or removed."),
        advice=_("Connect the drive and try again, or choose the folder where it lies now."),
    )


def unreadable(_trouble: Trouble, language: Language) -> Problem:
    """Tell that the system does not let a file of the vault be read."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.UNREADABLE,
        icon="hard-drive",
        title=_("The vault cannot be read just now"),
        happened=_(
            "The files of the vault are there, but the computer does not let them be read. The "
            "drive may have come loose or be failing, or the right to read is missing."
        ),
        safe=_("Nothing has been changed, and nothing says that anything is damaged."),
        advice=_("Connect the drive again and try again, or ask IT support for the right to read."),
    )


def damaged_keys(_trouble: Trouble, language: Language) -> Problem:
    """Tell that neither copy of the keys can be read."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.DAMAGED_KEYS,
        icon="file-warning",
        title=_("The keys of the vault are damaged"),
        happened=_(
            "The file with the keys is damaged or missing, and so is its copy. No passphrase can "
            "be tried."
        ),
        safe=_("The cases are untouched."),
        advice=_(
            "Put back keys.json or keys.bak from a backup, or from the wastebasket of the "
            "computer. Then unlock, or use the recovery code."
        ),
    )


def damaged_slot(_trouble: Trouble, language: Language) -> Problem:
    """Tell that one user's slot is damaged in both copies."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.DAMAGED_SLOT,
        icon="file-warning",
        title=_("Your key slot is damaged"),
        happened=_(
            "Your place in the file with the keys is damaged, and so is its copy. Your passphrase "
            "cannot be tried."
        ),
        safe=_("The cases are untouched, and so are the passphrases of the others."),
        advice=_("Use the recovery code, or put back keys.json from a backup."),
    )


def damaged_vault(trouble: Trouble, language: Language) -> Problem:
    """Tell that pages of the database cannot be read."""
    _ = language.gettext
    happened = _(
        "The passphrase is right, but the database cannot be read. The disk or an interrupted "
        "copy can be the cause."
    )
    if trouble.places:
        happened = language.ngettext(
            "The passphrase is right, but the database is damaged in {count} place. The disk or "
            "an interrupted copy can be the cause.",
            "The passphrase is right, but the database is damaged in {count} places. The disk or "
            "an interrupted copy can be the cause.",
            trouble.places,
        ).format(count=trouble.places)
    return Problem(
        code=ProblemKind.DAMAGED_VAULT,
        icon="file-warning",
        title=_("The database is damaged"),
        happened=happened,
        safe=_nothing_changed(language),
        advice=_keep_and_restore(language),
    )


def _nothing_changed(language: Language) -> str:
    return language.gettext("Nothing has been changed. Backups on other disks are not touched.")


def _keep_and_restore(language: Language) -> str:
    return language.gettext(
        "Keep the damaged folder, and ask IT support to put the latest backup of it beside it."
    )


def no_database(_trouble: Trouble, language: Language) -> Problem:
    """Tell that the database is gone."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.NO_DATABASE,
        icon="file-warning",
        title=_("The database is missing"),
        happened=_(
            "The file vault.db, which holds all cases, is not in the folder or cannot be read. It "
            "may have been moved, deleted or left out when the folder was copied."
        ),
        safe=_("The keys are there. Nothing has been created in its place."),
        advice=_(
            "Look for vault.db where the folder lay before, and in the wastebasket of the "
            "computer. Put it back together with vault.db-wal, if there is one."
        ),
    )


def empty_database(_trouble: Trouble, language: Language) -> Problem:
    """Tell that nothing is left in the database."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.EMPTY_DATABASE,
        icon="file-warning",
        title=_("The database is empty"),
        happened=_(
            "The file vault.db holds nothing any more. An interrupted copy or a damaged disk can "
            "be the cause."
        ),
        safe=_nothing_changed(language),
        advice=_keep_and_restore(language),
    )


def cut_short(_trouble: Trouble, language: Language) -> Problem:
    """Tell that the end of the database is gone."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.CUT_SHORT,
        icon="file-warning",
        title=_("The end of the database is missing"),
        happened=_(
            "The passphrase is right, but the file vault.db is shorter than it was. It was "
            "probably copied only in part."
        ),
        safe=_("What is left of it is whole. Nothing has been changed."),
        advice=_(
            "Copy the folder once more from where it came from, or ask IT support to put the "
            "latest backup of it beside it."
        ),
    )


def foreign_database(_trouble: Trouble, language: Language) -> Problem:
    """Tell that the database is another vault's or none."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.FOREIGN_DATABASE,
        icon="file-warning",
        title=_("The database belongs to something else"),
        happened=_(
            "The file vault.db does not belong to the keys in this folder. It may come from "
            "another vault or another program, or its beginning is damaged."
        ),
        safe=_("The keys are there. Nothing has been changed."),
        advice=_(
            "Put back the vault.db that belongs to this folder, or ask IT support to put the "
            "latest backup of the whole folder beside it."
        ),
    )


def _lost(trouble: Trouble, language: Language) -> str:
    """Return how much is missing, as a sentence, or nothing where that is unknown."""
    if not trouble.missing:
        return ""
    return language.ngettext(
        "{count} saved change is missing in it.",
        "{count} saved changes are missing in it.",
        trouble.missing,
    ).format(count=trouble.missing)


def older(trouble: Trouble, language: Language) -> Problem:
    """Tell that the database is older than what was confirmed."""
    _ = language.gettext
    happened = _("The file is older than what was last confirmed as saved.")
    return Problem(
        code=ProblemKind.OLDER_THAN_CONFIRMED,
        icon="history",
        title=_("The file is older than what was last saved"),
        happened=f"{happened} {_lost(trouble, language)}".rstrip(),
        safe=_earlier_is_there(language),
        advice=_(
            "Look for the newer file, for example on another disk. Go on only when you have "
            "decided which one counts."
        ),
    )


def _earlier_is_there(language: Language) -> str:
    return language.gettext("The file is whole. Everything saved earlier is there.")


def missing_log(trouble: Trouble, language: Language) -> Problem:
    """Tell that the log with the newest saves is gone."""
    _ = language.gettext
    happened = _(
        "The file vault.db-wal, which holds what was saved last, is missing or is one of earlier."
    )
    if trouble.missing:
        lost = language.ngettext(
            "{count} saved change cannot be read without it.",
            "{count} saved changes cannot be read without it.",
            trouble.missing,
        ).format(count=trouble.missing)
        happened = f"{happened} {lost}"
    return Problem(
        code=ProblemKind.MISSING_LOG,
        icon="history",
        title=_("The latest changes are missing"),
        happened=happened,
        safe=_earlier_is_there(language),
        advice=_(
            "Look for vault.db-wal where the folder lay before, put it beside vault.db and try "
            "again. If you go on without it, what was in it cannot be brought back."
        ),
    )


def damaged_log(trouble: Trouble, language: Language) -> Problem:
    """Tell that the log with the newest saves is damaged."""
    _ = language.gettext
    happened = _("The file vault.db-wal, which holds what was saved last, is damaged.")
    if trouble.missing:
        lost = language.ngettext(
            "{count} saved change in it cannot be read.",
            "{count} saved changes in it cannot be read.",
            trouble.missing,
        ).format(count=trouble.missing)
        happened = f"{happened} {lost}"
    return Problem(
        code=ProblemKind.DAMAGED_LOG,
        icon="file-warning",
        title=_("The latest changes are damaged"),
        happened=happened,
        safe=_("Everything saved earlier is there. The damaged file has not been touched."),
        advice=_(
            "Copy the whole folder to a safe place before anything else. If you go on, what "
            "cannot be read is gone: write it once more."
        ),
    )


def mixed_pages(_trouble: Trouble, language: Language) -> Problem:
    """Tell that some pages are older than others."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.MIXED_PAGES,
        icon="history",
        title=_("Parts of the database are not as they were saved"),
        happened=_(
            "Parts of the database are older than others, or something other than Trygga has "
            "written in it. Changes that were saved may be missing here and there."
        ),
        safe=_("Nothing has been shown and nothing changed. Nothing is open for sharing."),
        advice=_(
            "Ask IT support to put the latest backup of the folder beside it. If you go on with "
            "this one: compare it with the papers, and confirm the consents in each case."
        ),
    )


def missing_anchor(_trouble: Trouble, language: Language) -> Problem:
    """Tell that nobody remembers how far the vault had come."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.MISSING_ANCHOR,
        icon="history",
        title=_("It is not known whether the latest is there"),
        happened=_(
            "The file anchor, which tells how far the vault had come, is missing or damaged, and "
            "this computer does not remember it either."
        ),
        safe=_("Nothing has been changed."),
        advice=_(
            "Put back the file anchor if you can find it. Go on only when you know that this is "
            "the newest folder of the vault."
        ),
    )


def copied_back(trouble: Trouble, language: Language) -> Problem:
    """Tell that the whole folder is older than was seen."""
    _ = language.gettext
    knows = (
        _("You had seen more of it than this.")
        if trouble.witness is Witness.USER
        else _("This computer had a newer one open.")
    )
    happened = _("Someone may have copied back an old folder.")
    lost = _lost(trouble, language) or _("What was written since is missing.")
    return Problem(
        code=ProblemKind.FOLDER_COPIED_BACK,
        icon="history",
        title=_("The whole folder is older than the one last opened here")
        if trouble.witness is not Witness.USER
        else _("The whole folder is older than the one you last opened"),
        happened=f"{knows} {happened} {lost}",
        safe=_("Nothing is open for sharing."),
        advice=_(
            "Find the newer folder. If you go on with this one: confirm the consents in each case."
        ),
    )
