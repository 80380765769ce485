"""What an admission review may ask of a project, and the words of its grades and outcomes."""

from decimal import Decimal
from enum import StrEnum

from yipanqi.vocab.facts import Fact

CATEGORIES = {"encouraged": "鼓励类", "permitted": "允许类", "restricted": "限制类"}


class Grade(StrEnum):
    """What a countersigning department gives."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Outcome(StrEnum):
    """How a body ends its part of a review, and how the review ends."""

    PASSED = "passed"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"

    @property
    def title(self) -> str:  # type: ignore[override]  # nobody title-cases a code
        """The official term."""
        return OUTCOMES[self]


OUTCOMES = {
    Outcome.PASSED: "通过",
    Outcome.CONDITIONAL: "有条件通过",
    Outcome.REJECTED: "不予通过",
}

# The last three follow from the others where both parts are known.
ADMISSION_FACTS = {
    fact.key: fact
    for fact in (
        Fact("industry_category", str, "产业类别", values=CATEGORIES),
        Fact("annual_output_wan", Decimal, "预计年产值", "万元"),
        Fact("annual_tax_wan", Decimal, "预计年税收", "万元"),
        Fact("fixed_investment_wan", Decimal, "固定资产投资", "万元"),
        Fact("land_mu", Decimal, "用地面积", "亩"),
        Fact("output_per_mu_wan", Decimal, "产出强度", "万元/亩"),
        Fact("tax_per_mu_wan", Decimal, "税收强度", "万元/亩"),
        Fact("investment_per_mu_wan", Decimal, "投资强度", "万元/亩"),
    )
}
# Each intensity, and what is divided by the land.
PER_MU = {
    "output_per_mu_wan": "annual_output_wan",
    "tax_per_mu_wan": "annual_tax_wan",
    "investment_per_mu_wan": "fixed_investment_wan",
}
ENTERED = tuple(key for key in ADMISSION_FACTS if key not in PER_MU)
