"""Has the invented people sign, limit, take back and be heard."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import Circumstance, View, Way
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.consents import (
    ChangeTerms,
    NewExclusion,
    NewLimit,
    RecordBar,
    RecordConsent,
    RecordOpinion,
    SignerAnswer,
    WithdrawConsent,
    change_terms,
    read_consents,
    record_bar,
    record_consent,
    record_opinion,
    withdraw_consent,
)
from trygga_desktop.services.grounds import UseGround, use_ground
from trygga_desktop.story.tables import Stage, Table, ToldCase


class Papers:
    """Records what was signed and said of consents."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._vault = stage.vault

    def sign(self, case: Table, day: date) -> None:
        """Record what was signed, limited or taken back on a day."""
        told = self._stage.cases[case["code"]]
        acts = [one for one in case["consent_act"] if one["date"] == day]
        papers: dict[str, list[Table]] = {}
        for act in acts:
            if act["type"] in {"given", "oral"}:
                papers.setdefault(act["version"], []).append(act)
        for version, signed in papers.items():
            self._record_paper(told, version, signed)
        for act in acts:
            if act["type"].startswith("withdrawn"):
                names = act.get("organisations")
                command = WithdrawConsent(
                    case_id=told.id,
                    signer=told.people[act["signer"]],
                    on=day,
                    organisations=None
                    if names is None
                    else frozenset(told.organisations[one] for one in names),
                )
                withdraw_consent(command, vault=self._vault)
        self._record_terms(told, case, day)

    def _record_paper(self, told: ToldCase, version: str, signed: list[Table]) -> None:
        first = signed[0]
        command = RecordConsent(
            case_id=told.id,
            signed_on=first["date"],
            valid_from=first["valid_from"],
            valid_to=first["valid_to"],
            way=Way.ORAL if first["type"] == "oral" else Way.PAPER,
            answers=tuple(
                SignerAnswer(
                    signer=told.people[act["signer"]],
                    answer=Answer.GIVEN,
                    cells=_cells(act, told.organisations),
                    own_information=_own_information(act, told),
                    circumstance=Circumstance(form_version=version, language="sv"),
                )
                for act in signed
            ),
        )
        record_consent(command, vault=self._vault)

    def _record_terms(self, told: ToldCase, case: Table, day: date) -> None:
        exclusions = [one for one in case.get("exclusions", ()) if one["from"] == day]
        limits = [one for one in case.get("limits", ()) if one["from"] == day]
        if not exclusions and not limits:
            return
        command = ChangeTerms(
            case_id=told.id,
            on=day,
            exclusions=tuple(
                NewExclusion(
                    categories=frozenset(one["categories"]),
                    words=one["text"],
                    asked_by=told.people[one["requested_by"]],
                )
                for one in exclusions
            ),
            limits=tuple(
                NewLimit(
                    cell=Cell(
                        organisation_id=told.organisations[one["organisation"]],
                        category=one["category"],
                        direction=Direction(one["direction"]),
                    ),
                    words=one["text"],
                    asked_by=told.people[one["requested_by"]],
                )
                for one in limits
            ),
        )
        change_terms(command, vault=self._vault)
        view = read_consents(told.id, vault=self._vault).value
        ids = {one.words: one.id for one in view.exclusions}
        ids |= {one.words: one.id for one in view.limits}
        told.terms |= {one["id"]: ids[one["text"]] for one in (*exclusions, *limits)}

    def hear(self, case: Table, event: Table) -> None:
        """Record the view of somebody who does not sign."""
        told = self._stage.cases[case["code"]]
        command = RecordOpinion(
            case_id=told.id,
            person=told.people[event["by"]],
            on=event["date"],
            view=View.AGREES,
            words=event["text"],
        )
        record_opinion(command, vault=self._vault)

    def limit_guardian(self, case: Table, bar: Table) -> None:
        """Keep something from a guardian, as the young person wants."""
        told = self._stage.cases[case["code"]]
        command = RecordBar(
            case_id=told.id,
            reason=Reason.CHILD_LIMITED,
            against=told.people[bar["guardian"]],
            on=bar["from"],
            scope=BarScope.THESE,
            categories=frozenset({bar["category"]}),
            words=bar["assessment"],
        )
        record_bar(command, vault=self._vault)

    def limit_organisation(self, case: Table, bar: Table) -> None:
        """Leave an organisation no more than some categories, for protection."""
        told = self._stage.cases[case["code"]]
        command = RecordBar(
            case_id=told.id,
            reason=Reason.PROTECTION_LIMIT,
            against=told.organisations[bar["organisation"]],
            on=bar["from"],
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(bar["categories"]),
            words=bar["text"],
        )
        record_bar(command, vault=self._vault)

    def concern(self, case: Table, concerned: Table) -> None:
        """Record which organisations are concerned."""
        told = self._stage.cases[case["code"]]
        organisations = frozenset(told.organisations[one] for one in concerned["organisations"])
        command = ChangeTerms(case_id=told.id, on=concerned["from"], concerned=organisations)
        change_terms(command, vault=self._vault)

    def use_ground(self, case: Table, used: Table) -> None:
        """Record that something is told without consent, decided and recorded on one day."""
        told = self._stage.cases[case["code"]]
        command = UseGround(
            case_id=told.id,
            ground=used["ground"],
            items=frozenset(told.items[one] for one in used["items"]),
            recipients=frozenset(told.organisations[one] for one in used["to"]),
            answers=tuple(
                GroundAnswer(condition=code, holds=given)
                if isinstance(given, bool)
                else GroundAnswer(condition=code, words=given)
                for code, given in used["answers"].items()
            ),
            decided_by=used["decided_by"],
            motive=used["motive"],
            on=self._stage.clock.at.date(),
            until=used["until"],
        )
        use_ground(command, vault=self._vault)


def _own_information(act: Table, told: ToldCase) -> OwnInformation:
    """Return whether what is about a signer may be told too; the young person is not asked that.

    What is about them is what the whole paper is about.
    """
    if told.people[act["signer"]] == told.subject:
        return OwnInformation.NONE
    return OwnInformation(act.get("own_information", "none"))


def _cells(act: Table, organisations: Mapping[str, UUID]) -> frozenset[Cell]:
    directions = (("receives", Direction.RECEIVE), ("gives", Direction.GIVE))
    return frozenset(
        Cell(organisation_id=organisations[code], category=category, direction=direction)
        for name, direction in directions
        for code, categories in act.get(name, {}).items()
        for category in categories
    )
