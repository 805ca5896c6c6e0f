from __future__ import annotations

from django.urls import include, path
from wagtail import hooks

from civic_sourcing.attribution.claims.admin import ClaimViewSet
from civic_sourcing.attribution.contributions.admin import ContributionViewSet
from civic_sourcing.attribution.entering.hooks import ADDRESSES as DESK
from civic_sourcing.attribution.licence_admin import LicenceViewSet, ProcessLicencesView


@hooks.register("register_admin_viewset")
def offer_licences() -> LicenceViewSet:
    return LicenceViewSet()


@hooks.register("register_admin_viewset")
def offer_claims() -> ClaimViewSet:
    return ClaimViewSet()


@hooks.register("register_admin_viewset")
def offer_contributions() -> ContributionViewSet:
    return ContributionViewSet()


@hooks.register("register_admin_urls")
def add_admin_addresses() -> list[object]:
    addresses = [
        path(
            "processes/<uuid:uuid>/licences/",
            ProcessLicencesView.as_view(),
            name="process_licences",
        ),
        *DESK,
    ]
    return [path("civic/", include((addresses, "civic_attribution_admin")))]
