"""A model of Shenwan industries: linear over runs of characters, calibrated, kept as arrays."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from yipanqi.engine.industries import grams
from yipanqi.engine.industries.calibration import Calibration
from yipanqi.engine.industries.grams import Spread, Vocabulary
from yipanqi.engine.industries.wording import Wording

# Raised when a file of another edition would be read wrongly.
EDITION = 1
_REASONS = 3
_RUNNERS = 3
_BREAK = "\n"


class ModelRefused(Exception):
    """The file is no model of this edition; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest class; `told` is False where it is not sure enough to be said.

    `likely` holds the three likeliest codes, `reasons` the words that spoke for the first, the
    strongest in front.
    """

    code: str
    name: str
    confidence: float
    told: bool
    likely: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Classes, what each run of characters adds to each, and from which confidence to speak."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.float32]  # runs × classes
    constants: NDArray[np.float32]
    calibration: Calibration
    threshold: float
    origin: dict[str, Any]  # seed, counts and digests of what it was trained on

    def scores(self, spread: Spread) -> NDArray[np.float64]:
        """The score of each class, one row per document."""
        found: NDArray[np.float64] = np.asarray(spread.rows @ self.weights, np.float64)
        return found + self.constants

    def tell(self, wordings: Sequence[Wording]) -> list[Verdict | None]:
        """A verdict for each wording; None where a wording says nothing the model knows."""
        if not wordings:
            return []
        spread = self.vocabulary.spread([grams.of_wording(one) for one in wordings])
        scores = self.scores(spread)
        ranked = np.argsort(-scores, axis=1, kind="stable")[:, :_RUNNERS]
        sure = self.calibration.confidence(scores)
        reasons = self._reasons(spread, ranked[:, 0])
        known = np.diff(spread.rows.indptr) > 0
        return [
            self._verdict(ranked[at], float(sure[at]), reasons[at]) if known[at] else None
            for at in range(len(wordings))
        ]

    def _verdict(self, ranked: NDArray[np.int64], sure: float, reasons: tuple[str, ...]) -> Verdict:
        best = int(ranked[0])
        likely = tuple(self.codes[one] for one in ranked)
        told = sure >= self.threshold
        return Verdict(self.codes[best], self.names[best], sure, told, likely, reasons)

    def _reasons(self, spread: Spread, best: NDArray[np.int64]) -> list[tuple[str, ...]]:
        """The pieces of each document by what they add to its class, the negative ones left out."""
        rows = spread.rows.copy()
        document = np.repeat(np.arange(len(best)), np.diff(rows.indptr))
        rows.data = rows.data * self.weights[rows.indices, best[document]]
        # Several pieces may hold a run: each gets its part of what the run adds.
        whole = (spread.held @ spread.made).tocsr()
        whole.sort_indices()
        rows.data = rows.data / whole.data
        holders = np.repeat(np.arange(len(best)), np.diff(spread.held.indptr))
        shares = spread.made[spread.held.indices].multiply(rows[holders]).sum(axis=1).A1
        parts = shares * spread.held.data
        return [
            _strongest(parts[begin:end], spread.held.indices[begin:end], spread)
            for begin, end in zip(spread.held.indptr, spread.held.indptr[1:], strict=False)
        ]


def _strongest(parts: Any, pieces: Any, spread: Spread) -> tuple[str, ...]:
    order = np.argsort(-parts, kind="stable")
    words = [spread.pieces[pieces[at]][0] for at in order if parts[at] > 0]
    return tuple(dict.fromkeys(words))[:_REASONS]


def save(model: Model, file: Path) -> None:
    """Write the model as plain arrays (npz): reading it back runs no code."""
    told = {
        "edition": EDITION,
        "codes": model.codes,
        "names": model.names,
        "calibration": asdict(model.calibration),
        "threshold": model.threshold,
        "origin": model.origin,
    }
    with file.open("wb") as target:
        np.savez_compressed(
            target,
            told=_as_bytes(json.dumps(told, ensure_ascii=False, sort_keys=True)),
            runs=_as_bytes(_BREAK.join(model.vocabulary.runs)),
            rarity=model.vocabulary.rarity,
            weights=model.weights,
            constants=model.constants,
        )


def load(file: Path) -> Model:
    """The model in the file. Raises ModelRefused."""
    remedy = "请用 yipanqi industries train 重新训练"
    try:
        with np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        told = json.loads(_as_text(arrays["told"]))
    except OSError as fault:
        raise ModelRefused(f"读不到模型 {file}，{remedy}") from fault
    except (ValueError, KeyError, BadZipFile) as fault:
        raise ModelRefused(f"{file} 不是行业模型，{remedy}") from fault
    if told.get("edition") != EDITION:
        raise ModelRefused(f"{file} 是另一版本的行业模型，{remedy}")
    return Model(
        codes=tuple(told["codes"]),
        names=tuple(told["names"]),
        vocabulary=Vocabulary(tuple(_as_text(arrays["runs"]).split(_BREAK)), arrays["rarity"]),
        weights=arrays["weights"],
        constants=arrays["constants"],
        calibration=Calibration(**told["calibration"]),
        threshold=float(told["threshold"]),
        origin=told["origin"],
    )


def _as_bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _as_text(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode()
