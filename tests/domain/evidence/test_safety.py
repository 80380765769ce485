"""What may be kept as evidence."""

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
