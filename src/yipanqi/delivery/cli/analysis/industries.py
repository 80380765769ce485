"""`yipanqi industries`: which industry an enterprise is of, and how sure that is."""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yipanqi.delivery.cli.analysis import asking, columns
from yipanqi.engine import sessions
from yipanqi.engine.indices import NoRegistry
from yipanqi.engine.industries import counting, gbt, gbt_words
from yipanqi.engine.industries.counting import Count, Counts

if TYPE_CHECKING:
    from yipanqi.engine.industries.shenwan import Verdict

_ABSENT = "申万行业模型要用 scikit-learn，请先安装：pip install 'yipanqi[ml]'"


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `industries train`, `tell` and `show` to the command line."""
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
    shown = verbs.add_parser("show", help="一个城市的企业按国民经济行业大类计数，附不判的家数")
    shown.add_argument("--city", required=True, help="城市：名称或代码，如 长沙、430100")
    shown.add_argument("--registry", type=Path, help="登记数据目录，默认为最近发布的一批")
    shown.add_argument("--by", choices=("division", "section"), default="division")
    shown.add_argument("--format", choices=("table", "json"), default="table")
    shown.set_defaults(run=show)


def train(options: argparse.Namespace) -> int:
    """Write the model; 0 when done, 2 with one sentence when it cannot be learned."""
    try:
        _require()
    except asking.CannotAnswer as cannot:
        print(cannot, file=sys.stderr)
        return 2
    from yipanqi.engine.industries import lessons, shenwan, training  # noqa: PLC0415

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
        f"把握不到 {model.threshold:.1%} 的不判。模型：{options.out}"
    )
    return 0


def tell(options: argparse.Namespace) -> int:
    """Print the industry; 0 when done, 2 with one sentence when it cannot be told."""
    try:
        shenwan = _shenwan(options.model, options.name, options.scope) if options.model else None
    except asking.CannotAnswer as cannot:
        print(cannot, file=sys.stderr)
        return 2
    verdict = gbt.tell(options.name, options.scope)
    if options.format == "json":
        told = {"gbt": _gbt_written(verdict), "shenwan": _shenwan_written(shenwan)}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(_gbt_lines(verdict))
    if options.model:
        print(f"申万一级：{_shenwan_line(shenwan)}")
    return 0


def show(options: argparse.Namespace) -> int:
    """Print the counts; 0 when done, 2 with one sentence when they cannot be had."""
    try:
        city = asking.city(options.city)
        registry = asking.registry(options.registry)
        with sessions.measures() as session:
            found = counting.counts(registry, session, city=city)
    except (asking.CannotAnswer, NoRegistry) as cannot:
        print(cannot, file=sys.stderr)
        return 2
    print(_counts_json(found) if options.format == "json" else _counts_table(found, options.by))
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


def _gbt_written(verdict: gbt.Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        level: {
            "code": answer.code if answer.told else None,
            "name": _named(answer.code) if answer.told else None,
            "likeliest": answer.code,
            "confidence": answer.confidence,
        }
        for level, answer in (("section", verdict.section), ("division", verdict.division))
    } | {"reasons": verdict.reasons}


def _gbt_lines(verdict: gbt.Verdict | None) -> str:
    if verdict is None:
        return "国民经济行业：不判（没有认得的字词）"
    words = "、".join(verdict.reasons)
    return "\n".join(
        (
            f"门类：{_answered(verdict.section)}",
            f"大类：{_answered(verdict.division)}",
            f"依据：{words}",
        )
    )


def _answered(answer: gbt.Answer) -> str:
    name = f"{answer.code} {_named(answer.code)}"
    if answer.told:
        return f"{name}，把握 {answer.confidence:.0%}"
    if not answer.confidence:
        return "不判（没有说到大类的字词）"
    return f"不判（最像 {name}，把握只有 {answer.confidence:.0%}）"


def _named(code: str) -> str:
    division = gbt_words.divisions().get(code)
    return division.name if division else gbt_words.sections()[code]


def _shenwan_written(verdict: "Verdict | None") -> dict[str, Any] | None:
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


def _shenwan_line(verdict: "Verdict | None") -> str:
    if verdict is None:
        return "不判（没有可用的文字）"
    words = "、".join(verdict.reasons)
    if verdict.told:
        return f"{verdict.name}（{verdict.code}），把握 {verdict.confidence:.0%}，依据：{words}"
    return f"不判（最像{verdict.name}，把握只有 {verdict.confidence:.0%}），依据：{words}"


def _counts_json(found: Counts) -> str:
    told = {
        "city": found.city.short_name,
        "city_code": found.city.code,
        "as_of": found.as_of,
        "synthetic": found.synthetic,
        "enterprises": found.enterprises,
        "open_divisions": found.open_divisions,
        "open_sections": found.open_sections,
        "divisions": [_counted(one) for one in found.divisions],
        "sections": [_counted(one) for one in found.sections],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _counted(one: Count) -> dict[str, Any]:
    return {"code": one.code, "name": one.name, "enterprises": one.enterprises}


def _counts_table(found: Counts, by: str) -> str:
    rows, open_ = (
        (found.sections, found.open_sections)
        if by == "section"
        else (found.divisions, found.open_divisions)
    )
    made = "，合成数据" if found.synthetic else ""
    title = f"{found.city.short_name}（数据截至 {found.as_of or '未注明'}{made}）"
    lines = [(one.code, one.name, f"{one.enterprises:,}") for one in rows]
    whole = max(found.enterprises, 1)
    note = (
        f"共 {found.enterprises:,} 家，其中 {open_:,} 家（{open_ / whole:.1%}）拿不准，不判。"
        "由名称和经营范围推断，不是统计部门的登记行业。"
    )
    return "\n".join([title, "", columns.table(_HEAD, lines, right=frozenset({2})), "", note])


_HEAD = ("代码", "行业", "家数")
