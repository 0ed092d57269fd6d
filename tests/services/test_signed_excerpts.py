"""The signed paper of an excerpt: noted with its day, and only of one that somebody signs."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import DAY
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of
from tests.services.test_excerpts import given
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.excerpts import CopyState
from trygga_desktop.services.distribution import (
    TakeBack,
    read_distribution,
    report_spoilt,
    take_back,
)
from trygga_desktop.services.signed_excerpts import RecordSigned, record_signed
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.excerpts import tie_of_excerpt
from trygga_desktop.storage.stores.plain import spell


def signed(vault: OpenVault, held: HeldMeeting, copy_id: UUID, on: date = DAY) -> None:
    record_signed(RecordSigned(case_id=held.case_id, copy_id=copy_id, on=on), vault=vault)


def days(vault: OpenVault, held: HeldMeeting) -> list[date | None]:
    listed = read_distribution(held.case_id, vault=vault).value
    assert listed.is_whole
    return [one.copy.signed_on for one in listed.copies]


def test_who_may_not_open_the_case_notes_nothing_in_it(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = given(vault, held, held.family.school).excerpt
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        signed(vault, held, excerpt.id)
    vault.close()


def test_only_an_excerpt_that_left_and_has_a_line_is_signed_and_on_a_day_that_can_be(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    school = given(vault, held, held.family.school).excerpt
    spoilt = given(vault, held, held.family.sara).excerpt
    report_spoilt(held.case_id, spoilt.id, vault=vault)
    young = given(vault, held, held.family.subject).excerpt
    for copy_id, on in (
        (uuid4(), DAY),
        (spoilt.id, DAY),
        (young.id, DAY),
        (school.id, DAY - timedelta(days=1)),
        (school.id, DAY + timedelta(days=1)),
    ):
        with pytest.raises(InvalidInputError):
            signed(vault, held, copy_id, on)

    assert days(vault, held) == [None, None, None]


def test_it_is_noted_with_its_day_and_stays_so_when_the_copy_comes_back(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = given(vault, held, held.family.school).excerpt
    assert excerpt.signer == "Maria Lind"
    signed(vault, held, excerpt.id)
    take_back(TakeBack(case_id=held.case_id, copy_id=excerpt.id), vault=vault)

    assert days(vault, held) == [DAY]
    (line,) = read_distribution(held.case_id, vault=vault).value.copies
    assert (line.copy.state, line.copy.signer) == (CopyState.RETURNED, "Maria Lind")


def test_an_excerpt_that_nobody_signs_is_tied_as_it_was_before_any_had_a_signer(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = replace(given(vault, held, held.family.school).excerpt, signer="")
    then = spell(excerpt)
    del then["signer"]

    digest = sha256(to_canonical(["trygga-excerpt-1", then])).digest()
    assert tie_of_excerpt(excerpt).digest == digest
