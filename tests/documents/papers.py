"""A protocol to print in tests, texts that try to break it, and how to read a page back."""

import io
import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from pypdf import PdfReader

from trygga_desktop.documents.blocks import Block
from trygga_desktop.documents.makers import makers
from trygga_desktop.documents.pdf.direction import runs_right
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.plan import ActionRow, AgreedPlan, AreaPart, GoalPart
from trygga_desktop.documents.protocol import (
    ActionEntry,
    AgendaItem,
    CarriedAction,
    ConsentLine,
    DecisionEntry,
    Dissent,
    Interpreter,
    MeetingForm,
    NextMeeting,
    NoteEntry,
    OwnWordsEntry,
    Participant,
    Presence,
    ProtocolContent,
    Signer,
    StatementEntry,
    compose,
)
from trygga_desktop.documents.record import ProtocolRecord, hash_of
from trygga_desktop.domain.plan import Term
from trygga_desktop.i18n import STOCKHOLM, Language, load_language

ENGLISH = load_language("en")
SWEDISH = load_language("sv")
START = datetime(2026, 11, 26, 15, 0, tzinfo=STOCKHOLM)
MADE = datetime(2026, 11, 26, 16, 20, tzinfo=STOCKHOLM)

MARKED = "z" + "\u0316\u0301" * 200
"""A letter under so many marks that no two programs agree on their order."""

HOSTILE = (
    "<b>fet</b>",
    '<img src="/etc/passwd"/>',
    "a <b c",
    "<font color=white size=0.01>dold</font>",
    "&amp; &lt; &#65; &bogus;",
    "<para><br/></para>",
    "]]> <!-- --> <?xml?>",
    "noll\0tecken",
    "\x1b[31mröd\x07",
    "\u202eyksim\u202c",
    "\u2066x\u2069 \u200e\u200f",
    "dold\u200bfog\u2060\ufeff",
    "mjukt\u00adstreck",
    "\ud800 \udfff",
    "\uffff \ufffe \U0010ffff",
    "🙂 👨‍👩‍👧 🧑‍🎓",
    "a\u0301a\u030a o\u0308 q\u0303",
    MARKED,
    "rad\r\nrad\rrad\nrad\vrad\frad\x85rad\u2028rad\u2029rad",
    "flik\tflik \u00a0\u2003 \u3000",
    "x" * 3_000,
    "Ö" * 500,
    "ord-" * 400,
    "(parentes) \\ ) ( \\( %PDF endstream endobj",
    "BT /F1 12 Tf (x) Tj ET",
    "'; DROP TABLE person; --",
    "{page} {pages} {number} %s %(name)s {0.__class__}",
    "$HOME `id` ${jndi:x}",
    "نرگس می‌خواهد (با ما) 15:30 صحبت کند",
    "שָׁלוֹם Exempel 12",
    "中文 ไทย देवनागरी ქართული",
    "\u2800\u3164\u115f\u034f",
    " ",
)
"""Texts of which each must appear as it is, or as codes where it cannot be seen."""

FULL = ProtocolContent(
    municipality="Exempelstads kommun",
    organisation="Socialförvaltningen i Exempelstad",
    meeting_title="Uppföljningsmöte",
    meeting_number=5,
    shown_name="Elias Demosson",
    starts_at=START,
    ends_at=START.replace(hour=15, minute=55),
    place="Familjens hus, rum Eken",
    form=MeetingForm.MIXED,
    case_number="DEMO-2026-001",
    registry_number="SN 2026-0412",
    chair="Karin Ek, samordnare",
    secretary="Petra Nyman, socialsekreterare",
    verifier="Henrik Alm, biträdande rektor",
    secrecy="Kan omfattas av sekretess enligt 26 kap. 1 § OSL.",
    participants=(
        Participant(name="Elias Demosson", role="Den unge"),
        Participant(
            name="Johan Demosson",
            role="Vårdnadshavare",
            is_remote=True,
            came_at=START.replace(minute=10),
            left_at=START.replace(minute=40),
        ),
        Participant(name="Henrik Alm", role="Justerare", agency="Exempelgymnasiet"),
        Participant(
            name="Mirja Kallio",
            role="Kurator",
            agency="BUP Exempelstad",
            presence=Presence.APOLOGIES,
        ),
        Participant(name="Ole Prov", role="Observatör", presence=Presence.ABSENT),
    ),
    interpreters=(Interpreter(name="Nadia Testare", language="arabiska", agency="Språkbolaget"),),
    consents=(
        ConsentLine(
            version="v2",
            valid_from=date(2026, 9, 3),
            valid_to=date(2027, 2, 28),
            agencies=("Socialförvaltningen i Exempelstad", "Exempelgymnasiet"),
            status="Alla har skrivit under",
        ),
    ),
    carried=(
        CarriedAction(
            text="Mattestöd två timmar i veckan",
            person="Henrik Alm",
            agency="Exempelgymnasiet",
            due=date(2026, 11, 26),
            status="Pågår",
            reason="Väntetid hos någon annan",
        ),
    ),
    items=(
        AgendaItem(
            number="1",
            title="Din egen bild",
            entries=(
                OwnWordsEntry(who="Elias Demosson", text="Verkstaden vill ha mig kvar."),
                NoteEntry(text="Alla har fått samtycket uppläst."),
            ),
        ),
        AgendaItem(
            number="2",
            title="Skola och fritid",
            entries=(
                StatementEntry(source="Exempelgymnasiet", text="Närvaron är 88 procent."),
                StatementEntry(source="Exempelgymnasiet", text="Godkänt på matteprovet."),
                DecisionEntry(
                    number="2.1",
                    agency="Exempelgymnasiet",
                    text="Skolan fortsätter med mattestödet till jul.",
                    dissents=(Dissent(who="Elias Demosson", text="Jag vill ha tre timmar."),),
                ),
                ActionEntry(
                    text="Mattestöd till jul",
                    person="Henrik Alm",
                    agency="Exempelgymnasiet",
                    due=date(2026, 12, 18),
                ),
                ActionEntry(text="Gå till boxningen", person="Elias Demosson"),
            ),
        ),
    ),
    summary="Det går bra i skolan och i verkstaden.",
    next_meeting=NextMeeting(
        day=date(2027, 1, 21), starts_at=START.replace(year=2027, month=1, day=21), place="Rum Eken"
    ),
    distribution=("Elias Demosson", "Exempelgymnasiet, utdrag"),
    signers=(
        Signer(role="Mötesledare", name="Karin Ek", agency="Socialförvaltningen"),
        Signer(role="Justerare", name="Henrik Alm", agency="Exempelgymnasiet"),
    ),
)
"""A protocol in which every field says something."""

LEAST = ProtocolContent(organisation="Nämnden", meeting_title="Möte", starts_at=START)
AGREED = replace(
    LEAST,
    meeting_title="Plan, version 3",
    signers=FULL.signers,
    plan=AgreedPlan(
        version=3,
        wishes=("Jag vill bli snickare",),
        areas=(
            AreaPart(
                name="Skola och lärande",
                told=(("Nuläge", "Kommer till hälften"), ("", HOSTILE[0])),
                goals=(
                    GoalPart(
                        text="Klara matematiken",
                        term=Term.SHORT,
                        sign="Betyg",
                        actions=(
                            ActionRow(
                                text="Ordna läxhjälp",
                                who="Maria Lind, skolan",
                                due=START.date(),
                                state="Klart",
                                own_part="Går dit",
                                hour=START.time(),
                                asked_on=START.date(),
                            ),
                            ActionRow(text="Ringa", who="", due=None, state=""),
                        ),
                    ),
                ),
            ),
            AreaPart(name="Hälsa"),
        ),
    ),
)
"""A protocol of which only what must be there is there."""


READABLE = tuple(text for text in HOSTILE if not runs_right(text) and text != MARKED)
"""Those that a simple reader of PDFs finds in the order in which they were written."""

_LETTERS = "abcåäöéüĞşčßABCÅÄÖ αβγδώϊΑΩ абвгдёїЖЯ ŋđǩ 0123456789 .,;:-–/()<>&'\"%§€…”„"
_PIECES = ("<b>", "</para>", "&amp;", "&#65;", "{0}", "%s", "<br/>", "]]>", "\\", "${x}", "--", "'")


def _made_up(count: int) -> tuple[str, ...]:
    """Return texts of three alphabets with pieces of markup between their words."""
    chosen = random.Random(11)  # noqa: S311  nothing secret
    texts = []
    for _ in range(count):
        words = ["".join(chosen.choices(_LETTERS, k=chosen.randrange(2, 9))) for _ in range(3)]
        first, second = chosen.choices(_PIECES, k=2)
        # A digit at the beginning would look like the end of a page's number above it.
        texts.append(f"{chosen.choice('aαб')}{words[0]}{first}{words[1]} {second}{words[2]}")
    return tuple(texts)


FIVE_HUNDRED = _made_up(500)
"""Latin, Greek and Cyrillic with markup in it: each is read back as it was entered."""

FIELDS = 45
"""How often `saying` has its text in a protocol, the running heads left out."""


def saying(text: str) -> ProtocolContent:
    """Return a protocol that says a text in every field that holds text."""
    return ProtocolContent(
        municipality=text,
        organisation=text,
        meeting_title=text,
        shown_name=text,
        starts_at=START,
        place=text,
        case_number=text,
        registry_number=text,
        chair=text,
        secretary=text,
        verifier=text,
        participants=(Participant(name=text, role=text, agency=text),),
        interpreters=(Interpreter(name=text, language=text, agency=text),),
        consents=(ConsentLine(version=text, agencies=(text, text), status=text),),
        carried=(CarriedAction(text=text, person=text, agency=text, status=text, reason=text),),
        items=(
            AgendaItem(
                number=text,
                title=text,
                entries=(
                    StatementEntry(text=text, source=text),
                    OwnWordsEntry(text=text, who=text),
                    DecisionEntry(
                        text=text,
                        agency=text,
                        dissents=(Dissent(who=text, text=text),),
                    ),
                    ActionEntry(text=text, person=text, agency=text),
                    NoteEntry(text=text),
                ),
            ),
        ),
        summary=text,
        next_meeting=NextMeeting(day=START.date(), place=text),
        distribution=(text,),
        secrecy="",
        signers=(Signer(role=text, name=text, agency=text),),
    )


PAPER = Paper(title="Protokoll", language=SWEDISH, made_at=MADE)


def printed(blocks: Sequence[Block], paper: Paper = PAPER) -> bytes:
    """Return blocks as a PDF, in Swedish if nothing else is said."""
    return render(blocks, paper)


def printed_in(language: Language, content: ProtocolContent) -> bytes:
    """Return a protocol as a PDF in a language."""
    return render(compose(content, language), replace(PAPER, language=language))


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page as a reader finds it."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def read_back(pdf: bytes) -> str:
    """Return all text of a PDF, without what `squeezed` leaves out and without page numbers."""
    return re.sub(r"Sida\d+av\d+|Page\d+of\d+", "", squeezed("\n".join(pages_of(pdf))))


def squeezed(text: str) -> str:
    """Return a text without spaces, line ends, soft hyphens and joiners, its letters composed."""
    return re.sub(r"[\s\u00ad\u200c\u200d]+", "", unicodedata.normalize("NFC", text))


def with_items(count: int) -> ProtocolContent:
    """Return the full protocol with so many items on its agenda."""
    item = FULL.items[1]
    return replace(FULL, items=tuple(replace(item, number=str(at + 1)) for at in range(count)))


def recorded(content: ProtocolContent = FULL, *, language: str = "sv") -> ProtocolRecord:
    """Return the record of a protocol, with a salt and hashes of its own."""
    return ProtocolRecord(
        protocol_id=UUID("4d1c2f60-6a5b-4a3e-9a55-0d2f0a5f7b11"),
        salt=bytes(range(16)),
        language=language,
        made_at=MADE,
        content=content,
        previous=hash_of(b"the protocol before"),
        log_head=hash_of(b"the head of the log"),
        seal=hash_of(b"a certificate"),
        made_with=makers(),
    )
