"""Parks and their focus (两主一特 / 一主一特)."""

from django.db import models


class Park(models.Model):
    """A park; its unit is people's, known here by code and path."""

    unit = models.OneToOneField("people.Unit", models.PROTECT, related_name="park")
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    level = models.CharField("级别", max_length=12)  # national | provincial
    district = models.CharField("所在区县", max_length=60)
    leading = models.JSONField("主导产业", default=list)
    special = models.CharField("特色产业", max_length=80, blank=True, default="")
    source = models.CharField("来源", max_length=200)
    basis = models.CharField("依据", max_length=20)

    class Meta:
        verbose_name = "园区"
        ordering = ("unit__path",)
