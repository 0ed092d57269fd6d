"""An excerpt in plain words, for the young person whom the meeting was about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Heading,
    KeyValue,
    KeyValues,
    OwnWords,
    PageFrame,
    Paragraph,
    Statement,
    Title,
)
from trygga_desktop.documents.excerpt import Excerpt, corrections
from trygga_desktop.documents.head import head
from trygga_desktop.documents.protocol import (
    ActionEntry,
    CarriedAction,
    DecisionEntry,
    Entry,
    NoteEntry,
    OwnWordsEntry,
    Presence,
    ProtocolContent,
    StatementEntry,
)
from trygga_desktop.i18n import STOCKHOLM, Language

T = TypeVar("T", bound=Entry)


def compose(content: ProtocolContent, excerpt: Excerpt, language: Language) -> tuple[Block, ...]:
    """Return the excerpt as blocks, its own words in the language that is asked for."""
    return tuple(_Composer(content, excerpt, language).blocks())


@dataclass(frozen=True, slots=True)
class _Composer:
    content: ProtocolContent
    excerpt: Excerpt
    language: Language

    def blocks(self) -> Iterator[Block]:
        yield self._frame()
        yield self._title()
        yield from self._opening()
        yield from self._who()
        yield from self._own_words()
        yield from self._decisions()
        yield from self._promises()
        yield from self._told()
        yield from corrections(self.excerpt, self.language)
        yield from self._closing()

    def _frame(self) -> PageFrame:
        given = self.content
        return PageFrame(head_left=self._about(), head_right=given.case_number, foot=given.secrecy)

    def _title(self) -> Title:
        _ = self.language.gettext
        given = self.content
        return head(
            municipality=given.municipality,
            organisation=given.organisation,
            kind=_("In plain words"),
            text=self._about(),
            subtitle=given.shown_name,
            arms=given.arms,
        )

    def _about(self) -> str:
        _ = self.language.gettext
        day = self.content.starts_at.astimezone(STOCKHOLM).date()
        return _("The meeting on {day}").format(day=self.language.date_long(day))

    def _opening(self) -> Iterator[Block]:
        _ = self.language.gettext
        given = self.content
        yield Paragraph(
            text=_(
                "This is written for you. It says what you may have of what was said and decided."
                " It is not the whole protocol. This is copy {copy}."
            ).format(copy=self.excerpt.copy)
        )
        facts = (
            (_("When"), self.language.time(given.starts_at)),
            (_("Where"), given.place),
            (_("Who led the meeting"), given.chair),
        )
        yield KeyValues(
            pairs=tuple(
                KeyValue(label=label, value=value) for label, value in facts if value.strip()
            )
        )

    def _who(self) -> Iterator[Block]:
        _ = self.language.gettext
        there = [one for one in self.content.participants if one.presence is Presence.PRESENT]
        if there:
            yield Heading(text=_("Who was there"))
            yield Bullets(items=tuple(_with(one.name, one.agency) for one in there))

    def _own_words(self) -> Iterator[Block]:
        _ = self.language.gettext
        said = list(self._all(OwnWordsEntry))
        if said:
            yield Heading(text=_("What was said in own words"))
            for one in said:
                label = _("{name}, own words").format(name=one.who)
                yield OwnWords(label=label, text=one.text)

    def _decisions(self) -> Iterator[Block]:
        _ = self.language.gettext
        decisions = list(self._all(DecisionEntry))
        if not decisions:
            return
        yield Heading(text=_("What was decided"))
        for one in decisions:
            yield Statement(source=_("{agency} decided").format(agency=one.agency), text=one.text)
            for dissent in one.dissents:
                label = _("{name} does not agree").format(name=dissent.who)
                yield OwnWords(label=label, text=dissent.text)

    def _promises(self) -> Iterator[Block]:
        _ = self.language.gettext
        own = self.excerpt.promises
        if own:
            yield Heading(text=_("What you have promised"))
            yield Bullets(
                items=tuple(_with(one.text, self._until(one.due), one.status) for one in own)
            )
        actions: list[ActionEntry | CarriedAction] = [
            *self.content.carried,
            *self._all(CarriedAction),
            *self._all(ActionEntry),
        ]
        if actions:
            yield Heading(text=_("What others have promised"))
            yield Bullets(
                items=tuple(
                    _with(one.text, one.person, one.agency, self._until(one.due), _status(one))
                    for one in actions
                )
            )

    def _told(self) -> Iterator[Block]:
        _ = self.language.gettext
        told = [(one.source, one.text) for one in self._all(StatementEntry)]
        told += [("", one.text) for one in self._all(NoteEntry)]
        if told:
            yield Heading(text=_("What we talked about"))
        for source, text in told:
            yield Statement(source=source or _("Note"), text=text)

    def _closing(self) -> Iterator[Block]:
        _ = self.language.gettext
        given = self.content
        if given.consents:
            yield Heading(text=_("What may be shared"))
            for one in given.consents:
                if one.agencies and one.valid_to is not None:
                    yield Paragraph(
                        text=_(
                            "{agencies} may tell each other some things about you until {day}."
                            " That can be taken back at any time."
                        ).format(
                            agencies=self.language.list_words(one.agencies),
                            day=self.language.date_long(one.valid_to),
                        )
                    )
        meeting = given.next_meeting
        if meeting is not None:
            yield Heading(text=_("Next meeting"))
            said = self.language.weekday_date(meeting.day)
            said = said[:1].upper() + said[1:]
            if meeting.starts_at is not None:
                time = self.language.time(meeting.starts_at)
                said = _("{day} at {time}").format(day=said, time=time)
            yield Paragraph(text=_with(said, meeting.place))
        yield Heading(text=_("If something is wrong"))
        yield Paragraph(
            text=_(
                "Tell {host}. You need not show this to anyone. Keep it where only you read it."
            ).format(host=self.excerpt.host)
        )

    def _all(self, kind: type[T]) -> Iterable[T]:
        for item in self.content.items:
            for entry in item.entries:
                if isinstance(entry, kind):
                    yield entry

    def _until(self, due: date | None) -> str:
        _ = self.language.gettext
        if due is None:
            return ""
        return _("by {day}").format(day=self.language.date_long(due))


def _status(action: ActionEntry | CarriedAction) -> str:
    """Return what became of an action; of one that was just promised nothing did yet."""
    return action.status if isinstance(action, CarriedAction) else ""


def _with(*parts: str) -> str:
    return ", ".join(part for part in parts if part.strip())
