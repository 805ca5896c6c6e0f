"""Works with planned money and a spot, who follows them, and what they are told."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

COLUMNS = ("answer", "adoption", "change", "milestone", "update", "extension")


def one_of(columns):
    condition = Q()
    for told in columns:
        condition |= Q(**{f"{name}__isnull": name != told for name in columns})
    return condition


def degrees(name):
    return models.DecimalField(
        decimal_places=6, editable=False, max_digits=9, null=True, verbose_name=name
    )


def told_of(model):
    return models.OneToOneField(
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name="+",
        to=f"civic_answers.{model}",
    )


def followed(model, name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="delivery_follows",
        to=model,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("civic_answers", "0003_noted_milestones"),
        ("civic_attribution", "0006_offers"),
        ("civic_participants", "0004_phase_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeliveryFollow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(editable=False, verbose_name="since")),
                ("contribution", followed("civic_attribution.contribution", "contribution")),
                ("participant", followed("civic_participants.participant", "participant")),
            ],
            options={
                "verbose_name": "followed delivery",
                "verbose_name_plural": "followed deliveries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "participant"),
                        name="civic_delivery_follow_once",
                        violation_error_message="You follow this already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            "adoption", "is_work", models.BooleanField(default=False, verbose_name="it is a work")
        ),
        migrations.AddField("adoption", "latitude", degrees("latitude")),
        migrations.AddField("adoption", "longitude", degrees("longitude")),
        migrations.AddField(
            "adoption",
            "planned",
            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="planned money"),
        ),
        migrations.AddConstraint(
            "adoption",
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="civic_adoption_on_earth",
                violation_error_message="A spot has a latitude and a longitude.",
            ),
        ),
        migrations.RemoveConstraint("waitingnews", "civic_answer_news_of_one"),
        migrations.AddField("waitingnews", "adoption", told_of("adoption")),
        migrations.AddField("waitingnews", "extension", told_of("promiseextension")),
        migrations.AddField("waitingnews", "milestone", told_of("milestone")),
        migrations.AddConstraint(
            "waitingnews",
            models.CheckConstraint(condition=one_of(COLUMNS), name="civic_answer_news_of_one"),
        ),
    ]
