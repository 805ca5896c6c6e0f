"""Filling in, looking over and casting a ballot over HTTP, for tests."""

from bs4 import BeautifulSoup

from civic_sourcing.budgets.casting.box import box_of
from civic_sourcing.budgets.casting.keys import keys_of

TICKED = [("vote", "1"), ("vote", "N/2")]


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def form_of(review):
    """The fields of the form with which a ballot is cast."""
    form = review.find("input", {"name": "choice"}).find_parent("form")
    return {field["name"]: field["value"] for field in form.find_all("input")}


def reviewed(booth, marks=TICKED):
    """Fill in a ballot and go on; the page that shows what will be cast."""
    booth.send(marks, step="review")
    return soup_of(booth.client.get(booth.url + "review/"))


def cast(booth, fields):
    return booth.client.post(booth.url + "review/", fields)


def voted(booth, marks=TICKED):
    """Fill in, look over and cast; the address of the receipt."""
    answer = cast(booth, form_of(reviewed(booth, marks)))
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return answer["Location"]


def stored(run):
    """What lies in the box, opened with the key of the run."""
    box = box_of(run, keys_of(run, using="default"), using="default")
    return [box._opened(row) for row in run.envelopes.all()]


class NoMailServer:
    """A mail server nobody can reach."""

    def __init__(self, **options):
        pass

    def open(self):
        raise ConnectionRefusedError("no mail server")

    def close(self):
        pass
