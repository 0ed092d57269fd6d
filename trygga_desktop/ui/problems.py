"""Turns an error into what a person needs: what happened, what is safe, what to do."""

import errno
import platform
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath

from trygga_desktop.domain import errors
from trygga_desktop.i18n import Language
from trygga_desktop.ui import damage_words, packet_words, sealing_words
from trygga_desktop.ui.trouble import NO_KEYS, OLDER, During, Problem, ProblemKind, Trouble

__all__ = [
    "NO_KEYS",
    "OLDER",
    "During",
    "Problem",
    "ProblemKind",
    "Trouble",
    "explain",
    "read_error",
    "unforeseen",
]

_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CANNOT_WRITE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENODEV})
_PACKAGE = "trygga_desktop"


_KINDS: tuple[tuple[type[Exception], ProblemKind], ...] = (
    (errors.WrongPassphraseError, ProblemKind.WRONG_PASSPHRASE),
    (errors.DamagedKeysError, ProblemKind.DAMAGED_KEYS),
    (errors.DamagedSlotError, ProblemKind.DAMAGED_SLOT),
    # The more exact errors come first: they are also instances of the last of each kind.
    (errors.MissingDatabaseError, ProblemKind.NO_DATABASE),
    (errors.EmptyDatabaseError, ProblemKind.EMPTY_DATABASE),
    (errors.CutShortError, ProblemKind.CUT_SHORT),
    (errors.ForeignDatabaseError, ProblemKind.FOREIGN_DATABASE),
    (errors.DamagedVaultError, ProblemKind.DAMAGED_VAULT),
    (errors.FolderCopiedBackError, ProblemKind.FOLDER_COPIED_BACK),
    (errors.MissingLogError, ProblemKind.MISSING_LOG),
    (errors.DamagedLogError, ProblemKind.DAMAGED_LOG),
    (errors.MixedPagesError, ProblemKind.MIXED_PAGES),
    (errors.MissingAnchorError, ProblemKind.MISSING_ANCHOR),
    (errors.OlderThanConfirmedError, ProblemKind.OLDER_THAN_CONFIRMED),
    (errors.VaultInUseError, ProblemKind.IN_USE),
    (errors.NewerVaultError, ProblemKind.NEWER_VERSION),
    (errors.NoFolderError, ProblemKind.NO_FOLDER),
    (errors.NotAVaultError, ProblemKind.NOT_A_VAULT),
    (errors.UnreadableError, ProblemKind.UNREADABLE),
    (errors.DiskFullError, ProblemKind.DISK_FULL),
    (errors.CannotWriteError, ProblemKind.CANNOT_WRITE),
    (errors.NetworkPlaceError, ProblemKind.NETWORK_PLACE),
    (errors.NoRightError, ProblemKind.NO_RIGHT),
    (errors.NoAccessError, ProblemKind.NO_RIGHT),
    (errors.ConflictError, ProblemKind.CONFLICT),
    (errors.NotConfirmedError, ProblemKind.NOT_CONFIRMED),
    (errors.VaultExistsError, ProblemKind.ALREADY_THERE),
    (errors.SealedFileChangedError, ProblemKind.SEALED_FILE_CHANGED),
    (errors.TamperedError, ProblemKind.TAMPERED),
    (errors.SealedMeetingError, ProblemKind.SEALED),
    (errors.NoSealError, ProblemKind.NO_SEAL),
    (errors.UnsettledError, ProblemKind.UNSETTLED),
    (errors.NotSealedError, ProblemKind.NOT_SEALED),
    (errors.NotForThemError, ProblemKind.NOT_FOR_THEM),
    (errors.ExcerptChangedError, ProblemKind.EXCERPT_CHANGED),
    (errors.DraftChangedError, ProblemKind.DRAFT_CHANGED),
    (errors.WrongRecoveryCodeError, ProblemKind.WRONG_CODE),
    (errors.PacketRefusedError, ProblemKind.PACKET_REFUSED),
    (errors.InvalidInputError, ProblemKind.BAD_INPUT),
    (errors.WeakPassphraseError, ProblemKind.BAD_INPUT),
)


def read_error(error: BaseException) -> Trouble:
    """Return what may be known of the error: its kind, and where in the code it arose."""
    kind = _kind(error)
    trouble = Trouble(kind, _report(error, kind))
    match error:
        case errors.WrongPassphraseError():
            trouble = replace(trouble, wait_seconds=error.wait_seconds)
        case errors.DamagedVaultError():
            trouble = replace(trouble, places=error.places)
        case errors.FolderCopiedBackError():
            trouble = replace(trouble, missing=error.missing, witness=error.witness)
        case errors.OlderThanConfirmedError():
            trouble = replace(trouble, missing=error.missing)
        case errors.NetworkPlaceError():
            trouble = replace(trouble, place=error.place)
        case errors.VaultInUseError():
            trouble = replace(trouble, machine=error.machine, login=error.login)
        case _:
            pass
    return trouble


def unforeseen(error: BaseException) -> Trouble:
    """Return what may be known of an error that nobody was there to take."""
    return Trouble(ProblemKind.UNEXPECTED, _report(error, ProblemKind.UNEXPECTED))


def explain(trouble: Trouble, language: Language, during: During = During.WORK) -> Problem:
    """Return the trouble in plain words."""
    text = _TEXTS_DURING.get((trouble.kind, during), _TEXTS[trouble.kind])
    return text(trouble, language)


def _kind(error: BaseException) -> ProblemKind:
    for kind_of_error, kind in _KINDS:
        if isinstance(error, kind_of_error):
            return kind
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _DISK_FULL:
            return ProblemKind.DISK_FULL
        if isinstance(cause, OSError) and cause.errno in _CANNOT_WRITE:
            return ProblemKind.CANNOT_WRITE
        cause = cause.__cause__ or cause.__context__
    return ProblemKind.UNEXPECTED


def _report(error: BaseException, kind: ProblemKind) -> str:
    """Return type and code positions. No message, no path, no value: those may hold names."""
    lines = [f"{kind} {type(error).__name__}"]
    for frame in traceback.extract_tb(error.__traceback__):
        file = PurePath(frame.filename)
        parts = file.parts
        start = parts.index(_PACKAGE) if _PACKAGE in parts else len(parts) - 1
        place = "/".join(parts[start:])
        lines.append(f"  {place}:{frame.lineno} {frame.name}")
    lines.append(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    return "\n".join(lines)


def _wrong_passphrase(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.WRONG_PASSPHRASE,
        icon="lock",
        title=_("The passphrase is not right"),
        happened=_("The passphrase is not right. Check the words, the spaces and Caps Lock."),
        safe=_("Nothing has changed. Nothing is deleted, however often you try."),
        advice=_("Try again. Check the keyboard language and Caps Lock."),
    )


def _in_use(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    machine, login = trouble.machine, trouble.login.upper()
    if machine and login:
        text = _("{login} has it open on the computer {machine}.")
        happened = text.format(login=login, machine=machine)
    elif machine:
        happened = _("Someone has it open on the computer {machine}.").format(machine=machine)
    else:
        happened = _("It is open in another window or on another computer.")
    return Problem(
        code=ProblemKind.IN_USE,
        icon="user-round",
        title=_("The vault is already open"),
        happened=happened,
        safe=_("Nothing has happened to the content."),
        advice=_("Lock it there first, and try again. One person at a time opens the vault."),
    )


def _newer(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.NEWER_VERSION,
        icon="file-warning",
        title=_("The vault needs a newer version of Trygga"),
        happened=_("The vault was made with a newer version of Trygga."),
        safe=_("The content is untouched."),
        advice=_("Install the newer version, or ask IT support for it."),
    )


def _not_a_vault(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.NOT_A_VAULT,
        icon="folder-open",
        title=_("This is not a Trygga vault"),
        happened=_("The folder holds none of the files of a vault."),
        safe=_("No file was created or changed."),
        advice=_("Choose the folder that ends in .trygga."),
    )


def _disk_full(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.DISK_FULL,
        icon="hard-drive",
        title=_("The disk is full"),
        happened=_("The disk is full. The latest could not be saved."),
        safe=_("Everything that has been confirmed is there. Your text is still on the screen."),
        advice=_("Free some space on the disk and press the button again."),
    )


def _disk_full_at_opening(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return replace(
        _disk_full(trouble, language),
        happened=_("The disk is full. Nothing can be saved."),
        safe=_("Everything that has been confirmed is there."),
        advice=_("Free some space on the disk and unlock again."),
    )


def _cannot_write(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.CANNOT_WRITE,
        icon="lock-keyhole",
        title=_("The folder cannot be written to"),
        happened=_("The folder cannot be written to. The latest could not be saved."),
        safe=_("Everything that has been confirmed is there. Your text is still on the screen."),
        advice=_(
            "Connect the drive again, or ask IT support for the right to write. Then press the "
            "button again."
        ),
    )


def _cannot_write_at_opening(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return replace(
        _cannot_write(trouble, language),
        happened=_(
            "The folder cannot be written to. The vault is not opened, because reading could not "
            "be logged then."
        ),
        safe=_("What is saved is there."),
        advice=_("Connect the drive again, or ask IT support for the right to write."),
    )


def _cannot_write_at_making(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return replace(
        _cannot_write(trouble, language),
        happened=_("The folder cannot be written to. The vault is not made."),
        safe=_("What you have written is still there."),
        advice=_("Choose another place, or ask IT support for the right to write."),
    )


def _network(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    if trouble.place is errors.UnsafePlace.SHARE:
        happened = _(
            "The folder lies on a network share. What is saved there can be lost when the network "
            "is, or when two computers write at once."
        )
    else:
        happened = _(
            "The folder is synced by another program, which copies the vault while it changes. "
            "What is saved can be lost, or replaced by an older copy."
        )
    return Problem(
        code=ProblemKind.NETWORK_PLACE,
        icon="globe",
        title=_("The place is not safe for a vault"),
        happened=happened,
        safe=_("Nothing has been opened, and nothing has been created."),
        advice=_("Move the folder of the vault to this computer, such as to your home folder."),
    )


def _network_at_making(trouble: Trouble, language: Language) -> Problem:
    advice = language.gettext("Use a folder on this computer, such as one in your home folder.")
    return replace(_network(trouble, language), advice=advice)


def _no_right(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.NO_RIGHT,
        icon="key-round",
        title=_("You do not have the right to open this"),
        happened=_("You do not have the right to open this."),
        safe=_("Nothing has been shown."),
        advice=_("Ask whoever is responsible for the case."),
    )


def _conflict(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.CONFLICT,
        icon="copy",
        title=_("The text was changed at the same time"),
        happened=_("The text was changed at the same time in another window."),
        safe=_("Both versions are there."),
        advice=_("Compare them and choose, or keep both."),
    )


def _unexpected(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.UNEXPECTED,
        icon="triangle-alert",
        title=_("Something went wrong"),
        happened=_("Something went wrong that we did not foresee."),
        safe=_("Everything that has been confirmed is saved."),
        advice=_(
            "Restart Trygga. Send the report if you wish; it is shown to you first and holds no "
            "information about people."
        ),
        report=trouble.report,
    )


def _unexpected_before_a_room(trouble: Trouble, language: Language) -> Problem:
    """Offer no report: it would be read by everyone in the room."""
    advice = language.gettext("Restart Trygga when there is a pause.")
    return replace(_unexpected(trouble, language), advice=advice, report="")


def _not_confirmed(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.NOT_CONFIRMED,
        icon="hourglass",
        title=_("Stored, but not confirmed"),
        happened=_(
            "The latest change is stored, but the confirmation of it could not be written. The "
            "vault is therefore locked."
        ),
        safe=_("Everything saved earlier is confirmed."),
        advice=_("Check that the disk is connected and has space. Then unlock again and see."),
    )


def _already_there(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.ALREADY_THERE,
        icon="folder",
        title=_("There is already a folder with that name"),
        happened=_("There is already something where the vault was to be made."),
        safe=_("It has not been touched."),
        advice=_("Choose another name or another place."),
    )


def _tampered_at_opening(trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return replace(
        _tampered(trouble, language),
        happened=_(
            "The log, or the list of who has access, is not what was left here. Something other "
            "than Trygga has written in the vault, or put an old part back."
        ),
        safe=_("The vault is not opened, and nothing has been changed or shown."),
    )


def _tampered(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.TAMPERED,
        icon="file-warning",
        title=_("Something has been changed from outside"),
        happened=_("Something in the vault was changed by something other than Trygga."),
        safe=_("What cannot be verified is not shown. The rest works."),
        advice=_("Tell whoever is administrator. A backup from before the change may be needed."),
    )


def _wrong_code(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.WRONG_CODE,
        icon="file-key-2",
        title=_("The recovery code is not right"),
        happened=_("The code has a typing error, or it belongs to another vault."),
        safe=_("Nothing has changed."),
        advice=_("Read the code once more, group by group."),
    )


def _bad_input(_trouble: Trouble, language: Language) -> Problem:
    _ = language.gettext
    return Problem(
        code=ProblemKind.BAD_INPUT,
        icon="pencil",
        title=_("Something in the form cannot be saved"),
        happened=_("A field holds something that cannot be saved."),
        safe=_("What you have written is still there."),
        advice=_("Go back and look at the fields that are marked."),
    )


_TEXTS: Mapping[ProblemKind, Callable[[Trouble, Language], Problem]] = {
    ProblemKind.WRONG_PASSPHRASE: _wrong_passphrase,
    ProblemKind.DAMAGED_KEYS: damage_words.damaged_keys,
    ProblemKind.DAMAGED_SLOT: damage_words.damaged_slot,
    ProblemKind.DAMAGED_VAULT: damage_words.damaged_vault,
    ProblemKind.NO_DATABASE: damage_words.no_database,
    ProblemKind.EMPTY_DATABASE: damage_words.empty_database,
    ProblemKind.CUT_SHORT: damage_words.cut_short,
    ProblemKind.FOREIGN_DATABASE: damage_words.foreign_database,
    ProblemKind.MISSING_LOG: damage_words.missing_log,
    ProblemKind.DAMAGED_LOG: damage_words.damaged_log,
    ProblemKind.MIXED_PAGES: damage_words.mixed_pages,
    ProblemKind.MISSING_ANCHOR: damage_words.missing_anchor,
    ProblemKind.OLDER_THAN_CONFIRMED: damage_words.older,
    ProblemKind.FOLDER_COPIED_BACK: damage_words.copied_back,
    ProblemKind.IN_USE: _in_use,
    ProblemKind.NEWER_VERSION: _newer,
    ProblemKind.NOT_A_VAULT: _not_a_vault,
    ProblemKind.NO_FOLDER: damage_words.no_folder,
    ProblemKind.UNREADABLE: damage_words.unreadable,
    ProblemKind.DISK_FULL: _disk_full,
    ProblemKind.CANNOT_WRITE: _cannot_write,
    ProblemKind.NETWORK_PLACE: _network,
    ProblemKind.NO_RIGHT: _no_right,
    ProblemKind.CONFLICT: _conflict,
    ProblemKind.UNEXPECTED: _unexpected,
    ProblemKind.NOT_CONFIRMED: _not_confirmed,
    ProblemKind.ALREADY_THERE: _already_there,
    ProblemKind.TAMPERED: _tampered,
    ProblemKind.WRONG_CODE: _wrong_code,
    ProblemKind.BAD_INPUT: _bad_input,
    ProblemKind.SEALED: sealing_words.sealed,
    ProblemKind.NO_SEAL: sealing_words.no_seal,
    ProblemKind.UNSETTLED: sealing_words.unsettled,
    ProblemKind.NOT_SEALED: sealing_words.not_sealed,
    ProblemKind.NOT_FOR_THEM: sealing_words.not_for_them,
    ProblemKind.EXCERPT_CHANGED: sealing_words.excerpt_changed,
    ProblemKind.DRAFT_CHANGED: sealing_words.draft_changed,
    ProblemKind.SEALED_FILE_CHANGED: sealing_words.changed,
    ProblemKind.PACKET_REFUSED: packet_words.refused_packet,
}

_TEXTS_DURING: Mapping[tuple[ProblemKind, During], Callable[[Trouble, Language], Problem]] = {
    (ProblemKind.DISK_FULL, During.OPENING): _disk_full_at_opening,
    (ProblemKind.CANNOT_WRITE, During.OPENING): _cannot_write_at_opening,
    (ProblemKind.CANNOT_WRITE, During.MAKING): _cannot_write_at_making,
    (ProblemKind.NETWORK_PLACE, During.MAKING): _network_at_making,
    (ProblemKind.TAMPERED, During.OPENING): _tampered_at_opening,
    (ProblemKind.UNEXPECTED, During.SHARED): _unexpected_before_a_room,
}
