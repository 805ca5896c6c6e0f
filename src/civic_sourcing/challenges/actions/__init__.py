from civic_sourcing.challenges.actions.freeze import FreezeChallenge
from civic_sourcing.challenges.actions.lengthen import LengthenRound
from civic_sourcing.challenges.actions.phases import follow_rounds
from civic_sourcing.challenges.actions.raise_prize import RaisePrize

__all__ = ["FreezeChallenge", "LengthenRound", "RaisePrize", "follow_rounds"]
