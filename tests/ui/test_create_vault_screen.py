"""Making a vault: nothing on disk before the last step, nothing secret left after it."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import out_of_order, tab_round
from tests.ui.desks import settle
from tests.ui.plain import (
    GROUPS,
    WORDS,
    HeldRunner,
    make_look,
    make_services,
    nothing,
    prepared_with,
    raising,
)
from tests.ui.screens import answer_sheet, make_create_model, print_sheet, vault_frame
from trygga_desktop.domain import errors
from trygga_desktop.services.founding import CreateVault, PreparedVault
from trygga_desktop.services.recovery_sheets import ComposeSheet
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.create_vault.sheet import SheetPlace
from trygga_desktop.ui.screens.create_vault.view import CreateVaultView
from trygga_desktop.ui.screens.create_vault.view_model import (
    CreateStep,
    CreateVaultViewModel,
    initials,
    is_folder_name,
)
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.new_passphrase import NumberedBox
from trygga_desktop.ui.widgets.trouble_banner import words_of


def make(**services: Any) -> CreateVaultViewModel:
    """Return the first step, with these use cases."""
    return CreateVaultViewModel(
        make_services(**services), InlineRunner(), vault_name="Trygga unga", print_pdf=nothing
    )


def to_the_end(model: CreateVaultViewModel) -> None:
    """Answer everything but the last button."""
    model.go_on()
    model.set_municipality(" Exempelstad ")
    model.set_name("Karin Ek")
    model.go_on()
    model.new_passphrase.begin()
    model.new_passphrase.type(" ".join(model.new_passphrase.words))
    model.go_on()
    print_sheet(model)
    for group in model.sheet.asked:
        model.sheet.answer(group, f" {GROUPS[group].lower()} ")


def show(
    qtbot: QtBot, look: Look, model: CreateVaultViewModel, screens: int = 1
) -> CreateVaultView:
    """Return the shown screen."""
    view = CreateVaultView(model, look, make_services(screen_count=lambda: screens))
    qtbot.addWidget(view)
    view.show()
    return view


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name that is shown now."""
    found = view.findChildren(Button, name)[-1]
    assert isinstance(found, Button)
    return found


def said(view: QWidget) -> str:
    """Return everything that stands there."""
    return "\n".join(label.text() for label in view.findChildren(PlainLabel))


def names(view: QWidget) -> str:
    """Return everything that a screen reader could find."""
    return "\n".join(widget.accessibleName() for widget in view.findChildren(QWidget))


@pytest.mark.parametrize(
    "name", ["", "  ", "a/b", "a\\b", "CON:", "..", ".dold", "a\0b", "a\u202eb", "x" * 81, "a?"]
)
def test_a_name_that_no_folder_can_have_is_refused(name: str) -> None:
    model = make()

    model.set_vault_name(name)

    assert not model.may_go_on
    assert not is_folder_name(name.strip())


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.VaultExistsError(), ProblemKind.ALREADY_THERE),
        (errors.NetworkPlaceError(errors.UnsafePlace.SYNCED), ProblemKind.NETWORK_PLACE),
        (errors.CannotWriteError(), ProblemKind.CANNOT_WRITE),
    ],
)
def test_a_bad_place_is_told_before_anything_else_is_asked(
    qtbot: QtBot, look: Look, error: Exception, kind: ProblemKind
) -> None:
    model = make(check_place=raising(error))
    view = show(qtbot, look, model)

    model.go_on()

    assert model.step is CreateStep.PLACE
    assert model.trouble is not None
    assert model.trouble.kind is kind
    assert view.findChild(QWidget, "banner") is not None
    model.set_vault_name("Annat")
    assert model.trouble is None


@pytest.mark.parametrize("missing", ["municipality", "name", "login"])
def test_every_answer_about_oneself_is_needed(missing: str) -> None:
    model = make_create_model("you")
    model.set_municipality("Exempelstad")
    model.set_name("Karin Ek")
    assert model.may_go_on

    getattr(model, f"set_{missing}")("  ")

    assert not model.may_go_on


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Karin Ek", "KE"),
        ("anna-lena åkesson", "ALÅ"),
        ("Eva Maria Lund Ek", "EML"),
        ("", ""),
        ("  ", ""),
        ("7 (x)", ""),
    ],
)
def test_initials_are_suggested(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_typed_sign_in_name_is_not_overwritten() -> None:
    model = make_create_model("you")
    model.set_name("Karin")
    model.set_login("kek")

    model.set_name("Karin Ek")

    assert model.login == "kek"


def test_the_suggestion_shows_while_the_name_is_typed(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make_create_model("you"))
    name, login = view.findChild(TextInput, "name"), view.findChild(TextInput, "login")
    assert isinstance(name, TextInput)
    assert isinstance(login, TextInput)

    qtbot.keyClicks(name, "Karin Ek")

    assert login.text() == "KE"


def test_words_are_gone_when_their_step_is_left(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("passphrase")
    view = show(qtbot, look, model)
    shown_words = model.new_passphrase.words
    assert all(word in names(view) for word in shown_words)
    model.new_passphrase.type(" ".join(shown_words))

    model.go_on()

    assert not any(word in names(view) for word in WORDS)


def test_the_code_is_not_on_the_screen_before_or_after_it_is_printed(
    qtbot: QtBot, look: Look
) -> None:
    model = make_create_model("recovery")
    view = show(qtbot, look, model)
    before = names(view)

    print_sheet(model)

    assert not any(group in before + names(view) for group in GROUPS)
    assert len(set(model.sheet.asked)) == 2


def test_a_vault_is_not_made_before_its_sheet_is_outside_and_read_back() -> None:
    model = make_create_model("recovery")
    for group in model.sheet.asked:
        model.sheet.answer(group, GROUPS[group])
    model.go_on()
    assert model.step is CreateStep.RECOVERY

    print_sheet(model)
    may_go_on = [model.may_go_on]
    model.sheet.answer(model.sheet.asked[1], "XXXX")
    may_go_on.append(model.may_go_on)

    assert may_go_on == [True, False]


def test_a_sheet_that_was_not_printed_opens_no_field_and_says_why(qtbot: QtBot, look: Look) -> None:
    def refuse(_: bytes, __: QPrinter) -> None:
        raise NotPrintedError(PrintFlaw.NO_ANSWER)

    model = CreateVaultViewModel(
        make_services(), InlineRunner(), vault_name="Trygga unga", print_pdf=refuse
    )
    to_the_end(model)
    view = show(qtbot, look, model)

    assert not model.sheet.is_outside
    assert not model.may_go_on
    assert "Skrivaren svarar inte" in said(view)
    field = view.findChild(TextInput, "group 0")
    assert isinstance(field, TextInput)
    assert not field.isEnabled()


def test_a_sheet_that_cannot_be_made_is_told_and_can_be_tried_again(
    qtbot: QtBot, look: Look
) -> None:
    model = make(compose_sheet=raising(MemoryError()))
    to_the_end(model)
    view = show(qtbot, look, model)

    assert not model.sheet.is_outside
    assert view.findChild(QWidget, "banner") is not None
    assert button(view, "print sheet").isEnabled()


def test_without_a_printer_the_other_ways_are_told(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("recovery")
    view = CreateVaultView(model, look, make_services(), ask_printer=nothing)
    qtbot.addWidget(view)
    view.show()

    button(view, "print sheet").click()

    assert "ingen skrivare" in said(view)
    assert not model.sheet.is_outside
    assert button(view, "by hand").isEnabled()


def test_the_printer_gets_the_sheet_of_this_vault_in_the_language_of_the_screen(
    qtbot: QtBot, look: Look
) -> None:
    printed, asked = list[bytes](), list[ComposeSheet]()

    def compose_sheet(command: ComposeSheet) -> bytes:
        asked.append(command)
        return b"%PDF-sheet"

    model = CreateVaultViewModel(
        make_services(compose_sheet=compose_sheet),
        InlineRunner(),
        vault_name="Trygga unga",
        print_pdf=lambda pdf, _: printed.append(pdf),
    )
    to_the_end(model)
    view = CreateVaultView(
        model,
        look,
        make_services(),
        ask_printer=lambda parent, _title, _pages, chosen: chosen(QPrinter()) or QDialog(parent),
    )
    qtbot.addWidget(view)

    button(view, "print sheet").click()

    assert printed == [b"%PDF-sheet"] * 2
    assert asked[1] == ComposeSheet(
        prepared=prepared_with("-".join(GROUPS)),
        municipality="Exempelstad",
        vault_name="Trygga unga",
        language="sv",
    )


def test_a_file_is_saved_only_after_the_warning_and_replaces_nothing(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    model = make_create_model("recovery")
    view = show(qtbot, look, model)
    taken = tmp_path / "blad.pdf"
    taken.write_bytes(b"annat")

    button(view, "save sheet").click()
    assert view.findChild(QFileDialog) is None
    assert "mindre säker än papper" in said(view)
    button(view, "choose place of sheet").click()
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    model.sheet.save_to(taken, language="sv")

    assert taken.read_bytes() == b"annat"
    assert not model.sheet.is_outside
    assert "finns redan en fil" in said(view)

    model.sheet.save_to(tmp_path / "nytt.pdf", language="sv")

    assert model.sheet.place is SheetPlace.SAVED
    assert (tmp_path / "nytt.pdf").stat().st_size


def test_a_code_that_is_written_by_hand_is_shown_once_and_is_a_new_one(
    qtbot: QtBot, look: Look
) -> None:
    drawn = iter(["AAAA-" * 11 + "AAAA", "BBBB-" * 11 + "BBBB", "CCCC-" * 11 + "CCCC"])
    services = make_services(prepare_vault=lambda _: prepared_with(next(drawn)))
    model = CreateVaultViewModel(
        services, InlineRunner(), vault_name="Trygga unga", print_pdf=nothing
    )
    to_the_end(model)
    view = CreateVaultView(model, look, services)
    qtbot.addWidget(view)
    view.show()

    button(view, "by hand").click()
    assert not model.sheet.is_outside
    assert [box.text() for box in view.findChildren(NumberedBox)] == ["BBBB"] * 12
    model.go_on()
    assert model.sheet.place is SheetPlace.WRITTEN
    assert not view.findChildren(NumberedBox)
    assert "BBBB" not in names(view)

    model.sheet.write_by_hand()
    assert [box.text() for box in view.findChildren(NumberedBox)] == ["CCCC"] * 12


@pytest.mark.parametrize("changed", ["municipality", "vault_name"])
def test_a_sheet_with_other_names_is_void_and_another_one_is_drawn(
    qtbot: QtBot, look: Look, changed: str
) -> None:
    drawn = iter(["AAAA-" * 11 + "AAAA", "BBBB-" * 11 + "BBBB"])
    owners = list[str]()

    def prepare(owner: str) -> PreparedVault:
        owners.append(owner)
        return prepared_with(next(drawn))

    model = make(prepare_vault=prepare)
    to_the_end(model)
    view = show(qtbot, look, model)
    for _ in range(3):
        model.go_back()

    getattr(model, f"set_{changed}")("Annanstad")
    for _ in range(3):
        model.go_on()

    assert model.step is CreateStep.RECOVERY
    assert not model.sheet.is_outside
    assert not model.may_go_on
    assert model.sheet.groups == ("BBBB",) * 12
    assert owners == ["Exempelstad", model.municipality.strip()]
    assert "Förstör bladet" in said(view)


def test_a_sheet_whose_names_still_hold_is_kept_when_one_goes_back(
    qtbot: QtBot, look: Look
) -> None:
    model = make()
    to_the_end(model)
    view = show(qtbot, look, model)
    prepared = model.sheet.prepared

    model.go_back()
    model.go_back()
    model.set_municipality("Exempelstad")
    model.set_name("Karin Eklund")
    model.go_on()
    model.go_on()

    assert model.sheet.prepared is prepared
    assert model.sheet.place is SheetPlace.PRINTED
    assert "Förstör bladet" not in said(view)


def test_whoever_writes_the_code_down_after_printing_is_asked_to_destroy_the_print(
    qtbot: QtBot, look: Look
) -> None:
    model = make_create_model("recovery")
    view = show(qtbot, look, model)
    button(view, "by hand").click()
    assert "Förstör bladet" not in said(view)
    model.go_back()
    print_sheet(model)

    button(view, "by hand").click()

    assert model.sheet.is_showing
    assert "Förstör bladet" in said(view)
    model.go_back()
    assert "Förstör bladet" in said(view)
    model.forget()
    assert not model.sheet.is_earlier_void


def test_a_code_is_drawn_beside_the_window_and_nothing_is_printed_before_it_is_there(
    qtbot: QtBot, look: Look
) -> None:
    runner = HeldRunner()
    model = CreateVaultViewModel(
        make_services(), runner, vault_name="Trygga unga", print_pdf=nothing
    )
    model.sheet.prepare()
    model.step = CreateStep.RECOVERY
    view = show(qtbot, look, model)

    assert not button(view, "print sheet").isEnabled()
    assert not model.may_go_on
    model.go_back()
    assert model.step is CreateStep.RECOVERY
    runner.work_off()

    assert button(view, "print sheet").isEnabled()
    assert model.sheet.groups == GROUPS


def test_a_code_that_was_shown_and_not_written_down_is_used_for_nothing() -> None:
    drawn = iter(["AAAA-" * 11 + "AAAA", "BBBB-" * 11 + "BBBB", "CCCC-" * 11 + "CCCC"])
    model = make(prepare_vault=lambda _: prepared_with(next(drawn)))
    to_the_end(model)
    model.sheet.write_by_hand()

    model.go_back()

    assert model.step is CreateStep.RECOVERY
    assert not model.sheet.is_outside
    assert model.sheet.groups == ("CCCC",) * 12


def test_the_code_can_be_neither_selected_nor_copied(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("recovery")
    model.sheet.write_by_hand()
    view = show(qtbot, look, model)

    boxes = view.findChildren(NumberedBox)

    assert len(boxes) == 12
    assert all(box.focusPolicy() is Qt.FocusPolicy.NoFocus for box in boxes)
    texts = [label.text() for label in view.findChildren(PlainLabel)]
    assert not any(group in text for group in GROUPS for text in texts)


def test_a_second_screen_hides_the_code_and_unplugging_shows_it(qtbot: QtBot, look: Look) -> None:
    screens = 1
    services = make_services(screen_count=lambda: screens)
    model = CreateVaultViewModel(
        services, InlineRunner(), vault_name="Trygga unga", print_pdf=nothing
    )
    to_the_end(model)
    model.sheet.write_by_hand()
    view = CreateVaultView(model, look, services)
    qtbot.addWidget(view)
    assert view.findChildren(NumberedBox)

    screens = 2
    model.screens_changed()
    assert not view.findChildren(NumberedBox)
    assert not model.may_go_on
    model.go_on()
    assert not model.sheet.is_outside
    assert "skärm" in "".join(label.text() for label in view.findChildren(PlainLabel))

    screens = 1
    model.screens_changed()
    assert view.findChildren(NumberedBox)


def test_a_wrong_group_keeps_the_vault_from_being_made(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("recovery")
    print_sheet(model)
    view = show(qtbot, look, model)
    field = view.findChild(TextInput, "group 0")
    assert isinstance(field, TextInput)

    field.setText("XXXX")
    field.editingFinished.emit()

    asked = model.sheet.asked[0]
    assert not model.may_go_on
    assert f"Grupp {asked + 1} stämmer inte" in field.accessibleDescription()
    field.setText(GROUPS[asked])
    assert field.accessibleDescription() == "Rätt."


def test_nothing_is_created_before_the_last_button() -> None:
    made: list[CreateVault] = []
    model = make(create_vault=made.append)

    to_the_end(model)
    assert made == []
    model.go_on()

    assert len(made) == 1
    assert made[0].folder == Path("/home/ke/Trygga unga.trygga")
    assert made[0].municipality == "Exempelstad"
    assert made[0].login == "KE"
    assert made[0].prepared.recovery_code == "-".join(GROUPS)


def test_nothing_secret_is_left_when_the_vault_exists(qtbot: QtBot, look: Look) -> None:
    model = make()
    to_the_end(model)
    view = show(qtbot, look, model)

    model.go_on()

    assert model.step is CreateStep.DONE
    parts = (model, model.new_passphrase, model.sheet)
    everything = "".join(repr(vars(part)) for part in parts) + names(view)
    assert not any(secret in everything for secret in (*WORDS, *GROUPS))


def test_a_failure_keeps_what_was_answered(qtbot: QtBot, look: Look) -> None:
    model = make(create_vault=raising(errors.DiskFullError()))
    to_the_end(model)
    view = show(qtbot, look, model)

    model.go_on()

    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.DISK_FULL
    assert view.findChild(QWidget, "banner") is not None
    assert model.may_go_on


def test_enter_goes_on_when_the_step_is_complete(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    name = view.findChild(TextInput, "vault name")
    assert isinstance(name, TextInput)

    qtbot.keyClick(name, Qt.Key.Key_Return)
    municipality = view.findChild(TextInput, "municipality")
    assert isinstance(municipality, TextInput)
    qtbot.keyClick(municipality, Qt.Key.Key_Return)

    assert model.step is CreateStep.YOU


def test_back_leads_back_and_at_last_out(qtbot: QtBot) -> None:
    model = make_create_model("recovery")
    steps = []
    for _ in range(3):
        model.go_back()
        steps.append(model.step)
    assert steps == [
        CreateStep.PASSPHRASE,
        CreateStep.YOU,
        CreateStep.PLACE,
    ]

    with qtbot.waitSignal(model.left, timeout=0):
        model.go_back()

    assert model.new_passphrase.words == ()


def test_the_end_leads_to_the_vault(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("done")
    view = show(qtbot, look, model)

    with qtbot.waitSignal(model.finished, timeout=0) as finished:
        view.findChildren(Button)[-1].click()

    assert finished.args == [Path("/home/ke/Trygga unga.trygga"), "KE"]


def test_another_place_can_be_chosen(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)

    next(one for one in view.findChildren(Button) if one.text() == "Välj plats").click()
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit("/mnt/disk")

    assert model.folder == Path("/mnt/disk/Trygga unga.trygga")
    dialog.reject()


def test_a_place_is_looked_at_once_and_a_late_answer_leads_nowhere() -> None:
    runner, looked_at = HeldRunner(), list[Path]()
    services = make_services(check_place=looked_at.append)
    model = CreateVaultViewModel(services, runner, vault_name="Trygga unga", print_pdf=nothing)

    model.go_on()
    model.go_on()
    model.set_vault_name("Annat")
    runner.work_off()
    steps = [model.step]
    model.go_on()
    runner.work_off()
    steps.append(model.step)

    assert [one.stem for one in looked_at] == ["Trygga unga", "Annat"]
    assert steps == [CreateStep.PLACE, CreateStep.YOU]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("place", "Skriv ett namn på valvet först."),
        ("you", "Fyll i kommun, namn och inloggningsnamn."),
        ("passphrase", "Skriv de sex orden först."),
        ("recovery", "Skriv ut bladet först."),
        ("read back", "Skriv båda grupperna från pappret."),
    ],
)
def test_what_is_missing_stands_beside_the_button(
    qtbot: QtBot, look: Look, step: str, words: str
) -> None:
    model = make_create_model("recovery" if step == "read back" else step)
    if step == "read back":
        print_sheet(model)
    view = show(qtbot, look, model)
    if step == "place":
        model.set_vault_name("")

    assert not model.may_go_on
    assert words in names(view).splitlines()
    next_button = view.findChild(Button, "next")
    assert isinstance(next_button, Button)
    assert next_button.accessibleDescription() == words


def test_nothing_is_said_to_be_missing_once_it_is_there(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("you")
    view = show(qtbot, look, model)

    model.set_municipality("Exempelstad")
    model.set_name("Karin Ek")

    assert "Fyll i" not in names(view)


def test_the_button_keeps_the_focus_while_the_vault_is_made(qtbot: QtBot, look: Look) -> None:
    runner, made = HeldRunner(), list[CreateVault]()
    services = make_services(create_vault=made.append)
    model = CreateVaultViewModel(services, runner, vault_name="Trygga unga", print_pdf=nothing)
    model.go_on()
    runner.work_off()
    to_the_end(model)
    runner.work_off()
    answer_sheet(model)
    runner.work_off()
    view = show(qtbot, look, model)
    last = view.findChild(Button, "next")
    assert isinstance(last, Button)
    last.setFocus()

    last.click()
    last.click()

    assert focus_in(view) is last
    runner.work_off()
    assert len(made) == 1


def test_tab_goes_on_from_an_own_passphrase_to_the_buttons(qtbot: QtBot, look: Look) -> None:
    model = make_create_model("passphrase")
    view = CreateVaultView(model, look, make_services())
    frame = vault_frame(look, view, view.panel)
    qtbot.addWidget(frame)
    frame.show()
    settle()

    model.new_passphrase.choose_own()
    settle()

    assert out_of_order(frame, tab_round(frame)) == []


def test_trouble_comes_with_its_code_and_into_view(qtbot: QtBot, qapp: QApplication) -> None:
    look = make_look(qapp, scale=2.0)
    model = make(check_place=raising(errors.NetworkPlaceError(errors.UnsafePlace.SYNCED)))
    view = CreateVaultView(model, look, make_services())
    frame = vault_frame(look, view, view.panel)
    qtbot.addWidget(frame)
    frame.resize(900, 500)
    frame.show()
    settle()

    model.go_on()
    settle()

    told = view.findChild(QWidget, "banner")
    assert isinstance(told, QWidget)
    assert "E-10" in words_of(told)
    assert not told.visibleRegion().isEmpty()
