"""`taizhang manage establish`: the first college and its administrator, in an empty ledger."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse

from taizhang.web.ledger.workflow import beginning


class Command(BaseCommand):
    """Make them, and say how the administrator comes in."""

    help = "在空的台账里建立第一所学校和它的管理员，给出管理员的激活链接。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who and where."""
        parser.add_argument("--college", required=True, help="学校名称")
        parser.add_argument("--province", default="", help="省厅名称；几所学校共用一个台账时写")
        parser.add_argument("--username", required=True, help="管理员的登录名")
        parser.add_argument("--name", required=True, help="管理员的姓名")

    def handle(self, *_words: Any, **options: Any) -> None:  # noqa: ANN401 - as Django calls it
        """Establish, or say why not."""
        person, link = beginning.establish(
            options["college"], options["username"], options["name"], options["province"]
        )
        self.stdout.write(f"已建立{options['college']}，管理员 {person.name}（登录名 {person.username}）。")
        self.stdout.write(
            f"请在网站地址后面接上这一段打开，设置密码（只能用一次）：{reverse('activate', args=[link.who, link.token])}"
        )
