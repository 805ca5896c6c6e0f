from .contributions import Channel, Contribution, ContributionQuerySet, State
from .licences import Licence, LicenceVersion, ProcessLicence
from .versions import ContributionVersion, LedgerChain

__all__ = [
    "Channel",
    "Contribution",
    "ContributionQuerySet",
    "ContributionVersion",
    "LedgerChain",
    "Licence",
    "LicenceVersion",
    "ProcessLicence",
    "State",
]
