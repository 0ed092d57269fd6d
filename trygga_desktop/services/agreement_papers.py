"""The printed paper of an agreement: the code that stands on it, and which version it is of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.documents.blocks import Block, PageFrame
from trygga_desktop.documents.issue import control_of
from trygga_desktop.documents.record import hash_of
from trygga_desktop.domain.agreement import Agreement
from trygga_desktop.domain.case import Case
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.i18n import Language
from trygga_desktop.services.own_records import are_agreements_as_logged
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementPaper:
    """A version of an agreement as something that is signed on paper."""

    case: Case
    version: Agreement

    @property
    def id(self) -> UUID:
        """Return the id of the version."""
        return self.version.id

    @property
    def case_id(self) -> UUID:
        """Return the case that it lies in."""
        return self.case.id


def hash_of_agreement(version: Agreement) -> str:
    """Return the hash that the code on its paper stands for, whatever language that is in.

    Who has signed changes nothing in it. The ids of its lines, which stand on no paper, keep it
    from being guessed at.
    """
    lines = [[one.id.hex, one.side.value, one.words] for one in version.lines]
    days = [version.valid_from.isoformat(), version.valid_to.isoformat()]
    told = ["trygga-agreement-paper-1", version.id.hex, version.number, days, lines]
    return hash_of(to_canonical(told))


def with_code(blocks: Iterable[Block], version: Agreement, language: Language) -> tuple[Block, ...]:
    """Return the pages of a version with its code on each of them."""
    control = control_of(version.id, hash_of_agreement(version), language)
    return tuple(
        replace(one, control=control) if isinstance(one, PageFrame) else one for one in blocks
    )


def find_agreement(work: UnitOfWork, version_id: UUID) -> AgreementPaper:
    """Return a version of the agreement of a case that opens.

    Raise NoAccessError if there is none, and TamperedError where it is not what the log tells of.
    """
    for opened in work.cases.all():
        for one in opened.case.agreements:
            if one.id == version_id:
                if not are_agreements_as_logged(work, opened.case):
                    raise TamperedError
                return AgreementPaper(case=opened.case, version=one)
    raise NoAccessError
