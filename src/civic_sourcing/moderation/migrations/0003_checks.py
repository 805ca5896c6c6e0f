import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_moderation", "0002_queue"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilterState",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("stamp", models.PositiveBigIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0, verbose_name="good texts")),
                ("spam", models.PositiveIntegerField(default=0, verbose_name="spam")),
                ("counts", models.BinaryField(default=bytes)),
            ],
            options={
                "verbose_name": "state of the learning filter",
                "verbose_name_plural": "states of the learning filter",
            },
        ),
        migrations.CreateModel(
            name="KnownText",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="known_text",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=32)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "known text",
                "verbose_name_plural": "known texts",
            },
        ),
        migrations.CreateModel(
            name="LearntText",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="learnt_text",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                ("is_spam", models.BooleanField(verbose_name="spam")),
                ("places", models.BinaryField()),
                ("learnt_at", models.DateTimeField(verbose_name="learnt")),
            ],
            options={
                "verbose_name": "learnt text",
                "verbose_name_plural": "learnt texts",
            },
        ),
        migrations.AddField(
            model_name="netiquetterule",
            name="is_advertising",
            field=models.BooleanField(
                default=False,
                help_text="The learning filter learns from decisions under this rule what spam is.",
                verbose_name="advertising",
            ),
        ),
        migrations.AlterField(
            model_name="forummoderation",
            name="premoderation",
            field=models.CharField(
                choices=[
                    ("none", "Nothing"),
                    ("everyone", "Everything"),
                    ("newcomers", "What newcomers write"),
                    ("checks", "What an automatic check holds"),
                ],
                default="checks",
                max_length=16,
                verbose_name="waits for a moderator",
            ),
        ),
        migrations.CreateModel(
            name="WordList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                ("language", models.CharField(blank=True, max_length=16, verbose_name="language")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("mark", "publish it, and show it to a moderator"),
                            ("hold", "let it wait for a moderator"),
                            ("refuse", "refuse it with a sentence"),
                        ],
                        default="hold",
                        max_length=8,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="One word or phrase a line. A star stands for any letters: “word*” also finds “words”, “*word*” finds it inside others. Particles of Korean are found without a star.",
                        max_length=50000,
                        verbose_name="words",
                    ),
                ),
                (
                    "exceptions",
                    models.TextField(
                        blank=True,
                        help_text="What looks like one of the words and is harmless, written likewise.",
                        max_length=50000,
                        verbose_name="exceptions",
                    ),
                ),
                (
                    "sentence",
                    models.CharField(
                        blank=True,
                        help_text="Shown where the text is refused or waits. Do not repeat the word in it.",
                        max_length=255,
                        verbose_name="sentence to the writer",
                    ),
                ),
                ("retired", models.BooleanField(default=False, verbose_name="not in use")),
                ("stamp", models.PositiveBigIntegerField(default=0, editable=False)),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="civic_moderation.netiquetterule",
                        verbose_name="rule they break",
                    ),
                ),
            ],
            options={
                "verbose_name": "word list",
                "verbose_name_plural": "word lists",
                "ordering": ["title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["mark", "hold", "refuse"])),
                        name="civic_word_list_verdict_known",
                    )
                ],
            },
        ),
    ]
