"""An organisation has a kind and a name."""

from uuid import UUID

import pytest

from trygga_desktop.domain.agencies import Organisation


@pytest.mark.parametrize(("kind", "name"), [("", "Söderskolan"), ("school", " ")])
def test_an_organisation_without_kind_or_name_is_refused(kind: str, name: str) -> None:
    with pytest.raises(ValueError, match="kind and a name"):
        Organisation(id=UUID(int=1), kind=kind, name=name)


def test_a_case_can_have_two_organisations_of_one_kind() -> None:
    first = Organisation(id=UUID(int=1), kind="social_services", name="Norra nämnden")
    second = Organisation(id=UUID(int=2), kind="social_services", name="Södra nämnden")

    assert first != second
