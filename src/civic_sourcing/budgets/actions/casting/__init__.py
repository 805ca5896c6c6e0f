from .cast import BallotRefused, CastBallot, NotRecorded, Receipt, Voter
from .close import CloseVote, ReleaseBulletin
from .desk import OpenDeskSession, Ticket
from .ending import DestroyKey, EraseRehearsal
from .lengthen import LengthenVote, ProposeLengthening
from .opening import NotReady, OpenVote, PrepareVote
from .set_aside import ProposeSettingAside, SetBallotAside
from .turnout import PublishTurnout

__all__ = [
    "BallotRefused",
    "CastBallot",
    "CloseVote",
    "DestroyKey",
    "EraseRehearsal",
    "LengthenVote",
    "NotReady",
    "NotRecorded",
    "OpenDeskSession",
    "OpenVote",
    "PrepareVote",
    "ProposeLengthening",
    "ProposeSettingAside",
    "PublishTurnout",
    "Receipt",
    "ReleaseBulletin",
    "SetBallotAside",
    "Ticket",
    "Voter",
]
