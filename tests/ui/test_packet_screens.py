"""Packets on the desk: nothing leaves or comes in before somebody has said so, part by part."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.ui import plan_desk
from tests.ui.desk_screens import CASES
from tests.ui.desks import OpenDesk, frame, refusing, settle
from tests.ui.meetings_desk import catalogue
from tests.ui.packets_desk import (
    BO,
    COMING,
    LEAVING,
    REMOVED,
    SARA,
    STAYING,
    KeyRing,
    Receiving,
    Sender,
    fields,
    key,
    key_file,
)
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.errors import (
    ConflictError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
    PacketRefusedError,
)
from trygga_desktop.domain.packets import MOST_BYTES, Change, PacketFlaw, PartFlaw, PartKind
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.changes import Done
from trygga_desktop.services.packets_in import IncomingPart
from trygga_desktop.services.vault import Me
from trygga_desktop.ui.case_uses import PacketUses, PlanDeskUses
from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.packet_words import (
    change_pill,
    fields_text,
    kind_word,
    packet_flaw_words,
    part_flaw_text,
    stay_text,
)
from trygga_desktop.ui.screens.packet_in.view import PacketInView
from trygga_desktop.ui.screens.packet_in.view_model import InState, PacketInViewModel
from trygga_desktop.ui.screens.packet_out.view import PacketOutView
from trygga_desktop.ui.screens.packet_out.view_model import PacketOutViewModel
from trygga_desktop.ui.screens.partners.form import CertifyField
from trygga_desktop.ui.screens.partners.panel import FINGERPRINT
from trygga_desktop.ui.screens.partners.view import PartnersView
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.inputs import CheckBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill


def words(widget: QWidget) -> str:
    """Return everything that labels say."""
    return " · ".join(one.text() for one in widget.findChildren(PlainLabel) if one.isVisible())


def shown(qtbot: QtBot, view: QWidget) -> QWidget:
    """Show a page."""
    qtbot.addWidget(view)
    view.resize(1366, 900)
    view.show()
    settle()
    return view


def button(view: QWidget, name: str) -> Button:
    """Return a button by its name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def packet_file(place: Path, data: bytes = b"packet") -> Path:
    """Return a file that stands for a packet."""
    file = place / "paket.trygga-packet"
    file.write_bytes(data)
    return file


# Out


def test_what_stays_cannot_be_ticked(qtbot: QtBot, look: Look) -> None:
    model = Sender().open()
    view = shown(qtbot, PacketOutView(model, look))

    model.choose(STAYING[0].key, leaves=True)

    assert {one.objectName() for one in view.findChildren(CheckBox)} == {
        *(f"part {one.key}" for one in LEAVING),
        "tell the case number",
    }
    assert STAYING[0].key not in model.chosen
    assert "Frånvaro i matematik." in words(view)


def test_a_part_that_leaves_without_a_name_says_so(qtbot: QtBot, look: Look) -> None:
    told = "Vem som ansvarar följer inte med: mottagaren får inte veta namnet."
    assert told not in words(shown(qtbot, PacketOutView(Sender().open(), look)))
    sender = Sender()
    sender.parts = (replace(LEAVING[4], withholds_name=True),)

    view = shown(qtbot, PacketOutView(sender.open(), look))

    assert told in words(view)


def test_without_anything_chosen_nothing_can_be_saved(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    sender = Sender()
    model = sender.open()
    view = shown(qtbot, PacketOutView(model, look))
    for one in model.chosen:
        model.choose(one, leaves=False)

    model.save_to(tmp_path / "x.trygga-packet")

    assert sender.made == []
    assert not button(view, "save the packet").isEnabled()


def test_the_number_of_the_case_is_told_where_that_is_ticked_and_to_nobody_else(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    sender = Sender()
    model = sender.open()
    view = shown(qtbot, PacketOutView(model, look))
    model.save_to(tmp_path / "1.trygga-packet")
    box = view.findChild(CheckBox, "tell the case number")
    assert isinstance(box, CheckBox)
    box.click()
    model.save_to(tmp_path / "2.trygga-packet")
    assert [one.tells_number for one in sender.made] == [False, True]

    model.choose_receiver(BO)
    assert not box.isChecked()


def test_a_page_without_receivers_says_what_comes_first(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, PacketOutView(Sender(()).open(), look))

    assert [one for one in view.findChildren(CheckBox) if one.isVisible()] == []
    assert not button(view, "save the packet").isVisible()


def test_what_may_not_be_sent_any_more_leaves_no_file(tmp_path: Path) -> None:
    sender = Sender()
    model = sender.open()
    sender.failure = InvalidInputError(field="parts", flaw="not_allowed")

    model.save_to(tmp_path / "x.trygga-packet")

    assert model.trouble is not None
    assert model.saved is None
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_asked_about_before_a_packet_is_made(tmp_path: Path) -> None:
    sender = Sender()
    model = sender.open()
    file = packet_file(tmp_path, b"older")

    model.save_to(file)
    assert (sender.made, model.to_replace, file.read_bytes()) == ([], file, b"older")
    model.keep()
    assert model.to_replace is None

    model.save_to(file)
    model.replace()
    assert file.read_bytes() == b"packet"


def test_an_unconfirmed_packet_has_the_vault_locked(tmp_path: Path) -> None:
    sender = Sender()
    model = sender.open()
    told: list[object] = []
    model.failed.connect(told.append)
    sender.failure = NotConfirmedError()

    model.save_to(tmp_path / "x.trygga-packet")

    assert len(told) == 1


def test_parts_are_neither_shown_nor_sent_while_a_second_screen_is_connected(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    sender = Sender()
    model = sender.open()
    view = shown(qtbot, PacketOutView(model, look))
    sender.screens = 2
    model.screens_changed()

    assert "Resan till lägret" not in words(view)
    model.save_to(tmp_path / "x.trygga-packet")
    assert sender.made == []
    sender.screens = 1
    model.screens_changed()
    assert "Resan till lägret" in words(view)


def test_what_came_is_neither_shown_nor_taken_in_while_a_second_screen_is_connected(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    receiver = Receiving()
    model = receiver.open()
    view = shown(qtbot, PacketInView(model, look))
    model.choose(packet_file(tmp_path))
    model.say_same_person(is_same=True)
    for one in model.asked:
        model.answer(one.key, accepts=True)
    told = words(view)
    receiver.screens = 2
    model.screens_changed()

    hidden = [text for one in model.asked for text in (each.text for each in one.after)]
    assert [one for one in hidden if one in words(view)] == []
    model.take_in()
    assert receiver.taken == []
    receiver.screens = 1
    model.screens_changed()
    assert words(view) == told
    model.take_in()
    assert len(receiver.taken) == 1


def test_a_case_that_is_not_ours_shows_nothing(qtbot: QtBot, look: Look) -> None:
    sender = Sender()
    sender.read_failure = NoAccessError()
    model = sender.open()
    view = shown(qtbot, PacketOutView(model, look))

    assert model.state is PagesState.FAILED
    assert "Resan till lägret" not in words(view)
    sender.read_failure = None
    button(view, "try again").click()
    assert "Resan till lägret" in words(view)


def test_what_is_new_to_the_receiver_is_chosen_to_begin_with(tmp_path: Path) -> None:
    sender = Sender()
    model = sender.open()
    model.choose(LEAVING[3].key, leaves=False)

    model.save_to(tmp_path / "x.trygga-packet")

    (made,) = sender.made
    assert made.partner_id == SARA
    assert made.chosen == {LEAVING[1].key, LEAVING[2].key, LEAVING[4].key}
    assert (tmp_path / "x.trygga-packet").read_bytes() == b"packet"
    assert model.saved is not None


def test_another_receiver_is_decided_for_anew() -> None:
    sender = Sender()
    model = sender.open()
    model.choose(LEAVING[0].key, leaves=True)

    model.choose_receiver(BO)

    assert sender.asked == [None, BO]
    assert LEAVING[0].key not in model.chosen


def test_the_keyboard_alone_ticks_and_saves(qtbot: QtBot, look: Look) -> None:
    model = Sender().open()
    view = PacketOutView(model, look)
    shown(qtbot, view)
    view.first_focus.setFocus()
    QTest.keyClick(view.first_focus, Qt.Key.Key_Space)

    assert LEAVING[0].key in model.chosen
    assert view.commands[0].keys == ("Ctrl+S",)


# In


@pytest.mark.parametrize("flaw", PacketFlaw)
def test_a_packet_that_is_refused_shows_nothing_but_why(
    qtbot: QtBot, look: Look, tmp_path: Path, flaw: PacketFlaw
) -> None:
    vault = Receiving()
    vault.failure = PacketRefusedError(flaw)
    model = vault.open()
    view = shown(qtbot, PacketInView(model, look))

    model.choose(packet_file(tmp_path))

    assert (model.flaw, model.found, model.state) == (flaw, None, InState.EMPTY)
    assert packet_flaw_words(flaw, look.language)[0] in words(view)
    assert "Sara Lind" not in words(view)


def test_a_huge_file_is_read_no_further_than_any_packet_goes(tmp_path: Path) -> None:
    vault = Receiving()
    model = vault.open()
    file = tmp_path / "huge.trygga-packet"
    with file.open("wb") as opened:
        opened.truncate(200 * 1024 * 1024)

    model.choose(file)

    assert [len(one) for one in vault.read_data] == [MOST_BYTES + 1]


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    model = Receiving().open()

    model.choose(tmp_path / "gone.trygga-packet")

    assert model.trouble is not None
    assert model.found is None


def opened(tmp_path: Path, vault: Receiving) -> PacketInViewModel:
    """Return the model with a packet looked into."""
    model = vault.open()
    model.choose(packet_file(tmp_path))
    return model


def test_nothing_is_taken_in_before_every_change_and_the_person_are_answered(
    tmp_path: Path,
) -> None:
    vault = Receiving()
    model = opened(tmp_path, vault)

    model.take_in()
    model.answer_all()
    model.take_in()
    model.answer(COMING[1].key, accepts=False)
    model.take_in()
    assert vault.taken == []

    model.say_same_person(is_same=True)
    model.take_in()

    (taken,) = vault.taken
    assert taken.data == b"packet"
    assert taken.accepted == {COMING[0].key, COMING[2].key}
    assert taken.refused == {COMING[1].key}
    assert (model.state, model.accepted) == (InState.TAKEN, 2)


def test_what_both_sides_have_changed_is_answered_by_nobody_but_a_person(tmp_path: Path) -> None:
    model = opened(tmp_path, Receiving(is_first=False))

    model.answer_all()

    assert model.unanswered == 1
    assert COMING[1].key not in model.answers
    assert not model.may_take_in


def test_what_cannot_be_taken_in_takes_no_answer(tmp_path: Path) -> None:
    model = opened(tmp_path, Receiving())

    for one in COMING[3:]:
        model.answer(one.key, accepts=True)

    assert model.answers == {}


def test_a_packet_that_is_refused_at_the_end_is_gone_from_the_page(tmp_path: Path) -> None:
    vault = Receiving(is_first=False)
    model = opened(tmp_path, vault)
    model.answer_all()
    model.answer(COMING[1].key, accepts=True)
    vault.take_failure = PacketRefusedError(PacketFlaw.TAKEN_BEFORE)

    model.take_in()

    assert (model.flaw, model.found) == (PacketFlaw.TAKEN_BEFORE, None)


def test_a_plan_that_was_stored_before_the_rest_failed_is_not_stored_a_second_time(
    tmp_path: Path,
) -> None:
    vault = Receiving([COMING[0], REMOVED], is_first=False)
    model = opened(tmp_path, vault)
    model.answer(COMING[0].key, accepts=True)
    model.answer(REMOVED.key, accepts=True)
    vault.rest_failure = ConflictError()
    model.take_in()
    assert (model.state, len(vault.plans), vault.taken) == (InState.READY, 1, [])
    assert model.trouble is not None

    vault.rest_failure = None
    model.take_in()

    assert (model.state, len(vault.plans)) == (InState.TAKEN, 1)
    assert [one.accepted for one in vault.taken] == [{COMING[0].key}]


def test_a_packet_of_somebody_who_is_called_otherwise_asks_to_make_sure(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    vault = Receiving()
    vault.found = replace(vault.found, name_there="", is_another_name=True)
    view = shown(qtbot, PacketInView(opened(tmp_path, vault), look))

    assert "Namnen skiljer sig åt. Kontrollera att det är samma person." in words(view)


def test_what_an_exclusion_asks_about_is_said_to_be_told_to_no_other_agency_yet(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    told = (
        "Ingen har svarat på om ett undantag eller en begränsning här berör det. När det är "
        "intaget får ingen annan verksamhet veta det förrän någon har svarat."
    )
    assert told not in words(page_of(qtbot, look, tmp_path, COMING[0]))

    view = page_of(qtbot, look, tmp_path, replace(COMING[0], must_be_tried=True))

    assert told in words(view)
    assert "Inte svarat" in [one.text() for one in view.findChildren(Pill)]


def page_of(qtbot: QtBot, look: Look, tmp_path: Path, part: IncomingPart) -> QWidget:
    """Show a packet of one part."""
    model = Receiving([part], is_first=False).open()
    view = shown(qtbot, PacketInView(model, look))
    model.choose(packet_file(tmp_path))
    return view


def test_both_sides_of_a_change_and_its_provenance_are_told(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    model = Receiving().open()
    view = shown(qtbot, PacketInView(model, look))
    model.choose(packet_file(tmp_path))
    settle()

    told = words(view)

    for text in ("Jag vill byta lag.", "Jag vill helst åka skidor.", "Socialtjänsten B"):
        assert text in told
    for text in ("Följs upp tor 3 dec", "Följs upp mån 7 dec"):
        assert text in told
    for text in ("Sara Lind, Annanstad", "ANNAN-2026-017"):
        assert text in told
    pills = [one.accessibleName() or one.text() for one in view.findChildren(Pill)]
    assert change_pill(Change.BOTH, look.language).text in pills


def test_hostile_text_is_shown_as_it_is(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    hostile = "\n".join(HOSTILE)
    after = fields(title=hostile, minutes="5")
    part = replace(COMING[0], after=after, organisation=hostile)
    model = Receiving([part], is_first=False).open()
    view = shown(qtbot, PacketInView(model, look))
    model.choose(packet_file(tmp_path))
    settle()

    labels = view.findChildren(PlainLabel)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels)
    assert "\u202e" not in words(view)


def test_the_keyboard_alone_answers_and_takes_in(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    vault = Receiving(COMING[:1], is_first=False)
    model = vault.open()
    view = PacketInView(model, look)
    shown(qtbot, view)
    model.choose(packet_file(tmp_path))
    settle()
    view.first_focus.setFocus()
    QTest.keyClick(view.first_focus, Qt.Key.Key_Space)
    take = next(one for one in view.commands if "Ctrl+Return" in one.keys)

    take.run()

    assert [one.accepted for one in vault.taken] == [frozenset({COMING[0].key})]


def test_a_line_that_was_removed_there_is_told_as_such_and_taken_out_with_the_plan(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    vault = Receiving([REMOVED], is_first=False)
    model = vault.open()
    view = shown(qtbot, PacketInView(model, look))
    model.choose(packet_file(tmp_path))

    told = words(view)
    assert [one.text() for one in view.findChildren(Pill)] == ["Borttagen där"]
    assert "Elias får hjälp i matte." in told
    assert "Under målet: Klara nian." in told
    model.answer(REMOVED.key, accepts=True)
    model.take_in()
    assert [one.accepted for one in (*vault.plans, *vault.taken)] == [{REMOVED.key}] * 2


@pytest.mark.parametrize("change", [Change.HERE, Change.BOTH])
def test_a_line_that_was_removed_there_and_changed_here_is_told_as_both(
    qtbot: QtBot, look: Look, tmp_path: Path, change: Change
) -> None:
    model = Receiving([replace(REMOVED, change=change)], is_first=False).open()
    view = shown(qtbot, PacketInView(model, look))

    model.choose(packet_file(tmp_path))

    assert [one.text() for one in view.findChildren(Pill)] == ["Borttagen där", "Ändrat här"]


def test_without_a_line_that_is_taken_in_no_version_of_the_plan_is_made(tmp_path: Path) -> None:
    said = next(one for one in COMING if one.kind is PartKind.AGENDA)
    vault = Receiving([REMOVED, replace(said, change=Change.THERE)], is_first=False)
    model = vault.open()
    model.choose(packet_file(tmp_path))
    model.answer(REMOVED.key, accepts=False)
    model.answer(said.key, accepts=True)

    model.take_in()

    assert vault.plans == []
    assert [one.accepted for one in vault.taken] == [{said.key}]


def test_of_an_instrument_it_is_told_who_used_it_and_nothing_of_what_is_due(look: Look) -> None:
    told = {
        "words": "Läsprov",
        "responsible": "Anna Ström",
        "due_on": "2026-05-02",
        "sign": "Journalen",
    }
    used = fields(**told, kind="instrument", area="school")
    text = fields_text(used, catalogue(), look.language)
    assert text == (
        "Läsprov\nAnvändes av Anna Ström · Användes den 2 maj 2026 · Resultatet finns: Journalen"
        " · Bedömningsinstrument · Skola och lärande"
    )
    action = fields_text(fields(**told, kind="action"), catalogue(), look.language)
    assert "Ansvarig: Anna Ström" in action


def test_a_plan_is_sent_without_any_meeting(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    sender = Sender()
    model = sender.open(meeting_id=None)
    view = shown(qtbot, PacketOutView(model, look))
    assert button(view, "the meetings").accessibleName() == "Planen"
    model.save_to(tmp_path / "x.trygga-packet")
    assert [one.meeting_id for one in sender.made] == [None]


def test_the_plan_leads_to_where_it_is_sent_and_back(open_desk: OpenDesk) -> None:
    sender = Sender()
    window = open_desk(
        list_cases=lambda: Done(CaseList(rows=CASES)),
        plans=refusing(PlanDeskUses, read_plan=plan_desk.Cabinet().read),
        packets=refusing(PacketUses, read_outgoing=sender.read),
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASES[0].id, CaseTab.PLAN)
    settle()
    button(frame(window), "way 4").click()
    settle()
    sending = rooms.current
    assert isinstance(sending, PacketOutViewModel)
    assert sending.is_of_plan
    button(frame(window), "the meetings").click()
    settle()
    assert isinstance(rooms.current, PlanViewModel)


def test_the_plan_leads_to_where_a_packet_is_taken_in_and_back(open_desk: OpenDesk) -> None:
    window = open_desk(
        list_cases=lambda: Done(CaseList(rows=CASES)),
        plans=refusing(PlanDeskUses, read_plan=plan_desk.Cabinet().read),
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASES[0].id, CaseTab.PLAN)
    settle()
    button(frame(window), "way 5").click()
    settle()
    taking = rooms.current
    assert isinstance(taking, PacketInViewModel)
    assert button(frame(window), "the meetings").text() == "Planen"
    button(frame(window), "the meetings").click()
    settle()
    assert isinstance(rooms.current, PlanViewModel)


# Keys


def test_whoever_manages_no_accounts_can_certify_nothing(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    ring = KeyRing()
    worker = Me(id=UUID(int=3), login="pn", name="Petra", roles=frozenset({Role.SOCIAL_WORKER}))
    model = ring.open(me=worker)
    view = shown(qtbot, PartnersView(model, look))

    model.choose(key_file(tmp_path))
    model.ask_to_retire(SARA)
    model.retire()

    assert model.form is None
    assert (ring.certified, ring.retired) == ([], [])
    assert view.findChild(Button, "choose keys") is None
    assert button(view, "save my keys").isVisible()


@pytest.mark.parametrize("flaw", ["own", "changed", "unreadable", "length"])
def test_a_file_that_is_not_taken_says_why(
    qtbot: QtBot, look: Look, tmp_path: Path, flaw: str
) -> None:
    ring = KeyRing()
    ring.file_failure = InvalidInputError(field="file", flaw=flaw)
    model = ring.open()
    view = shown(qtbot, PartnersView(model, look))

    model.choose(key_file(tmp_path))

    assert model.form is None
    assert ".trygga-keys" in words(view) or model.file_flaw in {"own", "changed"}


def test_the_words_of_the_file_are_not_shown_to_whoever_writes_them(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    model = KeyRing(is_empty=True).open()
    view = shown(qtbot, PartnersView(model, look))

    model.choose(key_file(tmp_path))
    settle()

    assert "grävling" not in words(view)
    field = view.findChild(TextInput, FINGERPRINT)
    assert isinstance(field, TextInput)
    assert field.text() == ""


def test_without_the_words_the_organisation_or_the_duty_nothing_is_certified(
    tmp_path: Path,
) -> None:
    for leave_out in CertifyField:
        ring = KeyRing()
        model = ring.open()
        model.choose(key_file(tmp_path))
        form = model.form
        assert form is not None
        if leave_out is not CertifyField.ORGANISATION:
            form.choose_organisation(UUID(int=801))
        if leave_out is not CertifyField.TOLD:
            form.type(CertifyField.TOLD, "grävling")
        if leave_out is not CertifyField.IS_BOUND:
            form.say_bound(is_bound=True)

        model.certify()

        assert form.missing == (leave_out,)
        assert ring.certified == []


def test_other_words_are_told_and_the_form_stays(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    ring = KeyRing()
    model = ring.open()
    view = shown(qtbot, PartnersView(model, look))
    model.choose(key_file(tmp_path))
    form = model.form
    assert form is not None
    form.choose_organisation(UUID(int=801))
    form.type(CertifyField.TOLD, "fel ord")
    form.say_bound(is_bound=True)
    ring.failure = InvalidInputError(field="told", flaw="different")

    model.certify()

    assert form.refused == {"told": "different"}
    assert model.form is form
    assert view.findChild(TextInput, FINGERPRINT) is not None


def test_keys_are_certified_with_what_was_heard(tmp_path: Path) -> None:
    ring = KeyRing()
    model = ring.open()
    model.choose(key_file(tmp_path))
    assert model.form is not None
    model.form.choose_organisation(UUID(int=801))
    model.form.type(CertifyField.TOLD, " grävling tratt ")
    model.form.say_bound(is_bound=True)
    told: list[object] = []
    model.made.connect(told.append)

    model.certify()

    (made,) = ring.certified
    assert (made.data, made.told, made.is_bound) == (b"keys", "grävling tratt", True)
    left: object = model.form
    assert (left, len(told)) == (None, 1)


def test_keys_are_taken_back_only_after_a_question(qtbot: QtBot, look: Look) -> None:
    ring = KeyRing()
    model = ring.open()
    view = shown(qtbot, PartnersView(model, look))

    model.retire()
    button(view, f"retire {SARA}").click()
    button(view, "keep partner").click()
    model.retire()
    before = list(ring.retired)
    button(view, f"retire {SARA}").click()
    button(view, "retire partner").click()

    assert (before, ring.retired) == ([], [SARA])


def test_whoever_is_retired_already_is_not_taken_back_again(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, PartnersView(KeyRing().open(), look))

    assert view.findChild(Button, f"retire {BO}") is None


def test_ones_own_keys_are_saved_once_the_log_says_so(tmp_path: Path) -> None:
    ring = KeyRing()
    model = ring.open()
    ring.failure = NoAccessError()
    model.save_to(tmp_path / "mine.trygga-keys")
    assert list(tmp_path.iterdir()) == []

    ring.failure = None
    model.save_to(tmp_path / "mine.trygga-keys")

    assert (tmp_path / "mine.trygga-keys").read_bytes() == b"mine"
    assert model.told is not None


def test_everything_that_can_be_told_has_words(look: Look) -> None:
    language = look.language
    told: Sequence[str] = [
        *(kind_word(one, language) for one in PartKind),
        *(part_flaw_text(one, language) for one in PartFlaw),
        *(change_pill(one, language).text for one in Change),
        *(" ".join(packet_flaw_words(one, language)) for one in PacketFlaw),
        *(stay_text(one.flaw, language) for one in STAYING if one.flaw is not None),
    ]
    assert all(told)
    assert key(PartKind.VOICE, 3) == LEAVING[2].key
    assert isinstance(Sender().open(), PacketOutViewModel)
