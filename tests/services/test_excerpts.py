"""Excerpts: each holds what its recipient may have, and none tells what it does not."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from tests.conftest import Clock, MadeVault
from tests.documents.papers import read_back, squeezed
from tests.insider import without_triggers
from tests.people import (
    DAY,
    VIKTOR,
    Family,
    organisation,
    professional,
    room_of,
    running_meeting,
    signed_case,
    wrote,
)
from tests.services.examples.row import taken_back
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of, to_seal
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.errors import (
    ExcerptChangedError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
    NotForThemError,
    NotSealedError,
    SealedFileChangedError,
)
from trygga_desktop.domain.excerpts import Cause, Preset, Way
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sealing import ProtocolKind, ProtocolStep
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.consents import RecordBar, record_bar, withdraw_consent
from trygga_desktop.services.distribution import (
    AskBack,
    TakeBack,
    ask_back,
    read_distribution,
    report_spoilt,
    take_back,
)
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.excerpts import (
    CHECKSUMS,
    ComposedExcerpt,
    ComposeExcerpt,
    ExcerptFile,
    ExportExcerpts,
    GiveExcerpt,
    compose_excerpt,
    export_excerpts,
    give_excerpt,
    read_excerpt,
    read_excerpts,
)
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    EndMeeting,
    add_agenda_item,
    end_meeting,
)
from trygga_desktop.services.sealed_files import find_by_code
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.signatures import read_signatures
from trygga_desktop.services.vault import OpenVault

SECRET = "Kanariefågeln sjunger om natten."  # noqa: S105  what is told, not a password


def composed(
    vault: OpenVault, meeting_id: UUID, recipient_id: UUID, **fields: Any
) -> ComposedExcerpt:
    asked = ComposeExcerpt(meeting_id=meeting_id, recipient_id=recipient_id, **fields)
    return compose_excerpt(asked, vault=vault).value


def given(vault: OpenVault, held: HeldMeeting, recipient_id: UUID, **fields: Any) -> ExcerptFile:
    basis = composed(vault, held.meeting_id, recipient_id).basis
    command = GiveExcerpt(
        meeting_id=held.meeting_id, recipient_id=recipient_id, basis=basis, **fields
    )
    return give_excerpt(command, vault=vault).value


def secretive(vault: OpenVault) -> HeldMeeting:
    """Hold and seal a meeting of which the police may have less than the school."""
    family = signed_case(vault)
    invited = (*family.signers, family.karin, family.maria, family.peter)
    meeting_id = running_meeting(vault, family, *invited)
    decision = wrote(
        vault, meeting_id, SECRET, kind=EntryKind.DECISION, organisation_id=family.school
    )
    action = wrote(
        vault,
        meeting_id,
        "Ringa Elias före besöket",
        kind=EntryKind.ACTION,
        organisation_id=family.police,
        responsible="Peter Falk",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    return HeldMeeting(family=family, meeting_id=meeting_id, decision=decision.id, action=action.id)


def bar_johan(vault: OpenVault, family: Family) -> None:
    bar = RecordBar(
        case_id=family.case_id,
        on=DAY,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Får inget veta.",
    )
    record_bar(bar, vault=vault)


def test_nothing_is_given_of_a_meeting_that_is_not_sealed(vault: OpenVault) -> None:
    held = held_meeting(vault)
    school = held.family.school
    command = GiveExcerpt(meeting_id=held.meeting_id, recipient_id=school, basis="")
    with pytest.raises(NotSealedError):
        read_excerpts(held.meeting_id, vault=vault)
    with pytest.raises(NotSealedError):
        composed(vault, held.meeting_id, school)
    with pytest.raises(NotSealedError):
        give_excerpt(command, vault=vault)


def test_nothing_is_told_to_who_may_not_open_the_case_and_nobody_unknown_gets_any(
    made: MadeVault,
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = given(vault, held, held.family.school).excerpt
    with pytest.raises(InvalidInputError):
        composed(vault, held.meeting_id, uuid4())
    with pytest.raises(InvalidInputError):
        composed(vault, held.meeting_id, held.family.board)
    vault.close()

    vault = made.open("pn")
    for attempt in (
        lambda: read_excerpts(held.meeting_id, vault=vault),
        lambda: composed(vault, held.meeting_id, held.family.school),
        lambda: read_excerpt(excerpt.id, vault=vault),
        lambda: read_excerpt(uuid4(), vault=vault),
    ):
        with pytest.raises(NoAccessError):
            attempt()
    vault.close()


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_code_on_an_excerpt_finds_it_for_who_may_open_its_case_and_tells_whose_it_is(
    made: MadeVault, *, is_whole: bool
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    excerpt = given(vault, held, held.family.school).excerpt
    # A page of it among those of the protocol is known as one of this vault.
    assert excerpt.id in read_signatures(protocol.id, vault=vault).value.others
    vault.close()
    petra = made.open("pn")
    assert find_by_code(excerpt.control_code, vault=petra).value is None
    petra.close()
    if not is_whole:
        without_triggers(made, "UPDATE excerpt_file SET ciphertext = x'00'")

    vault = made.open()
    found = find_by_code(excerpt.control_code, vault=vault).value
    assert found is not None
    assert (found.protocol_id, found.meeting_id) == (excerpt.id, held.meeting_id)
    assert (found.kind, found.recipient, found.copy) == (None, excerpt.recipient, 1)
    assert found.is_same is is_whole
    vault.close()


def test_a_consent_that_lapsed_since_somebody_looked_stops_it(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    basis = composed(vault, held.meeting_id, held.family.school).basis
    withdraw_consent(taken_back(held.family), vault=vault)

    command = GiveExcerpt(meeting_id=held.meeting_id, recipient_id=held.family.school, basis=basis)
    with pytest.raises(ExcerptChangedError):
        give_excerpt(command, vault=vault)

    with vault.work() as work:
        assert work.excerpts.of_case(held.case_id) == []


def test_it_does_not_leave_without_a_line_in_the_log(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    basis = composed(vault, held.meeting_id, held.family.school).basis
    vault.confirmed.is_broken = True
    command = GiveExcerpt(meeting_id=held.meeting_id, recipient_id=held.family.school, basis=basis)
    with pytest.raises(NotConfirmedError):
        give_excerpt(command, vault=vault)


def test_it_leaves_out_what_its_recipient_may_not_have_and_the_sender_alone_is_told(
    vault: OpenVault,
) -> None:
    held = secretive(vault)
    school = composed(vault, held.meeting_id, held.family.school)
    police = composed(vault, held.meeting_id, held.family.police)

    assert squeezed(SECRET) in read_back(school.pdf)
    told = read_back(police.pdf)
    assert squeezed(SECRET) not in told
    assert squeezed("Elias Demosson") in told, "they sat at the same table"
    assert squeezed("Vad Peter Falk, Lokalpolisen Exempelstad har lovat") in told
    assert squeezed("Ringa Elias före besöket") in told
    assert sum(one.count for one in police.left_out) == 1
    assert police.left_out[0].reason is Reason.RECIPIENT_NOT_COVERED
    own = [one for one in school.left_out if one.reason is not Reason.GIVER_NOT_COVERED]
    assert own == []


def test_what_rests_for_everyone_is_counted_as_left_out(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    rests = "Ringa varje fredag"
    wrote(
        vault,
        first,
        rests,
        kind=EntryKind.ACTION,
        organisation_id=family.board,
        responsible="Karin Ek",
        due_on=DAY + timedelta(days=30),
    )
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    withdraw_consent(replace(taken_back(family), on=DAY + timedelta(days=7)), vault=vault)
    later = running_meeting(vault, family, *family.signers, family.karin)
    end_meeting(EndMeeting(meeting_id=later), vault=vault)
    seal_protocol(to_seal(vault, later), vault=vault)

    told = composed(vault, later, family.subject)

    assert squeezed(rests) not in read_back(told.pdf)
    # The decision lets the young person have it; nobody is told of it until a consent covers it.
    assert (told.left_out, told.resting, told.count_left_out) == ((), 1, 1)
    held = HeldMeeting(family=family, meeting_id=later, decision=later, action=later)
    excerpt = given(vault, held, family.subject).excerpt
    assert excerpt.resting == 1
    assert read_excerpt(excerpt.id, vault=vault).value.excerpt == excerpt


def newest_action(vault: OpenVault, case_id: UUID) -> Action:
    """Return what the log of the case tells was done last."""
    return read_log(LogQuestion(case_id=case_id), vault=vault).value.lines[0].action


def test_the_sender_compares_an_excerpt_with_the_whole_protocol(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    kept_back = "Utredningen är inledd."
    wrote(vault, meeting_id, kept_back, organisation_id=family.board, category="health")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    # What everyone at the table may have is sealed alone: it is no whole protocol.
    whole = read_excerpts(meeting_id, vault=vault).value.source
    assert not whole.is_sealed
    told = read_back(whole.pdf)
    assert squeezed(kept_back) in told
    assert "utkast" in told.casefold()
    assert "Underskrifter" not in told
    # More was read than is in the file that is sealed.
    assert newest_action(vault, family.case_id) is Action.PROTOCOL_COMPOSED
    seal_protocol(to_seal(vault, meeting_id, ProtocolKind.FULL), vault=vault)
    whole = read_excerpts(meeting_id, vault=vault).value.source
    assert whole.is_sealed
    assert squeezed(kept_back) in read_back(whole.pdf)
    assert newest_action(vault, family.case_id) is Action.PROTOCOL_READ


def test_the_same_sentence_stands_on_each_whether_something_is_left_out_or_not(
    vault: OpenVault,
) -> None:
    held = secretive(vault)
    for recipient, called in (
        (held.family.school, "Maria Lind, Ekbackens skola"),
        (held.family.police, "Peter Falk, Lokalpolisen Exempelstad"),
        (held.family.sara, "Sara Demosson"),
    ):
        told = read_back(composed(vault, held.meeting_id, recipient).pdf)
        same = (
            f"Det här är sammanställt för {called}. Det innehåller det som {called} får ta del av"
            " och är inte hela protokollet."
        )
        assert squeezed(same) in told


def test_titles_that_are_not_for_the_reader_are_not_told_to_be_there(vault: OpenVault) -> None:
    family = signed_case(vault)
    invited = (*family.signers, family.karin, family.maria, family.peter)
    meeting_id = running_meeting(vault, family, *invited)
    for title in ("Sömnen", "Medicinen"):
        added = AddAgendaItem(meeting_id=meeting_id, title=title, category="health")
        add_agenda_item(added, vault=vault)
    written = [one for one in room_of(vault, meeting_id).agenda if not one.code]
    for number, item in enumerate(written, start=1):
        entry = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=item.id,
            kind=EntryKind.STATEMENT,
            text=f"Polisen har sett det {number}.",
            category="leisure",
            organisation_id=family.police,
        )
        write_entry(entry, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    told = read_back(composed(vault, meeting_id, family.police).pdf)

    assert squeezed("Polisen har sett det 1.") in told
    assert squeezed("Polisen har sett det 2.") in told
    assert squeezed("Sömnen") not in told
    assert squeezed("Medicinen") not in told
    assert told.count(squeezed("Övrigt")) == 1


def test_a_title_that_the_reader_may_have_stands_no_more_than_one_that_they_may_not(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, *family.signers, family.karin, family.maria)
    added = AddAgendaItem(meeting_id=meeting_id, title="Fotbollen", category="leisure")
    add_agenda_item(added, vault=vault)
    (item,) = [one for one in room_of(vault, meeting_id).agenda if not one.code]
    entry = WriteEntry(
        meeting_id=meeting_id,
        agenda_id=item.id,
        kind=EntryKind.STATEMENT,
        text="Han tränar på tisdagar.",
        category="leisure",
        organisation_id=family.school,
    )
    write_entry(entry, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    told = read_back(composed(vault, meeting_id, family.school).pdf)

    assert squeezed("Han tränar på tisdagar.") in told
    assert squeezed("Fotbollen") not in told
    assert squeezed("Övrigt") in told


def test_a_barred_guardian_is_given_nothing_and_the_sender_reads_why(vault: OpenVault) -> None:
    held = secretive(vault)
    before = given(vault, held, held.family.johan).excerpt
    bar_johan(vault, held.family)
    desk = read_excerpts(held.meeting_id, vault=vault).value
    barred = [one.id for one in desk.recipients if one.is_barred]
    assert barred == [held.family.johan]

    looked_at = composed(vault, held.meeting_id, held.family.johan)
    assert (looked_at.is_for_them, looked_at.pdf) == (False, b"")
    assert Reason.GUARDIAN_BARRED in {one.reason for one in looked_at.left_out}
    command = GiveExcerpt(
        meeting_id=held.meeting_id, recipient_id=held.family.johan, basis=looked_at.basis
    )
    with pytest.raises(NotForThemError):
        give_excerpt(command, vault=vault)
    (copy,) = read_distribution(held.case_id, vault=vault).value.copies
    assert (copy.copy.excerpt_id, copy.is_due_back) == (before.id, True)


def test_who_was_not_there_owns_nothing_and_is_not_covered_learns_not_even_of_the_meeting(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    care = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    professional(vault, family.case_id, care, "Mirja Kallio")
    held = held_meeting(vault, family)
    bar_johan(vault, family)
    sealed_of(vault, held)

    for recipient, is_reminded in (
        (family.police, False),
        (family.police, True),
        (care, True),
        (family.johan, False),
    ):
        looked_at = composed(vault, held.meeting_id, recipient, is_reminded=is_reminded)
        assert (looked_at.is_for_them, looked_at.pdf) == (False, b"")
        command = GiveExcerpt(
            meeting_id=held.meeting_id,
            recipient_id=recipient,
            basis=looked_at.basis,
            is_reminded=is_reminded,
        )
        with pytest.raises(NotForThemError):
            give_excerpt(command, vault=vault)


def test_who_promised_something_at_a_meeting_that_they_missed_may_know_of_it(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Ringa Elias",
        kind=EntryKind.ACTION,
        organisation_id=family.police,
        responsible="Peter Falk",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    assert not composed(vault, meeting_id, family.police).is_for_them
    told = composed(vault, meeting_id, family.police, is_reminded=True)
    assert squeezed("Ringa Elias") in read_back(told.pdf)


def test_the_family_is_asked_to_keep_it_from_nobody_and_an_agency_is(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    guardian = read_back(composed(vault, held.meeting_id, held.family.sara).pdf)
    school = read_back(composed(vault, held.meeting_id, held.family.school).pdf)

    assert squeezed("Du bestämmer själv vem du visar det för.") in guardian
    assert squeezed("Skicka det inte vidare") not in guardian
    assert squeezed("Lämna tillbaka") not in guardian
    assert squeezed("Skicka det inte vidare. Lämna tillbaka det om") in school


def test_whoever_promised_something_signs_what_was_composed_for_them_and_the_young_person_nothing(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    found = []
    for one in (held.family.school, held.family.sara, held.family.subject):
        record = verify(given(vault, held, one).pdf).record
        assert record is not None
        found.append([signer.name for signer in record.content.signers])

    assert found == [["Maria Lind"], ["Sara Demosson"], []]


def test_the_young_person_reads_it_in_plain_words(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    told = read_back(composed(vault, held.meeting_id, held.family.subject).pdf)
    assert squeezed("Det här bestämdes") in told
    assert squeezed("Skolan ordnar en mentor.") in told


def test_an_agency_that_was_not_there_is_told_nothing_before_it_is_reminded(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    leisure = organisation(vault, "leisure", "Kajutan")
    held = held_meeting(vault, family)
    professional(vault, family.case_id, leisure, "Tove Testare")
    sealed_of(vault, held)
    desk = read_excerpts(held.meeting_id, vault=vault).value
    (recipient,) = [one for one in desk.recipients if one.preset is Preset.LEISURE]
    assert (recipient.addressee, recipient.has_confirmed) == ("Tove Testare", False)

    bare = composed(vault, held.meeting_id, leisure)
    assert bare.pdf == b""
    assert {one.reason for one in bare.left_out} == {Reason.NOT_ACKNOWLEDGED}
    reminded = composed(vault, held.meeting_id, leisure, is_reminded=True)
    # No consent covers it: being bound opens nothing.
    assert reminded.pdf == b""
    assert Reason.RECIPIENT_NOT_COVERED in {one.reason for one in reminded.left_out}


def test_who_did_not_meet_is_not_named_to_whom_no_consent_lets_know(vault: OpenVault) -> None:
    family = signed_case(vault)
    care = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    professional(vault, family.case_id, care, "Mirja Kallio")
    invited = (*family.signers, family.karin, family.maria)
    meeting_id = running_meeting(vault, family, *invited)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    told = read_back(composed(vault, meeting_id, family.school).pdf)
    assert "Mirja" not in told
    assert "BUP" not in told
    assert composed(vault, meeting_id, family.police, is_reminded=True).pdf == b""


def test_a_protocol_is_handed_out_once_somebody_has_something_of_it(vault: OpenVault) -> None:
    held = held_meeting(vault)

    def is_handed_out() -> list[bool]:
        state = read_sealing(held.meeting_id, vault=vault).value
        return [
            ProtocolStep.DISTRIBUTED in state.steps_of(kind)
            for kind in (ProtocolKind.ROOM, ProtocolKind.FULL)
        ]

    assert is_handed_out() == [False, False], "a draft is handed out to nobody"
    sealed_of(vault, held, ProtocolKind.ROOM)
    assert is_handed_out() == [False, False]
    one = given(vault, held, held.family.school)
    assert is_handed_out() == [True, False], "what is not sealed is not handed out"
    report_spoilt(held.case_id, one.excerpt.id, vault=vault)
    assert is_handed_out() == [False, False], "what did not come out reached nobody"


def test_what_is_looked_at_has_no_code_and_as_many_pages_as_what_leaves(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    school = held.family.school
    before = composed(vault, held.meeting_id, school)
    left = given(vault, held, school)
    pages, sealed = (len(PdfReader(BytesIO(one.pdf)).pages) for one in (before, left))

    assert pages == sealed
    told, final = read_back(before.pdf), read_back(left.pdf)
    assert left.excerpt.control_code in final
    assert not re.search(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-", told)
    assert "SHA-256" not in told
    assert "sättsnärdetförseglas" in told
    # The seal it will have is known before.
    (words,) = re.findall("Iord(.*?)Kontrollkod", final)
    assert f"Iord{words}Kontrollkod" in told


def test_a_protected_person_s_place_stands_on_no_excerpt(vault: OpenVault) -> None:
    family = signed_case(vault, VIKTOR)
    held = held_meeting(vault, family)
    sealed_of(vault, held)
    desk = read_excerpts(held.meeting_id, vault=vault).value
    assert (desk.is_protected, desk.called) == (True, "NORD-7")
    sealing = read_sealing(held.meeting_id, vault=vault).value
    assert (sealing.is_protected, sealing.called) == (True, "NORD-7")
    looked_at = [composed(vault, held.meeting_id, one.id) for one in desk.recipients]
    pages = [one.pdf for one in looked_at if one.is_for_them]
    assert len(pages) > 1
    for one in pages:
        told = read_back(one)
        assert "Stadshuset" not in told
        assert "Testman" not in told


def test_it_is_given_sealed_and_read_back_byte_for_byte(vault: OpenVault) -> None:
    held = held_meeting(vault)
    source = sealed_of(vault, held).protocol
    file = given(vault, held, held.family.school, way=Way.AS_FILE)

    verdict = verify(file.pdf, asked=file.excerpt.seal)
    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.code == file.excerpt.control_code != source.control_code
    assert file.excerpt.source_id == source.id
    assert source.record_hash.encode() not in file.pdf
    assert read_excerpt(file.excerpt.id, vault=vault).value.pdf == file.pdf
    assert given(vault, held, held.family.school).excerpt.copy == 2
    with vault.work() as work:
        entry = next(
            one
            for one in work.audit.entries()
            if one.action is Action.EXCERPT_GIVEN and one.subject_id == file.excerpt.id
        )
    assert entry.digest[-16:] == held.meeting_id.bytes


def test_files_in_a_folder_have_neutral_names_and_a_list_of_checksums(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    files = [
        given(vault, held, one, way=Way.AS_FILE)
        for one in (held.family.school, held.family.sara, held.family.subject)
    ]
    command = ExportExcerpts(
        meeting_id=held.meeting_id, excerpt_ids=tuple(one.excerpt.id for one in files)
    )
    exported = export_excerpts(command, vault=vault).value

    assert [data for _, data in exported[:-1]] == [one.pdf for one in files]
    names = [name for name, _ in exported]
    assert len(set(names)) == 4
    assert names[-1] == CHECKSUMS
    # Neither whose nor of which meeting, nor how many there are.
    codes = [one.excerpt.control_code for one in files]
    assert names[:-1] == [f"utdrag-{one}.pdf" for one in codes]
    assert len(exported[-1][1].decode().splitlines()) == 3

    withdraw_consent(taken_back(held.family), vault=vault)
    with pytest.raises(ExcerptChangedError):
        export_excerpts(command, vault=vault)
    with pytest.raises(InvalidInputError):
        export_excerpts(replace(command, excerpt_ids=(uuid4(),)), vault=vault)
    with pytest.raises(InvalidInputError):
        export_excerpts(replace(command, excerpt_ids=()), vault=vault)


def test_one_file_is_offered_a_name_that_says_no_more_than_those_in_a_folder(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    readers = (held.family.school, held.family.sara, held.family.subject)
    looked_at = [composed(vault, held.meeting_id, one) for one in readers]
    files = [given(vault, held, one, way=Way.AS_FILE) for one in readers]

    # Neither whose it is, of which meeting or day, nor which copy: once sealed, its code.
    assert {one.file_name for one in looked_at} == {"utdrag.pdf"}
    assert [one.file_name for one in files] == [
        f"utdrag-{one.excerpt.control_code}.pdf" for one in files
    ]


def test_what_was_asked_back_or_came_back_or_was_spoilt_goes_into_no_folder(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    school = held.family.school
    copies = [given(vault, held, school, way=Way.AS_FILE).excerpt.id for _ in range(4)]
    asked, back, spoilt, out = copies
    for one in (asked, back):
        ask_back(AskBack(case_id=held.case_id, copy_id=one, cause=Cause.ERROR), vault=vault)
    take_back(TakeBack(case_id=held.case_id, copy_id=back), vault=vault)
    report_spoilt(held.case_id, spoilt, vault=vault)

    for one in (asked, back, spoilt):
        command = ExportExcerpts(meeting_id=held.meeting_id, excerpt_ids=(out, one))
        with pytest.raises(ExcerptChangedError):
            export_excerpts(command, vault=vault)
    command = ExportExcerpts(meeting_id=held.meeting_id, excerpt_ids=(out,))
    assert len(export_excerpts(command, vault=vault).value) == 2


@pytest.mark.parametrize("gone", [1, 2])
def test_no_two_copies_have_one_number_though_a_row_is_gone(made: MadeVault, gone: int) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    first, second = (given(vault, held, held.family.school).excerpt for _ in range(2))
    assert (first.copy, second.copy) == (1, 2)
    vault.close()
    without_triggers(
        made, "PRAGMA foreign_keys = OFF", f"DELETE FROM excerpt WHERE sequence = {gone}"
    )
    vault = made.open()
    assert given(vault, held, held.family.school).excerpt.copy > 2
    vault.close()


@pytest.mark.parametrize("table", ["excerpt", "excerpt_file"])
def test_one_that_was_changed_in_the_vault_is_not_handed_out(made: MadeVault, table: str) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    first, second = (given(vault, held, held.family.school).excerpt for _ in range(2))
    vault.close()
    without_triggers(
        made,
        f"UPDATE {table} SET ciphertext = x'00' WHERE"
        f" {'id' if table == 'excerpt' else 'excerpt_id'} = '{first.id.hex}'",
    )
    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        read_excerpt(first.id, vault=vault)
    assert read_excerpt(second.id, vault=vault).value.excerpt == second
    vault.close()


def test_an_excerpt_carries_a_correction_for_those_alone_who_may_have_what_it_corrects(
    vault: OpenVault, clock: Clock
) -> None:
    held = secretive(vault)
    family, source = held.family, read_excerpts(held.meeting_id, vault=vault).value.source_id
    before = {one: given(vault, held, one).excerpt.id for one in (family.school, family.police)}
    looked_at = composed(vault, held.meeting_id, family.school).basis
    clock.move(hours=1)
    with pytest.raises(InvalidInputError):
        corrected(vault, source, "Fel post", about=uuid4())
    corrected(vault, source, "Det var på tisdagen", about=held.decision)
    # Of what the police have nothing is corrected.
    assert due_back(vault, family) == {before[family.school]}
    corrected(vault, source, "Om ingen särskild", about=None)
    assert due_back(vault, family) == set(before.values())

    told = {one: composed(vault, held.meeting_id, one) for one in before}

    texts = {one: squeezed(read_back(composed_of.pdf)) for one, composed_of in told.items()}
    assert squeezed("Det var på tisdagen") in texts[family.school]
    assert squeezed("Gäller beslutet") in texts[family.school]
    assert squeezed("Det var på tisdagen") not in texts[family.police]
    assert squeezed("Rättat") not in texts[family.police]
    assert all(squeezed("Om ingen särskild") not in one for one in texts.values())
    assert [one.addenda_left_out for one in told.values()] == [1, 2]
    # What was looked at before the correction does not leave.
    command = GiveExcerpt(meeting_id=held.meeting_id, recipient_id=family.school, basis=looked_at)
    with pytest.raises(ExcerptChangedError):
        give_excerpt(command, vault=vault)
    anew = given(vault, held, family.school)
    assert squeezed("Det var på tisdagen") in squeezed(read_back(anew.pdf))
    assert due_back(vault, family) == set(before.values())


def due_back(vault: OpenVault, family: Family) -> set[UUID | None]:
    found = read_distribution(family.case_id, vault=vault).value
    return {one.copy.excerpt_id for one in found.recall_list}


def corrected(vault: OpenVault, source: UUID, text: str, *, about: UUID | None) -> None:
    command = AddAddendum(
        protocol_id=source,
        text=text,
        concerns="Gäller beslutet",
        about=frozenset() if about is None else frozenset({about}),
    )
    add_addendum(command, vault=vault)
