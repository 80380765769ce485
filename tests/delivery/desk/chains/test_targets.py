"""The ranked targets of a link."""

from django.urls import reverse
from tests import cast, studies

from yipanqi.delivery.desk.chains.target_rows import segments
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.investors.services import ranking, traits
from yipanqi.domain.studies.models import Target
from yipanqi.vocab import public_ids

LIST = "/chains/gongcheng-jixie/targets/?link=gcjx-yeya"


def test_the_pieces_of_the_bar_add_up_to_the_score(study):
    target = Target.objects.first()

    pieces = segments(target)

    assert sum(piece.width for piece in pieces) == float(target.score) / 100 * 140
    assert pieces[1].x == pieces[0].width


def test_the_list_shows_rank_score_evidence_and_what_is_not_known(as_, study):
    text = as_("clerk_a").get(LIST).content.decode()

    for word in (
        "江苏目标液压1号有限公司",
        "70.0",
        "液压件制造",
        "最近迹象 2019-05-03",
        "共 60 家",
    ):
        assert word in text


def test_taking_a_target_in_opens_its_record_with_its_source(as_, study):
    target = Target.objects.get(rank=1)

    answer = as_("clerk_a").post(reverse("desk:take-in", args=[target.public_id]), follow=True)

    firm = Enterprise.objects.get(code=target.code)
    assert answer.redirect_chain[-1][0] == reverse("desk:investor", args=[firm.public_id])
    assert "synthetic-7" in firm.source
    assert firm.memberships.get().link == "gcjx-yeya"
    assert firm.capital_text == "12000万人民币"
    assert str(firm.registered_on) == "2002-02-24"
    assert firm.memberships.get().evidence == "液压件制造"


def test_taking_it_in_twice_gives_one_enterprise(as_, study):
    address = reverse("desk:take-in", args=[Target.objects.get(rank=1).public_id])
    as_("clerk_a").post(address)

    as_("clerk_b").post(address)

    assert Enterprise.objects.count() == 1


def test_a_target_already_in_the_library_is_marked(as_, study):
    as_("clerk_a").post(reverse("desk:take-in", args=[Target.objects.get(rank=1).public_id]))

    text = as_("clerk_b").get(LIST).content.decode()

    assert text.count("已在库") == 1


def test_a_reader_sees_no_button_and_is_refused(as_, study):
    target = Target.objects.get(rank=1)
    client = as_("auditor")

    assert "纳入客商库</button>" not in client.get(LIST).content.decode()
    assert client.post(reverse("desk:take-in", args=[target.public_id])).status_code == 403
    assert not Enterprise.objects.exists()


def test_a_full_page_costs_no_more_than_seventeen_questions(
    as_, study, django_assert_max_num_queries
):
    cast.enterprise()
    client = as_("clerk_a")
    client.get(LIST)

    with django_assert_max_num_queries(17):
        client.get(LIST)


def test_a_target_without_a_code_is_known_by_its_name(as_, study):
    Target.objects.filter(rank=1).update(code="")
    as_("clerk_a").post(reverse("desk:take-in", args=[Target.objects.get(rank=1).public_id]))

    assert as_("clerk_b").get(LIST).content.decode().count("已在库") == 1


def test_the_last_sign_of_life_is_shown_with_its_kind_or_says_that_none_is_told(as_, study):
    Target.objects.filter(rank=2).update(last_sign_kind="")

    text = as_("clerk_a").get(LIST).content.decode()

    assert "最近迹象 2019-05-03（年报）" in text
    assert text.count("最近迹象 2019-05-03（类型未注明）") == 1


def test_a_live_city_counts_those_not_known_to_live_and_shows_them_on_one_click(as_, study):
    study.synthetic = False
    study.save()
    Target.objects.filter(rank__gt=2).update(last_sign_on=None)
    client = as_("clerk_a")

    text = client.get(LIST).content.decode()
    every = client.get(f"{LIST}&existence=all").content.decode()

    assert "共 2 家" in text
    assert "另有 58 家存续未知" in text
    assert "existence=all" in text
    assert '<option value="" selected>有存续迹象</option>' in text
    assert '<option value="all" selected>全部</option>' in every
    assert "共 60 家" in every


def test_a_filter_in_the_address_is_kept_and_named(as_, study):
    Target.objects.filter(rank__lte=3).update(province="浙江", size="large")
    client = as_("clerk_a")

    text = client.get(f"{LIST}&province=浙江&size=large").content.decode()

    assert "共 3 家" in text
    assert '<option value="浙江" selected>' in text
    # The study tells no kind of investment: the field says so instead of offering nothing.
    assert "本批研判未判定" in text


def test_a_kind_that_cannot_be_told_says_why_and_is_counted_in_the_filter(as_, study):
    why = "没有在外地设过机构，登记数据看不出"
    Target.objects.filter(rank__lte=4).update(kind="unknown", facts={"kind_reason": why})
    client = as_("clerk_a")

    text = client.get(LIST).content.decode()
    one = client.get(reverse("desk:target", args=[Target.objects.get(rank=1).public_id]))

    assert text.count(f"看不出会来设什么（{why}）") == 4
    assert "看不出（全名单 4）" in text
    assert why in one.content.decode()


def test_what_groups_here_do_elsewhere_stands_in_a_list_of_its_own(as_, study):
    empty = as_("clerk_a").get("/chains/gongcheng-jixie/targets/?list=affiliates")
    assert "还没有这份名单" in empty.content.decode()

    run = studies.run("affiliates", "gongcheng-jixie")
    row = Target.objects.get(rank=1)
    row.pk, row.public_id, row.study = None, public_ids.new(), run
    row.facts = {"group": "云麓集团", "local": 2, "places": 5}
    row.save()

    text = as_("clerk_a").get("/chains/gongcheng-jixie/targets/?list=affiliates").content.decode()

    assert "集团：云麓集团；本市 2 家机构，外地 5 个城市做这一环节" in text
    assert "共 1 家" in text
    assert "未回测" not in text
    assert '<input type="hidden" name="list" value="affiliates">' in text


def test_targets_are_narrowed_to_listed_firms_ties_and_groups_in_hunan(as_, study):
    firm = cast.enterprise(Target.objects.get(rank=1).name)
    Target.objects.filter(rank=1).update(name_key=firm.name_key)
    clerk, address = cast.clerk_a(), "/chains/gongcheng-jixie/targets/?tie="
    ranking.rank(firm, ranking.Rank("private500", 2026, "全国工商联 2026 榜单", 12), by=clerk)
    traits.note(firm, traits.TraitFacts("tie", "native", "拜访时介绍", "创办人湘潭人"), by=clerk)
    Target.objects.filter(rank__in=(2, 3)).update(group_in_hunan=True)

    shown = {
        tie: as_("clerk_a").get(address + tie).content.decode()
        for tie in ("ranked", "tied", "group_in_hunan")
    }

    assert "共 1 家" in shown["ranked"]
    assert "共 1 家" in shown["tied"]
    assert "共 2 家" in shown["group_in_hunan"]
    # A tie is its unit's own knowledge.
    assert "共 1 家" not in as_("clerk_b").get(address + "tied").content.decode()
