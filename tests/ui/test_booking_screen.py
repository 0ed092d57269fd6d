"""The form that changes a booked meeting: it begins as that is booked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.people import STARTS_AT, planned_meeting, signed_case
from tests.ui.meetings_desk import (
    CASE,
    DALIA,
    ELIAS,
    JONAS,
    KARIN,
    MEETINGS,
    MIRJA,
    PEOPLE,
    PETRA,
    case_meetings,
    meeting,
)
from tests.ui.new_meeting_desk import HELD, Planner, with_agenda
from tests.ui.plain import NOW, draft_uses, raising
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NoAccessError
from trygga_desktop.domain.meeting import (
    Function,
    Meeting,
    MeetingState,
    Participant,
    Presence,
    PresenceChange,
)
from trygga_desktop.services.meetings import CaseMeetings, Invitation, plan_meeting, read_meetings
from trygga_desktop.services.rebooking import change_booking
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.new_meeting.booked import Booked
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.guard import Way
from trygga_desktop.ui.screens.new_meeting.view import NewMeetingView
from trygga_desktop.ui.screens.new_meeting.view_model import FormState, NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.words import ask_anew_text
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look


def words(view: NewMeetingView) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel)]


AMINA = Participant(
    id=UUID(int=7001), name="Amina Hassan", functions=frozenset({Function.INTERPRETER})
)


def booked_meeting() -> Meeting:
    one = meeting(5, MEETINGS[1].starts_at, MeetingState.PLANNED)
    one = with_agenda(replace(one, participants=(*one.participants, AMINA)))
    part = frozenset({one.agenda[0].id, one.agenda[-2].id})
    people = tuple(
        replace(who, called_to=part) if who.party_id == JONAS.party.id else who
        for who in one.participants
    )
    return replace(one, participants=people)


def found(one: Meeting, **changes: Any) -> CaseMeetings:
    return replace(case_meetings((one, *HELD)), **changes)


def test_a_meeting_that_was_called_off_meanwhile_is_told_and_its_draft_stays(
    qtbot: QtBot, look: Look
) -> None:
    one = booked_meeting()
    planner = Planner(found(one))
    model = planner.open(booked=one.id)
    view = NewMeetingView(model, look)
    qtbot.addWidget(view)
    model.type(MeetingField.PLACE, "Biblioteket")
    model.leave()
    planner.found = found(replace(one, state=MeetingState.CANCELLED))

    model.load()
    model.cancel()

    assert model.state is FormState.OVER
    assert look.language.gettext("The booking cannot be changed any more") in words(view)
    assert any("Biblioteket" in text for text in planner.drafts.texts)


def test_what_is_refused_is_told_and_nothing_of_the_form_is_lost() -> None:
    one = booked_meeting()
    for refusal in (DiskFullError(), InvalidInputError(field="meeting", flaw="running")):
        planner = Planner(found(one))
        planner.refusal = refusal
        model = planner.open(booked=one.id)
        model.type(MeetingField.PLACE, "Biblioteket")
        model.plan()
        assert model.trouble is not None
        assert model.form.text_in(MeetingField.PLACE) == "Biblioteket"
        assert not model.is_working


def test_the_order_that_was_sent_out_stays_while_no_other_is_better() -> None:
    one = booked_meeting()
    *begins, before, last, closing = one.agenda
    one = replace(one, agenda=(*begins, last, before, closing))
    model = Planner(found(one)).open(booked=one.id)
    order = tuple(item.code for item in one.agenda if item.code)

    model.ask_about(DALIA.party.id)
    model.choose_way(Way.ITEMS)
    for code in order:
        model.tick_item(code, comes=code != order[0])
    model.answer_guard()

    assert model.agenda is not None
    assert model.agenda.codes == order


def test_the_form_begins_as_the_meeting_is_booked_and_saves_it_unchanged() -> None:
    one = booked_meeting()
    planner = Planner(found(one))
    model = planner.open(booked=one.id)

    model.plan()

    (change,) = planner.changes
    assert planner.commands == []
    assert change.meeting_id == one.id
    assert change.starts_at == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    assert (change.minutes, change.place) == (60, "Rum Björken")
    assert change.order == tuple(item.code for item in one.agenda if item.code)
    asked = {who.party_id: who for who in change.invited if who.party_id is not None}
    assert {who.party_id: who.functions for who in one.participants if who.party_id} == {
        party_id: who.functions for party_id, who in asked.items()
    }
    assert asked[JONAS.party.id].called_to == frozenset({one.agenda[0].code})
    assert change.invited[-1] == Invitation(name=AMINA.name, functions=AMINA.functions)


def test_the_agenda_is_that_of_the_meeting_and_not_of_a_new_one() -> None:
    one = booked_meeting()
    longer = replace(one.agenda[0], minutes=one.agenda[0].minutes + 5)
    kept = (longer, *one.agenda[2:])
    model = Planner(found(replace(one, agenda=kept))).open(booked=one.id)

    assert model.agenda is not None
    assert model.agenda.codes == tuple(item.code for item in kept if item.code)
    planned = {item.item.code: item.item.minutes for item in model.agenda.items}
    assert planned == {item.code: item.minutes for item in kept if item.code}


def test_an_observer_comes_to_the_same_items_as_they_were_booked_for() -> None:
    one = booked_meeting()
    part = frozenset({one.agenda[1].id})
    guest = Participant(
        id=UUID(int=7002),
        name="Olle Ask",
        functions=frozenset({Function.OBSERVER}),
        called_to=part,
    )
    planner = Planner(found(replace(one, participants=(*one.participants, guest))))
    model = planner.open(booked=one.id)

    model.plan()

    (change,) = planner.changes
    assert change.invited[-1] == Invitation(
        name="Olle Ask",
        functions=frozenset({Function.OBSERVER}),
        called_to=frozenset({one.agenda[1].code}),
    )


def test_what_is_changed_in_the_form_is_what_is_stored() -> None:
    one = booked_meeting()
    planner = Planner(found(one))
    model = planner.open(booked=one.id)

    model.type(MeetingField.DAY, "2026-12-03")
    model.type(MeetingField.TIME, "9")
    model.invite(ELIAS.party.id, comes=False)
    model.give_role(Function.CHAIR, PETRA.party.id)
    model.remove_guest(0)
    model.plan()

    (change,) = planner.changes
    asked = {who.party_id: who.functions for who in change.invited}
    assert change.starts_at == datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
    assert ELIAS.party.id not in asked
    assert None not in asked
    assert Function.CHAIR in asked[PETRA.party.id]
    assert Function.CHAIR not in asked[KARIN.party.id]


def test_another_template_is_not_taken_for_a_meeting_that_has_its_agenda() -> None:
    one = booked_meeting()
    model = Planner(found(one)).open(booked=one.id)
    before = model.form
    model.choose_template("sspf_family")
    assert model.form == before


def test_whoever_has_left_the_case_by_then_is_named_and_not_invited(
    qtbot: QtBot, look: Look
) -> None:
    gone = replace(MIRJA, party=replace(MIRJA.party, until=NOW.date()))
    one = meeting(5, MEETINGS[1].starts_at, MeetingState.PLANNED, people=(KARIN, gone))
    people = (*PEOPLE[:-1], gone)
    planner = Planner(found(with_agenda(one), people=people))
    model = planner.open(booked=one.id)
    view = NewMeetingView(model, look)
    qtbot.addWidget(view)

    told = words(view)
    model.plan()

    assert any(MIRJA.name in text for text in told)
    assert [who.party_id for who in planner.changes[0].invited] == [KARIN.party.id]
    # On an earlier day they have their place, and are invited as they were.
    earlier = NOW.date() - timedelta(days=1)
    model.type(MeetingField.DAY, earlier.isoformat())
    assert model.without_a_place == ()
    assert {one.shown.party.id for one in model.invited} == {KARIN.party.id, MIRJA.party.id}


def test_who_could_not_come_at_the_time_before_is_told_to_be_asked_anew(
    qtbot: QtBot, look: Look
) -> None:
    sent = (PresenceChange(presence=Presence.ABSENT, at=NOW),)
    one = booked_meeting()
    away = {JONAS.name, ELIAS.name}
    people = tuple(
        replace(each, changes=sent) if each.name in away else each for each in one.participants
    )
    model = Planner(found(replace(one, participants=people))).open(booked=one.id)
    view = NewMeetingView(model, look)
    qtbot.addWidget(view)
    before = model.to_ask_anew

    model.type(MeetingField.DAY, "2026-12-03")
    model.invite(ELIAS.party.id, comes=False)

    assert before == ()
    assert [each.name for each in model.to_ask_anew] == [JONAS.name]
    assert ask_anew_text(model.to_ask_anew, look.language) in words(view)
    model.type(MeetingField.DAY, "2026-11-26")
    assert model.to_ask_anew == ()


def test_the_place_of_somebody_protected_is_not_put_into_the_form() -> None:
    one = booked_meeting()
    base = found(one)
    protected = replace(base, row=replace(base.row, protected=True))
    planner = Planner(protected)
    model = planner.open(booked=one.id)
    model.plan()
    assert model.form.text_in(MeetingField.PLACE) == ""
    assert planner.changes[0].place == ""


def test_what_was_typed_for_a_booking_is_not_taken_for_a_new_meeting() -> None:
    one = booked_meeting()
    planner = Planner(found(one))
    booking = planner.open(booked=one.id)
    booking.type(MeetingField.PLACE, "Biblioteket")
    booking.leave()

    new, again = planner.open(), planner.open(booked=one.id)

    assert new.form.text_in(MeetingField.PLACE) != "Biblioteket"
    assert again.form.text_in(MeetingField.PLACE) == "Biblioteket"


@pytest.mark.parametrize("state", [MeetingState.RUNNING, MeetingState.HELD, MeetingState.CANCELLED])
def test_only_a_meeting_that_has_not_begun_leads_to_the_form(state: MeetingState) -> None:
    asked: list[UUID] = []
    for one in (meeting(5, MEETINGS[1].starts_at, state), MEETINGS[0]):
        planner = Planner(case_meetings((one,)))
        model = MeetingsViewModel(
            CASE,
            read_meetings=planner.read,
            cancel_meeting=raising(NoAccessError()),
            set_presence=raising(NoAccessError()),
            drafts=draft_uses(),
            runner=InlineRunner(),
            now=lambda: NOW,
        )
        model.booking_wanted.connect(asked.append)
        model.load()
        model.choose(one.id)
        model.change_booking()
    assert asked == [MEETINGS[0].id]


def test_a_booking_is_changed_in_a_real_vault(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    model = NewMeetingViewModel(
        family.case_id,
        read_meetings=lambda one: read_meetings(one, vault=vault),
        plan_meeting=lambda command: plan_meeting(command, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=vault.environment.now,
        booked=Booked(
            meeting_id=meeting_id,
            change_booking=lambda command: change_booking(command, vault=vault),
        ),
    )
    model.load()
    (before,) = read_meetings(family.case_id, vault=vault).value.meetings

    model.plan()
    (same,) = read_meetings(family.case_id, vault=vault).value.meetings
    model.type(MeetingField.MINUTES, "90")
    model.plan()

    (after,) = read_meetings(family.case_id, vault=vault).value.meetings
    assert model.trouble is None
    assert before.starts_at == STARTS_AT
    assert same == before
    assert after == replace(before, minutes=90)
