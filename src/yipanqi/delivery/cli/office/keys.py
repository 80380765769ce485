"""`yipanqi keys`: make, rotate and show the keys that sign the ledger's seals."""

import argparse
import sys

from yipanqi.domain.ledger import keys
from yipanqi.domain.ledger.services import custody, sealing
from yipanqi.vocab.actors import HOUSE

_REFUSALS = (
    keys.KeyExists,
    keys.KeyMissingError,
    keys.KeyExposedError,
    custody.SealingBusy,
    sealing.SealRefusedError,
)


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `keys` to the command line."""
    parser = commands.add_parser("keys", help="封存签名密钥：创建、轮换、查看公钥")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("create", help="创建第一把签名密钥").set_defaults(run=_create)
    verbs.add_parser("rotate", help="换一把新密钥；旧公钥保留，旧私钥销毁").set_defaults(
        run=_rotate
    )
    verbs.add_parser("show", help="列出全部公钥，标明在用的一把").set_defaults(run=_show)


def _create(_: argparse.Namespace) -> int:
    return _changed(custody.create, "已创建签名密钥")


def _rotate(_: argparse.Namespace) -> int:
    return _changed(custody.rotate, "已换用新签名密钥")


def _changed(verb: "custody.Verb", said: str) -> int:
    try:
        key = verb(by=HOUSE)
    except _REFUSALS as refused:
        print(refused, file=sys.stderr)
        return 1
    print(f"{said} {key.id}\n公钥 {key.content.hex()}\n请按《密钥保管》登记公钥并备份密钥目录")
    return 0


def _show(_: argparse.Namespace) -> int:
    try:
        current = keys.current()
    except keys.KeyMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    for key in keys.publics():
        print(f"{key.id}  {key.content.hex()}  {'在用' if key == current else '已停用'}")
    if current is None:
        print("还没有签名密钥；运行 yipanqi keys create", file=sys.stderr)
        return 1
    return 0
