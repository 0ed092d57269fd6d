"""Tells the story in a vault of its own: by use cases, or by a person at the window."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from tests.conftest import Clock, MadeVault, make_template
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.tellers import Around, tell_at
from tests.story.at_the_screens.words import Words
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.story.tables import Table, read_timeline
from trygga_desktop.story.teller import Story
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.tasks import InlineRunner

BEGINS_AT = datetime(2026, 1, 12, 7, 0, tzinfo=STOCKHOLM)
"""Before the first of the invented cases."""

_SIZE = (1920, 1080)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A vault in which the story was told, and what had to be told around the screens."""

    story: Story
    around: Around
    clock: Clock

    @property
    def vault(self) -> OpenVault:
        """Return the vault."""
        return self.story.vault


def timeline_of(codes: Collection[str]) -> Table:
    """Return the timeline with these cases alone."""
    whole = dict(read_timeline(shipped("resources") / "demo" / "timeline.toml"))
    whole["case"] = [one for one in whole["case"] if one["code"] in codes]
    return whole


def tell_by_use_cases(place: Path, codes: Collection[str], until: datetime) -> Told:
    """Tell what happens in these cases before a moment, as the demonstration does."""
    place.mkdir()
    made = make_template(place, Clock(BEGINS_AT))
    story = Story(timeline_of(codes), made.open(), made.clock)
    story.tell(until)
    return Told(story=story, around=Around(), clock=made.clock)


def tell_at_the_screens(
    place: Path,
    codes: Collection[str],
    until: datetime,
    *,
    appearance: Appearance,
    keep: Callable[[MainWindow], None],
) -> Told:
    """Tell it at a window, which `keep` holds on to."""
    place.mkdir()
    made = make_template(place, Clock(BEGINS_AT))
    vault = made.open()
    window = MainWindow(bind_services(_surroundings(made), _stay), appearance, InlineRunner())
    keep(window)
    window.resize(*_SIZE)
    window.show()
    window.enter_desk(vault)
    words = Words(load_catalogue(shipped("resources") / "catalogue")[0])
    around = Around()
    tellers = partial(tell_at, Person(window), words, around)
    story = Story(timeline_of(codes), vault, made.clock, tellers=tellers)
    story.tell(until)
    return Told(story=story, around=around, clock=made.clock)


def _surroundings(made: MadeVault) -> Surroundings:
    return Surroundings(
        now=made.environment.now,
        state_folder=made.state_folder,
        settings_folder=made.state_folder,
        suggested_folder=made.folder.parent,
        log_file=None,
    )


def _stay(_: Path | None) -> None:
    """Start nothing anew."""
