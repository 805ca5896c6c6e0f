"""
What is handed in, as one document: the same words for judges, the ledger and the receipt.

A document is a JSON object with ``title``, ``brief``, ``description``, ``url``, ``replies`` (a list
of ``question``, ``label``, ``text``, ``value``), ``files`` (a list of ``uuid``, ``name``,
``digest``) and ``shown`` (whether everybody may read it after the decision even if it is not
chosen). Its digest is that of its canonical form: keys in order, no blanks, UTF-8. No Django.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

Document = Mapping[str, Any]

WORDS = ("title", "brief", "description", "url")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that is taken for another one."""

RECEIPT_GROUPS, GROUP = 4, 4


def document(
    words: Mapping[str, str],
    replies: Iterable[Mapping[str, str]] = (),
    files: Iterable[Mapping[str, str]] = (),
    *,
    shown: bool = False,
) -> dict[str, Any]:
    """Return the document of ``words``, which may lack any but the title."""
    return {
        **{name: words.get(name, "") for name in WORDS},
        "replies": [dict(reply) for reply in replies],
        "files": [dict(file) for file in files],
        "shown": shown,
    }


def fresh_salt() -> str:
    """Return 128 random bits, without which short texts could be guessed from their digest."""
    return secrets.token_hex(16)


def digest_of(handed_in: Document, *, salt: str) -> str:
    """Return the SHA-256 of the document under its salt, in 64 hexadecimal digits."""
    text = json.dumps(handed_in, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def receipt_of(digest: str) -> str:
    """
    Return the number on the receipt: the first 80 bits of the digest, in groups of four.

    So whoever keeps it can show later that what is judged is what was handed in.
    """
    number = int(digest[:20], 16)
    letters = ""
    for _place in range(RECEIPT_GROUPS * GROUP):
        number, place = divmod(number, len(ALPHABET))
        letters = ALPHABET[place] + letters
    groups = (letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
    return "-".join(groups)


def title_and_text(handed_in: Document) -> tuple[str, str]:
    """Return what the ledger publishes: the title, and everything else as one plain text."""
    parts = [handed_in.get("brief", ""), handed_in.get("description", "")]
    parts += [f"{reply['label']}\n{reply['text']}" for reply in handed_in.get("replies", ())]
    parts.append(handed_in.get("url", ""))
    text = "\n\n".join(part for part in parts if part)
    return str(handed_in.get("title", "")), text


def masked(handed_in: Document, title: str, text: str) -> dict[str, Any]:
    """Return the document with ``title`` and ``text`` in place of all its words and files."""
    words = {"title": title, "description": text}
    return document(words, shown=bool(handed_in.get("shown")))
