"""What the timeline says of a vault that its cases were told in: each check lists what differs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.items import Item
from trygga_desktop.domain.matrix import CellState, MatrixCell, read_matrix
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.domain.sharing import Decision, Recipient, decide, decide_for_room
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.rooms import MeetingRoom, read_hidden, show_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.story.tables import Table, ToldCase

OPEN = {CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON}
# The decision says more than the timeline on Elias's 18th birthday, when what he had signed himself
# had run out months before: by the day, statement and recipient.
ALSO = {
    ("2027-05-14", "A4-4", "school"): {"expired"},
    ("2027-05-14", "A4-4", "sara"): {"former_guardian", "expired"},
}


@dataclass(frozen=True)
class Told:
    """One invented case in a vault."""

    case: Table
    ids: ToldCase
    vault: OpenVault

    def on(self, day: date) -> Standing:
        """Return how it stands on a day."""
        with self.vault.work() as work:
            return stand(work, self.vault, work.cases.find(self.ids.id), on=day)

    def items(self) -> dict[str, Item]:
        """Return its items by the codes of the timeline."""
        with self.vault.work() as work:
            by_id = {item.id: item for item in work.items.of_case(self.ids.id)}
        return {code: by_id[item_id] for code, item_id in self.ids.items.items()}

    def recipient(self, code: str) -> Recipient:
        """Return somebody of the timeline who is asked about, having confirmed their duty."""
        person, organisation = self.ids.people.get(code), self.ids.organisations.get(code)
        found = person or organisation
        assert found is not None
        return Recipient(
            id=found,
            person_id=person,
            organisation_id=None if person else organisation,
            barred=False,
            acknowledged=True,
        )

    def room(self, meeting: Table, one: Table) -> list[Recipient]:
        """Return who was in the room for one item."""
        left = set(one.get("left", ()))
        there = [code for code in meeting["present"] if code not in left]
        return [self.recipient(code) for code in (*there, *one.get("joined", ()))]

    def shown(self, meeting: Table, audience: list[Recipient]) -> MeetingRoom:
        """Return a meeting as that audience saw it on its day."""
        with self.vault.work() as work:
            opened = work.cases.find(self.ids.id)
            standing = stand(work, self.vault, opened, on=meeting["date"])
            meetings = {one.id: one for one, _ in work.meetings.of_case(self.ids.id)}
            held = meetings[self.ids.meetings[meeting["code"]]]
            return show_meeting(work, self.vault, standing, held, audience)


def check_everything(told: Told, last: date) -> Iterator[str]:
    """Yield what differs from the timeline on the days up to the last."""
    yield from check_participants(told, last)
    yield from check_rooms(told, last)
    yield from check_effective(told, last)
    yield from check_questions(told, last)
    yield from check_carried(told, last)


def held(told: Told, last: date) -> Iterator[Table]:
    """Yield the meetings that were held by the last day."""
    yield from (one for one in told.case["meeting"] if one["date"] <= last)


def check_participants(told: Told, last: date) -> Iterator[str]:
    """Yield what a participant of a meeting is told, or not, against the timeline."""
    items = told.items()
    for meeting in held(told, last):
        given = told.on(meeting["date"]).given
        for one in meeting.get("statement", ()):
            for who, expected in {**one["shown_to"], **one["hidden_from"]}.items():
                reason = decide(items[one["id"]], told.recipient(who), given).reason.value
                if reason != expected:
                    yield f"{one['id']} for {who}: {reason}, not {expected}"


def check_rooms(told: Told, last: date) -> Iterator[str]:
    """Yield what a room sees that it should not, or does not see though it should."""
    items = told.items()
    for meeting in held(told, last):
        given = told.on(meeting["date"]).given
        for one in (*meeting.get("statement", ()), *meeting.get("action", ())):
            seen = decide_for_room(items[one["id"]], told.room(meeting, one), given)
            if seen.allowed is not one["room"]:
                yield f"{one['id']} in the room: {seen.reason.value}"


def check_effective(told: Told, last: date) -> Iterator[str]:
    """Yield the days on which the matrix is not open where the timeline says."""
    names = {found: name for name, found in told.ids.organisations.items()}
    for expected in told.case["effective"]:
        if expected["date"] > last:
            continue
        given = told.on(expected["date"]).given
        cells = read_matrix(names, sorted(given.categories), given)
        for direction, wanted in (("receive", "receives"), ("give", "gives")):
            if _opened(cells, names, direction) != _sets(expected[wanted]):
                yield f"{expected['date']}: what organisations {direction}"
        if not expected["open"]:
            reasons = [reason.value for reason in cells[0].reasons]
            if reasons != [expected["reason"], *expected.get("also", ())]:
                yield f"{expected['date']}: closed for {reasons}"


def check_questions(told: Told, last: date) -> Iterator[str]:
    """Yield the questions that have another answer than the timeline's."""
    items = told.items()
    for question in told.case["question"]:
        day, statement, who = question["date"], question["statement"], question["recipient"]
        if day > last or statement not in items:
            continue
        decision = decide(items[statement], told.recipient(who), told.on(day).given)
        key = (day.isoformat(), statement, who)
        expected = (question["allowed"], ALSO.get(key, set(question["all_reasons"])))
        if (decision.allowed, reasons_of(decision)) != expected:
            yield f"{key}: {decision.allowed}, {sorted(reasons_of(decision))}"


def check_carried(told: Told, last: date) -> Iterator[str]:
    """Yield the meetings that do not begin with the commitments that the timeline says."""
    meetings = {one["code"]: one for one in told.case["meeting"]}
    heard = set[UUID]()
    for carried in told.case["carried"]:
        code = carried["meeting"]
        if carried["date"] > last or code not in told.ids.meetings or code not in meetings:
            continue
        everyone = [told.recipient(who) for who in meetings[code]["present"]]
        carried_in = told.shown(meetings[code], everyone).carried
        shown = {entry.item.id for entry in carried_in}
        # What has ended since the meeting before is told beside what is open, and that once.
        ended = {
            entry.item.id
            for entry in carried_in
            if entry.commitment is not None and not entry.commitment.state.is_open
        }
        hidden = set(carried.get("not_shown", ()))
        expected = {told.ids.items[one] for one in carried["open"] if one not in hidden}
        news = shown - expected
        is_told_again = bool(news & heard)
        heard |= news
        if is_told_again or not expected <= shown <= expected | ended:
            names = {item: name for name, item in told.ids.items.items()}
            yield f"{code} begins with {sorted(names[one] for one in shown)}"


def reasons_of(decision: Decision) -> set[str]:
    """Return every reason of a decision."""
    return {decision.reason.value, *(reason.value for reason in decision.also)}


def _opened(
    cells: tuple[MatrixCell, ...], names: Mapping[UUID, str], direction: str
) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in cells:
        if one.cell.direction.value == direction and one.state in OPEN:
            found.setdefault(names[one.cell.organisation_id], set()).add(one.cell.category)
    return found


def _sets(told: Mapping[str, list[str]]) -> dict[str, set[str]]:
    return {name: set(categories) for name, categories in told.items()}


REMINDERS = {
    "consent_expires_30": ReminderKind.EXPIRES,
    "consent_expires_7": ReminderKind.EXPIRES,
    "consent_expired": ReminderKind.EXPIRED,
    "birthday_18_30": ReminderKind.COMES_OF_AGE,
    "birthday_18_7": ReminderKind.COMES_OF_AGE,
    "turned_18": ReminderKind.CAME_OF_AGE,
    "action_late": ReminderKind.COMMITMENT_LATE,
    "written_consent_due": ReminderKind.SIGNATURE_DUE,
}
"""What home reminds of for a warning of the timeline."""


def check_warnings(told: Told, day: date) -> Iterator[str]:
    """Yield the warnings of a day that are not given; the clock of the vault stands on that day."""
    for warning in told.case["warning"]:
        if warning["date"] == day and not _is_warned(told, warning):
            yield f"{day}: {warning['code']} about {warning['about']}"


def _is_warned(told: Told, warning: Table) -> bool:
    code = warning["code"]
    if code in REMINDERS:
        found = read_reminders(vault=told.vault).value
        return any(
            one.row.id == told.ids.id and one.reminder.kind is REMINDERS[code] for one in found
        )
    match code:
        case "hidden_items_in_room":
            hidden = read_hidden(told.ids.meetings[warning["about"]], vault=told.vault).value.hidden
            ids = {one.entry.item.id for one in hidden}
            codes = set(re.findall(r"\b[A-C]\d-\d\b", warning["note"]))
            # The guarded part does not come to the leader's page either: it lies in the room.
            return {told.ids.items[one] for one in codes - _guarded(told.case)} <= ids
        case "action_frozen":
            return _rests_on(told, warning["about"], warning["date"])
        case "case_paused":
            return told.on(warning["date"]).given.closed_by is Reason.CASE_PAUSED
        case _:
            return code in ELSEWHERE


def _rests_on(told: Told, action: str, day: date) -> bool:
    item_id = told.ids.items[action]
    with told.vault.work() as work:
        (item,) = [one for one in work.items.of_case(told.ids.id) if one.id == item_id]
        (promise,) = [one for one, _ in work.commitments.of_case(told.ids.id) if one.id == item_id]
    resting = told.on(day).resting
    return resting.rests(promise.as_of(day), promised_on=item.known_on, on=day)


def _guarded(case: Table) -> set[str]:
    return {
        one["id"]
        for meeting in case["meeting"]
        for one in meeting.get("statement", ())
        if one.get("compartment") == "guarded"
    }


ELSEWHERE = frozenset(
    {
        "condition_on_participant",
        "due_on_weekend",
        "duty_may_exist",
        "invitation_cancelled",
        "long_term_no_consent",
        "not_all_concerned",
        "participant_not_covered",
        "place_masked",
        "signer_waiting",
    }
)
"""Warnings that are given while somebody writes, plans or withdraws, not when a day comes."""
