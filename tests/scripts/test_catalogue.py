"""What users read is found in templates and code, and the English stands beside it."""

import catalogue

_TEMPLATE = """<p>it's a "quote" {{ x|default:_("无") }} ) ] }
      {% translate "项目 “一”" as title %}
  {% blocktranslate count n=x %}有 {{ n }} 个{% plural %}有 {{ n }} 个们{% endblocktranslate %}
 {% comment %}{% translate "不算" %}{% endcomment %} {% translate "尾" context "钟" %}</p>
"""


def texts(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content, "utf-8")
    return list(catalogue._texts(file))


def test_every_marked_text_of_a_template_is_found(tmp_path):
    assert texts(tmp_path, "page.html", _TEMPLATE) == [
        ("无", None),
        ("项目 “一”", None),
        (("有 %(n)s 个", "有 %(n)s 个们"), None),
        ("尾", "钟"),
    ]


def test_every_marked_text_of_a_module_is_found(tmp_path):
    module = 'a = gettext_lazy("甲")\nb = ngettext("乙", "乙们", n)\nc = "丙"\n'
    assert texts(tmp_path, "screen.py", module) == [("甲", None), (("乙", "乙们"), None)]
