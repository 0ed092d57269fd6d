"""What the readers of a paper are told today, to lay beside it what was sealed earlier."""

from collections.abc import Collection
from uuid import UUID

from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.retelling import Today
from trygga_desktop.services.audience import show_alone, text_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


def today_of(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    content: ProtocolContent,
    told: Collection[UUID],
) -> Today:
    """Return what readers are told today, to lay a paper beside it that told these items."""
    case_id = standing.opened.case.id
    items = [one for one in work.items.of_case(case_id) if one.id in told]
    people = standing.people.values()
    promised = (one for one, _ in work.commitments.of_case(case_id) if one.organisation_id)
    return Today(
        content=content,
        texts=frozenset(map(text_of, show_alone(items, vault=vault, given=standing.given).items)),
        names=frozenset(
            (*(one.responsible for one in promised), *(one.alias for one in people if one.alias))
        ),
        is_protected=standing.is_protected,
    )
