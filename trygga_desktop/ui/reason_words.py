"""How the screens say why something may or may not be shared. No widgets.

The sentences stand in the catalogue of reasons; nothing here ever fails for want of a word.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from trygga_desktop.domain.reasons import (
    LANGUAGES,
    Reason,
    ReasonText,
    place_in_order,
    read_reasons,
    sentence,
)
from trygga_desktop.domain.words import FIRST_LANGUAGE
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue

OTHER_GROUND = "other_ground"
"""The change that remains where no other does, and is therefore told last."""

LEAVE_ROOM = "leave_room"
"""The change that is enough by itself, whatever else stands in the way of whoever leaves."""

_COLLECT_CONSENT = "collect_consent"
_GO_ON = "go on to a phase"

_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
_ANSWERS = ("Ja. ", "Nej. ", "Yes. ", "No. ")
_NO_SLOTS: Mapping[str, str] = MappingProxyType({})


class ReasonWords:
    """The sentences of one catalogue in one language. Read the file once, and keep this.

    Raise ValueError for a catalogue that is not whole. After that nothing raises: a slot that is
    not filled gets neutral words.
    """

    def __init__(self, toml_text: str, language: Language) -> None:
        catalogue = tomllib.loads(toml_text)
        self._texts = read_reasons(catalogue)
        self._code = language.code if language.code in LANGUAGES else FIRST_LANGUAGE
        _ = language.gettext
        go_on = _("Take the case on to a phase in which information is shared.")
        self._changes = _read_changes(catalogue)
        self._changes[_GO_ON] = _said_as(dict.fromkeys(LANGUAGES, go_on))
        duty = catalogue.get("duty_reminder")
        self._duty = _said_as(duty if isinstance(duty, Mapping) else {})
        one, several = _("What would make it possible"), _("All of this is needed:")
        self._heading = _text_of(catalogue, "changes_heading", self._code) or one
        self._several = _text_of(catalogue, "several", self._code) or several
        self._neutral = _neutral_words(language)
        self._pills = _pills(language)

    def sentence(self, reason: Reason, slots: Mapping[str, str] = _NO_SLOTS) -> str:
        """Return the whole sentence that says so, beginning with yes or no where it can."""
        return self._fill(self._texts[reason], slots)

    def statement(self, reason: Reason, slots: Mapping[str, str] = _NO_SLOTS) -> str:
        """Return the sentence without the yes or no before it, as under a title that says so."""
        words = self.sentence(reason, slots)
        answer = next((one for one in _ANSWERS if words.startswith(one)), "")
        return words[len(answer) :]

    def pill(self, reason: Reason) -> PillValue:
        """Return the reason in a word or two, with its icon."""
        return self._pills[reason]

    def is_sensitive(self, reason: Reason) -> bool:
        """Tell whether the sentence shows somebody's situation: copying it asks once more."""
        return self._texts[reason].sensitive

    def duty_reminder(self, giver: str) -> str:
        """Return that a duty to tell the police may exist whatever a consent says."""
        return self._fill(self._duty, {"giver": giver})

    def way(self, code: str, slots: Mapping[str, str] = _NO_SLOTS) -> str:
        """Return one change of the catalogue, as a sentence."""
        return self._fill(self._changes[code], slots)

    def passes_by(self, code: str, reasons: Iterable[Reason]) -> bool:
        """Tell whether one change would be enough, whichever of the reasons there are."""
        return all(code in self._ways(reason, frozenset()) for reason in reasons)

    def changes(
        self,
        reasons: Iterable[Reason],
        slots: Mapping[str, str] = _NO_SLOTS,
        *,
        most: int = 3,
        without: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Return what would make it possible: the easiest first, another legal ground last.

        Of several reasons each has to be removed, so the first way of each is told. Another ground
        passes all of them by, and so does leaving the room. The codes in `without` are left out.
        """
        against = frozenset(reasons)
        rows = [
            [one for one in self._ways(reason, against) if one not in without]
            for reason in sorted(against, key=place_in_order)
        ]
        if len(rows) > 1:
            found = [next((one for one in row if one != OTHER_GROUND), "") for row in rows]
            found += [OTHER_GROUND] if all(OTHER_GROUND in row for row in rows) else []
        else:
            found = [one for row in rows for one in row]
        codes = [one for one in dict.fromkeys(found) if one]
        kept = codes[:most]
        if OTHER_GROUND in codes and OTHER_GROUND not in kept:
            kept[-1] = OTHER_GROUND
        return tuple(self._fill(self._changes[one], slots) for one in kept)

    def changes_heading(self, reasons: Iterable[Reason]) -> str:
        """Return what stands above the changes."""
        return self._several if len(tuple(reasons)) > 1 else self._heading

    def _ways(self, reason: Reason, against: Collection[Reason]) -> tuple[str, ...]:
        """Return the changes of a reason that fit beside the others.

        A phase in which nothing is shared asks for a consent where nobody has given one yet. Where
        one stands, or is waited for, or was refused, it is the phase that has to change.
        """
        ways = self._texts[reason].changes
        if reason is not Reason.PHASE_NOT_OPEN or Reason.CONSENT_MISSING in against:
            return ways
        return tuple(_GO_ON if one == _COLLECT_CONSENT else one for one in ways)

    def _fill(self, text: ReasonText, slots: Mapping[str, str]) -> str:
        words = text.sentences[self._code]
        wanted = {found[0].lower() + found[1:] for found in _SLOT.findall(words)}
        given = {name: slots.get(name, "").strip() for name in wanted}
        filled = {name: one or self._neutral.get(name, "…") for name, one in given.items()}
        return sentence(text, self._code, filled)


def _read_changes(catalogue: Mapping[str, object]) -> dict[str, ReasonText]:
    rows = catalogue["change"]
    assert isinstance(rows, list)  # noqa: S101  loading the reasons saw to it
    return {row["code"]: _said_as(row) for row in rows}


def _said_as(words: Mapping[str, object]) -> ReasonText:
    """Return a sentence that is no reason, in every language; Swedish stands in for others."""
    return ReasonText(
        allowed=False,
        precedence=0,
        sentences=MappingProxyType(
            {code: str(words.get(code) or words.get(FIRST_LANGUAGE, "…")) for code in LANGUAGES}
        ),
        changes=(),
        sensitive=False,
    )


def _text_of(catalogue: Mapping[str, object], name: str, code: str) -> str:
    words = catalogue.get(name)
    return str(words.get(code, "")) if isinstance(words, Mapping) else ""


def _neutral_words(language: Language) -> Mapping[str, str]:
    """Return what stands in a slot of which nothing is known."""
    _ = language.gettext
    return {
        "recipient": _("the recipient"),
        "recipients": _("somebody who may not know it"),
        "giver": _("whoever holds the information"),
        "about": _("this"),
        "person": _("the young person"),
        "second": _("another person"),
        "date": _("the day that is noted in the case"),
        "signed": _("Some of them"),
        "needed": _("those who must sign"),
        "signers": _("those who must consent"),
        "signer": _("somebody who must consent"),
        "ground": _("the legal ground"),
        "decider": _("whoever decides"),
        "missing": _("an agency"),
        "phase": _("it is in now"),
        "programme": _("the programme"),
        "limit": _("a part of it"),
    }


def _pills(language: Language) -> Mapping[Reason, PillValue]:
    """Return every reason in a word or two: a no is grey, what was taken back is not."""
    _ = language.gettext
    yes = PillValue(_("Yes"), Tone.OK, "check")
    own = PillValue(_("Their own"), Tone.OK, "check")
    no = PillValue(_("No"), Tone.MUTE, "ban")
    kept = PillValue(_("Kept back"), Tone.MUTE, "lock")
    unclear = PillValue(_("Not clear"), Tone.WARN, "circle-question-mark")
    waiting = PillValue(_("Waiting"), Tone.INFO, "hourglass")
    ended = PillValue(_("Expired"), Tone.MUTE, "clock")
    withdrawn = PillValue(_("Withdrawn"), Tone.BAD, "undo-2")
    opinion = PillValue(_("Opinion missing"), Tone.WARN, "message-circle")
    found = dict.fromkeys(Reason, no)
    found |= dict.fromkeys((one for one in Reason if one.allows), yes)
    found |= dict.fromkeys((Reason.OWN_INFORMATION, Reason.OWN_FILE, Reason.OWN_PERSON), own)
    found |= dict.fromkeys(
        (
            *(Reason.GUARDED, Reason.OWN_NOTE, Reason.GUARDIAN_BARRED, Reason.CHILD_LIMITED),
            *(Reason.PROTECTION_LIMIT, Reason.REPORTER),
        ),
        kept,
    )
    found |= dict.fromkeys((Reason.UNKNOWN_ITEM, Reason.UNKNOWN_RECIPIENT), unclear)
    found |= dict.fromkeys((Reason.WAITING_FOR_SIGNATURE, Reason.NOT_YET_VALID), waiting)
    found |= dict.fromkeys((Reason.WITHDRAWN, Reason.WITHDRAWN_PART), withdrawn)
    found |= dict.fromkeys((Reason.OPINION_MISSING, Reason.OPINION_UNWEIGHED), opinion)
    found |= {
        Reason.EXPIRED: ended,
        Reason.CONSENT_MISSING: PillValue(_("Not asked"), Tone.MUTE, "circle-dashed"),
        Reason.LEGAL_GROUND: PillValue(_("Without consent"), Tone.OK, "scale"),
        Reason.NO_IDENTITY: PillValue(_("Points out nobody"), Tone.OK, "user-round-x"),
        Reason.GROUND_EXPIRED: PillValue(_("Decision expired"), Tone.MUTE, "scale"),
        Reason.GROUND_NOT_IN_FORCE: PillValue(_("Ground not in force"), Tone.MUTE, "scale"),
        Reason.GROUND_INCOMPLETE: PillValue(_("Decision not complete"), Tone.WARN, "scale"),
        Reason.GROUND_OTHER_SCOPE: PillValue(_("Another decision"), Tone.MUTE, "scale"),
        Reason.GROUND_NOT_FOR_HOLDER: PillValue(_("Not their ground"), Tone.MUTE, "scale"),
        Reason.OTHER_PURPOSE: PillValue(_("Another purpose"), Tone.MUTE, "signpost"),
        Reason.TURNED_18: PillValue(_("Turned 18"), Tone.WARN, "calendar"),
        Reason.TURNED_15: PillValue(_("Turned 15"), Tone.WARN, "calendar"),
        Reason.SIGNER_ADDED: PillValue(_("New guardian"), Tone.WARN, "user-plus"),
        Reason.OLDER_THAN_CONSENT: PillValue(_("Older"), Tone.MUTE, "history"),
        Reason.CHAIN_BROKEN: PillValue(_("Stopped"), Tone.WARN, "unlink"),
        Reason.RESTORED_UNCONFIRMED: PillValue(_("Not confirmed"), Tone.WARN, "history"),
        Reason.ANONYMOUS_STAGE: PillValue(_("Without names"), Tone.MUTE, "venetian-mask"),
        Reason.NOT_ACKNOWLEDGED: PillValue(_("Not acknowledged"), Tone.WARN, "hand"),
        Reason.SECOND_PERSON: PillValue(_("Another person"), Tone.MUTE, "users-round"),
        Reason.UNKNOWN_AGE: PillValue(_("Age unknown"), Tone.WARN, "circle-question-mark"),
        Reason.NO_SIGNER: PillValue(_("Nobody can consent"), Tone.WARN, "user-round-x"),
        Reason.CASE_CLOSED: PillValue(_("Case closed"), Tone.MUTE, "circle-check"),
        Reason.CASE_PAUSED: PillValue(_("Case paused"), Tone.WARN, "circle-pause"),
        Reason.PHASE_NOT_OPEN: PillValue(_("Wrong phase"), Tone.MUTE, "circle-dot"),
        Reason.NEEDS_MARKING: PillValue(_("Not answered"), Tone.WARN, "circle-question-mark"),
        Reason.OUTSIDE_LIMIT: PillValue(_("Outside the limit"), Tone.MUTE, "circle-dot"),
    }
    return found
