import django.db.models.deletion
from django.db import migrations, models
from wagtail.images import get_image_model_string

IMAGE = get_image_model_string()


class Migration(migrations.Migration):
    dependencies = [
        ("civic_challenges", "0003_glossaries"),
        migrations.swappable_dependency(IMAGE),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="civic_winners_reason",
        ),
        migrations.AddField(
            model_name="award",
            name="cancel_proposed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="cancel_proposed_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="cancelled_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="papers_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="award",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=IMAGE,
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="picture_alternative",
            field=models.CharField(
                blank=True, max_length=300, verbose_name="what the picture shows"
            ),
        ),
        migrations.AddField(
            model_name="challengefacts",
            name="corrects_severity",
            field=models.BooleanField(
                default=True,
                help_text="Where judges see different entries, how much harsher or milder each is than the panel is taken off. The plain mean is shown beside it.",
                verbose_name="harsh and mild judges are balanced",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="withdrawn_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="withdrawn_reason",
            field=models.TextField(
                blank=True, max_length=5000, verbose_name="why it was withdrawn"
            ),
        ),
        migrations.AddField(
            model_name="instalment",
            name="reached_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="instalment",
            name="reference",
            field=models.CharField(
                blank=True, max_length=100, verbose_name="reference of the payment"
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(
                        ("cancel_proposed_by__isnull", False),
                        ("cancelled_by__isnull", False),
                        models.Q(("cancelled_by", models.F("cancel_proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="civic_award_cancelled_by_two",
                violation_error_message="Somebody else has to confirm this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("deviates", False), ("no_award", False)),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="civic_winners_reason",
                violation_error_message="Say in public why it is not as ranked.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None), ("final_at", None)),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="civic_winners_confirmed_whole",
                violation_error_message="Who confirmed it did so at some time.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None),
                    ("confirmed_at", None),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="civic_winners_withdrawn_reason",
                violation_error_message="Say in public why it was withdrawn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("paid_by", None), ("paid_on", None)),
                    models.Q(
                        ("paid_by__isnull", False),
                        ("paid_on__isnull", False),
                        ("reached_by__isnull", False),
                        models.Q(("paid_by", models.F("reached_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="civic_instalment_by_two",
                violation_error_message="Somebody else has to note the payment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="civic_instalment_of_something",
                violation_error_message="An instalment is of some money.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("place__gt", 0),
                    models.Q(("advances", True), ("place", None), ("prize", None)),
                    _connector="OR",
                ),
                name="civic_placement_says_something",
                violation_error_message="It wins a place, or it advances.",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount", 0), ("prize__isnull", False), _connector="OR"),
                name="civic_placement_money_of_prize",
                violation_error_message="Money is given out of a prize.",
            ),
        ),
    ]
