"""The decision table of an invented case says what the timeline expects, and opens no vault."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import cache

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.house.source import PACKAGE, ROOT, imports, modules
from trygga_desktop.__main__ import main
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.i18n import load_language
from trygga_desktop.story.decisions import WIDTH, Block, DecisionTable, read_table, write_table
from trygga_desktop.story.tables import Table, read_timeline
from trygga_desktop.ui.reason_words import ReasonWords

TIMELINE = read_timeline(ROOT / "resources" / "demo" / "timeline.toml")
CASES: Mapping[str, Table] = {one["code"]: one for one in TIMELINE["case"]}
REASONS = (ROOT / "resources" / "catalogue" / "reasons.toml").read_text(encoding="utf-8")
WORDS = {code: ReasonWords(REASONS, load_language(code)) for code in ("sv", "en")}
# The decision says more or less than the timeline on Elias's 18th birthday, when what he had signed
# himself had run out months before: by the day, statement and recipient.
DIFFERENT = {
    ("2027-05-14", "A4-4", "school"): {"expired"},
    ("2027-05-14", "A4-4", "sara"): {"former_guardian", "expired"},
}
# What `ReasonWords` says where nothing is known.
NEUTRAL = (
    "the recipient",
    "somebody who may not know it",
    "whoever holds the information",
    "about this",
    "another person",
    "the day that is noted in the case",
    "an agency",
    "it is in now",
    "the legal ground",
    "a part of it",
)


@cache
def table(case: str, on: date, *room: str) -> DecisionTable:
    names = ",".join(room) if room else None
    return read_table(case, on.isoformat(), names, timeline=TIMELINE, catalogue=CATALOGUE)


def written(read: DecisionTable, language: str) -> str:
    return write_table(read, WORDS[language], load_language(language))


def blocks(read: DecisionTable) -> dict[str, Block]:
    return {block.told.code: block for block in read.blocks}


def answers(block: Block) -> dict[str, Decision]:
    return {seat.name: decision for seat, decision in block.answers}


def days(case: Table) -> Iterator[date]:
    """Yield every day of which the timeline says something about the case."""
    told = (*case["event"], *case["meeting"], *case["effective"], *case["question"])
    yield from sorted({one["date"] for one in told})


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["decide", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--case", "X", "--on", "2026-09-17"], "'X'. There are A, B, C."),
        (["--case", "", "--on", "2026-09-17"], "''"),
        (["--case", "A", "--on", "17/9"], "'17/9'"),
        (["--case", "A", "--on", "2026-02-30"], "'2026-02-30'"),
        (["--case", "A", "--on", ""], "''"),
        (["--case", "A", "--on", "2026-02-02"], "begins on 2026-02-03"),
        (["--case", "A", "--on", "2026-09-17", "--room", "elias,ali"], "'ali'"),
        (["--case", "A", "--on", "2026-09-17", "--room", "maja"], "elias, sara, johan"),
        (["--case", "A", "--on", "2026-09-17", "--room", "henrik"], "'henrik'"),
        (["--case", "A", "--on", "2026-09-17", "--room", "police:henrik"], "police:jonas"),
        (["--case", "A", "--on", "2026-09-17", "--room", "school:"], "school:henrik"),
        (["--case", "A", "--on", "2026-09-17", "--room", "elias:henrik"], "'elias:henrik'"),
        (["--case", "C", "--on", "2026-09-17", "--room", "housing_company:x"], "viktor"),
        (["--case", "A", "--on", "2026-09-17", "--room", "eli\nas"], "'eli\\nas'"),
        (["--case", "A", "--on", "2026-09-17", "--room", ""], "Nobody is named"),
        (["--case", "A", "--on", "2026-09-17", "--room", " , "], "Nobody is named"),
    ],
)
def test_a_wrong_question_gets_one_line_that_says_what_is_wrong(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, error = printed(capsys, *arguments)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert named in error


def test_who_is_nobody_of_the_case_on_the_day_is_told_nothing() -> None:
    first = CASES["C"]["meeting"][0]["date"]
    read = table("C", first, "housing_company", "viktor")
    assert read.blocks
    for block in read.blocks:
        assert answers(block)["housing_company"].reason.value == "unknown_recipient"
        assert not block.room.allowed


@pytest.mark.parametrize("code", CASES)
def test_each_participant_is_told_what_the_timeline_says_and_why(code: str) -> None:
    asked = 0
    for meeting in CASES[code]["meeting"]:
        everybody = [*CASES[code]["person"], *CASES[code]["organisation"]]
        found = blocks(table(code, meeting["date"], *(one["code"] for one in everybody)))
        for one in meeting.get("statement", ()):
            expected = {**one["shown_to"], **one["hidden_from"]}
            told = answers(found[one["id"]])
            assert {who: told[who].reason.value for who in expected} == expected, one["id"]
            assert {who for who in expected if told[who].allowed} == one["shown_to"].keys()
            asked += len(expected)
    assert asked > 90


@pytest.mark.parametrize("code", CASES)
def test_each_room_sees_what_the_timeline_says(code: str) -> None:
    for meeting in CASES[code]["meeting"]:
        found = blocks(table(code, meeting["date"]))
        for one in (*meeting.get("statement", ()), *meeting.get("action", ())):
            block = found[one["id"]]
            there = {*meeting["present"], *one.get("joined", ())}
            assert answers(block).keys() == there, one["id"]
            assert block.outside == set(one.get("left", ())), one["id"]
            assert block.room.allowed is one["room"], one["id"]
            if "room_blocked_by" in one:
                noes = {who for who, told in answers(block).items() if not told.allowed}
                assert noes - block.outside == set(one["room_blocked_by"]), one["id"]


@pytest.mark.parametrize("code", CASES)
def test_each_question_of_the_timeline_has_its_answer(code: str) -> None:
    differing = set()
    for question in CASES[code]["question"]:
        day, statement, who = question["date"], question["statement"], question["recipient"]
        block = blocks(table(code, day, who)).get(statement)
        if block is None:
            # It is asked of what is said only later.
            assert all(
                one["date"] > day
                for one in CASES[code]["meeting"]
                if statement in {told["id"] for told in one.get("statement", ())}
            )
            continue
        decision = answers(block)[who]
        reasons = {reason.value for reason in (decision.reason, *decision.also)}
        key = (day.isoformat(), statement, who)
        assert decision.allowed is question["allowed"], key
        assert reasons == DIFFERENT.get(key, set(question["all_reasons"])), key
        if reasons != set(question["all_reasons"]):
            differing.add(key)
    assert differing == (DIFFERENT.keys() if code == "A" else set())


def test_whoever_speaks_for_an_organisation_is_told_what_it_is() -> None:
    read = table("A", date(2026, 9, 17), "school", "school:henrik")
    assert len(read.blocks) > 20
    for block in read.blocks:
        told = answers(block)
        assert told["school"] == told["school:henrik"]


def test_a_name_that_is_given_twice_is_asked_about_once() -> None:
    read = table("A", date(2026, 9, 17), "elias", "elias")
    assert [seat.name for seat in read.seats] == ["elias"]


def test_on_a_day_without_a_meeting_everybody_of_the_case_is_asked_about() -> None:
    seats = [seat.name for seat in table("A", date(2026, 9, 18)).seats]
    assert seats == [
        *("elias", "sara", "johan"),
        *("social_services", "school", "leisure", "child_psychiatry", "police"),
    ]
    on_the_first_day = [seat.name for seat in table("C", date(2026, 1, 12)).seats]
    assert "housing_company" not in on_the_first_day


def test_what_is_said_later_is_in_no_table() -> None:
    for code, case in CASES.items():
        for day in days(case):
            assert all(one.told.item.known_on <= day for one in table(code, day).blocks)


def test_before_anything_is_known_the_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, "--case", "A", "--on", "2026-02-03", "--language", "en")
    assert code == 0
    assert out.endswith("\nNothing yet\n")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("code", CASES)
def test_every_answer_stands_in_the_text_and_fits(code: str, language: str) -> None:
    yes, no, everyone = {
        "sv": ("Ja", "Nej", "Alla runt bordet"),
        "en": ("Yes", "No", "Everyone around the table"),
    }[language]
    for meeting in CASES[code]["meeting"]:
        day = meeting["date"]
        read = table(code, day)
        text = written(read, language)
        assert max(map(len, text.splitlines())) <= WIDTH
        assert [line for line in text.splitlines() if line != line.rstrip()] == []
        head, *told = text.split("\n\n")
        assert head.splitlines()[0].endswith(str(day.year))
        assert len(told) == len(read.blocks)
        for block, paragraph in zip(read.blocks, told, strict=True):
            assert paragraph.startswith(f"{block.told.code} · ")
            rows = re.findall(rf"^  ({yes}|{no}) +([\w:]+)  +(\w+)  +\S", paragraph, re.MULTILINE)
            assert rows == [
                (yes if decision.allowed else no, seat.name, decision.reason.value)
                for seat, decision in block.answers
            ]
            (room,) = re.findall(rf"^  ({yes}|{no}) +{everyone}: (\w+)", paragraph, re.MULTILINE)
            assert room == (yes if block.room.allowed else no, block.room.reason.value)
            flat = " ".join(paragraph.split())
            assert " ".join(block.told.item.text.split()) in flat


@pytest.mark.parametrize("code", CASES)
def test_every_sentence_is_filled_with_what_the_case_knows(code: str) -> None:
    for day in days(CASES[code]):
        text = " ".join(written(table(code, day), "en").split())
        assert [words for words in (*NEUTRAL, "…", "{") if words in text] == [], day


def test_nobody_who_is_protected_is_called_by_name() -> None:
    names = [one["name"] for one in CASES["C"]["person"]]
    for language in ("sv", "en"):
        text = written(table("C", date(2026, 11, 17)), language)
        assert [one for one in names if one in text] == []
        assert "NORD-7" in text


def test_the_head_tells_who_must_sign_and_who_has() -> None:
    head = written(table("B", date(2026, 10, 13)), "en").split("\n\n")[0]
    lines = [" ".join(line.split()) for line in head.splitlines()]
    assert "Phase Paused, 12 October 2026" in lines
    assert any("anna: Signed on paper. 28 April 2026 to 28 October 2026" in one for one in lines)
    assert any("peter: Withdrawn, 12 October 2026" in one for one in lines)
    assert "Is asked maja: Opinion noted" in lines


def test_what_was_only_said_and_what_was_taken_back_in_part_is_told() -> None:
    assert "Said, not signed yet" in written(table("C", date(2026, 1, 13)), "en")
    assert "Consent partly withdrawn: police" in written(table("B", date(2026, 10, 6)), "en")
    assert "Expired. Until 31 August 2026" in written(table("A", date(2026, 9, 1)), "en")
    assert "sara: Not answered" in written(table("A", date(2026, 2, 3)), "en")


def test_a_consent_that_lapses_on_the_18th_birthday_is_told_with_the_day() -> None:
    timeline = deepcopy(TIMELINE)
    for act in timeline["case"][0]["consent_act"]:
        act["valid_to"] = max(act["valid_to"], date(2027, 6, 30))
    read = read_table("A", "2027-05-14", "school", timeline=timeline, catalogue=CATALOGUE)
    assert answers(blocks(read)["A4-4"])["school"].reason.value == "turned_18"
    assert "No. Elias turned 18 on 14 May 2027." in written(read, "en")


def test_a_pause_that_somebody_decided_is_told_with_the_day() -> None:
    timeline = deepcopy(TIMELINE)
    for event in timeline["case"][1]["event"]:
        if event["kind"] == "consent_withdrawn":
            event["kind"] = "case_paused"
    read = read_table("B", "2026-10-13", "school", timeline=timeline, catalogue=CATALOGUE)
    assert answers(blocks(read)["B1-4"])["school"].reason.value == "case_paused"
    assert "No. The case has been paused since 12 October 2026." in written(read, "en")


def test_two_runs_print_the_same() -> None:
    told = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "trygga_desktop", "decide", "--case=A", "--on=2026-11-26"],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        )
        told.append(done.stdout)
    assert told[0] == told[1] != b""


def test_the_table_knows_no_vault() -> None:
    names = {"story/decisions.py", "story/facts.py"}
    brought = {
        (module, name)
        for path, tree in modules(PACKAGE)
        if path in names
        for module, name in imports(tree)
    }
    services = {
        name for module, name in brought if module.startswith("trygga_desktop.services") and name
    }
    assert services == {"Shown", "show_room", "show_to", "load_catalogue"}
    assert not any("storage" in module or "crypto" in module for module, _ in brought)
