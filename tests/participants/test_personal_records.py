"""Every row about a person has somebody who answers for it, over all installed rooms."""

import json

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from civic_sourcing.core.personal_records import (
    PersonalRecords,
    _handlers,
    personal_records,
    register_personal_records,
    unnamed_models,
)


def test_every_model_with_a_path_to_a_person_is_answered_for():
    assert unnamed_models() == []


@pytest.mark.parametrize(
    "label", ["civic_participants.participant", "civic_notifications.preference"]
)
def test_a_model_nobody_answers_for_is_named(label, monkeypatch):
    """The guard fails when a handler is taken away, directly pointing models and chains alike."""
    left = {name: each for name, each in _handlers.items() if label not in each.models}
    monkeypatch.setattr("civic_sourcing.core.personal_records._handlers", left)

    assert label in unnamed_models()


def test_handlers_name_models_that_exist():
    installed = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}

    named = {label for handler in personal_records() for label in handler.models}

    assert named <= installed


def test_two_rooms_do_not_share_a_name():
    class Other(PersonalRecords):
        name = "civic_participants"

    with pytest.raises(ValueError, match="already registered"):
        register_personal_records(Other())


def test_every_handler_lists_exports_and_erases_somebody_who_did_nothing(person):
    for handler in personal_records():
        assert isinstance(handler.summary(person), list)
        assert json.dumps(handler.export(person), cls=DjangoJSONEncoder)
        handler.erase(person, blank_texts=True)
        handler.erase(person, blank_texts=True)
