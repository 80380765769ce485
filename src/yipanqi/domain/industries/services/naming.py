"""Codes for new links: the chain's own prefix and the pinyin of the name."""

from collections import Counter

from pypinyin import lazy_pinyin

from yipanqi.domain.industries import queries
from yipanqi.domain.industries.models import Chain, Link

_LONGEST = 50


def link_code(chain: Chain, name: str) -> str:
    """A code no link has yet, such as gcjx-wolun for 蜗轮 in 工程机械."""
    heads = Counter(each.code.split("-", 1)[0] for each in queries.links(chain))
    head = heads.most_common(1)[0][0] if heads else chain.code
    spoken = "".join(part for part in lazy_pinyin(name) if part.isascii() and part.isalnum())
    stem = f"{head}-{spoken.lower() or 'huanjie'}"[:_LONGEST]
    taken = set(Link.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)
