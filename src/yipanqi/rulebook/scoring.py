"""Scores of an admission review: exact points for known facts, every line with its working."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from yipanqi.rulebook.conditions import ALWAYS, Rule
from yipanqi.rulebook.sources import Basis
from yipanqi.vocab.admission import ADMISSION_FACTS, PER_MU

Known = Mapping[str, str | Decimal | Fraction | None]
Marks = Mapping[str, tuple[Decimal, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """From this figure on, so many points."""

    at_least: Decimal
    points: Decimal
    sample: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """Points by the highest step reached; the steps go up."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """All points from `full_at` on; below it `off` points fewer per `per`, never below `floor`."""

    full_at: Decimal
    off: Decimal
    per: Decimal
    floor: Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """Points by which of the named values the fact is."""

    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Judged:
    """Points are the experts' own: the mean of their marks."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line of a scheme: at most `maximum` points, by a rule over one fact."""

    key: str
    label: str
    maximum: Decimal
    rule: Steps | Line | Choice | Judged
    fact: str
    source: str
    basis: Basis
    sample: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """Indicators whose maxima sum to `total`; each line is rounded half up to `digits`."""

    code: str
    title: str
    total: Decimal
    digits: int
    indicators: tuple[Indicator, ...]
    source: str
    basis: Basis
    sample: bool
    when: Rule = ALWAYS

    @property
    def judged(self) -> tuple[Indicator, ...]:
        """The indicators experts mark."""
        return tuple(each for each in self.indicators if isinstance(each.rule, Judged))


@dataclass(frozen=True, slots=True)
class Scored:
    """An indicator with its points (None: not scored) and the working or what is wanting."""

    indicator: Indicator
    points: Decimal | None
    working: str


@dataclass(frozen=True, slots=True)
class Score:
    """A scheme's lines. There is no total but their sum."""

    scheme: Scheme
    lines: tuple[Scored, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the scored lines."""
        return sum((line.points for line in self.lines if line.points is not None), Decimal(0))

    @property
    def unscored(self) -> tuple[Scored, ...]:
        """The lines that have no points yet: they count nowhere, least of all as zero."""
        return tuple(line for line in self.lines if line.points is None)

    @property
    def attained_of(self) -> Decimal:
        """The most the scored lines could have given."""
        scored = (line.indicator.maximum for line in self.lines if line.points is not None)
        return sum(scored, Decimal(0))

    @property
    def is_complete(self) -> bool:
        """Whether every line is scored, so that the total may be held against a mark."""
        return not self.unscored


def score(scheme: Scheme, known: Known, marks: Marks | None = None) -> Score:
    """The scheme's score of these facts and of the experts' marks by indicator.

    Figures are exact until each line is rounded, half up, to the scheme's digits. A missing fact
    or mark leaves its line unscored and says so.
    """
    full = with_intensities(known)
    lines = (_scored(each, full, marks or {}, scheme.digits) for each in scheme.indicators)
    return Score(scheme, tuple(lines))


def with_intensities(known: Known) -> Known:
    """The facts, with each figure per 亩 where it is not given but both its parts are known."""
    found = dict(known)
    land = _exact(known.get("land_mu"))
    for per_mu, whole in PER_MU.items():
        amount = _exact(known.get(whole))
        if found.get(per_mu) is None and amount is not None and land:
            found[per_mu] = amount / land
    return found


def exact(value: str | Decimal | Fraction) -> Fraction:
    """A known figure as an exact fraction."""
    return Fraction(value)


def shown(value: Fraction) -> str:
    """A figure as people read it, to at most two digits."""
    rounded = (Decimal(value.numerator) / value.denominator).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )
    return f"{rounded.normalize():f}"


def _scored(each: Indicator, known: Known, marks: Marks, digits: int) -> Scored:
    if isinstance(each.rule, Judged):
        return _judged(each, marks.get(each.key, ()), digits)
    value = known.get(each.fact)
    fact = ADMISSION_FACTS[each.fact]
    if value is None:
        return Scored(each, None, f"缺少{fact.label}，未评分")
    if isinstance(each.rule, Choice):
        return _chosen(each, each.rule, str(value))
    figure = _exact(value)
    assert figure is not None  # only None is unknown
    points, why = _stepped(each.rule, figure) if isinstance(each.rule, Steps) else _lined(
        each, each.rule, figure
    )  # fmt: skip
    said = f"{fact.label} {shown(figure)} {fact.unit}：{why}"
    return Scored(each, None if points is None else _rounded(points, digits), said)


def _judged(each: Indicator, given: tuple[Decimal, ...], digits: int) -> Scored:
    if not given:
        return Scored(each, None, "专家尚未评分")
    mean = sum((Fraction(mark) for mark in given), Fraction(0)) / len(given)
    return Scored(each, _rounded(mean, digits), f"{len(given)} 位专家评分的平均数")


def _chosen(each: Indicator, rule: Choice, value: str) -> Scored:
    word = ADMISSION_FACTS[each.fact].values.get(value, value)
    points = rule.points.get(value)
    if points is None:
        return Scored(each, None, f"评分表没有“{word}”的分值，未评分")
    return Scored(each, points, word)


def _stepped(rule: Steps, figure: Fraction) -> tuple[Fraction | None, str]:
    reached = [step for step in rule.steps if figure >= Fraction(step.at_least)]
    if not reached:
        return None, "低于评分表最低一档，未评分"
    step = reached[-1]
    return Fraction(step.points), f"达到 {step.at_least:f} 一档"


def _lined(each: Indicator, rule: Line, figure: Fraction) -> tuple[Fraction, str]:
    short = Fraction(rule.full_at) - figure
    if short <= 0:
        return Fraction(each.maximum), f"达到 {rule.full_at:f}，满分"
    off = short / Fraction(rule.per) * Fraction(rule.off)
    points = Fraction(each.maximum) - off
    if points < Fraction(rule.floor):
        return Fraction(rule.floor), f"比 {rule.full_at:f} 低 {shown(short)}，取最低分"
    why = f"比 {rule.full_at:f} 低 {shown(short)}，每 {rule.per:f} 减 {rule.off:f}"
    return points, why


def _exact(value: str | Decimal | Fraction | None) -> Fraction | None:
    return None if value is None else exact(value)


def _rounded(value: Fraction, digits: int) -> Decimal:
    scaled = Decimal(value.numerator * 10**digits) / Decimal(value.denominator)
    return scaled.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-digits)
