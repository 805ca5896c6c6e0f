from collections.abc import Callable

from django.conf import settings
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
    """
    Allow public pages nothing but the town's own files.

    Not so Wagtail's admin and Django's explanations of errors, which bring inline styles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        explained = settings.DEBUG and response.status_code in {404, 500}
        if not request.path.startswith(STAFF_PATHS) and not explained:
            response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
