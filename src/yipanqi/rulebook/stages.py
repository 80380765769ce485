"""A city's own steps of a project's life, in order, each mapped to its official stage."""

from dataclasses import dataclass, field
from datetime import date

from yipanqi.rulebook import documents, stage_checks
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.sources import Basis, Edition
from yipanqi.vocab.stages import Depth, Ending, Official, Parting, Stage


class NoSuchStage(LookupError):
    """The sheet in force has no step of that code."""


class NoSuchEnding(LookupError):
    """The sheet in force has no way off the road of that code."""


@dataclass(frozen=True, slots=True)
class Prelude:
    """A step kept in another library before there is a project (线索、研判)."""

    code: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Tier:
    """How deep a project is verified whose planned total is below `below_fen` (None: any)."""

    code: str
    title: str
    below_fen: int | None
    depth: Depth
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class StageSheet(Edition):
    """The steps in order; `sources` names where each comes from, in the same order."""

    id: str
    valid_from: date
    stages: tuple[Stage, ...]
    sources: tuple[str, ...] = field(default=())
    preludes: tuple[Prelude, ...] = field(default=())
    tiers: tuple[Tier, ...] = field(default=())
    endings: tuple[Ending, ...] = field(default=())

    @property
    def first(self) -> Stage:
        """The step a new project stands at."""
        return self.stages[0]

    @property
    def last(self) -> Stage:
        """The step at the end of the road."""
        return self.stages[-1]

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

    def behind(self, code: str) -> tuple[Stage, ...]:
        """The steps before this one, in order. Raises NoSuchStage."""
        return self.stages[: self._place(code)]

    def beyond(self, code: str) -> tuple[Stage, ...]:
        """The steps ahead that are not open yet: reached only by a designed skip."""
        return self.stages[self._place(code) + 1 + len(self.next_steps(code)) :]

    def on_the_way(self, here: str, to: str) -> tuple[Stage, ...]:
        """The gates a move from here to there passes: those that must be, and its own.

        Raises NoSuchStage.
        """
        between = self.stages[self._place(here) + 1 : self._place(to)]
        return (*(stage for stage in between if not stage.optional), self.find(to))

    def of(self, official: Official) -> tuple[Stage, ...]:
        """The steps that count as the official stage, in order."""
        return tuple(stage for stage in self.stages if stage.official is official)

    def tier(self, total_fen: int | None) -> Tier | None:
        """How deep a project of this planned total is verified; an unknown total is the deepest.

        None where the city verifies nothing.
        """
        for tier in self.tiers:
            if total_fen is not None and (tier.below_fen is None or total_fen < tier.below_fen):
                return tier
        return self.tiers[-1] if self.tiers else None

    def ending(self, code: str) -> Ending:
        """The way off the road of that code. Raises NoSuchEnding."""
        for ending in self.endings:
            if ending.code == code:
                return ending
        raise NoSuchEnding(f"阶段表 {self.id} 里没有“{code}”这种结束方式，请从现行的中选择")

    def endings_from(self, code: str) -> tuple[Ending, ...]:
        """The ways off the road open from this step."""
        return tuple(ending for ending in self.endings if code in ending.stages)

    def _place(self, code: str) -> int:
        for place, stage in enumerate(self.stages):
            if stage.code == code:
                return place
        raise NoSuchStage(f"阶段表 {self.id} 里没有“{code}”，请从现行阶段中选择")


def read(document: Document) -> StageSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "stage", "prelude", "tier", "ending")
    rows = document.rows("stage")
    documents.unique(rows, "code")
    documents.unique(rows, "title")
    sheet = StageSheet(
        document.id,
        document.top.day("valid_from"),
        tuple(_stage(row) for row in rows),
        tuple(row.grounds()[0] for row in rows),
        tuple(_prelude(row) for row in _some(document, "prelude")),
        tuple(_tier(row) for row in _some(document, "tier")),
        tuple(_ending(row) for row in _some(document, "ending")),
    )
    stage_checks.check_order(document, rows, sheet.stages)
    stage_checks.check_tiers(document, [tier.below_fen for tier in sheet.tiers], sheet.stages)
    stage_checks.check_endings(document, sheet.endings, sheet.stages)
    return sheet


def _some(document: Document, name: str) -> list[Row]:
    """The rows of a kind a sheet may do without: packs written before it stay sound."""
    rows = document.rows(name) if name in document.top.written else []
    documents.unique(rows, "code")
    return rows


def _stage(row: Row) -> Stage:
    row.allow(
        "code", "title", "official", "optional", "verified", "day", "source", "basis", "notes"
    )
    return Stage(
        row.text("code"),
        row.text("title"),
        row.one_of("official", Official),
        row.flag("optional"),
        row.flag("verified"),
        row.text("day", default=""),
    )


def _prelude(row: Row) -> Prelude:
    row.allow("code", "title", "source", "basis", "notes")
    return Prelude(row.text("code"), row.text("title"), row.grounds()[0])


def _tier(row: Row) -> Tier:
    row.allow("code", "title", "below_fen", "depth", "source", "basis", "sample", "notes")
    source, basis = row.grounds()
    below = int(row.number("below_fen")) if "below_fen" in row.written else None
    return Tier(
        row.text("code"),
        row.text("title"),
        below,
        row.one_of("depth", Depth),
        source,
        basis,
        row.sample(basis),
    )


def _ending(row: Row) -> Ending:
    row.allow("code", "title", "parting", "stages", "reopens", "source", "basis", "notes")
    return Ending(
        row.text("code"),
        row.text("title"),
        row.one_of("parting", Parting),
        row.texts("stages"),
        row.flag("reopens"),
        row.grounds()[0],
    )
