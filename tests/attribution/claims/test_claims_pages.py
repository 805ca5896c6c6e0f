"""The pages of both sides, the stewards' pages, and what nobody else sees."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from civic_sourcing.attribution import ledger
from civic_sourcing.attribution.models import Claim, ClaimFile, Contribution, State
from civic_sourcing.core.uploads import Kind, Received
from civic_sourcing.notifications.models import Notification

from .conftest import REASONS, accept, again, close, let_time_pass

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF"


@pytest.fixture
def visit(client):
    def open_as(user, path, data=None, **options):
        client.logout()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if data is not None:
            return client.post(path, data, **options)
        return client.get(path, **options)

    return open_as


def address(name, *args):
    return reverse(f"civic_attribution:{name}", args=args)


def form(**fields):
    return {"request_key": str(uuid.uuid4()), "text": "Mine.", "evidence": "", "link": ""} | fields


class TestFiling:
    def test_through_the_form_with_link_and_file(self, visit, contribution, claimant, receive):
        earlier = receive("Old bench", by=claimant)
        path = address("new_claim", contribution.uuid)
        file = SimpleUploadedFile("plan.pdf", PDF, "application/pdf")

        response = visit(
            claimant, path, form(evidence="See there.", link=str(earlier.uuid), file=file)
        )

        claim = Claim.objects.get()
        assert response.url == address("claim", claim.uuid)
        assert claim.statements.get().linked == earlier
        assert ClaimFile.objects.get().name == "plan.pdf"

    def test_keeps_what_was_typed_when_it_is_refused(self, visit, contribution, author):
        response = visit(
            author, address("new_claim", contribution.uuid), form(text="Long and careful words.")
        )

        assert response.status_code == 409
        assert "Long and careful words." in response.content.decode()
        assert "your own text" in response.content.decode()

    def test_keeps_what_was_typed_when_the_link_leads_nowhere(self, visit, contribution, claimant):
        path = address("new_claim", contribution.uuid)

        response = visit(claimant, path, form(text="Careful words.", link="/nowhere/at-all/"))

        assert "Careful words." in response.content.decode()
        assert "No public contribution was found there" in response.content.decode()

    def test_leads_through_sign_in(self, visit, contribution):
        response = visit(None, address("new_claim", contribution.uuid))

        assert response.status_code == 302
        assert "next=" in response.url

    @pytest.mark.parametrize("state", [State.HIDDEN, State.REMOVED])
    @pytest.mark.parametrize("data", [None, {}], ids=["get", "post"])
    def test_what_is_not_public_is_not_found(self, visit, contribution, claimant, state, data):
        Contribution.objects.filter(pk=contribution.pk).update(state=state)

        response = visit(claimant, address("new_claim", contribution.uuid), data)

        assert response.status_code == 404

    def test_what_does_not_exist_is_not_found(self, visit, claimant):
        assert visit(claimant, address("new_claim", uuid.uuid4())).status_code == 404

    def test_too_often_is_said_with_its_own_status(self, visit, receive, file_claim, claimant):
        for number in range(3):
            file_claim(to=receive(f"Bench {number}"))

        response = visit(claimant, address("new_claim", receive("Last").uuid), form())

        assert response.status_code == 429


PAGES = ("claim", "answer_claim", "appeal_claim")


class TestPrivacy:
    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.parametrize("who", ["stranger", "steward"])
    def test_nobody_else_finds_a_claim(self, visit, claim, page, who, request):
        user = request.getfixturevalue(who)

        assert visit(user, address(page, claim.uuid)).status_code == 404

    @pytest.mark.parametrize("page", ["accept_decision", "withdraw_claim"])
    def test_nobody_else_presses_a_button(self, visit, claim, page, stranger):
        assert visit(stranger, address(page, claim.uuid), {}).status_code == 404

    def test_both_sides_see_it(self, visit, claim, author, claimant):
        for user in (author, claimant):
            response = visit(user, address("claim", claim.uuid))

            assert "I wrote this first." in response.content.decode()
            assert response["X-Robots-Tag"] == "noindex"
            assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("state", ["claim", "heard"])
    def test_the_accusation_alone_is_not_on_the_page(self, state, request, stranger):
        claim = request.getfixturevalue(state)

        html = outcome_html(claim.contribution)

        assert "claim" not in html.replace("/claims/new/", "").lower()
        assert "jun" not in html

    def test_the_accusation_is_in_no_list_of_others(self, visit, claim, stranger, make_steward):
        official = make_steward("official", role="official")
        elsewhere = visit(stranger, address("claims")).content.decode()
        admin = visit(official, reverse("civic_claims_admin:index"))
        home = visit(official, reverse("wagtailadmin_home")).content.decode()

        assert "A bench" not in elsewhere
        assert admin.status_code == 302
        assert "civic/claims" not in home

    def test_the_outcome_is_on_the_page(self, heard, decide):
        decide(heard, outcome="shared", share=4000)
        open_yet = outcome_html(heard.contribution)
        close(again(heard))
        final = outcome_html(heard.contribution)

        assert "shares the authorship, with 40 %" in open_yet
        assert "unless it is appealed" in open_yet
        assert "Final." in final
        assert REASONS not in final

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            pytest.param("author", 200, id="other side"),
            pytest.param("claimant", 200, id="claimant"),
            pytest.param("steward", 200, id="steward"),
            pytest.param("stranger", 404, id="stranger"),
            pytest.param(None, 404, id="signed out"),
        ],
    )
    def test_a_file_is_for_both_sides_and_stewards(
        self, visit, file_claim, steward, who, status, request
    ):
        file_claim(file=Received(PDF, Kind.PDF, "plan.pdf"))
        user = request.getfixturevalue(who) if who else None

        response = visit(user, ClaimFile.objects.get().get_absolute_url())

        assert response.status_code == status


class TestBothSides:
    def test_walk_through_to_the_end(self, visit, claim, author, claimant, decide):
        visit(author, address("answer_claim", claim.uuid), form(text="No, I did."))
        decide(claim)
        visit(claimant, address("appeal_claim", claim.uuid), form(text="Look again."))
        page = visit(author, address("claim", claim.uuid)).content.decode()

        assert again(claim).state == "appealed"
        for words in ("No, I did.", REASONS[:40], "Look again."):
            assert words in page

    def test_accept_with_a_button(self, visit, decided, author, claimant):
        for user in (author, claimant):
            visit(user, address("accept_decision", decided.uuid), {})

        assert again(decided).state == "final"

    def test_are_told_when_a_button_comes_too_late(self, visit, decided, claimant):
        response = visit(claimant, address("withdraw_claim", decided.uuid), {})

        assert response.status_code == 409
        assert "cannot be withdrawn any more" in response.content.decode()

    def test_see_their_claims_with_the_state(self, visit, decided, author, claimant):
        for user in (author, claimant):
            page = visit(user, address("claims")).content.decode()

            assert "A bench" in page
            assert "decided, can be appealed" in page

    def test_a_form_for_what_is_not_possible_leads_back(self, visit, claim, claimant):
        response = visit(claimant, address("appeal_claim", claim.uuid))

        assert response.url == address("claim", claim.uuid)


class TestStewards:
    def queue(self):
        return reverse("civic_claims_admin:index")

    def page(self, claim):
        return reverse("civic_claims_admin:decide", args=[claim.uuid])

    def test_see_the_queue_with_deadlines(self, visit, heard, steward):
        let_time_pass(heard, days=2)

        page = visit(steward, self.queue()).content.decode()

        assert "A bench" in page
        assert "overdue since" in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            pytest.param("urgency=waiting", True, id="waiting"),
            pytest.param("urgency=overdue", False, id="not overdue"),
            pytest.param("state=heard", True, id="state"),
            pytest.param("state=final", False, id="other state"),
        ],
    )
    def test_filter_the_queue(self, visit, heard, steward, query, found):
        page = visit(steward, f"{self.queue()}?{query}").content.decode()

        assert (self.page(heard) in page) is found

    def test_see_in_the_menu_how_many_wait(self, visit, heard, steward):
        page = visit(steward, reverse("wagtailadmin_home")).content.decode()

        assert "Claims (1)" in page

    def test_see_both_sides_and_the_texts_as_published_then(
        self, visit, receive, contribution, claimant, file_claim, answer, steward
    ):
        old = receive("Old bench", "By the water.", by=claimant)
        claim = file_claim(linked=old, evidence="Older draft.")
        answer(claim)
        with transaction.atomic():
            ledger.publish_version(contribution, title="Changed", text="After the claim.")

        page = visit(steward, self.page(claim)).content.decode()

        for words in ("I wrote this first.", "I thought of it myself.", "By the water."):
            assert words in page
        assert "By the river." in page
        assert "After the claim." not in page

    def test_decide_with_the_form(self, visit, heard, steward):
        data = {"number": 1, "outcome": "shared", "percent": "25", "reasons": REASONS}

        visit(steward, self.page(heard), data)

        assert again(heard).decision.share == 2500

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            pytest.param({"outcome": "refused", "reasons": "No."}, "at least 80", id="short"),
            pytest.param({"outcome": "shared", "reasons": REASONS}, "enter the share", id="share"),
            pytest.param({"outcome": "refused", "reasons": ""}, "give reasons", id="none"),
        ],
    )
    def test_keep_their_words_when_something_is_missing(self, visit, heard, steward, data, words):
        page = visit(steward, self.page(heard), {"number": 1, **data}).content.decode()

        assert words in page
        assert data["reasons"] in page
        assert again(heard).decision is None

    def test_who_comes_second_sees_what_was_decided(self, visit, decided, second_steward):
        data = {"number": 1, "outcome": "transferred", "reasons": REASONS}

        response = visit(second_steward, self.page(decided), data)

        assert response.status_code == 409
        assert "has already decided this" in response.content.decode()
        assert "The claim is refused" in response.content.decode()

    def test_wait_while_the_other_side_is_heard(self, visit, claim, steward):
        page = visit(steward, self.page(claim)).content.decode()

        assert "The other side is heard until" in page
        assert "<textarea" not in page

    def test_of_their_own_claim_see_their_side_only(self, visit, file_claim, steward):
        claim = file_claim(by=steward)

        assert visit(steward, self.page(claim)).url == self.queue()
        assert self.page(claim) not in visit(steward, self.queue()).content.decode()

    def test_of_another_place_see_nothing(self, visit, claim, make_steward, place):
        other = Page.objects.get(depth=1).add_child(
            instance=Page(title="Other", slug="other", locale=place.locale)
        )
        elsewhere = make_steward("elsewhere", page=other)

        assert visit(elsewhere, self.page(claim), follow=True).status_code == 404
        assert "A bench" not in visit(elsewhere, self.queue()).content.decode()

    def test_the_queue_costs_the_same_for_many(
        self, visit, receive, file_claim, make_person, steward
    ):
        costs = []
        for number in range(4):
            file_claim(by=make_person(f"p{number}"), to=receive(f"Bench {number}"))
            with CaptureQueriesContext(connection) as queries:
                visit(steward, self.queue())
            costs.append(len(queries))

        assert costs[1] == costs[-1]


def test_links_in_notifications_lead_to_pages_that_answer(
    visit, claim, answer, decide, second_steward
):
    answer(claim)
    decide(claim)

    for row in Notification.objects.select_related("user"):
        assert visit(row.user, row.url).status_code == 200


def test_a_decision_all_accept_is_shown_at_once(heard, decide, author, claimant):
    decide(heard, outcome="transferred")
    accept(again(heard), author, claimant)

    assert "is recognised as the author" in outcome_html(heard.contribution)


def outcome_html(contribution):
    return render_to_string(
        "civic_sourcing/attribution/includes/claim_outcome.html",
        {"contribution": Contribution.objects.get(pk=contribution.pk)},
    )
