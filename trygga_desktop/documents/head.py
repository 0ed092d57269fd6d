"""The head of the first page, the same in every document: whose it is, with their arms."""

from trygga_desktop.documents.blocks import Title
from trygga_desktop.documents.heraldry import read_arms


def head(  # noqa: PLR0913  what stands in it
    *,
    municipality: str,
    arms: str,
    text: str,
    organisation: str = "",
    kind: str = "",
    subtitle: str = "",
) -> Title:
    """Return the head. `arms` is a PNG in the form of `domain.picture` in base 64, or empty.

    The municipality's name stands beside them where the organisation is called otherwise.
    """
    owner = (municipality, organisation)
    return Title(
        organisation=" · ".join(one for one in owner if one.strip()),
        kind=kind,
        text=text,
        subtitle=subtitle,
        arms=read_arms(arms),
    )
