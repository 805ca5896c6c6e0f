import re

from civic_sourcing.core.text import TextRefused, single_line

from .kinds import Kind

NAME_LENGTH_CAP = 100
_PATH = re.compile(r".*[/\\]", re.DOTALL)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_UNSAFE = re.compile(r'[<>:"|?*%;\x00-\x1f\x7f]')


def display_name(name: str, kind: Kind) -> str:
    """
    Return ``name`` as it may be shown and offered for download, never used as a path.

    Without folders, hidden characters and what file systems or headers trip over, at most
    ``NAME_LENGTH_CAP`` code points, and with the extension of what the file really is.
    """
    stem = _EXTENSION.sub("", _PATH.sub("", name[:1000]))
    try:
        stem = single_line(stem, max_length=1000)
    except TextRefused:
        stem = ""
    stem = _UNSAFE.sub("_", stem)[: NAME_LENGTH_CAP - len(kind.extension)].strip(" .")
    return f"{stem or 'file'}{kind.extension}"
