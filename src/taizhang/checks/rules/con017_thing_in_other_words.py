"""CON017: the running text tells one thing in two places, in other words and with another number."""

from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._beside import beside
from taizhang.checks.rules._copied import copied
from taizhang.checks.rules._echoed import echoed
from taizhang.checks.rules._retold import anchored, plainly_said, referred, slips
from taizhang.checks.rules._sameness import at_statement, figure, place_name, related, sameness
from taizhang.checks.rules._works import works
from taizhang.core.finding import Severity


@rule("CON017", kind="contradiction", severity="warning", since="0.7")
def thing_in_other_words(context: Context) -> Iterator[Problem]:
    """正文前后用不同的话说同一件事，数却不同。

    ## 为什么
    前面写“学校出资 45 万元硬化沙岭村进村道路”，后面总结时写“拨付 35 万元用于沙岭村道路硬化”：换了说法，专家仍看得出是一件事。

    ## 不合格
    # 一、帮扶举措

    学校出资 45 万元硬化沙岭村进村道路，惠及村民 620 户。

    # 二、帮扶成效

    乡村面貌明显改善，拨付 35 万元用于沙岭村道路硬化。

    ## 合格
    # 一、帮扶举措

    学校出资 45 万元硬化沙岭村进村道路，惠及村民 620 户。

    # 二、帮扶成效

    乡村面貌明显改善，拨付 45 万元用于沙岭村道路硬化；另出资 35 万元为青石村修建文化广场。

    ## 例外
    五种情形才报：两处有几个少见的词相同；数前十二个字以上完全相同，而且是从一句的开头就相同；开头就是数和名称（“16 个分馆实现通借通还”），而同一名称别处都是另一个数；
    三位以上的数只是颠倒了数字、漏了一个 0（也与指标的实现值比）。级别、年度、对象不同的，“其中”的一部分，计划和约数，说缺少什么的（“18 所没有提供就业率”），不报。
    第五种是同一个村、校的同一项工程（口径配置 `matching.works`）写了两个金额；写明两个年度、两期的不报。

    ## 局限
    两处没有相同的字词时认不出；只有一处旁证的，报为提示；“项目”“企业”之类到处都有的名称（口径配置 `matching.common_nouns`），
    只凭名称不比较。

    ## 依据
    教职成厅函〔2024〕1号：所报信息严重不实的，评价结论为“差”；同一事实在一份报告里只能有一个数。
    """
    same = sameness(context)
    known = {id(each) for found in same.inside for each in (found.odd, *found.against)}
    said = plainly_said(context, same)
    told: set[int] = set()
    certain = echoed(context)
    for pair in (
        *slips(context, same),
        *referred(said, same),
        *anchored(said, same),
        *copied(same.statements, same),
        *beside(same.statements, same),
        *works(context, same),
    ):
        if {id(pair.odd), id(pair.other)} <= known or told.intersection((id(pair.odd), id(pair.other))):
            continue
        told.update((id(pair.odd), id(pair.other)))
        context.told(pair.odd.source, pair.other.source)
        both = frozenset((id(pair.odd), id(pair.other)))
        context.memo.setdefault("told_pairs", set()).add(both)
        yield at_statement(
            pair.odd,
            f"这里写“{pair.odd.text}”，{place_name(pair.other)}写“{pair.other.text}”",
            printed=figure(pair.odd), expected=figure(pair.other), related=(related(pair.other),), severity=Severity.WARNING if both in certain else pair.severity,
        )  # fmt: skip
