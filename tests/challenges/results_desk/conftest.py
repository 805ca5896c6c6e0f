"""The contest of ``awards``, judged and not ranked yet; two people who may decide, in the admin."""

from django.contrib.auth.models import Permission

from tests.challenges.awards import conftest as awards
from tests.challenges.panel.conftest import in_admin  # noqa: F401
from tests.scenes import scene

captain = awards.captain
contest = awards.contest
judge = awards.judge
loser = awards.loser


@scene
def in_office(manager, steward, contest):
    """Manager and steward may open the admin. The process of the contest."""
    for user in (manager, steward):
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return contest.process
