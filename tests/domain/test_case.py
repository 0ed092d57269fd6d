"""The phases of a case are those of the catalogue."""

from trygga_desktop.domain.case import Phase

# The codes of `programmes.toml`, table `phase`, in its order. They are stored: none is renamed.
CODES = [
    "referral",
    "assessment",
    "information_and_consent",
    "mapping",
    "plan_meeting",
    "follow_up",
    "closing",
    "long_term_follow_up",
    "paused",
    "declined",
    "below_threshold",
    "closed",
]


def test_a_case_is_in_one_of_the_catalogues_phases_and_in_no_other() -> None:
    assert [phase.value for phase in Phase] == CODES
