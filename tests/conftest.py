"""Shared fixtures: one vault is made once a session, and every test works on a copy of it."""

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import create_engine

from tests import measuring  # First, before anything of the program is imported.
from tests.costs import CHEAP, CHEAP_POLICY, prepared_seal, prepared_vault
from trygga_desktop.crypto.key_slots import Secrets, open_slot
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.domain.permissions import Role
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.accounts import AddUser, add_user
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.storage import engine
from trygga_desktop.storage.engine import FileKey
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.work import UnitOfWork

if TYPE_CHECKING:
    from trygga_desktop.demo import Demo
    from trygga_desktop.documents.verdict import Verdict

# Half as many examples as Hypothesis takes by itself; a long run takes as many as one likes.
settings.register_profile("run", settings.get_profile("ci"), max_examples=50)

# How many histories a long run of the laws makes up: `dev.py endurance laws`.
settings.register_profile(
    "endurance",
    settings.get_profile("ci"),
    max_examples=int(os.environ.get("TRYGGA_EXAMPLES", "100")),
)


def pytest_collection_finish() -> None:
    """Leave what is there until the end out of the search for rubbish, which takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_logfinish() -> None:
    """Tell the measurement that it may look after its marks."""
    if measuring.MEASUREMENT:
        measuring.MEASUREMENT.count_test()


def pytest_sessionfinish() -> None:
    """Write down what the tests of this process have passed."""
    if measuring.MEASUREMENT:
        measuring.MEASUREMENT.write()


LOGIN = "ke"
NAME = "Karin Ek"
PASSPHRASES = {
    "ke": "kastanj vinge torsdag glänta paraply måne",
    "pn": "grävling tratt onsdag fjärd sadel vante",
    "at": "tistel brygga fredag ljung kompass råg",
}


@dataclass(slots=True)
class Clock:
    """A clock that stands until a test moves it. Times are aware, in UTC."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 26, 6, 51, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the time it stands at."""
        return self.at

    def move(self, **parts: float) -> None:
        """Move on by so many days, hours, seconds; negative moves back."""
        self.at += timedelta(**parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeVault:
    """A closed vault with three users, and everything a test may know of it.

    `ke` is administrator and coordinator, `pn` a social secretary, `at` an auditor.
    """

    folder: Path
    state_folder: Path
    code: str
    vault_id: bytes
    clock: Clock

    @property
    def environment(self) -> Environment:
        """What the program would be given on this machine."""
        return environment(self.clock, self.state_folder)

    @property
    def file_key(self) -> FileKey:
        """The key of the outer layer, which every user has."""
        return FileKey(key=self.secrets(LOGIN).vault_key, salt=self.vault_id)

    def secrets(self, login: str) -> Secrets:
        """Return what lies in a user's slot."""
        slots, _ = VaultFolder(self.folder).read_keys()
        return open_slot(
            slots.find(login), PASSPHRASES[login], vault_id=self.vault_id, policy=CHEAP_POLICY
        )

    def copy_to(self, place: Path) -> "MadeVault":
        """Return the same vault on a machine of its own."""
        folder = place / self.folder.name
        shutil.copytree(self.folder, folder)
        state_folder = place / "state"
        shutil.copytree(self.state_folder, state_folder)
        return replace(self, folder=folder, state_folder=state_folder, clock=Clock(self.clock.at))

    def open(self, login: str = LOGIN, *, accept_older: bool = False) -> OpenVault:
        """Unlock it as this user."""
        command = Unlock(
            folder=self.folder,
            login=login,
            passphrase=PASSPHRASES[login],
            accept_older=accept_older,
        )
        return unlock(command, environment=self.environment)


def verify_here(pdf: bytes, seal: str) -> "Verdict":
    """Return what the program has found out in a process of its own."""
    # Imported here: few tests take a signed file in, and it takes long.
    from trygga_desktop.documents.pdf.verify import verify  # noqa: PLC0415  as above

    return verify(pdf, asked=seal, compares=False)


def environment(now: Callable[[], datetime], state_folder: Path) -> Environment:
    """Return surroundings in which a passphrase costs next to nothing."""
    return Environment(
        kdf=CHEAP_POLICY,
        cost=lambda: CHEAP,
        now=now,
        machine="SOC-014",
        state_folder=state_folder,
        scripts=shipped("migrations"),
        catalogue=shipped("resources") / "catalogue",
        draw=secrets.token_bytes,
        new_seal=prepared_seal,
        verify=verify_here,
    )


def make_template(place: Path, clock: Clock | None = None) -> MadeVault:
    """Make the vault that every test gets a copy of, through the use cases."""
    clock, prepared = clock or Clock(), prepared_vault()
    made = MadeVault(
        folder=place / "Exempelstad.trygga",
        state_folder=place / "state",
        code=prepared.recovery_code,
        vault_id=prepared.vault_id,
        clock=clock,
    )
    command = CreateVault(
        folder=made.folder,
        municipality="Exempelstad",
        login=LOGIN,
        name=NAME,
        passphrase=PASSPHRASES[LOGIN],
        prepared=prepared,
    )
    create_vault(command, environment=made.environment)
    vault = made.open()
    for login, name, role in (
        ("pn", "Petra Nyman", Role.SOCIAL_WORKER),
        ("at", "Anders Tun", Role.AUDITOR),
    ):
        user = AddUser(
            login=login, name=name, roles=frozenset({role}), passphrase=PASSPHRASES[login]
        )
        add_user(user, vault=vault)
    vault.close()
    return made


class Compiled(dict[tuple[object, ...], object]):
    """Statements as they were compiled, for whichever vault: SQLAlchemy asks for them by key.

    A key begins with the dialect, of which each engine has one of its own; all of them are alike.
    """

    def get(self, key: tuple[object, ...], default: object = None) -> object:
        """Return a statement that was compiled for any of them."""
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[object, ...], compiled: object) -> None:
        """Keep a statement for all of them."""
        super().__setitem__((type(key[0]), *key[1:]), compiled)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Compile each statement once a session, and not once for each vault that is opened.

    It takes a good part of the time of whatever opens one; a program opens one and no other.
    """
    patch = pytest.MonkeyPatch()
    known = partial(create_engine, execution_options={"compiled_cache": Compiled()})
    patch.setattr(engine, "create_engine", known)
    yield
    patch.undo()


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with modules that leave a file behind when they are run; return the file.

    Names of ours and of the standard library are among them.
    """
    place, told = tmp_path / "downloads", tmp_path / "planted"
    code = f"open({str(told)!r}, 'a').close()"
    for name in ("trygga_desktop/__init__.py", "trygga_desktop/__main__.py", "argparse.py"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(code, encoding="utf-8")
    monkeypatch.chdir(place)
    return told


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> MadeVault:
    """Return the vault that the others are copies of."""
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def made(template: MadeVault, tmp_path: Path) -> MadeVault:
    """A closed vault of this test's own."""
    return template.copy_to(tmp_path / "machine")


@pytest.fixture
def clock(made: MadeVault) -> Clock:
    """The clock that the vault goes by: Thursday 26 November 2026, 07:51 in Stockholm."""
    return made.clock


@pytest.fixture
def vault(made: MadeVault) -> Iterator[OpenVault]:
    """That vault, opened by its coordinator."""
    opened = made.open()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> "Demo":
    """Return the demonstration's vault that the others are copies of."""
    # Imported here: it brings the whole program, windows included.
    from trygga_desktop.demo import make_demo  # noqa: PLC0415

    place = tmp_path_factory.mktemp("demo")
    return make_demo(place, place / "state", kdf=CHEAP_POLICY, new_seal=prepared_seal)


@pytest.fixture
def demo(demo_template: "Demo", tmp_path: Path) -> "Demo":
    """The demonstration of this test's own, closed, on the demonstration's day."""
    from trygga_desktop.demo import DemoClock  # noqa: PLC0415  as above

    place = tmp_path / "demo"
    shutil.copytree(demo_template.folder.parent, place)
    clock = DemoClock(demo_template.clock.at)
    return replace(
        demo_template,
        folder=place / demo_template.folder.name,
        clock=clock,
        environment=environment(clock, place / "state"),
    )


@pytest.fixture
def demo_vault(demo: "Demo") -> Iterator[OpenVault]:
    """The vault of the demonstration, opened by its coordinator."""
    opened = demo.open()
    yield opened
    opened.close()


@pytest.fixture
def keyring(vault: OpenVault) -> Keyring:
    """The coordinator's keys."""
    return vault.keyring


@pytest.fixture
def work(vault: OpenVault) -> Iterator[UnitOfWork]:
    """A unit of work of the coordinator's."""
    with vault.work() as unit:
        yield unit
