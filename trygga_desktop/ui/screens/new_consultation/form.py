"""What a case without a name begins with. No widgets."""

from enum import StrEnum

from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.domain.recognising import Known, points_out
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen, codes_of, one_of


class Field(StrEnum):
    """The texts of the form, by the codes that errors name."""

    ALIAS = "alias"
    WHY = "why"


class Missing(StrEnum):
    """What keeps it from beginning, in the order of the form."""

    ALIAS = "alias"
    TELLS = "tells"
    AGE_BAND = "age_band"
    PROGRAMME = "programme"


class ConsultationForm(TextForm):
    """An alias, an age band, a programme, and what raised the concern."""

    def __init__(self) -> None:
        super().__init__()
        self.age_band: AgeBand | None = None
        self.programme = ""

    @property
    def tells(self) -> bool:
        """Return whether the alias gives somebody away: initials, a number, an address."""
        alias = self.tidy(Field.ALIAS)
        return bool(alias) and points_out(alias, Known())

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is still to be filled in, in reading order."""
        there = {
            Missing.ALIAS: bool(self.tidy(Field.ALIAS)),
            Missing.TELLS: not self.tells,
            Missing.AGE_BAND: self.age_band is not None,
            Missing.PROGRAMME: bool(self.programme),
        }
        return tuple(one for one, is_there in there.items() if not is_there)

    def choose_age_band(self, band: AgeBand | None) -> None:
        """Say how old somebody is, about."""
        if band is not self.age_band:
            self.age_band = band
            self.changed.emit()

    def choose_programme(self, code: str) -> None:
        """Say which programme it would be for."""
        if code != self.programme:
            self.programme = code
            self.refused.pop("programme", None)
            self.changed.emit()

    def chosen(self) -> Chosen:
        """Return the age band and the programme."""
        return {
            "age_band": codes_of(self.age_band),
            "programme": codes_of(self.programme or None),
        }

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        band = one_of(chosen, "age_band")
        self.age_band = AgeBand(band) if band in set(AgeBand) else None
        self.programme = one_of(chosen, "programme")
