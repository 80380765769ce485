"""`yipanqi ledger`: verify, seal, export, guard, and the database role that may only add."""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from yipanqi.delivery.jobs import sealer
from yipanqi.domain.ledger import checks, guards, heads, keys, queries
from yipanqi.domain.ledger.services import sealing
from yipanqi.domain.ledger.verifying import Report


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `ledger` to the command line."""
    parser = commands.add_parser("ledger", help="台账：核验、封存、导出、防护")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="核验全部台账行、封存、签名和头文件；有误时退出码 1")
    verify.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")
    verify.set_defaults(run=_verify)
    verbs.add_parser("seal", help="立即封存尚未封存的行").set_defaults(run=_seal)
    export = verbs.add_parser("export", help="把全部台账行按原样导出为 JSON Lines")
    export.add_argument("--to", type=Path, required=True, help="输出文件")
    export.set_defaults(run=_export)
    verbs.add_parser("guard", help="重建数据库防护触发器").set_defaults(run=_guard)
    roles = verbs.add_parser("roles", help="打印 PostgreSQL 应用角色的建立语句（只能增、查台账）")
    roles.add_argument("--role", default="yipanqi_app", help="角色名，默认 yipanqi_app")
    roles.add_argument("--print", action="store_true", help="只打印，不执行（本命令从不执行）")
    roles.set_defaults(run=_roles)


def _verify(args: argparse.Namespace) -> int:
    report = queries.verification()
    print(_json(report) if args.format == "json" else report.sentence)
    if args.format == "text":
        for fault in report.faults[1:]:
            print(f"  另：{fault.sentence}")
    for problem in checks.guards_stand(["default"]):
        print(f"警告：{problem.msg}。{problem.hint}", file=sys.stderr)
    return 0 if report.holds else 1


def _seal(_: argparse.Namespace) -> int:
    try:
        no = sealer.seal_now()
    except (sealing.SealRefusedError, keys.KeyMissingError, keys.KeyExposedError) as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"已封存，但头文件写不进去：{error}；补好后下次封存会补写", file=sys.stderr)
        return 1
    if no is None:
        print("没有待封存的行")
    else:
        print(f"已封存至第 {no} 号；头文件：{'、'.join(str(path) for path in heads.files())}")
    return 0


def _export(args: argparse.Namespace) -> int:
    digest, count = hashlib.sha256(), 0
    try:
        with args.to.open("xb") as file:
            for line in _stored_lines():
                file.write(line)
                digest.update(line)
                count += 1
    except FileExistsError:
        print(f"{args.to} 已存在；请换一个文件名", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"写不进 {args.to}：{error.strerror}", file=sys.stderr)
        return 2
    print(f"已导出 {count} 行到 {args.to}，SHA-256 {digest.hexdigest()}")
    return 0


def _stored_lines() -> Iterator[bytes]:
    for row in queries.stored():
        yield json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _guard(_: argparse.Namespace) -> int:
    before = guards.missing()
    guards.install()
    print(
        f"已重建：{'、'.join(before)}；请随即运行 yipanqi ledger verify"
        if before
        else "防护触发器齐全"
    )
    return 0


def _roles(args: argparse.Namespace) -> int:
    try:
        print(guards.application_role(args.role), end="")
    except ValueError as refused:
        print(refused, file=sys.stderr)
        return 2
    return 0


def _json(report: Report) -> str:
    tail = report.tail
    return json.dumps(
        {
            "holds": report.holds,
            "sentence": report.sentence,
            "lines": report.lines,
            "streams": report.streams,
            "seals": report.seals,
            "sealed_lines": report.sealed_lines,
            "unsealed": {
                "count": tail.count,
                "since": tail.since.isoformat() if tail.since else None,
                "until": tail.until.isoformat() if tail.until else None,
            },
            "faults": [
                {
                    "kind": each.kind,
                    "stream": each.stream or None,
                    "seq": each.seq,
                    "sentence": each.sentence,
                }
                for each in report.faults
            ],
        },
        ensure_ascii=False,
        indent=2,
    )
