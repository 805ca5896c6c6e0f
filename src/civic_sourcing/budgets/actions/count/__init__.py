from .confirm import ConfirmCount, ProposeConfirmation
from .count_ballots import CountBallots
from .publish import PublishCount
from .start import StartCount

__all__ = ["ConfirmCount", "CountBallots", "ProposeConfirmation", "PublishCount", "StartCount"]
