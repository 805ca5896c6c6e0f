"""The pages of credits as people meet them: on a phone and a wide screen, in English and Korean."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from civic_sourcing.attribution.actions.credits import AcceptInvitation, InviteCoAuthor
from civic_sourcing.attribution.actions.derive import DeriveContribution, MergeContributions
from civic_sourcing.attribution.models import DerivationKind
from civic_sourcing.processes.models import RoleAssignment
from tests.ideas.conftest import *  # noqa: F403

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def official(make_citizen, forum):
    user = make_citizen("official", first_name="Dana", last_name="Yoon")
    group = Group.objects.create(name="Officials")
    RoleAssignment.objects.create(group=group, page=forum, role="official")
    user.groups.add(group)
    return user


@pytest.fixture
def merged(idea, propose, author, citizen, neighbour, official, korean_forum):
    """Two English ideas and a Korean one with a co-author, merged and taken further."""
    shade = propose(neighbour, "Trees that give shade along the whole river path")
    korean_idea = propose(citizen, "강변 산책로에 벤치를 놓아 주세요", forum=korean_forum)
    first = idea.contribution
    invitation = InviteCoAuthor(first, by=author, invitee="neighbour").execute()
    AcceptInvitation(invitation, by=neighbour).execute()
    originals = [first, shade.contribution, korean_idea.contribution]
    words = {"title": "Benches in the shade", "text": "Both together.", "language": "en"}
    whole = MergeContributions.of(originals, by=official, **words).execute()
    further = propose(author, "Benches in the shade, with armrests").contribution
    DeriveContribution(further, by=None, source=whole, kind=DerivationKind.IMPROVES).execute()
    return whole


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_credits_pages_fit_and_are_accessible(
    merged, author, new_page, assert_accessible, assert_no_sideways_scroll, width, language
):
    page = new_page(width=width, user=author)
    fingerprint = merged.versions.get().fingerprint

    for path in (
        f"contributions/{merged.uuid}/credits/",
        f"contributions/{merged.uuid}/certificate/",
        f"check/{fingerprint}/",
        "claim-code/",
    ):
        page.goto(f"/{language}/civic/{path}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_idea_page_shows_credits_and_passes_the_content_security_policy(
    merged, idea, page, assert_accessible
):
    page.goto(idea.get_url())

    data = page.locator('script[type="application/ld+json"]').text_content()
    assert '"CreativeWork"' in data
    expect(page.locator("#credits").get_by_text("merged into")).to_be_visible()
    assert_accessible(page)


def test_author_names_somebody_and_sets_shares_without_javascript(idea, new_page, author, citizen):
    page = new_page(user=author, javascript=False)
    page.goto(f"{idea.get_url()}credits/")

    page.get_by_label("Who?").fill("citizen")
    page.get_by_role("button", name="Invite").click()

    expect(page.get_by_text("not answered yet")).to_be_visible()
    other = new_page(user=citizen, javascript=False)
    other.goto(f"{idea.get_url()}credits/")
    other.get_by_role("button", name="Accept").click()
    expect(other.get_by_role("button", name="Accept")).to_have_count(0)
    page.goto(f"{idea.get_url()}credits/")
    for field, share in zip(page.locator("input[name^=share_]").all(), ("60", "41"), strict=True):
        field.fill(share)
    page.get_by_role("button", name="Set the shares").click()
    expect(page.get_by_text("add up to 101 %").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_neighbour_offers_to_improve_and_the_author_accepts(
    idea,
    new_page,
    author,
    neighbour,
    assert_accessible,
    assert_no_sideways_scroll,
    width,
    language,
):
    uuid = idea.contribution.uuid
    page = new_page(user=neighbour, width=width)
    page.goto(f"/{language}/civic/contributions/{uuid}/improve/")
    assert_accessible(page)
    assert_no_sideways_scroll(page)

    page.fill("[name=text]", "I can measure how wide the path is.")
    page.click("main form.civic-form [type=submit]")

    page.wait_for_url(f"**/contributions/{uuid}/credits/")
    other = new_page(user=author, width=width)
    other.goto(page.url)
    expect(other.get_by_text("I can measure how wide the path is.")).to_be_visible()
    assert_accessible(other)
    assert_no_sideways_scroll(other)
    other.click("#offers [value=accept]")
    other.wait_for_selector("#offers", state="detached")
    assert idea.contribution.credits.get().role == "improver"
