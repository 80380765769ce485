"""The generated pages of docs/reference, each a function from the code or the pack to Markdown."""

import argparse
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import grimp
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from markdown_tables import page, table

from yipanqi import domain
from yipanqi.delivery.cli.main import COMMANDS
from yipanqi.domain.ledger import events as ledger_events
from yipanqi.roof import env, subscriptions
from yipanqi.roof.settings import ROOMS
from yipanqi.vocab import facts, labels, stages

ROOT = Path(__file__).resolve().parents[1]


def settings() -> str:
    """Every setting an operator may give."""
    return page(
        "设置",
        "每一项都是环境变量；`<变量>_FILE` 指向一个文件时，从文件里读取（宜用于密钥）。",
        env.table(),
    )


def events() -> str:
    """Every kind of line the ledger may hold, and what reacts to it."""
    # Every room's events are declared by being read.
    for found in pkgutil.walk_packages(domain.__path__, "yipanqi.domain."):
        if found.name.endswith(".events"):
            importlib.import_module(found.name)
    rows = [
        (f"`{kind}`", str(event.version), event.sentence, _first_line(event), _reactions(kind))
        for kind, event in sorted(ledger_events.known().items())
    ]
    head = ("事件", "版本", "台账里的话", "What happened", "反应")
    return page(
        "事件", "台账中的每一行都是下面的一种；时间线、审计与通知都从这里来。", table(head, rows)
    )


def glossary() -> str:
    """The closed lists of words: stages, labels, facts."""
    stage_rows = [(f"`{code}`", title) for code, title in stages.TITLES.items()]
    label_rows = [(f"`{label}`", label.title) for label in labels.Label]
    return page(
        "术语",
        "规则表、接口和界面共用的词；左边是代码，右边是公文用语。",
        "## 官方阶段\n\n" + table(("代码", "名称"), stage_rows),
        "## 密级标识\n\n国家秘密不得录入，登记时即被拒绝。\n\n"
        + table(("代码", "名称"), label_rows),
        "## 项目的事实\n\n阶段条件只能问这些事实。\n\n" + _facts(facts.PROJECT_FACTS.values()),
        "## 产业链环节的事实\n\n研判规则只能问这些事实。\n\n" + _facts(facts.LINK_FACTS.values()),
    )


def commands() -> str:
    """Every command of `yipanqi`."""
    subparsers = argparse.ArgumentParser(prog="yipanqi").add_subparsers()
    for command in COMMANDS.values():
        importlib.import_module(f"yipanqi.delivery.cli.{command.module}").register(subparsers)
    sections = [
        f"## `yipanqi {name}`\n\n{COMMANDS[name].says}\n\n{_manual(f'yipanqi {name}', parser)}"
        for name, parser in sorted(subparsers.choices.items())
    ]
    return page("命令", "`yipanqi 命令 --help` 显示同样的说明。", *sections)


def addresses() -> str:
    """Every address of the site, by name."""
    rows = sorted((f"`/{path}`", f"`{name}`") for path, name in _walk(get_resolver(), "", ""))
    return page(
        "地址",
        "The addresses a browser or another system may call.",
        table(("地址", "名称"), rows),
    )


def data_model() -> str:
    """Every table, room by room."""
    sections = []
    for room in ROOMS:
        for model in sorted(apps.get_app_config(room).get_models(), key=lambda each: each.__name__):
            rows = [_column(field) for field in model._meta.concrete_fields]
            title = f"## {room}.{model.__name__}\n\n{_first_line(model)}\n\n"
            sections.append(title + table(("字段", "类型", "可空", "指向"), rows))
    return page(
        "数据模型", "Money is integer fen (`*_fen`); a missing fact is NULL, never 0.", *sections
    )


def rooms() -> str:
    """Every room of the domain and the rooms it leans on, as the imports stand."""
    graph = grimp.build_graph("yipanqi", exclude_type_checking_imports=True, cache_dir=None)
    graph_of = {room: _leans_on(graph, room) for room in reversed(ROOMS)}
    rows = [
        (f"`{room}`", "、".join(f"`{other}`" for other in below) or "—")
        for room, below in graph_of.items()
    ]
    says = "From the highest room to the lowest; each leans only on rooms further down."
    return page("各室的依赖", says, table(("室", "依赖"), rows))


def _leans_on(graph: grimp.ImportGraph, room: str) -> list[str]:
    home = f"yipanqi.domain.{room}"
    inside = {home, *graph.find_descendants(home)}
    reached = {other for each in inside for other in graph.find_modules_directly_imported_by(each)}
    named = {name.split(".")[2] for name in reached if name.startswith("yipanqi.domain.")}
    return [other for other in reversed(ROOMS) if other in named - {room}]


def _first_line(thing: object) -> str:
    return (thing.__doc__ or "").strip().splitlines()[0] if thing.__doc__ else ""


def _reactions(kind: str) -> str:
    return "、".join(f"`{name}`" for told, name in subscriptions.table() if told == kind) or "—"


def _manual(name: str, parser: argparse.ArgumentParser) -> str:
    """The arguments as tables of our own: argparse words its help differently in each Python."""
    parts = []
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb, inner in action.choices.items():
                parts.append(f"### `{name} {verb}`\n\n" + _manual(f"{name} {verb}", inner))
        elif action.dest != "help" and action.help is not argparse.SUPPRESS:
            rows.append((_written(action), action.help or "", _default(action)))
    own = table(("参数", "含义", "默认"), rows) if rows else "没有参数。"
    return "\n\n".join(parts) if parts else own


def _written(action: argparse.Action) -> str:
    named = ", ".join(f"`{word}`" for word in action.option_strings) or f"`{action.dest}`"
    choices = "|".join(map(str, action.choices)) if action.choices else ""
    return f"{named} {choices}".strip()


def _default(action: argparse.Action) -> str:
    plain = action.default not in (None, False, argparse.SUPPRESS, [])
    return f"`{action.default}`" if plain else "—"


def _facts(known: Iterable[facts.Fact]) -> str:
    words = {bool: "是否", int: "整数", str: "文字"}
    rows = [
        (
            f"`{fact.key}`",
            fact.label,
            words.get(fact.type, "日期" if fact.type.__name__ == "date" else "小数"),
            fact.unit or "—",
            "、".join(f"{title}（{code}）" for code, title in fact.values.items()) or "—",
        )
        for fact in known
    ]
    return table(("代码", "名称", "类型", "单位", "取值"), rows)


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, path, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield path, space + entry.name


def _column(field: "models.Field[Any, Any]") -> tuple[str, str, str, str]:
    target = field.related_model
    points = f"{target._meta.app_label}.{target.__name__}" if isinstance(target, type) else "—"
    kind = field.get_internal_type()
    length = f"({field.max_length})" if field.max_length else ""
    return f"`{field.column}`", f"{kind}{length}", "是" if field.null else "否", points
