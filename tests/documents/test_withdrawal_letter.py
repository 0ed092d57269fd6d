"""What a letter to an agency says, and that it has no place for a person or a reason."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from tests.documents.papers import ENGLISH, read_back, squeezed
from trygga_desktop.documents.blocks import Bullets, KeyValues, PageFrame, Paragraph, Title
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.withdrawal_letter import (
    Ended,
    LetterContent,
    compose,
    opening,
    requests,
)
from trygga_desktop.i18n import load_language

DAY = date(2026, 10, 12)
COMING = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
WHOLE = LetterContent(
    organisation="Socialtjänsten, unga",
    municipality="Exempelstad",
    recipient="Provskolan",
    case_number="DEMO-2026-002",
    day=DAY,
    ended_on=DAY,
    secrecy="Confidential",
)
PART = replace(WHOLE, ended_on=None, ended=(Ended(since=DAY, agencies=("Polisen",)),))


def test_a_letter_has_no_place_for_who_took_back_nor_why() -> None:
    assert {one.name for one in fields(LetterContent)} == {
        "organisation",
        "municipality",
        "recipient",
        "case_number",
        "day",
        "ended_on",
        "ended",
        "cancelled",
        "lapsed",
        "secrecy",
        "arms",
    }


def test_without_meetings_none_is_spoken_of() -> None:
    assert not [one for one in requests(WHOLE, ENGLISH) if "eetings" in one]


def test_everything_taken_back_says_that_there_is_no_consent() -> None:
    assert opening(WHOLE, ENGLISH) == (
        "As of 12 October 2026 there is no consent to share information in the case.",
    )


def test_a_part_names_the_agencies_that_are_no_longer_covered_and_since_when() -> None:
    more = Ended(since=date(2026, 10, 14), agencies=("Provskolan", "Fritid"))

    assert opening(replace(PART, ended=(*PART.ended, more)), ENGLISH) == (
        "As of 12 October 2026 the consent no longer covers Polisen.",
        "As of 14 October 2026 the consent no longer covers Provskolan and Fritid.",
    )


def test_meetings_are_told_by_day_and_time_and_never_by_place() -> None:
    called_off = requests(replace(WHOLE, cancelled=(COMING,)), ENGLISH)
    lapsed = requests(replace(PART, lapsed=(COMING,)), ENGLISH)

    assert "Meetings called off: 20 October 2026 at 14:00." in called_off
    assert "Meetings that you are no longer to attend: 20 October 2026 at 14:00." in lapsed


def test_the_pages_have_number_receiver_sentences_requests_and_the_secrecy_at_the_foot() -> None:
    blocks = compose(WHOLE, ENGLISH)

    (frame,) = (one for one in blocks if isinstance(one, PageFrame))
    (title,) = (one for one in blocks if isinstance(one, Title))
    (facts,) = (one for one in blocks if isinstance(one, KeyValues))
    (asked,) = (one for one in blocks if isinstance(one, Bullets))
    paragraphs = [one.text for one in blocks if isinstance(one, Paragraph)]
    assert frame.foot == "Confidential"
    assert title.text == "Changed consent in case DEMO-2026-002"
    assert title.organisation == "Exempelstad · Socialtjänsten, unga"
    assert [pair.value for pair in facts.pairs] == ["Provskolan", "12 October 2026"]
    assert asked.items == requests(WHOLE, ENGLISH)
    assert paragraphs[0] == opening(WHOLE, ENGLISH)[0]
    assert paragraphs[-1].startswith("We give no reasons")


def test_the_letter_can_be_read_back_from_its_pdf_in_swedish() -> None:
    swedish = load_language("sv")
    pdf = render(compose(WHOLE, swedish), Paper(title="Brev", language=swedish, made_at=COMING))

    read = read_back(pdf)
    assert squeezed("Från och med den 12 oktober 2026 finns inget samtycke") in read
    assert squeezed("orosanmälan, påverkas inte") in read
