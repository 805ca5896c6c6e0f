"""The town's rules: the packaged ones, in every language, and how editors change them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.urls import reverse

from civic_sourcing.core.checks import check_settings
from civic_sourcing.moderation.models import NetiquetteRule, WordList
from civic_sourcing.moderation.netiquette import load_rules, packaged_rules, rule_key

SCRIPT = "<script>alert('rules')</script>"


def words_of(rule):
    return {name: getattr(rule, name) for name in ("title", "meaning", "example")}


class TestThePackagedRules:
    def test_there_are_eight_in_two_languages(self, rules):
        assert len(packaged_rules()) == 8
        assert NetiquetteRule.objects.count() == 16

    @pytest.mark.parametrize("rule", packaged_rules(), ids=lambda rule: rule["key"])
    def test_each_is_complete_in_both(self, rule):
        for language in ("en", "ko"):
            words = rule["words"][language]
            assert set(words) == {"title", "meaning", "example", "statement_template"}
            assert all(words.values())
            assert len(words["title"]) <= 120

    def test_loading_again_changes_nothing(self, rules):
        mine = rules("respect")
        NetiquetteRule.objects.filter(pk=mine.pk).update(title="Be kind")
        output = StringIO()

        call_command("load_netiquette_rules", stdout=output)

        assert "0 netiquette rules made" in output.getvalue()
        assert rules("respect").title == "Be kind"

    def test_a_language_added_later_gets_them_as_the_town_has_set_them(self, english, korean):
        korean.delete()
        load_rules()
        NetiquetteRule.objects.filter(translation_key=rule_key("topic")).update(retired=True)
        type(english).objects.create(language_code="ko")

        made = load_rules()

        assert len(made) == 8
        assert [rule.retired for rule in made if rule.translation_key == rule_key("topic")] == [
            True
        ]


class TestRulesInForce:
    def test_each_once_in_the_language_asked_for(self, rules):
        titles = [rule.title for rule in NetiquetteRule.objects.in_force("ko")]

        assert len(titles) == 8
        assert titles[0] == "서로 존중하며 이야기합니다"

    @pytest.mark.parametrize("language", ["de", "en-gb", None], ids=str)
    def test_otherwise_in_the_nearest_there_is(self, rules, language):
        assert NetiquetteRule.objects.in_force(language).first() == rules("respect")

    def test_one_written_in_another_language_only_is_not_left_out(self, rules):
        rules("topic").delete()

        found = NetiquetteRule.objects.in_force("en")

        assert rules("topic", "ko") in found
        assert len(found) == 8

    def test_a_retired_one_is_left_out_in_every_language(self, rules):
        rule = rules("topic", "ko")
        rule.retired = True
        rule.save()
        rule.share_settings()

        for language in ("en", "ko"):
            keys = {each.translation_key for each in NetiquetteRule.objects.in_force(language)}
            assert rule.translation_key not in keys

    def test_the_same_rule_in_another_language(self, rules):
        english, korean = rules("respect"), rules("respect", "ko")

        assert english.in_language("ko") == korean
        assert english.is_same_as(korean)
        assert not english.is_same_as(rules("topic"))
        assert not english.is_same_as(None)

    def test_the_database_knows_four_severities(self, rules):
        with pytest.raises(IntegrityError), transaction.atomic():
            NetiquetteRule.objects.update(severity=5)


class TestInTheAdmin:
    @pytest.fixture
    def admin(self, client, administrator):
        client.force_login(administrator)
        return client

    @pytest.fixture
    def change(self, admin):
        def change(rule, **values):
            fields = ("title", "meaning", "example", "statement_template", "severity", "position")
            data = {name: getattr(rule, name) for name in fields} | values
            return admin.post(address("edit", rule), {k: v for k, v in data.items() if v})

        return change

    def test_a_rule_is_changed_in_its_language_and_its_settings_in_all(self, change, rules):
        change(rules("topic"), title="One place", needs_text="on", severity=2)

        english, korean = rules("topic"), rules("topic", "ko")
        assert (english.title, korean.title) == ("One place", "주제에 맞게 씁니다")
        assert [rule.needs_text for rule in (english, korean)] == [True, True]
        assert [rule.severity for rule in (english, korean)] == [2, 2]

    def test_what_hides_in_a_title_is_taken_out(self, change, rules):
        change(rules("topic"), title="\u202eOne\u202c pl\u0361\u0361\u0361\u0361\u0361\u0361ace")

        assert rules("topic").title == "One pl\u0361\u0361\u0361\u0361ace"

    def test_a_title_with_script_in_it_is_shown_as_text(self, admin, change, rules):
        change(rules("topic"), title=SCRIPT)

        assert rules("topic").title == SCRIPT
        for url in (address("list"), address("edit", rules("topic"))):
            page = admin.get(url).content.decode()
            assert SCRIPT not in page
            assert "&lt;script&gt;" in page

    def test_the_list_says_in_words_what_is_special_about_a_rule(self, admin, rules):
        assert "hides at once, emergency" in admin.get(address("list")).content.decode()

    def test_the_list_of_word_lists_says_what_each_does(self, admin):
        WordList.objects.create(title="Insults", language="ko", words="바보", verdict="mark")
        WordList.objects.create(title="Old", words="fool", retired=True)

        page = admin.get(reverse("wagtailsnippets_civic_moderation_wordlist:list"))

        for words in ("Korean", "All languages", "publish it, and show it", "not in use"):
            assert words in page.content.decode()

    def test_a_rule_in_use_is_not_deleted(self, admin, report, rules):
        report()

        answer = admin.post(address("delete", rules("respect")))

        assert answer.url == address("list")
        assert NetiquetteRule.objects.filter(pk=rules("respect").pk).exists()

    def test_a_rule_nobody_used_can_be_deleted(self, admin, rules):
        rule = rules("topic")

        admin.post(address("delete", rule))

        assert not NetiquetteRule.objects.filter(pk=rule.pk).exists()

    def test_it_takes_the_permission(self, client, moderator, rules):
        client.force_login(moderator)

        assert client.get(address("edit", rules("topic"))).status_code == 302


def address(view, rule=None):
    name = NetiquetteRule.snippet_viewset.get_url_name(view)
    return reverse(name, args=[rule.pk] if rule else [])


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"REPORT_WEIGHT_NEW": 1.0}, "REPORT_WEIGHT_NEW"),
        ({"TRUSTED_REPORTERS": -1}, "TRUSTED_REPORTERS"),
        ({"REPORT_TEXT_LENGTH": 0}, "REPORT_TEXT_LENGTH"),
        ({"REPORT_TEXT_LENGTH": 50_000}, "at most"),
        ({"CASE_PERSONAL_HOURS": 100}, "must not be above"),
        ({"CASE_TARGET_HOURS": "soon"}, "must be int"),
        ({"TRUSTED_REPORTER": 3}, "TRUSTED_REPORTERS"),
    ],
    ids=["full weight", "negative", "no text", "too long", "slow", "no number", "misspelt"],
)
def test_the_system_check_names_what_cannot_work(given, complaint):
    with override_settings(CIVIC_SOURCING=given):
        messages = check_settings()

    assert any(complaint in f"{message.msg} {message.hint}" for message in messages)
