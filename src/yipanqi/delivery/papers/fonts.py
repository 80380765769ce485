"""The Chinese font a paper is set in: found on the machine or in a folder that is named."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

# Best first; whoever has none of them names a folder that holds one.
KNOWN = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Noto Serif CJK SC",
    "Source Han Serif SC", "Noto Serif SC", "Microsoft YaHei", "PingFang SC", "SimSun", "SimHei",
    "FangSong", "KaiTi", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL KaitiM GB",
    "AR PL UMing CN",
)  # fmt: skip


class NoChineseFont(Exception):
    """No known Chinese font here; the message says how to get one."""


@cache
def book(folder: Path | None = None) -> "Fonts":
    """The fonts of the system and of the folder, looked up once.

    Raises ModuleNotFoundError where typst is not installed.
    """
    import typst  # noqa: PLC0415 -- only who writes a PDF needs it

    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[str(folder)] if folder else [],
    )


def chosen(folder: Path | None = None) -> str:
    """The family to set Chinese in. Raises NoChineseFont and what `book` raises."""
    families = set(book(folder).families())
    for family in KNOWN:
        if family in families:
            return family
    raise NoChineseFont(
        "这台机器没有可用的中文字体，PDF 和文档里的图会变成方框，因此没有生成。"
        "请安装 fonts-noto-cjk（Debian、Ubuntu：sudo apt-get install -y fonts-noto-cjk），"
        "或用 --fonts 指定放有 Noto Sans SC、思源黑体等字体文件的目录；HTML 格式不受影响"
    )
