"""`yipanqi imports`: the batches that were uploaded, worked off."""

import argparse

from yipanqi.delivery.jobs import intake


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `imports` to the command line."""
    parser = commands.add_parser("imports", help="导入：读取、写入、撤销上传的批次")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    work = verbs.add_parser("work", help="办理等待中的批次（后台任务自动调用）")
    work.set_defaults(run=_work)


def _work(_: argparse.Namespace) -> int:
    """Whatever waits is carried out; always 0, each batch keeps its own fault."""
    print(f"办理批次 {intake.work_off()} 个")
    return 0
