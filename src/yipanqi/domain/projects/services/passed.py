"""What a project's passed gates rest on may not be taken away by a later change."""

from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement
from yipanqi.vocab import clock


class GateEmptied(Exception):
    """The change would take away what a passed gate rests on; `missing` lists it."""

    def __init__(self, missing: tuple[Requirement, ...]) -> None:
        super().__init__("该修改会使已通过的阶段失去依据：" + "；".join(m.message for m in missing))
        self.missing = missing


def unmet_behind(project: Project) -> tuple[Requirement, ...]:
    """What the gates already passed would now miss."""
    codes = [stage.code for stage in rules.stages(on=clock.today()).stages]
    passed = codes[1 : codes.index(project.stage) + 1]
    known = queries.facts(project)
    return tuple(row for code in passed for row in queries.missing(project, code, known))


def refuse_emptied(project: Project, held: tuple[Requirement, ...]) -> None:
    """Raise GateEmptied where a passed gate misses more than it did (`held`) before the change."""
    if emptied := tuple(row for row in unmet_behind(project) if row not in held):
        raise GateEmptied(emptied)
