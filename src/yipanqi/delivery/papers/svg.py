"""The few shapes that charts are drawn with, as SVG text; every word is escaped here."""

from collections.abc import Iterable
from html import escape

INK, MUTED, RULE, PAPER = "#1f2a37", "#556070", "#d5dbe3", "#ffffff"
# Okabe-Ito's colours stay apart for colour-blind eyes, and in print by their darkness.
PALETTE = (
    "#1b6ca8", "#d98200", "#117a5d", "#b4477a", "#5b5bb5", "#6b7280", "#8a6d1d", "#3f8fbf",
    "#a65628", "#4d7c0f",
)  # fmt: skip
FILLS = {"strong": "#117a5d", "weak": "#f2c57c", "missing": PAPER}
# Whoever sets a drawing in type puts the font found on the machine in place of this one.
FONT = "sans-serif"
_NARROW, _WIDE = 0.56, 1.0
# Chinese characters and their punctuation begin here.
_FIRST_WIDE = 0x2E80


def drawing(width: int, height: int, parts: Iterable[str], *, described: str) -> str:
    """The parts as one SVG picture; `described` is read out to those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}" role="img">'
        f"<title>{escape(described)}</title>{''.join(parts)}</svg>"
    )


def box(x: float, y: float, width: float, height: float, **more: object) -> str:
    """A rectangle; `more` are attributes with `_` for `-`."""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{_more(more)}/>'


def line(x1: float, y1: float, x2: float, y2: float, **more: object) -> str:
    """A straight line."""
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"{_more(more)}/>'


def words(text: str, x: float, y: float, *, size: float = 12, **more: object) -> str:
    """A line of text with its base line at y."""
    told = {"fill": INK, **more}
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{_more(told)}>{escape(text)}</text>'
    )


def hatching() -> str:
    """The patterns `url(#gap)`, for the unknown, and `url(#part)`, for what is known in part."""
    return (
        f"<defs>{_pattern('gap', '#eef1f5', '#9aa5b4')}{_pattern('part', '#9cc3e0', MUTED)}</defs>"
    )


def width(text: str, size: float) -> float:
    """About how wide the text is set, in pixels: a Chinese character is a square."""
    return sum(_NARROW if ord(letter) < _FIRST_WIDE else _WIDE for letter in text) * size


def size_to_fit(text: str, room: float, *, most: float, least: float) -> float:
    """The largest size between the two at which the text fits the room."""
    needed = width(text, 1) or 1
    return max(min(most, room / needed), least)


def cut_to_fit(text: str, room: float, size: float) -> str:
    """The text, its end replaced by “…” where it would not fit."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"


def _pattern(name: str, ground: str, stroke: str) -> str:
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{ground}"/>'
        f'<line x1="0" y1="0" x2="0" y2="6" stroke="{stroke}" stroke-width="2"/></pattern>'
    )


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _more(attributes: dict[str, object]) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in attributes.items()
    )
