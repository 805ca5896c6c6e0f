"""What this package tells the rooms below when Django is ready."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from civic_sourcing.core.personal_records import register_personal_records
from civic_sourcing.notifications.categories import Category, register_category
from civic_sourcing.participants.codes.guards import register_guards
from civic_sourcing.participants.eligibility import kinds
from civic_sourcing.participants.eligibility.actions import CATEGORY
from civic_sourcing.participants.eligibility.personal_records import EligibilityRecords
from civic_sourcing.participants.eligibility.roles import register_roles
from civic_sourcing.participants.models import EligibilityRule, ProcessOffice
from civic_sourcing.processes.copying import copy_row, copy_rows, register_rules_copier


def register() -> None:
    """Offer verifiers, roles, notifications and guards."""
    kinds.register()
    register_roles()
    register_guards()
    register_rules_copier(copy_rows(EligibilityRule))
    register_rules_copier(copy_row(ProcessOffice))
    register_personal_records(EligibilityRecords())
    register_category(
        Category(CATEGORY, _("Answers to objections"), default_mail="now", can_turn_off=False)
    )
