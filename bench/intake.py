"""Bringing projects in from a file, against the plain bulk_create of the same rows.

Usage: YIPANQI_HOME=EMPTY_DIR python bench/intake.py [--projects 100000] [--form csv|xlsx]
The database holds as many projects already; each row of the file is looked for among them and
among the file's other rows. Timed from the file on disk to every project seen: reading, weighing,
one preview row each, chunks with their ledger lines, release. The peer is one bulk_create of as
many rows, without file, checks, ledger or preview. Then the whole batch is undone.
"""

# ruff: noqa: PLC0415 -- Django's models can be imported only once it is set up
import argparse
import csv
import json
import os
import random
import resource
import time
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.roof.settings")
CITIES = ("长沙", "株洲", "湘潭", "岳阳", "常德", "衡阳", "邵阳", "益阳", "郴州", "永州")
TRADES = ("装备", "材料", "食品", "电子", "医药", "物流", "软件", "汽配", "环保", "新能源")
WORKS = ("生产基地", "研发中心", "总部", "扩建", "智能工厂", "仓储中心", "产业园", "中试线")
# One row in so many repeats a project there is.
TWICE = 50


def main() -> None:
    """Fill, import, undo; the ratio and the seconds of each step as one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--form", choices=("csv", "xlsx"), default="csv")
    args = parser.parse_args()
    django.setup()
    by = _city()
    plain = _fill(args.projects, by)
    print(f"plain bulk_create: {plain:.1f} s", flush=True)
    file = _file(args.projects, args.form)
    seconds = _import(file, by)
    total = sum(seconds[step] for step in ("inspect", "read", "preview", "apply"))
    allowed = 3 * plain + 60
    told = {
        "bench": "intake",
        "projects": args.projects,
        "form": args.form,
        "plain_seconds": round(plain, 1),
        **{f"{step}_seconds": round(each, 1) for step, each in seconds.items()},
        "import_seconds": round(total, 1),
        "allowed_seconds": round(allowed, 1),
        "within": total <= allowed,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(told, ensure_ascii=False))


def _city():  # noqa: ANN202 -- Django's types come after setup
    from django.conf import settings

    from yipanqi.delivery.cli.office import city
    from yipanqi.domain.people import queries as people
    from yipanqi.domain.people.models import Officer, Post, Unit
    from yipanqi.vocab import clock

    city.migrate()
    city.load(Path(settings.CITY_PACK))
    unit = Unit.objects.get(code="bureau")
    officer = Officer.objects.create(username="bench", name="导入人", unit=unit)
    Post.objects.create(officer=officer, role="dispatcher", unit=unit, since=clock.today())
    return people.actor_for(officer, on=clock.today())


def _firm(number: int) -> str:
    rng = random.Random(number)  # noqa: S311 -- made-up names
    mark = "".join(chr(rng.randrange(0x4E00, 0x9FA5)) for _ in range(3))
    return f"{rng.choice(CITIES)}{mark}{rng.choice(TRADES)}有限公司"


def _name(number: int, firm: str) -> str:
    rng = random.Random(-number)  # noqa: S311 -- made-up names
    return f"{firm[2:5]}{rng.choice(TRADES)}{rng.choice(WORKS)}{number}项目"


def _fill(count: int, by) -> float:  # noqa: ANN001
    """Projects that are there already; the seconds of the bulk_create alone."""
    from yipanqi.domain.projects.models import Project
    from yipanqi.vocab import clock, names

    now = clock.now()
    firms = [_firm(number) for number in range(count // 2)]
    by_name = _investors(firms, by)
    made = [
        Project(
            code=f"B{number}",
            name=_name(number, firms[number // 2]),
            name_key=names.key(_name(number, firms[number // 2])),
            enterprise_id=by_name[firms[number // 2]],
            unit_id=by.unit_id,
            stage="signed",
            official="signed",
            stage_since=date(2018, 3, 1),
            agreement_signed_on=date(2018, 3, 1),
            total_investment_fen=(number * 7919 % 997 + 10) * 100_000_000,
            created_at=now,
            updated_at=now,
        )
        for number in range(count)
    ]
    since = time.perf_counter()
    Project.objects.bulk_create(made, batch_size=500)
    return time.perf_counter() - since


def _investors(firms: list[str], by) -> dict[str, int]:  # noqa: ANN001
    """The firms registered, each with its key."""
    from yipanqi.domain.investors.models import Enterprise
    from yipanqi.vocab import clock, names

    now = clock.now()
    Enterprise.objects.bulk_create(
        (
            Enterprise(
                name=firm,
                name_key=names.key(firm),
                source="bench",
                registered_by_unit_id=by.unit_id,
                created_at=now,
            )
            for firm in dict.fromkeys(firms)
        ),
        batch_size=500,
    )
    return dict(Enterprise.objects.values_list("name", "pk"))


def _file(count: int, form: str) -> Path:
    from django.conf import settings

    titles = ("项目名称", "投资主体", "阶段", "协议签订日", "计划总投资（万元）",
              "固定资产投资（万元）", "建设内容", "项目分类", "用地情况", "需用地", "原登记人",
              "原登记日期")  # fmt: skip
    rows = (_row(number, count) for number in range(count, 2 * count))
    file = Path(settings.HOME) / f"bench.{form}"
    if form == "csv":
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([titles, *rows])
        return file
    import xlsxwriter

    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("项目库")
        for place, row in enumerate([titles, *rows]):
            sheet.write_row(place, 0, row)
    return file


def _row(number: int, count: int) -> tuple[str, ...]:
    own = number - count if number % TWICE == 0 else number
    firm = _firm(own // 2)
    return (
        _name(own, firm), firm, "签约", "2018-03-01", str((own * 7919 % 997 + 10) * 100), "900",
        "厂房 2 万平方米及配套", "投资类", "新供地", "是", "王某", "2018-02-01",
    )  # fmt: skip


def _import(file: Path, by) -> dict[str, float]:  # noqa: ANN001
    from yipanqi.delivery.workbooks import keeping, reading
    from yipanqi.domain.intake import queries
    from yipanqi.domain.intake.services import applying, batches, undoing
    from yipanqi.domain.projects.services.arrivals import PROJECTS

    seconds: dict[str, float] = {}

    def timed(step: str, since: float) -> float:
        seconds[step] = time.perf_counter() - since
        print(f"{step}: {seconds[step]:.1f} s", flush=True)
        return time.perf_counter()

    since = time.perf_counter()
    keeping.inspect(file, name=file.name)
    since = timed("inspect", since)
    contents = reading.read(file, PROJECTS.columns())
    since = timed("read", since)
    batch = batches.receive(PROJECTS, batches.Arrival(file.name, "bench"), by=by)
    batches.preview(batch, PROJECTS, contents.lines, by=by)
    since = timed("preview", since)
    print(queries.tally(batch), flush=True)
    applying.ask(batch, PROJECTS, by=by)
    applying.work_through(batch, PROJECTS, by=by)
    since = timed("apply", since)
    undoing.undo(batch, PROJECTS, because="bench", by=by)
    since = timed("hide", since)
    batch.refresh_from_db()
    undoing.work_through(batch, PROJECTS)
    timed("remove", since)
    return seconds


if __name__ == "__main__":
    main()
