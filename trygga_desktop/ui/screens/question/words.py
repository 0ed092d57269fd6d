"""What the answer says: yes or no in a line, why, on what it rests, what would change it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.agencies import Duty
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.i18n import Language
from trygga_desktop.services.questions import (
    AskedItem,
    CaseQuestions,
    Listener,
    answer_together,
)
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.reason_words import LEAVE_ROOM, OTHER_GROUND, ReasonWords
from trygga_desktop.ui.screens.question.listeners import ListenerNames
from trygga_desktop.ui.screens.question.slots import SlotFacts
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue

_MOST_NAMES = 3
_OF_THE_GIVER = frozenset({Reason.GIVER_NOT_COVERED, Reason.DIRECTION_NOT_COVERED})


class Ways(NamedTuple):
    """Ways to make it possible, under what stands above them."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer in words.

    `also` are the further reasons in order, `rows` what it rests on, what to mind and when it ends,
    each with its label. `copied` is the answer in a sentence that names nobody; where it
    `is_sensitive`, it shows somebody's situation all the same. `without_consent` marks what passes
    on another ground. `aloud` is all that is announced.
    """

    is_yes: bool
    headline: str
    sentence: str
    copied: str
    is_sensitive: bool
    without_consent: bool = False
    also: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    ways: tuple[Ways, ...] = ()
    duty: str = ""

    @property
    def aloud(self) -> str:
        """Return what a screen reader says when the answer has changed."""
        return f"{self.headline}. {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Room:
    """One question: an item, those who are chosen, and what is decided for each of them."""

    asked: AskedItem
    decision: Decision
    each: tuple[tuple[Listener, Decision], ...] = field(default=())

    @property
    def against(self) -> list[Listener]:
        return [one for one, decision in self.each if not decision.allowed]

    def with_reason(self, reason: Reason) -> list[Listener]:
        """Return those for whom a reason holds; a room of interpreters has one of its own."""
        found = [one for one, told in self.each if reason in {told.reason, *told.also}]
        return found or [one for one, _ in self.each]


class AnswerWords:
    """Answers questions about one hearing of a case, in one language."""

    def __init__(
        self, found: CaseQuestions, hearing: int, reasons: ReasonWords, language: Language
    ) -> None:
        self._found = found
        self._hearing = hearing
        self._reasons = reasons
        self._language = language
        self._on = found.hearings[hearing]
        self.names = ConsentNames(
            people=found.people,
            organisations=found.organisations,
            directory=found.directory,
            catalogue=found.catalogue,
            on=self._on.on,
            language=language,
        )
        self.listeners = ListenerNames(found, self.names, language)
        self._facts = SlotFacts(found, self._on, self.names, language)

    def pill(self, decision: Decision) -> PillValue:
        """Return the answer for one listener in a word; without consent it says so."""
        _ = self._language.gettext
        if decision.reason is Reason.LEGAL_GROUND:
            return self._reasons.pill(decision.reason)
        if decision.allowed:
            return PillValue(_("Yes"), Tone.OK, "check")
        return PillValue(_("No"), Tone.MUTE, "ban")

    def answer(self, asked: AskedItem, chosen: Collection[UUID]) -> Told | None:
        """Return the answer for those who are chosen, or None where nobody is."""
        each = tuple(
            (one, decision)
            for one, decision in zip(
                self._on.listeners, asked.decisions[self._hearing], strict=True
            )
            if one.id in chosen
        )
        if not each:
            return None
        decision = answer_together(asked, self._hearing, self._found, chosen=chosen)
        room = _Room(asked=asked, decision=decision, each=each)
        return self._yes(room) if decision.allowed else self._no(room)

    def _yes(self, room: _Room) -> Told:
        _ = self._language.gettext
        permits = {decision.reason for _one, decision in room.each}
        return Told(
            is_yes=True,
            headline=_("Yes, you may raise it"),
            sentence=self._sentence(room, room.decision.reason, is_statement=True),
            copied=self._copied(room),
            is_sensitive=self._reasons.is_sensitive(room.decision.reason),
            without_consent=Reason.LEGAL_GROUND in permits,
            rows=self._rows(room, permits),
        )

    def _no(self, room: _Room) -> Told:
        reasons = (room.decision.reason, *room.decision.also)
        return Told(
            is_yes=False,
            headline=self._headline(room),
            sentence=self._sentence(room, reasons[0], is_statement=True),
            copied=self._copied(room),
            is_sensitive=self._reasons.is_sensitive(reasons[0]),
            also=tuple(self._sentence(room, one, is_statement=True) for one in reasons[1:]),
            ways=self._ways(room, reasons),
            duty=self._duty(room),
        )

    def _headline(self, room: _Room) -> str:
        _ = self._language.gettext
        against, allowed = room.against, len(room.each) - len(room.against)
        called = dict.fromkeys(self.listeners.within(one, None, named=True) for one in against)
        if not against or not allowed or len(called) > _MOST_NAMES:
            return _("No, you may not raise it")
        return self._language.ngettext(
            "No, not while {names} is in the room",
            "No, not while {names} are in the room",
            len(called),
        ).format(names=self._language.list_words(list(called)))

    def _sentence(
        self, room: _Room, reason: Reason, *, is_statement: bool, named: bool = True
    ) -> str:
        slots = self._facts.fill(reason, room.asked, room.with_reason(reason), named=named)
        if is_statement:
            return self._reasons.statement(reason, slots)
        return self._reasons.sentence(reason, slots)

    def _copied(self, room: _Room) -> str:
        return self._sentence(room, room.decision.reason, is_statement=False, named=False)

    def _rows(self, room: _Room, permits: Collection[Reason]) -> tuple[tuple[str, str], ...]:
        _ = self._language.gettext
        rests = [
            self._sentence(room, reason, is_statement=True)
            for reason in sorted(permits)
            if reason not in {room.decision.reason, Reason.CONSENT_COVERS}
        ]
        ends = []
        if Reason.CONSENT_COVERS in permits:
            rests += self._consents()
            ends += self._consent_ends()
        if Reason.LEGAL_GROUND in permits:
            ends += self._ground_ends(room)
        if not rests:
            rests = [self._rest(room.decision.reason)]
        rows = [
            (_("Rests on"), "\n".join(rests)),
            (_("Mind"), "\n".join(self._minds(room, permits))),
        ]
        rows.append((_("Ends"), "\n".join(ends)))
        return tuple((label, text) for label, text in rows if text)

    def _rest(self, reason: Reason) -> str:
        """Return in a word or two what an answer rests on that rests on no consent."""
        _ = self._language.gettext
        words: Mapping[Reason, str] = {
            Reason.OWN_INFORMATION: _("Their own information"),
            Reason.OWN_FILE: _("The board's own case file"),
            Reason.OWN_PERSON: _("The information is about the one who is told"),
            Reason.GUARDIAN_OF_CHILD: _("The guardian's right to know about their child"),
            Reason.INTERPRETS: _("The interpreter's duty of confidentiality"),
            Reason.CHOSEN_SUPPORT: _("The young person's own choice"),
            Reason.LEGAL_GROUND: _("A decision on another legal ground, without consent"),
            Reason.NAMED_READER: _("The right to open the guarded part"),
        }
        return words.get(reason, _("The consent"))

    def _consents(self) -> list[str]:
        _ = self._language.gettext
        periods: dict[tuple[str, str], list[UUID]] = {}
        for one in self._facts.in_force:
            day = self._language.date_long
            periods.setdefault((day(one.valid_from), day(one.valid_to)), []).append(one.signer)
        return [
            _("The consent of {names}, from {since} to {until}").format(
                names=self._facts.names_of(signers), since=since, until=until
            )
            for (since, until), signers in periods.items()
        ]

    def _consent_ends(self) -> list[str]:
        _ = self._language.gettext
        in_force = self._facts.in_force
        if not in_force:
            return []
        day = self._language.date_long(min(one.valid_to for one in in_force))
        names = self._facts.names_of([one.signer for one in in_force])
        return [
            self._language.ngettext(
                "When {names} takes it back, at the latest after {date}",
                "When one of {names} takes it back, at the latest after {date}",
                len(in_force),
            ).format(names=names, date=day)
        ]

    def _ground_ends(self, room: _Room) -> list[str]:
        used = self._facts.ground(room.asked, room.with_reason(Reason.LEGAL_GROUND))
        if used is None:
            return []
        text = self._language.gettext("The decision without consent: after {date}")
        return [text.format(date=self._language.date_long(used.use.until))]

    def _minds(self, room: _Room, permits: Collection[Reason]) -> list[str]:
        _ = self._language.gettext
        minds = []
        if self._on.binds_later and any(not one.recipient.person_id for one, _d in room.each):
            minds.append(_("It counts on everyone confirming the duty of confidentiality first."))
        if any(one.recipient.supports for one, _d in room.each) and self._on.binds_later:
            minds.append(_("A support person may only be there if the young person wants it."))
        if Reason.CONSENT_COVERS in permits and room.asked.item.markings:
            minds.append(_("Somebody has judged that no exclusion or limit stands in the way."))
        used = self._facts.ground(room.asked, room.with_reason(Reason.LEGAL_GROUND))
        ground = None if used is None else self._facts.legal_ground(used)
        if Reason.LEGAL_GROUND in permits and ground is not None and ground.unverified:
            minds.append(_("The text of the ground is to be confirmed by a lawyer."))
        return minds

    def _ways(self, room: _Room, reasons: Sequence[Reason]) -> tuple[Ways, ...]:
        """Return what is enough by itself, and what is needed together where one is not enough."""
        said, language = self._reasons, self._language
        to = room.against or room.with_reason(reasons[0])
        slots = self._slots_of_ways(room, reasons, to)
        alone = self._alone(room)
        each = said.changes(reasons, slots, without={LEAVE_ROOM, OTHER_GROUND})
        last = []
        if said.passes_by(OTHER_GROUND, reasons):
            last.append(said.way(OTHER_GROUND, slots))
        if len(reasons) == 1 or len(each) < 2:  # noqa: PLR2004  one way is no several
            return _filled(Ways(said.changes_heading(reasons[:1]), (*alone, *each, *last)))
        together = Ways(said.changes_heading(reasons), each)
        enough = Ways(said.changes_heading(reasons[:1]), (*alone, *last))
        if not enough.lines:
            return _filled(together)
        heading = language.gettext("Or all of this together")
        return _filled(enough, together._replace(heading=heading))

    def _slots_of_ways(
        self, room: _Room, reasons: Sequence[Reason], to: Sequence[Listener]
    ) -> Mapping[str, str]:
        """Return the slots, with who gives it beside who hears it where just that is missing."""
        slots = dict(self._facts.fill(reasons[0], room.asked, to))
        if not _OF_THE_GIVER.isdisjoint(reasons) and slots["giver"]:
            text = self._language.gettext("{recipients}, from {giver}")
            slots["recipient"] = text.format(recipients=slots["recipients"], giver=slots["giver"])
        return slots

    def _alone(self, room: _Room) -> list[str]:
        """Return what is enough whatever the reasons are: the easiest of all ways."""
        language = self._language
        _ = language.gettext
        found = []
        item = room.asked.item
        if item.said_by is not None and room.asked.part is Part.CASE:
            name = self.names.person(item.said_by)
            found.append(_("{name} may tell it themselves.").format(name=name))
        allowed = len(room.each) - len(room.against)
        called = dict.fromkeys(self.listeners.within(one, None, named=True) for one in room.against)
        if called and allowed:
            text = language.ngettext(
                "Raise it when {names} is not in the room.",
                "Raise it when {names} are not in the room.",
                len(called),
            )
            found.append(text.format(names=language.list_words(list(called))))
        return found

    def _duty(self, room: _Room) -> str:
        """Return the reminder where the giver may have a duty towards one who may not know it."""
        giver = room.asked.item.origin_id
        if giver is None or self._duty_of(giver) in {None, Duty.NO, Duty.RECIPIENT}:
            return ""
        for one in room.against:
            organisation = one.recipient.organisation_id
            if organisation is not None and self._duty_of(organisation) is Duty.RECIPIENT:
                return self._reasons.duty_reminder(self.names.definite(giver))
        return ""

    def _duty_of(self, organisation_id: UUID) -> Duty | None:
        try:
            agency = self._found.catalogue.agency(self.names.kind(organisation_id))
        except UnknownCodeError:
            return None
        return agency.police_duty.applies


def _filled(*ways: Ways) -> tuple[Ways, ...]:
    return tuple(one for one in ways if one.lines)
