"""我的账号: one's own roles, password, sessions, and what one lends and is lent."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout, password_validation, update_session_auth_hash
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from taizhang.web.ledger import access
from taizhang.web.ledger.models import Person, Role
from taizhang.web.ledger.workflow import delegation, people
from taizhang.web.ledger.workflow.trouble import NotAllowedError, RefusedError
from taizhang.web.pages.asking import person_of, whole_in


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Everything about oneself."""
    return _page(request)


@require_POST
def describe(request: HttpRequest) -> HttpResponse:
    """One's own phone and address."""
    person = person_of(request)
    try:
        people.change_person(
            person, person, person.name, phone=request.POST.get("phone", ""), email=request.POST.get("email", "")
        )
    except RefusedError as refusal:
        return _page(request, describe_problem=str(refusal), status=422)
    messages.success(request, _("已保存。"))
    return redirect("me")


@require_POST
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Another password; this session goes on, all others end."""
    try:
        if request.POST.get("new", "") != request.POST.get("again", ""):
            raise RefusedError(_("两次填的新密码不一样。"))  # noqa: TRY301 - one way out for all that is refused
        row = people.change_password(person_of(request), request.POST.get("old", ""), request.POST.get("new", ""))
    except RefusedError as refusal:
        return _page(request, password_problem=str(refusal), status=422)
    update_session_auth_hash(request, row)
    messages.success(request, _("密码已改；别处的登录都已退出。"))
    return redirect("me")


@require_POST
def expel(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here included."""
    person = person_of(request)
    people.expel(person, person)
    logout(request)
    messages.success(request, _("已在所有地方退出，请重新登录。"))
    return redirect("login")


@require_POST
def lend(request: HttpRequest) -> HttpResponse:
    """Lend a role to a colleague."""
    person = person_of(request)
    role = get_object_or_404(person.roles.select_related("unit"), pk=whole_in(request.POST.get("role")) or 0)
    to = get_object_or_404(access.colleagues(person), pk=whole_in(request.POST.get("to")) or 0)
    try:
        since, until = parse_date(request.POST.get("since", "")), parse_date(request.POST.get("until", ""))
    except ValueError:
        since = until = None
    try:
        if since is None or until is None:
            raise RefusedError(_("请填写开始和截止日期。"))  # noqa: TRY301 - as above
        lent = delegation.lend(person, role, to, since, until)
    except (RefusedError, NotAllowedError) as refusal:
        return _page(request, lend_problem=str(refusal), status=422)
    messages.success(request, _("已把“%(role)s”委托给%(name)s。") % {"role": lent, "name": to.name})
    return redirect("me")


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation: the lender or the borrower."""
    person = person_of(request)
    lent = get_object_or_404(
        Role.objects.filter(Q(person=person) | Q(lent_by=person), lent_by__isnull=False).select_related(
            "unit__college", "person", "lent_by"
        ),
        pk=pk,
    )
    delegation.revoke(person, lent)
    messages.success(request, _("委托已收回。"))
    return redirect("me")


def _page(request: HttpRequest, status: int = 200, **problems: str) -> HttpResponse:
    person = person_of(request)
    today = timezone.localdate()
    roles = list(person.roles.select_related("unit__college", "lent_by"))
    lendable = delegation.lendable(person)
    found = {
        "person": Person.objects.select_related("home").get(pk=person.pk),
        "own": [role for role in roles if role.lent_by_id is None],
        "borrowed": [role for role in roles if role.lent_by_id is not None],
        "lent": person.lent_roles.select_related("unit", "person"),
        "lendable": lendable,
        "colleagues": access.colleagues(person).exclude(pk=person.pk) if lendable else [],
        "rules": password_validation.password_validators_help_texts(), "typed": request.POST, "today": today,
        "since": request.POST.get("since", today.isoformat()),
        "until": request.POST.get("until", (today + timedelta(days=7)).isoformat()), **problems,
    }  # fmt: skip
    return render(request, "me/me.html", found, status=status)
