"""Unified social credit codes (统一社会信用代码): their alphabet, check character and kinds.

Source: GB 32100-2015. Eighteen characters: registering department, kind of body, six digits of the
registering place (GB/T 2260), nine of the organisation code (GB 11714), one check character.
"""

import re
from enum import StrEnum

# Without I, O, S, V and Z, which look like digits or one another.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
MODULUS = 31
LENGTH = 18
# What registers issued before 2015: 15 digits (2007 on), 13 digits, and the numbers of
# foreign-invested enterprises such as 企合苏总字第000063号. Written for Python and for RE2 alike.
LEGACY_PATTERN = r"[0-9]{15}|[0-9]{13}|企[合独作股].{0,8}字第.{1,12}"

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_LEGACY = re.compile(LEGACY_PATTERN)


class CodeKind(StrEnum):
    """What identifies an enterprise: a credit code, an older registration number, or nothing."""

    USCC = "uscc"
    LEGACY = "legacy"
    NONE = "none"


class NotACode(Exception):
    """The text is neither a credit code nor an older registration number."""


def check_character(first_seventeen: str) -> str:
    """The eighteenth character that GB 32100-2015 demands. Raises NotACode outside the alphabet."""
    try:
        values = [_VALUES[character] for character in first_seventeen]
    except KeyError as stranger:
        raise NotACode(f"“{first_seventeen}”含有代码字符集以外的字符 {stranger}") from stranger
    if len(values) != LENGTH - 1:
        raise NotACode(f"“{first_seventeen}”不是17位")
    total = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return ALPHABET[-total % MODULUS]


def is_valid(code: str) -> bool:
    """Whether the code has 18 characters of the alphabet and the right check character."""
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    return check_character(code[:-1]) == code[-1]


def kind(code: str | None) -> CodeKind:
    """What the code is; a missing one is NONE. Raises NotACode, saying what is wrong."""
    if code is None:
        return CodeKind.NONE
    if is_valid(code):
        return CodeKind.USCC
    if _LEGACY.fullmatch(code):
        return CodeKind.LEGACY
    if len(code) == LENGTH and set(code) <= set(ALPHABET):
        raise NotACode(f"“{code}”的校验位不符（GB 32100-2015），请核对")
    raise NotACode(f"“{code}”不是18位统一社会信用代码，也不是15位注册号，请核对")
