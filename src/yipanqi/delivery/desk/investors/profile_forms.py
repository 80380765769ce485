"""Forms of an enterprise's page: a trait, a rank, an account manager, a plan, a step closed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import ChosenField, Day, LabelField, PastDayField, borrowed
from yipanqi.domain.investors import kinds
from yipanqi.domain.investors.services.planning import Outcome, Plan
from yipanqi.domain.investors.services.ranking import Rank
from yipanqi.domain.investors.services.traits import TraitFacts

if TYPE_CHECKING:
    from yipanqi.domain.people.models import Officer


def trait_choices() -> list[tuple[str, str]]:
    """Every kind of trait as about/kind, with the words of both."""
    return [
        (f"{about}/{kind}", f"{kinds.ABOUT[about]}：{title}")
        for about, known in kinds.TRAITS.items()
        for kind, title in known.items()
    ]


class TraitForm(forms.Form):
    """A function, a tie with Hunan or an offer."""

    prefix = "trait"
    trait = ChosenField(trait_choices(), label=_("种类"), required=True)
    words = borrowed("investors.Trait", "words", help_text=_("如“华中区域总部，设在武汉”"))
    source = borrowed("investors.Trait", "source", help_text=_("如“企业官网”“拜访时介绍”"))
    as_of = PastDayField(label=_("来源日期"))
    label = LabelField()

    def facts(self) -> TraitFacts:
        """The trait as the service takes it."""
        given = dict(self.cleaned_data)
        about, _slash, kind = given.pop("trait").partition("/")
        return TraitFacts(about=about, kind=kind, **given)


class RankForm(forms.Form):
    """A place on a list of 500."""

    prefix = "rank"
    roll = ChosenField(glossary.choices("roll"), label=_("榜单"), required=True)
    year = forms.IntegerField(label=_("年份"), min_value=1955, max_value=9999)
    rank = forms.IntegerField(
        label=_("名次"), required=False, min_value=1, max_value=500, help_text=_("不知道可不填")
    )
    source = borrowed(
        "investors.ListMembership", "source", help_text=_("写明发布单位和日期，如“全国工商联”")
    )

    def place(self) -> Rank:
        """The place as the service takes it."""
        return Rank(**self.cleaned_data)


class ManagerForm(forms.Form):
    """Who answers for the enterprise in one's own unit."""

    prefix = "manager"
    officer = ChosenField((), label=_("客户经理"), required=True)
    because = borrowed(
        "investors.AccountManager", "because", help_text=_("换人时写明原因和未了事项")
    )

    def offer(self, officers: "Iterable[Officer]") -> None:
        """Offer these officers."""
        field = self.fields["officer"]
        field.choices = [  # type: ignore[attr-defined]
            *field.choices,  # type: ignore[attr-defined]
            *((str(each.public_id), each.name) for each in officers),
        ]


class PlanForm(forms.Form):
    """A visit, a reception or a fair to come."""

    prefix = "plan"
    kind = ChosenField(glossary.choices("planned_way"), label=_("方式"), required=True)
    planned_on = forms.DateField(label=_("计划日期"), widget=Day())
    purpose = borrowed("investors.PlannedVisit", "purpose", help_text=_("去谈什么"))
    place = borrowed("investors.PlannedVisit", "place")
    who = borrowed("investors.PlannedVisit", "who")
    label = LabelField()

    def plan(self) -> Plan:
        """The plan as the service takes it."""
        return Plan(**self.cleaned_data)


class HeldForm(forms.Form):
    """What came of a plan that took place."""

    prefix = "held"
    held_on = PastDayField(label=_("日期"), required=True)
    summary = forms.CharField(label=_("纪要"), max_length=4000, widget=forms.Textarea({"rows": 4}))
    next_step = borrowed("investors.Interaction", "next_step")
    next_step_on = forms.DateField(label=_("下一步日期"), required=False, widget=Day())

    def outcome(self) -> Outcome:
        """The outcome as the service takes it."""
        return Outcome(**self.cleaned_data)


class StepForm(forms.Form):
    """Whether the next step was done, and words on it."""

    prefix = "step"
    result = ChosenField(glossary.choices("step"), label=_("结果"), required=True)
    note = borrowed("investors.Interaction", "step_note", required=False)


class BecauseForm(forms.Form):
    """A reason, where one is owed."""

    prefix = "because"
    because = forms.CharField(label=_("原因"), max_length=200)


def reason(request: HttpRequest) -> str:
    """The reason sent along with an act; what is no fit text is none."""
    form = BecauseForm(request.POST)
    return str(form.cleaned_data["because"]) if form.is_valid() else ""
