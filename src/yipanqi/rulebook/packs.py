"""A city's pack: every sheet and table of `packs/<city>/`, read, checked and ready to ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yipanqi.rulebook import chains, organisations, pack_files, references
from yipanqi.rulebook.assembly import Assembly, assemble
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.faults import SheetError, SheetFaults
from yipanqi.rulebook.library import Library, NotInForce
from yipanqi.rulebook.organisations import Park, Unit


@dataclass(frozen=True, slots=True)
class Pack:
    """A sound pack. `texts` holds every file by its path; `library` answers for the sheets."""

    id: str
    name: str
    region_code: str
    sample_label: str
    notes: str
    texts: Mapping[str, str]
    library: Library
    units: tuple[Unit, ...]
    parks: tuple[Park, ...]
    chain_tables: Mapping[date, ChainTables]

    def chains(self, *, on: date) -> ChainTables:
        """The chains in force on the day. Raises NotInForce."""
        return self.chain_tables[self.chains_since(on=on)]

    def chains_since(self, *, on: date) -> date:
        """The day from which the chains in force on a day are so. Raises NotInForce."""
        begun = [day for day in self.chain_tables if day <= on]
        if not begun:
            raise NotInForce(f"{on} 没有生效的产业链表，请补 chains/<生效日>/")
        return max(begun)

    @property
    def newest(self) -> date:
        """The latest day from which anything in the pack is in force."""
        days = [placed.sheet.valid_from for placed in self.library.placed]
        return max([*days, *self.chain_tables])


def load(path: Path | str) -> Pack:
    """The pack in a folder. Raises SheetFaults, which lists every fault with file and line."""
    texts, unreadable = _texts(path)
    assembly, found = _checked(texts)
    if found or unreadable:
        raise SheetFaults((*unreadable, *found))
    return _pack(texts, assembly)


def from_texts(texts: Mapping[str, str]) -> Pack:
    """The pack made of these files, by path. Raises SheetFaults."""
    assembly, found = _checked(texts)
    if found:
        raise SheetFaults(found)
    return _pack(texts, assembly)


def faults(path: Path | str) -> tuple[SheetError, ...]:
    """Everything wrong with the pack in a folder, by file and line; empty when it is sound."""
    texts, unreadable = _texts(path)
    return SheetFaults((*unreadable, *_checked(texts)[1])).faults


def _texts(path: Path | str) -> tuple[dict[str, str], tuple[SheetError, ...]]:
    folder = Path(path)
    if not folder.is_dir():
        gone = SheetError(str(path), 0, "没有这个目录", "给出规则包目录，如 packs/changsha")
        raise SheetFaults([gone])
    return pack_files.read(folder)


def _checked(texts: Mapping[str, str]) -> tuple[Assembly, tuple[SheetError, ...]]:
    assembly = assemble(texts)
    return assembly, (*assembly.faults, *references.faults(assembly))


def _pack(texts: Mapping[str, str], assembly: Assembly) -> Pack:
    head = assembly.head
    return Pack(
        id=head.id,
        name=head.name,
        region_code=head.region_code,
        sample_label=head.sample_label,
        notes=head.notes,
        texts=texts,
        library=assembly.library,
        units=organisations.units(assembly.units),
        parks=organisations.parks(assembly.parks),
        chain_tables={day: chains.typed(found) for day, found in assembly.chains.items()},
    )
