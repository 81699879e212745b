"""LED002: exemptions that no finding needs any more."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_exemption, rule


@rule("LED002", kind="other", severity="info", since="0.2", last=True)
def unused_exemption(context: Context) -> Iterator[Problem]:
    """豁免没有对上任何问题。

    ## 为什么
    问题已经改正，或者表号、行名改了，豁免就对不上了。留着不用的豁免，以后可能放过一个真正的问题。

    ## 不合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 校企合作课程（门） | 20 | 20 | 100% |

    ```yaml
    - 规则: TGT001
      行: 校企合作课程（门）
      批准人: 双高办 林岚
      原因: 其余 3 门已通过校内验收，等待发文
      有效期至: 2099-06-30
    ```

    ## 合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 校企合作课程（门） | 20 | 17 | 100% |

    ```yaml
    - 规则: TGT001
      行: 校企合作课程（门）
      批准人: 双高办 林岚
      原因: 其余 3 门已通过校内验收，等待发文
      有效期至: 2099-06-30
    ```

    ## 例外
    没有用到那条规则（`--select`、`--ignore`）或者没有给出那个文件时，不报。

    ## 局限
    分不清是问题改正了，还是豁免里的表号、行名写错了。

    ## 依据
    本项目的约定：豁免要写明谁批准、为什么、到哪一天（docs/guide/exemptions-and-baseline.md）。
    """
    for exemption in context.ruling.unused:
        yield at_exemption(
            exemption,
            f"对“{exemption.name}”的豁免没有对上任何问题：问题已经改正就删去这一条，否则请核对表号和行名",
        )
