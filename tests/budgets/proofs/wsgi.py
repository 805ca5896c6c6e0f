"""The town as proofs have it served: each answer says which worker gives it, and takes a while."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

town = get_wsgi_application()

from tests.budgets.proofs import guards  # noqa: E402 -- models are there only now

guards.prepare()


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    names = frozenset(environ.get("HTTP_X_WITHOUT", "").split())

    def start_named(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start(status, [*headers, ("X-Worker", str(os.getpid()))], *rest)

    with guards.taken_out(names):
        answer = town(environ, start_named)
    if environ["REQUEST_METHOD"] == "POST":
        guards.pause()
    return answer
