from .promises import (
    AssignPromise,
    EscalatePromise,
    ExtendPromise,
    KeepPromise,
    MakePromise,
    RemindOfPromise,
    WaivePromise,
)

__all__ = [
    "AssignPromise",
    "EscalatePromise",
    "ExtendPromise",
    "KeepPromise",
    "MakePromise",
    "RemindOfPromise",
    "WaivePromise",
]
