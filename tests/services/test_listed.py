"""A line of the case list is found again for the very case, reader and day that it was made for."""

from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.case import CaseRow, Phase
from trygga_desktop.services.listed import Listed

TODAY, TOMORROW = date(2026, 11, 26), date(2026, 11, 27)


def line(case_id: UUID, title: str = "Elias Demosson") -> CaseRow:
    return CaseRow(
        id=case_id,
        case_number="B-1",
        title=title,
        protected=False,
        age=17,
        phase=Phase.MAPPING,
        opened_on=TODAY,
        programme="sspf",
    )


def test_a_line_is_found_for_the_very_case_and_question_and_no_other() -> None:
    listed, case, row = Listed(), object(), line(uuid4())
    listed.keep(case, row, ("ke", TODAY))

    assert listed.find(case, row.id, ("ke", TODAY)) is row
    assert listed.find(object(), row.id, ("ke", TODAY)) is None
    assert listed.find(case, uuid4(), ("ke", TODAY)) is None
    assert listed.find(case, row.id, ("ke", TOMORROW)) is None
    assert listed.find(case, row.id, ("pn", TODAY)) is None


def test_nothing_is_left_of_what_was_made_for_another_day() -> None:
    listed, case = Listed(), object()
    first, second = line(uuid4()), line(uuid4())
    listed.keep(case, first, TODAY)
    listed.keep(case, second, TOMORROW)

    assert listed.find(case, first.id, TODAY) is None
    assert listed.find(case, first.id, TOMORROW) is None
    assert listed.find(case, second.id, TOMORROW) is second


def test_no_more_lines_are_remembered_than_there_is_room_for() -> None:
    listed, case = Listed(most=3), object()
    rows = [line(uuid4()) for _ in range(10)]
    for row in rows:
        listed.keep(case, row, TODAY)
        assert len(listed) <= 3
    assert listed.find(case, rows[-1].id, TODAY) is rows[-1]
    listed.forget()
    assert len(listed) == 0
    assert listed.find(case, rows[-1].id, TODAY) is None
