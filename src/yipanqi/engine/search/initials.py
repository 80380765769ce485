"""The pinyin initials of names, as people type them in a hurry: 三一重工 is syzg."""

from collections.abc import Mapping, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind
from pypinyin import Style, lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from yipanqi.engine.search import letters


def initials(name: str) -> str:
    """The first letter of each character's pinyin; Latin letters and digits stand as they are."""
    return all_initials([name])[0]


def all_initials(names: Sequence[str]) -> list[str]:
    """The initials of each name.

    Characters are read one by one, but for the words in which one of them begins with another
    letter than by itself (重庆, 厦门): pypinyin reads every word, at fifty times the cost.
    """
    return [_read(plain) for plain in letters.all_folded(names, letters.LABEL)]


def _read(name: str) -> str:
    words, finder = _words()
    read, end = [], 0
    for number, start, stop in finder.find_matches_as_indexes(name):
        read.append(name[end:start].translate(_letters()))
        read.append(words[number])
        end = stop
    read.append(name[end:].translate(_letters()))
    return "".join(read)


class _Letters(dict[int, str]):
    """The initial of each character, read once when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = letter = _letter(chr(code))
        return letter


@cache
def _letters() -> Mapping[int, str]:
    return _Letters()


@cache
def _words() -> tuple[Sequence[str], AhoCorasick]:
    """The initials of words that are not read as their characters are, and what finds them."""
    told = {word: "".join(part[0] for part in _read_whole(word)) for word in phrases_dict}
    other = {word: read for word, read in told.items() if read != word.translate(_letters())}
    return list(other.values()), AhoCorasick(list(other), matchkind=MatchKind.LeftmostLongest)


def _letter(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    return "".join(part[0] for part in _read_whole(character))


def _read_whole(word: str) -> list[str]:
    read = lazy_pinyin(word, style=Style.FIRST_LETTER, errors="ignore")
    return [part for part in read if part.isalnum()]
