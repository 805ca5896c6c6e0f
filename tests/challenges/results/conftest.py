"""A contest of three entries that three judges scored; two people who may decide."""

from tests.challenges.contests import OVER, add_entry, add_judge, assign, hand_in
from tests.scenes import scene

SCORES = {"Awnings": (19, 18), "Trees": (15, 16), "Paint": (9, 10)}


@scene
def contest(make_challenge, make_citizen):
    """The round; its entries are ``Awnings``, ``Trees`` and ``Paint``, from the best on."""
    round_ = make_challenge(rounds=OVER).process.rounds.get()
    judges = [add_judge(round_, make_citizen(f"judge {name}")) for name in ("ann", "bea", "cem")]
    for title, (high, low) in SCORES.items():
        entry = add_entry(round_, make_citizen(f"captain of {title}"), title)
        for judge, first in zip(judges, (high, low, low), strict=True):
            hand_in(assign(judge, entry), first, low, low, low, low, 2, comment="Well done.")
    return round_


@scene
def entries(contest):
    """By title."""
    return {entry.title: entry for entry in contest.entries.all()}
