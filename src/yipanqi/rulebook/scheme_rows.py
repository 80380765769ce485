"""Reading the score schemes of an admission sheet, with every fault at its line."""

from collections.abc import Mapping
from decimal import Decimal

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.scoring import Choice, Indicator, Judged, Line, Scheme, Step, Steps
from yipanqi.vocab.admission import ADMISSION_FACTS
from yipanqi.vocab.facts import Fact

_WAYS = ("steps", "line", "choices", "judged")
_GROUNDS = ("source", "basis", "sample", "notes")
_MOST_DIGITS = 4


def read(document: Document) -> tuple[Scheme, ...]:
    """The schemes with their indicators; faults gather in the document."""
    rows, lines = document.rows("scheme"), document.rows("indicator")
    documents.unique(rows, "code")
    codes = {row.written.get("code") for row in rows}
    for line in lines:
        if line.text("scheme") not in codes:
            line.add("scheme", f"没有评分表“{line.text('scheme')}”", "改为某个 [[scheme]] 的 code")
    return tuple(_scheme(row, [each for each in lines if _is_of(each, row)]) for row in rows)


def _is_of(line: Row, scheme: Row) -> bool:
    return line.written.get("scheme") == scheme.written.get("code")


def _scheme(row: Row, lines: list[Row]) -> Scheme:
    row.allow("code", "title", "total", "digits", "when", *_GROUNDS)
    source, basis = row.grounds()
    documents.unique(lines, "key")
    indicators = tuple(_indicator(line) for line in lines)
    total = row.number("total")
    summed = sum((each.maximum for each in indicators), Decimal(0))
    if summed != total:
        row.add("total", f"各项满分之和是 {summed}，总分却写 {total}", "核对各项满分或总分")
    digits = int(row.number("digits"))
    if not 0 <= digits <= _MOST_DIGITS:
        row.add("digits", f"小数位数应为 0 至 {_MOST_DIGITS}", "一般写 2")
    return Scheme(
        row.text("code"), row.text("title"), total, digits, indicators, source, basis,
        row.sample(basis), row.rule("when", required=False),
    )  # fmt: skip


def _indicator(row: Row) -> Indicator:
    row.allow("scheme", "key", "label", "maximum", "fact", *_WAYS, *_GROUNDS)
    source, basis = row.grounds()
    maximum = row.number("maximum")
    if maximum <= 0:
        row.add("maximum", f"满分应大于 0，现在是 {maximum}", "改成正数")
    rule = _rule(row, maximum)
    is_judged = isinstance(rule, Judged)
    fact = "" if is_judged else row.text("fact")
    if fact:
        _check_fact(row, rule, fact)
    return Indicator(
        row.text("key"), row.text("label"), maximum, rule, fact, source, basis,
        row.sample(basis) or (isinstance(rule, Steps) and any(s.sample for s in rule.steps)),
    )  # fmt: skip


def _rule(row: Row, maximum: Decimal) -> Steps | Line | Choice | Judged:
    ways = [way for way in _WAYS if way in row.written]
    if len(ways) != 1:
        row.add("key", "须写且只写一种计分办法", f"写 {'、'.join(_WAYS)} 之一")
        return Judged()
    match ways[0]:
        case "steps":
            return _steps(row, maximum)
        case "line":
            return _line(row, maximum)
        case "choices":
            return _choices(row, maximum)
    if not row.flag("judged"):
        row.add("judged", "judged 只能写 true", "改成 true，或换一种计分办法")
    return Judged()


def _steps(row: Row, maximum: Decimal) -> Steps:
    steps = []
    for part in _parts(row, "steps"):
        part.allow("at_least", "points", "sample")
        points = _points(part, "points", maximum)
        steps.append(Step(part.number("at_least"), points, part.flag("sample")))
    floors = [step.at_least for step in steps]
    if sorted(set(floors)) != floors:
        row.add("steps", "各档没有由低到高排列，或有重复", "按 at_least 由小到大写")
    return Steps(tuple(steps))


def _line(row: Row, maximum: Decimal) -> Line:
    written = row.written["line"]
    part = Row(row.document, f"{row.path}.line", written if isinstance(written, Mapping) else {})
    part.allow("full_at", "off", "per", "floor")
    off, per = part.number("off"), part.number("per")
    if off < 0 or per <= 0:
        row.add("line", "off 应不小于 0，per 应大于 0", "如每低 10 减 0.1：per = 10, off = 0.1")
        per = Decimal(1)
    return Line(part.number("full_at"), off, per, _points(part, "floor", maximum))


def _choices(row: Row, maximum: Decimal) -> Choice:
    found = {}
    for part in _parts(row, "choices"):
        part.allow("value", "points")
        found[part.text("value")] = _points(part, "points", maximum)
    return Choice(found)


def _parts(row: Row, key: str) -> list[Row]:
    written = row.written[key]
    good = isinstance(written, list) and written and all(isinstance(p, Mapping) for p in written)
    if not good:
        row.add(key, f"{key} 须是非空的列表", f"写成 {key} = [ {{ … }}, {{ … }} ]")
        return []
    return [Row(row.document, f"{row.path}.{key}[{n}]", part) for n, part in enumerate(written)]


def _points(part: Row, key: str, maximum: Decimal) -> Decimal:
    points = part.number(key)
    if not 0 <= points <= maximum:
        part.add(key, f"分值 {points} 不在 0 与满分 {maximum} 之间", "核对分值")
    return points


def _check_fact(row: Row, rule: Steps | Line | Choice | Judged, key: str) -> None:
    fact = ADMISSION_FACTS.get(key)
    if fact is None:
        row.add("fact", f"没有“{key}”这项评审事实", f"只能用：{'、'.join(ADMISSION_FACTS)}")
    elif isinstance(rule, Choice) != bool(fact.values):
        way = "choices" if fact.values else "steps 或 line"
        row.add("fact", f"{fact.label}不能这样计分", f"改用 {way}")
    elif isinstance(rule, Choice):
        _check_choices(row, rule, fact)


def _check_choices(row: Row, rule: Choice, fact: Fact) -> None:
    for stray in sorted(set(rule.points) - set(fact.values)):
        remedy = f"只能是：{'、'.join(fact.values)}"
        row.add("choices", f"{fact.label}没有“{stray}”这个取值", remedy)
