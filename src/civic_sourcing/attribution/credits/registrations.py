"""What credits tell the rooms below: categories, guards, records about people, scans."""

from __future__ import annotations

from django.db.models import OuterRef

from civic_sourcing.attribution.credits.flow import CREDITS
from civic_sourcing.attribution.credits.news import register_categories
from civic_sourcing.attribution.credits.offer_records import OfferRecords
from civic_sourcing.attribution.credits.personal_records import CreditRecords
from civic_sourcing.attribution.entering.scans import register_scans
from civic_sourcing.attribution.family.locks import register_derivation_guards
from civic_sourcing.attribution.models import Credit
from civic_sourcing.attribution.traces import register_trace
from civic_sourcing.core.personal_records import register_personal_records


def register_credits() -> None:
    register_categories()
    register_derivation_guards()
    register_personal_records(CreditRecords())
    register_personal_records(OfferRecords())
    register_scans()
    register_trace(CREDITS, lambda: Credit.objects.filter(contribution=OuterRef("pk")))
