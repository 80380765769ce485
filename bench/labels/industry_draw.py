"""Draw the enterprises whose industry is to be read, by stratum and seed.

Usage: python bench/labels/industry_draw.py --registry DIR --sheet SHEET.tsv [--seed 22] [--size 20]
The sheet holds names and scopes and no predictions: keep it outside the repository. Beside this
script `industry_strata.csv` gets how many enterprises each stratum holds and how many were drawn.
"""

import argparse
import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from yipanqi.engine import sessions

STRATA = Path(__file__).with_name("industry_strata.csv")
LABELS = Path(__file__).with_name("industry.csv")
# The first that fits, by the name or by the first 40 characters of the scope.
PATTERNS = (
    ("branch", "name", "分公司|分店|营业部|门市|支行|分理处"),
    ("make", "front", "制造|生产|加工"),
    ("farm", "whole", "种植|养殖|合作社"),
    ("trade", "front", "销售|批发|零售|经销|购销|进出口|贸易"),
    ("build", "front", "工程|施工|装饰|安装"),
)
OTHERS = "serve"
HASHED = "substr(sha256(id), 1, 16)"
_CASES = " ".join(
    f"when regexp_matches({place}, '{words}') then '{stratum}'"
    for stratum, place, words in PATTERNS
)
# Hard-wired text only: nothing an operator types gets into the query.
_DRAW = f"""
select {HASHED} as enterprise, stratum, name, scope, population from (
  select *, count(*) over (partition by stratum) as population,
    row_number() over (partition by stratum order by sha256(id || ?)) as place
  from (select *, case {_CASES} else '{OTHERS}' end as stratum from (
    select id, name, scope, substr(scope, 1, 40) as front, name || substr(scope, 1, 40) as whole
    from read_parquet(?) where length(scope) > 2))
) where place <= ? order by sha256(id || ? || 'order')
"""  # noqa: S608 -- see above


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=Path, default=os.environ.get("YIPANQI_REGISTRY"))
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=22)
    parser.add_argument("--size", type=int, default=20, help="enterprises per stratum")
    args = parser.parse_args()
    seed = str(args.seed)
    files = f"{args.registry}/enterprises/*/*.parquet"
    with sessions.pipeline(args.sheet.parent / ".spill") as connection:
        rows = connection.execute(_DRAW, [seed, files, args.size, seed]).fetchall()
    _write_sheet(args.sheet, rows)
    _write_strata({row[1]: row[4] for row in rows}, args)
    return 0


def _write_sheet(sheet: Path, rows: Sequence[Sequence[str]]) -> None:
    """In an order that tells nothing; the stratum stays out, as the reader is not to see it."""
    with sheet.open("w", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(("enterprise", "name", "scope"))
        writer.writerows((one, name, scope) for one, _, name, scope, _ in rows)
    with sheet.with_suffix(".key.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("enterprise", "stratum"))
        writer.writerows((row[0], row[1]) for row in rows)


def _write_strata(population: Mapping[str, int], args: argparse.Namespace) -> None:
    """The strata of this seed after those of the others."""
    rows = []
    if STRATA.is_file():
        with STRATA.open(newline="") as file:
            rows = [tuple(row.values()) for row in csv.DictReader(file)]
    rows = [row for row in rows if row[3] != str(args.seed)]
    rows += [(name, population[name], args.size, args.seed) for name in sorted(population)]
    with STRATA.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stratum", "population", "drawn", "seed"))
        writer.writerows(rows)


if __name__ == "__main__":
    raise SystemExit(main())
