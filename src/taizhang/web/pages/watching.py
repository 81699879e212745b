"""预警设置: where warnings begin, and where the daily digest is sent; for the office."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from taizhang.core.errors import TaizhangError
from taizhang.core.watching import NAMES, Thresholds
from taizhang.profiles import load
from taizhang.web.ledger import access
from taizhang.web.ledger.models import MessengerKind, Threshold, ThresholdName, Unit
from taizhang.web.ledger.workflow import messengers
from taizhang.web.ledger.workflow import watching as verbs
from taizhang.web.pages.asking import person_of, telling
from taizhang.web.pages.warnings import college_of_office


class ThresholdForm(forms.Form):
    """A threshold of the college's own."""

    name = forms.ChoiceField(label=gettext_lazy("阈值"), choices=ThresholdName.choices)
    number = forms.DecimalField(label=gettext_lazy("数值"), min_value=0, max_value=100_000, decimal_places=2)
    unit = forms.ModelChoiceField(label=gettext_lazy("部门"), required=False, queryset=Unit.objects.none())
    year = forms.IntegerField(label=gettext_lazy("年度"), required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, college: Unit, **more: Any) -> None:  # noqa: ANN401 - as Django declares it
        super().__init__(*args, **more)
        field: Any = self.fields["unit"]
        field.queryset = Unit.objects.filter(college=college, is_active=True).exclude(pk=college.pk).order_by("path")
        field.empty_label = _("全校")


class ChannelForm(forms.Form):
    """Where the digest is sent."""

    kind = forms.ChoiceField(label=gettext_lazy("方式"), choices=MessengerKind.choices)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    recipients = forms.CharField(label=gettext_lazy("收件邮箱（邮件用，逗号隔开）"), required=False, max_length=500)
    address = forms.CharField(
        label=gettext_lazy("机器人的 Webhook 地址"), required=False, max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    sign = forms.CharField(
        label=gettext_lazy("签名密钥（钉钉、飞书开了“加签”才填）"), required=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def thresholds(request: HttpRequest) -> HttpResponse:
    """The thresholds in force, those of the college's own, and the form for another."""
    college = college_of_office(request)
    form = ThresholdForm(request.POST or None, college=college)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存，下次计算时用。"), form):
            verbs.set_threshold(person_of(request), college, verbs.Limit(**form.cleaned_data))
        if form.is_valid():
            return redirect("thresholds")
    usual = Thresholds.of(load("generic").sections["watching"])
    told = {
        "form": form, "usual": [(ThresholdName(name).label, getattr(usual, name)) for name in NAMES],
        "own": Threshold.objects.filter(college=college).select_related("unit"),
    }  # fmt: skip
    return render(request, "warnings/thresholds.html", told, status=422 if form.errors else 200)


@require_POST
def threshold_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to what holds without it."""
    college = college_of_office(request)
    verbs.drop_threshold(person_of(request), get_object_or_404(Threshold, college=college, pk=pk))
    messages.success(request, _("已取消，恢复通用的值。"))
    return redirect("thresholds")


def channels(request: HttpRequest) -> HttpResponse:
    """The messengers, whether they are on, what went wrong last, and the form for another."""
    college, person = college_of_office(request), person_of(request)
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with telling(request, _("已保存。先试发一次，再开启。"), form):
            messengers.add(person, college, messengers.Channel(**form.cleaned_data))
        if form.is_valid():
            return redirect("messengers")
    told = {"form": form, "rows": access.visible_messengers(person)}
    return render(request, "warnings/messengers.html", told, status=422 if form.errors else 200)


@require_POST
def channel_step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Switch on, switch off, try, forget."""
    person = person_of(request)
    row = get_object_or_404(access.visible_messengers(person).select_related("college"), pk=pk)
    try:
        if verb == "try":
            messengers.attempt(person, row)
            messages.success(request, _("已发出，请到群里或邮箱里看。"))
        elif verb == "drop":
            messengers.drop(person, row)
            messages.success(request, _("已删除。"))
        else:
            messengers.set_active(person, row, active=verb == "on")
            messages.success(request, _("已保存。"))
    except TaizhangError as refusal:
        messages.error(request, str(refusal))
    return redirect("messengers")
