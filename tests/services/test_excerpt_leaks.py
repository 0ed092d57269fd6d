"""A sample of the made-up meetings, and proof that the search finds what there is."""

import io
from dataclasses import replace

import pikepdf
import pytest

from tests.conftest import MadeVault
from tests.documents.insides import Insides
from tests.documents.papers import FULL, recorded
from tests.endurance.leaks import try_one
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.protocol import AgendaItem, StatementEntry

SECRET = "Kanariefågeln 070-1234567"  # noqa: S105  what is told, not a password


def holding(secret: str) -> bytes:
    """Return the file of a protocol in which it stands."""
    item = AgendaItem(title="Skolan", entries=(StatementEntry(text=secret, source="Skolan"),))
    return issue(recorded(replace(FULL, items=(item,))))


def test_what_stands_on_a_page_is_found() -> None:
    assert Insides(holding(SECRET)).holds(SECRET)
    assert not Insides(holding("något annat")).holds(SECRET)


@pytest.mark.parametrize("where", ["metadata", "stream", "outline", "key"])
def test_what_is_hidden_in_a_file_is_found(where: str) -> None:
    with pikepdf.open(io.BytesIO(holding("något annat"))) as opened:
        if where == "metadata":
            opened.docinfo["/Subject"] = SECRET
        elif where == "stream":
            opened.Root["/Hidden"] = opened.make_stream(SECRET.encode("utf-16-be"))
        elif where == "outline":
            with opened.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem(SECRET, 0))
        else:
            opened.Root["/Hidden"] = pikepdf.Array([pikepdf.String(SECRET)])
        packed = io.BytesIO()
        opened.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert Insides(packed.getvalue()).holds(SECRET)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_excerpt_tells_what_is_kept_from_its_recipient_nor_that_it_is(
    made: MadeVault, seed: int
) -> None:
    tried = try_one(made, seed=seed)

    assert tried.leaks == []
    assert tried.excerpts >= 7
    # Records were compared, excerpts refused and names looked at: none of it passes unasked.
    assert min(tried.alike, tried.issued, tried.refused, tried.names) > 0
    # What was given is asked about anew once less may be known.
    assert tried.recalled > 0
    # The same search finds each of the phrases in the board's own file.
    assert tried.controls > 0
    assert tried.unseen == 0
