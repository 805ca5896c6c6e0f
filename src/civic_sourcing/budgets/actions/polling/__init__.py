from .batches import AcceptBatch, AddBatch, RecountBatch
from .places import AddPollingPlace, CompleteList, FinishPlace, RemovePlace, ReopenList
from .sheets import DecideSheet, EnterSheets, HandInEntry, SheetsFaulty, TypedSheet
from .voters import ListVoter, UnlistVoter

__all__ = [
    "AcceptBatch",
    "AddBatch",
    "AddPollingPlace",
    "CompleteList",
    "DecideSheet",
    "EnterSheets",
    "FinishPlace",
    "HandInEntry",
    "ListVoter",
    "RecountBatch",
    "RemovePlace",
    "ReopenList",
    "SheetsFaulty",
    "TypedSheet",
    "UnlistVoter",
]
