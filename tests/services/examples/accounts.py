"""Examples of the use cases for accounts, grants and drafts."""

from tests.conftest import PASSPHRASES
from tests.people import DAY
from tests.pictures import plain_picture
from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.services.accounts import (
    AddGroup,
    AddUser,
    ChangePassphrase,
    add_group,
    add_user,
    change_passphrase,
    change_roles,
)
from trygga_desktop.services.arms import ChangeArms, change_arms
from trygga_desktop.services.catalogues import (
    ConfirmGround,
    confirm_ground,
    read_ground_texts,
)
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.checking import check_vault
from trygga_desktop.services.clocks import log_clock_jump
from trygga_desktop.services.drafts import (
    StoreDraft,
    bring_back_draft,
    discard_draft,
    empty_bin,
    read_drafts,
    store_draft,
    throw_draft,
)
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.municipality import ChangeMunicipality, change_municipality

EXAMPLES = {
    "log_clock_jump": Row(
        Action.CLOCK_JUMPED,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: log_clock_jump(vault=vault),
    ),
    "read_ground_texts": Row(
        Action.CATALOGUE_READ,
        Changes(),
        Permission.MANAGE_RULES,
        lambda vault, _: read_ground_texts(vault=vault),
    ),
    "confirm_ground": Row(
        Action.CATALOGUE_CHANGED,
        Changes(settings=True),
        Permission.MANAGE_RULES,
        lambda vault, _: confirm_ground(
            ConfirmGround(
                ground="harm_test",
                confirmed_by="Rut Åkesson, kommunjurist",
                confirmed_on=DAY,
                source="SFS 2009:400",
            ),
            vault=vault,
        ),
    ),
    "change_arms": Row(
        Action.ARMS_CHANGED,
        Changes(settings=True),
        Permission.MANAGE_RULES,
        lambda vault, _: change_arms(ChangeArms(plain_picture()), vault=vault),
    ),
    "change_municipality": Row(
        Action.MUNICIPALITY_CHANGED,
        Changes(settings=True, directory=True),
        Permission.MANAGE_RULES,
        lambda vault, _: change_municipality(ChangeMunicipality("Annanstad"), vault=vault),
    ),
    "add_user": Row(
        Action.USER_ADDED,
        Changes(accounts=True),
        Permission.MANAGE_ACCOUNTS,
        lambda vault, _: add_user(
            AddUser(
                login="rå",
                name="Rut Åkesson",
                roles=frozenset({Role.SOCIAL_WORKER}),
                passphrase=PASSPHRASES["at"],
            ),
            vault=vault,
        ),
    ),
    "change_roles": Row(
        Action.ROLES_CHANGED,
        Changes(accounts=True),
        Permission.MANAGE_ACCOUNTS,
        lambda vault, on: change_roles(on.colleague, frozenset({Role.AUDITOR}), vault=vault),
    ),
    "add_group": Row(
        Action.GROUP_ADDED,
        Changes(accounts=True),
        Permission.MANAGE_ACCOUNTS,
        lambda vault, on: add_group(AddGroup(members=frozenset({on.colleague})), vault=vault),
    ),
    "check_vault": Row(
        Action.VAULT_CHECKED,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: check_vault(vault=vault),
    ),
    "change_passphrase": Row(
        Action.PASSPHRASE_CHANGED,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: change_passphrase(
            ChangePassphrase(old=PASSPHRASES[vault.login], new="granit skugga tåg vers lykta"),
            vault=vault,
        ),
    ),
    "store_draft": Row(
        None,
        Changes(drafts=True),
        Permission.USE_VAULT,
        lambda vault, on: store_draft(
            StoreDraft(id=on.case_id, kind=DraftKind.NOTE, text="x"), vault=vault
        ),
    ),
    "read_drafts": Row(
        Action.DRAFTS_READ,
        Changes(),
        Permission.USE_VAULT,
        lambda vault, _: read_drafts(vault=vault),
    ),
    "discard_draft": Row(
        Action.DRAFT_DISCARDED,
        Changes(drafts=True),
        Permission.USE_VAULT,
        lambda vault, on: discard_draft(on.case_id, vault=vault),
    ),
    "throw_draft": Row(
        Action.DRAFT_THROWN,
        Changes(drafts=True),
        Permission.USE_VAULT,
        lambda vault, on: throw_draft(on.case_id, vault=vault),
    ),
    "bring_back_draft": Row(
        Action.DRAFT_BROUGHT_BACK,
        Changes(drafts=True),
        Permission.USE_VAULT,
        lambda vault, on: bring_back_draft(on.colleague, vault=vault),
    ),
    "empty_bin": Row(
        Action.BIN_EMPTIED,
        Changes(drafts=True),
        Permission.USE_VAULT,
        lambda vault, _: empty_bin(vault=vault),
    ),
    "grant_case": Row(
        Action.CASE_GRANTED,
        Changes(accounts=True),
        Permission.GRANT_ACCESS,
        lambda vault, on: grant_case(
            GrantCase(case_id=on.case_id, principal_id=on.colleague), vault=vault
        ),
    ),
    "revoke_case": Row(
        Action.CASE_REVOKED,
        Changes(accounts=True),
        Permission.GRANT_ACCESS,
        lambda vault, on: revoke_case(
            RevokeCase(case_id=on.case_id, principal_id=on.colleague), vault=vault
        ),
        Stage.GRANTED,
    ),
}
