"""What belongs to an enterprise, on one page: the relations every room declares for merging."""

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab.relations import Relation

RELATIONS: tuple[Relation, ...] = (
    *evidence.OF_ENTERPRISES,
    *investors.OF_ENTERPRISES,
    *leads.OF_ENTERPRISES,
    *projects.OF_ENTERPRISES,
)
