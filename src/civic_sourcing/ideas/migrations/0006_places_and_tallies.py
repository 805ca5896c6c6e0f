"""Categories and districts of ideas, the numbers the list sorts by, the words it searches."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_ideas", "0005_writing_ideas"),
        ("civic_processes", "0001_initial"),
        ("wagtailcore", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdeaTally",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="idea_tally",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="idea",
                    ),
                ),
                ("listed", models.BooleanField(default=False, verbose_name="listed")),
                ("filed_at", models.DateTimeField(verbose_name="filed")),
                ("supports", models.PositiveIntegerField(default=0, verbose_name="supports")),
                ("comments", models.PositiveIntegerField(default=0, verbose_name="comments")),
                ("followers", models.PositiveIntegerField(default=0, verbose_name="followers")),
                ("seen", models.PositiveIntegerField(default=0, verbose_name="seen")),
                ("activity_at", models.DateTimeField(verbose_name="last activity")),
                ("trending", models.FloatField(default=0, verbose_name="trending score")),
            ],
            options={
                "verbose_name": "numbers of an idea",
                "verbose_name_plural": "numbers of ideas",
            },
        ),
        migrations.CreateModel(
            name="IdeaText",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="idea_text",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="idea",
                    ),
                ),
                ("format", models.PositiveSmallIntegerField()),
                ("title", models.TextField()),
                ("words", models.TextField()),
                ("grams", models.TextField()),
            ],
            options={
                "verbose_name": "searched words of an idea",
                "verbose_name_plural": "searched words of ideas",
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("names", models.JSONField(default=dict, verbose_name="names")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "offered",
                    models.BooleanField(default=True, verbose_name="offered for new ideas"),
                ),
                (
                    "icon",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("budget", "Coins"),
                            ("calendar", "Calendar"),
                            ("comment", "Speech bubble"),
                            ("flag", "Flag"),
                            ("idea", "Light bulb"),
                            ("people", "People"),
                            ("person", "Person"),
                            ("phone", "Telephone"),
                            ("place", "Map pin"),
                            ("support", "Heart"),
                            ("town_hall", "Town hall"),
                        ],
                        max_length=20,
                        verbose_name="icon",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_set",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
            },
        ),
        migrations.AddField(
            model_name="ideapage",
            name="category",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="civic_ideas.category",
                verbose_name="category",
            ),
        ),
        migrations.CreateModel(
            name="District",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                ("names", models.JSONField(default=dict, verbose_name="names")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "offered",
                    models.BooleanField(default=True, verbose_name="offered for new ideas"),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_set",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "district",
                "verbose_name_plural": "districts",
            },
        ),
        migrations.AddField(
            model_name="ideapage",
            name="district",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="civic_ideas.district",
                verbose_name="district",
            ),
        ),
        migrations.AddConstraint(
            model_name="ideapage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="civic_idea_spot_on_earth",
                violation_error_message="A spot has a latitude and a longitude.",
            ),
        ),
        migrations.AddField(
            model_name="ideatally",
            name="process",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="idea_tallies",
                to="civic_processes.process",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                fields=("process", "code"),
                name="civic_idea_category_code",
                violation_error_message="This forum already has a category with this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="district",
            constraint=models.UniqueConstraint(
                fields=("process", "code"),
                name="civic_idea_district_code",
                violation_error_message="This forum already has a district with this code.",
            ),
        ),
        migrations.AddIndex(
            model_name="ideatally",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["process", "filed_at", "contribution"],
                name="civic_tally_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="ideatally",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["process", "supports", "contribution"],
                name="civic_tally_supported",
            ),
        ),
        migrations.AddIndex(
            model_name="ideatally",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["process", "trending", "contribution"],
                name="civic_tally_trending",
            ),
        ),
        migrations.AddIndex(
            model_name="ideatally",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["process", "seen", "contribution"],
                name="civic_tally_seen",
            ),
        ),
    ]
