from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from civic_sourcing.participants.eligibility.admin import screens, steps
from civic_sourcing.participants.eligibility.admin.base import NAMESPACE
from civic_sourcing.participants.eligibility.roles import DESK, REGISTRAR
from civic_sourcing.processes.roles import roles_anywhere


class EligibilityMenuItem(MenuItem):
    """Shown to whoever is registrar or at the desk anywhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(roles_anywhere(request.user) & {REGISTRAR, DESK})


class EligibilityViewSet(ViewSet):
    """The office's screens, below ``admin/eligibility/``."""

    name = NAMESPACE
    url_prefix = "eligibility"
    icon = "key"
    menu_label = _("Who can take part")
    menu_order = 310
    add_to_admin_menu = True
    menu_item_class = EligibilityMenuItem

    def get_urlpatterns(self) -> list[Any]:
        own = "<uuid:uuid>/"
        return [
            path("", screens.Index.as_view(), name="index"),
            path(own, screens.ProcessOverview.as_view(), name="process"),
            path(f"{own}conditions/", steps.Conditions.as_view(), name="conditions"),
            path(f"{own}codes/make/", steps.MakeCodes.as_view(), name="make_codes"),
            path(f"{own}codes/replace/", steps.ReplaceLostCode.as_view(), name="replace_code"),
            path(f"{own}codes/<uuid:batch>/", steps.Batch.as_view(), name="batch"),
            path(f"{own}registers/new/", steps.NewRegister.as_view(), name="new_register"),
            path(
                f"{own}registers/<uuid:register>/", steps.RegisterUpload.as_view(), name="register"
            ),
            path(f"{own}objections/<uuid:objection>/", steps.AnswerTo.as_view(), name="objection"),
        ]
