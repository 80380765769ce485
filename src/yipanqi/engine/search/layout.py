"""What the index keeps of an enterprise: words to find it by and its place, nothing to show."""

from enum import StrEnum
from functools import cache
from pathlib import Path

import tantivy

# Raised when the same registry would be indexed otherwise than before.
EDITION = 1
# The row stands in the low half of a place, the number of its file in the high half.
ROW_BITS = 32
_BY_SPACES = "by-spaces"


class Field(StrEnum):
    """The fields of the index."""

    NAME = "name"
    INITIALS = "initials"
    SCOPE = "scope"
    ADDRESS = "address"
    ID = "id"
    CODE = "code"
    PROVINCE = "province"
    CITY = "city"
    STATUS = "status"
    YEAR = "year"
    PLACE = "place"


TEXTS = (Field.NAME, Field.INITIALS, Field.SCOPE, Field.ADDRESS)
WORDS = (Field.ID, Field.CODE, Field.PROVINCE, Field.CITY, Field.STATUS)


@cache
def schema() -> tantivy.Schema:
    """The schema: texts with positions, words whole, the year and the place beside them."""
    made = tantivy.SchemaBuilder()
    for text in TEXTS:
        made.add_text_field(text, tokenizer_name=_BY_SPACES)
    for word in WORDS:
        made.add_text_field(word, tokenizer_name="raw", index_option="basic")
    made.add_unsigned_field(Field.YEAR, fast=True)
    made.add_unsigned_field(Field.PLACE, fast=True)
    return made.build()


def created(folder: Path) -> tantivy.Index:
    """A new, empty index in the folder."""
    index = tantivy.Index(schema(), path=str(folder))
    # tantivy's own n-gram tokenizer gives every n-gram of a word one position: no phrase is found.
    by_spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_BY_SPACES, by_spaces)
    return index


def opened(folder: Path) -> tantivy.Searcher:
    """A searcher of a finished index; threads may share it."""
    return tantivy.Index.open(str(folder)).searcher()
