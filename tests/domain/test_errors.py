"""An error carries what its explanation needs, and no text that anybody wrote."""

from trygga_desktop.domain.errors import (
    FolderCopiedBackError,
    InvalidInputError,
    OlderThanConfirmedError,
    TryggaError,
    VaultInUseError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from trygga_desktop.domain.passphrase import PassphraseFlaw


def test_an_error_carries_what_its_explanation_needs() -> None:
    flaw = next(iter(PassphraseFlaw))
    in_use = VaultInUseError(machine="SOC-014", login="ke")
    invalid = InvalidInputError(field="valid_to", flaw="order")

    assert WrongPassphraseError(wait_seconds=4).wait_seconds == 4
    assert WeakPassphraseError(flaw).flaw is flaw
    assert (in_use.machine, in_use.login) == ("SOC-014", "ke")
    assert FolderCopiedBackError(missing=2).missing == 2
    assert (invalid.field, invalid.flaw) == ("valid_to", "order")


def test_what_is_not_known_is_left_open() -> None:
    assert WrongPassphraseError().wait_seconds == 0
    assert (VaultInUseError().machine, VaultInUseError().login) == ("", "")
    assert OlderThanConfirmedError().missing == 0


def test_whatever_is_explained_is_caught_as_one_sort() -> None:
    for error in (VaultInUseError(), FolderCopiedBackError(), WrongPassphraseError()):
        assert isinstance(error, TryggaError)
    assert isinstance(FolderCopiedBackError(), OlderThanConfirmedError)
