"""What stops an import: a statement about the input, in Chinese, with the remedy."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_SAID = ("No space left", "Disk quota exceeded", "File too large", "max_temp_directory_size")
_FULL_SENTENCE = "磁盘空间不足，导入已停止，原有数据未改动：请清理磁盘或换一个输出位置后重试"


class ImportRefused(Exception):
    """The import cannot go on; nothing that stood before has been changed."""


@contextmanager
def one_sentence(about: Path) -> Iterator[None]:
    """Turn what the system says about a file or folder into one sentence an officer can act on."""
    try:
        yield
    except OSError as fault:
        raise ImportRefused(_of_system(fault, about)) from fault
    except duckdb.OutOfMemoryException as fault:
        raise ImportRefused(_of_engine(fault, about, "内存或临时空间不足")) from fault
    except duckdb.Error as fault:
        raise ImportRefused(_of_engine(fault, about, "数据处理失败")) from fault


def is_full(fault: Exception) -> bool:
    """Whether a fault says that the disk or the quota is used up."""
    return any(words in str(fault) for words in _FULL_SAID)


def _of_system(fault: OSError, about: Path) -> str:
    if fault.errno in _FULL:
        return _FULL_SENTENCE
    if isinstance(fault, FileNotFoundError):
        return f"找不到“{fault.filename or about}”：请核对路径"
    if isinstance(fault, PermissionError):
        return f"没有权限读写“{fault.filename or about}”：请调整文件权限"
    return f"读写“{about}”时出错（{fault.strerror or fault}）：请检查磁盘和文件"


def _of_engine(fault: duckdb.Error, about: Path, what: str) -> str:
    if is_full(fault):
        return _FULL_SENTENCE
    first = next(iter(str(fault).splitlines()), type(fault).__name__)
    return f"处理“{about}”时{what}，原有数据未改动：{first}"
