"""How the screen of a plan stands: what is read, what is asked, what has just happened."""

from enum import StrEnum


class PlanState(StrEnum):
    """What stands where the plan is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Asking(StrEnum):
    """What is asked above the plan before something happens."""

    NOTHING = "nothing"
    LEAVE_OUT = "leave_out"
    AGREED = "agreed"
    OPENS = "opens"


class Told(StrEnum):
    """What has just happened to the plan."""

    NOTHING = "nothing"
    KEPT = "kept"
    BROUGHT = "brought"
    AGREED = "agreed"
    STATE = "state"
    LOOK_AGAIN = "look_again"
