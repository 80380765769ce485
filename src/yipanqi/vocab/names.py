"""Names compared: normal form, and how alike two are."""

import re
import unicodedata

_NOISE = re.compile(r"[\s()（）\[\]【】〔〕《》<>“”\"'‘’·.,，。、;；:：/\\_-]+")


def key(name: str) -> str:
    """The name without brackets, spaces and punctuation, full-width folded, in lower case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


def likeness(left: str, right: str) -> int:
    """How alike two names are, 0 to 100: the Dice coefficient over character bigrams of their keys.

    Source: 武汉东湖高新区四级判重规则 (domain facts 1.8); vectors 90, 90 and 25 are tested.
    """
    first, second = _bigrams(key(left)), _bigrams(key(right))
    if not first or not second:
        return 100 if key(left) == key(right) and key(left) else 0
    return round(200 * len(first & second) / (len(first) + len(second)))


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
