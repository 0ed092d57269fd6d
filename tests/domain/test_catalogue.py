"""The catalogue is read whole or not at all, and says what is wrong with it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.catalogue_tables import (
    CATALOGUE,
    FOLDER,
    TABLES,
    Tables,
    error_of,
    row,
    shipped_tables,
)
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.catalogue import (
    FILES,
    CatalogueError,
    Flaw,
    UnknownCodeError,
    from_plain,
    read_catalogue,
    to_plain,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.tables import write_files
from trygga_desktop.domain.words import Words

Change = Callable[[Tables], object]


def told(error: CatalogueError | None) -> tuple[str, str, str, Flaw] | None:
    return None if error is None else (error.file, error.entry, error.field, error.flaw)


def test_every_file_of_the_folder_but_the_reasons_is_part_of_the_catalogue() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} - {"reasons"} == set(FILES)


def test_rows_come_in_their_order_whatever_their_place_in_the_file() -> None:
    tables = shipped_tables()
    tables["agencies"]["agency"].reverse()

    assert read_catalogue(tables) == CATALOGUE
    assert [one.order for one in CATALOGUE.agencies] == list(range(1, 16))


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("agency", "police"),
        ("category", "plan"),
        ("programme", "sspf"),
        ("signer_exception", "single_custody"),
        ("legal_ground", "consent"),
        ("must_note", "own_words"),
        ("template", "closing"),
        ("life_area", "school"),
        ("closing_reason", "goals_reached"),
        ("meeting_role", "chair"),
        ("case_role", "relative"),
        ("status_reason", "queue"),
    ],
)
def test_a_row_is_found_by_its_code_and_an_unknown_code_is_told(table: str, code: str) -> None:
    find = getattr(CATALOGUE, table)

    assert find(code).code == code
    with pytest.raises(UnknownCodeError) as caught:
        find("nowhere")
    assert (caught.value.table, caught.value.code) == (table, "nowhere")
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_its_rule(phase: Phase) -> None:
    assert CATALOGUE.phase(phase).code is phase


@pytest.mark.parametrize("role", Role)
def test_every_role_of_users_has_its_words(role: Role) -> None:
    assert CATALOGUE.account_role(role).name.in_language("sv")


@pytest.mark.parametrize("state", CommitmentState)
def test_a_state_of_a_commitment_offers_reasons_exactly_where_it_needs_one(
    state: CommitmentState,
) -> None:
    status = CATALOGUE.status(state)
    reasons = CATALOGUE.reasons_for(state)

    assert bool(reasons) is status.needs_reason
    assert {one.group for one in reasons} <= {status.reason_group}


def test_the_templates_of_a_programme_come_in_its_order() -> None:
    templates = [one.code for one in CATALOGUE.templates_of("leavers")]
    assert templates == ["leavers_acute", "leavers_follow_up", "closing"]


def test_what_a_vault_keeps_can_be_json_and_makes_the_same_catalogue() -> None:
    plain = json.loads(json.dumps(to_plain(CATALOGUE)))

    assert from_plain(plain) == CATALOGUE
    assert to_plain(from_plain(plain)) == plain


def test_what_a_vault_keeps_follows_a_changed_value() -> None:
    ground = replace(
        CATALOGUE.legal_ground("general_clause"),
        confirmed_by="Kommunjuristen",
        confirmed_on=date(2026, 11, 26),
    )
    others = [one for one in CATALOGUE.legal_grounds if one.code != ground.code]
    changed = replace(CATALOGUE, legal_grounds=(*others, ground))

    assert from_plain(to_plain(changed)).legal_ground("general_clause") == ground


def test_days_are_read_from_toml_and_from_iso_texts_alike() -> None:
    tables = shipped_tables()
    ground = row(tables, "legal_grounds", "ground", "school_duty")
    assert ground["valid_from"] == date(2025, 4, 1)

    ground["valid_from"] = "2025-04-01"

    assert read_catalogue(tables) == CATALOGUE


def test_a_text_may_lack_english_and_have_other_languages() -> None:
    tables = shipped_tables()
    row(tables, "agencies", "agency", "school")["name"] = {"sv": "Skola", "so": "Dugsi"}

    name = read_catalogue(tables).agency("school").name

    assert (name.in_language("en"), name.in_language("so")) == ("Skola", "Dugsi")


def agency(field: str, value: object) -> Change:
    return lambda tables: row(tables, "agencies", "agency", "school").update({field: value})


def ground(field: str, value: object) -> Change:
    return lambda tables: row(tables, "legal_grounds", "ground", "school_duty").update(
        {field: value}
    )


@pytest.mark.parametrize(
    ("change", "place", "flaw"),
    [
        (lambda t: t.pop("roles"), ("roles", "", ""), Flaw.MISSING_FILE),
        (lambda t: t.update(extra={}), ("extra", "", ""), Flaw.UNKNOWN_FILE),
        (lambda t: t.update({3: {}}), ("", "", ""), Flaw.UNKNOWN_FILE),
        (lambda t: t.update(roles=[]), ("roles", "", ""), Flaw.WRONG_TYPE),
        (lambda t: t["roles"].pop("schema"), ("roles", "", "schema"), Flaw.WRONG_SCHEMA),
        (
            lambda t: t["roles"].update(schema="trygga.catalogue.roles/2"),
            ("roles", "", "schema"),
            Flaw.WRONG_SCHEMA,
        ),
        (lambda t: t["roles"].pop("case_role"), ("roles", "", "case_role"), Flaw.MISSING_FIELD),
        (
            lambda t: t["roles"].update(table_role=[]),
            ("roles", "", "table_role"),
            Flaw.UNKNOWN_FIELD,
        ),
        (
            lambda t: t["agencies"].update(agency={}),
            ("agencies", "", "agency"),
            Flaw.WRONG_TYPE,
        ),
        (
            lambda t: t["agencies"]["agency"].insert(2, "police"),
            ("agencies", "", "agency.3"),
            Flaw.WRONG_TYPE,
        ),
        (
            lambda t: t["agencies"].update(agency=[]),
            ("agencies", "", "agency"),
            Flaw.MISSING_ROW,
        ),
        (
            lambda t: t["agencies"]["agency"][1].pop("code"),
            ("agencies", "", "agency.2.code"),
            Flaw.MISSING_FIELD,
        ),
        (agency("code", "Skolan!"), ("agencies", "", "agency.2.code"), Flaw.WRONG_FORM),
        (agency("code", "police"), ("agencies", "police", "code"), Flaw.DUPLICATE),
        (agency("order", 1), ("agencies", "school", "order"), Flaw.DUPLICATE),
        (agency("order", "2"), ("agencies", "school", "order"), Flaw.WRONG_TYPE),
        (agency("order", True), ("agencies", "school", "order"), Flaw.WRONG_TYPE),
        (agency("order", 0), ("agencies", "school", "order"), Flaw.OUT_OF_RANGE),
        (agency("icon", "School.svg"), ("agencies", "school", "icon"), Flaw.WRONG_FORM),
        (agency("icon", ""), ("agencies", "school", "icon"), Flaw.WRONG_FORM),
        (agency("colour", "red"), ("agencies", "school", "colour"), Flaw.UNKNOWN_FIELD),
        (agency("En lärare", 1), ("agencies", "school", ""), Flaw.UNKNOWN_FIELD),
        (agency("legal_kind", "guild"), ("agencies", "school", "legal_kind"), Flaw.UNKNOWN_CODE),
        (agency("can_host", "no"), ("agencies", "school", "can_host"), Flaw.WRONG_TYPE),
        (agency("owns", "plan"), ("agencies", "school", "owns"), Flaw.WRONG_TYPE),
        (agency("owns", ["plan", "plan"]), ("agencies", "school", "owns.2"), Flaw.DUPLICATE),
        (agency("owns", ["grades"]), ("agencies", "school", "owns.1"), Flaw.UNKNOWN_CODE),
        (agency("secrecy", None), ("agencies", "school", "secrecy"), Flaw.WRONG_TYPE),
        (
            lambda t: row(t, "agencies", "agency", "school")["secrecy"].update(provision=" "),
            ("agencies", "school", "secrecy.provision"),
            Flaw.MISSING_TEXT,
        ),
        (
            lambda t: row(t, "agencies", "agency", "school")["secrecy"].update(mark="X"),
            ("agencies", "school", "secrecy.mark"),
            Flaw.UNKNOWN_CODE,
        ),
        (agency("name", "Skola"), ("agencies", "school", "name"), Flaw.WRONG_TYPE),
        (agency("name", {"en": "School"}), ("agencies", "school", "name.sv"), Flaw.MISSING_TEXT),
        (agency("name", {"sv": "\t"}), ("agencies", "school", "name.sv"), Flaw.WRONG_FORM),
        (agency("name", {"sv": " "}), ("agencies", "school", "name.sv"), Flaw.MISSING_TEXT),
        (agency("name", {"sv": "\ud800"}), ("agencies", "school", "name.sv"), Flaw.WRONG_FORM),
        (agency("name", {"sv": 7}), ("agencies", "school", "name.sv"), Flaw.WRONG_TYPE),
        (
            agency("name", {"sv": "Skola", "svenska": "Skola"}),
            ("agencies", "school", "name.svenska"),
            Flaw.UNKNOWN_FIELD,
        ),
        (agency("name", {5: "Skola"}), ("agencies", "school", "name"), Flaw.UNKNOWN_FIELD),
        (
            ground("valid_from", "1 april"),
            ("legal_grounds", "school_duty", "valid_from"),
            Flaw.WRONG_FORM,
        ),
        (
            ground("valid_from", "20250401"),
            ("legal_grounds", "school_duty", "valid_from"),
            Flaw.WRONG_FORM,
        ),
        (
            ground("valid_from", datetime(2025, 4, 1, 12, 0)),  # noqa: DTZ001  TOML has such
            ("legal_grounds", "school_duty", "valid_from"),
            Flaw.WRONG_TYPE,
        ),
        (
            ground("from", ["nobody"]),
            ("legal_grounds", "school_duty", "from.1"),
            Flaw.UNKNOWN_CODE,
        ),
        (ground("to", []), ("legal_grounds", "school_duty", "to"), Flaw.MISSING_ROW),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_place(
    change: Change, place: tuple[str, str, str], flaw: Flaw
) -> None:
    tables = shipped_tables()

    change(tables)

    assert told(error_of(tables)) == (*place, flaw)


def programme(field: str, value: object, code: str = "sspf") -> Change:
    return lambda tables: row(tables, "programmes", "programme", code).update({field: value})


def template(field: str, value: object) -> Change:
    return lambda tables: row(tables, "agendas", "template", "sip").update({field: value})


def band(number: int, field: str, value: object) -> Change:
    return lambda tables: row(tables, "programmes", "programme", "sspf")["signers"][number].update(
        {field: value}
    )


def condition(field: str, value: object) -> Change:
    return lambda tables: row(tables, "legal_grounds", "ground", "consent")["conditions"][0].update(
        {field: value}
    )


def without(file: str, table: str, code: str) -> Change:
    return lambda tables: tables[file][table].remove(row(tables, file, table, code))


def swapped(tables: Tables) -> None:
    items = row(tables, "agendas", "template", "sip")["item"]
    items[1]["order"], items[2]["order"] = items[2]["order"], items[1]["order"]


@pytest.mark.parametrize(
    ("change", "place", "flaw"),
    [
        (without("programmes", "phase", "mapping"), ("programmes", "", ""), Flaw.MISSING_ROW),
        (without("roles", "account_role", "auditor"), ("roles", "", ""), Flaw.MISSING_ROW),
        (
            without("action_status", "status", "frozen"),
            ("action_status", "", ""),
            Flaw.MISSING_ROW,
        ),
        (template("minutes", 61), ("agendas", "sip", "minutes"), Flaw.MINUTES),
        (swapped, ("agendas", "sip", "item"), Flaw.VOICE_NOT_SECOND),
        (template("form", "professionals_only"), ("agendas", "sip", "form"), Flaw.CONTRADICTION),
        (
            programme("target_ages", {"from": 20, "to": 10, "mark": "S"}),
            ("programmes", "sspf", "target_ages"),
            Flaw.AGES,
        ),
        (band(1, "from_age", 13), ("programmes", "sspf", "signers"), Flaw.AGES),
        (band(1, "from_age", 11), ("programmes", "sspf", "signers"), Flaw.AGES),
        (band(0, "from_age", 1), ("programmes", "sspf", "signers"), Flaw.AGES),
        (band(3, "to_age", 119), ("programmes", "sspf", "signers"), Flaw.AGES),
        (band(3, "to_age", 121), ("programmes", "sspf", "signers.4.to_age"), Flaw.OUT_OF_RANGE),
        (band(0, "guardians", "none"), ("programmes", "sspf", "signers"), Flaw.CONTRADICTION),
        (band(3, "guardians", "all"), ("programmes", "sspf", "signers"), Flaw.CONTRADICTION),
        (
            programme("host_agency", "police"),
            ("programmes", "sspf", "host_agency"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("usual_agencies", ["police"]),
            ("programmes", "sspf", "host_agency"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("possible_agencies", ["police"]),
            ("programmes", "sspf", "possible_agencies"),
            Flaw.DUPLICATE,
        ),
        (
            programme("required_agencies", ["probation"]),
            ("programmes", "sspf", "required_agencies"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("partial_consent", "enough_if_lead_pair"),
            ("programmes", "sspf", "partial_consent"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("needs_all_concerned_agencies", True),
            ("programmes", "sspf", "needs_all_concerned_agencies"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("consent_months_default", 13),
            ("programmes", "sspf", "consent_months_default"),
            Flaw.OUT_OF_RANGE,
        ),
        (
            programme("oral_consent", {"allowed": False, "max_days": 7, "mark": "own"}),
            ("programmes", "sspf", "oral_consent"),
            Flaw.CONTRADICTION,
        ),
        (
            programme(
                "protocol_signers",
                [
                    {"role": "chair", "must": True, "document": "full"},
                    {"role": "chair", "must": True, "document": "composed"},
                ],
            ),
            ("programmes", "sspf", "protocol_signers"),
            Flaw.DUPLICATE,
        ),
        (
            programme("meeting_templates", ["sig"]),
            ("programmes", "sspf", "meeting_templates"),
            Flaw.CONTRADICTION,
        ),
        (
            programme("phases", ["assessment", "closed"]),
            ("programmes", "sspf", "phases"),
            Flaw.CONTRADICTION,
        ),
        (
            lambda t: row(t, "programmes", "phase", "closing").update(next=["closed"]),
            ("programmes", "sspf", "phases"),
            Flaw.CONTRADICTION,
        ),
        (
            ground("unverified", True),
            ("legal_grounds", "school_duty", "unverified"),
            Flaw.CONTRADICTION,
        ),
        (
            ground("mark", "open"),
            ("legal_grounds", "school_duty", "unverified"),
            Flaw.CONTRADICTION,
        ),
        (
            ground("weighing", False),
            ("legal_grounds", "school_duty", "weighing"),
            Flaw.CONTRADICTION,
        ),
        (
            ground("valid_until", date(2025, 3, 31)),
            ("legal_grounds", "school_duty", "valid_until"),
            Flaw.OUT_OF_RANGE,
        ),
        (
            ground("never_from", ["school"]),
            ("legal_grounds", "school_duty", "never_from"),
            Flaw.CONTRADICTION,
        ),
        (
            condition("kind", "text"),
            ("legal_grounds", "consent", "conditions"),
            Flaw.CONTRADICTION,
        ),
        (
            lambda t: row(t, "legal_grounds", "ground", "general_clause")["conditions"][1].update(
                yes_if_under=18
            ),
            ("legal_grounds", "general_clause", "conditions"),
            Flaw.CONTRADICTION,
        ),
        (
            condition("yes_if_under", 121),
            ("legal_grounds", "consent", "conditions.1.yes_if_under"),
            Flaw.OUT_OF_RANGE,
        ),
        (
            lambda t: row(t, "roles", "account_role", "auditor").update(reads_cases=True),
            ("roles", "auditor", "reads_cases"),
            Flaw.CONTRADICTION,
        ),
        (
            lambda t: row(t, "roles", "meeting_role", "chair").update(excludes=["chair"]),
            ("roles", "chair", "excludes"),
            Flaw.CONTRADICTION,
        ),
        (
            lambda t: row(t, "action_status", "status", "done").update(open=True),
            ("action_status", "done", "open"),
            Flaw.CONTRADICTION,
        ),
        (
            lambda t: row(t, "action_status", "status", "changed").pop("reason_group"),
            ("action_status", "changed", "reason_group"),
            Flaw.CONTRADICTION,
        ),
    ],
)
def test_what_does_not_fit_together_is_told_with_its_place(
    change: Change, place: tuple[str, str, str], flaw: Flaw
) -> None:
    tables = shipped_tables()

    change(tables)

    assert told(error_of(tables)) == (*place, flaw)


@pytest.mark.parametrize("name", ["contact", "plan", "own_words"])
def test_a_category_that_rules_name_cannot_be_left_out(name: str) -> None:
    text = json.dumps(to_plain(CATALOGUE))

    error = error_of(json.loads(text.replace(f'"{name}"', '"other_name"')))

    assert told(error) == ("categories", "", "", Flaw.MISSING_ROW)


@pytest.mark.parametrize("tables", [None, [], "agencies", 3])
def test_what_is_no_table_of_files_is_refused(tables: object) -> None:
    assert told(error_of(tables)) == ("", "", "", Flaw.WRONG_TYPE)


def test_the_message_tells_codes_and_no_text_of_the_table() -> None:
    tables = shipped_tables()
    agency("Elias Sandberg", "Elias Sandberg")(tables)

    error = error_of(tables)

    assert error is not None
    assert "Elias" not in str(error) + repr(error)


def places_in(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts: list[tuple[Any, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    if isinstance(value, list):
        parts = list(enumerate(value))
    return [path, *(place for key, part in parts for place in places_in(part, (*path, key)))]


PLACES = places_in(TABLES)
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.datetimes()
    | st.text()
    | st.sampled_from(["*", "plan", "school", "chair", "sv", "2025-04-01", "all", "S"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def spoil(tables: Tables, place: tuple[Any, ...], value: object, way: str) -> object:
    """Replace, remove, add to or double what stands at a place."""
    if not place:
        return value
    whole: Any = tables
    for step in place[:-1]:
        whole = whole[step]
    last = place[-1]
    match way:
        case "replace":
            whole[last] = value
        case "remove":
            del whole[last]
        case "double" if isinstance(whole, list):
            whole.append(whole[last])
        case _:
            whole.update({str(value): value}) if isinstance(whole, dict) else whole.append(value)
    return tables


@given(
    spoils=st.lists(
        st.tuples(
            st.sampled_from(PLACES),
            ANYTHING,
            st.sampled_from(["replace", "remove", "double", "add"]),
        ),
        min_size=1,
        max_size=2,
    )
)
@settings(max_examples=300)
def test_nothing_but_a_catalogue_or_its_error_comes_of_any_table(
    spoils: list[tuple[tuple[Any, ...], object, str]],
) -> None:
    tables: Any = shipped_tables()
    for place, value, way in spoils:
        try:
            tables = spoil(tables, place, value, way)
        except (LookupError, TypeError):
            # The first change took away where the second would have been made.
            continue

    error = error_of(tables)

    if error is None:
        catalogue = read_catalogue(tables)
        assert from_plain(json.loads(json.dumps(to_plain(catalogue)))) == catalogue


@given(tables=st.dictionaries(st.sampled_from(FILES) | st.text(), ANYTHING))
def test_nothing_but_the_error_comes_of_tables_that_are_none(tables: dict[str, object]) -> None:
    assert error_of(tables) is not None


def test_a_text_of_no_language_but_swedish_is_swedish_in_all() -> None:
    words = Words(texts=(("sv", "Polis"),))
    assert {words.in_language(code) for code in ("sv", "en", "ar")} == {"Polis"}


def test_what_is_as_it_is_by_default_is_not_written() -> None:
    plain: Any = write_files(CATALOGUE)
    assert "retired" not in plain["categories"]["category"][0]
