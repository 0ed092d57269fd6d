"""The coat of arms: an administrator's to change, in one form, for documents from then on."""

from io import BytesIO
from uuid import UUID

import pikepdf
import pytest

from tests.conftest import MadeVault
from tests.insider import with_roles
from tests.people import running_meeting, signed_case
from tests.pictures import plain_picture
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoRightError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.arms import ChangeArms, change_arms
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.services.vault import OpenVault


def pictures_in(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as file:
        return sum(len(page.get_images()) for page in file.pages)


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_them(made: MadeVault, role: Role) -> None:
    with_roles(made, "pn", role)
    vault = made.open("pn")

    with pytest.raises(NoRightError):
        change_arms(ChangeArms(plain_picture()), vault=vault)
    vault.close()

    again = made.open()
    assert again.arms == b""
    again.close()


@pytest.mark.parametrize("png", [b"x", b"<svg/>", plain_picture()[:-1], plain_picture(301, 10)])
def test_a_picture_in_another_form_is_refused_and_nothing_is_stored(
    vault: OpenVault, png: bytes
) -> None:
    change_arms(ChangeArms(plain_picture()), vault=vault)

    with pytest.raises(InvalidInputError):
        change_arms(ChangeArms(png), vault=vault)

    with vault.work() as work:
        assert work.accounts.arms() == plain_picture()
    assert vault.arms == plain_picture()


def test_they_are_there_after_a_lock_and_for_everybody_and_can_be_taken_away(
    made: MadeVault,
) -> None:
    vault = made.open()
    change_arms(ChangeArms(plain_picture()), vault=vault)
    change_arms(ChangeArms(plain_picture(10, 10)), vault=vault)
    vault.close()

    other = made.open("pn")
    assert other.arms == plain_picture(10, 10)
    other.close()

    vault = made.open()
    change_arms(ChangeArms(b""), vault=vault)
    vault.close()
    again = made.open()
    assert again.arms == b""
    assert again.municipality
    again.close()


def test_a_row_that_somebody_wrote_in_another_form_is_none_and_stops_no_change(
    vault: OpenVault,
) -> None:
    change_arms(ChangeArms(plain_picture()), vault=vault)
    with vault.work() as work:
        work.accounts.set_arms(b"<svg/>")
        assert work.accounts.arms() == plain_picture()
        work.commit(Action.ARMS_CHANGED, UUID(bytes=vault.trust.vault_id))

    change_arms(ChangeArms(plain_picture(10, 10)), vault=vault)

    with vault.work() as work:
        assert work.accounts.arms() == plain_picture(10, 10)


def test_a_protocol_carries_them_and_comes_out_as_before_without(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    command = ComposeProtocol(meeting_id=meeting_id)
    before = compose_protocol(command, vault=vault).value.pdf

    change_arms(ChangeArms(plain_picture()), vault=vault)
    with_arms = compose_protocol(command, vault=vault).value.pdf
    change_arms(ChangeArms(b""), vault=vault)

    assert pictures_in(before) == 0
    assert pictures_in(with_arms) == 1
    assert compose_protocol(command, vault=vault).value.pdf == before
