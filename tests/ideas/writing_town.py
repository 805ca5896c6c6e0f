"""What the tests of writing need: pictures, forms that ask for more, steps through the form."""

from civic_sourcing.ideas.models import Asked, FormQuestion, FormSetup
from tests.core.pictures import picture, sent

OPTIONAL, REQUIRED = Asked.OPTIONAL, Asked.REQUIRED


def photo(name="bench.png"):
    return sent(picture(), name, "image/png")


def ask(forum, **fields):
    """Let the form of ``forum`` ask for ``fields``, such as ``photos="required"``."""
    return FormSetup.objects.update_or_create(process=forum.process, defaults=fields)[0]


def question(forum, kind="text", label="Who profits?", **fields):
    return FormQuestion.objects.create(
        process=forum.process, kind=kind, labels={"en": label}, **fields
    )


class Writer:
    """Somebody at the form: sends one step after the other, as a browser does."""

    def __init__(self, client, forum):
        self.client = client
        self.url = forum.url + "propose/"
        self.draft = ""

    def send(self, go="next", step="idea", **words):
        answer = self.client.post(
            self.url, {"go": go, "step": step, "draft": self.draft, **words}, follow=True
        )
        context = answer.context or {}
        if draft := context.get("draft"):
            self.draft = str(draft.uuid)
        return answer

    def begin(self, **words):
        told = {"title": "Benches by the river", "description": "People want to sit down."}
        return self.send(**{**told, **words})

    def publish(self, **words):
        return self.send("publish", "check", **words)
