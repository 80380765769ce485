"""The sheets and tables of the city as approved: what was in force when a decision was taken."""

from typing import Any, ClassVar

from django.db import models


class Immutable(Exception):
    """An approved sheet is never changed or removed: past decisions cite it."""

    def __init__(self) -> None:
        super().__init__("已批准的规则不能修改或删除；请另立新修订或新的生效日")


class Status(models.TextChoices):
    """Where a revision stands."""

    DRAFT = "draft", "草稿"
    APPROVED = "approved", "已批准"


class SheetRows(models.QuerySet["Sheet"]):
    """Rows of which the approved ones cannot be touched."""

    def update(self, **changes: Any) -> int:
        """Change drafts. Raises Immutable when an approved sheet is among the rows."""
        self._refuse_approved()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove drafts. Raises Immutable when an approved sheet is among the rows."""
        self._refuse_approved()
        return super().delete()

    def _refuse_approved(self) -> None:
        if self.filter(status=Status.APPROVED).exists():
            raise Immutable


class Sheet(models.Model):
    """One revision of one file of the city's pack; `name` is its path there.

    `unit` is "" for the city's own; `valid_from` is null for files without a day. The one who
    approved is kept as the actor's id, since people live in a higher room.
    """

    city = models.SlugField("城市", max_length=40)
    unit = models.SlugField("单位", max_length=60, blank=True, default="")
    kind = models.CharField("种类", max_length=20)
    name = models.CharField("文件", max_length=200)
    valid_from = models.DateField("生效日", null=True)
    revision = models.PositiveIntegerField("修订")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    text = models.TextField("内容")
    digest = models.CharField("摘要", max_length=64)
    approved_by = models.BigIntegerField("批准人", null=True)
    created_at = models.DateTimeField("建立时间")

    objects: ClassVar[models.Manager["Sheet"]] = SheetRows.as_manager()

    class Meta:
        verbose_name = "规则"
        ordering = ("name", "-revision")
        indexes = (models.Index(fields=("status", "kind")),)
        constraints = (
            models.UniqueConstraint(fields=("city", "name", "revision"), name="rules_one_revision"),
            models.CheckConstraint(
                condition=models.Q(status=Status.DRAFT) | models.Q(approved_by__isnull=False),
                name="rules_approved_by_someone",
            ),
        )

    def save(self, *args: Any, **options: Any) -> None:
        """Save a new revision or a draft. Raises Immutable when the row stored is approved."""
        if self.pk is not None:
            self._refuse_if_approved()
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Remove a draft. Raises Immutable when the row stored is approved."""
        self._refuse_if_approved()
        return super().delete(*args, **options)

    def _refuse_if_approved(self) -> None:
        if Sheet.objects.filter(pk=self.pk, status=Status.APPROVED).exists():
            raise Immutable
