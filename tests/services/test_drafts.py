"""Text that was typed and not yet confirmed comes back, to its writer alone."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.hostile import forge
from trygga_desktop.domain.drafts import DraftKind, UsedDraft
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.drafts import (
    StoreDraft,
    bring_back_draft,
    discard_draft,
    empty_bin,
    read_drafts,
    store_draft,
    throw_draft,
    use_draft,
)
from trygga_desktop.services.vault import OpenVault

ID = UUID(int=5)


def draft(text: str, draft_id: UUID = ID) -> StoreDraft:
    return StoreDraft(id=draft_id, kind=DraftKind.NOTE, text=text, subject_id=UUID(int=6))


def test_another_user_s_draft_is_neither_shown_nor_overwritten_nor_discarded(
    made: MadeVault,
) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    vault.close()
    vault = made.open("pn")
    assert read_drafts(vault=vault).value == ()
    with pytest.raises(NoAccessError):
        store_draft(draft("din"), vault=vault)
    discard_draft(ID, vault=vault)
    vault.close()
    vault = made.open()
    assert [one.text for one in read_drafts(vault=vault).value] == ["min"]
    vault.close()


def test_a_draft_that_was_changed_is_left_out(made: MadeVault) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    vault.close()
    forge(made.folder / "vault.db", made.file_key, "UPDATE draft SET row_version = 7")
    vault = made.open()
    found = read_drafts(vault=vault)
    assert (found.value, found.left_out) == ((), 1)
    vault.close()


def test_the_newest_text_counts_and_survives_a_lock(made: MadeVault) -> None:
    vault = made.open()
    for text in ("h", "he", "hej"):
        store_draft(draft(text), vault=vault)
    other = uuid4()
    store_draft(draft("sist", other), vault=vault)
    vault.close()
    vault = made.open()
    found = read_drafts(vault=vault).value
    assert [(one.id, one.text) for one in found] == [(other, "sist"), (ID, "hej")]
    assert found[1].subject_id == UUID(int=6)
    assert found[1].stored_at == made.clock.at
    vault.close()


def test_a_discarded_draft_is_gone_and_discarding_again_harms_nothing(vault: OpenVault) -> None:
    store_draft(draft("min"), vault=vault)
    for _ in range(2):
        discard_draft(ID, vault=vault)
    assert read_drafts(vault=vault).value == ()


def test_a_draft_stays_where_what_was_to_use_it_was_refused(vault: OpenVault) -> None:
    store_draft(draft("min"), vault=vault)

    with pytest.raises(NoAccessError):
        use_draft(
            UsedDraft(id=ID),
            lambda: write_note(WriteNote(case_id=UUID(int=404), text="min"), vault=vault),
            vault=vault,
        )
    read_drafts(vault=vault)

    assert [one.text for one in read_drafts(vault=vault).value] == ["min"]


def test_another_user_s_draft_is_not_used_up(made: MadeVault) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    vault.close()
    vault = made.open("pn")
    use_draft(UsedDraft(id=ID), lambda: read_drafts(vault=vault), vault=vault)
    vault.close()
    vault = made.open()

    assert [one.text for one in read_drafts(vault=vault).value] == ["min"]
    vault.close()


def test_a_draft_goes_in_the_transaction_that_uses_it_but_for_its_rest(vault: OpenVault) -> None:
    store_draft(draft("ett två"), vault=vault)
    store_draft(draft("tre", UUID(int=8)), vault=vault)
    with vault.work() as work:
        before = work.audit.newest()

    use_draft(UsedDraft(id=ID, rest="två"), lambda: read_drafts(vault=vault), vault=vault)
    use_draft(UsedDraft(id=UUID(int=8)), lambda: read_drafts(vault=vault), vault=vault)
    with vault.work() as work:
        after = work.audit.newest()

    assert after.sequence == before.sequence + 2
    assert [one.text for one in read_drafts(vault=vault).value] == ["två"]


def test_what_changes_nothing_leaves_no_line_in_the_log(vault: OpenVault) -> None:
    store_draft(draft("min"), vault=vault)
    with vault.work() as work:
        before = work.audit.newest()

    bring_back_draft(ID, vault=vault)
    for change in (throw_draft, bring_back_draft, discard_draft):
        change(UUID(int=404), vault=vault)
    empty_bin(vault=vault)

    with vault.work() as work:
        assert work.audit.newest() == before


def test_states_are_kept_after_the_clock_was_once_far_ahead(made: MadeVault) -> None:
    right = made.clock.at
    made.clock.at = right + timedelta(days=400)
    vault = made.open()
    made.clock.at = right
    for minute in range(0, 9, 3):
        made.clock.at = right + timedelta(minutes=minute)
        store_draft(draft("hej " * (minute + 1)), vault=vault)
    (found,) = read_drafts(vault=vault).value
    vault.close()

    assert [one.text for one in found.versions] == ["hej ", "hej " * 4]


def test_a_draft_moves_the_sequence_on_and_leaves_the_log(vault: OpenVault) -> None:
    with vault.work() as work:
        before = work.audit.newest()
    store_draft(draft("min"), vault=vault)
    with vault.work() as work:
        after = work.audit.newest()
    assert (after.sequence, after.head) == (before.sequence + 1, before.head)


def test_nobody_else_s_draft_is_thrown_away_or_brought_back(made: MadeVault) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    vault.close()
    vault = made.open("pn")
    for use in (throw_draft, bring_back_draft):
        use(ID, vault=vault)
    empty_bin(vault=vault)
    vault.close()
    vault = made.open()
    (kept,) = read_drafts(vault=vault).value
    assert (kept.text, kept.thrown_at) == ("min", None)
    vault.close()


def test_what_is_thrown_away_stays_through_a_lock_and_can_be_brought_back(made: MadeVault) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    throw_draft(ID, vault=vault)
    vault.close()
    vault = made.open()
    (thrown,) = read_drafts(vault=vault).value
    bring_back_draft(ID, vault=vault)
    (back,) = read_drafts(vault=vault).value
    assert (thrown.text, thrown.thrown_at) == ("min", made.clock.at)
    assert (back.text, back.thrown_at) == ("min", None)
    vault.close()


def test_emptying_the_bin_leaves_what_was_not_thrown_away(vault: OpenVault) -> None:
    other = uuid4()
    for one in (draft("kastad"), draft("kvar", other)):
        store_draft(one, vault=vault)
    throw_draft(ID, vault=vault)
    empty_bin(vault=vault)
    assert [one.id for one in read_drafts(vault=vault).value] == [other]


def test_an_emptied_field_puts_its_draft_in_the_bin_without_a_line_in_the_log(
    vault: OpenVault,
) -> None:
    store_draft(draft("min"), vault=vault)
    with vault.work() as work:
        before = work.audit.newest()
    store_draft(draft(""), vault=vault)
    with vault.work() as work:
        assert work.audit.newest().head == before.head
    (thrown,) = read_drafts(vault=vault).value
    assert thrown.text == "min"
    assert thrown.thrown_at is not None


def test_no_text_of_a_draft_that_never_was_leaves_nothing(vault: OpenVault) -> None:
    store_draft(draft(""), vault=vault)
    assert read_drafts(vault=vault).value == ()


def test_what_was_written_over_can_be_read_after_a_lock(made: MadeVault) -> None:
    vault = made.open()
    for text in ("h", "Skolan ringde om fredagen.", "h"):
        store_draft(draft(text), vault=vault)
    vault.close()
    vault = made.open()
    (kept,) = read_drafts(vault=vault).value
    assert [one.text for one in kept.versions] == ["h", "Skolan ringde om fredagen."]
    vault.close()


def test_a_forged_draft_is_written_over_like_none(made: MadeVault) -> None:
    vault = made.open()
    store_draft(draft("min"), vault=vault)
    vault.close()
    forge(made.folder / "vault.db", made.file_key, "UPDATE draft SET row_version = 7")
    vault = made.open()
    store_draft(draft("ny"), vault=vault)
    (kept,) = read_drafts(vault=vault).value
    assert (kept.text, kept.versions) == ("ny", ())
    vault.close()
