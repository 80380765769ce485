"""Which refusal about a project's money and tables is which status."""

from yipanqi.domain.projects.services import money, rewriting, row_checks
from yipanqi.domain.projects.services.money import Unclear

STATUS: tuple[tuple[type[Exception], int], ...] = (
    (money.Unclear, 422),
    (money.DoubleCounted, 422),
    (money.NotWaiting, 409),
    (rewriting.StaleTable, 409),
    (row_checks.WrongRow, 422),
)

__all__ = ["STATUS", "Unclear"]
