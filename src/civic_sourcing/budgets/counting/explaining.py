"""Why, as one English sentence for the command line; a site has its own in its languages."""

from .amounts import Amount, exact, plain
from .result import Count
from .steps import Outcome
from .why import Reason, why

_TURN = "When its turn came, {left} were left and it costs {cost}"
_SENTENCES = {
    Outcome.FUNDED: f"{_TURN}.",
    Outcome.FUNDED_BEYOND: f"{_TURN}: at least 80 % of it was there, a reserve pays the rest.",
    Outcome.FUNDED_FOR_CATEGORY: (
        f"{_TURN}. It is among the best {{least}} of the category {{category}}, which go first."
    ),
    Outcome.FUNDED_IN_COMPLETION: f"{_TURN}: it was funded from what the shares had left over.",
    Outcome.SKIPPED: f"{_TURN}.",
    Outcome.STOPPED: f"{_TURN}. Under this rule the count ended here.",
    Outcome.NOT_REACHED: "The count ended before its turn came; it costs {cost}.",
    Outcome.SUPPORTERS_SHORT: "Its supporters had too little of their shares left to pay {cost}.",
    Outcome.BELOW_THRESHOLD: "A project needed at least {needed}.",
    Outcome.NO_VOTES: "Nobody voted for it, or as many were against it as for it.",
    Outcome.EXCLUDED: "The project {other}, which excludes it, was funded.",
    Outcome.NEED_UNFUNDED: "It needs the project {other}, which was not funded.",
    Outcome.CATEGORY_FULL: "The category {category} may have {most} funded projects and had them.",
    Outcome.NO_QUORUM: "Nothing is funded: {voters} voted, {needed} were needed.",
    Outcome.WITHDRAWN: "It was withdrawn.",
}


def explained(count: Count, project: str) -> str:
    """
    One sentence or two on what became of ``project`` (id). Raises ``KeyError`` for one not there.
    """
    reason = why(count, project)
    verdict = "funded" if reason.funded else "not funded"
    shown = {name: _shown(value) for name, value in reason.numbers.items()}
    score = f"It had {shown['score']} points. "
    return f"{verdict}. {score}{_SENTENCES[reason.code].format(**shown)}{_more(reason, shown)}"


def _more(reason: Reason, shown: dict[str, str]) -> str:
    if "missing" in shown:
        return f" {shown['missing']} more would have been enough for that."
    if "more" in shown and "supporters_left" in shown and not reason.funded:
        return (
            f" They had {shown['supporters_left']}; {shown['more']} more supporters with a whole "
            "share would have been enough."
        )
    if "more" in shown and not reason.funded:
        return f" With {shown['more']} more it would have come in time."
    if reason.numbers.get("tied") and "tie" in shown:
        return f" Equal points were decided by the rule “{shown['tie']}”."
    return ""


def _shown(value: Amount | str) -> str:
    """Exact where decimals end, else to two of them."""
    if isinstance(value, str):
        return value
    try:
        return plain(exact(value))
    except ValueError:
        return f"about {float(value):.2f}"
