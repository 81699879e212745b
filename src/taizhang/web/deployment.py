"""Mistakes of an installation, told at start and by `taizhang manage check --deploy`, each with an id and a remedy."""

import os
import shutil
import sqlite3
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name

_ROOM = 1024**3
# RETURNING, which bulk work relies on, came with this version.
_OLDEST_SQLITE = (3, 35, 0)


@register(Tags.files)
def data_folder(**_more: Any) -> list[CheckMessage]:  # noqa: ANN401 - as Django calls it
    """Whether the site can write where its data lie, and has room there."""
    folder = settings.DATA
    if folder.exists() and not os.access(folder, os.W_OK):
        hint = "请把目录的所有者改为运行网站的账号，或用 TAIZHANG_DATA 指定别的目录。"
        return [Error(f"数据目录 {folder} 不可写。", hint=hint, id="taizhang.E001")]
    parent = folder if folder.exists() else folder.parent
    if parent.exists() and shutil.disk_usage(parent).free < _ROOM:
        return [
            Warning(f"数据目录 {folder} 所在的磁盘剩余不足 1 GB。", hint="请清理磁盘或换一个目录。", id="taizhang.W001")
        ]
    return []


@register(Tags.database)
def embedded_database(**_more: Any) -> list[CheckMessage]:  # noqa: ANN401 - as Django calls it
    """Whether the SQLite of this Python is new enough."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        hint = "请换用较新的 Python，或用 TAIZHANG_DATABASE 改用 PostgreSQL。"
        return [Error(f"SQLite {sqlite3.sqlite_version} 太旧。", hint=hint, id="taizhang.E002")]
    return []


@register(Tags.files)
def drawings(**_more: Any) -> list[CheckMessage]:  # noqa: ANN401 - as Django calls it
    """Whether the chart library came with the installation."""
    if finders.find("echarts/echarts.min.js") is None:
        hint = '在能上网的电脑上重新备包（python -m pip wheel ".[web]"），再装一次。'
        return [Warning("没有图表库，图表页只显示数据表。", hint=hint, id="taizhang.W005")]
    return []


@register(Tags.security, deploy=True)
def open_door(**_more: Any) -> list[CheckMessage]:  # noqa: ANN401 - as Django calls it
    """What must not be so where others can reach the site."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        hint = "请在 TAIZHANG_HOSTS 里写明网站的域名或地址。"
        found.append(Warning("任何域名都能访问这个网站。", hint=hint, id="taizhang.W002"))
    if settings.EVIDENCE.exists() and settings.EVIDENCE.stat().st_mode & 0o007:
        hint = "请收回其他账号的权限，如 chmod o-rwx。"
        found.append(Warning(f"佐证目录 {settings.EVIDENCE} 对其他账号开放。", hint=hint, id="taizhang.W003"))
    key = settings.DATA / "secret-key"
    if key.exists() and key.stat().st_mode & 0o077:
        found.append(Warning("密钥文件对其他账号可读。", hint=f"chmod 600 {key}", id="taizhang.W004"))
    return found
