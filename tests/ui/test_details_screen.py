"""The page of a person's details: what is hidden, what is typed, what is sent, and by whom."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import number
from tests.ui.desks import settle
from tests.ui.details_desk import (
    ALI,
    ASKED,
    ELIAS,
    NEW_NUMBER,
    PERSON,
    VIKTOR,
    Vault,
    make_model,
    type_in,
)
from trygga_desktop.domain.errors import (
    ConflictError,
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NoRightError,
    NotConfirmedError,
)
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.domain.person_changes import NumberChange, PersonChange
from trygga_desktop.services.cases import SimilarBy, SimilarCase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.details import PersonDetails
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.details.view import DetailsView
from trygga_desktop.ui.screens.details.view_model import (
    SHOWN_FOR,
    DetailsState,
    DetailsViewModel,
    Told,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.segments import Segments

SECRET = ("Viktor", "Testman", "19990218", "1999-02-18")


def view_of(qtbot: QtBot, look: Look, model: DetailsViewModel) -> DetailsView:
    view = DetailsView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    settle()
    return view


def button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def said(view: QWidget) -> str:
    """Return everything that stands on the page, or that a screen reader is told."""
    parts = [one.text() for one in view.findChildren(PlainLabel)]
    parts += [one.text() for one in view.findChildren(ComposedLabel)]
    parts += [one.text() for one in view.findChildren(QLineEdit)]
    for one in view.findChildren(QWidget):
        parts += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
    return "\n".join(parts)


def sent(vault: Vault) -> list[tuple[str, PersonChange]]:
    return [(what, command.change) for what, command in vault.asked]


def test_whoever_lacks_the_guarded_part_is_told_so_and_can_change_nothing(
    qtbot: QtBot, look: Look
) -> None:
    closed = replace(VIKTOR, is_open=False, readers=(), places=None)
    vault = Vault(closed)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    assert "Du kan inte ändra den här personen" in said(view)
    assert view.findChildren(QLineEdit) == []
    model.type(FormField.ALIAS, "SYD-1")
    model.send()
    assert vault.asked == []


def test_whoever_lacks_the_guarded_part_can_protect_nobody(qtbot: QtBot, look: Look) -> None:
    model = make_model(Vault(replace(ELIAS, is_open=False, readers=())))
    view = view_of(qtbot, look, model)
    switch = view.findChild(QWidget, "protected")
    assert switch is not None
    assert not switch.isEnabled()
    assert "Fråga samordnaren" in switch.accessibleDescription()


def test_a_case_that_was_not_granted_shows_nobody(qtbot: QtBot, look: Look) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    assert "Elias" in said(view)
    vault.reading_failure = NoAccessError()
    model.load()
    assert model.state is DetailsState.FAILED
    settle()
    assert "Elias" not in said(view)


def test_what_is_guarded_stands_nowhere_before_somebody_asks(qtbot: QtBot, look: Look) -> None:
    vault = Vault(VIKTOR)
    view = view_of(qtbot, look, make_model(vault))
    assert [one for one in SECRET if one in said(view)] == []
    button(view, "show name").click()
    settle()
    assert [one for one in SECRET if one in said(view)] == []
    button(view, "leave hidden").click()
    settle()
    assert vault.asked == []


def test_what_is_guarded_is_shown_for_a_moment_once_it_is_logged(qtbot: QtBot, look: Look) -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    button(view, "show number").click()
    settle()
    button(view, "really show").click()
    settle()
    assert vault.asked == [("show", None)]
    assert "Viktor Testman" in said(view)
    assert "19990218-2394" in said(view)
    timers = [one for one in model.findChildren(QTimer) if one.interval() == SHOWN_FOR]
    assert [one.isActive() for one in timers] == [True]
    timers[0].timeout.emit()
    settle()
    assert [one for one in SECRET if one in said(view)] == []


@pytest.mark.parametrize("act", ["screen", "leave", "hide"])
def test_what_is_guarded_goes_when_anybody_may_look_on_or_the_page_is_left(act: str) -> None:
    screens = [1]
    model = make_model(Vault(VIKTOR), screen_count=lambda: screens[0])
    model.show_details()
    assert model.shown is not None
    if act == "screen":
        screens[0] = 2
        model.screens_changed()
    else:
        model.leave() if act == "leave" else model.hide_details()
    assert model.shown is None


def test_with_two_screens_nothing_guarded_is_asked_for(qtbot: QtBot, look: Look) -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault, screen_count=lambda: 2)
    view = view_of(qtbot, look, model)
    assert not button(view, "show name").isEnabled()
    model.ask_to_show(asks=True)
    model.show_details()
    assert vault.asked == []
    assert "Mer än en skärm" in said(view) or "Fler än en skärm" in said(view)


def test_what_cannot_be_logged_is_not_shown() -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    vault.failure = NoAccessError()
    model.show_details()
    assert model.shown is None
    assert model.trouble is not None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("20090514-239", "11 av 12 siffror"),
        ("20090514-2395", "Kontrollsiffran stämmer inte"),
        ("200913142394", "Den månaden finns inte"),
        ("19980186-2393", "dag 86 betyder den 26"),
    ],
)
def test_the_number_is_read_as_on_the_form_for_a_new_case(
    qtbot: QtBot, look: Look, text: str, part: str
) -> None:
    model = make_model(Vault(ELIAS))
    view = view_of(qtbot, look, model)
    type_in(model, {FormField.NUMBER: text})
    settle()
    assert part.casefold() in said(view).casefold()


def test_ten_digits_of_two_people_ask_for_the_century(qtbot: QtBot, look: Look) -> None:
    model = make_model(Vault(ELIAS))
    view = view_of(qtbot, look, model)
    type_in(model, {FormField.NUMBER: "121212-1212"})
    settle()
    button(view, "century 1912").click()
    assert model.number == number("19121212-1212")


def test_another_number_asks_what_it_means_and_waits_for_the_answer(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    type_in(model, NEW_NUMBER)
    assert model.asks_meaning
    assert not model.may_send
    segments = view.findChild(Segments, "meaning")
    assert segments is not None
    segments.choose(NumberChange.CORRECTED)
    model.mean(NumberChange.CORRECTED)
    model.send()
    number_ = number("19950808-2394")
    change = PersonChange(number=number_, number_change=NumberChange.CORRECTED)
    assert sent(vault) == [("change", change)]


def test_a_coordination_number_is_taken_to_be_followed_by_a_real_one() -> None:
    vault = Vault(ALI)
    model = make_model(vault)
    type_in(model, NEW_NUMBER)
    assert model.meaning is NumberChange.REPLACED
    model.send()
    ((_, change),) = sent(vault)
    assert change.number_change is NumberChange.REPLACED
    # A birth date that is known is not that of the number.
    assert change.birth_date is None


def test_a_number_that_never_was_is_taken_away() -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    model.say_no_number(has_none=True)
    model.send()
    assert sent(vault) == [("change", PersonChange(number_change=NumberChange.CORRECTED))]


def test_only_what_is_new_is_sent() -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    assert not model.may_send
    type_in(model, {FormField.GIVEN_NAME: " Elías ", FormField.BIRTH_DATE: "2009-05-15"})
    model.send()
    change = PersonChange(given_name="Elías", birth_date=PartialDate(2009, 5, 15))
    assert sent(vault) == [("change", change)]
    assert model.told is Told.STORED


def test_protection_demands_an_alias_and_holds_from_today() -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    model.protect(Protection.SECRECY_MARKING)
    assert not model.may_send
    assert model.missing == (FormField.ALIAS,)
    type_in(model, {FormField.ALIAS: "NORD-7"})
    model.send()
    change = PersonChange(
        alias="NORD-7", protection=Protection.SECRECY_MARKING, since=date(2026, 11, 26)
    )
    assert sent(vault) == [("protect", change)]
    assert model.told is Told.PROTECTED


def test_a_hidden_name_that_is_left_empty_stays() -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    model.name_anew(on=True)
    type_in(model, {FormField.FAMILY_NAME: "Provsson"})
    model.send()
    assert sent(vault) == [("change", PersonChange(family_name="Provsson"))]


def test_a_new_identity_demands_a_new_name() -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    model.protect(Protection.FICTITIOUS_IDENTITY)
    assert model.missing == (FormField.GIVEN_NAME,)
    type_in(model, {FormField.GIVEN_NAME: "Nils", **NEW_NUMBER})
    assert not model.asks_meaning
    model.send()
    ((what, change),) = sent(vault)
    assert (what, change.given_name) == ("protect", "Nils")
    assert change.number_change is NumberChange.REPLACED


def test_a_kind_that_is_less_is_not_offered(qtbot: QtBot, look: Look) -> None:
    view = view_of(qtbot, look, make_model(Vault(VIKTOR)))
    kinds = view.findChild(QWidget, "kind of protection")
    assert kinds is not None
    offered = [kinds.itemData(place) for place in range(kinds.count())]  # type: ignore[attr-defined]  # what the view has is found by its kind
    assert offered == [Protection.PROTECTED_REGISTRATION, Protection.FICTITIOUS_IDENTITY]


def test_a_case_about_the_same_person_is_told_but_not_this_one() -> None:
    own = SimilarCase(id=ELIAS.row.id, case_number="DEMO-2026-001", same=SimilarBy.NUMBER)
    other = SimilarCase(id=UUID(int=9), case_number="DEMO-2026-009", same=SimilarBy.NUMBER)
    model = make_model(Vault(ELIAS), find_similar=lambda _: Done((own, other)))
    assert not model.similar
    type_in(model, NEW_NUMBER)
    assert list(model.similar) == [other]


def test_less_protection_is_asked_for_with_a_reason(qtbot: QtBot, look: Look) -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    button(view, "ask to lower").click()
    settle()
    assert not button(view, "really ask to lower").isEnabled()
    type_in(model, {FormField.WHY: "Beslut den 20 november."})
    model.lower_to(Protection.SECRECY_MARKING)
    button(view, "really ask to lower").click()
    ((what, command),) = vault.asked
    assert (what, command.to, command.why) == (
        "ask",
        Protection.SECRECY_MARKING,
        "Beslut den 20 november.",
    )
    assert model.told is Told.ASKED


def test_other_changes_are_stored_before_less_protection_is_asked_for() -> None:
    model = make_model(Vault(VIKTOR))
    model.lower(on=True)
    type_in(model, {FormField.WHY: "Beslut", FormField.ALIAS: "SYD-1"})
    assert not model.may_ask
    # The reason alone keeps nothing else from being stored.
    assert model.may_send


@pytest.mark.parametrize(
    ("name", "asked"), [("confirm lowering", "lower"), ("refuse lowering", "drop")]
)
def test_what_another_asked_for_is_confirmed_or_refused(
    qtbot: QtBot, look: Look, name: str, asked: str
) -> None:
    vault = Vault(replace(VIKTOR, lowering=ASKED))
    view = view_of(qtbot, look, make_model(vault))
    assert "Petra Nyman" in said(view)
    button(view, name).click()
    assert [what for what, _ in vault.asked] == [asked]


def test_whoever_asked_can_take_it_back_and_not_confirm(qtbot: QtBot, look: Look) -> None:
    vault = Vault(replace(VIKTOR, lowering=replace(ASKED, is_mine=True)))
    view = view_of(qtbot, look, make_model(vault))
    assert view.findChild(Button, "confirm lowering") is None
    button(view, "take back").click()
    assert [what for what, _ in vault.asked] == ["drop"]


def test_who_was_changed_meanwhile_is_shown_and_what_was_typed_stays(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    assert ELIAS.details is not None
    now = replace(ELIAS.details, family_name="Provsson")
    vault.details = replace(ELIAS, version="2-2", details=now)
    vault.failure = ConflictError()
    model.send()
    settle()
    assert model.told is Told.CHANGED_MEANWHILE
    assert model.form.text_in(FormField.GIVEN_NAME) == "Elías"
    assert model.form.text_in(FormField.FAMILY_NAME) == "Provsson"
    assert "Någon har ändrat personen under tiden" in said(view)
    vault.failure = None
    model.send()
    _, command = vault.asked[-1]
    assert (command.version, command.change) == ("2-2", PersonChange(given_name="Elías"))


def test_a_person_who_became_protected_meanwhile_leaves_the_screen(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    assert "Demosson" in said(view)
    vault.details = VIKTOR
    model.refresh(Changes(parties=True), object())
    settle()
    assert [one for one in ("Elias", "Demosson", "090514") if one in said(view)] == []


@pytest.mark.parametrize(
    ("error", "field"),
    [
        (InvalidInputError(field="given_name", flaw="former"), FormField.GIVEN_NAME),
        (InvalidInputError(field="given_name", flaw="gate"), FormField.GIVEN_NAME),
        (InvalidInputError(field="alias", flaw="missing"), FormField.ALIAS),
    ],
)
def test_what_the_vault_refuses_stands_at_its_field(
    error: InvalidInputError, field: FormField
) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    type_in(model, {FormField.GIVEN_NAME: "Nils"})
    vault.failure = error
    model.send()
    assert field in model.flaws
    assert not model.may_send
    assert model.form.text_in(FormField.GIVEN_NAME) == "Nils"


@pytest.mark.parametrize("error", [NoRightError(), NoAccessError(), DiskFullError()])
def test_what_goes_wrong_is_told_and_nothing_is_lost(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    view = view_of(qtbot, look, model)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    vault.failure = error
    model.send()
    settle()
    assert model.trouble is not None
    assert view.findChild(QWidget, "banner") is not None
    assert model.form.text_in(FormField.GIVEN_NAME) == "Elías"


def test_what_was_stored_but_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    vault.failure = NotConfirmedError()
    with qtbot.waitSignal(model.failed):
        model.send()


def test_what_is_typed_comes_back_and_is_thrown_into_the_bin() -> None:
    vault = Vault(VIKTOR)
    model = make_model(vault)
    model.name_anew(on=True)
    type_in(model, {FormField.FAMILY_NAME: "Provsson", FormField.ALIAS: "SYD-1"})
    model.leave()
    again = make_model(vault)
    assert again.more.is_naming
    assert again.form.text_in(FormField.FAMILY_NAME) == "Provsson"
    assert again.form.text_in(FormField.ALIAS) == "SYD-1"
    again.discard()
    assert again.form.text_in(FormField.ALIAS) == "NORD-7"
    assert again.form.text_in(FormField.FAMILY_NAME) == ""
    assert [one.thrown_at is not None for one in vault.box.drafts.values()] == [True]


def test_a_draft_holds_only_what_was_typed() -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    model.leave()
    assert ELIAS.details is not None
    renamed = replace(ELIAS.details, family_name="Provsson")
    vault.details = replace(ELIAS, version="2-2", details=renamed)
    again = make_model(vault)
    assert again.form.text_in(FormField.GIVEN_NAME) == "Elías"
    assert again.form.text_in(FormField.FAMILY_NAME) == "Provsson"


def test_a_draft_goes_with_what_it_became() -> None:
    vault = Vault(ELIAS)
    model = make_model(vault)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    model.leave()
    model.send()
    assert not vault.box.drafts


@pytest.mark.parametrize("details", [ELIAS, VIKTOR], ids=["open", "protected"])
def test_everything_is_reached_by_keys(qtbot: QtBot, look: Look, details: PersonDetails) -> None:
    view = view_of(qtbot, look, make_model(Vault(details)))
    view.first_focus.setFocus()
    reached = set()
    for _ in range(40):
        focus = view.focusWidget()
        reached.add(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    wanted = {"alias", "since", "show name", "show number", "name anew", "ask to lower"}
    if details is ELIAS:
        wanted = {"given_name", "family_name", "number", "has no number", "protected"}
    assert wanted <= reached


@pytest.mark.parametrize("name", ['<img src="x">', "\u202eEkil", "Ö" * 201, "\ud800", " "])
def test_hostile_names_are_shown_as_they_are(qtbot: QtBot, look: Look, name: str) -> None:
    assert ELIAS.details is not None
    vault = Vault(ELIAS)
    model = make_model(vault)
    view_of(qtbot, look, model)
    type_in(model, {FormField.GIVEN_NAME: name, FormField.FAMILY_NAME: name})
    settle()
    model.send()
    for what, change in sent(vault):
        assert what == "change"
        assert "\ud800" not in (change.given_name or "")


def test_the_name_of_the_page_is_not_the_name_of_the_window(qtbot: QtBot, look: Look) -> None:
    view = view_of(qtbot, look, make_model(Vault(ELIAS)))
    assert view.window().windowTitle() == ""
    assert PERSON.hex not in said(view)
