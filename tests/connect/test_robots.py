"""Each robot's message as it arrives at a listener of this machine."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from taizhang.connect.outlet import Outlet
from taizhang.connect.robots import Message, Robot, send, written
from taizhang.connect.rows import ConnectError

NOW = datetime(2024, 5, 15, 8, tzinfo=UTC)
MESSAGE = Message("台账预警", ("红色 2 条", "待处置 5 条"), "https://taizhang.example.edu.cn/warnings/")


def sent(listener, robot, sign=""):
    listener.says("/robot", '{"errcode": 0}' if robot is not Robot.FEISHU else '{"code": 0}')
    send(robot, f"{listener.address}/robot?key=t0ken", sign, MESSAGE, NOW, Outlet.of([listener.host]))
    (asked,) = listener.asked
    return parse_qs(urlsplit(asked.path).query), json.loads(asked.body)


def test_wecom_gets_markdown(listener):
    query, body = sent(listener, Robot.WECOM)
    assert query == {"key": ["t0ken"]}
    assert body["msgtype"] == "markdown"
    assert (
        body["markdown"]["content"]
        == "### 台账预警\n- 红色 2 条\n- 待处置 5 条\n\n[打开台账](https://taizhang.example.edu.cn/warnings/)"
    )


def test_dingtalk_gets_its_signature_in_the_address(listener):
    query, body = sent(listener, Robot.DINGTALK, "SECkey")
    stamp = str(int(NOW.timestamp() * 1000))
    digest = hmac.new(b"SECkey", f"{stamp}\nSECkey".encode(), hashlib.sha256).digest()
    assert (query["timestamp"], query["sign"]) == ([stamp], [base64.b64encode(digest).decode()])
    assert (body["msgtype"], body["markdown"]["title"]) == ("markdown", "台账预警")


def test_feishu_gets_its_signature_in_the_body(listener):
    _query, body = sent(listener, Robot.FEISHU, "key")
    stamp = str(int(NOW.timestamp()))
    digest = hmac.new(f"{stamp}\nkey".encode(), b"", hashlib.sha256).digest()
    assert (body["timestamp"], body["sign"]) == (stamp, base64.b64encode(digest).decode())
    assert body["msg_type"] == "text"
    assert "红色 2 条" in body["content"]["text"]


@pytest.mark.parametrize("robot", Robot)
def test_without_a_key_nothing_is_signed(robot):
    address, body = written(robot, "https://robot.example.edu.cn/x?key=1", "", MESSAGE, NOW)
    assert "sign" not in address
    assert "sign" not in body


@pytest.mark.parametrize("answer", ['{"errcode": 310000}', "[]", "<html>", "{}"])
def test_a_robot_that_refuses_is_told(listener, answer):
    listener.says("/robot", answer)
    with pytest.raises(ConnectError, match="没有收下") as caught:
        send(Robot.WECOM, f"{listener.address}/robot?key=t0ken", "", MESSAGE, NOW, Outlet.of([listener.host]))
    assert "t0ken" not in str(caught.value)


def test_nothing_is_sent_to_a_host_that_was_not_named(listener):
    with pytest.raises(ConnectError, match="没有获准连接"):
        send(Robot.WECOM, f"{listener.address}/robot", "", MESSAGE, NOW, Outlet())
    assert listener.asked == []
