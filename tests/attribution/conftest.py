"""A process with a ledger, and a kind of contribution that is no page: a note on a board."""

import uuid
from collections import defaultdict

from django.contrib.auth import get_user_model

from civic_sourcing.attribution import kinds, ledger
from civic_sourcing.participants.models import Participant
from civic_sourcing.processes.models import Process
from tests.scenes import maker, scene


class Note(kinds.ContributionKind):
    """Keeps its notes in memory: what is on the board, and what happened to each."""

    key = "note"
    label = "Note"
    process_kinds = ("ideas",)

    def __init__(self):
        self.board = {}
        self.shown = set()
        self.happened = defaultdict(list)

    def contents(self, contributions):
        return {row.pk: self.board.get(row.pk) for row in contributions}

    def enter(self, process, entry):
        contribution = ledger.receive(
            "note",
            process=process,
            author=entry.author,
            title=entry.title,
            text=entry.text,
            language=entry.language,
            channel=entry.channel,
            entered_by=entry.entered_by,
            terms=entry.terms,
        )
        self.pin(contribution, entry.title, entry.text)
        return contribution

    def url(self, contribution):
        return f"/notes/{contribution.uuid}/" if contribution.pk in self.shown else ""

    def canonical(self, contribution):
        return self.board[contribution.pk]

    def visible(self, contributions):
        return {row.pk for row in contributions} & self.shown

    def pin(self, contribution, title, text):
        self.board[contribution.pk] = (title, text)
        if contribution.is_public:
            self.shown.add(contribution.pk)

    def show(self, contribution):
        self.shown.add(contribution.pk)
        self.happened[contribution.pk].append("show")

    restore = show

    def hide(self, contribution):
        self.shown.discard(contribution.pk)
        self.happened[contribution.pk].append("hide")

    def withdraw(self, contribution):
        if not contribution.is_public:
            self.hide(contribution)

    def mask(self, contribution, title, text):
        self.board[contribution.pk] = (title, text)

    def blank(self, contribution):
        self.board[contribution.pk] = ("", "")


@scene
def board(db):
    """What notes there are, kept in the memory."""
    return Note()


@maker
def notes(board):
    kinds._kinds["note"] = board
    yield board
    del kinds._kinds["note"]


@scene
def process(db):
    return Process.objects.create(translation_key=uuid.uuid4(), kind="ideas")


@maker
def make_person(db):
    def make(name, **fields):
        return get_user_model().objects.create_user(name, password="demo", **fields)

    return make


@scene
def author(make_person):
    return make_person("mina")


@maker
def receive(notes, process, author, db):
    """Hand in a note, as the author unless said otherwise."""

    def hand_in(title="A bench", text="By the river.", *, by=author, process=process, **facts):
        from django.db import transaction

        with transaction.atomic():
            contribution = ledger.receive(
                "note",
                process=process,
                author=Participant.objects.of(by) if by else None,
                title=title,
                text=text,
                **{"language": "en", **facts},
            )
            notes.pin(contribution, title, text)
        return contribution

    return hand_in


@scene
def contribution(receive):
    return receive()
