from .cast import CastBallot, NotRecorded, Receipt, Voter
from .close import CloseVote, ReleaseBulletin
from .ending import DestroyKey, EraseRehearsal
from .lengthen import LengthenVote, ProposeLengthening
from .opening import OpenVote, PrepareVote
from .set_aside import ProposeSettingAside, SetBallotAside

__all__ = [
    "CastBallot",
    "CloseVote",
    "DestroyKey",
    "EraseRehearsal",
    "LengthenVote",
    "NotRecorded",
    "OpenVote",
    "PrepareVote",
    "ProposeLengthening",
    "ProposeSettingAside",
    "Receipt",
    "ReleaseBulletin",
    "SetBallotAside",
    "Voter",
]
