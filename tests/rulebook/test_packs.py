"""Checking a pack tells everything that is wrong with it, at its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.town import FILES, complaints, line_of, spoiled

from yipanqi.rulebook import packs
from yipanqi.rulebook.faults import SheetFaults

GATES = "gates/2018-01-01.toml"
LINKS = "chains/2018-01-01/links.csv"
TERMS = "chains/2018-01-01/terms.csv"
SUPPLIES = "chains/2018-01-01/supplies.csv"
CHAINS = "chains/2018-01-01/chains.csv"


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_a_sound_pack_has_no_faults_and_can_be_asked(tmp_path):
    write(tmp_path, FILES)

    pack = packs.load(tmp_path)

    assert packs.faults(tmp_path) == ()
    assert (pack.id, pack.name) == ("town", "某市")
    assert pack.units[0].code == "town"
    assert pack.chains(on=date(2018, 1, 1)).links[1].classes == ("344", "3441")
    assert pack.library.ranking(on=pack.newest).total == 100


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "said"),
    [
        (GATES, 'op = "is"', 'op = "like"', "needs = ", "不认识的运算“like”"),
        (GATES, 'fact = "leader"', 'fact = "boss"', "needs = ", "没有“boss”这项事实"),
        (GATES, "value = true", 'value = "yes"', "needs = ", "是否，不能与“yes”比较"),
        (GATES, 'op = "is", value = true', 'op = "present"', "needs = ", "present 对“否”也成立"),
        (GATES, 'to = "signed"', 'to = "sealed"', "to = ", "没有阶段“sealed”"),
        (GATES, "remedy = ", "remedi = ", "remedy = ", "不认识的键 remedi"),
        (GATES, 'section = "responsibility"', 'section = "roof"', "section = ", "section 的值"),
        (GATES, "valid_from = 2018-01-01", "valid_from = 2018-01-02", "valid_from", "文件名却是"),
        (GATES, "town/gates", "city/gates", "id = ", "改为 town/gates/2018-01-01"),
        (GATES, 'basis = "sample"', 'basis = "rumour"', "basis = ", "basis 的值“rumour”不对"),
        (GATES, 'source = "办法"', 'source = ""', "source = ", "source 的值“”不对"),
        ("pack.toml", '"430100"', '"4301"', "region_code", "不是六位数字"),
        ("units.csv", "district,town", "district,moon", "east,", "上级单位“moon”不存在"),
        ("units.csv", "430102,名录", ",名录", "east,", "region_code 是空的"),
        ("units.csv", "东区,东区,district", "东区,东区,village", "east,", "kind 的值“village”"),
        ("units.csv", "领导小组,小组", "领导小组", "town,领导", "有 7 格，表头有 8 列"),
        (LINKS, "upstream", "sideways", "pumps,pumps-casting", "position 的值“sideways”不对"),
        (LINKS, "3391", "33x", "pumps,pumps-casting", "“33x”不是国民经济行业代码"),
        (LINKS, "常识,recalled", ",recalled", "pumps,pumps-casting", "source 是空的"),
        (TERMS, "pumps-casting,铸件", "pumps-casting,铸", "pumps,pumps-casting", "太短"),
        (TERMS, "水泵维修", "水泵", "pumps,pumps-body,水泵维修", "重复"),
        (TERMS, "水泵维修", "泵", "pumps,pumps-body,水泵,", "被第 4 行的排除词“泵”排除"),
        (SUPPLIES, "casting,pumps-body", "casting,pumps-x", "pumps,", "环节“pumps-x”不存在"),
        (CHAINS, "office-pumps", "office-x", "pumps,", "“office-x”不是产业链办公室"),
        (CHAINS, "draft", "full", "pumps,", "“泵”只有 2 个环节"),
        ("cases/gates.toml", '["land"]', "0", "unmet", "算例“空”应为 0，实为 land"),
        ("cases/diagnosis.toml", '"rest"', '"strong"', "rule", "应为 strong，实为 rest"),
        ("claims/2018-01-01.toml", "value = 0.85", "value = 85", "value = 0.85", "0 与 1 之间"),
    ],
)
def test_each_fault_is_told_with_its_file_and_line(file, old, new, at, said):
    found = complaints(spoiled(file, old, new))

    wanted = f"{file}:{line_of(file, at)}: "
    assert any(one.startswith(wanted) and said in one for one in found), found


def test_every_fault_names_a_remedy():
    found = complaints(spoiled(GATES, 'op = "is"', 'op = "like"'))

    assert all("；" in said for said in found)


def test_faults_of_many_files_are_told_at_once(tmp_path):
    spoilt = {**spoiled(GATES, 'op = "is"', 'op = "like"'), "notes.txt": "随手记"}
    del spoilt["parks.csv"]
    spoilt[LINKS] = FILES[LINKS].replace("3391", "x")
    write(tmp_path, spoilt)

    found = {fault.file for fault in packs.faults(tmp_path)}

    assert {GATES, "notes.txt", "parks.csv", LINKS} <= found


def test_broken_toml_is_told_at_the_line_it_breaks():
    (said,) = complaints(spoiled("ranking/2018-01-01.toml", "weight = 60", "weight = = 60"))

    line = line_of("ranking/2018-01-01.toml", "weight = 60")
    assert said.startswith(f"ranking/2018-01-01.toml:{line}: 不是合法的 TOML")


def test_a_quoted_line_break_does_not_shift_the_lines_below():
    rows = FILES[LINKS].replace(",泵壳,", ',"泵壳\n及附件",').replace("344;3441", "34x")

    found = complaints({**FILES, LINKS: rows})

    assert any(said.startswith(f"{LINKS}:4: “34x”") for said in found)


def test_a_file_in_another_encoding_is_told(tmp_path):
    write(tmp_path, FILES)
    (tmp_path / "units.csv").write_bytes(FILES["units.csv"].encode("gb18030"))

    assert any(f.file == "units.csv" and "UTF-8" in f.problem for f in packs.faults(tmp_path))


def test_units_in_a_circle_are_told():
    found = complaints(spoiled("units.csv", "district,town", "district,east-park"))

    assert any("成了圈" in said for said in found)


def test_loading_an_unsound_pack_is_refused_with_all_faults(tmp_path):
    write(tmp_path, spoiled(GATES, 'to = "signed"', 'to = "sealed"'))

    with pytest.raises(SheetFaults) as refused:
        packs.load(tmp_path)

    told = [str(fault) for fault in refused.value.faults]
    assert told == [str(fault) for fault in packs.faults(tmp_path)] != []


def test_a_folder_that_does_not_exist_is_refused():
    with pytest.raises(SheetFaults, match="没有这个目录"):
        packs.faults("nowhere")


def test_a_day_that_does_not_exist_has_no_place():
    files = {name.replace("chains/2018-01-01", "chains/2018-13-01"): text
             for name, text in FILES.items()}  # fmt: skip

    assert any("没有这种文件的位置" in said for said in complaints(files))


def test_a_number_that_is_none_is_a_fault():
    assert any("weight 的值" in said for said in complaints(
        spoiled("ranking/2018-01-01.toml", "weight = 60", "weight = nan")
    ))  # fmt: skip


@given(
    st.sampled_from(sorted(FILES)),
    st.floats(0, 1),
    st.integers(0, 30),
    st.text("ab1 =[]{}\"'\n,.-真0", max_size=6),
)
def test_however_a_file_is_spoilt_the_check_answers_and_never_breaks(name, at, length, text):
    whole = FILES[name]
    start = int(at * len(whole))

    found = complaints({**FILES, name: whole[:start] + text + whole[start + length :]})

    assert all(": " in said for said in found)


@pytest.mark.parametrize("facts", ['{ leader = "x" }', "{ leader = nan }", "{ boss = true }", "3"])
def test_a_case_with_impossible_facts_is_a_fault_and_still_run_without_them(facts):
    row = f'[[case]]\nname = "空"\nto = "signed"\nfacts = {facts}\nunmet = ["leader"]\n'

    (said,) = complaints({**FILES, "cases/gates.toml": row})

    assert said.startswith("cases/gates.toml:4:")
