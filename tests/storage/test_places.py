"""A vault does not live where what was saved can be lost."""

import sys
from pathlib import Path, PurePath

import pytest

from trygga_desktop.domain.errors import NetworkPlaceError, UnsafePlace
from trygga_desktop.storage.mounts import Mount, mounted_here, read_printed, read_table
from trygga_desktop.storage.places import refuse_network_place

LINUX = read_table(
    b"""\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//server/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/share/local ext4 rw 0 0
karin@gvfs /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
kio-fuse /run/user/1000/kio-fuse-x fuse.kio-fuse rw 0 0
smbnetfs /mnt/smbnetfs fuse.smbnetfs rw 0 0
bucket /mnt/gcs fuse.gcsfuse rw 0 0
onedriver /mnt/onedriver fuse.onedriver rw 0 0
something /mnt/new fuse.not_made_yet rw 0 0
nameless /mnt/nameless fuse rw 0 0
mgs@tcp:/work /mnt/lustre lustre rw 0 0
host /mnt/virtio virtiofs rw 0 0
Home /media/psf/Home prl_fs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
/dev/sdd1 /media/ntfs fuse.ntfs-3g rw 0 0
/home/karin/.crypt /home/karin/open fuse.gocryptfs rw 0 0
/dev/sde1 /media/tab\\011and\\134 ext4 rw 0 0
broken line
"""
)
# As `mount` of macOS 14 prints it.
MACOS = read_printed(
    b"""\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//karin@server/cases on /Volumes/cases (smbfs, nodev, nosuid, mounted by karin)
//karin@server/a%20(b) on /Volumes/a on (b) (smbfs, nodev, nosuid, mounted by karin)
server:/export on /Volumes/export (nfs, nodev, nosuid, mounted by karin)
https://dav.example on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by karin)
sshfs@macfuse0 on /Volumes/ssh (macfuse, nodev, nosuid, synchronous, mounted by karin)
/dev/disk4s1 on /Volumes/stick (exfat, local, nodev, nosuid, noowners)
nothing that it prints
"""
)


@pytest.mark.parametrize(
    "place",
    [
        "//server/share/X.trygga",
        "/mnt/share/X.trygga",
        "/mnt/my share/deep/X.trygga",
        "/mnt/share/OneDrive/X.trygga",
        "/run/user/1000/gvfs/smb-share:server=a,share=b/X.trygga",
        "/run/user/1000/kio-fuse-x/X.trygga",
        "/mnt/smbnetfs/X.trygga",
        "/mnt/gcs/X.trygga",
        "/mnt/onedriver/X.trygga",
        "/mnt/new/X.trygga",
        "/mnt/nameless/X.trygga",
        "/mnt/lustre/X.trygga",
        "/mnt/virtio/X.trygga",
        "/media/psf/Home/X.trygga",
    ],
)
def test_a_share_is_refused(place: str) -> None:
    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(Path(place), mounts=LINUX)
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
        "/Users/karin/Library/CloudStorage/NyTjanst-karin/X.trygga",
        "/Users/karin/Library/Mobile Documents/iCloud~com~example/X.trygga",
        "/home/karin/kDrive/X.trygga",
        "/home/karin/kDrive 2/X.trygga",
        "/home/karin/Tresorit/X.trygga",
        "/home/karin/Tresors/X.trygga",
        "/home/karin/MEGA/X.trygga",
    ],
)
def test_a_synchronised_folder_is_refused(place: str) -> None:
    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(Path(place), mounts=LINUX)
    assert caught.value.place is UnsafePlace.SYNCED


@pytest.mark.parametrize("sign", [".stfolder", ".dropbox.cache", ".nextcloudsync.log"])
def test_a_folder_is_known_by_what_a_synchronising_program_leaves_in_it(
    tmp_path: Path, sign: str
) -> None:
    (tmp_path / "Ärenden" / "2026").mkdir(parents=True)
    (tmp_path / "Ärenden" / sign).touch()

    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(tmp_path / "Ärenden" / "2026" / "X.trygga", mounts=())
    assert caught.value.place is UnsafePlace.SYNCED
    refuse_network_place(tmp_path / "X.trygga", mounts=())


@pytest.mark.parametrize(
    "place",
    [
        "/home/karin/X.trygga",
        "/mnt/share/local/X.trygga",
        "/home/karin/Dropboxes/X.trygga",
        "/home/karin/box/X.trygga",
        "/home/karin/box 2/X.trygga",
        "/home/karin/Boxes/X.trygga",
        "/home/karin/mega/X.trygga",
        "/home/karin/Library/X.trygga",
        "/home/karin/CloudStorage/X.trygga",
        "/media/stick/X.trygga",
        "/media/ntfs/X.trygga",
        "/home/karin/open/X.trygga",
        "/media/tab\tand\\/X.trygga",
    ],
)
def test_a_place_on_this_computer_is_fine(place: str) -> None:
    refuse_network_place(Path(place), mounts=LINUX)


def test_a_link_into_a_synchronised_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "cases").symlink_to(tmp_path / "OneDrive")

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "cases" / "X.trygga", mounts=())


def test_a_link_to_a_share_is_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "cases").symlink_to(tmp_path / "share")
    mounts = [Mount(folder=(tmp_path / "share").resolve(), is_shared=True)]

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "cases" / "X.trygga", mounts=mounts)


def test_a_link_that_lies_in_a_synchronised_folder_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "cases").mkdir()
    (tmp_path / "OneDrive" / "X.trygga").symlink_to(tmp_path / "cases")

    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "OneDrive" / "X.trygga", mounts=())


def test_a_link_that_leads_to_itself_is_no_question_of_the_network(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")

    refuse_network_place(tmp_path / "round", mounts=())


@pytest.mark.parametrize(
    "place",
    [
        "/Volumes/cases/X.trygga",
        "/Volumes/a on (b)/X.trygga",
        "/Volumes/export/deep/X.trygga",
        "/Volumes/dav/X.trygga",
        "/Volumes/ssh/X.trygga",
        "/System/Volumes/Data/home/karin/X.trygga",
    ],
)
def test_macos_is_asked_what_is_its_own(place: str) -> None:
    with pytest.raises(NetworkPlaceError) as caught:
        refuse_network_place(Path(place), mounts=MACOS)
    assert caught.value.place is UnsafePlace.SHARE


@pytest.mark.parametrize(
    "place",
    ["/Users/karin/X.trygga", "/System/Volumes/Data/x/X.trygga", "/Volumes/stick/X.trygga"],
)
def test_the_own_disks_of_a_mac_are_fine(place: str) -> None:
    refuse_network_place(Path(place), mounts=MACOS)


def test_only_names_are_known_where_no_table_can_be_read(tmp_path: Path) -> None:
    refuse_network_place(tmp_path, mounts=())
    with pytest.raises(NetworkPlaceError):
        refuse_network_place(tmp_path / "OneDrive", mounts=())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such table")
def test_this_computer_has_a_table() -> None:
    # In a changed root the table has no "/", but there too it has where the processes are told of.
    always = {PurePath("/"), PurePath("/proc")}
    assert always & {one.folder for one in mounted_here()}
