"""Forms about one target: a look whether it lives, and what came of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.fields import ChosenField, LabelField, PastDayField, borrowed
from yipanqi.domain.studies.services.feedback import Answer
from yipanqi.domain.studies.services.records import Look

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project


class LookForm(forms.Form):
    """How and when somebody looked whether the enterprise lives (登记核实)."""

    prefix = "look"
    way = ChosenField(glossary.choices("check_way"), label=_("核实方式"), required=True)
    result = ChosenField(glossary.choices("check_result"), label=_("核实结果"), required=True)
    checked_on = PastDayField(label=_("核实日期"), required=True)
    note = borrowed("studies.Check", "note", help_text=_("如登记机关、办公地址、接电话的部门"))

    def look(self) -> Look:
        """The look as the service takes it."""
        return Look(**self.cleaned_data)


class AnswerForm(forms.Form):
    """What came of the target."""

    prefix = "answer"
    outcome = ChosenField(glossary.choices("answered"), label=_("反馈"), required=True)
    happened_on = PastDayField(label=_("日期"), required=True)
    reason = forms.CharField(
        label=_("原因"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("婉拒必填：企业为何不来"),
    )
    project = ChosenField((), label=_("项目"))
    label = LabelField()

    def __init__(
        self, projects: "Mapping[str, Project]", sent: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sent)
        self.projects = projects
        field = self.fields["project"]
        offered = [(public_id, each.name) for public_id, each in projects.items()]
        field.choices = [*field.choices, *offered]  # type: ignore[attr-defined]
        field.help_text = str(_("已落地必填；这里列出这家企业您可以查看的项目"))

    def answer(self) -> Answer:
        """The answer as the service takes it."""
        told = self.cleaned_data
        return Answer(
            outcome=told["outcome"],
            happened_on=told["happened_on"],
            reason=told["reason"],
            project=self.projects.get(told["project"]),
            label=told["label"],
        )
