import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """News that supporters and followers have still to hear."""

    dependencies = [
        ("civic_answers", "0001_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="WaitingNews",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="civic_answers.officialanswer",
                    ),
                ),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="civic_answers.adoptionchange",
                    ),
                ),
                (
                    "update",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="civic_answers.deliveryupdate",
                    ),
                ),
            ],
            options={
                "verbose_name": "news to be told",
                "verbose_name_plural": "news to be told",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", False), ("change", None), ("update", None)),
                            models.Q(("answer", None), ("change__isnull", False), ("update", None)),
                            models.Q(("answer", None), ("change", None), ("update__isnull", False)),
                            _connector="OR",
                        ),
                        name="civic_answer_news_of_one",
                    )
                ],
            },
        ),
    ]
