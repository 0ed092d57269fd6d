"""What of a plan one can tell of, in the words of the form for that."""

from trygga_desktop.services.plan_views import PlanView
from trygga_desktop.ui.becoming import Promised, Told


def told_of(view: PlanView) -> Told:
    """Return the commitments of a plan, and who has a place in the case and may tell of them."""
    return Told(
        promised=tuple(
            Promised(
                id=one.id,
                words=one.item.text,
                who=one.responsible,
                due=one.progress.due,
                hour=one.progress.hour,
                state=one.progress.state,
            )
            for one in view.lines
            if one.progress is not None
        ),
        people=tuple(
            (one.party.id, one.name) for one in view.people if one.party.holds_on(view.today)
        ),
        catalogue=view.catalogue,
        today=view.today,
        goes_by_hours=view.goes_by_hours,
    )
