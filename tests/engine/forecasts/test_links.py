"""Which links a city may grow into: forecast once for all cities, read for one."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.engine.small_registry import Firm, write

from yipanqi.engine import diagnosis, indices, sessions
from yipanqi.engine.forecasts import links
from yipanqi.engine.forecasts.links import CityForecast
from yipanqi.rulebook import packs
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

PACK = Path(__file__).parents[3] / "packs" / "changsha"
CITIES = ("长沙", "株洲", "武汉", "宜昌", "广州", "深圳", "南昌", "九江", "杭州", "宁波")
PROVINCES = ("430000", "420000", "440000", "360000", "330000")
GOODS = ("液压件", "锂离子电池", "起重机械", "混凝土机械", "轴承", "齿轮", "集成电路", "正极材料")
CHANGSHA = regions.by_code()["430100"]


def _firms() -> list[Firm]:
    """Each city makes three goods, and turns to others every five years."""
    found = []
    for number, city in enumerate(CITIES):
        for year in range(1996, 2017):
            for step in range(3):
                good = GOODS[(number + step + step * ((year - 1996) // 5)) % len(GOODS)]
                name = f"{city}{year}第{step}实业有限公司"
                found.append(Firm(name, city, f"{good}制造", registered=date(year, 5, 1)))
    return found


def _registry(folder: Path, gaps: dict[str, list[int]] | None) -> Path:
    registry = write(folder, _firms())
    told = {"as_of": "2016-12-31", "synthetic": True}
    if gaps is not None:
        told["gaps"] = gaps
    (registry / "manifest.json").write_text(json.dumps(told), "utf-8")
    return registry


@pytest.fixture(scope="module")
def pack() -> Pack:
    return packs.load(PACK)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))


def _forecast(registry: Path, pack: Pack) -> CityForecast:
    with sessions.measures() as session:
        tables = pack.chains(on=pack.newest)
        return links.of_city(registry, tables, session, city=CHANGSHA)


def test_links_that_are_no_speciality_are_ranked_with_base_rate_model_and_reasons(
    tmp_path: Path, pack: Pack
) -> None:
    registry = _registry(tmp_path / "registry", {code: [] for code in PROVINCES})

    found = _forecast(registry, pack)

    ranked = sorted(found.links.values(), key=lambda one: one.rank)
    assert [one.rank for one in ranked] == list(range(1, len(ranked) + 1))
    assert [one.score for one in ranked] == sorted((o.score for o in ranked), reverse=True)
    assert {one.among for one in ranked} == {len(ranked)}
    assert {one.model_digest for one in ranked} == {found.digest}
    assert all(0 <= one.score <= 1 and len(one.reasons) == 3 for one in ranked)
    told = json.loads(json.dumps(links.written(ranked[0], ("", "草稿"))))
    assert (told["rank"], told["score"]) == (1, str(ranked[0].score))
    assert told["tried"]["listed"] == ranked[0].tried.listed if ranked[0].tried else False
    assert found.as_of_year == 2016
    assert found.tried is not None
    assert found.tried.year == 2011
    assert 0 <= found.tried.hits <= found.tried.listed


def test_the_forecast_is_made_once_and_the_same_from_another_home(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = _registry(tmp_path / "registry", {code: [] for code in PROVINCES})
    first = _forecast(registry, pack)
    kept = list((tmp_path / "home").rglob("entry-*"))

    again = _forecast(registry, pack)
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "other"))

    assert len(kept) == 1
    assert first == again == _forecast(registry, pack)


def test_later_registrations_do_not_move_an_earlier_forecast(tmp_path: Path, pack: Pack) -> None:
    gaps: dict[str, list[int]] = {code: [] for code in PROVINCES}
    gaps["430000"] = [2013]
    registry = _registry(tmp_path / "registry", gaps)
    later = [
        Firm(f"长沙新{n}有限公司", "长沙", "液压件制造", registered=date(2014, 1, 1))
        for n in range(90)
    ]
    changed = write(tmp_path / "changed", [*_firms(), *later])
    (changed / "manifest.json").write_bytes((registry / "manifest.json").read_bytes() + b" ")

    before, after = _forecast(registry, pack), _forecast(changed, pack)

    assert before.as_of_year == 2012
    assert before == after
    assert indices.snapshot(registry) != indices.snapshot(changed)


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (None, "缺失年份"),
        ({"430000": [2000, 2009], "420000": []}, "没有连续十年"),
        ({**{code: [] for code in PROVINCES}, "430000": [2009, 2012]}, "五年已经过去"),
    ],
)
def test_without_whole_recent_years_there_is_no_forecast_and_the_reason_is_told(
    tmp_path: Path, pack: Pack, gaps: dict[str, list[int]] | None, words: str
) -> None:
    registry = _registry(tmp_path / "registry", gaps)

    found = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain="gongcheng-jixie")

    assert all(link.forecast is None and words in link.forecast_note for link in found.links)
    assert not found.model


def test_a_speciality_already_there_has_no_forecast_and_says_so(tmp_path: Path, pack: Pack) -> None:
    registry = _registry(tmp_path / "registry", {code: [] for code in PROVINCES})

    found = diagnosis.diagnose(registry, pack, city=CHANGSHA, chain="gongcheng-jixie")

    by_code = {link.link_code: link for link in found.links}
    assert by_code["gcjx-yeya"].forecast is None
    assert "已有专长" in by_code["gcjx-yeya"].forecast_note
    assert any(link.forecast for link in found.links)
    assert found.model == {links.MODEL: found.forecast.digest if found.forecast else ""}
    assert {link.grade for link in found.links} == {"C"}
