"""A challenge whose entries are closed, with three judges and the manager who leads them."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile

from civic_sourcing.challenges.models import Criterion, EntryFile, Judge, JudgeState
from civic_sourcing.challenges.panel.actions import AcceptJudging, AssignEntries, DeclareConflict
from civic_sourcing.core.uploads import receive
from civic_sourcing.participants.models import Participant
from tests.challenges.contests import add_entry, add_judge
from tests.scenes import maker, scene

DAY = timedelta(days=1)
CLOSED = ((-5 * DAY, -DAY, 5 * DAY),)
TITLES = ("Awnings", "Trees", "Paint", "Fans", "Vines", "Pergola")
PDF = b"%PDF-1.4\n4 0 obj << /Author (Mina Solver) >> endobj\n%%EOF\n"


@scene
def contest(make_challenge):
    """The page of the challenge: closed yesterday, judged for five days, two judges each."""
    return make_challenge(rounds=CLOSED, judges_each=2)


@scene
def round_(contest):
    return contest.process.rounds.get()


@scene
def solver(make_citizen):
    return make_citizen("Mina Solver", email="mina@example.org")


@scene
def entries(round_, solver, make_citizen):
    """Six entries; the first, by Mina, has a text that names her and a file."""
    rows = []
    for title in TITLES:
        user = solver if title == "Awnings" else make_citizen(f"captain of {title}")
        entry = add_entry(round_, user, title)
        entry.handed_in, entry.language = document(title), "en"
        entry.save()
        rows.append(entry)
    hand_in_document(rows[0])
    return rows


def hand_in_document(entry):
    """Give an entry the words of a document, with a file."""
    sent = SimpleUploadedFile("mina-solver-cv.pdf", PDF)
    file = EntryFile.holding(receive(sent), entry=entry, counts=True)
    file.save()
    entry.handed_in = document(entry.title)
    entry.handed_in["files"] = [{"uuid": str(file.uuid), "name": file.name, "digest": ""}]
    entry.language = "en"
    entry.save()


def document(title):
    return {
        "title": title,
        "brief": f"{title} over the yard.",
        "description": f"{title}, says Mina Solver (mina@example.org).",
        "url": "https://mina.example.org/",
        "replies": [{"question": "q", "label": "Who", "text": "Mina Solver", "value": ""}],
        "files": [],
    }


@scene
def judges(round_, make_citizen):
    """Three users on the panel, called A, B and C."""
    users = [make_citizen(name) for name in ("ann", "bea", "cem")]
    for user, alias in zip(users, "ABC", strict=True):
        Judge.objects.filter(pk=add_judge(round_, user).pk).update(alias=alias)
    return users


@scene
def assigned(round_, entries, judges, manager):
    """All entries are assigned, two judges each."""
    AssignEntries(round_, by=manager).execute()
    return round_


@maker
def judge_of(contest):
    def find(user):
        return Judge.objects.get(process=contest.process, participant=Participant.objects.of(user))

    return find


@maker
def assignments_of(contest):
    """The live assignments of a user, in their order."""

    def find(user):
        rows = contest.process.judges.get(participant__user=user).assignments
        return list(rows.filter(ended_at=None).order_by("pk"))

    return find


@maker
def opened(assignments_of):
    """The first assignment of a user, without a conflict of interest."""

    def declare(user, entry=None):
        rows = assignments_of(user)
        row = next(row for row in rows if entry is None or row.entry_id == entry.pk)
        DeclareConflict(row, by=user, conflict=False).execute()
        return row

    return declare


def criteria_of(round_):
    return list(Criterion.objects.filter(round=round_))


def accept(judge, user, **arguments):
    return AcceptJudging(judge, by=user, promised=True, **arguments).execute()


ACCEPTED = JudgeState.ACCEPTED


@maker
def in_admin():
    """Let somebody into the admin as such; what they see there is another matter."""

    def let(user):
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))

    return let
