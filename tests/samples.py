"""Small real files and facts that tests of several rooms share."""

import io
import zipfile

from yipanqi.domain.evidence.services.storing import Upload

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def pdf(name: str = "拜访记录.pdf", salt: bytes = b"") -> Upload:
    """A small PDF; another salt is another file."""
    return Upload(name, (PDF + salt,))


def office(parts: dict[str, bytes], name: str) -> Upload:
    """An Office package of the given parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            package.writestr(part, content)
    return Upload(name, (held.getvalue(),))
