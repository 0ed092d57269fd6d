"""Puts canaries into every text that a use case takes: strings that stand nowhere else."""

import random
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from types import ModuleType
from typing import Any

import trygga_desktop.services
from tests import conftest, people
from tests.conftest import MadeVault
from tests.house.source import public
from tests.services import examples
from tests.services.examples import EXAMPLES, packets, row
from trygga_desktop.crypto.packets import seal_packet
from trygga_desktop.domain.case import Intake
from trygga_desktop.domain.consent import Cell
from trygga_desktop.domain.consent_events import Circumstance
from trygga_desktop.domain.meeting import NextMeeting
from trygga_desktop.domain.packets import Packet, Part
from trygga_desktop.services.cases import OpenCase
from trygga_desktop.services.consents import ChangeTerms, NewLimit, SignerAnswer
from trygga_desktop.services.meetings import EndMeeting
from trygga_desktop.services.parties import ChangeParty
from trygga_desktop.services.use_case import PERMISSION

CODES = frozenset(
    {
        "AddAgendaItem.category",
        "Answer.category",
        "AreaWords.area",
        "AnswerLowering.version",
        "ApproveDraft.basis",
        "AskToLower.version",
        "BeginConsultation.programme",
        "Cell.category",
        "CertifyPartner.told",
        "ChangeCommitment.reason",
        "ChangePhase.reason",
        "ChangeStage.stage",
        "ChangeDetails.version",
        "Circumstance.language",
        "CommitmentEnding.reason",
        "ComposeCalendar.language",
        "ComposeDueCalendar.language",
        "ComposeExcerpt.language",
        "ComposeLetter.language",
        "ComposePaper.language",
        "ComposePlan.language",
        "ComposeProtocol.language",
        "ComposeRaised.language",
        "ConfirmGround.ground",
        "GiveExcerpt.basis",
        "GiveExcerpt.language",
        "GroundAnswer.condition",
        "MakePacket.chosen",
        "NewExclusion.categories",
        "OpenCase.programme",
        "PassGate.ground",
        "PlanLine.area",
        "PlanLine.category",
        "PlanMeeting.language",
        "PlanMeeting.order",
        "PlanMeeting.template",
        "RecordBar.categories",
        "RecordException.code",
        "RecordRating.values",
        "RecordStatement.area",
        "RecordStatement.category",
        "SaveOrganisation.kind",
        "SealProtocol.basis",
        "SealProtocol.language",
        "TakeIn.accepted",
        "TakeIn.refused",
        "TellWithoutNames.category",
        "UseGround.ground",
        "WriteEntry.category",
    }
)
"""Fields that hold a code of the catalogue or of a language, a digest, or the name of a part."""

SECRETS = frozenset(
    {
        "AddUser.passphrase",
        "ChangePassphrase.new",
        "ChangePassphrase.old",
        "CreateVault.passphrase",
        "IdentityNumber.digits",
        "PreparedVault.recovery_code",
    }
)
"""Fields whose value must be what it is: it is searched for as well."""

READABLE = frozenset({"AddUser.login", "CreateVault.login"})
"""A sign-in name stands in the folder of the vault for whoever wants to unlock it."""

WHOLE_ROUND = 500
"""So many canaries are asked for where every use case is to be done."""

# What a person writes in the parts of a packet, unlike what is a date, a number or a code there.
_WRITTEN = frozenset({"own_part", "question", "sign", "text", "title", "words"})

# After these half a year has gone by, a colleague may be granted nothing, and nobody knows the
# passphrase any more.
_LAST = ("note_later_look", "change_roles", "change_passphrase")


@dataclass(slots=True, kw_only=True)
class Planter:
    """Makes canaries, and remembers each of them and the fields that got one."""

    chance: random.Random
    canaries: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    planted: set[str] = field(default_factory=set)
    _cell: Cell | None = None

    def canary(self) -> str:
        """Return a string that stands nowhere else."""
        made = f"Kanarie{self.chance.getrandbits(48):012x}"
        self.canaries.append(made)
        return made

    def through(self, use: Callable[..., Any]) -> Callable[..., Any]:
        """Return the use case, with a canary in each text that it is given."""

        def plant_first(*given: Any, **named: Any) -> Any:
            return use(*map(self.fill, given), **named)

        return plant_first

    def sealing(self, seal: Callable[..., bytes]) -> Callable[..., bytes]:
        """Return what seals a packet, with a canary in each word that its sender wrote."""

        def plant_first(made: Packet, **named: Any) -> bytes:
            return seal(replace(made, parts=tuple(map(self._written, made.parts))), **named)

        return plant_first

    def _written(self, part: Part) -> Part:
        canaries = {name: self.canary() for name in _WRITTEN & part.fields.keys()}
        self.planted |= {f"Part.{name}" for name in canaries}
        return replace(part, fields={**part.fields, **canaries})

    def fill(self, value: Any) -> Any:
        """Return a command with canaries in place of its texts, those of its parts included."""
        if type(value) is tuple:
            return tuple(map(self.fill, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        whole = self._with_all_parts(value)
        changed = {}
        for one in fields(whole):
            name, held = f"{type(whole).__name__}.{one.name}", getattr(whole, one.name)
            if name in SECRETS:
                self.planted.add(name)
                self.secrets.add(str(held))
            elif type(held) is str and name not in CODES | READABLE:
                self.planted.add(name)
                changed[one.name] = self.canary()
            elif type(held) is tuple or is_dataclass(held):
                changed[one.name] = self.fill(held)
        return replace(whole, **changed) if changed else whole

    def _with_all_parts(self, value: Any) -> Any:
        """Return a command with the parts that an example leaves out."""
        match value:
            case OpenCase(intake=None):
                return replace(value, intake=Intake())
            case EndMeeting(next_meeting=None):
                return replace(value, next_meeting=NextMeeting(starts_at=people.STARTS_AT))
            case SignerAnswer(circumstance=None):
                self._cell = next(iter(value.cells), self._cell)
                return replace(value, circumstance=Circumstance())
            case ChangeParty(function=None):
                return replace(value, function="")
            case ChangeTerms(limits=()) if self._cell is not None and value.exclusions:
                asked_by = value.exclusions[0].asked_by
                limit = NewLimit(cell=self._cell, words="", asked_by=asked_by)
                return replace(value, limits=(limit,))
            case _:
                return value


def use_cases_with_texts() -> set[str]:
    """Return each text that any use case takes, and who makes a vault."""
    found = {one.name: one.function for one in public(trygga_desktop.services)}
    return {text for name in (*EXAMPLES, "create_vault") for text in _text_fields(found[name])}


def _text_fields(use: Callable[..., Any]) -> Iterator[str]:
    for name, kind in typing.get_type_hints(use).items():
        if name not in {"return", "vault", "environment"}:
            yield from _texts_in(kind, set())


def _texts_in(kind: Any, seen: set[Any]) -> Iterator[str]:
    if is_dataclass(kind) and isinstance(kind, type) and kind not in seen:
        seen.add(kind)
        hints = typing.get_type_hints(kind)
        for one in fields(kind):
            inside = hints[one.name]
            if inside is str or str in typing.get_args(inside):
                yield f"{kind.__name__}.{one.name}"
            yield from _texts_in(inside, seen)
    for part in typing.get_args(kind):
        yield from _texts_in(part, seen)


def plant_everywhere(planter: Planter) -> None:
    """Have each use case that our examples call go through the planter, in this process."""
    parts = (one for one in vars(examples).values() if isinstance(one, ModuleType))
    for module in {conftest, people, row, *parts}:
        _plant_in(module, planter)
    vars(packets)["seal_packet"] = planter.sealing(seal_packet)


def _plant_in(module: ModuleType, planter: Planter) -> None:
    for name, one in list(vars(module).items()):
        if hasattr(one, PERMISSION) or name == "create_vault":
            setattr(module, name, planter.through(one))


def use_all(made: MadeVault, planter: Planter, look: Callable[[], None], *, count: int) -> None:
    """Do use cases in any order until so many canaries are planted; `look` comes after each.

    With `WHOLE_ROUND` canaries or more, each of them is done.
    """
    names = planter.chance.sample(sorted(EXAMPLES), len(EXAMPLES))
    for name in sorted(names, key=_rank):
        if count < WHOLE_ROUND and len(planter.canaries) >= count:
            break
        vault = made.open()
        one = EXAMPLES[name]
        one.example(vault, row.prepare(vault, made, one.stage))
        look()
        vault.close()


def _rank(name: str) -> int:
    return _LAST.index(name) + 1 if name in _LAST else 0
