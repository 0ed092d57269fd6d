"""Run one endurance test and print count, seed, rate and failures."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.conftest import make_template
from tests.endurance.damage import COUNTING, HARMLESS, Fate, damage_files, report
from tests.endurance.faults import ACTIONS, strike_everywhere
from tests.endurance.kills import Outcome, kill_while_saving
from tests.endurance.laws import try_laws
from tests.endurance.log import tamper
from tests.endurance.mutants import try_mutants
from tests.endurance.packets import run_packets
from tests.endurance.sights import look_at_everything
from tests.endurance.tampering import try_tampering

_KILLS_A_VAULT = 40


def main() -> int:
    """Return 0 if nothing failed."""
    parser = argparse.ArgumentParser(prog="dev.py endurance", description=__doc__)
    parser.add_argument("name", choices=sorted(_RUNS))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4711)
    asked = parser.parse_args()
    return _RUNS[asked.name](asked.count, asked.seed)


def kill(count: int, seed: int) -> int:
    """Kill the program while it saves, so many times; return 0 if nothing confirmed was lost."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        outcomes = list[Outcome]()
        # Every check walks the whole log: in one vault the time would grow with the square.
        for begun in range(0, count, _KILLS_A_VAULT):
            fresh = made.copy_to(Path(place) / f"from {begun}")
            some = min(_KILLS_A_VAULT, count - begun)
            outcomes += kill_while_saving(fresh, count=some, seed=seed + begun)
    _tell("kills", len(outcomes), seed, time.perf_counter() - started)
    failed = [one for one in outcomes if one.lost or not one.is_chain_whole]
    print(
        f"{sum(one.confirmed for one in outcomes)} confirmed notes,"
        f" {sum(one.lost for one in outcomes)} lost,"
        f" {sum(not one.is_chain_whole for one in outcomes)} broken chains"
    )
    return _tell_failed(failed)


def damage(count: int, seed: int) -> int:
    """Damage each file of a vault so many times, and those that must not count a tenth of it."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        trials = []
        for names, times in ((COUNTING, count), (HARMLESS, -(-count // 10))):
            fresh = made.copy_to(Path(place) / f"from {names[0]}")
            found = damage_files(fresh, Path(place) / "tried", names=names, count=times, seed=seed)
            trials += list(found)
    _tell("damage", len(trials), seed, time.perf_counter() - started)
    print(report(trials))
    return 1 if any(one.fate is Fate.FAILED for one in trials) else 0


def faults(count: int, seed: int) -> int:
    """Let calls of each action fail in each way, at most so many of each."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        found = strike_everywhere(
            made, Path(place) / "tried", actions=ACTIONS, most=count, seed=seed
        )
        strikes = list(found)
    _tell("faults", len(strikes), seed, time.perf_counter() - started)
    for action in dict.fromkeys(one.action for one in strikes):
        own = [one for one in strikes if one.action == action]
        wrong = sum(bool(one.wrong) for one in own)
        print(f"{action}: {len(own)} calls failed, {wrong} left something wrong")
    for one in strikes:
        if one.wrong:
            print(one)
    return 1 if any(one.wrong for one in strikes) else 0


def tamper_with_log(count: int, seed: int) -> int:
    """Tamper with the log so many times; return 0 if a whole check found each."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        outcomes = list(tamper(make_template(Path(place)), count=count, seed=seed))
    _tell("log", len(outcomes), seed, time.perf_counter() - started)
    missed = Counter(one.kind for one in outcomes if not one.by_check)
    late = sum(not one.by_unlock for one in outcomes)
    print(f"{missed.total()} not found, {late} found by the whole check only")
    for kind, times in missed.items():
        print(f"{kind}: {times}")
    return 1 if missed else 0


def kill_typing(count: int, seed: int) -> int:
    """Kill the program at random keys, so many times; return 0 if at most 2 s were lost."""
    from tests.endurance.keys import kill_while_typing  # noqa: PLC0415  the others need no window

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        losses = list(kill_while_typing(make_template(Path(place)), count=count, seed=seed))
    _tell("keys", len(losses), seed, time.perf_counter() - started)
    seconds = sorted(one.seconds for one in losses)
    print(
        f"{sum(one.keys for one in losses)} keys, lost per kill: median"
        f" {seconds[len(seconds) // 2]:.2f} s, most {seconds[-1]:.2f} s;"
        f" {sum(one.told_saved for one in losses)} keys lost that were told to be saved"
    )
    return _tell_failed([one for one in losses if one.has_failed])


def kill_meeting(count: int, seed: int) -> int:
    """Kill the program while a meeting is written; return 0 if what was added is all there."""
    from tests.endurance.held import kill_in_a_meeting  # noqa: PLC0415  as above

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        breaks = list(kill_in_a_meeting(make_template(Path(place)), count=count, seed=seed))
    _tell("meeting", len(breaks), seed, time.perf_counter() - started)
    seconds = sorted(one.seconds for one in breaks)
    print(
        f"{sum(one.keys for one in breaks)} keys, {sum(one.added for one in breaks)} texts added,"
        f" {sum(one.lost for one in breaks)} of them lost; typing lost per kill: median"
        f" {seconds[len(seconds) // 2]:.2f} s, most {seconds[-1]:.2f} s"
    )
    return _tell_failed([one for one in breaks if one.has_failed])


def search(count: int, seed: int) -> int:
    """Plant so many canaries, use everything, and search; return 0 if none was found.

    With 500 or more, every use case is done, and every text that one takes must have had one.
    """
    from tests.endurance.canaries import plant_and_search  # noqa: PLC0415  as above
    from tests.endurance.planting import WHOLE_ROUND  # noqa: PLC0415  as above

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        found = plant_and_search(Path(place), count=count, seed=seed)
    _tell("canaries", found.canaries, seed, time.perf_counter() - started)
    forgotten = sorted(found.forgotten) if count >= WHOLE_ROUND else []
    print(
        f"{found.secrets} secrets, {len(found.planted)} kinds of fields, {found.files} files"
        f" searched, {found.exported} exported, {len(found.left_behind)} temporary files left;"
        f" {len(found.hits)} hits"
    )
    return _tell_failed([*found.hits, *found.left_behind, *forgotten])


def leak(count: int, seed: int) -> int:
    """Look into every excerpt of so many made-up meetings; return 0 if nothing leaked."""
    from tests.endurance.leaks import try_leaks  # noqa: PLC0415  the others read no PDF

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        tried = try_leaks(Path(place), count=count, seed=seed)
    _tell("leaks", tried.meetings, seed, time.perf_counter() - started)
    print(
        f"{tried.excerpts} excerpts, {tried.files} files looked into, {tried.phrases} phrases kept"
        f" from somebody; {tried.controls} found in the board's own files, {tried.unseen} not;"
        f" {tried.alike} records alike with and without what is not for their reader,"
        f" {tried.issued} whole files of those the same, {tried.again} given excerpts left again"
        f" and {tried.recalled} did not, {tried.refused} excerpts refused, {tried.names} names of"
        f" files; {len(tried.leaks)} leaks"
    )
    return _tell_failed([*tried.leaks, *["a phrase not found by the search"] * tried.unseen])


def lock(count: int, seed: int) -> int:
    """Lock the program in the middle of anything, so many times; return 0 if it all held."""
    from tests.endurance.locks import UNSEEN, lock_while_busy  # noqa: PLC0415  as above

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        endings = list(lock_while_busy(make_template(Path(place)), count=count, seed=seed))
    _tell("locks", len(endings), seed, time.perf_counter() - started)
    gone = sorted(one.gone_after for one in endings)
    looked = [one.canaries for one in endings if one.canaries is not None]
    print(
        f"gone after: median {gone[len(gone) // 2]:.2f} s, latest {gone[-1]:.2f} s;"
        f" {sum(len(one.lost) for one in endings)} texts lost,"
        f" {sum(len(one.doubled) for one in endings)} both recorded and drafts,"
        f" {sum(len(one.torn) for one in endings)} torn files,"
        f" {sum(not one.is_whole for one in endings)} damaged vaults,"
        f" {sum(looked)} canaries in {len(looked)} memories looked into"
    )
    if len(looked) < len(endings):
        print(f"{len(endings) - len(looked)} memories not looked into: {UNSEEN}")
    return _tell_failed([one for one in endings if one.has_failed])


def walk_through(count: int, seed: int) -> int:
    """Do so many random things in a meeting; return 0 if nobody was told what they must not be."""
    from tests.endurance.program import appearance_in  # noqa: PLC0415  as above
    from tests.endurance.walk import walk  # noqa: PLC0415

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        application, appearance = appearance_in(Path(place))
        walked = walk(
            make_template(Path(place)),
            application=application,
            appearance=appearance,
            place=Path(place),
            count=count,
            seed=seed,
        )
    _tell("walk", walked.actions.total(), seed, time.perf_counter() - started)
    seen = ", ".join(f"{times} {rule}" for rule, times in sorted(walked.met.items()))
    print(f"{walked.looks} times listened; seen where they may be: {seen}")
    print(f"{walked.met_again} seen under a consent that was signed again")
    print(f"{len(walked.leaks)} leaks, {len(walked.lost)} words lost after a click")
    return _tell_failed([*walked.leaks, *walked.lost])


def send_by_paper(count: int, seed: int) -> int:
    """Print, scan and match so many protocols; return 0 if all that was wrong was noticed."""
    from tests.endurance.paper import go_by_paper  # noqa: PLC0415  as above

    started = time.perf_counter()
    rounds = list(go_by_paper(count=count, seed=seed))
    _tell("paper", len(rounds), seed, time.perf_counter() - started)
    met = sum((one.met for one in rounds), Counter[str]())
    print(", ".join(f"{times} {what}" for what, times in met.items()))
    return _tell_failed([f"{one.number}: {wrong}" for one in rounds for wrong in one.wrong])


def walk_nameless(count: int, seed: int) -> int:
    """Do so many random things in a meeting without names; return 0 if no name was said."""
    from tests.endurance.nameless import walk_without_names  # noqa: PLC0415  as above
    from tests.endurance.program import appearance_in  # noqa: PLC0415

    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        application, appearance = appearance_in(Path(place))
        walked = walk_without_names(
            make_template(Path(place)),
            application=application,
            appearance=appearance,
            place=Path(place),
            count=count,
            seed=seed,
        )
    _tell("nameless", walked.actions.total(), seed, time.perf_counter() - started)
    print(f"{walked.looks} times listened; the alias was seen {walked.aliases} times")
    print(f"{len(walked.leaks)} leaks")
    return _tell_failed(walked.leaks)


def _tell_failed(failed: Sequence[object]) -> int:
    for one in failed:
        print(one)
    return 1 if failed else 0


def _tell(name: str, count: int, seed: int, seconds: float) -> None:
    print(f"{name}: {count} times, seed {seed}, {seconds:.0f} s ({count / seconds:.1f} a second)")


def tell_story(_count: int, _seed: int) -> int:
    """Enter the whole history of the invented cases at the screens; return 0 if it is the same."""
    # Imported here: it brings the windows.
    from tests.endurance.timeline import tell_everything  # noqa: PLC0415

    return tell_everything()


_RUNS: Mapping[str, Callable[[int, int], int]] = {
    "canaries": search,
    "damage": damage,
    "faults": faults,
    "keys": kill_typing,
    "kills": kill,
    "leaks": leak,
    "laws": lambda count, seed: try_laws(count=count, seed=seed),
    "locks": lock,
    "log": tamper_with_log,
    "meeting": kill_meeting,
    "nameless": walk_nameless,
    "mutants": lambda count, seed: try_mutants(count=count, seed=seed),
    "packets": lambda count, seed: run_packets(count=count, seed=seed),
    "paper": send_by_paper,
    "sights": lambda _count, _seed: look_at_everything(),
    "tampering": lambda count, seed: try_tampering(count=count, seed=seed),
    "timeline": tell_story,
    "walk": walk_through,
}


if __name__ == "__main__":
    sys.exit(main())
