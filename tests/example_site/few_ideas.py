"""The forum of today with a dozen ideas, for tests that load it each time."""

from town.demo import forums, ideas, past, residents


def load() -> None:
    residents.load()
    lives = ideas.lives(forums.TODAY, forums.made(forums.TODAY))
    named = [life for life in lives if life.words.supporters]
    past.play([event for life in named for event in life.events()])
