"""Nobody's keys count before an administrator has compared their fingerprint."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.hostile import forge
from tests.people import organisation
from tests.services.packet_desk import another_vault, certify
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoRightError
from trygga_desktop.services.partners import (
    CertifyPartner,
    certify_partner,
    hand_out_keys,
    read_offered_keys,
    read_partners,
    retire_partner,
)
from trygga_desktop.services.vault import OpenVault


def flaw_of(command: CertifyPartner, vault: OpenVault) -> tuple[str, str]:
    """Return the field and the flaw for which keys are not certified."""
    with pytest.raises(InvalidInputError) as caught:
        certify_partner(command, vault=vault)
    return caught.value.field, caught.value.flaw


@pytest.fixture
def offered(made: MadeVault) -> tuple[bytes, str]:
    """A file of keys from another vault, and its fingerprint in words."""
    other = another_vault(made).open()
    keys = hand_out_keys(vault=other).value
    other.close()
    return keys.data, keys.fingerprint.words


def command(offered: tuple[bytes, str], organisation_id: UUID) -> CertifyPartner:
    """Return that the keys are vouched for."""
    data, words = offered
    return CertifyPartner(data=data, organisation_id=organisation_id, told=words, is_bound=True)


def test_whoever_manages_no_accounts_certifies_nobody(
    made: MadeVault, offered: tuple[bytes, str]
) -> None:
    vault = made.open("pn")
    with pytest.raises(NoRightError):
        certify_partner(command(offered, UUID(bytes=vault.trust.vault_id)), vault=vault)
    with pytest.raises(NoRightError):
        retire_partner(UUID(int=1), vault=vault)
    vault.close()


def test_keys_whose_fingerprint_is_another_are_not_certified(
    vault: OpenVault, offered: tuple[bytes, str]
) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    right = command(offered, school)
    swapped = " ".join(reversed(right.told.split()))

    assert flaw_of(replace(right, told=""), vault) == ("told", "missing")
    assert flaw_of(replace(right, told=swapped), vault) == ("told", "different")
    assert flaw_of(replace(right, told="0123 4567"), vault) == ("told", "different")
    assert read_partners(vault=vault).value.partners == ()


def test_keys_are_not_certified_for_nobody_and_not_without_the_duty(
    vault: OpenVault, offered: tuple[bytes, str]
) -> None:
    school = organisation(vault, "school", "Ekbackens skola")

    assert flaw_of(command(offered, UUID(int=7)), vault) == ("organisation", "unknown")
    unbound = replace(command(offered, school), is_bound=False)
    assert flaw_of(unbound, vault) == ("is_bound", "missing")


def test_ones_own_keys_are_not_certified(vault: OpenVault) -> None:
    keys = hand_out_keys(vault=vault).value
    with pytest.raises(InvalidInputError) as caught:
        read_offered_keys(keys.data, vault=vault)
    assert (caught.value.field, caught.value.flaw) == ("file", "own")


def test_a_file_that_is_none_is_refused(vault: OpenVault) -> None:
    with pytest.raises(InvalidInputError):
        read_offered_keys(b"%PDF", vault=vault)


def test_a_partner_who_was_retired_comes_back_by_no_old_row(made: MadeVault) -> None:
    there = another_vault(made).open()
    vault = made.open()
    partner = certify(vault, there, organisation(vault, "school", "Ekbackens skola"))
    retire_partner(partner, vault=vault)
    there.close()
    vault.close()
    # Whoever has an account can take the newest row away, or put the oldest in its place.
    forge(
        made.folder / "vault.db",
        made.file_key,
        "DELETE FROM setting WHERE rowid = (SELECT max(rowid) FROM setting)",
    )

    vault = made.open()
    assert [one for one in read_partners(vault=vault).value.partners if not one.retired] == []
    vault.close()


def test_nobody_is_retired_twice_or_unknown(made: MadeVault, vault: OpenVault) -> None:
    there = another_vault(made).open()
    partner = certify(vault, there, organisation(vault, "school", "Ekbackens skola"))
    there.close()
    retire_partner(partner, vault=vault)

    for nobody in (partner, UUID(int=1)):
        with pytest.raises(InvalidInputError):
            retire_partner(nobody, vault=vault)
    assert [one.retired for one in read_partners(vault=vault).value.partners] == [True]


def test_certified_keys_are_known_by_the_fingerprint_that_was_read_aloud(
    vault: OpenVault, offered: tuple[bytes, str]
) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    told = read_offered_keys(offered[0], vault=vault).value
    assert (told.name, told.municipality, told.replaces) == ("Kerstin Ek", "Annanstad", False)

    certified = certify_partner(command(offered, school), vault=vault)

    assert certified.changes.partners
    (known,) = read_partners(vault=vault).value.partners
    assert known.fingerprint.words == offered[1] == told.fingerprint.words
    assert (known.id, known.organisation, known.certified_by, known.retired) == (
        certified.value, "Ekbackens skola", "Karin Ek", False,
    )  # fmt: skip
    assert read_offered_keys(offered[0], vault=vault).value.replaces


def test_the_digits_do_as_well_as_the_words(vault: OpenVault, offered: tuple[bytes, str]) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    digits = read_offered_keys(offered[0], vault=vault).value.fingerprint.digits
    certify_partner(replace(command(offered, school), told=digits), vault=vault)

    assert len(read_partners(vault=vault).value.partners) == 1


def test_a_partner_stays_known_after_the_vault_was_locked(
    made: MadeVault, offered: tuple[bytes, str]
) -> None:
    vault = made.open()
    school = organisation(vault, "school", "Ekbackens skola")
    certify_partner(command(offered, school), vault=vault)
    vault.close()

    vault = made.open("pn")
    assert [one.name for one in read_partners(vault=vault).value.partners] == ["Kerstin Ek"]
    with vault.work() as work:
        assert [one.action for one in work.audit.entries()].count(Action.PARTNER_CERTIFIED) == 1
    vault.close()
