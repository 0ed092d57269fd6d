"""The words for how far the signing of a sealed protocol has come."""

from typing import assert_never

from trygga_desktop.domain.signatures import SigningState
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue


def state_pill(state: SigningState, language: Language) -> PillValue:
    """Return how far the protocol has come."""
    _ = language.gettext
    match state:
        case SigningState.NOBODY:
            return PillValue(_("Nobody signs it"), Tone.MUTE, "circle-slash")
        case SigningState.WAITING:
            return PillValue(_("Waits for signatures"), Tone.WARN, "hourglass")
        case SigningState.PARTLY:
            return PillValue(_("Partly signed"), Tone.WARN, "pen-line")
        case SigningState.DECLINED:
            return PillValue(_("All have declined"), Tone.MUTE, "minus")
        case SigningState.SIGNED:
            return PillValue(_("Signed"), Tone.OK, "circle-check")
        case _:
            assert_never(state)
