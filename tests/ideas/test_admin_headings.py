"""What rows of the forum's screens in the admin are called, in the language of who reads them."""

import pytest
from django.utils import translation

from civic_sourcing.ideas.form_desk.forms import QuestionForm
from civic_sourcing.ideas.places_desk.forms import CategoryForm
from civic_sourcing.ideas.rules_desk.forms import ThresholdForm

THRESHOLD = {"number": 50, "measure": "supports", "event": "review"}
CATEGORY = {"name_en": "Trees", "name_ko": "나무"}
QUESTION = {"label_en": "How many?", "label_ko": "몇 개입니까?"}


@pytest.mark.parametrize(
    ("form", "initial", "language", "heading"),
    [
        pytest.param(
            ThresholdForm,
            THRESHOLD,
            "en",
            "50 people who support it → a department reviews it",
            id="threshold",
        ),
        pytest.param(
            ThresholdForm,
            THRESHOLD,
            "ko",
            "공감한 사람 50명 → 담당 부서가 검토합니다",
            id="threshold in Korean",
        ),
        pytest.param(CategoryForm, CATEGORY, "en", "Trees", id="category"),
        pytest.param(CategoryForm, CATEGORY, "ko", "나무", id="category in Korean"),
        pytest.param(CategoryForm, {"name_en": "Trees"}, "ko", "Trees", id="only one name"),
        pytest.param(QuestionForm, QUESTION, "en", "How many?", id="question"),
        pytest.param(QuestionForm, QUESTION, "ko", "몇 개입니까?", id="question in Korean"),
    ],
)
def test_rows_are_called_as_their_reader_says(form, initial, language, heading):
    with translation.override(language):
        shown = str(form(initial=initial).heading)

    assert shown == heading


def test_each_language_of_a_question_stands_in_one_column():
    columns = [[field.name for field in language] for language in QuestionForm().texts]

    assert columns == [
        ["label_en", "help_en", "choices_en"],
        ["label_ko", "help_ko", "choices_ko"],
    ]
