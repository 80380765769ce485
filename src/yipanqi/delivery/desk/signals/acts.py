"""What can be done with a signal on its page: each act with its form and when it is offered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk.screens import found
from yipanqi.delivery.desk.signals.forms import AssignForm, ChoiceForm, ReportForm, WordsForm
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads.services import becoming, triage
from yipanqi.domain.people import queries as people
from yipanqi.vocab import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from yipanqi.domain.leads.signals import Signal
    from yipanqi.vocab.actors import Actor

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its address part, its words, when it is offered, its form, and what it does."""

    code: str
    title: "StrOrPromise"
    button: "StrOrPromise"
    said: "StrOrPromise"
    states: tuple[str, ...]
    make: "Callable[[Signal, Actor, Any], forms.Form]"
    run: "Callable[[Signal, Given, Actor], object]"
    hint: "StrOrPromise" = ""
    # Shown open, not folded away.
    is_first: bool = False
    # Whether other units than its own may be offered it.
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """An act as the page shows it: with its form, open where it was refused."""

    act: Act
    form: forms.Form
    is_open: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was refused: its code, and its form with what is missing."""

    code: str
    form: forms.Form


def by_code(code: str) -> Act | None:
    """The act of that address part, or None."""
    return _ACTS.get(code)


def offered(signal: "Signal", actor: "Actor", refused: Refused | None) -> Sequence[Offered]:
    """What this person can do with the signal now, the next step first."""
    told = []
    for act in _ACTS.values():
        if refused and refused.code == act.code:
            told.append(Offered(act, refused.form, is_open=True))
        elif _is_open(act, signal, actor):
            form = act.make(signal, actor, None)
            told.append(Offered(act, form, is_open=act.is_first))
    return told


def _is_open(act: Act, signal: "Signal", actor: "Actor") -> bool:
    if act.code == "reply":
        return _own(signal, actor) and signal.reply_open is not None
    if signal.state not in act.states:
        return False
    if act.code == "take-in":
        is_new = signal.enterprise_id is None and actor.may("investors.register")
        return _own(signal, actor) and is_new
    if act.code == "add":
        return actor.may("signals.capture")
    if act.code == "assign":
        return _own(signal, actor) or actor.may("signals.assign")
    return _own(signal, actor)


def _own(signal: "Signal", actor: "Actor") -> bool:
    return signal.unit_id == actor.unit_id and actor.may("signals.triage")


def _nothing(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
    return forms.Form(sent)


def _words(label: "StrOrPromise", prefix: str) -> "Callable[[Signal, Actor, Any], forms.Form]":
    def make(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
        form = WordsForm(sent, prefix=prefix)
        form.fields["words"].label = label
        return form

    return make


def _report(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
    form = ReportForm(sent, prefix="report", initial={"on": clock.today()})
    form.fields["words"].label = _("进展和下一步")
    return form


def _colleagues(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
    people_here = [(each.public_id, each.name) for each in people.colleagues(seen_by=actor)]
    form = ChoiceForm(people_here, sent, prefix="hand")
    form.fields["chosen"].label = _("经办人")
    return form


def _units(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
    others = [(each.code, each.short_name) for each in inbox.takers() if each.pk != signal.unit_id]
    form = AssignForm(others, sent, prefix="assign")
    form.fields["chosen"].label = _("承办单位")
    form.fields["words"].label = _("转交理由")
    return form


def _others(signal: "Signal", actor: "Actor", sent: Any) -> forms.Form:
    near = [
        (each.public_id, f"{each.enterprise_name or _('企业未明')}：{each.matter}")
        for each in inbox.into(signal, seen_by=actor)
    ]
    form = ChoiceForm(near, sent, prefix="merge")
    form.fields["chosen"].label = _("并入")
    return form


def _assign(signal: "Signal", given: Given, actor: "Actor") -> None:
    unit = found(people.unit(given["chosen"]))
    triage.assign(signal, unit, because=given["words"], by=actor)


def _hand(signal: "Signal", given: Given, actor: "Actor") -> None:
    chosen = {each.public_id: each for each in people.colleagues(seen_by=actor)}
    triage.hand_to(signal, found(chosen.get(given["chosen"])), by=actor)


def _merge(signal: "Signal", given: Given, actor: "Actor") -> None:
    into = found(inbox.find(given["chosen"], seen_by=actor))
    becoming.merge(signal, into, by=actor)


_NEW, _JUDGING, _BOTH = ("new",), ("judging",), ("new", "judging")
_OPEN = ("new", "judging", "following")
_ACTS: Mapping[str, Act] = {
    act.code: act
    for act in (
        Act("respond", _("响应"), _("响应"), _("已响应，请按期研判"), _NEW, _nothing,
            lambda s, _g, a: triage.respond(s, by=a), is_first=True),
        Act("follow", _("研判：值得跟进"), _("值得跟进"), _("已研判为值得跟进"), _BOTH,
            _words(_("研判意见"), "follow"),
            lambda s, g, a: triage.follow(s, because=g["words"], by=a)),
        Act("report", _("报告进展"), _("报告进展"), _("进展已记录"), ("following",), _report,
            lambda s, g, a: triage.report(s, g["words"], on=g["on"], by=a), is_first=True),
        Act("reply", _("反馈推荐人"), _("记录反馈"), _("反馈已记录"), _OPEN,
            _words(_("告诉了推荐人什么"), "reply"),
            lambda s, g, a: triage.answer_referrer(s, g["words"], by=a)),
        Act("take-in", _("纳入客商库"), _("纳入客商库"), _("企业已在客商库"), _OPEN, _nothing,
            lambda s, _g, a: becoming.take_in(s, by=a)),
        Act("add", _("补充信息"), _("补充"), _("已补充"), _OPEN,
            _words(_("又听到什么"), "add"), lambda s, g, a: triage.add(s, g["words"], by=a)),
        Act("experts", _("邀请外部专家"), _("记录邀请"), _("研判期限已按外部专家计"), _JUDGING,
            _words(_("专家姓名或单位"), "experts"),
            lambda s, g, a: triage.ask_experts(s, g["words"], by=a)),
        Act("hand", _("指定经办人"), _("指定"), _("经办人已指定"), _OPEN, _colleagues, _hand),
        Act("assign", _("转交其他单位"), _("转交"), _("已转交，期限重新计算"), _OPEN, _units,
            _assign),
        Act("merge", _("并入另一条信息"), _("并入"), _("已并入"), _OPEN, _others, _merge,
            _("只列您可以查看、密级标签相同、企业或事项相近的信息")),
        Act("discard", _("不予跟进"), _("不予跟进"), _("已办结：不予跟进"), _OPEN,
            _words(_("不予跟进的理由"), "discard"),
            lambda s, g, a: triage.discard(s, because=g["words"], by=a)),
    )
}  # fmt: skip
