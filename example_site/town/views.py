from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.static import serve

# What Wagtail makes to be looked at by anybody. Originals, documents and uploads are not among it:
# documents have Wagtail's view, which asks who may read them, and uploads have that of the package.
PUBLIC_MEDIA = ("images/", "avatar_images/")


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve public images, also without ``DEBUG``; a large town lets its web server do it."""
    if not path.startswith(PUBLIC_MEDIA) or ".." in path.split("/"):
        raise Http404
    response: HttpResponseBase = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
