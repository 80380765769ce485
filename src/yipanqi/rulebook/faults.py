"""What is wrong with a sheet or table, where, and what to do about it."""

from collections.abc import Iterable


class SheetError(Exception):
    """A fault in a pack's file: which file, which line (0: unknown), the problem, the remedy."""

    def __init__(self, file: str, line: int, problem: str, remedy: str) -> None:
        super().__init__(file, line, problem, remedy)
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file else ""
        return f"{place}{self.problem}；{self.remedy}"

    def at(self, file: str, line: int) -> "SheetError":
        """The same fault, placed in a file."""
        return SheetError(file, line, self.problem, self.remedy)


class SheetFaults(Exception):
    """A sheet was refused; `faults` lists everything found in it, in reading order."""

    def __init__(self, faults: Iterable[SheetError]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def fault(problem: str, remedy: str) -> SheetError:
    """A fault not yet placed in a file; whoever reads the file places it."""
    return SheetError("", 0, problem, remedy)
