"""Each error is told as what happened, what is safe and what to do, and gives no values away."""

import errno
import inspect
from pathlib import Path

import pytest

from trygga_desktop.domain import errors
from trygga_desktop.domain.packets import PacketFlaw
from trygga_desktop.domain.passphrase import PassphraseFlaw
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.ui.problems import During, ProblemKind, explain, read_error

SECRET = "kastanj vinge torsdag"  # noqa: S105  what must not come out
SYNCED = errors.NetworkPlaceError(errors.UnsafePlace.SYNCED)
INSTANCES: tuple[errors.TryggaError, ...] = (
    errors.WrongPassphraseError(4),
    errors.WeakPassphraseError(PassphraseFlaw.TOO_SHORT),
    errors.WrongRecoveryCodeError(),
    errors.DamagedKeysError(),
    errors.DamagedSlotError(),
    errors.DamagedVaultError(2),
    errors.MissingDatabaseError(),
    errors.EmptyDatabaseError(),
    errors.CutShortError(),
    errors.ForeignDatabaseError(),
    errors.NotAVaultError(),
    errors.NoFolderError(),
    errors.UnreadableError(),
    errors.NewerVaultError(),
    errors.VaultExistsError(),
    SYNCED,
    errors.VaultInUseError(machine="SOC-014", login="pn"),
    errors.OlderThanConfirmedError(3),
    errors.FolderCopiedBackError(1),
    errors.MissingLogError(2),
    errors.DamagedLogError(2),
    errors.MixedPagesError(),
    errors.MissingAnchorError(),
    errors.DiskFullError(),
    errors.CannotWriteError(),
    errors.NotConfirmedError(),
    errors.NoRightError(),
    errors.NoAccessError(),
    errors.ConflictError(),
    errors.TamperedError(),
    errors.LogTamperedError(7),
    errors.SealedMeetingError(),
    errors.NoSealError(),
    errors.UnsettledError(),
    errors.NotSealedError(),
    errors.NotForThemError(),
    errors.ExcerptChangedError(),
    errors.DraftChangedError(),
    errors.SealedFileChangedError(),
    errors.PacketRefusedError(PacketFlaw.ALTERED),
    errors.InvalidInputError(field="given_name", flaw="missing"),
)


def test_every_error_of_the_domain_is_told() -> None:
    known = {
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.TryggaError) and kind is not errors.TryggaError
    }

    assert {type(error) for error in INSTANCES} == known
    assert all(read_error(error).kind is not ProblemKind.UNEXPECTED for error in INSTANCES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ProblemKind)
def test_each_kind_has_every_part(kind: ProblemKind, language: str) -> None:
    trouble = next(
        (read_error(error) for error in INSTANCES if read_error(error).kind is kind),
        read_error(RuntimeError()),
    )

    problem = explain(trouble, load_language(language))

    parts = (problem.title, problem.happened, problem.safe, problem.advice)
    assert all(parts)
    assert not any("{" in part or "!" in part for part in parts)


def test_an_unforeseen_error_gives_away_no_values() -> None:
    def fail(passphrase: str) -> None:
        raise ValueError(passphrase)

    try:
        fail(SECRET)
    except ValueError as error:
        trouble = read_error(error)

    assert trouble.kind is ProblemKind.UNEXPECTED
    assert "ValueError" in trouble.report
    assert "tests/ui" not in trouble.report
    assert "test_problems.py" in trouble.report
    assert SECRET not in trouble.report


def test_a_report_names_no_folder_above_the_package() -> None:
    try:
        load_language("sv").date_long(None)  # type: ignore[arg-type]  # a mistake in the code
    except Exception as error:
        report = read_error(error).report
    else:
        report = "trygga_desktop/i18n.py"

    assert "trygga_desktop/i18n.py" in report
    assert "/home/" not in report
    assert str(Path(__file__).parents[2]) not in report


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, ProblemKind.DISK_FULL),
        (errno.EDQUOT, ProblemKind.DISK_FULL),
        (errno.EROFS, ProblemKind.CANNOT_WRITE),
        (errno.EACCES, ProblemKind.CANNOT_WRITE),
        (errno.ENOENT, ProblemKind.UNEXPECTED),
    ],
)
def test_what_the_system_says_decides(number: int, kind: ProblemKind) -> None:
    inner = OSError(number, "told by the system", "/home/ke/secret")
    outer = RuntimeError()
    outer.__cause__ = inner

    assert read_error(inner).kind is kind
    assert read_error(outer).kind is kind
    assert "secret" not in read_error(outer).report


def test_the_wait_and_the_loss_are_told() -> None:
    language = load_language("en")

    assert read_error(errors.WrongPassphraseError(8)).wait_seconds == 8
    older = explain(read_error(errors.OlderThanConfirmedError(1)), language)
    assert "1 saved change is missing" in older.happened
    unknown = explain(read_error(errors.OlderThanConfirmedError()), language)
    assert "missing" not in unknown.happened


def test_each_kind_of_damage_is_told_in_words_of_its_own() -> None:
    language = load_language("en")
    damage = [
        error
        for error in INSTANCES
        if isinstance(
            error,
            errors.DamagedKeysError
            | errors.DamagedSlotError
            | errors.DamagedVaultError
            | errors.OlderThanConfirmedError,
        )
    ]

    told = [explain(read_error(error), language, During.OPENING) for error in damage]

    assert len(damage) == 13
    for part in ("code", "title", "happened"):
        assert len({getattr(one, part) for one in told}) == len(told)


def test_how_much_is_damaged_and_who_remembers_more_is_told() -> None:
    language = load_language("en")

    def told(error: errors.TryggaError) -> str:
        return explain(read_error(error), language).happened

    assert "damaged in 2 places" in told(errors.DamagedVaultError(2))
    assert "cannot be read" in told(errors.DamagedVaultError())
    assert "2 saved changes in it cannot be read" in told(errors.DamagedLogError(2))
    assert "1 saved change cannot be read" in told(errors.MissingLogError(1))
    assert "cannot be read" not in told(errors.MissingLogError())
    machine = errors.FolderCopiedBackError(1, witness=errors.Witness.MACHINE)
    user = errors.FolderCopiedBackError(1, witness=errors.Witness.USER)
    assert "This computer had a newer one open" in told(machine)
    assert "You had seen more" in told(user)


def test_a_share_and_a_synced_folder_are_unsafe_for_reasons_of_their_own() -> None:
    language = load_language("en")

    told = {
        place: explain(read_error(errors.NetworkPlaceError(place)), language).happened
        for place in errors.UnsafePlace
    }

    assert "network share" in told[errors.UnsafePlace.SHARE]
    assert "synced" in told[errors.UnsafePlace.SYNCED]


def test_a_vault_that_was_changed_from_outside_is_not_said_to_be_open() -> None:
    trouble = read_error(errors.TamperedError())
    language = load_language("en")

    assert "is not opened" in explain(trouble, language, During.OPENING).safe
    assert "The rest works" in explain(trouble, language).safe


def test_a_vault_in_use_tells_where() -> None:
    language = load_language("sv")
    there = errors.VaultInUseError(machine="SOC-014", login="pn")
    by_someone = errors.VaultInUseError(machine="SOC-014")
    somewhere = errors.VaultInUseError()

    told = [explain(read_error(one), language).happened for one in (there, by_someone)]
    assert told == [
        "PN har det öppet på datorn SOC-014.",
        "Någon har det öppet på datorn SOC-014.",
    ]
    assert "annan dator" in explain(read_error(somewhere), language).happened


@pytest.mark.parametrize(
    ("error", "during", "advice"),
    [
        (errors.DiskFullError(), During.OPENING, "lås upp igen"),
        (errors.DiskFullError(), During.MAKING, "tryck på knappen igen"),
        (errors.DiskFullError(), During.WORK, "tryck på knappen igen"),
        (
            errors.NetworkPlaceError(errors.UnsafePlace.SYNCED),
            During.OPENING,
            "Flytta valvets mapp",
        ),
        (SYNCED, During.MAKING, "Använd en mapp"),
    ],
)
def test_the_advice_fits_what_was_being_done(
    error: errors.TryggaError, during: During, advice: str
) -> None:
    told = explain(read_error(error), load_language("sv"), during)

    assert advice in told.advice
    assert ("skärmen" in told.safe) is (advice == "tryck på knappen igen")
