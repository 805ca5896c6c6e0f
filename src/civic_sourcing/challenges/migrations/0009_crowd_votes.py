import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_challenges", "0008_moving_up")]

    operations = [
        migrations.CreateModel(
            name="CrowdVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("public", "Public vote"), ("peer", "Other solvers")],
                        max_length=8,
                        verbose_name="who",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "wait_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="days after the deadline"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=7, verbose_name="days it lasts")),
                (
                    "most",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="entries for each person"
                    ),
                ),
                (
                    "conditions",
                    models.JSONField(blank=True, default=list, verbose_name="conditions"),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="crowd_votes",
                        to="civic_challenges.round",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote beside the panel",
                "verbose_name_plural": "votes beside the panel",
                "ordering": ["round", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "kind"),
                        name="civic_crowd_vote_once",
                        violation_error_message="This phase has such a vote already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gt", 0), ("most__gt", 0)),
                        name="civic_crowd_vote_of_something",
                        violation_error_message="It lasts a day at least, for one entry at least.",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="crowdscore", name="civic_crowd_score_range"),
        migrations.AddField(
            model_name="crowdscore",
            name="slot",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="which of theirs"),
        ),
        migrations.AlterField(
            model_name="crowdscore",
            name="points",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="points"),
        ),
        migrations.AddConstraint(
            model_name="crowdscore",
            constraint=models.UniqueConstraint(
                fields=("kind", "round", "participant", "slot"),
                name="civic_crowd_score_slot",
                violation_error_message="You have no more votes here.",
            ),
        ),
        migrations.AddConstraint(
            model_name="crowdscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "public"), ("points__isnull", False), ("points__lte", 1)),
                    models.Q(("kind", "peer"), ("points__isnull", True)),
                    models.Q(("kind", "peer"), ("points__gte", 1), ("points__lte", 5)),
                    _connector="OR",
                ),
                name="civic_crowd_score_range",
                violation_error_message="A choice is one point; other solvers give 1 to 5.",
            ),
        ),
    ]
