"""`yipanqi reports` writes papers for any city, and says in a sentence why it cannot."""

import pytest
from tests.engine import small_registry
from tests.engine.small_registry import Firm

from yipanqi.delivery.cli.main import main

_SCOPES = {"长沙": "挖掘机制造", "徐州": "挖掘机的制造；液压件制造", "株洲": "轴承制造"}


@pytest.fixture
def registry(tmp_path, monkeypatch):
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    firms = [
        Firm(f"{city}第{number}机械有限公司", city, scope)
        for city, scope in _SCOPES.items()
        for number in range(4)
    ]
    return str(small_registry.write(tmp_path / "registry", firms))


def reports(*words):
    return main(["reports", *words])


def test_a_chain_of_any_city_becomes_a_page(registry, tmp_path, capsys):
    out = tmp_path / "papers" / "chain.html"
    asked = ("--city", "徐州", "--chain", "工程机械", "--registry", registry, "--out", str(out))
    assert reports("chain", *asked) == 0
    page = out.read_text("utf-8")
    assert "徐州工程机械产业链报告" in page
    assert "数据截至 2016-12-31" in page
    assert "合成数据" in page
    assert "1. 徐州（本市）" in page
    assert str(out) in capsys.readouterr().out


def test_a_city_without_a_single_enterprise_has_its_report_too(registry, tmp_path):
    out = tmp_path / "city.html"
    asked = ("--city", "三亚", "--registry", registry, "--out", str(out))
    assert reports("city", *asked) == 0
    page = out.read_text("utf-8")
    assert "三亚产业链总览报告" in page
    assert "共研判 22 条产业链" in page


def test_two_cities_are_compared_in_one_chain(registry, tmp_path):
    out = tmp_path / "both.html"
    asked = ("--chain", "工程机械", "--registry", registry, "--out", str(out))
    assert reports("compare", "--city", "长沙", "--with", "徐州", *asked) == 0
    assert "长沙与徐州工程机械产业链对比报告" in out.read_text("utf-8")


def test_a_city_is_not_compared_with_itself(registry, tmp_path, capsys):
    out = tmp_path / "both.html"
    asked = ("--registry", registry, "--out", str(out))
    assert reports("compare", "--city", "长沙", "--with", "长沙市", *asked) == 2
    assert "两边都是长沙" in capsys.readouterr().err
    assert not out.exists()


def test_a_place_that_cannot_be_written_to_is_named(registry, tmp_path, capsys):
    asked = (
        "--city",
        "长沙",
        "--chain",
        "工程机械",
        "--registry",
        registry,
        "--out",
        str(tmp_path),
    )
    assert reports("chain", *asked) == 2
    assert f"写不了 {tmp_path}" in capsys.readouterr().err
