"""A city's own steps of a project's life, in order, each mapped to its official stage."""

from dataclasses import dataclass, field
from datetime import date

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Edition
from yipanqi.vocab.stages import Official, Stage


class NoSuchStage(LookupError):
    """The sheet in force has no step of that code."""


@dataclass(frozen=True, slots=True)
class StageSheet(Edition):
    """The steps in order; `sources` names where each comes from, in the same order."""

    id: str
    valid_from: date
    stages: tuple[Stage, ...]
    sources: tuple[str, ...] = field(default=())

    @property
    def first(self) -> Stage:
        """The step a new project stands at."""
        return self.stages[0]

    def find(self, code: str) -> Stage:
        """The step of that code. Raises NoSuchStage."""
        return self.stages[self._place(code)]

    def official(self, code: str) -> Official:
        """The official stage the step counts as. Raises NoSuchStage."""
        return self.find(code).official

    def next_steps(self, code: str) -> tuple[Stage, ...]:
        """The steps open after this one: optional ones, up to and including the first that is not.

        Empty at the end of the road. Raises NoSuchStage.
        """
        open_steps: list[Stage] = []
        for stage in self.stages[self._place(code) + 1 :]:
            open_steps.append(stage)
            if not stage.optional:
                break
        return tuple(open_steps)

    def of(self, official: Official) -> tuple[Stage, ...]:
        """The steps that count as the official stage, in order."""
        return tuple(stage for stage in self.stages if stage.official is official)

    def _place(self, code: str) -> int:
        for place, stage in enumerate(self.stages):
            if stage.code == code:
                return place
        raise NoSuchStage(f"阶段表 {self.id} 里没有“{code}”，请从现行阶段中选择")


def read(document: Document) -> StageSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "stage")
    rows = document.rows("stage")
    documents.unique(rows, "code")
    documents.unique(rows, "title")
    stages = tuple(_stage(row) for row in rows)
    _check_order(document, rows, stages)
    sources = tuple(row.grounds()[0] for row in rows)
    return StageSheet(document.id, document.top.day("valid_from"), stages, sources)


def _stage(row: Row) -> Stage:
    row.allow("code", "title", "official", "optional", "source", "basis", "notes")
    return Stage(
        row.text("code"), row.text("title"), row.one_of("official", Official), row.flag("optional")
    )


def _check_order(document: Document, rows: list[Row], stages: tuple[Stage, ...]) -> None:
    ranks = [list(Official).index(stage.official) for stage in stages]
    for row, stage, rank, before in zip(rows[1:], stages[1:], ranks[1:], ranks[:-1], strict=True):
        if rank < before:
            row.add(
                "official",
                f"“{stage.title}”退回到了{stage.official.title}",
                "按在谈、签约、开工、建成排",
            )
    for official in Official:
        if rows and not any(s.official is official and not s.optional for s in stages):
            document.add(
                1, f"没有一个必经阶段对应“{official.title}”", "补一个 optional = false 的阶段"
            )
