"""Names written one way: widths, brackets, spaces and stock-exchange marks taken away."""

import re
import unicodedata

_DROPPED = re.compile(r"[\s·•.,，。、\-—_“”\"'‘’《》<>]+")
_MARKS = re.compile(r"^(?:\*?ST|N|XD|XR|DR)(?=[一-龥])|[AB]$")
_FORM = re.compile(
    r"(?:\(集团\)|集团)?(?:(?:控股)?(?:股份)?有限(?:责任)?(?:总)?公司|股份公司|总公司|公司)$|\(?集团\)?$"
)


def plain(name: str) -> str:
    """The name in half-width letters and brackets, without spaces and punctuation.

    Letters are upper case; a line break or NUL never stays.
    """
    narrow = unicodedata.normalize("NFKC", name).replace("〔", "(").replace("〕", ")")
    return _DROPPED.sub("", narrow).replace("\0", "").upper()


def core(plain_name: str) -> str:
    """The name without its organisational form: what a short name keeps of it."""
    bare = _FORM.sub("", plain_name)
    return bare or plain_name


def short(plain_name: str) -> str:
    """A listed share's short name without the exchange's marks (*ST, A, B)."""
    return _MARKS.sub("", plain_name)
