"""Find what in a text may point somebody out where nobody says the name.

It warns and never decides: whether somebody can be recognised is for a person to answer. Names that
the case knows are found as they are written; the rest is found by what such words look like.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Tells(StrEnum):
    """What sort of thing points somebody out, in the order in which it is told."""

    NAME = "name"
    INITIALS = "initials"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    CONTACT = "contact"
    ADDRESS = "address"
    SCHOOL = "school"
    SCHOOL_CLASS = "school_class"
    SIBLING = "sibling"
    PLACE = "place"
    COMBINATION = "combination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One thing that may point somebody out; `spans` are begin and end of its words in the text.

    A combination has several: none of them tells much by itself.
    """

    kind: Tells
    spans: tuple[tuple[int, int], ...]

    def words_in(self, text: str) -> tuple[str, ...]:
        """Return the words that it is about, as they stand there."""
        return tuple(text[begin:end] for begin, end in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the case knows that nobody is to say; all of it as people write it.

    `names` are whole names of the young person and those around them, `places` what a place or an
    organisation is called, `born` days of birth as ISO dates.
    """

    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    born: frozenset[str] = frozenset()


_UPPER = "A-ZÅÄÖÉÜ"
_SHORTEST_NAME = 2
_FEWEST_FOR_INITIALS = 2
_FEW = 2
"""So many rare facts in one text are a combination."""

_NUMBER = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-+\u2013]?\s?\d{4}(?!\d)")
# What a word looks like that says it. Capitals count: "Skolgatan" is a street, "gatan" is none.
_LOOKS: tuple[tuple[Tells, re.Pattern[str]], ...] = (
    (
        Tells.BIRTH_DATE,
        re.compile(r"(?i)\b(?:född|born)\s+(?:den\s+|on\s+)?(?:\d|[a-zåäö]+\s\d)[\w .-]{0,20}"),
    ),
    (Tells.CONTACT, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")),
    (Tells.CONTACT, re.compile(r"(?<![\w@])@[\w.]{3,}")),
    (
        Tells.CONTACT,
        re.compile(r"(?<!\d)(?:\+46|0)\s?\d{1,3}[- ]?\d{2,3}(?:[- ]?\d{2,3}){1,3}(?!\d)"),
    ),
    (
        Tells.ADDRESS,
        re.compile(
            rf"\b[{_UPPER}]\w+(?:gatan|vägen|gränd|stigen|allén|torget|backen|gården)\b(?:\s\d+\s?[A-Za-z]?\b)?"
        ),
    ),
    (Tells.ADDRESS, re.compile(r"\b\w{2,}(?:gatan|vägen|gränden|stigen|allén)\s\d+\s?[A-Za-z]?\b")),
    (
        Tells.SCHOOL,
        re.compile(
            rf"\b[{_UPPER}]\w+(?:s\s(?:skola|gymnasium|friskola)|skolan|gymnasiet|gymnasium)\b"
        ),
    ),
    (
        Tells.SCHOOL_CLASS,
        re.compile(r"(?i)\b(?:klass|årskurs|åk|grade|year)\s?\d{1,2}\s?[a-zåäö]?\b"),
    ),
    (Tells.SCHOOL_CLASS, re.compile(rf"(?<![\w.])[1-9][{_UPPER}](?![\w.])")),
    (
        Tells.SIBLING,
        re.compile(
            r"(?i)\b(?:(?:lill|lille|lilla|stor|stora|half|halv|tvilling)?(?:bror|brodern|broder|syster|systern|brother|sister)s?"
            r"|syskonet|syskonen|syskon|tvilling\w*|twins?|siblings?)\b"
        ),
    ),
    (Tells.INITIALS, re.compile(rf"(?<![\w.])[{_UPPER}]\.\s?[{_UPPER}](?:\.|\b)(?!\w)")),
)
_PLACE = re.compile(
    rf"\b(?:i|på|från|till|in|at|from)\s([{_UPPER}][a-zåäöéü]+(?:[ -][{_UPPER}][a-zåäöéü]+)*)"
)
# What a school, a street or a place looks like and is none, or is everybody's.
_NOBODYS = frozenset(
    [
        "grundskolan",
        "gymnasieskolan",
        "gymnasiet",
        "skolan",
        "förskolan",
        "högstadieskolan",
        "mellanstadieskolan",
        "resursskolan",
        "anpassade",
        "särskolan",
        "sverige",
        "sweden",
        "instagram",
        "snapchat",
        "tiktok",
        "discord",
        "youtube",
        "facebook",
        "signal",
        "telegram",
        "whatsapp",
        "internet",
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ]
)
# A fact that few share. Two different ones in a text are a combination.
_RARE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"(?i)\b(?:{words})\b")
    for words in (
        r"kniv\w*|vapen\w*|vapnet|pistol\w*|skott\w*|knife|weapon|gun|shot",
        r"(?:spelar|tränar|boxas|rider)(?:\si\s\w+|\s\w+)?|laget|landslag\w*|klubben|the\steam",
        r"bran(?:d|den)|eldade|anlade|sprängning\w*|explosion\w*|arson|fire",
        r"flydde|flykting\w*|ensamkommande|asyl\w*|refugee|fled|asylum",
        r"familjehem\w*|placerad\w*|sis-hem\w*|foster\w*|adopter\w*|adopted",
        r"dog|avled|dödsfall\w*|självmord\w*|begrav\w*|died|funeral|suicide",
        r"gravid\w*|pregnant|rullstol\w*|wheelchair|epilepsi|epilepsy|dövs?|blind|deaf",
        r"fängelse\w*|häktet|häktad\w*|anstalt\w*|prison|custody",
        r"tidning\w*|teve|tv|nyheterna|rättegång\w*|newspaper|trial",
        r"präst\w*|imam\w*|politiker\w*|polis(?:man|en)?s\sson|kändis\w*|priest|politician|celebrity",
        r"dialekt\w*|bryter|religi\w*|church|moské\w*|mosque",
    )
)
_ORDER = {kind: place for place, kind in enumerate(Tells)}


def find_telling(text: str, known: Known) -> tuple[Telling, ...]:
    """Return what in the text may point somebody out, each word once, in order of its kind.

    Initials or a place beside a fact that few share are a combination too. The places of words are
    those in `spelled(text)`, which is the text itself as a keyboard writes it.
    """
    text = spelled(text)
    found = [Telling(kind=kind, spans=(span,)) for kind, span in _distinct(_finds(text, known))]
    rare = list(_rare_spans(text, taken=[one.spans[0] for one in found]))
    near = [one.spans[0] for one in found if one.kind in {Tells.INITIALS, Tells.PLACE}]
    together = sorted([*rare, *near])
    if rare and len(together) >= _FEW:
        found.append(Telling(kind=Tells.COMBINATION, spans=tuple(together)))
    return tuple(sorted(found, key=lambda one: (_ORDER[one.kind], one.spans)))


def spelled(text: str) -> str:
    """Return a text in one spelling of its letters, without signs that nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(one for one in composed if unicodedata.category(one) != "Cf")


def points_out(alias: str, known: Known) -> bool:
    """Tell whether an alias gives away whom it stands for: it is a name, initials or a number."""
    bare = spelled(alias).strip()
    is_short = re.fullmatch(rf"(?:[{_UPPER}]\.?\s?){{1,3}}", bare) is not None
    return is_short or any(True for _ in _finds(bare, known))


def _finds(text: str, known: Known) -> Iterator[tuple[Tells, tuple[int, int]]]:
    """Yield everything that is found, the surest first; one stretch may be found twice."""
    yield from (
        (Tells.NAME, one) for word in _name_words(known.names) for one in _spans(word, text)
    )
    yield from (
        (Tells.INITIALS, one) for name in known.names for one in _spans_of_initials(name, text)
    )
    yield from ((Tells.NUMBER, one.span()) for one in _NUMBER.finditer(text))
    yield from ((Tells.BIRTH_DATE, one) for day in known.born for one in _spans_of_day(day, text))
    for kind, looks in _LOOKS:
        yield from ((kind, one.span()) for one in looks.finditer(text) if _is_told(one.group()))
    yield from ((Tells.PLACE, one) for place in known.places for one in _spans(place, text))
    yield from ((Tells.PLACE, one.span(1)) for one in _PLACE.finditer(text) if _is_told(one[1]))


def _is_told(word: str) -> bool:
    return word.casefold() not in _NOBODYS


def _distinct(
    found: Iterable[tuple[Tells, tuple[int, int]]],
) -> Iterator[tuple[Tells, tuple[int, int]]]:
    """Yield each stretch of the text once, as what it was found as first."""
    taken: list[tuple[int, int]] = []
    for kind, span in found:
        if not _overlaps(span, taken):
            taken.append(span)
            yield kind, span


def _rare_spans(text: str, *, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for words in _RARE:
        one = words.search(text)
        if one is not None and not _overlaps(one.span(), taken):
            yield one.span()


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in others)


def _name_words(names: Iterable[str]) -> list[str]:
    words = {word for name in names for word in re.split(r"[\s-]+", _composed(name))}
    return sorted(
        (one for one in words if len(one) >= _SHORTEST_NAME), key=lambda one: (-len(one), one)
    )


def _spans(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands, in any case of letters and in the genitive too."""
    if word.strip():
        whole = re.compile(rf"(?i)(?<!\w){re.escape(_composed(word))}s?(?!\w)")
        yield from (one.span() for one in whole.finditer(text))


def _spans_of_initials(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the initials of a whole name stand by themselves, written as initials are."""
    first = [word[0].upper() for word in _composed(name).split() if word[:1].isalpha()]
    if len(first) >= _FEWEST_FOR_INITIALS:
        written = r"\.?\s?".join(map(re.escape, first))
        whole = re.compile(rf"(?<![\w.]){written}\.?(?!\w)")
        yield from (one.span() for one in whole.finditer(text))


def _spans_of_day(day: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a day stands, written as in numbers: with or without dashes and century."""
    bare = day.replace("-", "")
    for written in (day, bare, bare[2:]):
        whole = re.compile(rf"(?<!\d){re.escape(written)}(?!\d)")
        yield from (one.span() for one in whole.finditer(text))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
