import pytest

from taizhang.connect.outlet import Outlet
from taizhang.connect.rows import ConnectError


@pytest.fixture
def outlet(listener):
    return Outlet.of([listener.host])


def test_nothing_goes_out_until_a_host_is_named(listener):
    listener.says("/rows", "[]")
    with pytest.raises(ConnectError, match="没有获准连接 127"):
        Outlet().get(f"{listener.address}/rows")
    assert listener.asked == []


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://a.example.edu.cn/x", True),
        ("http://A.example.edu.cn/x", True),
        ("https://a.example.edu.cn:8443/x", False),
        ("https://b.example.edu.cn:8443/x", True),
        ("https://b.example.edu.cn/x", False),
        ("https://a.example.edu.cn.evil.com/x", False),
        ("https://a.example.edu.cn@evil.com/x", False),
        ("postgresql://a.example.edu.cn/db", True),
        ("postgresql://a.example.edu.cn:5433/db", False),
        ("https:///x", False),
    ],
)
def test_a_host_is_named_with_its_usual_port_or_with_another(address, allowed):
    outlet = Outlet.of(["a.example.edu.cn", " B.example.edu.cn:8443", ""])
    if allowed:
        outlet.check(address)
    else:
        with pytest.raises(ConnectError, match="TAIZHANG_OUTBOUND_HOSTS"):
            outlet.check(address)


def test_what_lies_there_is_given_back(listener, outlet):
    listener.says("/rows", "[1]")
    assert outlet.get(f"{listener.address}/rows", {"Authorization": "Bearer x"}) == b"[1]"
    assert listener.asked[0].headers["Authorization"] == "Bearer x"


def test_a_redirect_on_the_same_host_is_followed_and_to_another_is_not(listener, outlet):
    listener.says("/here", "", 302, Location="/there")
    listener.says("/there", "[]")
    listener.says("/away", "", 302, Location="http://169.254.169.254/")
    listener.says("/round", "", 302, Location="/round")
    assert outlet.get(f"{listener.address}/here") == b"[]"
    with pytest.raises(ConnectError, match="要转到另一个地址"):
        outlet.get(f"{listener.address}/away")
    with pytest.raises(ConnectError, match="转来转去"):
        outlet.get(f"{listener.address}/round")


@pytest.mark.parametrize(("status", "words"), [(401, "密码或令牌"), (404, "核对地址"), (500, "对方回答 500")])
def test_a_refusal_of_the_other_side_is_told(listener, outlet, status, words):
    listener.says("/rows", "密码是 hunter2", status)
    with pytest.raises(ConnectError, match=words) as caught:
        outlet.get(f"{listener.address}/rows?token=s3cret")
    assert "s3cret" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_more_than_the_bound_is_not_taken_in(listener, outlet, monkeypatch):
    monkeypatch.setattr("taizhang.connect.outlet.MOST_BYTES", 1000)
    listener.says("/rows", b"x" * 2000)
    with pytest.raises(ConnectError, match="请分批取"):
        outlet.get(f"{listener.address}/rows")


def test_a_side_that_stays_silent_is_left(outlet, listener, monkeypatch):
    monkeypatch.setattr("taizhang.connect.outlet._SILENT_SECONDS", 0.05)
    listener.says("/rows", b"", **{"Content-Length": "10"})
    with pytest.raises(ConnectError, match=r"等了太久|连接中断"):
        outlet.get(f"{listener.address}/rows")


def test_no_trouble_carries_the_address_with_its_token():
    with pytest.raises(ConnectError, match="没有应答") as caught:
        Outlet.of(["127.0.0.1:9"]).get("http://127.0.0.1:9/rows?token=s3cret")
    assert "s3cret" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_something_is_sent_and_the_answer_read(listener, outlet):
    listener.says("/robot", '{"errcode": 0}')
    assert outlet.post(f"{listener.address}/robot", b"{}", {"Content-Type": "application/json"}) == b'{"errcode": 0}'
    assert listener.asked[0].body == b"{}"


def test_a_server_of_this_machine_is_named_by_its_folder():
    Outlet.of(["/run/postgresql"]).check_folder("/run/postgresql")
    with pytest.raises(ConnectError, match="没有获准连接 /var/other"):
        Outlet.of(["/run/postgresql"]).check_folder("/var/other")
