"""The pages on which people report and see what became of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from civic_sourcing.attribution.actions import HideContribution
from civic_sourcing.core import clock
from civic_sourcing.moderation.models import CaseState, Decision, NetiquetteRule, Outcome, Report
from civic_sourcing.moderation.reports.visitors import forget_visitors
from civic_sourcing.participants.models import Participant

SCRIPT = "<script>alert('rules')</script>"


@pytest.fixture
def form_url(idea, rules):
    return reverse("civic_moderation:new_report", args=[idea.contribution.uuid])


@pytest.fixture
def person_url(idea, author, rules):
    person = Participant.objects.of(author)
    return reverse("civic_moderation:new_report_about_person", args=[person.uuid])


@pytest.fixture
def send(client, form_url, rules):
    """Send the form about the idea, as whoever is signed in."""

    def send(rule="respect", url=form_url, **words):
        return client.post(url, {"rule": rules(rule).pk, "text": "Rude.", **words})

    return send


def page_of(answer):
    return answer.content.decode()


def address_of(report):
    return reverse("civic_moderation:report", args=[report.uuid])


def decide(case, outcome, rule=None, **fields):
    at = case.opened_at
    case.state, case.decided_at = CaseState.DECIDED, at
    case.save()
    words = {"facts": "It calls somebody names.", "starts_at": at, "decided_at": at, **fields}
    return Decision.objects.create(case=case, number=1, outcome=outcome, rule=rule, **words)


class TestTheForm:
    def test_names_the_text_and_the_rules(self, client, form_url, idea):
        page = page_of(client.get(form_url))

        assert idea.title in page
        assert "Treat others with respect" in page
        assert "Argue about the matter as hard as you like" in page

    def test_speaks_the_readers_language(self, client, form_url):
        with translation.override("en"):  # and not Korean for whatever comes next
            page = page_of(client.get(form_url.replace("/en/", "/ko/")))

        assert "서로 존중하며 이야기합니다" in page
        assert "Treat others" not in page

    def test_works_without_javascript(self, client, send, reporter):
        client.force_login(reporter)

        answer = send()

        report = Report.objects.get()
        assert answer.url == address_of(report)
        page = page_of(client.get(answer.url))
        assert "Waiting for a decision" in page
        assert "Rude." in page

    def test_what_was_typed_outlives_a_mistake(self, client, form_url, rules, reporter):
        client.force_login(reporter)

        answer = client.post(form_url, {"text": "It is about my house."})

        page = page_of(answer)
        assert "Please choose a rule." in page
        assert "It is about my house." in page

    def test_what_was_typed_outlives_a_refusal(
        self, client, send, settings, report, propose, author, reporter
    ):
        one = {"report": {"normal": [{"count": 1, "seconds": 60}]}}
        settings.CIVIC_SOURCING = {"LIMITS": one}
        report(propose(author, "A fountain").contribution)
        client.force_login(reporter)

        answer = send(text="It is about my house.")

        assert answer.status_code == 429
        assert "It is about my house." in page_of(answer)
        assert Report.objects.count() == 1

    def test_a_rule_that_needs_words_says_so_beside_them(self, client, send, reporter):
        client.force_login(reporter)

        page = page_of(send("truth", text=" "))

        assert "please say in a few words what is wrong" in page
        assert not Report.objects.exists()

    def test_a_rule_out_of_force_cannot_be_chosen(self, send, rules, client, form_url):
        NetiquetteRule.objects.same_as(rules("topic")).update(retired=True)

        assert "Stay with the topic" not in page_of(client.get(form_url))
        assert "not in force any more" in page_of(send("topic"))

    def test_sent_twice_it_makes_one_report(self, client, send, reporter):
        client.force_login(reporter)
        key = "1c5b6d0e-65a4-4d1c-8d51-96c3c7b3f7a1"

        answers = [send(request_key=key) for _twice in range(2)]

        assert len({answer.url for answer in answers}) == 1
        assert Report.objects.count() == 1

    def test_whoever_reported_is_led_to_their_report(self, client, form_url, report, reporter):
        filed = report()
        client.force_login(reporter)

        assert client.get(form_url).url == address_of(filed)

    def test_somebody_who_is_personally_affected_can_say_so(self, send, client, reporter):
        client.force_login(reporter)

        send(affected="on")

        assert Report.objects.get().case.is_personal

    @pytest.mark.parametrize("gone", ["hidden", "unknown", "private"])
    def test_what_cannot_be_read_cannot_be_reported(self, client, form_url, idea, gone):
        if gone == "hidden":
            HideContribution(idea.contribution, by=None).execute()
        if gone == "private":
            PageViewRestriction.objects.create(page=idea, restriction_type="login")
        if gone == "unknown":
            form_url = form_url.replace(str(idea.contribution.uuid), str(idea.uuid))

        assert client.get(form_url).status_code == 404

    def test_a_title_with_script_in_it_is_shown_as_text(self, client, form_url, rules, report):
        NetiquetteRule.objects.filter(pk=rules("respect").pk).update(
            title=SCRIPT, meaning=SCRIPT, example=SCRIPT
        )
        mine = address_of(report(by=None, anonymous_key="k" * 64))

        for url in (form_url, mine, reverse("civic_moderation:netiquette")):
            page = page_of(client.get(url))
            assert SCRIPT not in page
            assert "&lt;script&gt;" in page

    def test_without_rules_it_says_where_to_turn(self, client, idea):
        url = reverse("civic_moderation:new_report", args=[idea.contribution.uuid])

        page = page_of(client.get(url))

        assert "There are no rules yet" in page
        assert "<form" not in page.split("<main")[-1].split("</main")[0]


class TestNotSignedIn:
    def test_a_report_can_be_followed_by_its_address(self, client, send):
        answer = send()

        report = Report.objects.get()
        assert report.reporter is None
        assert re.fullmatch("[0-9a-f]{64}", report.anonymous_key)
        assert "Keep the address of this page" in page_of(client.get(answer.url))

    def test_what_stands_for_an_address_is_forgotten_and_the_report_found(self, client, report):
        reports = [report(by=None, anonymous_key=key * 64) for key in "kl"]

        forget_visitors(clock.now() + timedelta(days=1))
        assert [Report.objects.get(pk=each.pk).anonymous_key[0] for each in reports] == ["k", "l"]
        forget_visitors(clock.now() + timedelta(days=3))

        keys = set(Report.objects.values_list("anonymous_key", flat=True))
        assert len(keys) == 2
        assert not keys & {"k" * 64, "l" * 64}
        assert client.get(address_of(reports[0])).status_code == 200

    def test_the_same_address_reports_once(self, send):
        send()

        answer = send()

        assert answer.status_code == 409
        assert Report.objects.count() == 1

    def test_another_address_counts_too(self, client, send, form_url, rules):
        send()
        client.post(form_url, {"rule": rules("topic").pk}, REMOTE_ADDR="192.0.2.7")

        assert Report.objects.get(rule=rules("topic")).case.reporters == 2

    def test_a_town_can_ask_people_to_sign_in_first(self, client, form_url, settings):
        settings.CIVIC_SOURCING = {"ANONYMOUS_REPORTS": False}

        answer = client.get(form_url)

        assert answer.status_code == 302
        assert answer.url.endswith(f"?next={form_url}")


class TestAboutAPerson:
    def test_the_form_about_a_text_leads_to_it(self, client, form_url, person_url):
        assert f"{person_url}?from=" in page_of(client.get(form_url))

    def test_the_place_where_it_was_noticed_is_kept(self, client, send, person_url, idea, reporter):
        client.force_login(reporter)

        send(url=f"{person_url}?from={idea.contribution.uuid}")

        case = Report.objects.get().case
        assert (case.participant, case.process) == (idea.author, idea.process)

    def test_nonsense_about_the_place_is_passed_over(self, client, send, person_url, reporter):
        client.force_login(reporter)

        send(url=f"{person_url}?from=nonsense")

        assert Report.objects.get().case.process is None

    def test_somebody_of_whom_nothing_is_public_is_not_found(self, client, reporter, newcomer):
        person = Participant.objects.of(newcomer)
        url = reverse("civic_moderation:new_report_about_person", args=[person.uuid])

        assert client.get(url).status_code == 404


class TestWhatBecameOfIt:
    def test_the_outcome_comes_with_its_reasons(self, client, report, reporter, rules):
        filed = report()
        decide(filed.case, Outcome.HIDE, rules("respect"))
        client.force_login(reporter)

        page = page_of(client.get(address_of(filed)))

        assert "Hidden" in page
        assert "It calls somebody names." in page
        assert "Treat others with respect" in page

    def test_what_concerns_the_author_stays_with_the_author(self, client, report, reporter, rules):
        filed = report()
        decide(filed.case, Outcome.SUSPEND, rules("respect"), scope="Suspended from this forum.")
        client.force_login(reporter)

        page = page_of(client.get(address_of(filed)))

        assert "Moderators have taken steps" in page
        assert "It calls somebody names." in page
        assert "uspended" not in page

    def test_it_says_that_something_is_hidden_meanwhile(self, client, report, reporter):
        filed = report(rule="safety")
        client.force_login(reporter)

        page = page_of(client.get(address_of(filed)))

        assert "Hidden until a moderator has looked" in page
        assert filed.case.contribution.title not in page

    def test_the_title_of_what_is_hidden_stands_nowhere(self, client, report, idea, reporter):
        report()
        HideContribution(idea.contribution, by=None).execute()
        client.force_login(reporter)

        page = page_of(client.get(reverse("civic_moderation:reports")))

        assert idea.title not in page
        assert "Idea (not shown)" in page

    @pytest.mark.parametrize("who", ["another reporter", "the author", "signed out"])
    def test_nobody_else_sees_it(self, client, report, second_reporter, author, who):
        filed = report()
        if who != "signed out":
            client.force_login(author if who == "the author" else second_reporter)

        assert client.get(address_of(filed)).status_code == 404

    def test_the_list_has_ones_own_and_takes_sign_in(
        self, client, report, reporter, second_reporter, propose, author
    ):
        report()
        report(propose(author, "A fountain").contribution, by=second_reporter)
        url = reverse("civic_moderation:reports")
        assert client.get(url).status_code == 302
        client.force_login(reporter)

        page = page_of(client.get(url))

        assert "Benches by the river" in page
        assert "A fountain" not in page

    def test_the_list_takes_the_same_number_of_queries_however_long(
        self, client, report, reporter, propose, author
    ):
        client.force_login(reporter)
        url = reverse("civic_moderation:reports")
        report()
        client.get(url)
        with_one = count_queries(client, url)
        for number in range(5):
            report(propose(author, f"Bench {number}").contribution)

        assert count_queries(client, url) == with_one


def count_queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


class TestTheLink:
    @pytest.fixture
    def link(self, idea):
        def render(subject, user):
            request = RequestFactory().get("/")
            request.user = user
            template = Template("{% load civic_moderation %}{% report_link subject %}")
            return template.render(Context({"request": request, "subject": subject}))

        return render

    def test_stands_on_the_page_of_an_idea(self, client, idea, form_url):
        assert f'href="{form_url}"' in page_of(client.get(idea.get_url()))

    def test_leads_to_the_form_and_says_what_it_is_about(self, link, idea, form_url):
        html = link(idea.contribution, AnonymousUser())

        assert f'href="{form_url}"' in html
        assert 'aria-label="Report: Benches by the river"' in html

    def test_a_person_can_be_reported_too(self, link, idea, reporter, person_url):
        assert f'href="{person_url}"' in link(idea.author, reporter)

    def test_is_not_there_on_ones_own(self, link, idea, author):
        assert link(idea.contribution, author).strip() == ""
        assert link(idea.author, author).strip() == ""

    def test_is_not_there_on_what_nobody_reads(self, link, idea, reporter):
        HideContribution(idea.contribution, by=None).execute()
        idea.contribution.refresh_from_db()

        assert link(idea.contribution, reporter).strip() == ""

    def test_a_name_with_script_in_it_is_shown_as_text(self, link, idea, reporter):
        idea.contribution.title = SCRIPT

        assert SCRIPT not in link(idea.contribution, reporter)


def test_the_rules_stand_on_a_page_of_their_own(client, rules):
    with translation.override("en"):
        page = page_of(client.get(reverse("civic_moderation:netiquette")))

    assert page.count("For example:") == 8
