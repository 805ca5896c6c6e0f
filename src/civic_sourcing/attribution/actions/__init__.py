from .states import (
    HideContribution,
    ReleaseContribution,
    RemoveContribution,
    RestoreContribution,
    WithdrawContribution,
)

__all__ = [
    "HideContribution",
    "ReleaseContribution",
    "RemoveContribution",
    "RestoreContribution",
    "WithdrawContribution",
]
