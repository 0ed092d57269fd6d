"""Why an item may or may not be shown, and the sentence that says so."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why the decision said yes or no. The order is that of telling: the first is told first."""

    OWN_INFORMATION = "own_information"
    OWN_FILE = "own_file"
    OWN_PERSON = "own_person"
    GUARDIAN_OF_CHILD = "guardian_of_child"
    INTERPRETS = "interprets"
    CHOSEN_SUPPORT = "chosen_support"
    CONSENT_COVERS = "consent_covers"
    LEGAL_GROUND = "legal_ground"
    NO_IDENTITY = "no_identity"
    NAMED_READER = "named_reader"

    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_RECIPIENT = "unknown_recipient"
    GUARDED = "guarded"
    OWN_NOTE = "own_note"
    CHAIN_BROKEN = "chain_broken"
    RESTORED_UNCONFIRMED = "restored_unconfirmed"
    ANONYMOUS_STAGE = "anonymous_stage"
    NOT_ACKNOWLEDGED = "not_acknowledged"
    GUARDIAN_BARRED = "guardian_barred"
    CHILD_LIMITED = "child_limited"
    PROTECTION_LIMIT = "protection_limit"
    SECOND_PERSON = "second_person"
    REPORTER = "reporter"
    GROUND_EXPIRED = "ground_expired"
    GROUND_NOT_IN_FORCE = "ground_not_in_force"
    GROUND_INCOMPLETE = "ground_incomplete"
    GROUND_OTHER_SCOPE = "ground_other_scope"
    GROUND_NOT_FOR_HOLDER = "ground_not_for_holder"
    UNKNOWN_AGE = "unknown_age"
    NO_SIGNER = "no_signer"
    FORMER_GUARDIAN = "former_guardian"
    CASE_CLOSED = "case_closed"
    CASE_PAUSED = "case_paused"
    PHASE_NOT_OPEN = "phase_not_open"
    PROGRAMME_NEEDS_ALL = "programme_needs_all"
    OTHER_PURPOSE = "other_purpose"
    TURNED_18 = "turned_18"
    TURNED_15 = "turned_15"
    OPINION_MISSING = "opinion_missing"
    OPINION_UNWEIGHED = "opinion_unweighed"
    SIGNER_ADDED = "signer_added"
    WAITING_FOR_SIGNATURE = "waiting_for_signature"
    REFUSED = "refused"
    CONSENT_MISSING = "consent_missing"
    NOT_YET_VALID = "not_yet_valid"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    EMPTY_CONSENT = "empty_consent"
    OLDER_THAN_CONSENT = "older_than_consent"
    WITHDRAWN_PART = "withdrawn_part"
    RECIPIENT_NOT_COVERED = "recipient_not_covered"
    GIVER_NOT_COVERED = "giver_not_covered"
    CATEGORY_NOT_COVERED = "category_not_covered"
    DIRECTION_NOT_COVERED = "direction_not_covered"
    EXCLUDED = "excluded"
    OUTSIDE_LIMIT = "outside_limit"
    NEEDS_MARKING = "needs_marking"

    @property
    def allows(self) -> bool:
        """Tell whether this is a reason to show."""
        return self in _PERMITS


_PERMITS = frozenset(
    {
        Reason.OWN_INFORMATION,
        Reason.OWN_FILE,
        Reason.OWN_PERSON,
        Reason.GUARDIAN_OF_CHILD,
        Reason.INTERPRETS,
        Reason.CHOSEN_SUPPORT,
        Reason.CONSENT_COVERS,
        Reason.LEGAL_GROUND,
        Reason.NO_IDENTITY,
        Reason.NAMED_READER,
    }
)
_PLACES = {reason: place for place, reason in enumerate(Reason)}

LANGUAGES = ("sv", "en")
_SCHEMA = "trygga.catalogue.reasons/1"
_SLOT = re.compile(r"\{([A-Za-z_]+)\}")


def place_in_order(reason: Reason) -> int:
    """Return a number to sort reasons by: the lowest is told first."""
    return _PLACES[reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonText:
    """What the catalogue says about one reason.

    `sensitive` means that copying the sentence asks once more.
    """

    allowed: bool
    precedence: int
    sentences: Mapping[str, str]
    changes: tuple[str, ...]
    sensitive: bool


def read_reasons(catalogue: Mapping[str, object]) -> Mapping[Reason, ReasonText]:
    """Return the catalogue's text for every reason; ValueError when one is missing or wrong.

    `catalogue` is `reasons.toml` as it was parsed. Codes that this version of the decision does not
    use are left aside.
    """
    if catalogue.get("schema") != _SCHEMA:
        raise ValueError(f"The reasons are not of schema {_SCHEMA}.")
    rows = _rows_by_code(catalogue, "reason")
    missing = [reason.value for reason in Reason if reason.value not in rows]
    if missing:
        raise ValueError(f"The catalogue lacks the reasons {', '.join(missing)}.")
    known_changes = tuple(_rows_by_code(catalogue, "change"))
    texts = {reason: _read_reason(reason, rows[reason.value], known_changes) for reason in Reason}
    _check_order(texts)
    return MappingProxyType(texts)


def sentence(text: ReasonText, language: str, slots: Mapping[str, str]) -> str:
    """Return the sentence with its slots filled; ValueError when a language or a slot is missing.

    `{Recipient}` is the text of the slot `recipient` with a capital first letter.
    """
    if language not in text.sentences:
        raise ValueError(f"A reason has no sentence in language {language!r}.")

    def fill(slot: re.Match[str]) -> str:
        name = slot[1]
        small = name[0].lower() + name[1:]
        if small not in slots:
            raise ValueError(f"A sentence needs the slot {small!r}.")
        value = slots[small]
        return value if name == small else value[:1].upper() + value[1:]

    # One pass: braces inside a name stay what they are.
    return _SLOT.sub(fill, text.sentences[language])


def _rows_by_code(catalogue: Mapping[str, object], table: str) -> dict[str, Mapping[str, object]]:
    entries = catalogue.get(table, [])
    if not isinstance(entries, list):
        raise ValueError(f"[[{table}]] is not a list of tables.")  # noqa: TRY004
    rows: dict[str, Mapping[str, object]] = {}
    for entry in entries:
        code = entry.get("code") if isinstance(entry, Mapping) else None
        if not isinstance(code, str):
            raise ValueError(f"A [[{table}]] has no code.")  # noqa: TRY004
        if code in rows:
            raise ValueError(f"[[{table}]] {code} stands twice.")
        rows[code] = entry
    return rows


def _read_reason(
    reason: Reason, row: Mapping[str, object], known_changes: Collection[str]
) -> ReasonText:
    if row.get("allowed") is not reason.allows:
        raise ValueError(f"Reason {reason} is not marked allowed = {str(reason.allows).lower()}.")
    precedence = row.get("precedence")
    if type(precedence) is not int:
        raise ValueError(f"Reason {reason} has no precedence.")
    sentences: dict[str, str] = {}
    for language in LANGUAGES:
        found = row.get(language)
        if not isinstance(found, str) or not found.strip():
            raise ValueError(f"Reason {reason} has no sentence in {language}.")
        sentences[language] = found
    changes = row.get("changes")
    if not isinstance(changes, list) or any(change not in known_changes for change in changes):
        raise ValueError(f"Reason {reason} names changes that are not in the catalogue.")
    sensitive = row.get("sensitive", False)
    if not isinstance(sensitive, bool):
        raise ValueError(f"Reason {reason} is neither sensitive nor not.")  # noqa: TRY004
    return ReasonText(
        allowed=reason.allows,
        precedence=precedence,
        sentences=MappingProxyType(sentences),
        changes=tuple(changes),
        sensitive=sensitive,
    )


def _check_order(texts: Mapping[Reason, ReasonText]) -> None:
    """Refuse a catalogue that would tell another reason first than the decision does."""
    refusals = [reason for reason in Reason if not reason.allows]
    told = [texts[reason].precedence for reason in refusals]
    if told != sorted(set(told)):
        raise ValueError("The precedences do not follow the order of the decision.")
    if any(texts[reason].precedence != 0 for reason in _PERMITS):
        raise ValueError("A reason that allows has precedence 0.")
