"""What may be kept as evidence: known kinds of file, by their bytes and not by their names."""

import socket
import struct
import zipfile
import zlib
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings

# A sheet or letter unpacks to a few times its size; a bomb to thousands.
_UNPACKED_LIMIT = 400 * 1024 * 1024
_RATIO_LIMIT = 200
_ENTRIES_LIMIT = 10_000
_XML_LIMIT = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_ENCRYPTED = 0x1
# What zipfile raises for damage: torn streams, lying sizes, ways of packing it does not know.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
# An unknown or impossible encoding is a LookupError or a ValueError.
_UNREADABLE = (ElementTree.ParseError, LookupError, ValueError)

OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE = {".doc": "application/msword", ".xls": "application/vnd.ms-excel"}
_OLD_OFFICE |= {".ppt": "application/vnd.ms-powerpoint", ".wps": "application/vnd.ms-works"}


class Refused(Exception):
    """The file may not be kept; the message says why and what to do."""


class TooLarge(Refused):
    """The file is over the limit."""


class EmptyFile(Refused):
    """The file has no bytes."""


class WrongType(Refused):
    """The bytes are not of an accepted kind, or not of the kind the name says."""


class Dangerous(Refused):
    """The file would harm whoever opens it."""


class Infected(Refused):
    """The virus scanner names a finding."""


def refuse_too_large(size_bytes: int) -> None:
    """Raise TooLarge beyond the limit of settings.UPLOAD_LIMIT_BYTES."""
    if size_bytes > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)
        raise TooLarge(f"文件超过 {limit} MB，请压缩图片或拆分后再传")


def inspected(path: Path, *, name: str, size_bytes: int) -> str:
    """The media type of the file at `path`, told from its bytes. Raises a Refused otherwise."""
    if not size_bytes:
        raise EmptyFile(f"“{name}”是空文件，请检查后重新选择")
    with path.open("rb") as file:
        head = file.read(16)
    media_type = _sniffed(head, path, name)
    _scan(path)
    return media_type


def _sniffed(head: bytes, path: Path, name: str) -> str:
    suffix = Path(name).suffix.lower()
    if head.startswith(b"%PDF-"):
        return _named(suffix, {".pdf"}, "application/pdf", name)
    if head.startswith(b"\xff\xd8\xff"):
        return _named(suffix, {".jpg", ".jpeg"}, "image/jpeg", name)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return _named(suffix, {".png"}, "image/png", name)
    if head.startswith(_OLE) and suffix in _OLD_OFFICE:
        return _OLD_OFFICE[suffix]
    if head.startswith(b"PK\x03\x04"):
        return _office(path, name, suffix)
    raise WrongType(f"“{name}”不是可接受的材料；请上传 PDF、Word、Excel、PPT、JPG 或 PNG")


def _named(suffix: str, accepted: set[str], media_type: str, name: str) -> str:
    if suffix not in accepted:
        wanted = "、".join(sorted(accepted))
        raise WrongType(f"“{name}”的内容与扩展名不符；内容应以 {wanted} 为扩展名，请改名后再传")
    return media_type


def _office(path: Path, name: str, suffix: str) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _refuse_sealed(members, name)
            _refuse_bomb(members, name)
            kinds = {kind for kind in OOXML for each in members if each.filename.startswith(kind)}
            if len(kinds) != 1 or "[Content_Types].xml" not in package.namelist():
                raise WrongType(f"“{name}”是压缩包而不是 Office 文档，请解压后逐个上传")
            _refuse_hostile_xml(package, members, name)
    except _BROKEN as error:
        raise WrongType(f"“{name}”已损坏，打不开；请用 Office 或 WPS 另存后再传") from error
    kind = kinds.pop()
    return _named(
        suffix, {{"word/": ".docx", "xl/": ".xlsx", "ppt/": ".pptx"}[kind]}, OOXML[kind], name
    )


def _refuse_sealed(members: list[zipfile.ZipInfo], name: str) -> None:
    if any(each.flag_bits & _ENCRYPTED for each in members):
        raise WrongType(f"“{name}”加了密码，无法检查；请去掉打开密码后再传")


def _refuse_bomb(members: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(each.file_size for each in members)
    packed = sum(each.compress_size for each in members) or 1
    if (
        unpacked > _UNPACKED_LIMIT
        or len(members) > _ENTRIES_LIMIT
        or (unpacked > _XML_LIMIT and unpacked / packed > _RATIO_LIMIT)
    ):
        raise Dangerous(f"“{name}”解压后异常巨大，疑似压缩炸弹，未予保存")
    if any(each.filename.lower().endswith("vbaproject.bin") for each in members):
        raise Dangerous(f"“{name}”含有宏，请另存为不含宏的文档（.docx/.xlsx）后再传")


def _refuse_hostile_xml(
    package: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str
) -> None:
    for each in members:
        if not each.filename.endswith((".xml", ".rels")):
            continue
        with package.open(each) as part:
            try:
                for _, element in ElementTree.iterparse(part, forbid_dtd=True):
                    element.clear()  # looked at, not kept: a large sheet would fill the memory
            except DefusedXmlException as error:
                raise Dangerous(f"“{name}”含有外部实体，可能泄露数据，未予保存") from error
            except _UNREADABLE as error:
                raise WrongType(f"“{name}”已损坏，打不开；请用 Office 或 WPS 另存后再传") from error


def _scan(path: Path) -> None:
    """Ask clamd over its socket, if set; a scanner that does not answer refuses the file."""
    if not settings.CLAMD_SOCKET:
        return
    try:
        with socket.socket(socket.AF_UNIX) as clamd, path.open("rb") as file:
            clamd.settimeout(60)
            clamd.connect(settings.CLAMD_SOCKET)
            clamd.sendall(b"zINSTREAM\0")
            while chunk := file.read(65536):
                clamd.sendall(struct.pack("!I", len(chunk)) + chunk)
            clamd.sendall(struct.pack("!I", 0))
            answer = clamd.recv(4096).decode("utf-8", "replace").strip("\0\n ")
    except OSError as error:
        raise Infected("病毒扫描服务没有应答，文件未保存；请稍后再试或联系管理员") from error
    if not answer.endswith("OK"):
        raise Infected(f"病毒扫描发现问题（{answer[:120]}），文件未保存")
