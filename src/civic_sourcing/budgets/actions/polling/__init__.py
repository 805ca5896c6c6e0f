from .batches import AcceptBatch, AddBatch, RecountBatch
from .corrections import CorrectBatch, ProposeCorrection
from .places import AddPollingPlace, CompleteList, FinishPlace, RemovePlace, ReopenList
from .sheets import DecideSheet, EnterSheets, HandInEntry, SheetsFaulty, TypedSheet
from .voters import ListVoter, UnlistVoter

__all__ = [
    "AcceptBatch",
    "AddBatch",
    "AddPollingPlace",
    "CompleteList",
    "CorrectBatch",
    "DecideSheet",
    "EnterSheets",
    "FinishPlace",
    "HandInEntry",
    "ListVoter",
    "ProposeCorrection",
    "RecountBatch",
    "RemovePlace",
    "ReopenList",
    "SheetsFaulty",
    "TypedSheet",
    "UnlistVoter",
]
