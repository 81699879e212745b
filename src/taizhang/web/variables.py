"""The environment variables of the site: the whole list, from which docs/reference/environment.md is made."""

import os
from typing import NamedTuple


class Variable(NamedTuple):
    """One environment variable: its name, its default, and what it decides, in Chinese."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("TAIZHANG_DATA", "taizhang-data", "数据目录：数据库（不用 PostgreSQL 时）、佐证材料、密钥都在这里"),
    Variable(
        "TAIZHANG_DATABASE",
        "",
        "PostgreSQL 的地址，如 postgresql://user:password@host:5432/name；空着就用数据目录里的 SQLite",
    ),
    Variable("TAIZHANG_SECRET_KEY", "", "签名用的密钥；空着就用数据目录里自动生成的那一把"),
    Variable("TAIZHANG_HOSTS", "localhost,127.0.0.1,[::1]", "网站的域名或地址，用逗号隔开"),
    Variable("TAIZHANG_HTTPS", "0", "1 表示网站只走 https（由前面的代理负责加密）"),
    Variable("TAIZHANG_DEBUG", "0", "1 只供开发：出错时显示细节，登录页可一键进入"),
    Variable("TAIZHANG_UPLOAD_LIMIT_MB", "500", "单个佐证材料的上限，单位 MB"),
    Variable(
        "TAIZHANG_OUTBOUND_HOSTS",
        "",
        "网站可以主动连接的主机，用逗号隔开；非常用端口写成 host:port；空着就哪里都不连。取数接口和群机器人只连这里写了的",
    ),
    Variable(
        "TAIZHANG_URL", "", "网站的地址，如 https://taizhang.example.edu.cn；发出的消息用它作链接，空着就不带链接"
    ),
    Variable("TAIZHANG_SMTP", "", "发邮件的服务器，如 smtp://user:password@host:25，加密的写 smtps://；空着就不发邮件"),
    Variable("TAIZHANG_MAIL_FROM", "taizhang@localhost", "邮件的发件人"),
    Variable("TAIZHANG_TIME_ZONE", "Asia/Shanghai", "时区"),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def setting(name: str) -> str:
    """What the environment says, or the default of the table above."""
    return os.environ.get(name, _DEFAULTS[name])
