"""Pictures on cards, attachments, and where the hub lists what is announced."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

from civic_sourcing.challenges.blocks import ChallengesBlock
from civic_sourcing.challenges.models import ChallengePage
from civic_sourcing.core.clock import now
from civic_sourcing.processes.models import ParticipationPage
from civic_sourcing.processes.status import ProcessStatus

from .conftest import DAY


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def pictured(challenge, media):
    """The open challenge with a picture."""
    picture = get_image_model().objects.create(title="Yard", file=get_test_image_file())
    ChallengePage.objects.filter(pk=challenge.pk).update(
        picture=picture, picture_alternative="A yard without a tree"
    )
    return challenge


def test_card_shows_the_picture_with_its_words(client, index, pictured):
    shown = client.get(index.url).text

    assert 'alt="A yard without a tree"' in shown
    assert 'loading="lazy"' in shown
    assert "civic-card-picture" in shown


def test_pictures_cost_one_query_however_many_there_are(
    client, index, pictured, make_challenge, django_assert_max_num_queries
):
    client.get(index.url)
    picture = ChallengePage.objects.get(pk=pictured.pk).picture
    for number in range(4):
        page = make_challenge(f"Another {number}")
        ChallengePage.objects.filter(pk=page.pk).update(picture=picture)
    client.get(index.url)

    with django_assert_max_num_queries(20):
        client.get(index.url)


def test_block_shows_pictures_too(index, pictured, rf):
    block = ChallengesBlock()
    value = block.to_python({"index": index.pk, "number": 3, "shown": "all"})

    assert 'alt="A yard without a tree"' in block.render(value, context={"request": rf.get("/")})


def attach(page, *documents):
    page.attachments = [("document", document) for document in documents]
    page.save_revision().publish()


def document(name, collection=None):
    made = get_document_model()(title=f"Plan {name}", collection=collection or root())
    made.file.save(f"{name}.pdf", ContentFile(b"%PDF-1.4 " + b"x" * 2048))
    return made


def root():
    return Collection.get_first_root_node()


def test_attachments_stand_with_kind_and_size_but_not_those_of_private_collections(
    client, challenge, media
):
    private = root().add_child(name="Only for us")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    attach(challenge, document("yard"), document("cellar", private))

    shown = client.get(challenge.url).text

    assert "Plan yard" in shown
    assert "(PDF, 2.0\xa0KB)" in shown
    assert "Plan cellar" not in shown


def test_who_may_open_the_collection_sees_the_document(client, challenge, media, citizen):
    private = root().add_child(name="For those signed in")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    attach(challenge, document("cellar", private))
    client.force_login(citizen)

    assert "Plan cellar" in client.get(challenge.url).text


def test_announced_challenge_is_coming_and_not_open(make_challenge, home, client):
    hub = home.add_child(instance=ParticipationPage(title="Take part", slug="take-part"))
    make_challenge("Announced", parent=hub, rounds=((3 * DAY, 9 * DAY, 20 * DAY),))

    context = client.get(hub.url).context

    assert [card.page.title for card in context["coming"]] == ["Announced"]
    assert context["running"] == []


@pytest.mark.parametrize(
    ("opens", "state", "tone"), [(3, "coming", "info"), (-3, "running", "success")]
)
def test_process_runs_from_the_first_phase_in_which_people_can_do_something(
    make_challenge, opens, state, tone
):
    page = make_challenge(rounds=((opens * DAY, 9 * DAY, 20 * DAY),))
    status = ProcessStatus(page.process, now())

    assert (status.state, status.tone) == (state, tone)
    if state == "coming":
        assert "Entering" in status.sentence
