"""Reads the versions of a plan from the newest back, and no more of them than are asked for."""

from collections.abc import Iterator
from uuid import UUID

from trygga_desktop.domain.plan import PlanVersion
from trygga_desktop.storage.records.plans import PlanRecord
from trygga_desktop.storage.stores.case_rows import CaseRows


def newest_first(plans: CaseRows[PlanVersion], case_id: UUID) -> Iterator[PlanVersion]:
    """Yield the versions of the plan of a case that verify, the newest first."""
    found = plans.over_cases(PlanRecord.case_id == case_id, order_by=[PlanRecord.number.desc()])
    return (one for _, one in found)
