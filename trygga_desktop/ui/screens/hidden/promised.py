"""The commitments of a meeting and of earlier ones, for the form that tells what became of them."""

from trygga_desktop.services.leading import Leading
from trygga_desktop.ui.becoming import Promised, Told


def told_of(leading: Leading) -> Told:
    """Return what was promised, and who has a seat and may tell of it."""
    return Told(
        promised=tuple(
            Promised(
                id=one.item.id,
                words=one.item.text,
                who=one.commitment.responsible,
                due=one.commitment.due,
                hour=one.commitment.hour,
                state=one.commitment.state,
            )
            for one in (*leading.carried, *leading.promised)
            if one.commitment is not None
        ),
        people=tuple(
            (one.seat.party_id, one.seat.name)
            for one in leading.seats
            if one.seat.party_id is not None
        ),
        catalogue=leading.catalogue,
        today=leading.today,
        goes_by_hours=leading.goes_by_hours,
    )
