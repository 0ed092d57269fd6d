"""What an administrator enters to certify somebody's keys. No widgets."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.ui.text_form import TextForm

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from trygga_desktop.services.partners import CertifyPartner, OfferedKeys


class CertifyField(StrEnum):
    """The fields, in reading order, by the codes that errors name."""

    ORGANISATION = "organisation"
    TOLD = "told"
    IS_BOUND = "is_bound"


class CertifyForm(TextForm):
    """The keys that a file offers, for whom their owner speaks, and what was heard aloud."""

    def __init__(self, data: bytes, offered: OfferedKeys, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.offered = offered
        self.organisation_id: UUID | None = None
        self.is_bound = False
        self._data = data

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep the form from being sent, in reading order."""
        there = {
            CertifyField.ORGANISATION: self.organisation_id is not None,
            CertifyField.TOLD: bool(self.tidy(CertifyField.TOLD)),
            CertifyField.IS_BOUND: self.is_bound,
        }
        return tuple(one for one in CertifyField if not there[one])

    def choose_organisation(self, organisation_id: UUID | None) -> None:
        """Choose for whom they speak."""
        self.organisation_id = organisation_id
        self.refused.pop(CertifyField.ORGANISATION, None)
        self.changed.emit()

    def say_bound(self, *, is_bound: bool) -> None:
        """Say that they have confirmed the duty of confidentiality."""
        self.is_bound = is_bound
        self.changed.emit()

    def command(self) -> CertifyPartner:
        """Return it as the use case takes it; asked only where nothing is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.partners import CertifyPartner  # noqa: PLC0415

        assert self.organisation_id is not None  # noqa: S101  nothing is missing
        return CertifyPartner(
            data=self._data,
            organisation_id=self.organisation_id,
            told=self.tidy(CertifyField.TOLD),
            is_bound=self.is_bound,
        )
