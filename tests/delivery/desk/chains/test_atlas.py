"""One chain as a graph and a table."""

from django.urls import reverse

PANEL = ("gongcheng-jixie", "gcjx-yeya")


def test_the_graph_and_the_table_both_lead_to_each_link(as_, study):
    text = as_("clerk_a").get(reverse("desk:chain", args=["gongcheng-jixie"])).content.decode()

    assert text.count(f'href="{reverse("desk:link", args=PANEL)}"') == 2
    assert "<svg" in text


def test_strength_is_a_word_and_a_class_and_never_colour_alone(as_, study):
    text = as_("clerk_a").get(reverse("desk:chain", args=["gongcheng-jixie"])).content.decode()

    assert 'class="node missing"' in text
    assert "缺 · 0 家" in text


def test_a_link_says_its_reason_rule_suppliers_and_leaders(as_, study):
    text = as_("clerk_a").get(reverse("desk:link", args=PANEL)).content.decode()

    for word in (
        "本市 0 家",
        "missing-with-customers",
        "示例",
        "常州",
        "示例液压集团",
        "看招引目标",
    ):
        assert word in text


def test_a_partial_request_gets_the_panel_alone(as_, study):
    answer = as_("clerk_a").get(reverse("desk:link", args=PANEL), HTTP_HX_REQUEST="true")

    assert "<html" not in answer.content.decode()
    assert "液压件" in answer.content.decode()


def test_synthetic_data_and_sample_thresholds_are_named_as_such(as_, study):
    text = as_("clerk_a").get(reverse("desk:chain", args=["gongcheng-jixie"])).content.decode()

    assert "合成数据" in text
    assert "阈值为示例" in text


def test_the_table_narrows_to_one_status(as_, study):
    address = reverse("desk:chain", args=["gongcheng-jixie"])

    text = as_("clerk_a").get(address, {"status": "missing"}).content.decode()

    table = text.split('id="table"')[1]
    assert "液压件" in table
    assert "高强钢" not in table


def test_an_unknown_chain_or_a_link_of_another_is_not_found(as_, study):
    client = as_("clerk_a")

    assert client.get(reverse("desk:chain", args=["nowhere"])).status_code == 404
    assert client.get(reverse("desk:link", args=["gongcheng-jixie", "x"])).status_code == 404


def test_the_page_asks_the_database_a_fixed_number_of_times(
    as_, study, django_assert_max_num_queries
):
    client, address = as_("clerk_a"), reverse("desk:link", args=PANEL)
    client.get(address)

    with django_assert_max_num_queries(20):
        client.get(address)
