"""What may point somebody out is found, and what anybody could say is not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.recognising import Known, Tells, find_telling, points_out, spelled

KNOWN = Known(
    names=frozenset({"Elias Demosson", "Sara Demosson", "Åsa-Lena Öberg"}),
    places=frozenset({"Ekbackens skola", "Exempelstad"}),
    born=frozenset({"2009-05-14"}),
)


def told(text: str, known: Known = KNOWN) -> list[tuple[Tells, tuple[str, ...]]]:
    """Return what is found in a text, by its words."""
    return [(one.kind, one.words_in(spelled(text))) for one in find_telling(text, known)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Vi pratar om Elias i dag.", Tells.NAME, "Elias"),
        ("vi pratar om ELIAS", Tells.NAME, "ELIAS"),
        ("Elias mamma", Tells.NAME, "Elias"),
        ("demossons", Tells.NAME, "demossons"),
        ("Öberg ringde", Tells.NAME, "Öberg"),
        ("Lena ringde", Tells.NAME, "Lena"),
        ("E.D. kom inte", Tells.INITIALS, "E.D."),
        ("ED kom inte", Tells.INITIALS, "ED"),
        ("E D kom inte", Tells.INITIALS, "E D"),
        ("K.L. kom inte", Tells.INITIALS, "K.L."),
        ("nummer 20090514-2394 står där", Tells.NUMBER, "20090514-2394"),
        ("nummer 090514+2394", Tells.NUMBER, "090514+2394"),
        ("nummer 200905142394", Tells.NUMBER, "200905142394"),
        ("kommer den 2009-05-14", Tells.BIRTH_DATE, "2009-05-14"),
        ("20090514 står där", Tells.BIRTH_DATE, "20090514"),
        ("090514 står där", Tells.BIRTH_DATE, "090514"),
        ("Hon är född 3 maj", Tells.BIRTH_DATE, "född 3 maj"),
        ("skriv till test@example.org nu", Tells.CONTACT, "test@example.org"),
        ("heter @demo.konto där", Tells.CONTACT, "@demo.konto"),
        ("ring 070-174 06 05", Tells.CONTACT, "070-174 06 05"),
        ("bor Storgatan 4", Tells.ADDRESS, "Storgatan 4"),
        ("bor på storgatan 4", Tells.ADDRESS, "storgatan 4"),
        ("Elev vid Tallgymnasiet sedan ett år", Tells.SCHOOL, "Tallgymnasiet"),
        ("Elev vid Björkskolan", Tells.SCHOOL, "Björkskolan"),
        ("Elev vid Ekbackens skola", Tells.SCHOOL, "Ekbackens skola"),
        ("elev vid ekbackens skola", Tells.PLACE, "ekbackens skola"),
        ("går i klass 8", Tells.SCHOOL_CLASS, "klass 8"),
        ("går i åk 9b", Tells.SCHOOL_CLASS, "åk 9b"),
        ("ska börja 9B", Tells.SCHOOL_CLASS, "9B"),
        ("Har en lillebror", Tells.SIBLING, "lillebror"),
        ("Syskonet heter något", Tells.SIBLING, "Syskonet"),
        ("tvillingarna", Tells.SIBLING, "tvillingarna"),
        ("ofta sedd i Lillköping", Tells.PLACE, "Lillköping"),
        ("exempelstad på kvällen", Tells.PLACE, "exempelstad"),
    ],
)
def test_what_points_somebody_out_is_found_by_its_words(text: str, kind: Tells, words: str) -> None:
    assert told(text) == [(kind, (words,))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "En sextonåring med hög frånvaro: vilka stöd finns?",
        "Kille i övre tonåren. Frånvaron har ökat sedan i höstas. Umgås med äldre.",
        "Frånvaron är 42 procent sedan augusti 2026.",
        "Grundskolan och gymnasieskolan har provat stöd i fem veckor.",
        "Syns på Instagram och i Sverige.",
        "På vägen hem, 3 av 4 gånger.",
        "Hittades med kniv vid ett tillfälle.",
        "Vi ses i november.",
        "Polisen och BUP är med.",
        "Sarah, Eliasson och Demo är andra ord.",
    ],
)
def test_what_anybody_could_say_is_not_found(text: str) -> None:
    assert told(text) == []


def test_a_class_and_a_sibling_s_name_are_found_together() -> None:
    found = told("Går i 8B och syskonet heter Noa.", Known(names=frozenset({"Noa Provberg"})))
    assert found == [
        (Tells.NAME, ("Noa",)),
        (Tells.SCHOOL_CLASS, ("8B",)),
        (Tells.SIBLING, ("syskonet",)),
    ]


def test_two_facts_that_few_share_are_a_combination_and_one_is_none() -> None:
    assert told("Hittades med kniv vid ett tillfälle och spelar i laget.") == [
        (Tells.COMBINATION, ("kniv", "spelar i laget"))
    ]
    assert told("Kniv, vapen och pistol.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("K.L. hade kniv", ("K.L.", "kniv")),
        ("Hade kniv i Lillköping", ("kniv", "Lillköping")),
    ],
)
def test_initials_or_a_place_beside_such_a_fact_are_a_combination(
    text: str, words: tuple[str, ...]
) -> None:
    assert (Tells.COMBINATION, words) in told(text)


def test_initials_and_a_place_without_such_a_fact_are_told_each_by_itself() -> None:
    kinds = [kind for kind, _ in told("K.L. i Lillköping")]
    assert kinds == [Tells.INITIALS, Tells.PLACE]


def test_a_name_is_found_however_its_letters_are_put_together() -> None:
    assert told(unicodedata.normalize("NFD", "Öberg")) == [(Tells.NAME, ("Öberg",))]
    assert told("E\u200bli\u00adas") == [(Tells.NAME, ("Elias",))]


def test_what_nobody_knows_is_still_found_by_its_looks() -> None:
    assert told("Går på Tallgymnasiet", Known()) == [(Tells.SCHOOL, ("Tallgymnasiet",))]
    assert told("Elias", Known()) == []


def test_an_empty_or_a_one_letter_name_finds_nothing() -> None:
    assert (
        told("A eller B", Known(names=frozenset({"", " ", "A"}), places=frozenset({"", " "}))) == []
    )


@pytest.mark.parametrize("alias", ["E.D.", "ED", "E", "E D", "Elias", "20090514-2394", "K.L."])
def test_an_alias_that_is_a_name_initials_or_a_number_gives_them_away(alias: str) -> None:
    assert points_out(alias, KNOWN)


@pytest.mark.parametrize("alias", ["NORD-7", "Rådjur", "Lönn", "Ärende 4"])
def test_an_alias_that_is_a_word_of_its_own_does_not(alias: str) -> None:
    assert not points_out(alias, KNOWN)


@given(st.text())
def test_any_text_is_looked_through_and_what_is_found_stands_in_it(text: str) -> None:
    read = spelled(text)
    for one in find_telling(text, KNOWN):
        assert all(0 <= begin < end <= len(read) for begin, end in one.spans)


@given(st.text(), st.text())
def test_a_known_name_between_spaces_is_always_found(before: str, after: str) -> None:
    found = told(f"{before} Elias {after}")
    assert any("Elias" in words for _, each in found for words in each)
