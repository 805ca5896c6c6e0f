import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_challenges", "0007_approved_texts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="civic_winners_once",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="civic_winners_reason",
        ),
        migrations.AddField(
            model_name="decision",
            name="instead_of",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves_up",
                to="civic_challenges.award",
                verbose_name="moves up for",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deviates", False), ("instead_of", None), ("no_award", False)),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="civic_winners_reason",
                violation_error_message="Say in public why it is not as ranked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("instead_of", None), ("withdrawn_at", None)),
                fields=("round",),
                name="civic_winners_once",
                violation_error_message="The winners of this phase are decided already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("instead_of",),
                name="civic_moves_up_once",
                violation_error_message="Somebody moves up here already.",
            ),
        ),
    ]
