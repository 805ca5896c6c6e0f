"""The terms people may choose for what they hand in."""

from civic_sourcing.attribution.actions import OfferLicences
from civic_sourcing.attribution.models import Licence
from civic_sourcing.processes.models import Process

LICENCES = ["city-purpose", "cc-by-4.0"]


def offer(process: Process) -> None:
    licences = {licence.key: licence for licence in Licence.objects.filter(key__in=LICENCES)}
    OfferLicences(process, by=None, licences=[licences[key] for key in LICENCES]).execute()
