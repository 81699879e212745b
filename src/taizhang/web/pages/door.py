"""Coming in and going out: login, logout, and what is said when either fails."""

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

login = views.LoginView.as_view(template_name="door/login.html", redirect_authenticated_user=True)
logout = views.LogoutView.as_view()


@login_not_required
def locked_out(request: HttpRequest, *_args: Any, **_more: Any) -> HttpResponse:  # noqa: ANN401 - as the throttle calls it
    """Too many wrong passwords."""
    said = {"title": _("暂时不能登录"), "sentence": _("密码错了太多次，请十五分钟后再试，或请管理员重发激活链接。")}
    return render(request, "said.html", said, status=429)


@login_not_required
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - as Django calls it
    """A form that was not ours, or whose session has ended."""
    said = {"title": _("页面已过期"), "sentence": _("请回到上一页刷新后再提交；您填的内容还在上一页里。")}
    return render(request, "said.html", said, status=403)
