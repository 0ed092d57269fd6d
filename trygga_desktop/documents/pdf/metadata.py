"""What a file says of itself to archives and screen readers: its XMP packet."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_ACCESSIBLE_SPACES = {
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
# PDF/A knows the schema of PDF/UA only where the file explains it.
_EXPLAINED = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Title, makers and moment of a file, and which standards it keeps."""

    title: str
    author: str
    creator: str
    producer: str
    language: str
    made_at: datetime
    part: int
    conformance: str
    is_accessible: bool


def packet(given: Metadata) -> bytes:
    """Return the packet. It says nothing that the file does not say elsewhere."""
    made = f"{given.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S+00:00}"
    spaces = _SPACES | (_ACCESSIBLE_SPACES if given.is_accessible else {})
    named = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    accessible = f"<pdfuaid:part>1</pdfuaid:part>\n{_EXPLAINED}" if given.is_accessible else ""
    text = f"""\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""{named}>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(given.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(given.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{escape(given.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{escape(given.creator)}</xmp:CreatorTool>
<pdf:Producer>{escape(given.producer)}</pdf:Producer>
<pdfaid:part>{given.part}</pdfaid:part>
<pdfaid:conformance>{given.conformance}</pdfaid:conformance>
{accessible}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
    return text.encode()
