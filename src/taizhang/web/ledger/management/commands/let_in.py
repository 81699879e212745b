"""`taizhang manage let_in USERNAME`: a new activation link, when even the administrator is locked out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from taizhang.core.errors import UsageError
from taizhang.web.ledger.models import Person
from taizhang.web.ledger.workflow import people


class Command(BaseCommand):
    """Make the link; the history says that the server did."""

    help = "给一个人新的激活链接（管理员自己也进不去时用）；旧密码和已登录的会话随之失效。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom."""
        parser.add_argument("username", help="登录名")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Let in, or say why not."""
        person = Person.objects.filter(username=options["username"].lower()).first()
        if person is None:
            raise UsageError(f"没有登录名为“{options['username']}”的人。")
        link = people.let_in(None, person)
        self.stdout.write(
            f"请把网站地址后面接上这一段交给{person.name}：{reverse('activate', args=[link.who, link.token])}"
        )
