"""What kinds, states and causes are called on the screens of runs."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, object] = {
    "diagnosis": _("环节诊断"),
    "targets": _("招引目标"),
    "affiliates": _("以商招商"),
}
STATES: Mapping[str, object] = {
    "queued": _("排队"),
    "running": _("进行中"),
    "done": _("完成"),
    "failed": _("失败"),
    "cancelled": _("已取消"),
}
# The colour and mark of each state, never without its word.
MARKS: Mapping[str, str] = {
    "queued": "note",
    "running": "note",
    "done": "ok",
    "failed": "bad",
    "cancelled": "warn",
}
CAUSES: Mapping[str, object] = {
    "asked": _("人工发起"),
    "first": _("有产业链尚无研判"),
    "registry": _("登记数据更新"),
    "sheets": _("规则或产业链表更新"),
    "code": _("程序更新"),
}


def all_of_them() -> Mapping[str, Mapping[str, object]]:
    """Every table, under the name the templates know it by."""
    return {
        "kinds": KINDS,
        "states": STATES,
        "marks": MARKS,
        "causes": CAUSES,
    }
