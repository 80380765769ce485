"""Chinese names as people type them in a hurry: pinyin initials."""

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """The first letters of a name's pinyin, other letters kept: “三一重工” gives “syzg”."""
    letters = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=lambda rest: [*rest])  # type: ignore[arg-type,return-value]  # a list is documented
    return "".join(each for each in letters if each.isalnum()).lower()[:200]
