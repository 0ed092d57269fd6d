"""Who may read the board's own file of a meeting: whoever opens the case, or may have all of it.

A role at the table opens nothing. The question is asked anew each time, and answered of today.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from uuid import UUID

from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.meeting import Participant
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import recipients_at, show_room, spelled
from trygga_desktop.services.standing import Standing
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)


def accounts_with_grant(work: UnitOfWork, standing: Standing) -> frozenset[UUID]:
    """Return the accounts that open the case today, by a grant of their own or by that of a group.

    Whose an account is stands with somebody's place in the case, as somebody has said: the name
    that two people have in common opens nothing.
    """
    case_part = work.compartments.of_file(standing.opened.case.id)[CompartmentKind.CASE]
    granted = work.compartments.readers(case_part, work.compartments.key(case_part))
    active = ((one.id, work.roster.active(one.id)) for one in work.accounts.all(work.roster))
    return frozenset(
        account_id
        for account_id, principal in active
        if principal is not None
        and principal.may(Permission.WORK_IN_CASE)
        and granted & {account_id, *work.roster.groups_of(account_id)}
    )


def has_grant(party_id: UUID | None, standing: Standing, accounts: Collection[UUID]) -> bool:
    """Return whether somebody of the case is one of those to whom it was granted."""
    if party_id is None or party_id not in standing.parties:
        return False
    party, _ = standing.parties[party_id]
    is_of_board = party.organisation_id == standing.given.controller_id
    return is_of_board and party.account_id in accounts


def names_with_grant(work: UnitOfWork, standing: Standing) -> frozenset[str]:
    """Return the names, spelled alike, of those of the case to whom it was granted.

    It is for what was noted by a name alone: one that two of the directory share tells nobody
    apart.
    """
    accounts = accounts_with_grant(work, standing)
    contacts = (
        standing.directory.contact(party.contact_id)
        for party, _ in standing.parties.values()
        if has_grant(party.id, standing, accounts)
    )
    listed = Counter(spelled(one.name) for one in standing.directory.contacts)
    names = {spelled(one.name) for one in contacts if one is not None}
    return frozenset(one for one in names if listed[one] <= 1)


def find_whole_readers(  # noqa: PLR0913  whom it is asked about, and of what
    work: UnitOfWork,
    standing: Standing,
    there: Iterable[Participant],
    *,
    whole: ProtocolContent,
    items: Collection[UUID],
    told_to: Callable[[UUID], ProtocolContent],
) -> frozenset[UUID]:
    """Return who of those at the table may read `whole`, which tells of these `items`.

    Beside whoever opens the case that is whoever is told the very same by `told_to`: of them
    nothing is kept back. The lines to sign on are no part of that. Of the board's own people only
    a grant tells: between agencies all that the board knows is theirs, and within it need to know
    decides.
    """
    accounts = accounts_with_grant(work, standing)
    of_case = [one for one in work.items.of_case(standing.opened.case.id) if one.id in items]
    bare = replace(whole, signers=())
    answers: dict[object, bool] = {}
    found = set()
    for one in there:
        if has_grant(one.party_id, standing, accounts):
            found.add(one.id)
        if one.organisation_id == standing.given.controller_id:
            continue
        (reader,) = recipients_at([one], family=standing.family_names)
        # Who they are decides nothing: of all to whom the same goes one is asked about.
        alike = replace(reader, id=_NOBODY)
        if alike not in answers:
            is_kept_back = bool(show_room(of_case, [reader], given=standing.given).hidden)
            answers[alike] = not is_kept_back and replace(told_to(one.id), signers=()) == bare
        if answers[alike]:
            found.add(one.id)
    return frozenset(found)
