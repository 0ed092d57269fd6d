"""How the withdrawal desk speaks: what has stopped, who received what, and what now. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, assert_never

from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.receipts import Route
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.domain.withdrawal import Consequence, Stop
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.agency_words import function_word
from trygga_desktop.ui.case_words import phase_label
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from datetime import datetime

    from trygga_desktop.services.letters import Letter
    from trygga_desktop.services.receipts import Receipt
    from trygga_desktop.services.withdrawals import UncoveredMeeting, Withdrawal

_DAYS_IN_FULL = 2


class StoppedPart(NamedTuple):
    """One thing that has stopped, or that somebody has to stop."""

    icon: str
    tone: Tone
    title: str
    line: str


class ReceivedLine(NamedTuple):
    """One row of who has received what; `letter` is None where none is written."""

    who: str
    role: str
    what: str
    about: str
    when: str
    how: str
    letter: PillValue | None


class DeskWords:
    """Words about one withdrawal, in one language."""

    def __init__(self, found: Withdrawal, language: Language) -> None:
        self._found = found
        self._language = language
        self.names = ConsentNames(
            people=found.people,
            organisations=found.organisations,
            directory=found.directory,
            catalogue=found.catalogue,
            on=found.today,
            language=language,
        )

    @property
    def is_whole(self) -> bool:
        """Tell whether somebody took back everything, so that nothing is shared by consent."""
        return any(stop.is_whole for stop in self._found.stops)

    @property
    def counts(self) -> bool:
        """Tell whether what the signers said counts at all."""
        found = self._found
        return found.chain is ChainStanding.HOLDS and found.confirmation is Confirmation.CONFIRMED

    def no_letters(self) -> str:
        """Return why there is no letter."""
        _ = self._language.gettext
        if not self.counts:
            return _("No letter is made as long as the consents do not count.")
        return _("What stopped was not shared with any agency, so that none has to be told.")

    def banner(self) -> tuple[str, str]:
        """Return that sharing is stopped and since when, and below it who took back what."""
        _ = self._language.gettext
        stops = self._found.stops
        stopping = [stop for stop in stops if stop.is_whole == self.is_whole]
        since = min(stop.recorded_at for stop in stopping)
        if self.is_whole:
            title = _("Sharing is stopped since {day} at {time}")
        elif all(stop.recorded_at == since for stop in stopping):
            title = _("Sharing with {organisations} is stopped since {day} at {time}")
        else:
            # One moment would be wrong for some of them; below it is told who stopped which when.
            title = _("Sharing with {organisations} is stopped")
        told = [*map(self._taken_back, stops), self._consequence()]
        return (
            title.format(
                organisations=self._definite(
                    one for stop in stopping for one in stop.organisations
                ),
                day=self._day(since),
                time=self._language.time(since),
            ),
            " ".join(told),
        )

    def stopped(self) -> tuple[StoppedPart, ...]:
        """Return what has stopped by itself, and what somebody has to see to."""
        running = self._in_state(MeetingState.RUNNING)
        planned = self._in_state(MeetingState.PLANNED)
        parts = [self._sharing()]
        if running:
            # There people sit at this moment.
            parts.insert(0, self._running(running))
        if planned or not running:
            parts.append(self._planned(planned))
        return (*parts, self._commitments())

    def received(self) -> tuple[ReceivedLine, ...]:
        """Return who has received what, as far as the vault keeps it."""
        return tuple(self._line(one) for one in self._found.receipts)

    def receipts_note(self) -> str:
        """Return on what the list rests, and what the vault does not keep."""
        _ = self._language.gettext
        if self._found.chain is not ChainStanding.HOLDS:
            return _(
                "The recorded consents are not as they were left. What the screens could show "
                "cannot be told for certain, and may have been more than stands here."
            )
        told = _(
            "Put together from who was in the room, what was written by then, and what the "
            "consents of that moment let the screen show. What was said aloud is not recorded, "
            "nor for whom pages were printed or saved."
        )
        later = _(
            "Answers on limits, birth dates and custody count as they are now: if they were "
            "changed later, more may have been seen than stands here."
        )
        return f"{told} {later}"

    def what_now(self) -> tuple[str, ...]:
        """Return what follows, and what opens sharing again."""
        _ = self._language.gettext
        told = []
        given = self.names.people(self._found.still_given)
        if self.is_whole and given:
            text = self._language.ngettext(
                "The consent of {names} is not enough alone: everyone who must sign decides.",
                "The consents of {names} are not enough alone: everyone who must sign decides.",
                len(given),
            )
            told.append(text.format(names=self.names.list_words(given)))
        told.append(self._way_on())
        told.append(
            _(
                "Duties under law still apply, as child concern reports and what the police must "
                "be told. They need no consent."
            )
        )
        return tuple(told)

    def seat(self, name: str, organisation: str) -> str:
        """Return somebody invited, and whom they speak for."""
        _ = self._language.gettext
        return _("{name}, {organisation}").format(
            name=_line(name), organisation=_line(organisation)
        )

    def meeting(self, number: int, starts_at: datetime) -> str:
        """Return which meeting, and when."""
        _ = self._language.gettext
        return _("Meeting {number}, {day} at {time}").format(
            number=number, day=self._day(starts_at), time=self._language.time(starts_at)
        )

    def letter_pill(self, letter: Letter) -> PillValue:
        """Return how far a letter has come."""
        _ = self._language.gettext
        if letter.printed_at is not None:
            return PillValue(_("Letter printed"), Tone.OK, "printer-check")
        if letter.saved_at is not None:
            return PillValue(_("Letter saved"), Tone.OK, "download")
        return PillValue(_("Letter waits"), Tone.INFO, "mail")

    def _taken_back(self, stop: Stop) -> str:
        _ = self._language.gettext
        name = self.names.full_name(stop.signer)
        if stop.is_whole:
            text = _("{name} took back the whole consent on {day}.")
        else:
            text = _("{name} took back what concerns {organisations} on {day}.")
        return text.format(
            name=name,
            organisations=self._definite(stop.organisations),
            day=self._language.date_long(stop.on),
        )

    def _consequence(self) -> str:
        _ = self._language.gettext
        found = self._found
        match found.consequence:
            case Consequence.PAUSED:
                return _("The case is paused, as the programme has it.")
            case Consequence.GOES_ON if not self.counts:
                return self._nothing_counts()
            case Consequence.GOES_ON if self.is_whole:
                return _("The case goes on without sharing, as the programme has it.")
            case Consequence.GOES_ON:
                return _("The rest holds, and the case goes on.")
            case Consequence.SHARES_NOTHING:
                phase = phase_label(found.step.phase, self._language)
                text = _("The phase of the case is {phase}, and nothing is shared in it.")
                return text.format(phase=phase)
            case _:
                assert_never(found.consequence)

    def _nothing_counts(self) -> str:
        _ = self._language.gettext
        if self._found.chain is not ChainStanding.HOLDS:
            return _("Nothing is shared in the case, and nothing can be recorded.")
        return _("Nothing counts before somebody has compared the consents with the papers.")

    def _way_on(self) -> str:
        _ = self._language.gettext
        match self._found.consequence:
            case Consequence.PAUSED:
                return _(
                    "Keep the case paused, close it, or let it go on once everyone has signed anew."
                )
            case Consequence.GOES_ON if not self.counts:
                return self._nothing_counts()
            case Consequence.GOES_ON:
                return _("Invite and write only for those who are still covered.")
            case Consequence.SHARES_NOTHING:
                return _(
                    "Sharing opens again when everyone has signed anew and the case is in a phase "
                    "that shares."
                )
            case _:
                assert_never(self._found.consequence)

    def _sharing(self) -> StoppedPart:
        _ = self._language.gettext
        line = _("On screens, on paper and in files.")
        title = _("All sharing")
        if self.counts and not self.is_whole:
            taken = (one for stop in self._found.stops for one in stop.organisations)
            title = _("Sharing with {organisations}").format(organisations=self._definite(taken))
        return StoppedPart("circle-check", Tone.OK, title, line)

    def _in_state(self, state: MeetingState) -> tuple[UncoveredMeeting, ...]:
        return tuple(one for one in self._found.meetings if one.state is state)

    def _running(self, meetings: tuple[UncoveredMeeting, ...]) -> StoppedPart:
        title = self._language.ngettext(
            "{count} meeting is running", "{count} meetings are running", len(meetings)
        )
        seats = sum(len(one.seats) for one in meetings)
        line = self._language.ngettext(
            "{count} place is not covered. Let them leave the room, or end the meeting.",
            "{count} places are not covered. Let them leave the room, or end the meeting.",
            seats,
        )
        return StoppedPart(
            "circle-alert", Tone.WARN, title.format(count=len(meetings)), line.format(count=seats)
        )

    def _planned(self, meetings: tuple[UncoveredMeeting, ...]) -> StoppedPart:
        _ = self._language.gettext
        if not meetings:
            text = _("Nobody is invited who is not covered.")
            return StoppedPart("circle-check", Tone.OK, _("No meeting is affected"), text)
        title = self._language.ngettext(
            "{count} planned meeting", "{count} planned meetings", len(meetings)
        )
        seats = sum(len(one.seats) for one in meetings)
        line = self._language.ngettext(
            "{count} place is not covered. Call it off, or go on without them.",
            "{count} places are not covered. Call it off, or go on without them.",
            seats,
        )
        return StoppedPart(
            "calendar-x", Tone.WARN, title.format(count=len(meetings)), line.format(count=seats)
        )

    def _commitments(self) -> StoppedPart:
        _ = self._language.gettext
        count = len(self._found.commitments)
        if not count:
            text = _("No agency that is not covered has promised anything that is open.")
            return StoppedPart("circle-check", Tone.OK, _("No commitment is affected"), text)
        title = self._language.ngettext(
            "{count} open commitment", "{count} open commitments", count
        ).format(count=count)
        line = _("Not shown to others. Each agency sees its own.")
        return StoppedPart("circle-check", Tone.OK, title, line)

    def _line(self, receipt: Receipt) -> ReceivedLine:
        who, role = self._who(receipt)
        what, about = self._what(receipt)
        letters = {one.organisation_id: one for one in self._found.letters}
        organisation = receipt.organisation_id
        letter = None if organisation is None else letters.get(organisation)
        return ReceivedLine(
            who=who,
            role=role,
            what=what,
            about=about,
            when=self._when(receipt),
            how=self._how(receipt),
            letter=None if letter is None else self.letter_pill(letter),
        )

    def _who(self, receipt: Receipt) -> tuple[str, str]:
        _ = self._language.gettext
        organisation = receipt.organisation_id
        role = receipt.title
        if not role and organisation is None:
            role = "".join(
                function_word(one, self._language) for one in sorted(receipt.functions)[:1]
            )
        if organisation is not None:
            told = [_line(one) for one in (receipt.name, role) if one]
            return self.names.own_name(organisation), ", ".join(told)
        if receipt.name or receipt.is_family:
            name = receipt.name or _("Somebody of the family")
            return _line(name), _line(role) if role else ""
        return _("Not recorded for whom"), ""

    def _what(self, receipt: Receipt) -> tuple[str, str]:
        _ = self._language.gettext
        count = sum(one.count for one in receipt.times)
        about = self._about(count, {code for one in receipt.times for code in one.categories})
        meetings = self._numbers(receipt)
        match receipt.route:
            case Route.SCREEN if not count:
                text = _("Was in the room, {meetings}")
                return text.format(meetings=meetings), _("The screen showed nothing of the case.")
            case Route.SCREEN:
                return _("Saw the screen, {meetings}").format(meetings=meetings), about
            case Route.PROTOCOL_PRINTED | Route.PROTOCOL_SAVED:
                return _("The protocol, {meetings}").format(meetings=meetings), ""
            case Route.EXCERPT:
                return _("Excerpt, {meetings}").format(meetings=meetings), ""
            case Route.PACKET:
                return _("Packet, {meetings}").format(meetings=meetings), about
            case Route.OTHER_GROUND:
                return about, self._ground(receipt.ground)
            case _:
                assert_never(receipt.route)

    def _about(self, count: int, categories: Iterable[str]) -> str:
        text = self._language.ngettext(
            "{count} entry: {categories}", "{count} entries: {categories}", count
        )
        known = sorted(map(self.names.category, categories), key=self._language.sort_key)
        return text.format(count=count, categories=", ".join(known))

    def _numbers(self, receipt: Receipt) -> str:
        numbers = sorted({one.number for one in receipt.times})
        text = self._language.ngettext("meeting {numbers}", "meetings {numbers}", len(numbers))
        return text.format(numbers=self._language.list_words([str(one) for one in numbers]))

    def _ground(self, code: str) -> str:
        try:
            ground = self._found.catalogue.legal_ground(code)
        except UnknownCodeError:
            return _line(code)
        name = ground.title.in_language(self._language.code)
        if ground.is_verified:
            return name
        mark = self._language.gettext("To be confirmed by a lawyer")
        return f"{name} · {mark}"

    def _when(self, receipt: Receipt) -> str:
        days = sorted({one.on for one in receipt.times})
        if receipt.until is None and len(days) <= _DAYS_IN_FULL:
            return "\n".join(self._language.date_long(one) for one in days)
        _ = self._language.gettext
        return _("{since} to {until}").format(
            since=self._language.date_long(days[0]),
            until=self._language.date_long(receipt.until or days[-1]),
        )

    def _how(self, receipt: Receipt) -> str:
        _ = self._language.gettext
        by = _line(receipt.by)
        match receipt.route:
            case Route.SCREEN:
                return _("At the meeting")
            case Route.PROTOCOL_PRINTED:
                return _("Printed by {name}").format(name=by)
            case Route.PROTOCOL_SAVED:
                return _("Saved as a file by {name}").format(name=by)
            case Route.EXCERPT:
                return _("Given by {name}").format(name=by)
            case Route.PACKET:
                return _("Packet made by {name}").format(name=by)
            case Route.OTHER_GROUND:
                return _("Without consent, decided by {name}").format(name=by)
            case _:
                assert_never(receipt.route)

    def _definite(self, organisations: Iterable[object]) -> str:
        known = {one.id for one in self._found.directory.organisations}
        wanted = sorted({self.names.definite(one) for one in known & set(organisations)})
        return self.names.list_words(wanted)

    def _day(self, moment: datetime) -> str:
        return self._language.date_long(moment.astimezone(STOCKHOLM).date())


def _line(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME)
