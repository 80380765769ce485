"""The English catalogue beside the Chinese text: extract, check, compile without gettext's tools.

Usage: python scripts/catalogue.py extract|check|compile
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src/yipanqi"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("en",)
# What Django adds to gettext's own names.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_OPENING = "# Beside the Chinese source text; see docs/guides/add-a-translation.md."
# The two parts that users read; lower floors speak Chinese only, see docs/decisions.
SOURCES = ("delivery", "roof")


def messages() -> Catalog:
    """Every marked text of templates and delivery code, with where it stands."""
    found = Catalog(fuzzy=False)
    for folder in SOURCES:
        for file in sorted((PACKAGE / folder).rglob("*")):
            if file.suffix in {".py", ".html", ".txt"}:
                for text, context in _texts(file):
                    # No line numbers: they would change the catalogue with every edit elsewhere.
                    place = file.relative_to(PACKAGE).as_posix()
                    found.add(text, locations=[(place, None)], context=context)
    return found


def _texts(file: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = file.read_text("utf-8")
    if file.suffix != ".py":
        source = _as_python(source, file)
    for _, text, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if text:
            yield text, context


def _as_python(template: str, file: Path) -> str:
    """The template with its marked texts as calls and all else blanked out."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 -- templates only

    # Inside brackets indentation means nothing, so what is left of the page cannot trip the reader.
    return f"(\n{templatize(template, origin=str(file))}\n)"


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _catalogue(language: str) -> Catalog:
    path = _po(language)
    if not path.exists():
        return Catalog(locale=language, domain="django", header_comment=_OPENING, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def extract_all() -> int:
    """Bring every catalogue up to the texts of today; gone texts leave, new ones arrive empty."""
    fresh = messages()
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        # No guessing: a translation that is nearly right is worse than a missing one.
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path = _po(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, omit_header=False, sort_output=True)
        _pin_header(path)
        missing = len(_missing(catalogue))
        print(f"{language}: {len(catalogue)} 条，待译 {missing} 条")
    return 0


def _pin_header(path: Path) -> None:
    # Dates and tool versions would differ on every machine; names and addresses say nothing here.
    volatile = (
        "POT-Creation-Date", "PO-Revision-Date", "Generated-By", "Project-Id-Version",
        "Report-Msgid-Bugs-To", "Last-Translator", "Language-Team",
    )  # fmt: skip
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in volatile))]
    path.write_text("".join(kept), "utf-8")


def _missing(catalogue: Catalog) -> list[str]:
    return [str(each.id) for each in catalogue if each.id and not all(_strings(each.string))]


def _strings(string: object) -> tuple[object, ...]:
    return string if isinstance(string, tuple) else (string,)


def check_all() -> int:
    """Name every text without a translation and every translation without a text. 0 when none."""
    wanted = {(each.id, each.context) for each in messages() if each.id}
    faults = []
    for language in LANGUAGES:
        catalogue = _catalogue(language)
        held = {(each.id, each.context) for each in catalogue if each.id}
        where = _po(language).relative_to(PACKAGE.parents[1])
        faults += [f"{where}: 缺“{text}”，请执行 make messages" for text, _ in wanted - held]
        faults += [f"{where}: 多余“{text}”，请执行 make messages" for text, _ in held - wanted]
        faults += [f"{where}: 未译“{text}”" for text in _missing(catalogue)]
        faults += [
            f"{where}: “{message.id}”：{error}"
            for message, errors in catalogue.check()
            for error in errors
        ]
    print("\n".join(sorted(faults)) or f"catalogue: {len(wanted)} texts, all translated")
    return 1 if faults else 0


def compile_all() -> int:
    """Write the .mo beside each .po; an unchanged one is left alone."""
    for language in LANGUAGES:
        compiled = BytesIO()
        write_mo(compiled, _catalogue(language))
        target = _po(language).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())
    return 0


VERBS = {"extract": extract_all, "check": check_all, "compile": compile_all}

if __name__ == "__main__":
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb not in VERBS:
        raise SystemExit(f"用法：python scripts/catalogue.py {'|'.join(VERBS)}")
    raise SystemExit(VERBS[verb]())
