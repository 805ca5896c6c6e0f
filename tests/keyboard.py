"""Go through a page in a browser as somebody without a mouse."""

from typing import Any

HAS_FOCUS = "selector => document.activeElement?.matches(selector) ?? false"


def press_until_focused(page: Any, selector: str, *, most: int = 150) -> None:
    """Go on with the tabulator until what ``selector`` names has the focus."""
    page.wait_for_load_state()
    for _ in range(most):
        if page.evaluate(HAS_FOCUS, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with the tabulator on {page.url}")
