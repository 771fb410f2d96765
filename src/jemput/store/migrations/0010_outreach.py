"""Going out to people: contacts, visits, letters, conversations, links, words about people; settlements with the way there."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Working papers of the sweep and of the villages."""

    dependencies = [
        ("store", "0009_report_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.BigIntegerField(db_index=True)),
                ("name", models.TextField()),
                ("role", models.TextField()),
                ("phone", models.TextField(default="")),
                ("email", models.TextField(default="")),
                ("channel", models.TextField(default="")),
                ("dusun", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "contact",
            },
        ),
        migrations.CreateModel(
            name="VillageCard",
            fields=[
                ("village", models.BigIntegerField(primary_key=True, serialize=False)),
                ("signal", models.TextField(default="")),
                ("kalangan", models.SmallIntegerField(null=True)),
                ("road", models.TextField(default="")),
                ("wet_season", models.TextField(default="")),
                ("travel_min", models.IntegerField(null=True)),
                ("wall_consent_on", models.DateField(null=True)),
                ("wall_consent_by", models.TextField(default="")),
                ("wall_consent_source", models.TextField(default="")),
            ],
            options={
                "db_table": "village_card",
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="asked_by",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="proposal",
            name="question",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="settlement",
            name="boat",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="settlement",
            name="channel",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="settlement",
            name="contact",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="settlement",
            name="contact_phone",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="settlement",
            name="merged_into",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="store.settlement"
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="motorbike",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="settlement",
            name="report_key",
            field=models.TextField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="settlement",
            name="surface",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="settlement",
            name="travel_min",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="settlement",
            name="wet_season",
            field=models.TextField(default=""),
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.TextField(unique=True)),
                ("village", models.BigIntegerField(db_index=True)),
                ("subject", models.TextField(default="")),
                ("state", models.TextField(db_index=True, default="new")),
                ("day", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("asked_at", models.DateTimeField(null=True)),
                ("remind_at", models.DateTimeField(db_index=True, null=True)),
                ("reminders", models.IntegerField(default=0)),
                ("answered_at", models.DateTimeField(null=True)),
                ("unread", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "contact",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.contact"),
                ),
            ],
            options={
                "db_table": "conversation",
            },
        ),
        migrations.CreateModel(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("direction", models.TextField()),
                ("batch", models.TextField()),
                ("digest", models.TextField()),
                ("held", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "exchange",
                "constraints": [models.UniqueConstraint(fields=("direction", "batch"), name="batch_once_a_direction")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("direction", models.TextField()),
                ("channel", models.TextField()),
                ("address", models.TextField(default="")),
                ("body", models.TextField()),
                ("reading", models.JSONField(null=True)),
                ("state", models.TextField(db_index=True)),
                ("tries", models.IntegerField(default=0)),
                ("error", models.JSONField(null=True)),
                ("key", models.TextField(null=True, unique=True)),
                ("at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("by", models.TextField(default="")),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="store.conversation",
                    ),
                ),
            ],
            options={
                "db_table": "message",
            },
        ),
        migrations.CreateModel(
            name="PaperChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper", models.TextField()),
                ("number", models.BigIntegerField()),
                ("field", models.TextField()),
                ("old", models.TextField()),
                ("new", models.TextField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.TextField()),
            ],
            options={
                "db_table": "paper_change",
                "indexes": [models.Index(fields=["paper", "number"], name="paper_change_of")],
            },
        ),
        migrations.CreateModel(
            name="SettlementMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("merged_at", models.DateTimeField()),
                ("merged_by", models.TextField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.TextField(default="")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="store.settlement"
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merged_by", to="store.settlement"
                    ),
                ),
            ],
            options={
                "db_table": "settlement_merge",
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_kind", models.TextField()),
                ("village", models.BigIntegerField(db_index=True)),
                ("place", models.TextField(default="")),
                ("on", models.DateField(db_index=True, null=True)),
                ("starts", models.TextField(default="")),
                ("ends", models.TextField(default="")),
                ("team", models.TextField(default="")),
                ("expected", models.IntegerField(null=True)),
                ("state", models.TextField(db_index=True, default="draft")),
                ("reason", models.TextField(default="")),
                ("requested_by", models.TextField(default="")),
                ("request_note", models.TextField(default="")),
                ("request_key", models.TextField(null=True, unique=True)),
                ("came", models.IntegerField(null=True)),
                ("recorded", models.IntegerField(null=True)),
                ("minutes", models.TextField(default="")),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "settlement",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.settlement"),
                ),
            ],
            options={
                "db_table": "visit",
            },
        ),
        migrations.CreateModel(
            name="VillageLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.TextField(unique=True)),
                ("token_hash", models.TextField(unique=True)),
                ("village", models.BigIntegerField(db_index=True)),
                ("secret", models.JSONField(default=dict)),
                ("pin_set_at", models.DateTimeField(null=True)),
                ("expires_on", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "conversation",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.conversation"),
                ),
                ("visit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.visit")),
            ],
            options={
                "db_table": "village_link",
            },
        ),
        migrations.CreateModel(
            name="PersonWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True)),
                ("village", models.BigIntegerField(db_index=True)),
                ("word", models.TextField()),
                ("note", models.TextField(default="")),
                ("on", models.DateField(null=True)),
                ("channel", models.TextField()),
                ("said_by", models.TextField()),
                ("said_at", models.DateTimeField()),
                ("entered_by", models.TextField(default="")),
                ("key", models.TextField(unique=True)),
                (
                    "conversation",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.conversation"),
                ),
                (
                    "proposal",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.proposal"),
                ),
                (
                    "settlement",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.settlement"),
                ),
                ("visit", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="store.visit")),
            ],
            options={
                "db_table": "person_word",
            },
        ),
        migrations.AddField(
            model_name="conversation",
            name="visit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="conversations", to="store.visit"
            ),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.TextField()),
                ("number", models.TextField(default="")),
                ("serial", models.IntegerField(null=True)),
                ("year", models.IntegerField()),
                ("pdf", models.TextField()),
                ("docx", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="store.visit"
                    ),
                ),
            ],
            options={
                "db_table": "letter",
                "constraints": [models.UniqueConstraint(fields=("year", "serial"), name="letter_serial_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="VisitPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField(db_index=True)),
                ("slot", models.TextField(default="")),
                ("outcome", models.TextField(default="")),
                ("note", models.TextField(default="")),
                ("outcome_at", models.DateTimeField(null=True)),
                ("outcome_by", models.TextField(default="")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="store.visit"
                    ),
                ),
            ],
            options={
                "db_table": "visit_person",
                "constraints": [models.UniqueConstraint(fields=("visit", "person"), name="person_once_a_visit")],
            },
        ),
        migrations.CreateModel(
            name="VisitVillage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("village", models.BigIntegerField()),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="neighbours", to="store.visit"
                    ),
                ),
            ],
            options={
                "db_table": "visit_village",
                "constraints": [models.UniqueConstraint(fields=("visit", "village"), name="neighbour_once_a_visit")],
            },
        ),
    ]
