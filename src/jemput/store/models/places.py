"""Areas with the time their code was valid, their boundaries by source, and settlements without an official code."""

from __future__ import annotations

from django.db import models


class Area(models.Model):
    """A code and its name for as long as a decree held it; never deleted, only given an end.

    `number` is the code as a number (`domain.ids.area_number`): 2, 4, 6 or 10 digits by level.
    """

    number = models.BigIntegerField()
    name = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        db_table = "area"
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="area_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="area_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class AreaPoint(models.Model):
    """A point inside an area, from which a cell is drawn where nobody has drawn a boundary."""

    number = models.BigIntegerField(primary_key=True)
    lat = models.FloatField()
    lng = models.FloatField()
    source = models.TextField()

    class Meta:
        db_table = "area_point"

    def __str__(self) -> str:
        return f"{self.number} {self.lat}, {self.lng}"


class Boundary(models.Model):
    """The boundary of an area as one source draws it; sources may disagree, the code stays."""

    number = models.BigIntegerField()
    source = models.TextField()
    geometry = models.TextField()
    area_km2 = models.FloatField()
    lat = models.FloatField()
    lng = models.FloatField()

    class Meta:
        db_table = "boundary"
        constraints = [models.UniqueConstraint(fields=["number", "source"], name="boundary_once_a_source")]

    def __str__(self) -> str:
        return f"{self.number} {self.source}"


class Settlement(models.Model):
    """A dusun, rompok or estate camp below a village; never deleted, but marked uninhabited, merged or withdrawn.

    `estimated_people` is the village's own estimate. `surface`, `wet_season`, `boat`, `motorbike` and `travel_min`
    (minutes from the village's centre, one way) tell the way there. Withdrawn is what an import had brought that was taken back.
    """

    kind = models.TextField()
    name = models.TextField()
    village = models.BigIntegerField(db_index=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    estimated_people = models.IntegerField(null=True)
    description = models.TextField(default="")
    reported_by = models.TextField(default="")
    uninhabited_on = models.DateField(null=True)
    surface = models.TextField(default="")
    wet_season = models.TextField(default="")
    boat = models.BooleanField(default=False)
    motorbike = models.BooleanField(default=False)
    travel_min = models.IntegerField(null=True)
    contact = models.TextField(default="")
    contact_phone = models.TextField(default="")
    channel = models.TextField(default="")
    report_key = models.TextField(null=True, unique=True)  # noqa: DJ001 - unique, and many have none
    withdrawn_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        db_table = "settlement"

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class SettlementChange(models.Model):
    """Who changed what of a settlement, and when."""

    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT)
    field = models.TextField()
    old = models.TextField()
    new = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.TextField()

    class Meta:
        db_table = "settlement_change"

    def __str__(self) -> str:
        return f"{self.settlement_id} {self.field}"


class SettlementMerge(models.Model):
    """Two rows of one settlement put together: what each was before, so that it can be undone."""

    kept = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Settlement, on_delete=models.PROTECT, related_name="merged_by")
    before = models.JSONField()
    merged_at = models.DateTimeField()
    merged_by = models.TextField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.TextField(default="")

    class Meta:
        db_table = "settlement_merge"

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
