"""No idea without its row in the ledger, and author and support in one place only."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("civic_ideas", "0003_ideas_and_support_become_contributions")]

    operations = [
        migrations.AlterField(
            model_name="ideapage",
            name="contribution",
            field=models.OneToOneField(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)s",
                to="civic_attribution.contribution",
                verbose_name="contribution",
            ),
        ),
        migrations.RemoveField(model_name="ideapage", name="author"),
        migrations.RemoveConstraint(model_name="support", name="civic_support_once_per_person"),
        migrations.RemoveField(model_name="support", name="idea"),
        migrations.AlterField(
            model_name="support",
            name="contribution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supports",
                to="civic_attribution.contribution",
                verbose_name="idea",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(
                fields=("contribution", "participant"),
                name="civic_support_once_per_person",
                violation_error_message="You already support this idea.",
            ),
        ),
    ]
