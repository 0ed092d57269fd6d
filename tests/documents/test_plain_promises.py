"""An excerpt in plain words tells what became of an earlier promise, not only until when it was."""

from dataclasses import replace

from tests.documents.papers import FULL, SWEDISH
from trygga_desktop.documents.blocks import Bullets
from trygga_desktop.documents.composition import compose
from trygga_desktop.documents.excerpt import Excerpt, Promise
from trygga_desktop.documents.protocol import CarriedAction


def test_what_became_of_an_earlier_promise_stands_beside_it() -> None:
    own = Promise(text="Ringa mentorn", status="Klart")
    excerpt = Excerpt(recipient="Elias", host="Socialnämnden", is_plain=True, promises=(own,))
    earlier = CarriedAction(text="Boka tid", person="Maria Lind", status="Gick inte")
    blocks = compose(replace(FULL, excerpt=excerpt, carried=(earlier,)), SWEDISH)
    told = [item for one in blocks if isinstance(one, Bullets) for item in one.items]
    assert "Ringa mentorn, Klart" in told
    assert "Boka tid, Maria Lind, Gick inte" in told
