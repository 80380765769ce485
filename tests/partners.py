"""A leader's list of suppliers in force, for tests of what shows it."""

from datetime import date
from decimal import Decimal

from tests import cast

from yipanqi.domain.industries import queries
from yipanqi.domain.industries.partner_kinds import MatchedBy, PartnerKind
from yipanqi.domain.industries.services import partners
from yipanqi.domain.industries.services.partners import Draft, Known, Partner
from yipanqi.vocab.labels import Label

LEADER = "示例重工股份有限公司"


def listed(*, registry_id="r7", name="江苏目标液压7号有限公司", label=Label.INTERNAL):
    """The list of the dispatcher, with one supplier of 工程机械 placed in 液压件."""
    draft = Draft(
        leader=LEADER,
        as_of=date(2018, 6, 1),
        source="示例重工供应链部",
        file_name="名单.xlsx",
        sha256="a" * 64,
        label=label,
    )
    known = Known(registry_id, name, "江苏", "常州", False, MatchedBy.NAME, Decimal(1))
    row = Partner(
        2, PartnerKind.SUPPLY, name, product="主阀", link="gcjx-yeya", year=2018, known=known
    )
    (made,) = partners.apply(queries.chain("gongcheng-jixie"), draft, [row], by=cast.dispatcher())
    return made
