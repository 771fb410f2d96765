"""Working papers beside the ledger: settings with their history, and facts proposed but not yet answered."""

from __future__ import annotations

from django.db import models


class Setting(models.Model):
    """One setting of the office by name."""

    name = models.TextField(primary_key=True)
    value = models.JSONField()

    class Meta:
        db_table = "setting"

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"


class SettingChange(models.Model):
    """Who changed which setting from what to what, and when."""

    name = models.TextField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "setting_change"

    def __str__(self) -> str:
        return f"{self.changed_at} {self.name}"


class Proposal(models.Model):
    """A fact proposed by a list, a visit or a village; it counts only once an officer has answered.

    `key` is made from the source and what is proposed, so that the same list proposes once. `question` is what an
    officer asked back; the proposal stays open.
    """

    key = models.TextField(unique=True)
    kind = models.TextField()
    person = models.BigIntegerField(null=True, db_index=True)
    village = models.BigIntegerField(db_index=True)
    on = models.DateField()
    said = models.JSONField()
    evidence = models.JSONField()
    source = models.TextField()
    state = models.TextField(default="open", db_index=True)
    answer = models.TextField(default="")
    answered_by = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)
    answer_source = models.TextField(default="")
    proposed_at = models.DateTimeField()
    question = models.TextField(default="")
    asked_at = models.DateTimeField(null=True)
    asked_by = models.TextField(default="")

    class Meta:
        db_table = "proposal"

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class PaperImport(models.Model):
    """A file of working papers as it was taken in, and what it did to which rows, so that it can be taken back.

    `paper` is the table; `added` are rows it made, `changed` are [row, field, before, after].
    """

    paper = models.TextField()
    name = models.TextField()
    digest = models.TextField(db_index=True)
    added = models.JSONField()
    changed = models.JSONField()
    refused = models.IntegerField(default=0)
    taken_at = models.DateTimeField()
    taken_by = models.TextField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(default="")

    class Meta:
        db_table = "paper_import"

    def __str__(self) -> str:
        return f"{self.paper} {self.name}"
