"""What the page of a person says: why something cannot be stored, what was, what still holds."""

from collections.abc import Mapping, Sequence

from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import MOST_WHY, NumberChange
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.details import PersonDetails, ShownLowering
from trygga_desktop.services.name_places import NamePlaces
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.person_typing import hints
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel, Told
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible


def plain(text: str) -> str:
    """Return a text from people as one line that turns nothing around it."""
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME))


def flat(text: str) -> str:
    """Return a text from people as one line, for a label that shows every sign."""
    return make_visible(text, lines=False, longest=LONGEST_NAME)


def title_of(details: PersonDetails) -> str:
    """Return what the person is called."""
    return flat(details.name)


def card_title(details: PersonDetails, language: Language) -> str:
    """Return in which capacity the person has to do with the case."""
    if details.role is PartyRole.SUBJECT_PERSON:
        return language.gettext("The young person")
    return role_word(details.role, language)


def foot_text(model: DetailsViewModel, language: Language) -> str:
    """Return what keeps the form from being stored, or that nothing does."""
    _ = language.gettext
    missing = [one for one in model.missing if one is not FormField.WHY]
    if model.is_working:
        return _("It is being stored.")
    if missing:
        first = _missing(missing[0], model, language)
        return language.ngettext(
            "One thing left: {first}", "{count} things left. First: {first}", len(missing)
        ).format(count=len(missing), first=first)
    return _("Everything is there.") if model.is_new else _("Nothing is changed yet.")


def _missing(field: FormField, model: DetailsViewModel, language: Language) -> str:
    _ = language.gettext
    if field is FormField.NUMBER and model.asks_meaning and model.meaning is None:
        return _("what the other number means.")
    if field is FormField.GIVEN_NAME and model.begins_anew:
        return _("the new name.")
    return hints.missing_text(field, model, language)


def meaning_texts(language: Language) -> Sequence[tuple[NumberChange, str]]:
    """Return what another number may mean, in plain words."""
    _ = language.gettext
    return (
        (NumberChange.CORRECTED, _("It was written wrong")),
        (NumberChange.REPLACED, _("A new number was given")),
    )


def meaning_line(meaning: NumberChange | None, language: Language) -> str:
    """Return what follows from the answer."""
    _ = language.gettext
    texts: Mapping[NumberChange | None, str] = {
        None: _("A number that was never right goes away. One that held until now is kept."),
        NumberChange.CORRECTED: _("The wrong number goes away."),
        NumberChange.REPLACED: _("The old number is kept as a former one."),
    }
    return texts.get(meaning, "")


def told_text(told: Told, name: str, language: Language) -> str:
    """Return what was stored, or came in between."""
    _ = language.gettext
    texts: Mapping[Told, str] = {
        Told.STORED: _("It is stored, and stands wherever the person is spoken of."),
        Told.PROTECTED: _(
            "It is stored. From now on lists, titles, calendars and meetings that are not sealed "
            "say {name}."
        ),
        Told.ASKED: _("It is asked. Nothing changes until somebody else confirms it."),
        Told.LEFT_AS_IT_WAS: _("The protection stays as it was."),
        Told.LOWERED: _("The lower protection holds now."),
        Told.CHANGED_MEANWHILE: _(
            "Nothing was written over. What is new stands here now, and what you typed stands in "
            "its fields. Look at both and store again."
        ),
    }
    return texts.get(told, "").format(name=flat(name))


def guarded_text(details: PersonDetails, language: Language) -> str:
    """Return who may see name and number of a protected person."""
    _ = language.gettext
    name = flat(details.alias)
    if not details.readers:
        return _("Lists, calendars and file names say only {name}.").format(name=name)
    return _(
        "Lists, calendars and file names say only {name}. Name and number are shown to {readers}."
    ).format(name=name, readers=language.list_words([flat(one) for one in details.readers]))


def side_rows(details: PersonDetails, language: Language) -> Sequence[tuple[str, str, str]]:
    """Return what holds beside what every protected identity brings with it."""
    _ = language.gettext
    of_subject = (
        (
            "key-round",
            _("Sharing needs the guarded part"),
            _("Who must sign follows from the age, which lies there too."),
        ),
    )
    return (
        *(of_subject if details.role is PartyRole.SUBJECT_PERSON else ()),
        (
            "file-signature",
            _("What is sealed stays as it is"),
            _("Protocols and papers that were sealed before say what they said."),
        ),
        (
            "users",
            _("It takes two to lower it"),
            _("You and one more who can open the guarded part."),
        ),
    )


def place_lines(places: NamePlaces, language: Language) -> Sequence[str]:
    """Return where the name still stands."""
    lines = []
    if places.texts:
        lines.append(
            language.ngettext(
                "{count} text has the given name or the family name in it, and keeps it: others "
                "may be called so. Think of it before the text is shown or printed.",
                "{count} texts have the given name or the family name in them, and keep it: "
                "others may be called so. Think of it before they are shown or printed.",
                places.texts,
            )
        )
    if places.sealed:
        lines.append(
            language.ngettext(
                "{count} sealed meeting has the name. It stays as it was sealed.",
                "{count} sealed meetings have the name. They stay as they were sealed.",
                places.sealed,
            )
        )
    if places.tied:
        lines.append(
            language.ngettext(
                "{count} version of a plan, an agreement or a consent has the name. What was "
                "stored there never changes.",
                "{count} versions of plans, agreements or consents have the name. What was stored "
                "there never changes.",
                places.tied,
            )
        )
    counts = [one for one in (places.texts, places.sealed, places.tied) if one]
    return tuple(
        line.format(count=language.number(count)) for line, count in zip(lines, counts, strict=True)
    )


def lowering_text(lowering: ShownLowering, language: Language) -> str:
    """Return who asked for what, and when."""
    _ = language.gettext
    day = language.date_long(lowering.asked_at.astimezone(STOCKHOLM).date())
    kind = protection_label(lowering.to, language)
    if lowering.is_mine:
        text = _("You asked on {day} for: {kind}. Somebody else has to confirm it.")
        return text.format(day=day, kind=kind)
    who = plain(lowering.asked_by) or _("Somebody unknown")
    return _("{name} asked on {day} for: {kind}.").format(name=who, day=day, kind=kind)


def lower_kinds(protection: Protection) -> tuple[Protection, ...]:
    """Return the kinds that are less than this one, the strongest first."""
    return tuple(one for one in reversed(Protection) if one.degree < protection.degree)


def why_hint(model: DetailsViewModel, language: Language) -> str:
    """Return the line below the reason for less protection."""
    _ = language.gettext
    if len(model.form.tidy(FormField.WHY)) > MOST_WHY:
        text = _("The text may have at most {count} characters.")
        return text.format(count=language.number(MOST_WHY))
    if model.is_new:
        return _("Store or discard the other changes first.")
    return _("Such as a decision of the tax agency, and its day.")
