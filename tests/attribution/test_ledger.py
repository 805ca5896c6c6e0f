"""What is received gets its number, its time, its fingerprint."""

from civic_sourcing.attribution.models import State


def test_first_contribution_is_published_as_number_one(contribution):
    version = contribution.versions.get()

    assert (contribution.sequence, contribution.state) == (1, State.PUBLISHED)
    assert (version.number, version.position, version.title) == (1, 1, "A bench")
    assert len(version.fingerprint) == 64
