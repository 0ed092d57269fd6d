"""What the rule data of a catalogue is called on the screens."""

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection

SWEDISH = "sv"

ROLES = {PartyRole.GUARDIAN: "Vårdnadshavare", PartyRole.RELATIVE: "Närstående"}
KINDS = {
    Protection.SECRECY_MARKING: "Sekretessmarkering",
    Protection.PROTECTED_REGISTRATION: "Skyddad folkbokföring",
    Protection.FICTITIOUS_IDENTITY: "Fingerade personuppgifter",
}
CUSTODIES = {Custody.JOINT: "Gemensam vårdnad", Custody.SOLE: "Ensam vårdnad"}


class Words:
    """Says what a code is called, as the window says it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def category(self, code: str) -> str:
        """Return what a kind of information is called."""
        return self._catalogue.category(code).name.in_language(SWEDISH)

    def agency(self, code: str) -> str:
        """Return what a kind of organisation is called."""
        return self._catalogue.agency(code).name.in_language(SWEDISH)

    def programme(self, code: str) -> str:
        """Return what a programme is called."""
        return self._catalogue.programme(code).name.in_language(SWEDISH)

    def phase(self, code: str) -> str:
        """Return what a phase is called."""
        return self._catalogue.phase(Phase(code)).name.in_language(SWEDISH)

    def stage(self, programme: str, code: str) -> str:
        """Return what a stage of a programme is called."""
        stages = {one.code: one.name for one in self._catalogue.programme(programme).stages}
        return stages[code].in_language(SWEDISH)

    def template(self, code: str) -> str:
        """Return what a template of agendas is called."""
        return self._catalogue.template(code).name.in_language(SWEDISH)

    def area(self, code: str) -> str:
        """Return what an area of life is called."""
        return self._catalogue.life_area(code).name.in_language(SWEDISH)

    def closing_reason(self, code: str) -> str:
        """Return what a reason to close a case is called."""
        return self._catalogue.closing_reason(code).name.in_language(SWEDISH)

    def ground(self, code: str) -> str:
        """Return what a legal ground is called."""
        return self._catalogue.legal_ground(code).title.in_language(SWEDISH)

    def status_reason(self, code: str) -> str:
        """Return what a reason why a commitment is late or not kept is called."""
        return self._catalogue.status_reason(code).name.in_language(SWEDISH)
