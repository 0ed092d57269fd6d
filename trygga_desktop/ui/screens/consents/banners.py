"""What stands above the matrix: what stops all sharing, and what was just recorded."""

from collections.abc import Callable

from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consents.view_model import ConsentsState, ConsentsViewModel, News
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

MOST = 2
_OF_WITHDRAWALS = frozenset({News.WITHDRAWN, News.WITHDRAWN_PART})


def banners_for(
    model: ConsentsViewModel, look: Look, names: ConsentNames, reasons: ReasonWords
) -> list[TintedBox]:
    """Return what is to be told now, the most important first; more than two are not read."""
    view = model.view
    if view is None:
        return []
    found: list[TintedBox] = []
    if model.trouble is not None and model.state is not ConsentsState.FAILED:
        found.append(trouble_banner(look, model.trouble))
    if model.news is not None:
        found.append(_news(model, look, model.news))
    if view.chain is not ChainStanding.HOLDS:
        found.append(_chain(look, reasons))
    elif model.is_unconfirmed:
        found.append(_unconfirmed(model, look, reasons))
    found += _nobody(view, look, reasons)
    if model.is_taken_back and model.news not in _OF_WITHDRAWALS:
        found.append(_taken_back(model, look))
    found += _opinion(model, look, names, reasons)
    return found[:MOST]


def _news(model: ConsentsViewModel, look: Look, news: News) -> TintedBox:
    _ = look.language.gettext
    texts: dict[News, Callable[[], tuple[str, str]]] = {
        News.WITHDRAWN: lambda: (
            _("Sharing is stopped"),
            _("What was shared before stays with those who got it."),
        ),
        News.WITHDRAWN_PART: lambda: (
            _("It is taken back"),
            _("What still holds stands below. What was shared before stays with those who got it."),
        ),
        News.OPINION: lambda: (_("The opinion is recorded"), _("It counts from now on.")),
        News.LIFTED: lambda: (
            _("That holds no more"),
            _("What was recorded before still stands in the list below."),
        ),
        News.REQUESTED: lambda: (
            _("It is noted who was asked"),
            _("Beside the matrix stands who has signed, and who is waited for."),
        ),
        News.EXCEPTED: lambda: (
            _("The exception is recorded"),
            _(
                "Until it ends, the others can consent without this guardian, unless the guardian "
                "answers."
            ),
        ),
        News.EXCEPTION_WAITS: lambda: (
            _("The exception is recorded"),
            _("It does not count until a second person has approved it."),
        ),
        News.EXCEPTION_APART: lambda: (
            _("The exception is recorded"),
            _("It opens no sharing: the guardian must still sign for that."),
        ),
        News.KEPT_BACK: lambda: (
            _("It is kept back from now on"),
            _("What was shared before stays with those who got it."),
        ),
        News.CONCERNED: lambda: (
            _("It is recorded who is concerned"),
            _("A consent that covers all of them counts."),
        ),
        News.CONFIRMED: lambda: (_("The consents are confirmed"), _("They count again.")),
    }
    title, text = texts[news]()
    means = news in _OF_WITHDRAWALS and model.is_taken_back
    buttons = (_what_it_means(model, look),) if means else ()
    return banner(look, text, tone=Tone.OK, title=title, icon="shield-check", buttons=buttons)


def _taken_back(model: ConsentsViewModel, look: Look) -> TintedBox:
    _ = look.language.gettext
    return banner(
        look,
        _("See what has stopped and who has received what, and print the letters."),
        tone=Tone.INFO,
        title=_("Something is taken back"),
        icon="undo-2",
        buttons=(_what_it_means(model, look),),
    )


def _what_it_means(model: ConsentsViewModel, look: Look) -> Button:
    button = Button(look, look.language.gettext("What this means"), icon="arrow-right")
    button.setObjectName("what it means")
    button.setToolTip("Ctrl+Shift+W")
    button.clicked.connect(model.want_withdrawal)
    return button


def _chain(look: Look, reasons: ReasonWords) -> TintedBox:
    _ = look.language.gettext
    lines = [reasons.statement(Reason.CHAIN_BROKEN), *reasons.changes([Reason.CHAIN_BROKEN])]
    return banner(
        look,
        " ".join(lines),
        tone=Tone.WARN,
        title=_("Nothing is shared, and nothing can be recorded"),
        icon="unlink",
    )


def _unconfirmed(model: ConsentsViewModel, look: Look, reasons: ReasonWords) -> TintedBox:
    _ = look.language.gettext
    confirm = Button(look, _("They agree with the papers"), icon="check")
    confirm.setObjectName("confirm")
    confirm.setEnabled(model.may_record)
    confirm.clicked.connect(model.confirm)
    changes = reasons.changes([Reason.RESTORED_UNCONFIRMED])
    lines = [reasons.statement(Reason.RESTORED_UNCONFIRMED), *changes]
    return banner(
        look,
        " ".join(lines),
        tone=Tone.WARN,
        title=_("Nothing is shared until the consents are confirmed"),
        icon="history",
        buttons=(confirm,),
    )


def _nobody(view: ConsentView, look: Look, reasons: ReasonWords) -> list[TintedBox]:
    _ = look.language.gettext
    if view.signers:
        return []
    is_age = any(Reason.UNKNOWN_AGE in one.reasons for one in view.cells)
    if view.programme is None:
        text = _("The case has no programme. The programme decides who must consent.")
    elif is_age:
        changes = reasons.changes([Reason.UNKNOWN_AGE])
        text = " ".join([reasons.statement(Reason.UNKNOWN_AGE), *changes])
    else:
        text = _("There is no guardian in the case. Add the guardians under People.")
    return [banner(look, text, tone=Tone.WARN, title=_("Nobody can consent"), icon="user-round-x")]


def _opinion(
    model: ConsentsViewModel, look: Look, names: ConsentNames, reasons: ReasonWords
) -> list[TintedBox]:
    _ = look.language.gettext
    missing, unweighed = model.waiting_opinions
    if not missing and not unweighed:
        return []
    reason = Reason.OPINION_MISSING if missing else Reason.OPINION_UNWEIGHED
    person = names.list_words(names.people(missing or unweighed))
    record = Button(look, _("Record the opinion"), icon="message-circle")
    record.setObjectName("opinion")
    record.setEnabled(model.may_record)
    record.clicked.connect(model.begin_opinion)
    title = _("The opinion of {name} is missing") if missing else _("Nobody has weighed the no")
    return [
        banner(
            look,
            reasons.statement(reason, {"person": person}),
            tone=Tone.WARN,
            title=title.format(name=person),
            icon="message-circle",
            buttons=(record,),
        )
    ]
