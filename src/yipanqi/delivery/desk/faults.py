"""What a person sees when something is not as asked: in Chinese, with a short number to quote."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from yipanqi.vocab.trace import request_id

# Enough of the request's id to find it in the logs, short enough to read over the telephone.
_QUOTED = 8


def page(
    request: HttpRequest, status: int, *, title: str, says: str, todo: str = ""
) -> HttpResponse:
    """A page that says what happened, what was kept and what to do."""
    number = request_id()[:_QUOTED]
    if request.path.startswith("/api/"):
        return _problem(status, title, says)
    context: Mapping[str, object] = {
        "status": status,
        "title": title,
        "says": says,
        "todo": todo,
        "number": number,
    }
    return render(request, "desk/faults/fault.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be read."""
    return page(
        request,
        400,
        title=_("请求有误"),
        says=_("浏览器发来的内容无法识别，没有保存任何改动。"),
        todo=_("请返回上一页，刷新后重新填写。"),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person's post does not include this act."""
    return page(
        request,
        403,
        title=_("没有权限"),
        says=str(exception or "") or _("您的岗位不能办理这件事，没有保存任何改动。"),
        todo=_("请联系本单位管理员调整任职，或请有权限的同事办理。"),
    )


def untrusted(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from a page of this site in this session."""
    return page(
        request,
        403,
        title=_("页面已过期"),
        says=_("页面打开太久或登录已变化，为安全起见没有保存。"),
        todo=_("请返回上一页刷新，再办理一次。"),
    )


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here for this person; nothing more is said."""
    return page(
        request,
        404,
        title=_("没有找到"),
        says=_("这里没有您可以查看的内容：地址可能有误，或内容不在您的查看范围内。"),
        todo=_("请从导航或搜索重新进入。"),
    )


def conflict(request: HttpRequest, says: str) -> HttpResponse:
    """Somebody else acted meanwhile."""
    return page(
        request, 409, title=_("情况已变化"), says=says, todo=_("请返回刷新，查看最新情况后再办理。")
    )


def too_often(request: HttpRequest, says: str = "") -> HttpResponse:
    """The person acts faster than the limit allows."""
    return page(
        request,
        429,
        title=_("操作过于频繁"),
        says=says or _("短时间内操作次数过多，这一次没有执行。"),
        todo=_("请稍候再试。"),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed on the server's side."""
    return page(
        request,
        500,
        title=_("系统出错"),
        says=_("这一步没有办成，未完成的改动没有保存；已保存的内容不受影响。"),
        todo=_("请稍后再试；仍不行时，请把下面的编号告诉管理员。"),
    )


def _problem(status: int, title: str, detail: str) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": request_id(),
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
