"""Several editors at once: a number stands for one project, and a place on the paper, too."""

import pytest

from civic_sourcing.budgets.actions.projects import AddProjects
from civic_sourcing.budgets.models import BudgetProjectPage, Project
from civic_sourcing.budgets.projects.facts import Facts
from civic_sourcing.budgets.projects.new import NewProject
from civic_sourcing.core.exceptions import ActionRefused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_of_equal_numbers_one_wins_and_the_others_are_told(new_vote, run_in_parallel):
    def add(place):
        project = NewProject(f"Project {place}", Facts(number="7", cost=5))
        return AddProjects(new_vote, by=None, projects=(project,), publish=True).execute()

    made = run_in_parallel(5, add)

    refused = [each.code for each in made if isinstance(each, ActionRefused)]
    assert refused == ["number-taken"] * 4
    assert Project.objects.count() == BudgetProjectPage.objects.count() == 1


def test_different_numbers_all_get_a_place(new_vote, run_in_parallel):
    def add(place):
        project = NewProject(f"Project {place}", Facts(number=str(place), cost=5))
        return AddProjects(new_vote, by=None, projects=(project,), publish=True).execute()

    made = run_in_parallel(5, add)

    assert not [each for each in made if isinstance(each, Exception)]
    assert sorted(Project.objects.values_list("position", flat=True)) == [0, 1, 2, 3, 4]
