"""LED001: exemptions that were allowed until a day now past."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, at_exemption, rule
from taizhang.core.finding import Related


@rule("LED001", kind="other", severity="warning", since="0.2", last=True)
def expired_exemption(context: Context) -> Iterator[Problem]:
    """豁免已经过了有效期。

    ## 为什么
    豁免是某个人在某段时间内为一处问题作的保证。过了期还留着，就没有人再为它负责；原来的问题重新列出，由批准人决定延期还是改正。

    ## 不合格
    | 三级指标 | 中期目标值 | 中期实现值 | 中期完成度 |
    |---|---|---|---|
    | 校企合作课程（门） | 20 | 17 | 100% |

    ```yaml
    - 规则: TGT001
      行: 校企合作课程（门）
      批准人: 双高办 林岚
      原因: 其余 3 门已通过校内验收，等待发文
      有效期至: 2020-06-30
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

    ## 局限
    只看日期，不看批准人此后是否另行同意；延期要改豁免文件里的“有效期至”。

    ## 依据
    本项目的约定：豁免要写明谁批准、为什么、到哪一天（docs/guide/exemptions-and-baseline.md）。
    """
    for exemption in context.ruling.expired:
        yield at_exemption(
            exemption,
            f"对“{exemption.name}”的豁免已于 {exemption.until.isoformat()} 到期（批准人：{exemption.by}），"
            "请改正问题，或由批准人延期",
            printed=exemption.until.isoformat(),
            related=(Related(source=exemption.last, text=exemption.until.isoformat()),),
        )
