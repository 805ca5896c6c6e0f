from .licences import OfferLicences, WordLicence
from .states import (
    HideContribution,
    ReinstateContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)

__all__ = [
    "HideContribution",
    "OfferLicences",
    "ReinstateContribution",
    "ReleaseContribution",
    "RemoveContribution",
    "RestoreContribution",
    "WithdrawContribution",
    "WordLicence",
]
