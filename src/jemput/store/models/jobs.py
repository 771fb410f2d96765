"""Work that takes longer than a page may: what is to be done, who does it, and what came of it.

How far a running job has come stands beside the database (`store/pulse.py`): an import is one
transaction, and nobody can look into it or write past it.
"""

from __future__ import annotations

from django.db import models


class Job(models.Model):
    """One piece of work. `owner` is the token of the process that does it; `once` keeps a date from being planned twice."""

    kind = models.TextField()
    args = models.JSONField()
    area = models.BigIntegerField(null=True)
    once = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique, and many have none
    state = models.TextField(default="waiting")
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    owner = models.TextField(default="")
    result = models.JSONField(null=True)
    error = models.JSONField(null=True)

    class Meta:
        db_table = "job"
        indexes = [
            models.Index(fields=("state", "due_at"), name="job_due"),
            models.Index(fields=("kind", "asked_at"), name="job_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=("waiting", "running", "done", "failed")), name="job_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.state}"


class Backup(models.Model):
    """One backup that was made and read back; `removed_at` once it was no longer to be kept."""

    file = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    bytes = models.BigIntegerField()
    sha256 = models.TextField()
    place = models.BigIntegerField()
    head = models.TextField()
    seconds = models.FloatField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "backup"

    def __str__(self) -> str:
        return self.file
