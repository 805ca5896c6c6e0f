from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
STAFF_PATHS = ("/admin/",)


class ContentSecurityPolicyMiddleware:
    """Allow public pages nothing but the town's own files; Wagtail's admin sets its own rules."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith(STAFF_PATHS):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
