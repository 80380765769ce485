"""How the last sign of life of an enterprise is said: the day of it, and what kind of sign it was.

The kind is the source's own word (登记变更、中标、专利、年报…): there are more than any list has.
"""

from datetime import date

NONE = "无"
KIND_UNKNOWN = "类型未注明"
# As the import leaves the word, some sources write a whole sentence.
LONGEST_KIND = 80


def kind(word: str | None) -> str:
    """The source's word for the kind of a sign, cut to LONGEST_KIND characters; "" where none."""
    return (word or "").strip()[:LONGEST_KIND]


def said(day: date | None, kind: str) -> str:
    """The sign as a reader sees it, such as 2018-03-01（专利）; without a day there is none."""
    return f"{day.isoformat()}（{kind or KIND_UNKNOWN}）" if day else NONE
