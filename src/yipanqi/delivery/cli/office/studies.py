"""`yipanqi studies`: diagnosis and target lists of every chain, renewed from the registry."""

import argparse
import sys

from yipanqi.delivery.cli.office import study_labels
from yipanqi.delivery.jobs import recounts, remedies, studies
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.services import recounting, running
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

_SHOWN_RUNS = 20
_SHOWN_DIFFERENCES = 20


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `studies` to the command line."""
    parser = commands.add_parser("studies", help="研判：按现行登记数据与规则更新各产业链")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    refresh = verbs.add_parser("refresh", help="更新全部产业链的诊断与招引目标；已是最新的跳过")
    refresh.set_defaults(run=_refresh)
    listed = verbs.add_parser("runs", help="最近的研判运行；给编号则列出它得出的研判")
    listed.add_argument("id", nargs="?", default="", help="运行编号")
    listed.set_defaults(run=_runs)
    again = verbs.add_parser("rerun", help="用同样的数据与规则重算一条研判，说明是否一致")
    again.add_argument("id", help="研判编号，见 yipanqi studies runs 编号")
    again.set_defaults(run=_rerun)
    study_labels.register(verbs)
    work = verbs.add_parser("work", help="办理排队的研判运行与重算（后台任务自动调用）")
    work.set_defaults(run=_work)


def _refresh(_: argparse.Namespace) -> int:
    """Renew every chain; 0 when done, 2 with a sentence when data or rules are not there."""
    try:
        for told in studies.refresh(by=HOUSE):
            print(told, flush=True)
    except (running.AlreadyRunning, *remedies.PLAIN) as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


def _runs(args: argparse.Namespace) -> int:
    """The last runs, or what one of them made; 2 when there is no such run."""
    if args.id:
        return _one_run(args.id)
    for run in runs.listed().rows[:_SHOWN_RUNS]:
        began = run.asked_at.astimezone(clock.CIVIL).strftime("%Y-%m-%d %H:%M")
        print(
            f"{run.public_id}  {began}  {run.get_state_display()}  "
            f"{run.done_steps}/{run.total_steps}  {run.get_cause_display()}  "
            f"{run.fault or run.told}"
        )
    return 0


def _one_run(public_id: str) -> int:
    run = runs.run(public_id)
    if run is None:
        print(f"没有编号 {public_id} 的研判运行；用 yipanqi studies runs 查看", file=sys.stderr)
        return 2
    print(f"数据批次 {run.snapshot or '—'}  {run.get_state_display()}  {run.fault or run.told}")
    for study in runs.studies(run):
        print(f"{study.public_id}  {study.kind}  {study.chain}  程序 {study.code_version}")
    return 0


def _rerun(args: argparse.Namespace) -> int:
    """0 when the same came out, 1 with the rows that differ, 2 when it could not be computed."""
    study = runs.study(args.id)
    if study is None:
        print(f"没有编号 {args.id} 的研判；用 yipanqi studies runs 查看", file=sys.stderr)
        return 2
    try:
        found = recounts.recount(study, by=HOUSE)
    except (recounting.AlreadyAsked, *remedies.PLAIN) as refused:
        print(refused, file=sys.stderr)
        return 2
    if not found.differing:
        print(f"一致：{found.rows} 行逐项相同（数据批次 {study.snapshot}）")
        return 0
    print(f"不一致：{found.rows} 行中 {found.differing} 行不同")
    for each in found.differences[:_SHOWN_DIFFERENCES]:
        print(f"  {each.row}  {each.field}：原 {each.was or '无'}，现 {each.now or '无'}")
    return 1


def _work(_: argparse.Namespace) -> int:
    """Whatever waits is carried out; always 0, each run keeps its own fault."""
    print(f"研判运行 {studies.work_off()} 次，重算 {recounts.work_off()} 次")
    return 0
