#!/usr/bin/env python
"""
Collect the strings people see and keep the Korean catalogs complete. Needs no GNU gettext.

    python scripts/messages.py                  update and compile every catalog
    python scripts/messages.py ideas town       only these rooms
    python scripts/messages.py --check          change nothing, name what is missing

A room is a folder of ``src/civic_sourcing`` or the example's ``town``. Translations of strings that
are gone are dropped; new strings come in empty, for a person to fill. At run time all catalogs are
one, so a string that two rooms translate differently is named: give it one translation, or a
context (``pgettext``) where it means two things.
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "civic_sourcing"
TOWN = ROOT / "example_site" / "town"
LANGUAGES = ("ko",)

# function: (position of the context, of the singular, of the plural); None where there is none
SHAPES = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS = {
    "_": "gettext",
    "gettext_noop": "gettext",
    **{name: name for name in SHAPES},
    **{f"{name}_lazy": name for name in SHAPES},
}

LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(
    rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", flags=re.DOTALL
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|(?<!\{)\{\w*\}(?!\})")
TAG = re.compile(r"</?[a-z][a-z0-9]*")


class FixedCatalog(Catalog):
    """A catalog whose header never changes by itself, so that files differ only in their texts."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


@dataclass(order=True)
class Found:
    """One string at one place; ``context`` and ``plural`` are empty where there is none."""

    singular: str
    plural: str
    context: str
    place: str
    comments: list[str] = field(default_factory=list, compare=False)


class Extraction:
    """The strings of one room, and complaints about calls that cannot be translated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Found] = []
        self.complaints: list[str] = []
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if "migrations" in parts or "locale" in parts or "static" in parts:
                continue
            if path.suffix == ".py":
                self.read_python(path)
            elif path.suffix in {".html", ".txt"} and "templates" in parts:
                self.read_template(path)

    def place(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def add(self, function: str, arguments: list[str | None], path: Path, comments=()) -> bool:
        at_context, at_singular, at_plural = SHAPES[function]
        wanted = [at for at in (at_context, at_singular, at_plural) if at is not None]
        if any(at >= len(arguments) or arguments[at] is None for at in wanted):
            return False
        self.found.append(
            Found(
                singular=arguments[at_singular] or "",
                plural="" if at_plural is None else arguments[at_plural] or "",
                context="" if at_context is None else arguments[at_context] or "",
                place=self.place(path),
                comments=list(comments),
            )
        )
        return True

    def read_python(self, path: Path) -> None:
        source = path.read_text(encoding="utf-8")
        lines = source.splitlines()
        tree = ast.parse(source, filename=str(path))
        names = FUNCTIONS | dict(renamed_functions(tree))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called_name(node) not in names:
                continue
            if isinstance(node.func, ast.Attribute) and not is_translation_module(node.func):
                continue
            arguments = [constant(argument) for argument in node.args]
            comments = comments_above(lines, node.lineno)
            if not self.add(names[called_name(node)], arguments, path, comments) and any(
                isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args
            ):
                self.complaints.append(
                    f"{self.place(path)}:{node.lineno}: translate the sentence, then fill it in"
                )

    def read_template(self, path: Path) -> None:
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for match in TEMPLATE_CALL.finditer(text):
            arguments = [ast.literal_eval(each) for each in re.findall(LITERAL, match[2], re.S)]
            self.add(FUNCTIONS[match[1]], arguments, path)


def called_name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def is_translation_module(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "translation"


def renamed_functions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """``from django.utils.translation import ngettext_lazy as many`` gives ``many: ngettext``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            for alias in node.names:
                if alias.name in FUNCTIONS:
                    yield alias.asname or alias.name, FUNCTIONS[alias.name]


def constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def comments_above(lines: list[str], lineno: int) -> list[str]:
    """The ``# Translators:`` comment that ends on the line before ``lineno``."""
    comment: list[str] = []
    for line in reversed(lines[: lineno - 1]):
        if not line.strip().startswith("#"):
            break
        comment.insert(0, line.strip().lstrip("# "))
    return comment if comment and comment[0].startswith("Translators") else []


def new_catalog(language: str, extraction: Extraction, old: Catalog) -> Catalog:
    catalog = FixedCatalog(locale=language, fuzzy=False, header_comment="")
    for found in sorted(extraction.found):
        catalog.add(
            (found.singular, found.plural) if found.plural else found.singular,
            context=found.context or None,
            locations=[(found.place, 0)],
            auto_comments=found.comments,
        )
    for message in catalog:
        message.string = message.string or (("",) if message.pluralizable else "")
        before = old.get(message.id, message.context) if message.id else None
        if before is not None and message.pluralizable == before.pluralizable:
            message.string = before.string
            message.user_comments = before.user_comments
            if before.fuzzy:
                message.flags.add("fuzzy")
        message.locations = sorted(set(message.locations))
        message.auto_comments = list(dict.fromkeys(message.auto_comments))
    return catalog


def strings_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def problems(message: Message) -> Iterator[str]:
    """What is wrong with the translation of ``message``, in words."""
    strings = strings_of(message)
    source = message.id[-1] if isinstance(message.id, tuple | list) else message.id
    if message.fuzzy:
        yield "fuzzy"
    if not strings or not all(strings):
        yield "missing"
        return
    for string in strings:
        if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(string))):
            yield "placeholders differ"
        if sorted(TAG.findall(source)) != sorted(TAG.findall(string)):
            yield "markup differs"
        if source.startswith("\n") != string.startswith("\n") or (
            source.endswith("\n") != string.endswith("\n")
        ):
            yield "line breaks at the ends differ"


def as_po(catalog: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
    return buffer.getvalue().lstrip(b"#\n").rstrip() + b"\n"


def as_mo(catalog: Catalog) -> bytes:
    """Compile what is translated; the rest stays English."""
    complete = FixedCatalog(locale=catalog.locale, fuzzy=False)
    for message in catalog:
        if message.id and not message.fuzzy and all(strings_of(message)):
            complete.add(message.id, message.string, context=message.context)
    buffer = io.BytesIO()
    write_mo(buffer, complete)
    return buffer.getvalue()


def rooms() -> dict[str, Path]:
    found = {path.parent.name: path.parent for path in sorted(PACKAGE.glob("*/__init__.py"))}
    return found | ({"town": TOWN} if TOWN.is_dir() else {})


def check_or_update(name: str, folder: Path, language: str, *, check: bool) -> list[str]:
    """Bring the catalog of one room up to date, or with ``check`` only say what is not."""
    extraction = Extraction(folder)
    path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
    old_bytes = path.read_bytes() if path.exists() else b""
    if not extraction.found and not old_bytes:
        return [f"{name}: {complaint}" for complaint in extraction.complaints]
    old = read_po(io.BytesIO(old_bytes), locale=language)
    catalog = new_catalog(language, extraction, old)
    complaints = [f"{name}: {complaint}" for complaint in extraction.complaints]
    for message in catalog:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            complaints += [f"{name}: {language}: {why}: {source!r}" for why in problems(message)]
    files = {path: as_po(catalog), path.with_suffix(".mo"): as_mo(catalog)}
    for file, content in files.items():
        if (file.read_bytes() if file.exists() else b"") == content:
            continue
        if check:
            complaints.append(f"{name}: {file.relative_to(ROOT)} is out of date")
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    return complaints


def contradictions(folders: dict[str, Path], language: str) -> Iterator[str]:
    """Strings that rooms translate differently without a context: one of them would win."""
    said: dict[tuple, dict[tuple, str]] = {}
    for name, folder in folders.items():
        path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        for message in read_po(io.BytesIO(path.read_bytes() if path.exists() else b"")):
            if message.id and all(strings_of(message)):
                source = message.id if isinstance(message.id, str) else message.id[0]
                strings = tuple(strings_of(message))[:1]
                said.setdefault((message.context, source), {}).setdefault(strings, name)
    for (_context, source), ways in said.items():
        if len(ways) > 1:
            differently = ", ".join(f"{room} {words[0]!r}" for words, room in ways.items())
            yield f"{language}: rooms differ on {source!r}: {differently}"


def main(arguments: list[str] | None = None) -> int:
    known = rooms()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rooms", nargs="*", metavar="room", help=", ".join(known))
    parser.add_argument("--check", action="store_true", help="change nothing; fail if incomplete")
    options = parser.parse_args(arguments)
    for name in options.rooms:
        if name not in known:
            parser.error(f"no room {name!r}; there are {', '.join(known)}")
    complaints = []
    for name in options.rooms or known:
        for language in LANGUAGES:
            complaints += check_or_update(name, known[name], language, check=options.check)
    for language in LANGUAGES:
        complaints += contradictions(known, language)
    print("\n".join(complaints) or "Every string is translated.")
    if complaints and options.check:
        print(f"{len(complaints)} to mend: run `python scripts/messages.py`, then fill in the .po.")
    return 1 if complaints and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
