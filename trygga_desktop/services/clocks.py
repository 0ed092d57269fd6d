"""Use case for a clock that jumped: whoever reads the log must know how far to trust its times."""

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@use_case(Permission.USE_VAULT)
def log_clock_jump(*, vault: OpenVault) -> Done[None]:
    """Log that the clock of this computer was put forward or back while the vault was open.

    The time of the entry is the clock's, or that of the last entry where the clock is behind it.
    """
    with vault.work() as work:
        work.commit(Action.CLOCK_JUMPED, vault.keyring.principal)
    return Done(None)
