from importlib.util import find_spec

from django.apps import apps
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from town.sitemaps import TownSitemap
from town.views import media, robots

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": TownSitemap}}),
    path("robots.txt", robots),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:path>", media),
]

if find_spec("civic_sourcing.urls"):
    urlpatterns += i18n_patterns(path("civic/", include("civic_sourcing.urls")))

if apps.is_installed("civic_sourcing.budgets"):
    urlpatterns += i18n_patterns(path("", include("civic_sourcing.budgets.exports.urls")))

urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.account.urls")),
    path("", include(wagtail_urls)),
)
