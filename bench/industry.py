"""How well industries are told: Shenwan against two peers, GB/T 4754 against read enterprises.

Usage: python bench/industry.py --listed LISTED.csv --graph DIR [--registry DIR] [--seeds 7 8 9]
Five folds by brand; the majority class and a TF-IDF one-liner are judged on the same folds. With a
registry the enterprises of bench/labels/industry.csv are judged too; --fit prints the constants of
engine/industries/gbt.py, fitted on the enterprises of seeds 21 and 22.
"""

import argparse
import csv
import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from yipanqi.engine import sessions
from yipanqi.engine.industries import calibration, gbt, gbt_words, lessons, training
from yipanqi.engine.industries.gbt import Answer
from yipanqi.engine.industries.lessons import Lesson, Lessons

LABELS = Path(__file__).parent / "labels" / "industry.csv"
STRATA = Path(__file__).parent / "labels" / "industry_strata.csv"
FITTED_ON, HELD_OUT = (21, 22), (23,)
# The words were mended on the same enterprises: there more must be right than is aimed at.
STRICTER = 0.95
THRESHOLDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Peer = Callable[[Sequence[Lesson], Sequence[Lesson]], tuple[np.ndarray, np.ndarray]]


class Read(NamedTuple):
    """A labelled enterprise, what the platform says, and how many enterprises it stands for."""

    division: str
    also: tuple[str, ...]
    verdict: gbt.Verdict | None
    weight: float


def majority(known: Sequence[Lesson], asked: Sequence[Lesson]) -> tuple[np.ndarray, np.ndarray]:
    """The three commonest classes for everyone."""
    common = [code for code, _ in Counter(one.code for one in known).most_common(3)]
    return np.array(common), np.tile([3, 2, 1], (len(asked), 1))


def one_liner(known: Sequence[Lesson], asked: Sequence[Lesson]) -> tuple[np.ndarray, np.ndarray]:
    """TF-IDF of one to three characters of name trade and scope, and a linear SVM."""
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, min_df=2),
        LinearSVC(C=1.0, random_state=0),
    )
    told = [one for one in known if one.wording.clauses]
    model.fit([_text(one) for one in told], [one.code for one in told])
    return model.classes_, model.decision_function([_text(one) for one in asked])


def peer(known: Lessons, seed: int, judge: Peer) -> tuple[float, float]:
    """The peer's top-1 and top-3 on the folds of the trial."""
    first = third = count = 0
    for here, others in training.split(known.companies, training.FOLDS, seed):
        codes, scores = judge(others, here)
        ranked = codes[np.argsort(-scores, axis=1, kind="stable")[:, :3]]
        truth = np.array([one.code for one in here])
        first += int((ranked[:, 0] == truth).sum())
        third += int((ranked == truth[:, None]).any(axis=1).sum())
        count += len(here)
    return first / count, third / count


def shenwan(known: Lessons, seed: int) -> dict[str, float]:
    """Print the table of one seed and give its figures."""
    start = time.perf_counter()
    trial = training.tried(known, seed=seed)
    seconds = time.perf_counter() - start
    most, line = peer(known, seed, majority), peer(known, seed, one_liner)
    told, right = trial.told, trial.right
    found = {
        "seed": seed,
        "companies": len(right),
        "top1": right.mean(),
        "top3": trial.right_of_three.mean(),
        "macro": trial.macro,
        "ece": calibration.error(trial.confidence, right),
        "coverage": told.mean(),
        "precision": right[told].mean(),
        "majority_top1": most[0],
        "one_liner_top1": line[0],
        "one_liner_top3": line[1],
        "ratio_majority": right.mean() / most[0],
        "ratio_one_liner": right.mean() / line[0],
        "seconds": seconds,
    }
    print(f"\nShenwan, seed {seed}: {len(right)} companies, {seconds:.0f} s")
    print("            top-1   top-3")
    print(f"majority    {most[0]:.1%}   {most[1]:.1%}")
    print(f"one-liner   {line[0]:.1%}   {line[1]:.1%}")
    print(f"yipanqi     {found['top1']:.1%}   {found['top3']:.1%}   macro {found['macro']:.1%}")
    print(f"answered {told.mean():.1%} at {right[told].mean():.1%}, ECE {found['ece']:.3f}")
    for point in calibration.curve(trial.confidence, right, THRESHOLDS):
        share = "none" if point.precision is None else f"{point.precision:.1%}"
        print(f"  from {point.threshold:.2f}: {point.coverage:.1%} answered, {share} right")
    return {key: round(float(value), 4) for key, value in found.items()}


def read(registry: Path, seeds: Sequence[int]) -> list[Read]:
    """The labelled enterprises of the seeds that the registry holds."""
    with STRATA.open(newline="") as file:
        weight = {
            (row["stratum"], row["seed"]): int(row["population"]) / int(row["drawn"])
            for row in csv.DictReader(file)
        }
    with LABELS.open(newline="") as file:
        wanted = set(map(str, seeds))
        rows = [row for row in csv.DictReader(file) if row["seed"] in wanted and row["division"]]
    texts = _texts(registry, {row["enterprise"] for row in rows})
    return [
        Read(
            row["division"],
            tuple(row["also"].split(";")),
            gbt.tell(*texts[row["enterprise"]]),
            weight[row["stratum"], row["seed"]],
        )
        for row in rows
        if row["enterprise"] in texts
    ]


def judged(rows: Sequence[Read], level: str) -> dict[str, float]:
    """Share right of all, share answered and right of the answered; weighted by stratum."""
    weight = np.array([one.weight for one in rows])
    strict = np.array([_right(one, level, (one.division,)) for one in rows])
    loose = np.array([_right(one, level, (one.division, *one.also)) for one in rows])
    told = np.array([one.verdict is not None and _answer(one, level).told for one in rows])
    sure = np.array([_answer(one, level).confidence if one.verdict else 0.0 for one in rows])
    low, high = _interval(strict[told], weight[told])
    return {
        "enterprises": len(rows),
        "right_of_all": float(np.average(strict, weights=weight)),
        "coverage": float(np.average(told, weights=weight)),
        "precision": float(np.average(strict[told], weights=weight[told])),
        "low": low,
        "high": high,
        "precision_loose": float(np.average(loose[told], weights=weight[told])),
        "ece": calibration.error(sure, strict),
    }


def fit(rows: Sequence[Read], level: str) -> gbt.Sureness:
    """The constants that explain which answers were right, and the threshold for the aim."""
    asked = [one for one in rows if one.verdict and _answer(one, level).confidence > 0]
    signals = [_answer(one, level).signals for one in asked]
    right = np.array([_right(one, level, (one.division,)) for one in asked])
    table = np.array([(one.share, one.lead, one.loudness) for one in signals])
    model = LogisticRegression(C=1.0).fit(table, right)
    weights = [round(float(one), 3) for one in (*model.intercept_, *model.coef_[0])]
    unset = gbt.Sureness(*weights, threshold=0.0)
    sure = np.array([unset.of(one) for one in signals])
    return gbt.Sureness(
        *weights, threshold=round(calibration.threshold(sure, right, aim=STRICTER), 3)
    )


def _answer(one: Read, level: str) -> Answer:
    assert one.verdict
    answer: Answer = getattr(one.verdict, level)
    return answer


def _right(one: Read, level: str, accepted: Sequence[str]) -> bool:
    if one.verdict is None:
        return False
    codes = {gbt_words.section(code) if level == "section" else code for code in accepted if code}
    return _answer(one, level).code in codes


def _interval(right: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Wilson's 95 % interval with the effective number of enterprises."""
    share, z = float(np.average(right, weights=weight)), 1.96
    count = weight.sum() ** 2 / (weight**2).sum()
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count**2)) / (1 + z * z / count)
    return float(middle - half), float(middle + half)


def _texts(registry: Path, wanted: set[str]) -> dict[str, tuple[str, str]]:
    with sessions.measures() as session:
        table = session.read_parquet(f"{registry}/enterprises/*/*.parquet")
        rows = table.filter(table.scope.notnull()).select("id", "name", "scope").to_pyarrow()
    columns = (rows.column(name).to_pylist() for name in ("id", "name", "scope"))
    hashed = ((_hashed(one), name, scope) for one, name, scope in zip(*columns, strict=True))
    return {key: (name, scope) for key, name, scope in hashed if key in wanted}


def _hashed(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def _text(one: Lesson) -> str:
    return one.wording.trade + "，".join(one.wording.clauses)


def _gbt(registry: Path, *, fitting: bool) -> dict[str, dict[str, float]]:
    found = {}
    for seeds in (FITTED_ON, HELD_OUT):
        rows, seed = read(registry, seeds), "+".join(map(str, seeds))
        for level in ("section", "division"):
            if fitting and seeds == FITTED_ON:
                print(f"{level}: {fit(rows, level)}")
            figures = judged(rows, level)
            found[f"{level}_{seed}"] = {key: round(value, 4) for key, value in figures.items()}
            print(
                f"GB/T {level}, seed {seed}: {figures['right_of_all']:.1%} of all right; answered "
                f"{figures['coverage']:.1%} at {figures['precision']:.1%} "
                f"({figures['low']:.1%}-{figures['high']:.1%}), either reading "
                f"{figures['precision_loose']:.1%}, n={len(rows)}"
            )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listed", type=Path)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--registry", type=Path, default=os.environ.get("YIPANQI_REGISTRY"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[7])
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    told: dict[str, object] = {}
    if args.registry:
        told["gbt"] = _gbt(Path(args.registry), fitting=args.fit)
    if args.listed and args.graph:
        known = lessons.read(args.listed, args.graph)
        told["shenwan"] = [shenwan(known, seed) for seed in args.seeds]
    print(json.dumps(told, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
