"""What may be kept as evidence."""

import queue
import socket
import tempfile
import threading
from pathlib import Path

import pytest
from django.conf import settings
from tests import samples

from yipanqi.domain.evidence.services import safety, storing
from yipanqi.vocab.labels import StateSecret


@pytest.fixture(autouse=True)
def evidence_dir(tmp_path, settings):
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    return settings.EVIDENCE_DIR


def kept_files() -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]


def test_a_pdf_is_kept_once_under_its_hash():
    first, second = storing.receive(samples.pdf()), storing.receive(samples.pdf("另一个名字.pdf"))

    assert first.sha256 == second.sha256
    assert [path.name for path in kept_files()] == [first.sha256]
    assert first.media_type == "application/pdf"


def test_a_word_document_is_told_from_a_plain_zip():
    document = samples.office({"word/document.xml": b"<w/>"}, "协议.docx")
    archive = samples.office({"notes.txt": b"x"}, "协议.docx")

    assert storing.receive(document).media_type.endswith("wordprocessingml.document")
    with pytest.raises(safety.WrongType, match="压缩包"):
        storing.receive(archive)


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (storing.Upload("空.pdf", (b"",)), safety.EmptyFile),
        (storing.Upload("伪装.pdf", (b"MZ\x90\x00program",)), safety.WrongType),
        (storing.Upload("改名.png", (samples.PDF,)), safety.WrongType),
        (storing.Upload("页面.html", (b"<script>alert(1)</script>",)), safety.WrongType),
        (
            samples.office({"xl/vbaProject.bin": b"x", "xl/workbook.xml": b"<x/>"}, "宏.xlsx"),
            safety.Dangerous,
        ),
        (
            samples.office(
                {
                    "word/document.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
                },
                "实体.docx",
            ),
            safety.Dangerous,
        ),
        (
            samples.office({"word/document.xml": bytes(70 * 1024 * 1024)}, "炸弹.docx"),
            safety.Dangerous,
        ),
    ],
)
def test_a_harmful_or_false_file_is_refused_and_nothing_is_kept(upload, refusal):
    with pytest.raises(refusal):
        storing.receive(upload)

    assert kept_files() == []


def broken(change, name="协议.docx"):
    """A Word document with `change` applied to its bytes."""
    parts = {"word/document.xml": b"<w>" + b"<p>text</p>" * 500 + b"</w>"}
    whole = b"".join(samples.office(parts, name).chunks)
    return storing.Upload(name, (change(whole),))


def _encrypted(whole):
    # Bit 0 of the flags, in the local header and in the directory.
    body = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            body[at + offset] |= 1
    return bytes(body)


def _packed_unknown(whole):
    body = bytearray(whole)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = -1
        while (at := whole.find(mark, at + 1)) >= 0:
            body[at + offset] = 99
    return bytes(body)


def _torn(whole):
    middle = whole.index(b"word/document.xml") + 40
    return whole[:middle] + b"\xff" * 20 + whole[middle + 20 :]


@pytest.mark.parametrize(
    "change", [_encrypted, _packed_unknown, _torn, lambda whole: whole[: len(whole) // 2]]
)
def test_a_document_that_cannot_be_looked_into_is_refused_with_a_remedy(change):
    with pytest.raises(safety.WrongType, match="再传"):
        storing.receive(broken(change))

    assert kept_files() == []


@pytest.mark.parametrize("encoding", ["no-such-code", "utf-7", "utf-32"])
def test_a_part_in_an_impossible_encoding_is_refused(encoding):
    part = f'<?xml version="1.0" encoding="{encoding}"?><w/>'.encode()

    with pytest.raises(safety.Refused):
        storing.receive(samples.office({"word/document.xml": part}, "协议.docx"))


@pytest.fixture
def scanner(settings):
    """A scanner on a socket that gives one answer; what it was sent comes back by `.sent()`."""
    with Scanner() as running:
        settings.CLAMD_SOCKET = running.path
        yield running


class Scanner:
    """clamd's INSTREAM as far as a client sees it: lengths and chunks, then a verdict."""

    answer = b"stream: OK\0"

    def __enter__(self):
        # Short: a socket's path may have 107 characters at most.
        self.folder = tempfile.TemporaryDirectory(dir="/tmp", prefix="clam-")
        self.path = f"{self.folder.name}/clamd"
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.bind(self.path)
        self._socket.listen()
        self.got = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._socket.close()
        self.folder.cleanup()

    def sent(self):
        return self.got.get(timeout=10)

    def _serve(self):
        with self._socket.accept()[0] as caller, caller.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            body = b""
            while size := int.from_bytes(stream.read(4), "big"):
                body += stream.read(size)
            self.got.put(body)
            caller.sendall(self.answer)


def test_a_scanned_file_is_sent_whole_and_kept_when_clean(scanner):
    storing.receive(samples.pdf())

    assert scanner.sent() == samples.PDF
    assert len(kept_files()) == 1


def test_an_infected_file_is_refused_with_the_finding_and_not_kept(scanner):
    scanner.answer = b"stream: Eicar-Test-Signature FOUND\0"

    with pytest.raises(safety.Infected, match="Eicar"):
        storing.receive(samples.pdf())

    assert kept_files() == []


def test_a_scanner_that_is_away_keeps_every_file_out(settings, tmp_path):
    settings.CLAMD_SOCKET = str(tmp_path / "none")

    with pytest.raises(safety.Infected, match="没有应答"):
        storing.receive(samples.pdf())

    assert kept_files() == []


def test_a_file_over_the_limit_is_refused_while_it_arrives(settings):
    settings.UPLOAD_LIMIT_BYTES = 1000

    with pytest.raises(safety.TooLarge):
        storing.receive(storing.Upload("大.pdf", (samples.PDF, bytes(2000))))

    assert kept_files() == []


def test_a_name_with_a_path_keeps_only_its_last_part():
    assert storing.receive(samples.pdf("..\\..\\etc/协议.pdf")).name == "协议.pdf"


def test_a_file_named_as_a_state_secret_is_refused():
    with pytest.raises(StateSecret):
        storing.receive(samples.pdf("机密★会议纪要.pdf"))
