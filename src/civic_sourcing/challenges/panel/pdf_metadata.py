"""
A PDF without what it says about whoever made it.

Everything is overwritten with blanks of the same length, because a PDF points at its parts by
their distance from the beginning. Gone are the document information (author, title, program), the
XMP metadata and all ways to either, also where an older version of the document is still in the
file. What is written on the pages stays. Information inside a compressed part that nothing leads to
any more stays in the file, but no program shows it.
"""

from __future__ import annotations

import re

_REFERENCE = re.compile(rb"/(?:Info|Metadata)\s+(\d+)\s+(\d+)\s+R\b")
_PACKET = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_ABOUT = rb"/(?:Author|Creator|Producer|Title|Subject|Keywords|Company|LastModifiedBy)\s*"
_LITERAL = re.compile(_ABOUT + rb"\((?:\\.|\([^()]*\)|[^()\\])*\)", re.DOTALL)
_HEXADECIMAL = re.compile(_ABOUT + rb"<[0-9A-Fa-f\s]*>")
_STREAM = re.compile(rb"(?<=stream)(\r?\n).*(?=endstream)", re.DOTALL)


def without_metadata(content: bytes) -> bytes:
    """Return a PDF of the same length that names no author."""
    for number, generation in set(_REFERENCE.findall(content)):
        body = rb"(?<!\d)%s\s+%s\s+obj\b.*?endobj" % (number, generation)
        content = re.sub(body, _emptied, content, flags=re.DOTALL)
    for pattern in (_REFERENCE, _PACKET, _LITERAL, _HEXADECIMAL):
        content = pattern.sub(lambda found: b" " * len(found[0]), content)
    return content


def _emptied(found: re.Match[bytes]) -> bytes:
    """The object with nothing in its stream; what its dictionary says is blanked by name."""
    return _STREAM.sub(lambda stream: b" " * len(stream[0]), found[0])
