"""
Real elections from end to end: file, pages, ballots, count, official winners.

A handful by default, the whole folder with ``CIVIC_ALL_ELECTIONS=1`` (some minutes).
"""

import json
import os

import pytest

from civic_sourcing.budgets.models import Ballot, Project
from tests.shared import PABULIB

pytestmark = pytest.mark.django_db

HANDFUL = [
    pytest.param("Poland_Warszawa_2018_Pole_Mokotowskie", id="smallest, threshold"),
    pytest.param("Poland_Gdynia_2022_Kamienna_Gora__large", id="stops at the first"),
    pytest.param("Poland_Poznan_2025_9_-_Stare_Miasto__small", id="partial last"),
    pytest.param("Poland_Czestochowa_2025_Podjasnogorska", id="cumulative"),
    pytest.param("Poland_Krakow_2019_Bienczyce", id="ordinal"),
    pytest.param("Poland_Warszawa_2017_Plac_Wojska_Polskiego", id="approval"),
]
EXPECTED = PABULIB / "expected.json"
ALL = os.environ.get("CIVIC_ALL_ELECTIONS") and EXPECTED.exists()


def elections():
    if not ALL:
        return HANDFUL
    return [name.removesuffix(".pb") for name in json.loads(EXPECTED.read_text())]


@pytest.mark.parametrize("name", elections())
def test_an_imported_election_has_the_official_winners(import_election, shared_data, name):
    expected = json.loads((shared_data / "pabulib" / "expected.json").read_text())[f"{name}.pb"]

    vote = import_election(shared_data / "pabulib" / f"{name}.pb")

    funded = Project.objects.filter(process=vote.process, outcome="funded")
    assert sorted(funded.values_list("number", flat=True)) == sorted(expected["winners"])
    assert Ballot.objects.of(vote.process).count() == vote.latest_count.document["ballots"]
