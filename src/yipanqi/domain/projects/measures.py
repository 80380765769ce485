"""What a project's figures come to: fixed investment by each definition, and figures per mu."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from yipanqi.domain.projects import tables
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.investments import Counted, fixed_investment
from yipanqi.vocab import clock


@dataclass(frozen=True, slots=True)
class PerMu:
    """Figures of one mu of the site, in fen; None where a part of the ratio is not known.

    亩均投资强度 = 固定资产投资 ÷ 用地亩数; 亩均税收 = 预计年税收 ÷ 用地亩数; 亩均产值 likewise.
    """

    investment_fen: int | None
    tax_fen: int | None
    output_fen: int | None


def by_definition(project: Project) -> list[Counted]:
    """Fixed investment by every definition in force today; nothing where no component is known."""
    known = tables.component_fen(project)
    sheet = rules.investments(on=clock.today())
    if sheet is None or all(fen is None for fen in known.values()):
        return []
    return [fixed_investment(known, by=each) for each in sheet.definitions]


def per_mu(project: Project) -> PerMu:
    """The project's figures per mu, by its agreed fixed investment and its promises."""
    area = project.site_area_mu
    return PerMu(
        ratio(project.fixed_investment_fen, area),
        ratio(project.expected_tax_fen, area),
        ratio(project.expected_output_fen, area),
    )


def ratio(fen: int | None, area_mu: Decimal | None) -> int | None:
    """Fen for one mu, half up; None where the amount is unknown or there is no area."""
    if fen is None or not area_mu:
        return None
    return int((Decimal(fen) / area_mu).quantize(Decimal(1), ROUND_HALF_UP))
