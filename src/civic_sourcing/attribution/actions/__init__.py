from .licences import OfferLicences, WordLicence
from .states import (
    HideContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)

__all__ = [
    "HideContribution",
    "OfferLicences",
    "ReleaseContribution",
    "RemoveContribution",
    "RestoreContribution",
    "WithdrawContribution",
    "WordLicence",
]
