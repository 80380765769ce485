"""Whether the steps, tiers and endings of a stage sheet fit together."""

from collections.abc import Sequence
from datetime import date

from yipanqi.rulebook.documents import Document, Row
from yipanqi.vocab.facts import PROJECT_FACTS, Fact
from yipanqi.vocab.stages import Ending, Official, Stage

_UNKNOWN = Fact("", bool, "")


def check_order(document: Document, rows: list[Row], stages: tuple[Stage, ...]) -> None:
    """Note steps that run backwards, official stages without a step, and days nobody knows."""
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
    for row, stage in zip(rows, stages, strict=True):
        if stage.day and PROJECT_FACTS.get(stage.day, _UNKNOWN).type is not date:
            row.add("day", f"没有“{stage.day}”这个日期", "写项目事实中的日期，如 started_on")


def check_tiers(document: Document, below: Sequence[int | None], stages: tuple[Stage, ...]) -> None:
    """Note tiers that do not rise or do not cover every amount."""
    if not below:
        if any(stage.verified for stage in stages):
            document.add(1, "有须核验的阶段，却没有写核验层级", "补 [[tier]]")
        return
    for place, (lower, upper) in enumerate(zip(below, below[1:], strict=False), 1):
        if lower is None or (upper is not None and upper <= lower):
            line = document.line(f"tier[{place}].code")
            document.add(line, "核验层级没有从小到大排", "按 below_fen 由小到大，最后一级不写")
    if below[-1] is not None:
        line = document.line(f"tier[{len(below) - 1}].below_fen")
        document.add(line, "最大的项目没有核验层级", "最后一级不写 below_fen")


def check_endings(document: Document, endings: Sequence[Ending], stages: tuple[Stage, ...]) -> None:
    """Note endings that begin at steps there are not, or are named like a step."""
    known = {stage.code for stage in stages}
    for place, ending in enumerate(endings):
        if strays := [code for code in ending.stages if code not in known]:
            line = document.line(f"ending[{place}].stages")
            document.add(line, f"没有阶段“{'、'.join(strays)}”", f"只能是：{'、'.join(known)}")
        if ending.code in known:
            line = document.line(f"ending[{place}].code")
            document.add(line, f"“{ending.code}”与阶段重名", "换一个代码")
