"""A real headless Chromium, driven through Playwright against a live server."""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client

from tests import scenes

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
VIOLATIONS = """
async ([context, options]) => (await ownAxe.run(context ?? document, options)).violations
"""
"""
Of all that axe finds; what is right is far more, and would have to come here, too. Wagtail's admin
brings an axe of its own, with other rules.
"""
PATIENCE = 30_000
"""Milliseconds; a machine that does much else at once takes its time."""
RESULTS = Path(__file__).resolve().parent.parent / "test-results"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium from ``CHROMIUM`` or the path."""
    names = (os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium")
    path = next(filter(None, (shutil.which(name) for name in names if name)), "/usr/bin/chromium")
    if not os.access(path, os.X_OK) or not find_spec("playwright"):
        pytest.skip(f"no Chromium at {path}: CHROMIUM= names one")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    # Playwright keeps an event loop in this thread, where Django would refuse to query, and queries
    # over another connection: scenes that stand on one cannot be taken down on the other.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    scenes.stage.strike()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield chromium
        scenes.stage.strike()
        chromium.close()


class Windows:
    """Windows of one test, each with cookies of its own. Called to open one."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser = browser
        self.url = url
        self.pages: list[Any] = []
        self.errors: list[str] = []

    def __call__(
        self,
        *,
        width: int = 1280,
        height: int = 900,
        user: Any = None,
        javascript: bool = True,
        **options: Any,
    ) -> Any:
        context = self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            **{"locale": "en-GB", "timezone_id": "Asia/Seoul", **options},
        )
        if user is not None:
            context.add_cookies([session_cookie(user, self.url)])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self.watch)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.pages.append(page)
        return page

    def watch(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    def photograph(self, name: str) -> None:
        RESULTS.mkdir(exist_ok=True)
        for number, page in enumerate(self.pages):
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)

    def close(self) -> None:
        for page in self.pages:
            page.context.close()


@pytest.fixture
def new_page(
    browser: Any, live_server: Any, request: Any, settings: Any
) -> Iterator[Callable[..., Any]]:
    """
    ``new_page(width=360, user=citizen, javascript=False)`` opens a window of its own.

    Addresses may be relative. Wagtail saves nothing by itself here: that may fall between two steps
    of a test. An error in a script or a breach of the content security policy fails the test at its
    end (``new_page.errors`` is the list); a failing test leaves screenshots in ``test-results/``.
    """
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    windows = Windows(browser, live_server.url)
    failed_before = request.session.testsfailed
    yield windows
    if request.session.testsfailed > failed_before:
        windows.photograph(request.node.name)
    windows.close()
    assert not windows.errors, f"the browser's console says {windows.errors}"


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """One wide window of somebody who is not signed in."""
    return new_page()


@pytest.fixture
def phone(new_page: Callable[..., Any]) -> Any:
    """One window 360 pixels wide of somebody who is not signed in."""
    return new_page(width=360, height=740)


def session_cookie(user: Any, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = site_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """``assert_accessible(page)`` fails with every breach of WCAG 2.2 AA that axe finds on it."""
    from axe_playwright_python.base import AXE_SCRIPT

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}

    def check(page: Any, *, context: str | None = None) -> None:
        page.wait_for_load_state()
        if not page.evaluate("'ownAxe' in window"):
            page.evaluate(AXE_SCRIPT)
            page.evaluate("window.ownAxe = window.axe")
        breaches = [
            f"{each['id']} ({each['impact']}): {each['help']}\n    "
            + "\n    ".join(node["html"] for node in each["nodes"])
            for each in page.evaluate(VIOLATIONS, [context, options])
        ]
        assert not breaches, f"{page.url}:\n" + "\n".join(breaches)

    return check


@pytest.fixture
def assert_no_sideways_scroll() -> Callable[[Any], None]:
    """``assert_no_sideways_scroll(page)`` fails if the page is wider than its window."""

    def check(page: Any) -> None:
        page.wait_for_load_state()
        wide = page.evaluate("document.documentElement.scrollWidth")
        window = page.evaluate("document.documentElement.clientWidth")
        assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"

    return check
