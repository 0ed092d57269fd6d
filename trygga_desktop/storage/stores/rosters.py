"""Reads and writes the signed roster and the keys of groups."""

from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.statements import SignedRoster, Trust, membership_context, sign_roster
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.principals import Principal, Roster
from trygga_desktop.storage.records.accounts import MembershipRecord, RosterRecord


class Rosters:
    """Everyone the vault knows, as far as this user believes it."""

    def __init__(self, connection: Connection, keyring: Keyring, trust: Trust) -> None:
        self._connection = connection
        self._keyring = keyring
        self._trust = trust

    def follow(self) -> None:
        """Take up every version that came since the one we believe.

        Raise TamperedError at the first version that is not signed by who may sign it.
        """
        statement = (
            select(RosterRecord.body, RosterRecord.signature)
            .where(RosterRecord.version > self._trust.version)
            .order_by(RosterRecord.version)
        )
        for row in self._connection.execute(statement):
            self._trust.follow(SignedRoster(body=row.body, signature=row.signature))
        self._trust.check_recovery()

    def learn_groups(self, keyring: Keyring) -> None:
        """Take up the groups' keys of whoever's keyring this is.

        One that is not the roster's is left out, and what was granted to that group with it.
        Raise TamperedError where it is the group of everyone.
        """
        for group_id in self._trust.roster.groups_of(keyring.principal):
            try:
                keyring.learn(group_id, self._group_key(group_id, keyring))
            except TamperedError:
                if group_id == self._trust.everyone.id:
                    raise

    def add(self, roster: Roster) -> SignedRoster:
        """Store the next version, signed by us. It is believed once the transaction is kept."""
        signed = sign_roster(roster, vault_id=self._trust.vault_id, signing=self._keyring.signing)
        self._connection.execute(
            insert(RosterRecord).values(
                version=roster.version, body=signed.body, signature=signed.signature
            )
        )
        return signed

    def admit(self, group: Principal, key: ExchangeKey, member: Principal) -> None:
        """Wrap a group's private key to a member, in place of what was wrapped before."""
        context = membership_context(group, member.id, self._trust.vault_id)
        self._connection.execute(
            insert(MembershipRecord)
            .prefix_with("OR REPLACE")
            .values(
                group_id=group.id,
                generation=group.generation,
                member_id=member.id,
                wrapped=wrap(key.private, member.exchange_public, context),
            )
        )

    def _group_key(self, group_id: UUID, keyring: Keyring) -> ExchangeKey:
        group = self._trust.roster.principals[group_id]
        me = keyring.principal
        wrapped = self._connection.scalar(
            select(MembershipRecord.wrapped).where(
                MembershipRecord.group_id == group_id,
                MembershipRecord.generation == group.generation,
                MembershipRecord.member_id == me,
            )
        )
        if wrapped is None:
            raise TamperedError
        context = membership_context(group, me, self._trust.vault_id)
        key = ExchangeKey(keyring.exchange(me).unwrap(wrapped, context))
        # The roster vouches for the public half, so no signature is needed on the private one.
        if key.public != group.exchange_public:
            raise TamperedError
        return key
