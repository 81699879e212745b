"""What an outside body is, by its name; silence where the name does not say."""

import pytest

from taizhang.records import kind_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青石县人民政府", "government"), ("云岭市民政局", "government"), ("江北省教育厅", "government"),
        ("高新区管理委员会", "government"), ("青石街道办事处", "government"),
        ("湄岸农业大学", "university"), ("丹屿职业学院", "university"), ("云岭师范高等专科学校", "university"),
        ("竹溪小学", "secondary"), ("青石县职业技术学校", "secondary"),
        ("云岭机床（集团）有限公司", "enterprise"), ("青石镇竹艺加工厂", "enterprise"), ("松岭养老集团（控股）", "enterprise"),
        ("江北省职业教育学会", "association"), ("青石镇商会", "association"),
        ("竹溪村", "village"), ("松岭社区", "village"), ("青石镇", "village"), ("桥头村村民委员会", "village"),
        ("江北省总工会", ""), ("县委党校", ""), ("某某支部", ""), ("局", ""), ("云岭机床产业学院", ""),
    ],
)  # fmt: skip
def test_a_name_says_what_it_is_or_nothing(name, kind):
    assert kind_of(name) == kind
