"""Attaching evidence to a project."""

from datetime import date

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.projects import life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.vocab.actors import Actor, require


class UnknownMaterial(Exception):
    """The kind of material is not one that gates or files know."""


def attach(
    project: Project,
    upload: storing.Upload,
    *,
    kind: str,
    source: str = "",
    dated: date | None = None,
    by: Actor,
) -> EvidenceFile:
    """Keep the file as evidence of a kind in queries.MATERIALS. Raises Ended or a safety.Refused.

    `source` says where the material comes from, `dated` the day it bears.
    """
    require(by, "evidence.attach", doing="上传佐证材料")
    life.refuse_ended(project)
    if kind not in queries.MATERIALS:
        known = "、".join(queries.MATERIALS.values())
        raise UnknownMaterial(f"材料类别“{kind}”不存在；可选：{known}")
    attachment = storing.Attachment(
        queries.subject(project), kind, queries.scope(project), source, dated
    )
    return storing.attach(upload, to=attachment, by=by)
