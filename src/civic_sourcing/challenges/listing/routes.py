"""What the list of challenges serves: itself, its feed, and the numbers."""

from __future__ import annotations

from civic_sourcing.challenges.routes import route


class IndexRoutes:
    """Addresses of the list of challenges, all of them to read."""

    list_challenges = route("", "challenges", module="listing.views")
    feed_challenges = route("feed/", "feed", module="listing.views")
    show_numbers = route("numbers/", "numbers", module="numbers.views")
    download_numbers = route("numbers/csv/<slug:table>/", "table", module="numbers.views")
