"""The program with invented cases: in its window, or as a vault and pictures in a folder."""

import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from trygga_desktop import __version__
from trygga_desktop.app import (
    Surroundings,
    bind_services,
    passphrase_words,
    run,
    verify_signed,
)
from trygga_desktop.crypto.kdf import POLICY, KdfPolicy
from trygga_desktop.crypto.seals import SealMaterial, make_seal
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.domain.passphrase import compose
from trygga_desktop.hardening import harden
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import Unlock, VaultSeen, look, unlock
from trygga_desktop.services.changes import Done
from trygga_desktop.services.founding import CreateVault, PreparedVault, create_vault, prepare_vault
from trygga_desktop.services.partners import Fingerprint, PartnerList
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.recovery_sheets import ComposeSheet, compose_recovery_sheet
from trygga_desktop.services.vault import Environment, OpenVault
from trygga_desktop.story.tables import Table, ToldCase, read_timeline
from trygga_desktop.story.teller import Story
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.use_cases import Desk

if TYPE_CHECKING:
    from trygga_desktop.ui.tour import Part, Tour

STARTS_AT = datetime(2026, 11, 26, 7, 51, tzinfo=STOCKHOLM)
# The meeting of the day: case A's fifth, and the moment of it that pictures show.
_TODAY = ("A", "A5")
_MEETS_AT = datetime(2026, 11, 26, 15, 0, tzinfo=STOCKHOLM)
_PICTURED_AT = datetime(2026, 11, 26, 15, 33, tzinfo=STOCKHOLM)
_SEALED_AT = datetime(2026, 11, 26, 17, 5, tzinfo=STOCKHOLM)
_PROTOCOL = "protocol.pdf"
_SHEET = "recovery-sheet.pdf"
_ADDENDUM = "addendum.pdf"
_AGREED_PLAN = "agreed-plan.pdf"
_EXCERPTS = "excerpts"
# The pages of the plan that the demonstration leaves, by their files.
_OF_PLAN = {"plan.pdf": PlanPaper.PLAN, "my-plan.pdf": PlanPaper.MY_PLAN}
# In this case a guardian has taken the consent back.
_WITHDRAWN = "B"
# In this one an agreement was signed, which the demonstration leaves beside the plan.
_AGREED = "C"
_AGREEMENT = "agreement.pdf"
# Before the first of the invented cases.
_BEGINS_AT = datetime(2026, 1, 12, 7, 0, tzinfo=STOCKHOLM)
_LOGIN = "ke"
_NAME = "Karin Ek"
_VAULT = "demo.trygga"
_STATE = "state"
# Pictures show no key of any vault: this code opens nothing.
_PICTURED_CODE = "7F3K-20QM-H7QV-2MWK-X9TA-4CDE-PR61-08ZN-JW5S-Q3BH-M1VT-6YK9"
_PICTURED_OWNER = "Exempelstad"
_PICTURED_KEYS = "1f0c98ab77d20b3e5512c4a9e6f10d278b903a6c2e47d1053b9f60a87c4d12ef"
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
    """A vault with invented cases, closed, how to open it, and what is what in it."""

    folder: Path
    login: str
    passphrase: str
    clock: DemoClock
    environment: Environment
    timeline: Table
    cases: Mapping[str, ToldCase]
    sheet: bytes = field(repr=False)

    def open(self) -> OpenVault:
        """Unlock it as the coordinator."""
        command = Unlock(folder=self.folder, login=self.login, passphrase=self.passphrase)
        return unlock(command, environment=self.environment)

    def story(self, vault: OpenVault) -> Story:
        """Return who tells on in the vault, once it is open."""
        return Story(self.timeline, vault, self.clock, self.cases)


def write_demo(out: Path, *, only_screens: bool = False, is_brief: bool = False) -> int:
    """Leave a vault, its passphrase, a protocol and pictures of every screen; return 0.

    The pictures are of every size and theme, or, briefly, of the first of them only. What an
    earlier demonstration left under the same names is replaced.
    """
    harden()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        demo = make_demo(Path(place) if only_screens else out, Path(place) / _STATE)
        if not only_screens:
            text = f"{demo.passphrase}\n"
            (out / "passphrase.txt").write_text(text, encoding="utf-8")
            (out / _SHEET).write_bytes(demo.sheet)
        tour = _tour(demo, Path(place), is_brief=is_brief)
        taken = _hold_a_day(demo, tour, out, Path(place), only_screens=only_screens)
    print(f"{taken} pictures in {out / 'screens'}")
    if not only_screens:
        print(f"a vault in {out / _VAULT}, its passphrase in {out / 'passphrase.txt'}")
        print(f"its recovery sheet in {out / _SHEET}")
        print(f"the sealed protocol of today's meeting in {out / _PROTOCOL}")
        print(f"its addendum in {out / _ADDENDUM}")
        print(f"the plan that it agreed on, sealed, in {out / _AGREED_PLAN}")
        print(f"an excerpt for each who may have one in {out / _EXCERPTS}")
        print(f"the plan before it in {' and '.join(str(out / name) for name in _OF_PLAN)}")
        print(f"the agreement of another case in {out / _AGREEMENT}")
    return 0


def show_demo() -> int:
    """Open the window on invented cases, unlocked; return the exit code."""
    place = Path(tempfile.mkdtemp(prefix="trygga-demo-"))
    demo = make_demo(place, place / _STATE)
    with _opened(demo) as story:
        story.consult()
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


def make_demo(
    place: Path,
    state_folder: Path,
    *,
    kdf: KdfPolicy = POLICY,
    new_seal: Callable[[str, datetime], SealMaterial] = make_seal,
) -> Demo:
    """Make the vault through the use cases, each case on the day on which it was opened.

    The passphrase costs as much as the floor of `kdf` says.
    """
    timeline = read_timeline(shipped("resources") / "demo" / "timeline.toml")
    clock = DemoClock(_BEGINS_AT)
    folder = place / _VAULT
    shutil.rmtree(folder, ignore_errors=True)
    passphrase = " ".join(compose(passphrase_words(), secrets.randbelow))
    environment = Environment(
        kdf=kdf,
        cost=lambda: kdf.floor,
        now=clock,
        machine=_MACHINE,
        state_folder=state_folder,
        scripts=shipped("migrations"),
        catalogue=shipped("resources") / "catalogue",
        draw=secrets.token_bytes,
        new_seal=new_seal,
        verify=verify_signed,
    )
    command = CreateVault(
        folder=folder,
        municipality=timeline["municipality"],
        login=_LOGIN,
        name=_NAME,
        passphrase=passphrase,
        prepared=prepare_vault(timeline["municipality"], new_seal=new_seal, now=clock()),
    )
    create_vault(command, environment=environment)
    printing = ComposeSheet(
        prepared=command.prepared,
        municipality=command.municipality,
        vault_name=folder.stem,
        language="sv",
    )
    sheet = compose_recovery_sheet(printing, now=clock())
    unlocking = Unlock(folder=folder, login=_LOGIN, passphrase=passphrase)
    vault = unlock(unlocking, environment=environment)
    story = Story(timeline, vault, clock)
    story.tell(STARTS_AT)
    vault.close()
    clock.at = STARTS_AT
    return Demo(
        folder=folder,
        login=_LOGIN,
        passphrase=passphrase,
        clock=clock,
        environment=environment,
        timeline=timeline,
        cases=story.cases,
        sheet=sheet,
    )


def _hold_a_day(demo: Demo, tour: "Tour", out: Path, place: Path, *, only_screens: bool) -> int:
    """Take pictures in the morning, hold the meeting of the day, and leave its sealed protocol.

    Return how many pictures there are.
    """
    part = _tour_parts()
    pictures = out / "screens"
    with _opened(demo) as story:
        _packet_file(place).write_bytes(story.exchange(*_TODAY))
    taken = tour.take(pictures, part.BEFORE_A_VAULT)
    taken += tour.take(pictures, part.MORNING)
    with _opened(demo) as story:
        if not only_screens:
            _leave_plan(demo, story.vault, out)
        demo.clock.at = _MEETS_AT
        story.begin(*_TODAY)
        story.speak(*_TODAY)
        demo.clock.at = _PICTURED_AT
    taken += tour.take(pictures, part.MEETING)
    with _opened(demo) as story:
        story.agree(*_TODAY)
        story.end(*_TODAY)
        story.tell_without_consent(_TODAY[0])
        tour.consulted = story.consult()
    taken += tour.take(pictures, part.AFTERWARDS)
    with _opened(demo) as story:
        demo.clock.at = _SEALED_AT
        protocol, addendum = story.seal(*_TODAY)
        plan = story.seal_plan(*_TODAY)
        excerpts = story.give_excerpts(*_TODAY)
    _sealed_file(place).write_bytes(protocol)
    taken += tour.take(pictures, part.SEALED)
    if not only_screens:
        (out / _PROTOCOL).write_bytes(protocol)
        (out / _ADDENDUM).write_bytes(addendum)
        (out / _AGREED_PLAN).write_bytes(plan)
        _leave_excerpts(out / _EXCERPTS, excerpts)
    return len(taken)


def _leave_plan(demo: Demo, vault: OpenVault, out: Path) -> None:
    """Leave the pages of the plan as they are before the meeting of the day."""
    case_id = demo.cases[_TODAY[0]].id
    for name, paper in _OF_PLAN.items():
        composed = compose_plan(ComposePlan(case_id=case_id, paper=paper), vault=vault)
        (out / name).write_bytes(composed.value.pdf)
    agreed = ComposePlan(case_id=demo.cases[_AGREED].id, paper=PlanPaper.AGREEMENT)
    (out / _AGREEMENT).write_bytes(compose_plan(agreed, vault=vault).value.pdf)


def _leave_excerpts(folder: Path, excerpts: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, pdf in excerpts.items():
        (folder / name).write_bytes(pdf)


@contextmanager
def _opened(demo: Demo) -> Iterator[Story]:
    vault = demo.open()
    try:
        yield demo.story(vault)
    finally:
        vault.close()


def _sealed_file(place: Path) -> Path:
    """Return where the protocol lies of which pictures show how it is verified."""
    return place / "protokoll-DEMO-2026-001-5.pdf"


def _packet_file(place: Path) -> Path:
    """Return where the packet lies of which a picture shows what it holds."""
    return place / "paket-1.trygga-packet"


def _with_pictured_keys(desk: Desk) -> Desk:
    """Return the use cases with one's own keys in the same words in every run: they are random."""
    read = desk.packets.read_partners
    mine = Fingerprint(words=in_words(_PICTURED_KEYS), digits=in_groups(_PICTURED_KEYS, 40))

    def pictured() -> Done[PartnerList]:
        return Done(replace(read().value, mine=mine))

    return replace(desk, packets=replace(desk.packets, read_partners=pictured))


def _tour_parts() -> "type[Part]":
    from trygga_desktop.ui.tour import Part

    return Part


def _tour(demo: Demo, place: Path, *, is_brief: bool) -> "Tour":
    # Imported here: a window that people use has no tour to take.
    from trygga_desktop.ui.tour import ROUNDS, Tour

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

    seal = demo.environment.new_seal(_PICTURED_OWNER, demo.clock())

    def pictured_vault(_: str) -> PreparedVault:
        return PreparedVault(vault_id=bytes(16), recovery_code=_PICTURED_CODE, seal=seal)

    bound = bind_services(_surroundings(demo.clock, place), _stay)
    services = replace(
        bound,
        desk=lambda vault: _with_pictured_keys(bound.desk(vault)),
        look=look_at,
        prepare_vault=pictured_vault,
        choose=choose,
        screen_count=partial(int, 1),
        check_place=_stay,
        suggested_folder=home,
        version=__version__,
    )
    case = demo.cases[_TODAY[0]]
    return Tour(
        application,
        appearance,
        services,
        folder=demo.folder,
        unlock=demo.open,
        sealed_file=_sealed_file(place),
        packet_file=_packet_file(place),
        case_id=case.id,
        meeting_id=case.meetings[_TODAY[1]],
        withdrawn_id=demo.cases[_WITHDRAWN].id,
        agreed_id=demo.cases[_AGREED].id,
        rounds=ROUNDS[:1] if is_brief else ROUNDS,
    )


def _surroundings(clock: DemoClock, place: Path) -> Surroundings:
    return Surroundings(
        now=clock,
        state_folder=place / _STATE,
        settings_folder=place,
        suggested_folder=place,
    )


def _stay(_: object) -> None:
    """Do nothing: a tour makes no vault and restarts nothing."""
