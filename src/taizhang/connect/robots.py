"""Messages to the group robots of 企业微信, 钉钉 and 飞书, each in its own form, signed where it wants a signature.

https://developer.work.weixin.qq.com/document/path/91770, https://open.dingtalk.com/document/robots/customize-robot-security-settings,
https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import quote_plus

from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError


class Robot(StrEnum):
    """Whose robot it is."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


@dataclass(frozen=True, slots=True)
class Message:
    """A title, lines of plain text, and a link where there is one."""

    title: str
    lines: Sequence[str]
    link: str = ""


def send(robot: Robot, address: str, sign: str, message: Message, now: datetime, outlet: Outlet) -> None:
    """Send; a ConnectError in one sentence where the robot did not take it. `now` knows its time zone."""
    where, body = written(robot, address, sign, message, now)
    answer = outlet.post(where, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"})
    try:
        told = json.loads(answer)
        code = told.get("errcode", told.get("code"))
    except (ValueError, AttributeError):
        code = None
    if code != 0:
        raise ConnectError(f"机器人没有收下（代码 {code}），请核对地址、签名密钥和安全设置。")


def written(robot: Robot, address: str, sign: str, message: Message, now: datetime) -> tuple[str, dict[str, Any]]:
    """Where to send, and what."""
    markdown = "\n".join([f"### {message.title}", *(f"- {line}" for line in message.lines)])
    markdown += f"\n\n[打开台账]({message.link})" if message.link else ""
    if robot is Robot.WECOM:
        return address, {"msgtype": "markdown", "markdown": {"content": markdown}}
    if robot is Robot.DINGTALK:
        body = {"msgtype": "markdown", "markdown": {"title": message.title, "text": markdown}}
        return _signed(address, sign, int(now.timestamp() * 1000)), body
    text = "\n".join([message.title, *message.lines, *([message.link] if message.link else [])])
    return address, {"msg_type": "text", "content": {"text": text}, **_stamped(sign, int(now.timestamp()))}


def _signed(address: str, sign: str, stamp: int) -> str:
    """钉钉: the key signs time and key, and the signature goes into the address."""
    if not sign:
        return address
    digest = hmac.new(sign.encode(), f"{stamp}\n{sign}".encode(), hashlib.sha256).digest()
    return f"{address}&timestamp={stamp}&sign={quote_plus(base64.b64encode(digest))}"


def _stamped(sign: str, stamp: int) -> dict[str, str]:
    """飞书: time and key together are the key, nothing is signed with it, and the signature goes into the body."""
    if not sign:
        return {}
    digest = hmac.new(f"{stamp}\n{sign}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": str(stamp), "sign": base64.b64encode(digest).decode()}
