"""STR023: a character in its traditional form within simplified text, as an input method or a converter leaves it."""

import re
from collections.abc import Iterator

from taizhang.checks.registry import Context, Problem, rule
from taizhang.checks.rules._triggers import texts_with

# Each beside its simplified form; those that simplified text also writes (乾、於、著、瞭) are left out.
_TRADITIONAL = (
    "學國業專務區會開關員書萬與這們來時東長門問間見說話語讀寫買賣車電風馬魚點線網級組織統計術藝師資質際實驗總經濟體農產園場團隊圖館廣環險續"
    "轉運輸進過達連還遠選適邊應當對導層屬歲島從戰擔據擴擬數斷樂機權歷歸氣決沒況準漢為無營獎現療發監盤眾確碼禮種穩競筆節簡類給編縣"
    "職聯聲舉補裝覽設訪評認訓記許議護變讓責費貢貧貨賽贊軟較輔輕鄉醫針鋼錄錢鎮鐵鑒陽階隨雙難須領題願顯飯養駐驅齊齡"
)
_SIMPLE = (
    "学国业专务区会开关员书万与这们来时东长门问间见说话语读写买卖车电风马鱼点线网级组织统计术艺师资质际实验总经济体农产园场团队图馆广环险续"
    "转运输进过达连还远选适边应当对导层属岁岛从战担据扩拟数断乐机权历归气决没况准汉为无营奖现疗发监盘众确码礼种稳竞笔节简类给编县"
    "职联声举补装览设访评认训记许议护变让责费贡贫货赛赞软较辅轻乡医针钢录钱镇铁鉴阳阶随双难须领题愿显饭养驻驱齐龄"
)
_SIMPLIFIED = dict(zip(_TRADITIONAL, _SIMPLE, strict=True))
_ANY = re.compile(f"[{''.join(sorted(_SIMPLIFIED))}]")
_QUOTATION = 6  # characters: so many in one text are a quotation, or a report in traditional characters


@rule("STR023", kind="label_error", severity="info", since="0.8")
def traditional_characters(context: Context) -> Iterator[Problem]:
    """简体的报告里夹着繁体字。

    ## 为什么
    “中小學生”是输入法或转换软件留下的；检索、比对时它与“中小学生”是两个词，也说明没有校对。

    ## 不合格
    开展科普活动，参加的中小學生 1280 人。

    ## 合格
    开展科普活动，参加的中小学生 1280 人。

    ## 例外
    一段里繁体字很多的是引文，不报；简体也用的字（乾、於、著）不报。

    ## 依据
    《中华人民共和国国家通用语言文字法》：国家机关的公文用语用字应使用规范汉字。
    """
    for reading in context.readings:
        for text in texts_with(reading, context, _ANY):
            found = list(_ANY.finditer(text.text))
            if not 0 < len(found) < _QUOTATION:
                continue
            first = found[0]
            right = "".join(_SIMPLIFIED.get(character, character) for character in text.text)
            start, end = max(first.start() - 3, 0), min(first.end() + 3, len(text.text))
            forms = "、".join(dict.fromkeys(match[0] for match in found))
            yield text.problem(start, end, f"夹有繁体字“{forms}”", expected=right[start:end])
