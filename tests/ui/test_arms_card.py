"""The coat of arms in the settings: hostile pictures change nothing, and only points are kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.pictures import chunk, header, plain_picture, png_of
from tests.ui.plain import raising
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.domain.picture import LARGEST_EDGE, read_picture
from trygga_desktop.services.arms import ChangeArms
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.platform.pictures import NoPictureError, PictureFlaw, draw_anew
from trygga_desktop.ui.screens.preferences.arms import ArmsModel
from trygga_desktop.ui.screens.preferences.arms_card import ArmsCard, ArmsPlace, flaw_text
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel


def encoded(image: QImage, form: str = "PNG") -> bytes:
    """Return a picture as a file of this form."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(image)
    return bytes(buffer.data().data())


def coloured(width: int, height: int, colour: str = "#c0392b") -> QImage:
    """Return a picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    return image


class Drawer:
    """Keeps the coat of arms as a vault would."""

    def __init__(self, png: bytes = b"") -> None:
        self.png = png

    def change(self, command: ChangeArms) -> Done[None]:
        """Take another."""
        self.png = command.png
        return Done(None, Changes(settings=True))

    def model(self) -> ArmsModel:
        """Return the state of the card."""
        return ArmsModel(arms=lambda: self.png, change_arms=self.change, runner=InlineRunner())


def card_of(qtbot: QtBot, look: Look, model: ArmsModel) -> ArmsCard:
    """Return the shown card."""
    card = ArmsCard(model, look)
    qtbot.addWidget(card)
    card.show()
    return card


def said(card: QWidget) -> str:
    """Return everything that stands there."""
    return "\n".join(label.text() for label in card.findChildren(PlainLabel))


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"", PictureFlaw.OTHER_FORM),
        (b"%PDF-1.7", PictureFlaw.OTHER_FORM),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureFlaw.OTHER_FORM),
        (encoded(coloured(4, 4), "BMP"), PictureFlaw.OTHER_FORM),
        (png_of(header(30_000, 30_000), chunk(b"IDAT", b"x")), PictureFlaw.TOO_LARGE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 11_000_000, PictureFlaw.TOO_LARGE),
    ],
    ids=["nothing", "pdf", "svg", "bmp", "a billion points", "large"],
)
def test_what_is_no_picture_is_not_taken(tmp_path: Path, data: bytes, flaw: PictureFlaw) -> None:
    path = tmp_path / "vapen.png"
    path.write_bytes(data)

    with pytest.raises(NoPictureError) as refused:
        draw_anew(path)

    assert refused.value.flaw is flaw


@pytest.mark.parametrize("name", ["finns inte.png", "."])
def test_what_cannot_be_read_is_not_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoPictureError) as refused:
        draw_anew(tmp_path / name)

    assert refused.value.flaw is PictureFlaw.UNREADABLE


@pytest.mark.qt_log_ignore("libpng|libjpeg|Corrupt|jpeg|png")
def test_a_picture_that_is_cut_off_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "vapen.png"
    path.write_bytes(encoded(coloured(200, 200))[:60])

    with pytest.raises(NoPictureError):
        draw_anew(path)


def test_only_the_points_of_a_picture_are_kept(tmp_path: Path) -> None:
    image = coloured(40, 50)
    image.setText("Author", "Karin Ek")
    path = tmp_path / "vapen.png"
    path.write_bytes(encoded(image))
    assert b"Karin Ek" in path.read_bytes()

    png = draw_anew(path)

    assert b"Karin Ek" not in png
    assert (read_picture(png).width, read_picture(png).height) == (40, 50)
    assert QImage.fromData(png).pixelColor(0, 0).name() == "#c0392b"


@pytest.mark.parametrize("form", ["PNG", "JPG"])
@pytest.mark.parametrize("size", [(1, 1), (1_203, 2_001), (3_000, 2)])
def test_a_large_picture_becomes_small_in_its_own_shape(
    tmp_path: Path, form: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "vapen"
    path.write_bytes(encoded(coloured(*size), form))

    picture = read_picture(draw_anew(path))

    assert max(picture.width, picture.height) == min(LARGEST_EDGE, max(size))
    assert abs(picture.width / picture.height - size[0] / size[1]) <= max(size) / LARGEST_EDGE * 200


def test_what_can_be_seen_through_is_white(tmp_path: Path) -> None:
    image = QImage(5, 5, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    path = tmp_path / "vapen.png"
    path.write_bytes(encoded(image))

    assert QImage.fromData(draw_anew(path)).pixelColor(2, 2).name() == "#ffffff"


@pytest.mark.parametrize("flaw", PictureFlaw)
def test_a_refused_file_leaves_the_picture_and_says_so(
    qtbot: QtBot, look: Look, tmp_path: Path, flaw: PictureFlaw
) -> None:
    files = {
        PictureFlaw.UNREADABLE: tmp_path,
        PictureFlaw.TOO_LARGE: tmp_path / "stor.png",
        PictureFlaw.OTHER_FORM: tmp_path / "bild.svg",
    }
    files[PictureFlaw.TOO_LARGE].write_bytes(png_of(header(30_000, 30_000)))
    files[PictureFlaw.OTHER_FORM].write_bytes(b"<svg/>")
    drawer = Drawer(plain_picture())
    model = drawer.model()
    card = card_of(qtbot, look, model)

    model.choose(files[flaw])

    assert drawer.png == plain_picture() == model.png
    assert flaw_text(flaw, look.language) in said(card)


def test_a_vault_that_refuses_is_told_and_an_unconfirmed_one_is_closed(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    path = tmp_path / "vapen.png"
    path.write_bytes(encoded(coloured(4, 4)))
    full = ArmsModel(arms=lambda: b"", change_arms=raising(DiskFullError()), runner=InlineRunner())
    card = card_of(qtbot, look, full)

    full.choose(path)

    assert full.png == b""
    assert card.findChild(QWidget, "banner") is not None
    lost = ArmsModel(
        arms=lambda: b"", change_arms=raising(NotConfirmedError()), runner=InlineRunner()
    )
    with qtbot.waitSignal(lost.failed, timeout=0):
        lost.choose(path)


def test_a_picture_is_chosen_seen_and_taken_away(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    path = tmp_path / "vapen.png"
    path.write_bytes(encoded(coloured(30, 40)))
    drawer = Drawer()
    card = card_of(qtbot, look, drawer.model())
    place, remove = card.findChild(ArmsPlace), card.findChild(Button, "remove arms")
    assert isinstance(place, ArmsPlace)
    assert isinstance(remove, Button)
    assert not remove.isVisible()

    choose = card.findChild(Button, "choose arms")
    assert isinstance(choose, Button)
    choose.click()
    dialog = card.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()

    assert read_picture(drawer.png).height == 40
    assert place.grab().toImage().pixelColor(place.rect().center()).name() == "#c0392b"
    remove.click()
    assert drawer.png == b""
    assert not remove.isVisible()


def test_a_picture_that_was_taken_away_can_be_put_back() -> None:
    drawer = Drawer(b"picture")
    undos: list[Callable[[], None]] = []
    model = drawer.model()
    model.removed.connect(undos.append)

    model.remove()
    assert drawer.png == b""
    undos[0]()

    assert drawer.png == b"picture"
    assert len(undos) == 1


def test_a_picture_that_could_not_be_taken_away_is_not_offered_back() -> None:
    undos: list[object] = []
    model = ArmsModel(
        arms=lambda: b"picture", change_arms=raising(DiskFullError()), runner=InlineRunner()
    )
    model.removed.connect(undos.append)

    model.remove()

    assert undos == []
    assert model.png == b"picture"
