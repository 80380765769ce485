"""Reading old lines: how a body of one version becomes that of the next; lines stay as written."""

from collections.abc import Callable
from dataclasses import dataclass, field

from yipanqi.domain.ledger.events import Plain

Body = dict[str, Plain]
Step = Callable[[Body], Body]


class StepTakenError(Exception):
    """Two upcasters claim the same version of one kind."""


@dataclass(frozen=True, slots=True)
class Upcasters:
    """Steps by (kind, version): each gives the body as version + 1 would have written it."""

    steps: dict[tuple[str, int], Step] = field(default_factory=dict)

    def register(self, kind: str, version: int) -> Callable[[Step], Step]:
        """A decorator that adds a step. Raises StepTakenError when there is one already."""

        def add(step: Step) -> Step:
            if (kind, version) in self.steps:
                raise StepTakenError(f"{kind} 第 {version} 版已有升版函数")
            self.steps[kind, version] = step
            return step

        return add

    def latest(self, kind: str, version: int, body: Body) -> Body:
        """The body as the newest known version would have written it."""
        while step := self.steps.get((kind, version)):
            body, version = step(dict(body)), version + 1
        return body


# The house's own. A room's events.py adds a step when it raises the version of one of its events.
UPCASTERS = Upcasters()
