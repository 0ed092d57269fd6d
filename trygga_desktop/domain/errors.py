"""What can go wrong in a way that the user can act on.

No message carries a name, a number or a text: an error may reach a log, a record may not.
"""

from enum import StrEnum

from trygga_desktop.domain.packets import PacketFlaw
from trygga_desktop.domain.passphrase import PassphraseFlaw


class TryggaError(Exception):
    """The base of every error that the program explains in the user's own words."""


class WrongPassphraseError(TryggaError):
    """The slot is whole, but this sign-in name and passphrase do not open it."""

    def __init__(self, wait_seconds: int = 0) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class WeakPassphraseError(TryggaError):
    """The passphrase offered for a slot is refused, for the reason given."""

    def __init__(self, flaw: PassphraseFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class WrongRecoveryCodeError(TryggaError):
    """The code has a typing error, or it belongs to another vault."""


class DamagedKeysError(TryggaError):
    """Neither copy of the key slots can be read."""


class DamagedSlotError(TryggaError):
    """The user's slot is not whole, or asks for work no slot of ours does; it is not tried."""


class DamagedVaultError(TryggaError):
    """The database cannot be read; the passphrase is not to blame.

    `places` says how many of its pages are damaged, 0 if that is unknown.
    """

    def __init__(self, places: int = 0) -> None:
        super().__init__()
        self.places = places


class MissingDatabaseError(DamagedVaultError):
    """The database is not in the folder, or cannot be read at all."""


class EmptyDatabaseError(DamagedVaultError):
    """Nothing is left in the database, or less than one page."""


class CutShortError(DamagedVaultError):
    """The end of the database is missing; what is left of it is whole."""


class ForeignDatabaseError(DamagedVaultError):
    """The database is not the one that the keys in the folder belong to."""


class NotAVaultError(TryggaError):
    """The folder is no vault. No file was created or changed."""


class NoFolderError(NotAVaultError):
    """There is nothing in the place of the folder: it was moved, or its drive is not connected."""


class UnreadableError(TryggaError):
    """A file of the vault is there, and the system does not let it be read just now."""


class NewerVaultError(TryggaError):
    """The vault was made or last opened by a later version of the program."""


class VaultExistsError(TryggaError):
    """There is something already where a vault was to be made."""


class UnsafePlace(StrEnum):
    """Why what is saved in a place can be lost."""

    SHARE = "share"
    SYNCED = "synced"


class NetworkPlaceError(TryggaError):
    """The folder lies on a network share or in a synchronised folder, as `place` says."""

    def __init__(self, place: UnsafePlace) -> None:
        super().__init__(place)
        self.place = place


class VaultInUseError(TryggaError):
    """The vault is open elsewhere; `machine` and `login` are what the holder wrote down."""

    def __init__(self, *, machine: str = "", login: str = "") -> None:
        super().__init__()
        self.machine = machine
        self.login = login


class OlderThanConfirmedError(TryggaError):
    """The file lacks saves that were confirmed; `missing` says how many, 0 if that is unknown."""

    def __init__(self, missing: int = 0) -> None:
        super().__init__()
        self.missing = missing


class MissingLogError(OlderThanConfirmedError):
    """The log with the newest saves is missing, or is one of earlier."""


class DamagedLogError(OlderThanConfirmedError):
    """The log with the newest saves is damaged, and some of them with it."""


class MixedPagesError(OlderThanConfirmedError):
    """Some pages of the database are older than others, or were changed by another program."""


class MissingAnchorError(OlderThanConfirmedError):
    """Neither the folder nor this machine tells how far the vault had come."""


class Witness(StrEnum):
    """Who remembers that a vault had come further."""

    MACHINE = "machine"
    USER = "user"


class FolderCopiedBackError(OlderThanConfirmedError):
    """The whole folder is older than the one last opened on this machine or by this user."""

    def __init__(self, missing: int = 0, *, witness: Witness = Witness.MACHINE) -> None:
        super().__init__(missing)
        self.witness = witness


class DiskFullError(TryggaError):
    """There is no room left on the disk. What was confirmed is kept."""


class CannotWriteError(TryggaError):
    """The folder cannot be written to, so that not even reading could be logged."""


class NotConfirmedError(TryggaError):
    """The change is stored, but the confirmation could not be written. The vault must lock."""


class NoRightError(TryggaError):
    """None of this user's roles may do this."""


class NoAccessError(TryggaError):
    """None of this user's keys opens this."""


class ConflictError(TryggaError):
    """Someone else changed the same record in the meantime; both texts exist."""


class TamperedError(TryggaError):
    """A record, a grant or a statement is not what its author left here."""


class LogTamperedError(TamperedError):
    """The audit log does not hold; `sequence` is that of the first entry that does not."""

    def __init__(self, sequence: int) -> None:
        super().__init__()
        self.sequence = sequence


class SealedMeetingError(TryggaError):
    """The protocol of the meeting is sealed: nothing that belongs to it changes any more."""


class NoSealError(TryggaError):
    """The vault has no seal to seal protocols with, or this user was not given its key."""


class UnsettledError(TryggaError):
    """Something of a meeting has to be settled before its protocol can be sealed."""


class NotSealedError(TryggaError):
    """The meeting has no sealed protocol yet: nothing of it is given to anybody."""


class NotForThemError(TryggaError):
    """Whoever an excerpt would be for may not even know of the meeting: nothing is given."""


class DraftChangedError(TryggaError):
    """A draft no longer reads as whoever approves or seals it saw it: it was not done."""


class ExcerptChangedError(TryggaError):
    """What an excerpt may say is no longer what was looked at: it did not leave."""


class SealedFileChangedError(TamperedError):
    """A stored protocol is not the one that the log says was sealed."""


class PacketRefusedError(TryggaError):
    """A packet is not taken in, or cannot be made, for the reason given. Nothing was changed."""

    def __init__(self, flaw: PacketFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class InvalidInputError(TryggaError):
    """A field holds what cannot be stored; `field` and `flaw` are codes, never the text itself."""

    def __init__(self, *, field: str, flaw: str) -> None:
        super().__init__(field, flaw)
        self.field = field
        self.flaw = flaw
