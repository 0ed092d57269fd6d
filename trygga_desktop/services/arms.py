"""Use cases of the coat of arms that stands in the head of each document."""

from dataclasses import dataclass, field
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.picture import PictureError, read_picture
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class ChangeArms:
    """The picture as a PNG in the one form of `domain.picture`; empty takes it away."""

    png: bytes = field(repr=False)


@use_case(Permission.MANAGE_RULES)
def change_arms(command: ChangeArms, *, vault: OpenVault) -> Done[None]:
    """Store the picture for the documents that are composed from now on.

    Those that were sealed keep the one they have. Raise InvalidInputError for a picture in any
    other form.
    """
    if command.png:
        try:
            read_picture(command.png)
        except PictureError:
            raise InvalidInputError(field="picture", flaw="form") from None
    with vault.work() as work:
        work.accounts.set_arms(command.png)
        work.commit(Action.ARMS_CHANGED, UUID(bytes=vault.trust.vault_id))
        vault.arms = command.png
    return Done(None, Changes(settings=True))
