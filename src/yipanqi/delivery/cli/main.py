"""The `yipanqi` command: finds the one module a command needs, and loads nothing else."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A command: the module that registers it, and what it is for."""

    module: str
    says: str

    @property
    def is_office(self) -> bool:
        """Whether it works on the database, and so needs Django."""
        return self.module.startswith("office.")


COMMANDS = {
    "registry": Command("analysis.registry", "登记数据：导入、生成、搜索"),
    "chains": Command("analysis.chains", "产业链：按城市诊断强弱缺"),
    "targets": Command("analysis.targets", "招引目标：按城市、产业链、环节排序"),
    "groups": Command("analysis.groups", "集团与名单：外来名称对到登记企业"),
    "backtest": Command("analysis.backtest", "回测：名单上的企业后来真的来了多少"),
    "measures": Command("analysis.measures", "度量：城市在各环节的强弱、远近和趋势"),
    "industries": Command("analysis.industries", "行业：国民经济行业与申万行业，拿不准就不判"),
    "reports": Command("analysis.reports", "报告：全景图、现状图、缺口、目标、两城对比"),
    "pack": Command("analysis.pack", "城市规则包：检查、导出"),
    "demo": Command("office.demo", "一步到位的演示"),
    "serve": Command("office.serve", "启动网站与后台任务"),
    "city": Command("office.city", "建库并装入城市规则包"),
    "studies": Command("office.studies", "研判：更新各产业链的诊断与招引目标"),
    "investors": Command("office.investors", "客商库：500强榜单整表记入"),
    "imports": Command("office.imports", "导入：办理上传的表格"),
    "people": Command("office.people", "人员：建立首个管理员"),
    "ledger": Command("office.ledger", "台账：核验、封存、导出、防护"),
    "keys": Command("office.keys", "封存密钥：生成、轮换、公钥"),
    "backup": Command("office.backup", "备份数据库、材料、规则与台账头"),
    "restore": Command("office.restore", "由备份恢复，并核验台账"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 found wrong, 2 could not be done."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(_overview())
        return 0
    if arguments[0] == "--version":
        return _print_version()
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"没有命令“{arguments[0]}”。\n{_overview()}", file=sys.stderr)
        return 2
    if command.is_office:
        _set_up_django()
    module = importlib.import_module(f"yipanqi.delivery.cli.{command.module}")
    parser = argparse.ArgumentParser(prog="yipanqi")
    module.register(parser.add_subparsers(required=True, metavar="命令"))
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except KeyboardInterrupt:
        print("已停止", file=sys.stderr)
        return 130


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.roof.settings")
    import django  # noqa: PLC0415 -- analysis commands must run where Django is not installed

    django.setup()


def _print_version() -> int:
    from yipanqi import __version__  # noqa: PLC0415 -- needed by this answer alone

    print(__version__)
    return 0


def _overview() -> str:
    rows = [f"  {name:<10}{command.says}" for name, command in COMMANDS.items()]
    return "\n".join(["用法：yipanqi 命令 [选项]，各命令加 -h 看说明", *rows])


if __name__ == "__main__":
    sys.exit(main())
