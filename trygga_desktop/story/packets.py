"""An invented colleague in another vault: certified here, and the sender of a packet."""

from hashlib import sha256
from uuid import UUID, uuid5

from trygga_desktop.crypto.key_files import fingerprint_of_keys, read_key_file, write_key_file
from trygga_desktop.crypto.packets import seal_packet
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.documents.fingerprint import in_words
from trygga_desktop.domain.packets import Packet, Part, PartKind, Prepared, Provenance, Whose
from trygga_desktop.domain.partners import Address, PublicKeys
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.partners import (
    CertifyPartner,
    certify_partner,
    hand_out_keys,
    read_partners,
)
from trygga_desktop.story.tables import Stage, ToldCase

_NAME, _MUNICIPALITY = "Malin Ström", "Annanstad"
_SPEAKS_FOR = "school"
# She is invented, and so are her keys: the same in every run, so that pictures are too.
_SEED = b"invented colleague "


class Packets:
    """Lets the colleague be certified, and sends what she has prepared for a meeting."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._exchange = ExchangeKey(sha256(_SEED + b"exchange").digest())
        self._signing = SigningKey(sha256(_SEED + b"signing").digest())
        vault_id = sha256(_SEED + b"vault").digest()[:16]
        self._keys = PublicKeys(
            address=Address(vault_id=vault_id, user_id=uuid5(UUID(bytes=vault_id), _NAME)),
            name=_NAME,
            municipality=_MUNICIPALITY,
            exchange_public=self._exchange.public,
            verify_public=self._signing.public,
        )

    def certify(self) -> None:
        """Certify the colleague, who speaks for a school, with the words that she reads aloud."""
        vault = self._stage.vault
        choices = read_partners(vault=vault).value.organisations
        command = CertifyPartner(
            data=write_key_file(self._keys, self._signing),
            organisation_id=next(one.id for one in choices if one.kind == _SPEAKS_FOR),
            told=in_words(fingerprint_of_keys(self._keys)),
            is_bound=True,
        )
        certify_partner(command, vault=vault)

    def send(self, case: ToldCase, meeting_id: UUID) -> bytes:
        """Return a packet with what the colleague has prepared for a meeting."""
        vault, now = self._stage.vault, self._stage.clock.at
        receiver = read_key_file(hand_out_keys(vault=vault).value.data)
        found = read_meetings(case.id, vault=vault).value
        meeting = next(one for one in found.meetings if one.id == meeting_id)
        source = Provenance(
            whose=Whose.SENDER, category="schooling", known_on=now.date(), kind="statement"
        )
        parts = (
            Part(
                kind=PartKind.AGENDA,
                id=uuid5(meeting_id, "agenda"),
                fields={"title": "Studiebesök på gymnasiet", "question": "", "minutes": "10"},
                source=source,
            ),
            Part(
                kind=PartKind.STATEMENT,
                id=uuid5(meeting_id, "statement"),
                fields={"text": "Matematikläraren erbjuder en extra timme på torsdagar."},
                source=source,
            ),
        )
        packet = Packet(
            id=uuid5(meeting_id, "packet"),
            number=1,
            made_at=now,
            sender=self._keys.address,
            receiver=receiver.address,
            case_here=uuid5(case.id, _NAME),
            case_number="ANNAN-2026-017",
            meeting=Prepared(
                id=meeting.id,
                template=meeting.template,
                starts_at=meeting.starts_at,
                minutes=meeting.minutes,
            ),
            parts=parts,
        )
        return seal_packet(packet, sender=self._signing, receiver=receiver)
