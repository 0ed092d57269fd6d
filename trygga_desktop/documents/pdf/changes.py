"""What a revision may do to the file before it: put one signature into one empty field.

Stricter than PDF: no page, text, annotation or attachment may be touched, no field made, no object
left over. pyHanko's own comparison comes on top of this for what follows the seal.
"""

from collections.abc import Set as AbstractSet
from typing import Any

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    SigFieldModificationRule,
    StandardDiffPolicy,
)

_METADATA = MetadataUpdateRule()  # type: ignore[no-untyped-call]  # pyHanko tells no types here

ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),  # type: ignore[no-untyped-call]  # pyHanko tells no types here
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        _METADATA.as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(field_rules=[SigFieldModificationRule()]),
    ignore_orphaned_objects=False,
    ignore_identical_objects=False,
)
"""What may follow a seal. Programs that sign note their name and the moment: that may change."""

_FIELD_KEYS = frozenset({"/V", "/AP", "/Ff", "/Type"})
_FORM_KEYS = frozenset({"/SigFlags", "/DR", "/DA"})
_ROOT_KEYS = frozenset({"/Extensions", "/DSS", "/Version", "/AcroForm"})
_SEALED_ROOT_KEYS = frozenset({"/Perms"})


def is_only_a_signature(reader: PdfFileReader, revision: int, field: Any, value: Any) -> bool:
    """Return whether a revision only fills this field with this signature, both references.

    The first revision after the one that was printed, which holds the seal, may do no more than
    that; others may leave the traces that programs leave which sign.
    """
    old = reader.get_historical_resolver(revision - 1)
    new = reader.get_historical_resolver(revision)
    if new.refs_freed_in_revision():  # type: ignore[no-untyped-call]  # pyHanko tells no types here
        return False
    touched = new.explicit_refs_in_revision()  # type: ignore[no-untyped-call]  # pyHanko tells no types here
    added = {one for one in touched if old.is_ref_unassignable(one)}
    known = touched - added
    root, form = old.root_ref, old.root.raw_get("/AcroForm").reference
    is_seal = revision == 1
    info = old.trailer_view.get_value_as_reference("/Info", optional=True)
    metadata = old.root.raw_get("/Metadata").reference
    may_change = {root, form, field} | (set() if is_seal else {info, metadata})
    if new.root_ref != root or field not in known or value not in added:
        return False
    if not known <= may_change or (is_seal and added != {value}):
        return False
    root_keys = _ROOT_KEYS | (_SEALED_ROOT_KEYS if is_seal else frozenset())
    return (
        _is_same(old, new, root, root_keys)
        and new.root.raw_get("/AcroForm") == old.root.raw_get("/AcroForm")
        and _is_same(old, new, form, _FORM_KEYS)
        and "/V" not in old(field)
        and new(field).raw_get("/V").reference == value
        and _is_same(old, new, field, frozenset({"/V"}) if is_seal else _FIELD_KEYS)
    )


def keeps_its_title(reader: PdfFileReader) -> bool:
    """Return whether readers still show the title above the window that was printed."""
    first = reader.get_historical_resolver(0)
    printed = str(first(first.trailer_view.get_value_as_reference("/Info"))["/Title"])
    told = reader.document_meta_view.title
    return (
        str(getattr(told, "value", told)) == printed
        and str(reader.trailer_view["/Info"]["/Title"]) == printed
    )


def _is_same(
    old: HistoricalResolver, new: HistoricalResolver, one: Any, but: AbstractSet[str]
) -> bool:
    """Return whether a dictionary says the same in both revisions, but for some of its keys."""
    before, after = old(one), new(one)
    keys = (before.keys() | after.keys()) - but
    return all(
        key in before and key in after and before.raw_get(key) == after.raw_get(key) for key in keys
    )
