"""Addresses of the ledger, included below ``civic/``."""

from civic_sourcing.attribution.claims import urls as claims
from civic_sourcing.attribution.credits import urls as credits

app_name = "civic_attribution"

urlpatterns = [
    *credits.urlpatterns,
    *claims.urlpatterns,
]
