"""`yipanqi industries`: which industry an enterprise is of, and how sure that is."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yipanqi.delivery.cli.analysis import asking

if TYPE_CHECKING:
    from yipanqi.engine.industries.shenwan import Verdict

_ABSENT = "申万行业模型要用 scikit-learn，请先安装：pip install 'yipanqi[ml]'"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `industries train` and `tell` to the command line."""
    parser = subparsers.add_parser("industries", help="行业：国民经济行业与申万行业，拿不准就不判")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    taught = verbs.add_parser("train", help="用上市公司名单和产业图谱训练申万一级行业模型")
    taught.add_argument("--listed", type=Path, required=True, help="上市公司名单 CSV")
    taught.add_argument("--graph", type=Path, required=True, help="产业图谱目录（ckg_*.csv）")
    taught.add_argument("--out", type=Path, required=True, help="模型写到哪个文件（.npz）")
    taught.add_argument("--seed", type=int, default=7, help="留出企业的分法，默认 7")
    taught.set_defaults(run=train)
    asked = verbs.add_parser("tell", help="由名称和经营范围判断一家企业的行业")
    asked.add_argument("--name", required=True, help="企业名称")
    asked.add_argument("--scope", required=True, help="经营范围")
    asked.add_argument("--model", type=Path, help="申万行业模型，由 industries train 得到")
    asked.add_argument("--format", choices=("table", "json"), default="table")
    asked.set_defaults(run=tell)


def train(options: argparse.Namespace) -> int:
    """Write the model; 0 when done, 2 with one sentence when it cannot be learned."""
    try:
        _require()
        from yipanqi.engine.industries import lessons, shenwan, training  # noqa: PLC0415
    except asking.CannotAnswer as cannot:
        print(cannot, file=sys.stderr)
        return 2
    try:
        known = lessons.read(options.listed, options.graph)
        model = training.train(known, seed=options.seed)
        shenwan.save(model, options.out)
    except lessons.LessonsRefused as refused:
        print(refused, file=sys.stderr)
        return 2
    except OSError as fault:
        print(f"写不了 {options.out}：{fault.strerror}，请核对 --out", file=sys.stderr)
        return 2
    print(
        f"已训练 {len(model.codes)} 个申万一级行业，上市公司 {model.origin['companies']:,} 家"
        f"（有经营范围的 {model.origin['with_scope']:,} 家）；"
        f"把握不到 {model.threshold:.0%} 的不判。模型：{options.out}"
    )
    return 0


def tell(options: argparse.Namespace) -> int:
    """Print the industry; 0 when done, 2 with one sentence when it cannot be told."""
    try:
        verdict = _shenwan(options.model, options.name, options.scope) if options.model else None
    except asking.CannotAnswer as cannot:
        print(cannot, file=sys.stderr)
        return 2
    told = {"shenwan": _written(verdict)}
    if options.format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(f"申万一级：{_line(verdict)}" for _ in told))
    return 0


def _shenwan(model: Path, name: str, scope: str) -> "Verdict | None":
    _require()
    from yipanqi.engine.industries import shenwan, wording  # noqa: PLC0415

    try:
        return shenwan.load(model).tell([wording.read(name, scope)])[0]
    except shenwan.ModelRefused as refused:
        raise asking.CannotAnswer(str(refused)) from refused


def _require() -> None:
    try:
        importlib.import_module("sklearn")
    except ImportError as absent:
        raise asking.CannotAnswer(_ABSENT) from absent


def _written(verdict: "Verdict | None") -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "code": verdict.code if verdict.told else None,
        "name": verdict.name if verdict.told else None,
        "likeliest": verdict.name,
        "confidence": verdict.confidence,
        "likely": verdict.likely,
        "reasons": verdict.reasons,
    }


def _line(verdict: "Verdict | None") -> str:
    if verdict is None:
        return "不判（没有可用的文字）"
    words = "、".join(verdict.reasons)
    if verdict.told:
        return f"{verdict.name}（{verdict.code}），把握 {verdict.confidence:.0%}，依据：{words}"
    return f"不判（最像{verdict.name}，把握只有 {verdict.confidence:.0%}），依据：{words}"
