"""A desk without a vault behind it, and how to look at the window that shows it."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.desk_screens import ME
from tests.ui.plain import FOLDER, NOW, DraftBox, nothing, raising
from trygga_desktop.domain import errors
from trygga_desktop.domain.case import CaseList
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.case_uses import (
    ApprovalUses,
    CaseUses,
    ConsentUses,
    ConsultationUses,
    DetailsUses,
    DirectoryUses,
    ExcerptUses,
    MeetingUses,
    PacketUses,
    PeopleUses,
    PlanDeskUses,
    RuleUses,
    SealUses,
    SignatureUses,
)
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.use_cases import Desk

Uses = TypeVar(
    "Uses",
    ApprovalUses,
    CaseUses,
    PeopleUses,
    DetailsUses,
    DirectoryUses,
    ConsentUses,
    ExcerptUses,
    ConsultationUses,
    MeetingUses,
    PacketUses,
    PlanDeskUses,
    ConsultationUses,
    RuleUses,
    SealUses,
    SignatureUses,
)
OpenDesk = Callable[..., MainWindow]

__all__ = ["ME", "OpenDesk", "command", "frame", "make_desk", "refusing", "settle", "shows"]


def make_desk(**changes: Any) -> Desk:
    """Return the use cases of an empty vault, with these in their place."""
    desk = Desk(
        folder=FOLDER,
        municipality=lambda: "Exempelstad",
        me=ME,
        notices=(),
        saved_at=lambda: NOW,
        list_cases=lambda: Done(CaseList(rows=())),
        read_reminders=lambda: Done(()),
        open_case=lambda _: Done(UUID(int=7), Changes(cases=True)),
        find_similar=lambda _: Done(()),
        change_passphrase=lambda _: Done(None),
        drafts=DraftBox().uses,
        case=refusing(CaseUses),
        people=refusing(PeopleUses, details=refusing(DetailsUses)),
        directory=refusing(DirectoryUses),
        consents=refusing(ConsentUses),
        consultations=refusing(ConsultationUses),
        meetings=refusing(
            MeetingUses,
            sealing=refusing(SealUses, approval=refusing(ApprovalUses)),
            signatures=refusing(SignatureUses),
            excerpts=refusing(ExcerptUses),
        ),
        packets=refusing(PacketUses),
        plans=refusing(PlanDeskUses),
        rules=refusing(RuleUses, arms=bytes, seal=str),
        log_clock_jump=lambda: Done(None),
        tidy=nothing,
        close=nothing,
    )
    return replace(desk, **changes)


def refusing(uses: type[Uses], **changes: Any) -> Uses:
    """Return use cases of which each says that it is not allowed, but for these."""
    refuse = raising(errors.NoAccessError())
    refused: dict[str, Any] = {field.name: refuse for field in fields(uses)}
    return uses(**{**refused, **changes})


def frame(window: MainWindow) -> QWidget:
    """Return the frame that the window shows."""
    found = window.centralWidget()
    assert found is not None
    return found


def shows(window: MainWindow, kind: type[QWidget]) -> bool:
    """Return whether the window shows a screen of this kind."""
    return isinstance(frame(window).findChild(kind), kind)


def command(window: MainWindow, key: str) -> QAction:
    """Return the action of these keys."""
    return next(
        action
        for action in window.actions()
        if key in [sequence.toString() for sequence in action.shortcuts()]
    )


def settle() -> None:
    """Let everything that was put off happen: layouts, deletions, what follows from them."""
    for _ in range(5):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
