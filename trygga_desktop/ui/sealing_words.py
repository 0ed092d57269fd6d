"""The words for what cannot be done with sealed protocols: what is safe, and what to do."""

from trygga_desktop.i18n import Language
from trygga_desktop.ui.trouble import Problem, ProblemKind, Trouble


def sealed(_trouble: Trouble, language: Language) -> Problem:
    """Tell that a meeting is sealed, and that nothing is written there any more."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.SEALED,
        icon="lock",
        title=_("The protocol is sealed and cannot be changed"),
        happened=_("Nothing that belongs to the meeting is written any more."),
        safe=_("What was sealed is there, just as it was. Nothing was saved now."),
        advice=_("Write an addendum. It gets a number and a seal of its own."),
    )


def no_seal(_trouble: Trouble, language: Language) -> Problem:
    """Tell that there is no seal that this user can use."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.NO_SEAL,
        icon="key-round",
        title=_("There is no seal to use"),
        happened=_("The vault has no seal yet, or you have not been given its key."),
        safe=_("Nothing was sealed, and nothing has changed."),
        advice=_("Ask whoever is administrator to make a new seal for the vault."),
    )


def unsettled(_trouble: Trouble, language: Language) -> Problem:
    """Tell that something has to be settled first."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.UNSETTLED,
        icon="list-checks",
        title=_("Something is left to settle"),
        happened=_("The protocol cannot be sealed yet."),
        safe=_("Nothing was sealed, and nothing has changed."),
        advice=_("Look at the list of what is left, and settle it first."),
    )


def changed(_trouble: Trouble, language: Language) -> Problem:
    """Tell that a stored file is not the one that was sealed."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.SEALED_FILE_CHANGED,
        icon="file-warning",
        title=_("The stored protocol is not the one that was sealed"),
        happened=_("The file is missing, or something other than Trygga has changed it."),
        safe=_("It is not shown, printed or saved. Signed copies on paper are not touched."),
        advice=_("Tell whoever is administrator. A backup from before the change may be needed."),
    )


def not_sealed(_trouble: Trouble, language: Language) -> Problem:
    """Tell that nothing is given out of a meeting before its protocol is sealed."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.NOT_SEALED,
        icon="shield",
        title=_("The protocol is not sealed yet"),
        happened=_("Excerpts are made from a sealed protocol, so that all say the same."),
        safe=_("Nothing was given to anybody."),
        advice=_("Go back to the protocol and seal it first."),
    )


def not_for_them(_trouble: Trouble, language: Language) -> Problem:
    """Tell that nothing is given to whoever may not even know of the meeting."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.NOT_FOR_THEM,
        icon="ban",
        title=_("There is nothing to give to this recipient"),
        happened=_(
            "They may not know anything of this meeting: neither that it was held, nor when."
        ),
        safe=_("Nothing left the program, and no copy was counted."),
        advice=_("If they ask for papers, that is decided as any request for documents, not here."),
    )


def excerpt_changed(_trouble: Trouble, language: Language) -> Problem:
    """Tell that what may leave is no longer what was looked at."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.EXCERPT_CHANGED,
        icon="triangle-alert",
        title=_("Something just changed. Look once more."),
        happened=_("What the recipient may have is no longer what you looked at."),
        safe=_("Nothing left the program, and no copy was counted."),
        advice=_("The excerpt is made again. Look at it before you give it."),
    )


def draft_changed(_trouble: Trouble, language: Language) -> Problem:
    """Tell that a draft no longer reads as it did on the screen."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.DRAFT_CHANGED,
        icon="triangle-alert",
        title=_("Something just changed. Look once more."),
        happened=_("The protocol no longer reads as it did on your screen."),
        safe=_("Nothing was approved and nothing was sealed."),
        advice=_("Read the new text before you approve or seal it."),
    )
