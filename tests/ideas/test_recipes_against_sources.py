"""The presets against the figures collected of the programmes they are named after."""

import json

import pytest

from civic_sourcing.ideas.recipes import find_recipe, recipes

PROGRAMMES = {
    "Democracy Seoul before March 2020": "democracy-seoul-2017",
    "Democracy Seoul from March 2020": "democracy-seoul-2020",
    "its successor": "seoul-sangsang",
    "Oasis before 2016": "oasis-2006",
    "Oasis from 2016": "oasis-2016",
    "Blue House": "blue-house",
    "National Assembly, 2020": "national-assembly-2020",
    "National Assembly, from December 2021": "national-assembly-2021",
    "UK Parliament": "uk-parliament",
    "We the People, September 2011": "we-the-people-2011-09",
    "We the People, October 2011": "we-the-people-2011-10",
    "We the People, 2013": "we-the-people-2013",
    "plain suggestion box": "suggestion-box",
}
STATUSES = {
    "verified: two or more sources": "two-sources",
    "verified: one public source": "one-source",
    "from general knowledge, not verified": "general-knowledge",
}


@pytest.fixture
def published(shared_data):
    return json.loads((shared_data / "seed_recipes.json").read_text("utf-8"))


def numbers(key):
    return [each.number for each in find_recipe(key).thresholds]


def test_every_programme_of_the_list_is_there_and_no_other():
    assert {recipe.key for recipe in recipes()} == set(PROGRAMMES.values())


@pytest.mark.parametrize("key", PROGRAMMES.values(), ids=PROGRAMMES)
def test_preset_names_its_source_with_an_address(key):
    recipe = find_recipe(key)

    if recipe.status == "suggestion":
        assert not recipe.thresholds
    else:
        assert recipe.sources
        for source in recipe.sources:
            assert source["title"]
            assert source["url"].startswith("https://")


@pytest.mark.parametrize(
    ("number", "key"),
    enumerate(["democracy-seoul-2017", "democracy-seoul-2020", "seoul-sangsang"]),
    ids=["before", "after", "successor"],
)
def test_democracy_seoul_is_as_published(published, number, key):
    rule = published["democracy_seoul"]["rules"][number]

    expected = [*rule["sympathy"].values(), *rule.get("debate_participants", {}).values()]

    recipe = find_recipe(key)
    assert numbers(key) == expected
    assert recipe.status == STATUSES[rule["status"]]
    if "from" in rule:
        assert recipe.period[0] == rule["from"][:7]
    assert {each.days for each in recipe.thresholds} - {None} <= {
        rule.get("debate_days", 30),
        rule.get("sympathy_days", 30),
    }


def test_oasis_is_as_published(published):
    rule = published["oasis"]["forwarding_rule"]
    before, after = rule["before_2016-04-11"], rule["after"]

    first, second = (find_recipe(key).thresholds for key in ("oasis-2006", "oasis-2016"))

    assert [(each.number, each.days) for each in first] == [(before["votes"], before["days"])]
    assert [(each.number, each.days) for each in second] == [(after["votes"], None)]


def test_blue_house_is_as_published(published):
    rule = published["petitions"]["blue_house"]
    recipe = find_recipe("blue-house")

    assert numbers("blue-house") == [rule["pre_support"], rule["answer_threshold"]]
    assert list(recipe.period) == rule["period"]
    assert recipe.thresholds[1].days == rule["days"]


def test_national_assembly_is_as_published(published):
    rule = published["petitions"]["national_assembly"]

    for key, threshold in zip(
        ("national-assembly-2020", "national-assembly-2021"), rule["threshold"], strict=True
    ):
        waiting, referred = find_recipe(key).thresholds
        assert (waiting.number, waiting.days) == (rule["pre_support"], rule["pre_support_days"])
        assert (referred.number, referred.days) == (threshold["n"], rule["days"])
        assert referred.answer_days == rule["committee_days"]


def test_uk_parliament_is_as_published(published):
    rule = published["petitions"]["uk"]

    assert numbers("uk-parliament") == [
        rule["moderation_threshold"],
        rule["response"],
        rule["debate"],
    ]
    assert find_recipe("uk-parliament").status == STATUSES[rule["status"]]


def test_we_the_people_is_as_published(published):
    rule = published["petitions"]["we_the_people"]
    keys = ("we-the-people-2011-09", "we-the-people-2011-10", "we-the-people-2013")

    for key, threshold in zip(keys, rule["thresholds"], strict=True):
        recipe = find_recipe(key)
        assert numbers(key) == [rule["searchable"], threshold["n"]]
        assert {each.days for each in recipe.thresholds} == {None, rule["days"]}
        assert recipe.thresholds[1].answer_days == rule["response_target_days"]["value"]
        assert recipe.period[0] == threshold["from"]
