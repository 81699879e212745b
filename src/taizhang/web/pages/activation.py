"""激活: a link that an administrator gave lets its owner set a password, once."""

from django.contrib import messages
from django.contrib.auth import password_validation
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from taizhang.web.ledger.workflow import people
from taizhang.web.ledger.workflow.trouble import OutOfOrderError, RefusedError


@never_cache
@sensitive_post_parameters()
@login_not_required
def activate(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Show whose account it is and take a password, typed twice; a link that is worth nothing says so."""
    person = people.invited(who, token)
    problem = ""
    if person is not None and request.method == "POST":
        new, again = request.POST.get("new", ""), request.POST.get("again", "")
        try:
            if new != again:
                raise RefusedError(_("两次填的密码不一样。"))  # noqa: TRY301 - one way out for all that is refused
            people.activate(who, token, new)
        except RefusedError as refusal:
            problem = str(refusal)
        except OutOfOrderError:
            person = None
        else:
            messages.success(request, _("密码已设好，请登录。"))
            return redirect("login")
    if person is None:
        said = {"title": _("链接不能用了"), "sentence": _("链接已经用过或已过期，请向管理员要一个新的。")}
        return render(request, "said.html", said, status=410)
    rules = password_validation.password_validators_help_texts()
    found = {"person": person, "problem": problem, "rules": rules}
    return render(request, "door/activate.html", found, status=422 if problem else 200)
