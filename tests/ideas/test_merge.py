"""Merging ideas chosen in the explorer."""

from django.urls import reverse

from civic_sourcing.ideas.models import IdeaPage


def bulk(*ideas):
    url = reverse("wagtail_bulk_action", args=["civic_ideas", "ideapage", "merge_ideas"])
    return f"{url}?" + "&".join(f"id={idea.pk}" for idea in ideas)


def test_ideas_chosen_lead_to_the_form_that_merges_them(admin_client, idea, propose, citizen):
    other = propose(citizen, "Shade")

    page = admin_client.get(bulk(idea, other), follow=True)

    html = page.content.decode()
    assert all(str(each.contribution.uuid) in html for each in (idea, other))


def test_one_idea_is_not_merged(admin_client, idea):
    page = admin_client.get(bulk(idea), follow=True)

    assert "Choose at least two contributions to merge." in page.content.decode()


def test_merged_idea_is_a_page_of_the_forum(admin_client, idea, propose, citizen):
    other = propose(citizen, "Shade")
    originals = [str(each.contribution.uuid) for each in (idea, other)]
    url = f"{reverse('civic_attribution_admin:merge')}?contribution={originals[0]}"
    words = {"title": "Benches in the shade", "text": "Both."}

    admin_client.post(url, {"originals": originals, **words})

    merged = IdeaPage.objects.get(title="Benches in the shade")
    assert merged.live
    assert merged.get_parent().pk == idea.get_parent().pk
    assert IdeaPage.objects.filter(pk__in=[idea.pk, other.pk]).live().count() == 2


def test_credits_of_an_idea_are_below_it(client, idea):
    assert client.get(f"{idea.get_url()}credits/").status_code == 200
