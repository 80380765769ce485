"""The figures of a backtest as tables for a terminal."""

from collections.abc import Sequence
from math import isnan

from yipanqi.delivery.cli.analysis import columns
from yipanqi.engine.backtests import rules, strata, summaries, track_records, trials
from yipanqi.engine.backtests.intervals import Estimate
from yipanqi.engine.backtests.runs import SETTLED, Run
from yipanqi.engine.backtests.summaries import Line
from yipanqi.engine.backtests.track_records import Ground

_HEAD = ("规则或模型", "AP", "前100", "前1000", "召回@1000", "AP 比", "召回比")
_SHOWN = (strata.ALL, strata.INDUSTRIAL, "group", "single", "others")


def shown(run: Run, told: Sequence[Line]) -> str:
    """What was judged, each kind of candidate in a table, and what was skipped and why."""
    came = sum(one.came for one in run.trials)
    made = "（合成数据）" if run.synthetic else ""
    lines = [
        (
            f"回测{made}：{len({one.city.code for one in run.trials})} 个城市，{len(run.trials)} 个"
            f"城市窗口，落户 {came:,} 家次；数据 {run.snapshot}，种子 {run.question.seed}"
        )
    ]
    names = {**strata.LABELS, **run.chains}
    for kind in (*_SHOWN, *run.chains):
        rows = [_row(line) for line in told if line.stratum == kind]
        if rows:
            table = columns.table(_HEAD, rows, right=frozenset(range(1, len(_HEAD))))
            lines += ["", names[kind], table]
    best = summaries.best_rule(told)
    lines += ["", f"比值对照“{rules.LABELS[rules.PEER]}”，方括号为 95% 区间（按城市重抽）。"]
    if best is not None:
        lines.append(f"最好的单行规则：{rules.LABELS[best.model]}。")
        lines += [_lift(run, model, best) for model in (trials.LOGISTIC, trials.BOOSTED)]
    lines += _desk(run)
    if any(one.year < SETTLED for one in run.question.windows):
        lines.append(f"{SETTLED} 年底以前的窗口用来选定过参数，不是独立的检验。")
    lines += [f"跳过 {one.city.short_name} {one.window}：{one.reason}" for one in run.skipped]
    return "\n".join(lines)


def _desk(run: Run) -> list[str]:
    """What came of the desk's own lists, all chains together; nothing where the run had no pack."""
    if run.desk is None:
        return []
    found = []
    for row in track_records.overall(run.desk, Ground.of(run)):
        found += [
            "",
            (
                f"本榜（{row['sheet']}），每条链前 {row['k']} 名：来了 {row['hits']:,} / "
                f"{row['listed']:,} 家次；全体候选 {row['came']:,} / {row['candidates']:,}"
            ),
            *(
                f"  不计已在本市的，{one['label']}：{one['hits']:,} / {one['listed']:,}"
                for one in row["rules"]
            ),
        ]
    return found


def _lift(run: Run, model: str, best: Line) -> str:
    found = summaries.ratios(run, model, best.model)
    return (
        f"{trials.LABELS[model]} 与它相比：AP {_spread(found['ap'])}，"
        f"召回@1000 {_spread(found['recall_at_1000'])}"
    )


def _row(line: Line) -> tuple[str, ...]:
    return (
        trials.LABELS[line.model],
        f"{line.ap.value:.4f}",
        f"{line.precision_at_100:.1%}",
        f"{line.precision_at_1000:.1%}",
        f"{line.recall_at_1000.value:.1%}",
        _spread(line.ap_ratio),
        _spread(line.recall_ratio),
    )


def _spread(one: Estimate) -> str:
    if isnan(one.value):
        return "—"
    return f"{one.value:.2f}" + ("" if isnan(one.low) else f" [{one.low:.2f}, {one.high:.2f}]")
