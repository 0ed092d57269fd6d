"""What stands in the form for telling something on another legal ground. No widgets."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.grounds import Condition, ConditionKind, LegalGround, Needed
from trygga_desktop.ui.consent_words import is_too_long, read_day
from trygga_desktop.ui.typed import (
    Typed,
    codes_of,
    id_in,
    ids_in,
    one_of,
    read_typed,
    sorted_codes,
    write_typed,
)

LONGEST_DECIDER = 200
"""What a name and a position may have at most in characters."""


# What the names of answers begin with in a draft.
_SAID = "said "
_WORDS = "words "


class Said(StrEnum):
    """What a person answers to a question of fact. Not knowing is an answer, and never enough."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class TextField(StrEnum):
    """The texts of the form besides the answers, by the codes that errors name."""

    MOTIVE = "motive"
    DECIDED_BY = "decided_by"
    ON = "on"
    UNTIL = "until"


class Missing(StrEnum):
    """What keeps a decision from being recorded, in the order of the form."""

    ITEMS = "items"
    RECIPIENTS = "recipients"
    GROUND = "ground"
    ANSWERS = "answers"
    UNKNOWN = "unknown"
    AGAINST = "against"
    MOTIVE = "motive"
    LENGTH = "length"
    DECIDED_BY = "decided_by"
    DAY = "day"
    UNTIL = "until"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundForm:
    """Everything chosen and typed so far.

    What was ticked or answered stays when something before it is chosen anew: `said` and `words`
    are by ground and condition, and what does not belong to the choice only waits.
    """

    giver: UUID | None = None
    category: str = ""
    items: frozenset[UUID] = frozenset()
    recipients: frozenset[UUID] = frozenset()
    ground: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[TextField, str] = field(default_factory=dict)

    def text_in(self, where: TextField) -> str:
        """Return what stands in a field, as typed."""
        return self.texts.get(where, "")

    def day_in(self, where: TextField) -> date | None:
        """Return the day that stands in a field, or None where there is none."""
        return read_day(self.text_in(where))

    def words_in(self, ground: LegalGround, condition: Condition) -> str:
        """Return what somebody answered in words."""
        return self.words.get(_key(ground, condition), "")

    def said_to(self, ground: LegalGround, condition: Condition, *, age: int | None) -> Said | None:
        """Return the answer to a question of fact: somebody's own, or that of the birth date."""
        own = self.said.get(_key(ground, condition))
        if own is None and condition.is_yes_at(age):
            return Said.YES
        return own

    def with_text(self, where: TextField, text: str) -> "GroundForm":
        """Return the form with this text in a field."""
        others = {one: typed for one, typed in self.texts.items() if one is not where}
        return replace(self, texts={**others, where: text} if text else others)

    def with_said(self, ground: LegalGround, condition: Condition, said: Said) -> "GroundForm":
        """Return the form with this answer."""
        return replace(self, said={**self.said, _key(ground, condition): said})

    def with_words(self, ground: LegalGround, condition: Condition, text: str) -> "GroundForm":
        """Return the form with this answer in words."""
        key = _key(ground, condition)
        others = {one: typed for one, typed in self.words.items() if one != key}
        return replace(self, words={**others, key: text} if text else others)

    def answers(self, ground: LegalGround, *, age: int | None) -> tuple[GroundAnswer, ...]:
        """Return every answer, as the use case takes it."""
        found = []
        for one in ground.conditions:
            said = self.said_to(ground, one, age=age)
            is_fact = one.kind is ConditionKind.YES_NO
            holds = said is Said.YES if is_fact and said in {Said.YES, Said.NO} else None
            words = "" if is_fact else self.words_in(ground, one).strip()
            found.append(GroundAnswer(condition=one.code, holds=holds, words=words))
        return tuple(found)

    def missing_answer(self, ground: LegalGround, *, age: int | None) -> Missing | None:
        """Return why the answers are not enough: the first question that lacks one."""
        for one in ground.conditions:
            if one.kind is not ConditionKind.YES_NO:
                if not self.words_in(ground, one).strip():
                    return Missing.ANSWERS
                continue
            flaw = said_flaw(one, self.said_to(ground, one, age=age))
            if flaw is not None:
                return flaw
        return None

    def missing_text(self, ground: LegalGround, *, today: date) -> Missing | None:
        """Return what is wrong with the texts that this ground asks for."""
        motive, decider = self.text_in(TextField.MOTIVE), self.text_in(TextField.DECIDED_BY)
        if not motive.strip():
            return Missing.MOTIVE
        answers = (self.words_in(ground, one) for one in ground.conditions)
        if any(is_too_long(one) for one in (motive, *answers)):
            return Missing.LENGTH
        if not decider.strip():
            return Missing.DECIDED_BY
        if len(decider) > LONGEST_DECIDER:
            return Missing.LENGTH
        on, until = self.day_in(TextField.ON), self.day_in(TextField.UNTIL)
        if on is None or on > today:
            return Missing.DAY
        return Missing.UNTIL if until is None or until < today else None


def said_flaw(condition: Condition, said: Said | None) -> Missing | None:
    """Return why an answer to a question of fact does not carry the ground."""
    if said is None:
        return Missing.ANSWERS
    if said is Said.UNKNOWN:
        return Missing.UNKNOWN
    needed = Said.YES if condition.needed is Needed.YES else Said.NO
    return None if condition.needed is None or said is needed else Missing.AGAINST


def to_draft(form: GroundForm, *, blank: GroundForm) -> str:
    """Return the form as the text of a draft; nothing for one that nobody has touched."""
    if form == blank:
        return ""
    chosen = {
        "giver": codes_of(form.giver),
        "category": codes_of(form.category or None),
        "items": sorted_codes(form.items),
        "recipients": sorted_codes(form.recipients),
        "ground": codes_of(form.ground or None),
        **{f"{_SAID}{key}": codes_of(one) for key, one in form.said.items()},
    }
    words = {f"{_WORDS}{key}": text for key, text in form.words.items()}
    texts = {str(where): text for where, text in form.texts.items()}
    return write_typed(Typed(texts={**texts, **words}, chosen=chosen))


def from_draft(text: str) -> GroundForm | None:
    """Return the form that a draft holds, or None where it cannot be read."""
    typed = read_typed(text)
    if typed is None:
        return None
    chosen = typed.chosen
    said = {_after(_SAID, name): one_of(chosen, name) for name in chosen if name.startswith(_SAID)}
    words = {name: text for name, text in typed.texts.items() if name.startswith(_WORDS)}
    return GroundForm(
        giver=id_in(chosen, "giver"),
        category=one_of(chosen, "category"),
        items=frozenset(ids_in(chosen, "items")),
        recipients=frozenset(ids_in(chosen, "recipients")),
        ground=one_of(chosen, "ground"),
        said={key: Said(one) for key, one in said.items() if one in set(Said)},
        words={_after(_WORDS, name): text for name, text in words.items()},
        texts={one: typed.texts[one] for one in TextField if one in typed.texts},
    )


def _key(ground: LegalGround, condition: Condition) -> str:
    return f"{ground.code}/{condition.code}"


def _after(prefix: str, name: str) -> str:
    return name.removeprefix(prefix)
