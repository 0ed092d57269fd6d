"""Which blocks the pages of a content are made of: a protocol's, or an excerpt's in plain words."""

from trygga_desktop.documents import plain, protocol
from trygga_desktop.documents.blocks import Block
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.i18n import Language


def compose(content: ProtocolContent, language: Language) -> tuple[Block, ...]:
    """Return the content as blocks, its own words in the language that is asked for."""
    excerpt = content.excerpt
    if excerpt is not None and excerpt.is_plain:
        return plain.compose(content, excerpt, language)
    return protocol.compose(content, language)
