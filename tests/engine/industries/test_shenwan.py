"""A Shenwan model learns from companies, says why, and keeps silent where it is not sure."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.engine.industries import listings

from yipanqi.engine.industries import lessons, shenwan, training, wording
from yipanqi.engine.industries.shenwan import Model

CEMENT = wording.read("湘水水泥有限公司", "水泥、熟料的生产；商品混凝土销售")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> lessons.Lessons:
    return lessons.read(*listings.write(tmp_path_factory.mktemp("listed")))


@pytest.fixture(scope="module")
def model(known: lessons.Lessons) -> Model:
    return training.train(known, seed=7)


def test_the_class_is_told_with_the_words_that_spoke_for_it(model: Model) -> None:
    [verdict] = model.tell([CEMENT])

    assert verdict is not None
    assert (verdict.code, verdict.name) == ("61", "建筑材料")
    assert any("水泥" in one for one in verdict.reasons)
    assert len(verdict.likely) == len(set(verdict.likely)) == 3


def test_below_the_threshold_nothing_is_said(model: Model) -> None:
    [verdict] = replace(model, threshold=1.01).tell([CEMENT])

    assert verdict is not None
    assert not verdict.told


def test_words_the_model_never_met_give_no_verdict(model: Model) -> None:
    assert model.tell([wording.read("甲", "xyz"), wording.read(None, None)]) == [None, None]


def test_a_saved_model_tells_the_same(model: Model, tmp_path: Path) -> None:
    shenwan.save(model, tmp_path / "model.npz")

    again = shenwan.load(tmp_path / "model.npz")

    assert again.tell([CEMENT]) == model.tell([CEMENT])
    assert again.origin == model.origin


def test_a_file_that_would_run_code_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    np.savez(file, told=np.array([{"edition": 1}], object))

    with pytest.raises(shenwan.ModelRefused, match="重新训练"):
        shenwan.load(file)


def test_the_same_seed_learns_the_same(known: lessons.Lessons) -> None:
    one, other = (training.tried(known, seed=3) for _ in range(2))

    assert np.array_equal(one.likely, other.likely)
    assert np.array_equal(one.confidence, other.confidence)


def test_a_brand_is_never_judged_by_a_model_that_saw_it(known: lessons.Lessons) -> None:
    for here, others in training.split(known.companies, training.FOLDS, 7):
        assert not {one.brand for one in here} & {one.brand for one in others}


def test_every_company_with_a_scope_is_judged_once(known: lessons.Lessons) -> None:
    trial = training.tried(known, seed=7)

    assert sorted(trial.companies) == [one.company for one in known.companies]
    assert trial.right.mean() > 0.9


def test_too_few_companies_are_refused(tmp_path: Path) -> None:
    few = lessons.read(*listings.write(tmp_path, brands="安"))

    with pytest.raises(lessons.LessonsRefused, match="太少"):
        training.train(few, seed=7)


def test_a_list_without_its_columns_is_refused(tmp_path: Path) -> None:
    listed, graph = listings.write(tmp_path)
    listed.write_text("name\n甲\n", "utf-8")

    with pytest.raises(lessons.LessonsRefused, match="sw_industry_code"):
        lessons.read(listed, graph)
