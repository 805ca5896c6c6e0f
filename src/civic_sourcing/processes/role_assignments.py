from __future__ import annotations

import swapper
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleAssignment(models.Model):
    """``group`` has ``role`` on ``page``, on everything below it, and on their translations."""

    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="civic_roles", verbose_name=_("group")
    )
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="civic_roles",
        verbose_name=_("page"),
    )
    role = models.CharField(_("role"), max_length=32)

    class Meta:
        verbose_name = _("role on a page")
        verbose_name_plural = _("roles on pages")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "page", "role"],
                name="civic_role_once_per_group_and_page",
                violation_error_message=_("This group already has this role on this page."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.role} · {self.page}"
