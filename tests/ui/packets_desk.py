"""Packets out and in on the desk, and the keys that count, without a vault."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, ME, desk_frame
from tests.ui.desks import refusing
from tests.ui.meetings_desk import catalogue
from tests.ui.plain import NOW, draft_uses, make_services
from trygga_desktop.domain.packets import Change, PartFlaw, PartKind, StayFlaw
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.packets import (
    MadePacket,
    MakePacket,
    Outgoing,
    OutgoingPart,
    Receiver,
    ToldField,
)
from trygga_desktop.services.packets_in import Incoming, IncomingPart, TakeIn, is_line
from trygga_desktop.services.partners import (
    CertifyPartner,
    Fingerprint,
    KeyFile,
    KnownPartner,
    OfferedKeys,
    OrganisationChoice,
    PartnerList,
)
from trygga_desktop.ui.case_uses import PacketUses
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.screens.packet_in.view import PacketInView
from trygga_desktop.ui.screens.packet_in.view_model import PacketInViewModel
from trygga_desktop.ui.screens.packet_out.view import PacketOutView
from trygga_desktop.ui.screens.packet_out.view_model import PacketOutViewModel
from trygga_desktop.ui.screens.partners.view import PartnersView
from trygga_desktop.ui.screens.partners.view_model import PartnersViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

CASE, MEETING = CASES[0].id, UUID(int=500)
SARA, BO = UUID(int=701), UUID(int=702)
STARTS = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)
ALLOWED = Decision(reason=Reason.CONSENT_COVERS)
MISSING = Decision(reason=Reason.CONSENT_MISSING)
MINE = Fingerprint(
    words="kastanj vinge torsdag glänta paraply måne",
    digits="1f0c 98ab 77d2 0b3e 5512 c4a9 e6f1 0d27 8b90 3a6c",
)
THEIRS = Fingerprint(
    words="grävling tratt onsdag fjärd sadel vante",
    digits="9b21 44de 0a7c 63f8 11b5 ce02 97aa 3d4f 60e1 82c7",
)
FILE = b"keys"


def fields(**texts: str) -> tuple[ToldField, ...]:
    """Return fields with these texts."""
    return tuple(ToldField(name=name, text=text) for name, text in texts.items())


def key(kind: PartKind, number: int) -> str:
    """Return the key of a part."""
    return f"{kind} {UUID(int=number)}"


def going(kind: PartKind, number: int, *, is_new: bool = True, **texts: str) -> OutgoingPart:
    """Return a part that may leave."""
    return OutgoingPart(
        key=key(kind, number),
        kind=kind,
        category="leisure",
        fields=fields(**texts),
        decision=None if kind is PartKind.AGENDA else ALLOWED,
        flaw=None,
        is_new=is_new,
    )


LEAVING = (
    going(PartKind.AGENDA, 1, is_new=False, title="Den unges röst", minutes="10"),
    going(PartKind.AGENDA, 2, title="Resan till lägret", minutes="15"),
    going(PartKind.VOICE, 3, words="Jag vill byta lag.", told_by="self"),
    going(PartKind.STATEMENT, 4, text="Ny tränare sedan i oktober."),
    going(
        PartKind.COMMITMENT,
        5,
        text="Ringer tränaren och frågar om en plats",
        responsible="Henrik Alm",
        due_on="2026-12-10",
        state="not_started",
    ),
)
STAYING = (
    replace(going(PartKind.STATEMENT, 6, text="Frånvaro i matematik."), decision=MISSING),
    replace(going(PartKind.STATEMENT, 7, text="Mamma arbetar natt."), flaw=StayFlaw.ABOUT_ANOTHER),
)
RECEIVERS = (
    Receiver(id=SARA, name="Sara Lind", municipality="Annanstad", organisation="Socialtjänsten B"),
    Receiver(id=BO, name="Bo Wik", municipality="Nystad", organisation="Skolan i Nystad"),
)


def coming(kind: PartKind, number: int, change: Change, **texts: str) -> IncomingPart:
    """Return a part that came."""
    return IncomingPart(
        key=key(kind, number),
        kind=kind,
        change=change,
        category="leisure",
        before=(),
        after=fields(**texts),
        organisation="Socialtjänsten B",
        known_on=DAY,
        decision=ALLOWED,
        flaw=None,
    )


COMING = (
    coming(PartKind.AGENDA, 2, Change.NEW, title="Prova på klättring", minutes="15"),
    replace(
        coming(PartKind.VOICE, 3, Change.BOTH, words="Jag vill byta lag.", told_by="self"),
        before=fields(words="Jag vill helst åka skidor.", told_by="self"),
    ),
    replace(
        coming(
            PartKind.COMMITMENT,
            5,
            Change.THERE,
            text="Ringer tränaren och frågar om en plats",
            responsible="Henrik Alm",
            due_on="2026-12-10",
            follow_up_on="2026-12-07",
            state="doing",
        ),
        before=fields(
            text="Ringer tränaren och frågar om en plats",
            responsible="Henrik Alm",
            due_on="2026-12-10",
            follow_up_on="2026-12-03",
            state="not_started",
        ),
    ),
    replace(
        coming(PartKind.STATEMENT, 8, Change.NEW),
        flaw=PartFlaw.NOT_ALLOWED,
        decision=MISSING,
        after=(),
    ),
    coming(PartKind.AGENDA, 1, Change.SAME, title="Den unges röst", minutes="10"),
)


REMOVED = replace(
    coming(PartKind.REMOVED_LINE, 9, Change.THERE),
    before=fields(words="Elias får hjälp i matte.", kind="need", goal="Klara nian."),
)


class Sender:
    """Stands for the vault a packet is made in: keeps what was made, and fails when told to."""

    def __init__(self, receivers: Sequence[Receiver] = RECEIVERS) -> None:
        self.screens = 1
        self.made: list[MakePacket] = []
        self.asked: list[UUID | None] = []
        self.failure: Exception | None = None
        self.read_failure: Exception | None = None
        self.receivers = tuple(receivers)
        self.parts: tuple[OutgoingPart, ...] = (*LEAVING, *STAYING)
        self.name = "Elias Demosson"

    def read(self, _: UUID, meeting_id: UUID | None, partner_id: UUID | None) -> Done[Outgoing]:
        """Return what can be sent, or fail."""
        self.asked.append(partner_id)
        if self.read_failure is not None:
            raise self.read_failure
        first = self.receivers[0].id if self.receivers else None
        return Done(
            Outgoing(
                row=CASES[0],
                meeting_number=0 if meeting_id is None else 6,
                receivers=self.receivers,
                receiver=partner_id or first,
                name=self.name,
                parts=self.parts if self.receivers else (),
                sent=len(self.made),
                catalogue=catalogue(),
            )
        )

    def make(self, command: MakePacket) -> Done[MadePacket]:
        """Return the file, or fail."""
        if self.failure is not None:
            raise self.failure
        self.made.append(command)
        number = len(self.made)
        name = f"paket-{number}.trygga-packet"
        return Done(
            MadePacket(data=b"packet", file_name=name, number=number), Changes(meetings=True)
        )

    def open(
        self, runner: TaskRunner | None = None, *, meeting_id: UUID | None = MEETING
    ) -> PacketOutViewModel:
        """Return the screen's model, loaded."""
        model = PacketOutViewModel(
            CASE,
            meeting_id,
            read_outgoing=self.read,
            make_packet=self.make,
            reasons_toml=make_services().reasons(),
            runner=runner or InlineRunner(),
            screen_count=lambda: self.screens,
            now=lambda: NOW,
        )
        model.load()
        return model


class Receiving:
    """Stands for the vault a packet comes to: keeps what was taken in, and fails when told to."""

    def __init__(self, parts: Sequence[IncomingPart] = COMING, *, is_first: bool = True) -> None:
        self.screens = 1
        self.taken: list[TakeIn] = []
        self.plans: list[TakeIn] = []
        self.read_data: list[bytes] = []
        self.failure: Exception | None = None
        self.take_failure: Exception | None = None
        self.rest_failure: Exception | None = None
        self.found = Incoming(
            row=CASES[0],
            sender="Sara Lind",
            municipality="Annanstad",
            organisation="Socialtjänsten B",
            made_at=datetime(2026, 11, 25, 13, 5, tzinfo=UTC),
            number=1,
            case_number_there="ANNAN-2026-017",
            name_there="Elias Demosson",
            name_here="Elias Demosson",
            is_another_name=False,
            is_first=is_first,
            is_new_meeting=is_first,
            starts_at=STARTS,
            parts=tuple(parts),
            catalogue=catalogue(),
        )

    def read(self, _: UUID, data: bytes) -> Done[Incoming]:
        """Return what the packet holds, or fail."""
        self.read_data.append(data)
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def take_plan(self, command: TakeIn) -> Done[None]:
        """Take in the lines of the plan, or fail."""
        if self.take_failure is not None:
            raise self.take_failure
        self.plans.append(command)
        stored = {one for one in command.accepted if is_line(one)}
        parts = [
            replace(one, change=Change.SAME) if one.key in stored else one
            for one in self.found.parts
        ]
        self.found = replace(self.found, parts=tuple(parts))
        return Done(None, Changes(items=True, meetings=True))

    def take(self, command: TakeIn) -> Done[None]:
        """Take it in, or fail."""
        failure = self.take_failure or self.rest_failure
        if failure is not None:
            raise failure
        self.taken.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def open(
        self, runner: TaskRunner | None = None, drafts: DraftUses | None = None
    ) -> PacketInViewModel:
        """Return the screen's model, with no file chosen."""
        return PacketInViewModel(
            CASE,
            read_packet=self.read,
            take_in_plan=self.take_plan,
            take_in_packet=self.take,
            reasons_toml=make_services().reasons(),
            drafts=drafts or draft_uses(),
            runner=runner or InlineRunner(),
            screen_count=lambda: self.screens,
            now=lambda: NOW,
        )


class KeyRing:
    """Stands for a vault that knows whose keys count."""

    def __init__(self, *, is_empty: bool = False) -> None:
        self.certified: list[CertifyPartner] = []
        self.retired: list[UUID] = []
        self.handed_out = 0
        self.failure: Exception | None = None
        self.file_failure: Exception | None = None
        known = (
            self._known(SARA, "Sara Lind", retired=False),
            self._known(BO, "Bo Wik", retired=True),
        )
        self.partners = () if is_empty else known

    def _known(self, partner_id: UUID, name: str, *, retired: bool) -> KnownPartner:
        return KnownPartner(
            id=partner_id,
            name=name,
            municipality="Annanstad",
            organisation_id=UUID(int=801),
            organisation="Socialtjänsten B",
            fingerprint=THEIRS,
            at=NOW,
            certified_by="Karin Ek",
            retired=retired,
        )

    def read(self) -> Done[PartnerList]:
        """Return whose keys count."""
        return Done(
            PartnerList(
                mine=MINE,
                partners=self.partners,
                organisations=(
                    OrganisationChoice(
                        id=UUID(int=801), name="Socialtjänsten B", kind="social_services"
                    ),
                    OrganisationChoice(id=UUID(int=802), name="Tallbackaskolan", kind="school"),
                ),
            )
        )

    def hand_out(self) -> Done[KeyFile]:
        """Return one's own keys, or fail."""
        if self.failure is not None:
            raise self.failure
        self.handed_out += 1
        return Done(KeyFile(data=b"mine", file_name="nycklar.trygga-keys", fingerprint=MINE))

    def offer(self, _: bytes) -> Done[OfferedKeys]:
        """Return what a file of keys says, or fail."""
        if self.file_failure is not None:
            raise self.file_failure
        return Done(
            OfferedKeys(
                name="Sara Lind", municipality="Annanstad", fingerprint=THEIRS, replaces=True
            )
        )

    def certify(self, command: CertifyPartner) -> Done[UUID]:
        """Certify, or fail."""
        if self.failure is not None:
            raise self.failure
        self.certified.append(command)
        return Done(SARA, Changes(partners=True))

    def retire(self, partner_id: UUID) -> Done[None]:
        """Take back, or fail."""
        if self.failure is not None:
            raise self.failure
        self.retired.append(partner_id)
        return Done(None, Changes(partners=True))

    @property
    def uses(self) -> PacketUses:
        """The use cases that this vault has."""
        return refusing(
            PacketUses,
            read_partners=self.read,
            hand_out_keys=self.hand_out,
            read_offered_keys=self.offer,
            certify_partner=self.certify,
            retire_partner=self.retire,
        )

    def open(self, **changes: Any) -> PartnersViewModel:
        """Return the screen's model, loaded."""
        given = {"me": ME, "runner": InlineRunner(), **changes}
        model = PartnersViewModel(uses=self.uses, now=lambda: NOW, **given)
        model.load()
        return model


def key_file(place: Path) -> Path:
    """Return a file that stands for one of keys."""
    file = place / "sara.trygga-keys"
    file.write_bytes(FILE)
    return file


def shown_out(look: Look) -> QWidget:
    """Return the frame of the desk around what can be sent."""
    model = Sender().open()
    return desk_frame(look, PacketOutView(model, look), model)


def shown_nobody(look: Look) -> QWidget:
    """Return the same where nobody's keys are certified."""
    model = Sender(()).open()
    return desk_frame(look, PacketOutView(model, look), model)


def shown_empty(look: Look) -> QWidget:
    """Return the frame of the desk around the question which packet it is."""
    model = Receiving().open()
    return desk_frame(look, PacketInView(model, look), model)


def shown_changes(look: Look) -> QWidget:
    """Return the same around what a packet holds, a line that was removed there among it."""
    model = Receiving((REMOVED, *COMING)).open()
    model.choose(Path(__file__))
    return desk_frame(look, PacketInView(model, look), model)


def shown_partners(look: Look) -> QWidget:
    """Return the frame of the desk around whose keys count."""
    model = KeyRing().open()
    view = PartnersView(model, look)
    model.ask_to_retire(SARA)
    return desk_frame(look, view, model, room="settings")


def shown_certify(look: Look) -> QWidget:
    """Return the same while somebody's keys are certified."""
    model = KeyRing(is_empty=True).open()
    view = PartnersView(model, look)
    model.choose(Path(__file__))
    return desk_frame(look, view, model, room="settings")


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("packet-out", shown_out),
    ("packet-out-nobody", shown_nobody),
    ("packet-in", shown_empty),
    ("packet-in-changes", shown_changes),
    ("partners", shown_partners),
    ("partners-certify", shown_certify),
)
