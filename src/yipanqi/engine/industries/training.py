"""How a model of Shenwan industries is learned, calibrated and tried, never on its own brands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yipanqi.engine.industries import calibration, grams, lessons
from yipanqi.engine.industries.calibration import Calibration, Flags, Floats
from yipanqi.engine.industries.grams import Document, Vocabulary
from yipanqi.engine.industries.lessons import Lesson, Lessons
from yipanqi.engine.industries.shenwan import Model

FOLDS = 5
_INNER = 4
# Loose enough for a few thousand documents: chosen, as the length of the runs, on seeds 7 and 8.
_PENALTY = 0.3
_LEAST_COMPANIES = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """Companies judged by models that never saw their brand; row by row.

    `codes` are the true classes, `likely` the three likeliest, `confidence` of the first, and
    `told` whether the model of the fold would have said it.
    """

    companies: tuple[str, ...]
    codes: NDArray[np.str_]
    likely: NDArray[np.str_]
    confidence: Floats
    told: Flags

    @property
    def right(self) -> Flags:
        """Whether the likeliest class is the true one."""
        right: Flags = self.likely[:, 0] == self.codes
        return right

    @property
    def right_of_three(self) -> Flags:
        """Whether the true class is among the three likeliest."""
        right: Flags = (self.likely == self.codes[:, None]).any(axis=1)
        return right

    @property
    def macro(self) -> float:
        """The mean over the classes of the share of their companies judged rightly."""
        return float(np.mean([self.right[self.codes == one].mean() for one in set(self.codes)]))


@dataclass(frozen=True, slots=True)
class _Fit:
    """A model before it is calibrated."""

    codes: tuple[str, ...]
    vocabulary: Vocabulary
    weights: NDArray[np.float32]
    constants: NDArray[np.float32]

    def scores(self, companies: Sequence[Lesson]) -> Floats:
        documents = [grams.of_wording(one.wording) for one in companies]
        rows = self.vocabulary.spread(documents).rows
        return np.asarray(rows @ self.weights, np.float64) + self.constants


def train(known: Lessons, *, seed: int) -> Model:
    """The model of all companies, its threshold set by companies whose brand was held out.

    Raises LessonsRefused when there are too few scopes to hold any out.
    """
    fit = _fitted(known.companies)
    set_by, threshold = _calibrated(known.companies, seed)
    return Model(
        codes=fit.codes,
        names=tuple(known.names.get(one, one) for one in fit.codes),
        vocabulary=fit.vocabulary,
        weights=fit.weights,
        constants=fit.constants,
        calibration=set_by,
        threshold=threshold,
        origin={
            "seed": seed,
            "companies": len(known.companies),
            "with_scope": sum(_has_scope(one) for one in known.companies),
            "with_products": sum(bool(one.products) for one in known.companies),
        },
    )


def tried(known: Lessons, *, seed: int, folds: int = FOLDS) -> Trial:
    """Every company with a scope judged by a model of the other folds; a brand is in one fold."""
    parts = []
    for here, others in split(known.companies, folds, seed):
        fit = _fitted(others)
        set_by, threshold = _calibrated(others, seed)
        scores = fit.scores(here)
        sure = set_by.confidence(scores)
        ranked = np.argsort(-scores, axis=1, kind="stable")[:, :3]
        parts.append((here, np.array(fit.codes)[ranked], sure, sure >= threshold))
    companies = [one for part in parts for one in part[0]]
    return Trial(
        tuple(one.company for one in companies),
        np.array([one.code for one in companies]),
        *(np.concatenate(column) for column in list(zip(*parts, strict=True))[1:]),
    )


def _calibrated(companies: Sequence[Lesson], seed: int) -> tuple[Calibration, float]:
    scores, right = [], []
    for here, others in split(companies, _INNER, seed + 1):
        fit = _fitted(others)
        found = fit.scores(here)
        # A class no other company has gets no column: its companies are judged wrongly.
        best = np.array(fit.codes)[np.argmax(found, axis=1)]
        scores.append(np.sort(found, axis=1)[:, -2:])
        right.append(best == np.array([one.code for one in here]))
    whole, good = np.concatenate(scores), np.concatenate(right)
    set_by = calibration.fitted(whole, good)
    return set_by, calibration.threshold(set_by.confidence(whole), good)


def split(
    companies: Sequence[Lesson], folds: int, seed: int
) -> list[tuple[list[Lesson], list[Lesson]]]:
    """For each fold: the companies with a scope in it, and all companies of other brands."""
    brands = sorted({one.brand for one in companies if _has_scope(one)})
    if len(brands) < folds * _LEAST_COMPANIES:
        raise lessons.LessonsRefused("带经营范围的上市公司太少，分不成几份来检验，请补充名单")
    order = np.random.default_rng(seed).permutation(len(brands))
    fold = {brand: int(order[at]) % folds for at, brand in enumerate(brands)}
    return [
        (
            [one for one in companies if _has_scope(one) and fold[one.brand] == number],
            [one for one in companies if fold.get(one.brand) != number],
        )
        for number in range(folds)
    ]


def _fitted(companies: Sequence[Lesson]) -> _Fit:
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped] # noqa: PLC0415

    documents, codes = _documents(companies)
    vocabulary = grams.learned(documents)
    model: Any = LinearSVC(C=_PENALTY, random_state=0)
    model.fit(vocabulary.spread(documents).rows, codes)
    if len(model.classes_) <= 2:  # noqa: PLR2004 -- the library gives two classes one column
        raise lessons.LessonsRefused("名单里的申万行业不足三个，学不出区别，请补充名单")
    return _Fit(
        tuple(map(str, model.classes_)),
        vocabulary,
        np.ascontiguousarray(model.coef_.T, np.float32),
        model.intercept_.astype(np.float32),
    )


def _documents(companies: Sequence[Lesson]) -> tuple[list[Document], list[str]]:
    """The scope of each company and its products, as documents of their own."""
    found = [(grams.of_wording(one.wording), one.code) for one in companies if _has_scope(one)]
    found += [
        (grams.of_products(one.wording.trade, one.products), one.code)
        for one in companies
        if one.products
    ]
    return [document for document, _ in found], [code for _, code in found]


def _has_scope(one: Lesson) -> bool:
    return bool(one.wording.clauses)
