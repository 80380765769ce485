"""A backtest as files: the same run gives the same bytes, without a clock or a machine's name."""

import csv
import io
import json
import math
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from yipanqi.engine import stores
from yipanqi.engine.backtests import (
    figures,
    intervals,
    rules,
    strata,
    summaries,
    track_records,
    trials,
)
from yipanqi.engine.backtests.intervals import Estimate
from yipanqi.engine.backtests.runs import Run
from yipanqi.engine.backtests.signals import LABELS, NAMES
from yipanqi.engine.backtests.summaries import Line
from yipanqi.engine.backtests.track_records import Ground
from yipanqi.engine.backtests.trials import Reason, Trial

FORMAT = 1
DIGITS = 6
CONSTANT = "constant"


def write(run: Run, folder: Path) -> Path:
    """Put every file of the run into the folder, in the place of what stood there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    ready = Path(tempfile.mkdtemp(prefix=f".{folder.name}-{os.getpid()}-", dir=folder.parent))
    for name, text in files(run).items():
        (ready / name).write_bytes(text.encode())
    stores.replace_folder(folder, ready=ready)
    return folder


def files(run: Run) -> Mapping[str, str]:
    """Each file's name and text."""
    told = summaries.lines(run)
    return {
        **_of_desk(run),
        "backtest.json": _json(told_of(run, told)),
        "measures.csv": _csv(measured(run)),
        "summary.csv": _csv([flat(line) for line in told]),
        "calibration.csv": _csv(
            {"model": model, **{name: _short(value) for name, value in row.items()}}
            for model in (trials.LOGISTIC, trials.BOOSTED)
            for row in summaries.calibration(run, model)
        ),
        "reasons.json": _json([_explained(one) for one in run.trials]),
        "precision.svg": figures.bars(told),
        "calibration.svg": figures.calibration(
            {name: summaries.calibration(run, name) for name in (trials.LOGISTIC, trials.BOOSTED)}
        ),
    }


def _of_desk(run: Run) -> Mapping[str, str]:
    """The files on the desk's own lists; none where the run had no pack."""
    if run.desk is None:
        return {}
    ground = Ground.of(run)
    return {
        "desk.csv": _csv(track_records.measured(run.desk)),
        "desk.json": _json(track_records.overall(run.desk, ground)),
        "track_record.json": _json(track_records.record(run.desk, ground)),
    }


def told_of(run: Run, told: Sequence[Line]) -> dict[str, Any]:
    """What the desk shows beside a list: one row per city, window and model, and the whole."""
    best = summaries.best_rule(told)
    return {
        "format": FORMAT,
        "question": "以某年底为准，外地集团（含单一公司）此后几年是否在本市首次登记分支或子公司",
        "registry": _read(run),
        "as_of": run.as_of,
        "synthetic": run.synthetic,
        "seed": run.question.seed,
        "peer": rules.PEER,
        "best_rule": best.model if best else None,
        "labels": {**trials.LABELS},
        "strata": {**strata.LABELS, **run.chains},
        "results": [row for one in run.trials for row in _results(one, run)],
        "overall": [nested(line) for line in told],
        "lift_over_best_rule": {
            model: {
                name: _spread(value)
                for name, value in summaries.ratios(run, model, best.model).items()
            }
            for model in (trials.LOGISTIC, trials.BOOSTED)
            if best and run.trials
        },
        "skipped": [
            {"city": one.city.code, "window": str(one.window), "reason": one.reason}
            for one in run.skipped
        ],
        "lessons": [
            {
                "window": str(one.window),
                "learnt_from": [str(window) for window in one.learnt_from],
                "rows": one.rows,
                "came": one.came,
            }
            for one in run.lessons
        ],
    }


def measured(run: Run) -> list[dict[str, Any]]:
    """One flat row per city, window, stratum and model."""
    return [
        {
            "city": one.city.code,
            "window": str(one.window),
            "stratum": kind,
            "model": model,
            "candidates": placed.candidates,
            "came": len(placed.ranks),
            "ap": _short(placed.average_precision()),
            **{f"precision_at_{k}": _short(placed.precision(k)) for k in (100, 1000)},
            **{f"recall_at_{k}": _short(placed.recall(k)) for k in (100, 1000)},
        }
        for one in run.trials
        for kind in (*strata.LABELS, *run.chains)
        for model, placed in one.placings[kind].items()
    ]


def flat(line: Line) -> dict[str, Any]:
    """A line of the summary with its intervals beside each other."""
    row: dict[str, Any] = {}
    for name, value in nested(line).items():
        if isinstance(value, dict):
            row |= {
                name: value["value"],
                f"{name}_low": value["low"],
                f"{name}_high": value["high"],
            }
        else:
            row[name] = value
    return row


def nested(line: Line) -> dict[str, Any]:
    """A line of the summary, each estimate with its interval inside."""
    row = {name: getattr(line, name) for name in line.__slots__}
    return {
        name: _spread(value) if isinstance(value, Estimate) else _short(value)
        for name, value in row.items()
    }


def _results(one: Trial, run: Run) -> Iterable[dict[str, Any]]:
    placings = one.placings[strata.ALL]
    peer = placings[rules.PEER].average_precision()
    for model, placed in placings.items():
        drawn = intervals.over_entrants(placed, intervals.average_precision, seed=run.question.seed)
        yield {
            "city": one.city.code,
            "city_name": one.city.short_name,
            "window": str(one.window),
            "model": model,
            "candidates": one.candidates,
            "came": one.came,
            "precision_at": {str(k): _short(placed.precision(k)) for k in (100, 1000)},
            "recall_at": {str(k): _short(placed.recall(k)) for k in (100, 1000)},
            "ap": _short(placed.average_precision()),
            "interval": [_short(drawn.low), _short(drawn.high)],
            "ratio": _short(placed.average_precision() / peer if peer else math.nan),
            "as_of": f"{one.window.year}-12-31",
            "registry": _read(run),
        }


def _read(run: Run) -> str:
    """What was read, by its digest: how the folder is called must not change a file."""
    return run.snapshot.rpartition("-")[2]


def _explained(one: Trial) -> dict[str, Any]:
    return {
        "city": one.city.code,
        "window": str(one.window),
        "labels": {**LABELS, CONSTANT: "常数项"},
        "lists": {model: [_reason(row) for row in rows] for model, rows in one.reasons.items()},
    }


def _reason(row: Reason) -> dict[str, Any]:
    """The score is the sum of the parts as printed, so that they add up for whoever checks."""
    parts = [Decimal(repr(part)).quantize(Decimal("0.000001")) for part in row.contributions]
    return {
        "rank": row.rank,
        "name": row.name,
        "came": row.came,
        "score": str(sum(parts, Decimal(0))),
        "contributions": {
            name: str(part) for name, part in zip((*NAMES, CONSTANT), parts, strict=True)
        },
    }


def _spread(value: Estimate) -> dict[str, float | None]:
    return {name: _short(getattr(value, name)) for name in value.__slots__}


def _short(value: Any) -> Any:
    """Floats to the declared digits, an unknown one as null."""
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, DIGITS)
    return value


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _csv(rows: Iterable[Mapping[str, Any]]) -> str:
    listed = list(rows)
    held = io.StringIO()
    if listed:
        writer = csv.DictWriter(held, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(listed)
    return held.getvalue()
