"""The script that keeps the catalogs: what it names at `--check`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from messages import contradictions

CATALOG = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

{context}
msgid "text"
msgstr "{translation}"
"""


@pytest.fixture
def room(tmp_path):
    """A folder with a catalog of one string."""

    def make(name, translation, context=""):
        path = tmp_path / name / "locale" / "ko" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        line = f'msgctxt "{context}"' if context else ""
        path.write_text(CATALOG.format(context=line, translation=translation))
        return tmp_path / name

    return make


@pytest.mark.parametrize(
    ("second", "count"),
    [
        pytest.param(("문서",), 1, id="another translation"),
        pytest.param(("문서", "legal text"), 0, id="another meaning"),
        pytest.param(("본문",), 0, id="the same"),
        pytest.param(("",), 0, id="not yet translated"),
    ],
)
def test_a_string_that_rooms_translate_differently_is_named(room, second, count):
    folders = {"first": room("first", "본문"), "second": room("second", *second)}

    assert len(list(contradictions(folders, "ko"))) == count
