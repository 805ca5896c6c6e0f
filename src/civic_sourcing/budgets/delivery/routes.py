"""The address below a vote's page that tells how what it funded is carried out."""

from __future__ import annotations

from civic_sourcing.budgets.booth.routes import route

PACKAGE = "civic_sourcing.budgets.delivery"


class DeliveryRoutes:
    """What a vote serves of its delivery: nothing before anything is promised."""

    show_delivery = route("delivery/", "delivery", module="views", package=PACKAGE)
