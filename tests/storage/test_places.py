"""A vault does not live where what was saved can be lost."""

from pathlib import Path

import pytest

from trygga_desktop.domain.errors import NetworkPlaceError, UnsafePlace
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
        "/mnt/share/X.trygga",
        "/mnt/my share/deep/X.trygga",
        "/mnt/share/OneDrive/X.trygga",
    ],
)
def test_a_share_is_refused(place: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(Path(place), mounts=mounts)
    assert caught.value.place is UnsafePlace.SHARE


@pytest.mark.parametrize(
    "place",
    [
        "/home/karin/OneDrive/X.trygga",
        "/home/karin/OneDrive - Exempelstad/X.trygga",
        "/home/karin/Dropbox/a/X.trygga",
        "/home/karin/dropbox/X.trygga",
        "/home/karin/Google Drive/X.trygga",
        "/home/karin/iCloud Drive/X.trygga",
        "C:/Users/karin/iCloudDrive/X.trygga",
        "/Users/karin/Library/Mobile Documents/com~apple~CloudDocs/X.trygga",
        "/home/karin/Box/X.trygga",
        "/home/karin/Box Sync/X.trygga",
        "/Users/karin/Library/CloudStorage/Box-Box/X.trygga",
        "/home/karin/ownCloud/X.trygga",
        "/home/karin/Proton Drive/X.trygga",
    ],
)
def test_a_synchronised_folder_is_refused(place: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(Path(place), mounts=mounts)
    assert caught.value.place is UnsafePlace.SYNCED


@pytest.mark.parametrize("sign", [".stfolder", ".dropbox.cache", ".nextcloudsync.log"])
def test_a_folder_is_known_by_what_a_synchronising_program_leaves_in_it(
    tmp_path: Path, sign: str
) -> None:
    (tmp_path / "Ärenden" / "2026").mkdir(parents=True)
    (tmp_path / "Ärenden" / sign).touch()

    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(tmp_path / "Ärenden" / "2026" / "X.trygga", mounts=tmp_path / "none")
    assert caught.value.place is UnsafePlace.SYNCED
    refuse_network_place(tmp_path / "X.trygga", mounts=tmp_path / "none")


@pytest.mark.parametrize(
    "place",
    [
        "/home/karin/X.trygga",
        "/mnt/share/local/X.trygga",
        "/home/karin/Dropboxes/X.trygga",
        "/home/karin/box/X.trygga",
        "/home/karin/box 2/X.trygga",
        "/home/karin/Boxes/X.trygga",
    ],
)
def test_a_place_on_this_computer_is_fine(place: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    refuse_network_place(Path(place), mounts=mounts)


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "cases").symlink_to(tmp_path / "OneDrive")

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "cases" / "X.trygga", mounts=tmp_path / "none")


def test_a_link_to_a_share_is_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "cases").symlink_to(tmp_path / "share")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/share {(tmp_path / 'share').resolve()} nfs4 rw 0 0\n")

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "cases" / "X.trygga", mounts=mounts)


def test_a_link_that_lies_in_a_synchronised_folder_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "cases").mkdir()
    (tmp_path / "OneDrive" / "X.trygga").symlink_to(tmp_path / "cases")

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "OneDrive" / "X.trygga", mounts=tmp_path / "none")


def test_a_link_that_leads_to_itself_is_no_question_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")

    refuse_network_place(tmp_path / "round", mounts=tmp_path / "none")


def test_a_system_without_such_a_table_is_fine(tmp_path: Path) -> None:
    refuse_network_place(tmp_path, mounts=tmp_path / "none")
