"""Forms for suggestions: what is written into the chain's tables, as proposed or as changed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import glossary
from yipanqi.domain.industries.services import naming
from yipanqi.domain.industries.services.proposing import Rows

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain, Link, Proposal


class RejectionForm(forms.Form):
    """Why a suggestion is turned down."""

    because = forms.CharField(label=_("退回理由"), max_length=500)


class ProposalForm(forms.Form):
    """A suggestion on its way into the tables."""

    def __init__(
        self, proposal: "Proposal", links: Sequence["Link"], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.proposal = proposal
        for name, value in self.proposed().items():
            self.fields[name].initial = value
        if "customer" in self.fields:
            choices = [(each.code, each.name) for each in links]
            self.fields["customer"] = forms.ChoiceField(
                label=_("供应给"), choices=choices, initial=proposal.customer
            )

    def proposed(self) -> Mapping[str, str]:
        """What the form says before anybody changes it."""
        raise NotImplementedError

    def rows(self, chain: "Chain") -> Rows:
        """The rows to write, by table."""
        raise NotImplementedError


class LinkForm(ProposalForm):
    """A new link, whom it supplies, and a term that recognises it."""

    name = forms.CharField(label=_("环节名称"), max_length=60)
    position = forms.ChoiceField(label=_("位置"), choices=lambda: glossary.choices("position"))
    gbt = forms.RegexField(
        r"^[A-T]?\d{2,4}(;[A-T]?\d{2,4})*$",
        label=_("国民经济行业分类"),
        help_text=_("GB/T 4754-2017 代码，二到四位，多个用英文分号隔开"),
        max_length=60,
    )
    description = forms.CharField(label=_("说明"), max_length=200)
    customer = forms.ChoiceField(label=_("供应给"))
    what = forms.CharField(label=_("供什么"), max_length=80)
    term = forms.CharField(
        label=_("识别词"), max_length=30, help_text=_("经营范围里会写的说法，至少两个字")
    )

    def proposed(self) -> Mapping[str, str]:
        """The product's name as the link, what it supplies and its term."""
        name = self.proposal.name
        return {"name": name, "position": "upstream", "what": name, "term": name}

    def rows(self, chain: "Chain") -> Rows:
        """One link, one supply, one term."""
        told = self.cleaned_data
        code = naming.link_code(chain, told["name"])
        link = {name: told[name] for name in ("name", "position", "gbt", "description")}
        return {
            "links": [{"chain": chain.code, "link": code, **link}],
            "supplies": [
                {
                    "chain": chain.code,
                    "supplier": code,
                    "customer": told["customer"],
                    "what": told["what"],
                }
            ],
            "terms": [{"chain": chain.code, "link": code, "term": told["term"], "kind": "include"}],
        }


class SupplyForm(ProposalForm):
    """A supply between two links the chain has."""

    what = forms.CharField(label=_("供什么"), max_length=80)

    def proposed(self) -> Mapping[str, str]:
        """The product that is supplied."""
        return {"what": self.proposal.name}

    def rows(self, chain: "Chain") -> Rows:
        """One supply."""
        ends = {"supplier": self.proposal.link, "customer": self.proposal.customer}
        return {"supplies": [{"chain": chain.code, **ends, "what": self.cleaned_data["what"]}]}


class TermForm(ProposalForm):
    """A term for a link the chain has."""

    term = forms.CharField(label=_("识别词"), max_length=30)
    kind = forms.ChoiceField(
        label=_("作用"), choices=[("include", _("认作本环节")), ("exclude", _("排除"))]
    )

    def proposed(self) -> Mapping[str, str]:
        """The product's name as a term that recognises the link."""
        return {"term": self.proposal.name, "kind": "include"}

    def rows(self, chain: "Chain") -> Rows:
        """One term."""
        told = self.cleaned_data
        row = {"chain": chain.code, "link": self.proposal.link}
        return {"terms": [{**row, "term": told["term"], "kind": told["kind"]}]}


FORMS: Mapping[str, type[ProposalForm]] = {
    "link": LinkForm,
    "supply": SupplyForm,
    "term": TermForm,
}
