import json

from taizhang.checks.present.rules import describe, describe_json, explained
from taizhang.checks.registry import rules


def test_the_list_names_every_rule_once_under_its_family() -> None:
    text = describe(list(rules().values()), full=False)
    assert all(text.count(f"  {code}  ") == 1 for code in rules())


def test_a_full_explanation_holds_every_heading_and_no_markdown_rules() -> None:
    text = describe([rules()["TGT001"]], full=True)
    assert all(f"【{heading}】" in text for heading in ("为什么", "不合格", "合格", "依据", "局限"))
    assert "|---" not in text


def test_json_holds_what_the_registry_holds() -> None:
    listed = json.loads(describe_json(list(rules().values())))
    assert [entry["code"] for entry in listed] == list(rules())


def test_every_rule_names_its_limits_once() -> None:
    for rule in rules().values():
        assert explained(rule).count("\n## 局限\n") == 1
        assert rule.explanation in explained(rule)
