"""
Visitors as a web server sees them: cookies, forms, addresses. Many fit in one process.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

Fields = list[tuple[str, str]]


class NoAnswer(Exception):
    """The server ended the connection, or never took it."""


TOKEN = "c" * 32
"""The token against forged requests, as cookie and as field: any will do that is the same."""


@dataclass(frozen=True)
class Answer:
    """What came back. ``headers`` have lower-case names."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def location(self) -> str:
        """Where to go next, as a path."""
        parts = urlsplit(self.headers.get("location", ""))
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass
class Form:
    """A form as it stands in a page: where it goes, and what is filled in already."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)

    def filled(self, *more: tuple[str, str]) -> Fields:
        return [*self.fields, *more]

    def holds(self, name: str) -> bool:
        """Whether there is a field of that name, filled in already."""
        return any(each == name for each, _value in self.fields)


@dataclass
class Visitor:
    """One browser with its cookies, on a server that listens at ``address``."""

    address: tuple[str, int]
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    timeout: float = 60

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form. The token against forged requests is among the fields, as in a browser."""
        return self.ask("POST", path, urlencode(fields).encode())

    def ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Ask once. Raises ``NoAnswer`` where nothing whole comes back."""
        headers = {**self.headers, "Host": "localhost"}
        if cookies := dict(self.cookies):
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(*self.address, timeout=self.timeout)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            self._keep(line)
        named = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, content, named)

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.coded_value


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.inside = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self.inside = True
            self.forms.append(Form(given.get("action") or "", (given.get("method") or "").lower()))
        elif tag == "input" and self.inside and given.get("name") and _counts(given):
            self.forms[-1].fields.append((str(given["name"]), given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def _counts(field: dict[str, str | None]) -> bool:
    """Whether a browser would send this field without anybody touching it."""
    kind = field.get("type", "text")
    return kind == "hidden" or (kind in {"checkbox", "radio"} and "checked" in field)


def forms_in(html: str) -> list[Form]:
    """Return the forms of a page with their hidden and their ticked fields."""
    parser = _Forms()
    parser.feed(html)
    return parser.forms


def signed_in(user: Any, address: tuple[str, int], **options: Any) -> Visitor:
    """Return a visitor who is signed in as ``user``, by a session in the database."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookies = {name: morsel.coded_value for name, morsel in client.cookies.items()}
    return Visitor(address, {**cookies, "csrftoken": TOKEN}, **options)
