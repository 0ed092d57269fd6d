"""A signed paper that is being filled in, as a draft, and back again. No widgets."""

from __future__ import annotations

from dataclasses import asdict, fields
from uuid import UUID

from trygga_desktop.domain.consent import Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import Circumstance, Way
from trygga_desktop.ui.screens.consent_form.paper import Paper, Said
from trygga_desktop.ui.screens.consent_form.terms import ExclusionDraft, LimitDraft, Terms
from trygga_desktop.ui.screens.consent_form.validity import DayField, Validity
from trygga_desktop.ui.typed import (
    Chosen,
    Typed,
    code_in,
    codes_of,
    id_in,
    ids_in,
    one_of,
    sorted_codes,
)

_APART = "|"


def typed_on(paper: Paper, terms: Terms, days: Validity) -> Typed:
    """Return everything that stands on the paper so far."""
    texts: dict[str, str] = {str(where): text for where, text in days.typed.items()}
    texts |= {f"circumstance {name}": text for name, text in asdict(days.circumstance).items()}
    months = codes_of(days.months)
    columns = codes_of(*paper.organisations)
    chosen: dict[str, tuple[str, ...]] = {"way": (days.way,), "months": months, "columns": columns}
    chosen["concerned"] = sorted_codes(paper.concerned)
    for signer in paper.signers:
        chosen[f"said {signer.id}"] = (signer.said,)
        chosen[f"own {signer.id}"] = (signer.own,)
        chosen[f"long term {signer.id}"] = ("yes",) if signer.long_term else ()
        chosen[f"cells {signer.id}"] = sorted_codes(map(_code_of, signer.cells))
    exclusions = [(one.words, one.categories, one.asked_by) for one in terms.exclusions]
    last_one = terms.exclusion
    written = (last_one.words, frozenset(last_one.categories), last_one.asked_by)
    for place, (words, categories, asked_by) in enumerate((*exclusions, written)):
        texts[f"exclusion {place}"] = words
        chosen[f"excludes {place}"] = sorted_codes(categories)
        chosen[f"excluded by {place}"] = codes_of(asked_by)
    for place, limit in enumerate(terms.limits):
        texts[f"limit {place}"] = limit.words
        chosen[f"limits {place}"] = (_code_of(limit.cell),)
        chosen[f"limited by {place}"] = codes_of(limit.asked_by)
    last, now = len(terms.limits), terms.limit
    texts[f"limit {last}"] = now.words
    chosen[f"limited by {last}"] = codes_of(now.asked_by)
    chosen["limited organisation"] = codes_of(now.organisation)
    chosen["limited category"] = codes_of(now.category or None)
    chosen["limited direction"] = (now.direction,)
    return Typed(texts=texts, chosen=chosen)


def give_back(typed: Typed, paper: Paper, terms: Terms, days: Validity) -> None:
    """Fill in what a draft holds, as far as it still fits those who must sign."""
    chosen, texts = typed.chosen, typed.texts
    for organisation_id in ids_in(chosen, "columns"):
        if organisation_id not in paper.organisations:
            paper.add_organisation(organisation_id)
    paper.concerned = set(ids_in(chosen, "concerned"))
    for signer in paper.signers:
        signer.said = code_in(chosen, f"said {signer.id}", Said, signer.said)
        signer.own = code_in(chosen, f"own {signer.id}", OwnInformation, signer.own)
        signer.long_term = one_of(chosen, f"long term {signer.id}") == "yes"
        if f"cells {signer.id}" in chosen:
            signer.cells = set(_cells(chosen, f"cells {signer.id}"))
    _give_back_terms(typed, terms)
    for where in DayField:
        days.typed[where] = texts.get(where, days.typed[where])
    days.way = code_in(chosen, "way", Way, days.way)
    months = one_of(chosen, "months")
    days.months = int(months) if months.isdecimal() else None
    names = [one.name for one in fields(Circumstance)]
    days.circumstance = Circumstance(**{one: texts.get(f"circumstance {one}", "") for one in names})


def _give_back_terms(typed: Typed, terms: Terms) -> None:
    chosen, texts = typed.chosen, typed.texts
    count = sum(name.startswith("exclusion ") for name in texts)
    exclusions = [
        ExclusionDraft(
            words=texts.get(f"exclusion {place}", ""),
            categories=set(chosen.get(f"excludes {place}", ())),
            asked_by=id_in(chosen, f"excluded by {place}"),
        )
        for place in range(count)
    ]
    if exclusions:
        terms.exclusions = [one.made() for one in exclusions[:-1] if one.is_complete]
        terms.exclusion = exclusions[-1]
    count = sum(name.startswith("limit ") for name in texts)
    limits = [_limit(typed, place) for place in range(count)]
    if limits:
        terms.limits = [one.made() for one in limits[:-1] if one.is_complete]
        terms.limit = limits[-1]
        terms.limit.organisation = id_in(chosen, "limited organisation")
        terms.limit.category = one_of(chosen, "limited category")
        terms.limit.direction = code_in(chosen, "limited direction", Direction, Direction.RECEIVE)


def _limit(typed: Typed, place: int) -> LimitDraft:
    limit = LimitDraft(
        words=typed.texts.get(f"limit {place}", ""),
        asked_by=id_in(typed.chosen, f"limited by {place}"),
    )
    for cell in _cells(typed.chosen, f"limits {place}"):
        limit.organisation, limit.category = cell.organisation_id, cell.category
        limit.direction = cell.direction
    return limit


def _code_of(cell: Cell) -> str:
    return _APART.join((str(cell.organisation_id), cell.category, cell.direction))


def _cells(chosen: Chosen, name: str) -> list[Cell]:
    cells = []
    for code in chosen.get(name, ()):
        organisation, _, rest = code.partition(_APART)
        category, _, direction = rest.rpartition(_APART)
        try:
            cells.append(
                Cell(
                    organisation_id=UUID(organisation),
                    category=category,
                    direction=Direction(direction),
                )
            )
        except ValueError:
            continue
    return cells
