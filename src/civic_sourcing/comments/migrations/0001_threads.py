import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("civic_attribution", "0006_offers"),
        ("civic_participants", "0003_eligibility"),
        ("civic_processes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("page_key", models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                (
                    "comment_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="comments"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                ("conclusion_html", models.TextField(blank=True, editable=False)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_participants.participant",
                        verbose_name="closed by",
                    ),
                ),
                (
                    "contribution",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thread",
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="civic_processes.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "thread",
                "verbose_name_plural": "threads",
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(editable=False, verbose_name="since")),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="civic_comments.thread",
                        verbose_name="thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed thread",
                "verbose_name_plural": "followed threads",
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "contribution",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="comment",
                        serialize=False,
                        to="civic_attribution.contribution",
                        verbose_name="contribution",
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "position",
                    models.CharField(
                        blank=True,
                        choices=[("for", "For"), ("against", "Against"), ("neutral", "Neutral")],
                        max_length=8,
                        verbose_name="position",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="The role in which it was written, such as “official”.",
                        max_length=32,
                        verbose_name="speaks as",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("rendered_html", models.TextField(blank=True, editable=False)),
                (
                    "shown_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="shown since"),
                ),
                (
                    "edited_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="edited"),
                ),
                (
                    "tombstone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("author", "Its author has deleted this comment."),
                            ("moderation", "This comment was taken down under the netiquette."),
                            ("account", "The author of this comment no longer takes part here."),
                            ("waiting", "This comment was changed and waits to be looked at."),
                        ],
                        editable=False,
                        max_length=16,
                        verbose_name="in its place",
                    ),
                ),
                ("moved_from", models.JSONField(blank=True, editable=False, null=True)),
                (
                    "replies",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="replies"),
                ),
                (
                    "helpful",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="helpful"),
                ),
                (
                    "not_helpful",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="not helpful"
                    ),
                ),
                ("rating", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="civic_comments.comment",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="civic_comments.comment",
                        verbose_name="reply to",
                    ),
                ),
                (
                    "quoted",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotations",
                        to="civic_comments.comment",
                        verbose_name="quotes",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tree",
                        to="civic_comments.comment",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="civic_comments.thread",
                        verbose_name="thread",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
            },
        ),
        migrations.CreateModel(
            name="CommentRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "open_phases",
                    models.JSONField(
                        blank=True, default=None, null=True, verbose_name="open during"
                    ),
                ),
                (
                    "positions",
                    models.BooleanField(
                        default=False, verbose_name="people say if they are for or against"
                    ),
                ),
                (
                    "edit_minutes",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="minutes for editing"
                    ),
                ),
                (
                    "order",
                    models.CharField(
                        choices=[
                            ("newest", "Newest first"),
                            ("oldest", "Oldest first"),
                            ("replies", "Most replies"),
                            ("rated", "Best rated"),
                        ],
                        default="newest",
                        max_length=16,
                        verbose_name="order at first",
                    ),
                ),
                (
                    "process",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comment_rules",
                        to="civic_processes.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of comments",
                "verbose_name_plural": "rules of comments",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("order__in", ["newest", "oldest", "replies", "rated"])),
                        name="civic_comment_order_known",
                        violation_error_message="This order is not known.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "value",
                    models.SmallIntegerField(
                        choices=[(1, "Helpful"), (-1, "Not helpful")], verbose_name="rating"
                    ),
                ),
                ("rated_at", models.DateTimeField(editable=False, verbose_name="rated")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="civic_comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_votes",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating of a comment",
                "verbose_name_plural": "ratings of comments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "participant"),
                        name="civic_comment_vote_once",
                        violation_error_message="You have rated this comment already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__in", [1, -1])),
                        name="civic_comment_vote_up_or_down",
                        violation_error_message="A comment is helpful or not helpful.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="civic_comments.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="civic_participants.participant",
                        verbose_name="participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "mention",
                "verbose_name_plural": "mentions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "participant"), name="civic_mention_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("contribution", None), ("page_key", None), _connector="XOR"),
                name="civic_thread_below_one_thing",
                violation_error_message="A thread is below a contribution or below a page.",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_at__isnull", False),
                    models.Q(("closed_by", None), ("conclusion", ""), ("conclusion_html", "")),
                    _connector="OR",
                ),
                name="civic_thread_concluded_only_if_closed",
                violation_error_message="Only a closed thread has a conclusion.",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(
                fields=("thread", "participant"), name="civic_follow_once"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["root", "branch", "contribution"], name="civic_comment_tree"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("shown_at__isnull", False), ("tombstone", "")),
                fields=["thread", "shown_at"],
                name="civic_comment_arrived",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("parent", None), ("shown_at__isnull", False)),
                fields=["thread", "shown_at", "contribution"],
                name="civic_comment_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("parent", None), ("shown_at__isnull", False)),
                fields=["thread", "replies", "contribution"],
                name="civic_comment_replies",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("parent", None), ("shown_at__isnull", False)),
                fields=["thread", "rating", "contribution"],
                name="civic_comment_rated",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("depth", 1), ("parent", None)),
                    models.Q(("depth__range", (2, 3)), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="civic_comment_depth_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__in", ["", "for", "against", "neutral"])),
                name="civic_comment_position_known",
                violation_error_message="This position is not known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tombstone", ""),
                    models.Q(
                        ("shown_at__isnull", False),
                        ("tombstone__in", ["author", "moderation", "account", "waiting"]),
                    ),
                    _connector="OR",
                ),
                name="civic_comment_tombstone_in_its_place",
                violation_error_message="Only what was shown leaves a tombstone.",
            ),
        ),
    ]
