"""What is filled in with the young person, and what is missing in it. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen, code_in, ids_in, sorted_codes

if TYPE_CHECKING:
    from trygga_desktop.services.voices import RecordVoice


class VoiceField(StrEnum):
    """The fields with text; the values are those that the use case names."""

    WORDS = "words"
    NOT_RAISED = "not_raised"
    TELLER = "teller"
    LETTER = "letter"


class VoiceForm(TextForm):
    """The texts, who tells, and which items are not to be raised."""

    def __init__(self, told: RecordVoice | None) -> None:
        super().__init__(
            {}
            if told is None
            else {
                VoiceField.WORDS: told.words,
                VoiceField.NOT_RAISED: told.not_raised,
                VoiceField.TELLER: told.teller,
                VoiceField.LETTER: told.letter,
            }
        )
        self.told_by = ToldBy.SELF if told is None else told.told_by
        self.unraised = frozenset() if told is None else told.unraised
        self._had_letter = told is not None and bool(told.letter)

    @property
    def missing(self) -> tuple[VoiceField, ...]:
        """Return the fields that keep it from being recorded, in reading order."""
        needed = [VoiceField.WORDS]
        if self.told_by is ToldBy.SOMEBODY:
            needed.append(VoiceField.TELLER)
        if self.told_by is ToldBy.LETTER or self._had_letter:
            needed.append(VoiceField.LETTER)
        return tuple(one for one in needed if not self.tidy(one))

    def choose_teller(self, told_by: ToldBy) -> None:
        """Have it told by somebody else, or read out."""
        if told_by is not self.told_by:
            self.told_by = told_by
            self.changed.emit()

    def leave_out(self, agenda_id: UUID, *, leaves: bool) -> None:
        """Have an item of the agenda not raised, or raised after all."""
        unraised = self.unraised | {agenda_id} if leaves else self.unraised - {agenda_id}
        if unraised != self.unraised:
            self.unraised = unraised
            self.changed.emit()

    def keep_within(self, known: Iterable[UUID]) -> None:
        """Let go of items that the agenda does not have any more."""
        self.unraised &= frozenset(known)

    def chosen(self) -> Chosen:
        """Return who tells, and what is not raised."""
        return {"told_by": (self.told_by,), "unraised": sorted_codes(self.unraised)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        self.told_by = code_in(chosen, "told_by", ToldBy, self.told_by)
        self.unraised = frozenset(ids_in(chosen, "unraised"))
