"""The program with invented cases: in its window, or as a vault and pictures in a folder."""

import secrets
import shutil
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from trygga_desktop import __version__
from trygga_desktop.app import Surroundings, bind_services, harden, passphrase_words, run
from trygga_desktop.crypto.kdf import POLICY, KdfPolicy
from trygga_desktop.domain.identity_number import IdentityNumber, Valid, read_number
from trygga_desktop.domain.passphrase import compose
from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import Unlock, VaultSeen, look, unlock
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.cases import NewPerson, OpenCase, open_case
from trygga_desktop.services.founding import CreateVault, PreparedVault, create_vault, prepare_vault
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.settings import SettingsFile

STARTS_AT = datetime(2026, 11, 26, 7, 51, tzinfo=STOCKHOLM)
_VAULT = "demo.trygga"
_STATE = "state"
# Pictures show no key of any vault: this code opens nothing.
_PICTURED_CODE = "7F3K-20QM-H7QV-2MWK-X9TA-4CDE-PR61-08ZN-JW5S-Q3BH-M1VT-6YK9"
_MACHINE = "DEMO"


@dataclass(slots=True)
class DemoClock:
    """The demonstration's own time: it stands, is set, and runs once it is let go."""

    at: datetime
    released: float | None = None

    def __call__(self) -> datetime:
        """Return the demonstration's time, aware and in UTC."""
        ran = 0.0 if self.released is None else time.monotonic() - self.released
        return datetime.fromtimestamp(self.at.timestamp() + ran, UTC)

    def release(self) -> None:
        """Let it run from where it stands."""
        self.released = time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A vault with invented cases, closed, and how to open it."""

    folder: Path
    login: str
    passphrase: str
    clock: DemoClock
    environment: Environment

    def open(self) -> OpenVault:
        """Unlock it as the coordinator."""
        command = Unlock(folder=self.folder, login=self.login, passphrase=self.passphrase)
        return unlock(command, environment=self.environment)


def write_demo(out: Path, *, only_screens: bool = False) -> int:
    """Leave a vault, its passphrase and pictures of every screen in a folder; return 0.

    What an earlier demonstration left under the same names is replaced.
    """
    harden()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        demo = make_demo(Path(place) if only_screens else out, Path(place) / _STATE)
        if not only_screens:
            text = f"{demo.passphrase}\n"
            (out / "passphrase.txt").write_text(text, encoding="utf-8")
        taken = _take_pictures(demo, out / "screens", Path(place))
    print(f"{len(taken)} pictures in {out / 'screens'}")
    if not only_screens:
        print(f"a vault in {out / _VAULT}, its passphrase in {out / 'passphrase.txt'}")
    return 0


def show_demo() -> int:
    """Open the window on invented cases, unlocked; return the exit code."""
    place = Path(tempfile.mkdtemp(prefix="trygga-demo-"))
    demo = make_demo(place, place / _STATE)
    print(f"The vault lies in {demo.folder}. After a lock it opens with: {demo.passphrase}")
    demo.clock.release()
    given = _surroundings(demo.clock, place)
    return run(given=given, opened=demo.open, again=again_arguments(place, time.time()))


def go_on_with_demo(place: Path, *, began: float, vault: Path | None) -> int:
    """Open the window again after a lock: the demonstration's own vault, settings and time.

    `began` is when its clock was let go, in seconds since 1970.
    """
    clock = clock_after_lock(began=began, now=time.time())
    clock.release()
    return run(vault, given=_surroundings(clock, place), again=again_arguments(place, began))


def clock_after_lock(*, began: float, now: float) -> DemoClock:
    """Return the clock of a demonstration that was let go at `began`, as it stands now."""
    return DemoClock(STARTS_AT + timedelta(seconds=max(0.0, now - began)))


def again_arguments(place: Path, began: float) -> tuple[str, ...]:
    """Return the command line with which a demonstration goes on after a lock."""
    return ("demo", "--place", str(place), "--began", str(began))


def make_demo(place: Path, state_folder: Path, *, kdf: KdfPolicy = POLICY) -> Demo:
    """Make the vault through the use cases, each case on the day on which it was opened.

    The passphrase costs as much as the floor of `kdf` says.
    """
    told = _read_told()
    cases = told["case"]
    clock = DemoClock(min(case["opened_at"] for case in cases))
    folder = place / _VAULT
    shutil.rmtree(folder, ignore_errors=True)
    demo = Demo(
        folder=folder,
        login=told["user"]["login"],
        passphrase=" ".join(compose(passphrase_words(), secrets.randbelow)),
        clock=clock,
        environment=Environment(
            kdf=kdf,
            cost=lambda: kdf.floor,
            now=clock,
            machine=_MACHINE,
            state_folder=state_folder,
            scripts=shipped("migrations"),
            draw=secrets.token_bytes,
        ),
    )
    command = CreateVault(
        folder=folder,
        municipality=told["municipality"],
        login=demo.login,
        name=told["user"]["name"],
        passphrase=demo.passphrase,
        prepared=prepare_vault(),
    )
    create_vault(command, environment=demo.environment)
    vault = demo.open()
    for case in sorted(cases, key=_opened_at):
        _open_told_case(vault, case, clock)
    vault.close()
    clock.at = STARTS_AT
    return demo


def _open_told_case(vault: OpenVault, case: dict[str, Any], clock: DemoClock) -> None:
    clock.at = case["opened_at"]
    number = _number(case["number"], clock)
    person = NewPerson(
        given_name=case["given_name"],
        family_name=case["family_name"],
        alias=case.get("alias", ""),
        birth_date=number.birth_date,
        number=number,
        protection=Protection(case.get("protection", Protection.NONE)),
    )
    command = OpenCase(person=person, case_number=case["case_number"])
    case_id = open_case(command, vault=vault).value
    for text in case["notes"]:
        write_note(WriteNote(case_id=case_id, text=text), vault=vault)


def _number(text: str, clock: DemoClock) -> IdentityNumber:
    reading = read_number(text, on=clock().date())
    if not isinstance(reading, Valid):
        raise TypeError("the demonstration's own number is wrong")
    return reading.number


def _opened_at(case: dict[str, Any]) -> datetime:
    opened_at: datetime = case["opened_at"]
    return opened_at


def _read_told() -> dict[str, Any]:
    path = shipped("resources") / "demo" / "cases.toml"
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for case in told["case"]:
        case["opened_at"] = datetime.fromisoformat(case["opened_at"])
    return told


def _take_pictures(demo: Demo, out: Path, place: Path) -> list[Path]:
    # Imported here: a window that people use has no tour to take.
    from trygga_desktop.ui.tour import Tour

    application = build_application(["Trygga"], shipped("resources"))
    appearance = Appearance(
        application, SettingsFile(place / "view.ini"), shipped("resources") / "icons"
    )
    numbers = iter(range(sys.maxsize))

    def choose(below: int) -> int:
        # The same words in every run: pictures are compared.
        return (1297 * next(numbers) + 4711) % below

    # Nor does it matter to them where on this computer the vault really lies.
    home = Path.home() if sys.platform == "win32" else Path("/home/karin")

    def look_at(folder: Path) -> VaultSeen:
        return replace(look(folder), folder=home / folder.name)

    services = replace(
        bind_services(_surroundings(demo.clock, place), _stay),
        look=look_at,
        prepare_vault=_pictured_vault,
        choose=choose,
        screen_count=partial(int, 1),
        check_place=_stay,
        suggested_folder=home,
        version=__version__,
    )
    tour = Tour(application, appearance, services, folder=demo.folder, unlock=demo.open)
    return tour.take(out)


def _pictured_vault() -> PreparedVault:
    return PreparedVault(vault_id=bytes(16), recovery_code=_PICTURED_CODE)


def _surroundings(clock: DemoClock, place: Path) -> Surroundings:
    return Surroundings(
        now=clock,
        state_folder=place / _STATE,
        settings_folder=place,
        suggested_folder=place,
    )


def _stay(_: object) -> None:
    """Do nothing: a tour makes no vault and restarts nothing."""
