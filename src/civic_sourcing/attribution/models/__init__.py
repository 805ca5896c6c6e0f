from .claim_codes import ClaimCode, Provenance, Scan
from .claims import (
    Claim,
    ClaimDecision,
    ClaimFile,
    ClaimOutcome,
    ClaimQuerySet,
    ClaimState,
    ClaimStatement,
    Side,
)
from .contributions import Channel, Contribution, ContributionQuerySet, State
from .credits import Credit, CreditState, Role
from .derivations import Derivation, DerivationKind
from .licences import Licence, LicenceVersion, ProcessLicence
from .offers import ImprovementOffer, OfferState
from .similar import IndexedTitle, KeyCount, StatedDifference, TitleKey
from .versions import ContributionVersion, LedgerChain

__all__ = [
    "Channel",
    "Claim",
    "ClaimCode",
    "ClaimDecision",
    "ClaimFile",
    "ClaimOutcome",
    "ClaimQuerySet",
    "ClaimState",
    "ClaimStatement",
    "Contribution",
    "ContributionQuerySet",
    "ContributionVersion",
    "Credit",
    "CreditState",
    "Derivation",
    "DerivationKind",
    "ImprovementOffer",
    "IndexedTitle",
    "KeyCount",
    "LedgerChain",
    "Licence",
    "LicenceVersion",
    "OfferState",
    "ProcessLicence",
    "Provenance",
    "Role",
    "Scan",
    "Side",
    "State",
    "StatedDifference",
    "TitleKey",
]
