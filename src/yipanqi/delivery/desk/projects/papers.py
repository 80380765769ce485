"""A page with one form about a project, for acts that need a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.screens import DeskRequest, onward, page
from yipanqi.domain.projects import life
from yipanqi.domain.projects.services import ending, stages, verifying, waivers
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from yipanqi.domain.projects.models import Project

OVERTAKEN = (
    life.Ended, stages.NotNext, verifying.NothingToVerify, verifying.Overtaken, ending.NotOpen,
    waivers.NothingToRevoke,
)  # fmt: skip
_REFUSED = (
    stages.ReasonMissing, verifying.ReasonMissing, ending.ReasonMissing, waivers.Unclear,
    waivers.Unwaivable, StateSecret,
)  # fmt: skip
_MOST = 2000
Form = TypeVar("Form", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class Paper:
    """What the page says: its title, what the act does, its button."""

    title: str
    says: str
    button: str


class ReasonForm(forms.Form):
    """Why."""

    because = forms.CharField(label=_("理由"), max_length=_MOST, widget=forms.Textarea({"rows": 4}))


def words(label: "StrOrPromise", help_text: "StrOrPromise" = "") -> forms.CharField:
    """A field for a reason under another name."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=_MOST, widget=forms.Textarea({"rows": 4})
    )


def filled(request: DeskRequest, kind: type[Form]) -> Form:
    """The form, filled in when it was sent."""
    return kind(request.POST) if request.method == "POST" else kind()


def asked(
    request: DeskRequest,
    project: "Project",
    form: Form,
    paper: Paper,
    act: Callable[[Form], str],
) -> HttpResponse:
    """Show the form; when it is sent and holds, act and go back to the project."""
    missing: tuple[object, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            saying = act(form)
        except OVERTAKEN as refusal:
            return faults.conflict(request, str(refusal))
        except stages.GateClosed as closed:
            form.add_error(None, str(closed))
            missing = closed.missing
        except _REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "project", project.public_id, saying=saying)
    status = 422 if form.errors else 200
    shown = {"project": project, "form": form, "paper": paper, "missing": missing}
    return page(request, "projects/paper", status, **shown)
