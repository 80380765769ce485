"""What a fault of a run means to the person who looks at it, and what to do about it."""

import errno

from yipanqi.domain.studies.services.recounting import NoInput
from yipanqi.engine import indices, stores
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.library import NotInForce


class CityUnknown(Exception):
    """The pack's region code is not a city of GB/T 2260."""


# These say themselves, in Chinese, what to do.
PLAIN = (stores.NothingPublished, indices.NoRegistry, NotInForce, CityUnknown, SheetFaults, NoInput)


def told(fault: BaseException) -> str:
    """A sentence with what happened and the remedy."""
    if isinstance(fault, PLAIN):
        return str(fault)
    if isinstance(fault, MemoryError):
        return "内存不足。请腾出内存（全国登记数据约需 4 GB）后继续"
    if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
        return "磁盘已满。请在数据目录腾出空间后继续"
    if isinstance(fault, OSError):
        return (
            f"读写文件失败：{fault.filename or ''} {fault.strerror or fault}。请检查数据目录后继续"
        )
    return (
        f"程序出错（{type(fault).__name__}：{str(fault)[:300]}）。"
        "请把这句话交给运维，处理后继续；仍然失败请附日志报修"
    )
