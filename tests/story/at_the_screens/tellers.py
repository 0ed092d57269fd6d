"""The story of the invented cases, told by a person at the screens instead of by use cases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from tests.story.at_the_screens.agreement import Agreement
from tests.story.at_the_screens.consents import Consents
from tests.story.at_the_screens.desk import Case, Contacts, NewCase
from tests.story.at_the_screens.mapping import Mapping as MappingScreen
from tests.story.at_the_screens.meetings import SOMEBODY_ELSE, STATES, Meeting
from tests.story.at_the_screens.meetings import Meetings as MeetingsScreen
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.plans import PLAN_STATES
from tests.story.at_the_screens.plans import Plan as PlanScreen
from tests.story.at_the_screens.words import SWEDISH, Words
from trygga_desktop.domain.agreement import Side
from trygga_desktop.domain.grounds import Mode
from trygga_desktop.domain.items import Item, Marking
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.plan import LineKind, Term
from trygga_desktop.i18n import load_language
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.consents import read_consents
from trygga_desktop.services.consultations import Consultation
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.story.meetings import Agenda, Meetings
from trygga_desktop.story.papers import Papers
from trygga_desktop.story.people import People, alias_of, people_named, protected_since
from trygga_desktop.story.plans import Plans
from trygga_desktop.story.tables import Stage, Table, ToldCase, at_time
from trygga_desktop.story.teller import Tellers

DONE_BEFORE = "a commitment that was done before it came into the plan"

_ASKS_MORE = frozenset({"reason", "new_due", "successor", "by"})


@dataclass(slots=True)
class Around:
    """What no screen takes today, and was therefore told by a use case: each kind with its codes.

    A test holds this list, so that it gets shorter with every screen, and never longer unnoticed.
    """

    told: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, code: str) -> None:
        """Note one."""
        self.told.setdefault(what, []).append(code)


@dataclass(slots=True, kw_only=True)
class Desk:
    """What those who tell at the screens share."""

    person: Person
    words: Words
    stage: Stage
    around: Around

    def case(self, case: Table) -> Case:
        """Return the screens of a case."""
        return Case(self.person, self.words, title_of(case))

    def names(self, case: Table, on: date | None = None) -> dict[str, str]:
        """Return what everyone of a case is called on the screens on a day, by their codes.

        Today, if none is given.
        """
        day = self.stage.clock.at.date() if on is None else on
        people = {one["code"]: shown_name(case, one, day) for one in case["person"]}
        return people | {one["code"]: one["name"] for one in case["staff"]}

    def organisations(self, case: Table) -> dict[str, str]:
        """Return what the organisations of a case are called, by their codes."""
        return {one["code"]: one["name"] for one in case["organisation"]}


def title_of(case: Table) -> str:
    """Return by what a case is found in the list, whoever it is about."""
    return str(case["number"])


def shown_name(case: Table, person: Table, on: date) -> str:
    """Return what somebody is called on a day: once they are protected, by the alias."""
    since = protected_since(case, person)
    return str(person["name"]) if since is None or on < since else alias_of(person)


class PeopleAtScreens(People):
    """Opens cases with their people, and goes on with them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self._desk = desk

    def open(self, case: Table) -> None:
        """Open a case with everyone who is named in it."""
        desk, organisations = self._desk, self._desk.organisations(case)
        referral = next(one for one in case["event"] if one["kind"] == "referral")
        talks = [one["text"] for one in case["event"] if one["kind"] == "consultation"]
        subject = next(one for one in case["person"] if one["code"] == case["subject"])
        self._have_contacts(case)
        NewCase(desk.person, desk.words).open(
            case,
            subject,
            raised_by=organisations[referral["by"]],
            why=referral,
            talk=" ".join(talks),
        )
        screens = desk.case(case)
        for text in case.get("note", ()):
            screens.note(text)
        for one in case["person"]:
            if one is not subject:
                screens.add_relative(case, one, referral["date"])
        for one in case["staff"]:
            screens.add_professional(one["name"], organisations[one["organisation"]])
        ours = self._desk.stage.timeline["host_organisation"]
        for one in case["staff"]:
            if organisations[one["organisation"]] == ours:
                screens.say_account(one["name"])
        self._remember(case, subject)

    def protect(self, case: Table, event: Table) -> None:
        """Give people a protected identity, or raise its kind, each on their page."""
        before = self._desk.names(case, event["date"] - timedelta(days=1))
        for one in people_named(case, event["who"]):
            self._desk.case(case).protect(
                before[one["code"]],
                kind=Protection(event["degree"]),
                alias=alias_of(one),
                since=event["date"],
                is_subject=one["code"] == case["subject"],
            )

    def change_phase(self, case: Table, event: Table) -> None:
        """Go on to the next phase, and say why."""
        self._desk.case(case).change_phase(
            event["phase"],
            words=event.get("text", ""),
            reason=event.get("reason", "") if event["kind"] == "case_closed" else "",
            left_open=event.get("left_open", ""),
        )

    def change_stage(self, case: Table, stage: str, words: str) -> None:
        """Put a case into another stage, and say why."""
        called = self._desk.words.stage(case["programme"], stage)
        self._desk.case(case).change_stage(called, words=words)

    def meet(self, case: Table) -> None:
        """Tell that somebody has now been in touch with the young person."""
        self._desk.case(case).meet()

    def name(self, case: Table, event: Table, found: Consultation) -> None:
        """Go on by name, as the family has consented to."""
        family = [one["code"] for one in case["person"]]
        asked = event.get("with") or family
        talks = [one["text"] for one in case["event"] if one["kind"] == "consultation"]
        consent = next(one for one in found.grounds if one.mode is Mode.CONSENT)
        self._desk.case(case).go_on_by_name(
            tried=next(one["text"] for one in case["event"] if one["kind"] == "referral"),
            recipients=self._desk.organisations(case).values(),
            ground=consent.title.in_language(SWEDISH),
            decided_by=", ".join(one["name"] for one in case["person"] if one["code"] in asked),
            motive=event.get("text") or " ".join(talks),
            on=event["date"],
        )

    def map(self, case: Table) -> None:
        """Write down what is told at the mapping."""
        desk = self._desk
        names = desk.names(case) | desk.organisations(case)
        screen = MappingScreen(desk.case(case), desk.words)
        screen.go_there()
        for one in case.get("mapping", ()):
            screen.record(
                one["text"],
                area=one["area"],
                category=one["category"],
                teller=names[one["origin"]],
                strength=one["strength"],
            )

    def _have_contacts(self, case: Table) -> None:
        desk, ours = self._desk, self._stage.timeline["host_organisation"]
        contacts, names = Contacts(desk.person, desk.words), desk.organisations(case)
        contacts.go_there()
        for one in case["organisation"]:
            if not contacts.knows(one["name"]):
                if one["name"] == ours:
                    contacts.rename(self._stage.timeline["municipality"], ours)
                else:
                    contacts.add_organisation(one["name"], one["kind"])
        for one in case["staff"]:
            organisation = names[one["organisation"]]
            if not contacts.works_at(one["name"], organisation):
                contacts.add_person(one["name"], one["title"], organisation)

    def _remember(self, case: Table, subject: Table) -> None:
        """Look up what became of everyone, for those who tell on and for the tests."""
        rows = list_cases(vault=self._vault).value.rows
        case_id = next(one.id for one in rows if one.case_number == case["number"])
        found = read_people(case_id, vault=self._vault).value
        directory = {one.names[-1].name: one.id for one in found.directory.organisations}
        told = ToldCase(
            id=case_id,
            subject=found.subject_id,
            organisations={one["code"]: directory[one["name"]] for one in case["organisation"]},
        )
        told.people[subject["code"]] = told.places[subject["code"]] = found.subject_id
        ids = {one.name: one.party.id for one in found.people}
        names = self._desk.names(case)
        for one in case["person"]:
            if one is not subject:
                told.people[one["code"]] = told.places[one["code"]] = ids[names[one["code"]]]
        for one in case["staff"]:
            told.places[one["code"]] = ids[one["name"]]
        self._stage.cases[case["code"]] = told


class PapersAtScreens(Papers):
    """Has the invented people sign, limit, take back and be heard."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self._desk = desk

    def sign(self, case: Table, day: date) -> None:
        """Write down what was signed, limited or taken back on a day."""
        desk, told = self._desk, self._stage.cases[case["code"]]
        names, organisations = desk.names(case), desk.organisations(case)
        screen = Consents(desk.case(case), desk.words)
        acts = [one for one in case["consent_act"] if one["date"] == day]
        papers: dict[str, list[Table]] = {}
        for act in acts:
            if act["type"] in {"given", "oral"}:
                papers.setdefault(act["version"], []).append(act)
        concerned = next(
            (one["organisations"] for one in case.get("concerned", ()) if one["from"] == day), None
        )
        terms = {
            name: [one for one in case.get(name, ()) if one["from"] == day]
            for name in ("exclusions", "limits")
        }
        for signed in papers.values():
            screen.record(
                signed,
                names=names,
                organisations=organisations,
                exclusions=terms["exclusions"],
                limits=terms["limits"],
                concerned=concerned,
            )
        for act in acts:
            if act["type"].startswith("withdrawn"):
                codes = act.get("organisations")
                given = None if codes is None else [organisations[one] for one in codes]
                screen.take_back(names[act["signer"]], given, day)
        if any(terms.values()):
            view = read_consents(told.id, vault=self._vault).value
            ids = {one.words: one.id for one in view.exclusions}
            ids |= {one.words: one.id for one in view.limits}
            told.terms |= {one["id"]: ids[one["text"]] for of in terms.values() for one in of}

    def hear(self, case: Table, event: Table) -> None:
        """Write down the view of somebody who does not sign."""
        desk = self._desk
        given_name = desk.names(case)[event["by"]].split(" ")[0]
        Consents(desk.case(case), desk.words).hear(given_name, event["text"], event["date"])

    def limit_guardian(self, case: Table, bar: Table) -> None:
        """Keep one kind of information from a guardian."""
        whom = self._desk.names(case)[bar["guardian"]]
        self._screen(case).keep_back(whom, [bar["category"]], bar["assessment"], bar["from"])

    def limit_organisation(self, case: Table, bar: Table) -> None:
        """Leave an organisation some kinds only."""
        whom = self._desk.organisations(case)[bar["organisation"]]
        self._screen(case).keep_back(whom, bar["categories"], bar["text"], bar["from"])

    def concern(self, case: Table, concerned: Table) -> None:
        """Leave it to the paper of that day; without one, say who is concerned."""
        papers = {"given", "oral"}
        on_paper = [one for one in case["consent_act"] if one["type"] in papers]
        if any(one["date"] == concerned["from"] for one in on_paper):
            return
        names = self._desk.organisations(case)
        called = [names[one] for one in concerned["organisations"]]
        self._screen(case).concern(called, concerned["from"])

    def _screen(self, case: Table) -> Consents:
        return Consents(self._desk.case(case), self._desk.words)


class MeetingsAtScreens(Meetings):
    """Plans meetings, holds them, and follows what was promised."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self._desk = desk
        self._followed: set[tuple[str, date]] = set()

    def cancel(self, case: Table, event: Table) -> None:
        """Call a meeting off."""
        day = next(
            one["date_of_meeting"]
            for one in case["event"]
            if one["kind"] == "meeting_planned" and one["meeting"] == event["meeting"]
        )
        self._screen(case).call_off(_day(day))

    def _plan(self, told: ToldCase, case: Table, meeting: Table) -> UUID:
        names = self._desk.names(case)
        staff = {one["code"]: one for one in case["staff"]}
        there = [one for one in meeting["present"] if one in told.people]
        there += [
            one for one in meeting["staff"] if staff[one]["organisation"] in meeting["present"]
        ]
        there += [one["who"] for one in meeting.get("apologies", ())]
        leading = {
            function.value: names[meeting[function.value]]
            for function in (Function.CHAIR, Function.SECRETARY, Function.VERIFIER)
            if meeting.get(function.value) in there
        }
        self._screen(case).plan(
            template=meeting["template"],
            starts_at=at_time(meeting["date"], meeting["start"]),
            place="" if case.get("alias") else "Stadshuset, rum 3",
            invited={names[one] for one in there},
            leading=leading,
        )
        found = read_meetings(told.id, vault=self._vault).value.meetings
        starts_at = at_time(meeting["date"], meeting["start"])
        told.meetings[meeting["code"]] = next(one.id for one in found if one.starts_at == starts_at)
        return told.meetings[meeting["code"]]

    def begin(self, told: ToldCase, case: Table, meeting: Table) -> UUID:
        """Begin a meeting with everyone there, and return its id."""
        if meeting["code"] not in told.meetings:
            self._plan(told, case, meeting)
        names = self._desk.names(case)
        apologies = meeting.get("apologies", ())
        for one in apologies:
            self._desk.around.note("why somebody does not come", one["who"])
        self._open(case, meeting).begin(absent=[names[one["who"]] for one in apologies])
        return told.meetings[meeting["code"]]

    def speak(self, told: ToldCase, case: Table, meeting: Table) -> None:
        """Write down what is said, decided and promised at it."""
        room = read_meeting(told.meetings[meeting["code"]], vault=self._vault).value
        titles = {one.id: one.title for one in room.agenda}
        agenda = Agenda(room)
        screen = self._at_table()
        for one in meeting.get("statement", ()):
            if self._is_for_no_screen(meeting, one):
                self._tell(told, told.meetings[meeting["code"]], agenda, one)
                continue
            screen.go_to_item(titles[agenda.under(one["category"])])
            self._say(told, case, meeting, screen, one)
        if self._desk.around.told:
            # What was written elsewhere is shown once the screen is opened anew.
            screen = self._open(case, meeting)
        screen.go_to_item(titles[agenda.for_promises])
        self._decide_and_promise(told, case, meeting, screen)

    def end(self, told: ToldCase, meeting: Table) -> None:  # noqa: ARG002  as whoever tells by use cases
        """End it at its time."""
        case = next(one for one in self._stage.timeline["case"] if meeting in one["meeting"])
        self._follow_at_table(case, meeting)
        self._stage.clock.at = max(self._stage.clock.at, at_time(meeting["date"], meeting["end"]))
        self._at_table().end()

    def follow(self, case: Table, action: Table, change: Table) -> None:
        """Tell what became of a commitment, unless it was told at the table."""
        if (action["id"], change["date"]) in self._followed:
            return
        if change.get("by") == "program":
            return
        screen = PlanScreen(self._desk.case(case), self._desk.words)
        screen.go_there()
        if change["status"] in PLAN_STATES and not _ASKS_MORE & change.keys():
            screen.tell_what_became(action["text"], change["status"])
            return
        promised = (one for each in case["meeting"] for one in each.get("action", ()))
        texts = {one["id"]: one["text"] for one in promised}
        screen.tell_more(
            action["text"],
            change["status"],
            reason=change.get("reason", ""),
            new_due=change.get("new_due"),
            successor=texts.get(change.get("successor", ""), ""),
        )

    def _follow_at_table(self, case: Table, meeting: Table) -> None:
        before = [one for one in case["meeting"] if one["date"] < meeting["date"]]
        for earlier in before:
            for action in earlier.get("action", ()):
                for change in action["status_history"]:
                    is_now = change["date"] == meeting["date"]
                    asks_more = bool(_ASKS_MORE & change.keys())
                    if is_now and change["status"] in STATES and not asks_more:
                        screen = self._at_table()
                        screen.tell_what_became(action["text"], change["status"])
                        self._followed.add((action["id"], change["date"]))

    def _is_for_no_screen(self, meeting: Table, one: Table) -> bool:
        reasons = {
            "an entry that tells who reported": one.get("reveals_reporter", False),
            "an entry for the guarded part": one.get("compartment") == "guarded",
            "an entry that was not said at the table": not one.get("at_table", True),
            "an entry of an organisation that is not there": one["origin"]
            not in meeting["present"],
        }
        found = [what for what, holds in reasons.items() if holds]
        for what in found:
            self._desk.around.note(what, one["id"])
        return bool(found)

    def _others(self, case: Table, one: Table) -> set[str]:
        """Return whom an entry is about beside the young person."""
        return set(one["about"]) - {case["subject"]}

    def _say(
        self, told: ToldCase, case: Table, meeting: Table, screen: Meeting, one: Table
    ) -> None:
        names = self._desk.names(case) | self._desk.organisations(case)
        others = self._others(case, one)
        also = [names[other] for other in sorted(others & set(meeting["present"]))]
        not_there = [names[other] for other in sorted(others - set(meeting["present"]))]
        if not_there:
            also.append(SOMEBODY_ELSE)
        whose, text = names[one["origin"]], one["text"]
        if one["category"] == "own_words":
            screen.say(text, whose=whose, kind="own_words", also=also)
        else:
            screen.say(text, whose=whose, category=one["category"], also=also)
        item_id = told.items[one["id"]] = self._item(told, one["text"]).id
        if not_there:
            screen.name_others(item_id, not_there)
        for term, answer in one.get("markings", {}).items():
            is_free = Marking(answer) in {Marking.INSIDE, Marking.DOES_NOT_TOUCH}
            screen.answer(item_id, told.terms[term], is_free=is_free)

    def _decide_and_promise(
        self, told: ToldCase, case: Table, meeting: Table, screen: Meeting
    ) -> None:
        names, organisations = self._desk.names(case), self._desk.organisations(case)
        for one in meeting.get("decision", ()):
            screen.say(one["text"], whose=organisations[one["by"]], kind="decision")
            told.items[one["id"]] = self._item(told, one["text"]).id
            for dissent in one.get("dissent", ()):
                screen.disagree(dissent["text"], whose=names[dissent["who"]])
        for one in meeting.get("action", ()):
            screen.promise(
                one["text"],
                responsible=names[one["responsible"]],
                due=" ".join((one["due"].isoformat(), one.get("due_time", ""))).strip(),
            )
            told.items[one["id"]] = self._item(told, one["text"]).id

    def _item(self, told: ToldCase, text: str) -> Item:
        with self._vault.work() as work:
            return [one for one in work.items.of_case(told.id) if one.text == text][-1]

    def _screen(self, case: Table) -> MeetingsScreen:
        return MeetingsScreen(self._desk.case(case), self._desk.words)

    def _at_table(self) -> Meeting:
        return Meeting(self._desk.person, self._desk.words)

    def _open(self, case: Table, meeting: Table) -> Meeting:
        return self._screen(case).go_to(_day(meeting["date"]))


class PlansAtScreens(Plans):
    """Writes plans, notes what meetings agreed on, and enters figures."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.stage)
        self._desk = desk

    def write(self, case: Table, day: date) -> None:
        """Write what is new in the plan on a day; what was decided on that day is agreed on."""
        screen = PlanScreen(self._desk.case(case), self._desk.words)
        screen.go_there()
        goals = {one["id"]: one["own_words"] for one in case.get("goal", ())}
        new = [one for one in case.get("goal", ()) if one["decided"] == day]
        for one in new:
            screen.write(one["own_words"], LineKind.GOAL, area=one["area"])
            screen.describe_goal(term=Term(one["term"]), sign=one["sign"])
        for one in case.get("line", ()):
            if one["from"] == day:
                self._write_line(screen, case, one, goals)
        for action, goal, is_new in self._promised(case, day):
            if not screen.knows(action["text"]):
                self._desk.around.note(DONE_BEFORE, action["id"])
                continue
            if is_new:
                screen.place(action["text"], area=goal["area"])
            if goal in new or (is_new and goal["decided"] < day):
                screen.put_under(action["text"], goal["own_words"])
        screen.keep()
        if new and any(one["date"] == day for one in case["meeting"]):
            screen.agree([one["own_words"] for one in new])

    def rate(self, case: Table, rating: Table) -> None:
        """Enter how the young person says that it is."""
        screen = PlanScreen(self._desk.case(case), self._desk.words)
        screen.go_there()
        day = load_language(SWEDISH).date_long(rating["date"])
        screen.rate(rating["values"], said_at=day)

    def sign_agreement(self, case: Table, event: Table) -> None:
        """Write down what each undertakes, and that both signed it on that day."""
        screen = Agreement(self._desk.case(case))
        lines = {side: event[side.value] for side in Side}
        screen.write(lines, first=event["date"], last=event["until"])
        staff = [one["name"] for one in case["staff"] if one["code"] in event["by"]]
        for side in Side:
            screen.sign(side, name=", ".join(staff), on=event["date"])

    def _write_line(
        self, screen: PlanScreen, case: Table, one: Table, goals: Mapping[str, str]
    ) -> None:
        kind = LineKind(one["kind"])
        screen.write(one["text"], kind, area=one.get("area", ""))
        if kind is LineKind.ACTION:
            screen.describe_action(
                responsible=self._desk.names(case)[one["responsible"]],
                due=one["due"],
                follow_up=one.get("follow_up"),
                own_part=one.get("own_part", ""),
            )
        if "goal" in one:
            screen.put_under(one["text"], goals.get(one["goal"], one["goal"]))

    def _promised(self, case: Table, day: date) -> Iterator[tuple[Table, Table, bool]]:
        """Yield each promise that belongs to a goal, with it, and whether the plan has it not."""
        told = self._stage.cases[case["code"]]
        before = max((one for one in self.days(case) if one < day), default=date.min)
        goals = {one["id"]: one for one in case.get("goal", ())}
        for meeting in case["meeting"]:
            for action in meeting.get("action", ()):
                if action["id"] in told.items and "goal" in action:
                    yield action, goals[action["goal"]], meeting["date"] > before


def tell_at(person: Person, words: Words, around: Around, stage: Stage) -> Tellers:
    """Return those who tell what happens at the screens of a window."""
    desk = Desk(person=person, words=words, stage=stage, around=around)
    return Tellers(
        people=PeopleAtScreens(desk),
        papers=PapersAtScreens(desk),
        meetings=MeetingsAtScreens(desk),
        plans=PlansAtScreens(desk),
    )


def _day(day: date) -> str:
    return load_language(SWEDISH).date_short(day)
