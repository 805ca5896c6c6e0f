"""Score sheets for tests."""

from civic_sourcing.challenges.judging.sheets import Mark
from civic_sourcing.challenges.models import Criterion


def full(round_, **points):
    """What ``CompleteSheet`` takes: 10 points for each criterion, 3 of bonus, or as said."""
    marks = {}
    for criterion in Criterion.objects.filter(round=round_):
        given = points.get(criterion.title.split()[0].lower(), 3 if criterion.is_bonus else 10)
        marks[str(criterion.uuid)] = Mark(given, "Because.")
    return {"marks": marks, "comment": "Well thought out.", "note": "Ask about upkeep."}
