"""A vault does not live where what was saved can be lost."""

from pathlib import Path

import pytest

from trygga_desktop.domain.errors import NetworkPlaceError
from trygga_desktop.storage.places import refuse_network_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    "place",
    [
        "//server/share/X.trygga",
        "/home/karin/OneDrive/X.trygga",
        "/home/karin/OneDrive - Exempelstad/X.trygga",
        "/home/karin/Dropbox/a/X.trygga",
        "/home/karin/Google Drive/X.trygga",
        "/mnt/share/X.trygga",
        "/mnt/my share/deep/X.trygga",
    ],
)
def test_a_share_or_a_synchronised_folder_is_refused(place: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    with pytest.raises(NetworkPlaceError):
        refuse_network_place(Path(place), mounts=mounts)


@pytest.mark.parametrize(
    "place",
    ["/home/karin/X.trygga", "/mnt/share/local/X.trygga", "/home/karin/Dropboxes/X.trygga"],
)
def test_a_place_on_this_computer_is_fine(place: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    refuse_network_place(Path(place), mounts=mounts)


def test_a_system_without_such_a_table_is_fine(tmp_path: Path) -> None:
    refuse_network_place(tmp_path, mounts=tmp_path / "none")
