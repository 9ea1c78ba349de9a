"""The figures in an article's text: 投入援疆资金7530万元, 接诊36471人次, 捐赠图书20万册.

A figure is a number with a unit that counts or measures something. What only names or orders is none: years,
dates and spans of time, ages, ordinals (第九批, 前三名), document and telephone numbers, shares and ratios (87.9%,
三分之一, 3个百分点), slogans (“五个必须”, 四套班子, 五位一体). Numbers without a number (数十人, 百名干部) are left
out, too: in doubt, a figure is left out and not made up.

How a number is read follows GB/T 15835 (出版物上数字用法) and what is printed beside it: full-width figures,
spaces, 1,200万元, 三十余人, 两三百人, 3至5万元. A share of a total (其中…) and a rate (每户1万元) are marked, since
figures of which some are parts of others must not be added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from jianbao.issue import Article


class Category(StrEnum):
    """What a figure counts or measures; goods are what was given or built with (books, machines, livestock)."""

    MONEY = "资金"
    PEOPLE = "人员"
    PROJECTS = "项目"
    GOODS = "物资"
    EXTENT = "面积里程"
    OTHER = "其他"


@dataclass(frozen=True)
class Unit:
    """A unit as printed: one of it is ``factor`` of ``base``."""

    base: str
    factor: Decimal
    category: Category


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure and where it stands.

    ``sentence[start:end]`` is the figure as printed, with what makes it less exact (近, 余, 以上). ``number`` and
    ``unit`` are what was read (7530, 万元), ``value`` and ``base`` the same in the unit that all of its kind have
    (75300000, 元). ``upper`` is the higher end of a range, in ``base``; ``value`` is then the lower one.
    ``rate`` is what the figure is for one of (每户), None for most; ``is_part`` tells that 其中 stands before it.
    ``paragraph`` counts the article's paragraphs from 0.
    """

    paragraph: int
    sentence: str
    start: int
    end: int
    number: Decimal
    unit: str
    value: Decimal
    base: str
    category: Category
    upper: Decimal | None = None
    is_approximate: bool = False
    is_part: bool = False
    rate: str | None = None

    @property
    def printed(self) -> str:
        return self.sentence[self.start : self.end]


def _units() -> dict[str, Unit]:
    """Printed unit → what it is: 位 and 名 are 人; land is in 亩 (15 to the 公顷, exactly), floors in 平方米."""
    return {
        name: Unit(base, Decimal(factor), category)
        for category, base, factor, names in (
            (Category.MONEY, "元", 1, "元 人民币 元人民币"),
            *((Category.MONEY, name, 1, name) for name in ("美元", "欧元", "港元", "港币", "日元", "英镑")),
            (Category.PEOPLE, "人", 1, "人 名 位"),
            (Category.PEOPLE, "人次", 1, "人次 人(次) 人（次） 人／次 人/次"),
            (Category.PEOPLE, "户", 1, "户"),
            (Category.EXTENT, "平方米", 1, "平方米 平米 平方 ㎡ m² m2"),
            (Category.EXTENT, "亩", 1, "亩"),
            (Category.EXTENT, "亩", 15, "公顷"),
            (Category.EXTENT, "亩", 1500, "平方公里 平方千米"),
            (Category.EXTENT, "米", 1, "米 延米 延长米"),
            (Category.EXTENT, "米", 1000, "公里 千米 km"),
            (Category.EXTENT, "立方米", 1, "立方米 立方 m³"),
            (Category.GOODS, "千克", 1, "公斤 千克 kg"),
            (Category.GOODS, "千克", "0.5", "斤"),
            (Category.GOODS, "千克", 1000, "吨"),
            *((Category.GOODS, name, 1, name) for name in _GOODS.split()),
            *((Category.OTHER, name, 1, name) for name in _OTHER.split()),
        )
        for name in names.split()
    }


_GOODS = "册 本 台 套 辆 件 头 只 匹 峰 羽 箱 盒 袋 瓶 双 把 床 顶 张 棵 株 架"
_OTHER = (
    "个 项 家 所 座 间 栋 幢 处 次 场 批 期 例 份 条 篇 幅 部 支 对 口 眼 门 盏 节 课时 学时 剂 "
    "台次 车次 架次 班次 场次 批次 例次 剂次 户次 件次 千瓦 兆瓦 千瓦时"
)
UNITS = _units()

# A measure word that is, with what follows, the beginning of another word: 300人 but not 人民, 5个 but not 5个月.
_OTHER_WORDS = {
    "元": "旦|宵|月|素|代",
    "人": "民(?!币)|大|制|组|份|物|保|均|工",
    "名": "额|录|单|次",
    "位": "数|于|置|居|列|一体",
    "户": "外|籍|口|型|均",
    "个": r"\s?(?:多|半)?(?:月|小时|星期|百分点|工作日|学期|年|钟头|季度|世纪|自然日|昼夜)|体|别",
    "项": "链|城|全能",
    "家": "庭|长|园|乡|具|属|访|居",
    "所": "有|在|需|以|属|长",
    "座": "谈|位|落|机",
    "间": "接|隔",
    "处": "级|理|长|于|在|方",
    "次": "产业|生|年|日|月",
    "场": "所|馆|地|部",
    "批": "复|准|示|发",
    "期": "间|末|望|货|刊|工程",
    "份": "额",
    "条": "例|件|规|主线",
    "部": "门|队|署|分|委|长|级|属",
    "支": "持|援|部|出|教|付|书|医|农",
    "对": r"口|接|于|象|外|标|照|\s?[一二三多0-9]",
    "口": "岸|径|头|子",
    "门": "诊|户|类",
    "节": "气|日|约|水|目|能|省|庆",
    "本": "次|年|地|科|市|县|期|月|周|报|级|届|轮|校|院",
    "台": "州|湾|账|阶|风|办",
    "套": "班子|餐|路",
    "件": "套",
    "头": "等|脑",
    "只": "有|要|能|是",
    "双": "方|向|语|边|节|创|百",
    "把": "手|握|关",
    "床": "位|边",
    "张": "家|掖|贴",
    "顶": "层|级|尖",
    "米": "粉|饭|厘|栏|跑|赛|短|长跑|接力|自由|冲刺",
    "平方": "公里|千米|米",
    "立方": "米",
    "例": "如|会|行|外",
    "架": "构",
    "峰": "会|值",
    "幅": "度",
}
# In what sense a measure word is used, by the words around it in its clause.
_PROJECT = re.compile("项目|工程(?!师|系|学)")
_SENSES = {
    "个": (_PROJECT, Category.PROJECTS),
    "项": (_PROJECT, Category.PROJECTS),
    "台": (re.compile("手术"), Category.OTHER),
    "件": (re.compile("实事|好事|提案|案|建议|专利|作品|议题|诉求"), Category.OTHER),
    "本": (re.compile("证书"), Category.OTHER),
}
_MONEY = re.compile(
    "资|投入|经费|款|补助|补贴|奖励|产值|收入|造价|预算|金额|贴息|财政|营业额|销售额|授信|信贷"
)

_DIGIT = "0-9０-９"
_SMALL = "零一二三四五六七八九"
# Both ways to write them, 三十五 and, as on a cheque, 叁拾伍.
_HAN_DIGITS = {
    char: value for digits in (_SMALL, "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(digits)
}
_HAN_DIGITS |= {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_HAN = "".join((*_HAN_DIGITS, *_POWERS))
_SPACE = "[ \u00a0\u2009\u202f]"
_ARABIC = str.maketrans({"．": ".", **dict.fromkeys(", \u00a0\u2009\u202f")})
# The first character is asked for in one class, so that the search passes over all other text at full speed.
_NUMBER = (
    rf"[{_DIGIT}{_HAN}](?:(?<=[{_DIGIT}])"
    rf"(?:[{_DIGIT}]{{0,2}}(?:,[{_DIGIT}]{{3}})+|[{_DIGIT}]{{0,2}}(?:{_SPACE}[{_DIGIT}]{{3}})+|[{_DIGIT}]*)"
    rf"(?:[.．][{_DIGIT}]+)?|(?<=[{_HAN}])[{_HAN}]*)"
)
_POWER = "[十百千]?[万亿]|万亿|[百千]"


def _unit_pattern() -> str:
    names = sorted(UNITS, key=len, reverse=True)
    return "|".join(
        re.escape(name) + (f"(?!{_OTHER_WORDS[name]})" if name in _OTHER_WORDS else "") for name in names
    )


_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?P<more>[余多几来])?{_SPACE}?(?P<power>{_POWER})?(?P<odd>[余多来])?"
    rf"(?:{_SPACE}?[至到~～\-－–—―]{{1,2}}{_SPACE}?(?P<high>{_NUMBER}){_SPACE}?(?P<high_power>{_POWER})?)?"
    rf"(?:{_SPACE}{{0,2}}(?P<unit>{_unit_pattern()})|(?=[，。；、）)！？]|$))"
    r"(?P<after>余|左右|上下|以上|以下|以内)?"
)
# A sentence without an end (a table's row, a list) is cut, so that what is written for each figure stays short.
_LONGEST = 400
_SENTENCE = re.compile(
    rf"[^。！？!?]{{1,{_LONGEST}}}(?:[。！？!?]+[”’」』）)》]*|$)"
    rf"|[^。！？!?]{{1,{_LONGEST}}}[，；、\u3000]|[^。！？!?]{{1,{_LONGEST}}}"
)
_APPROXIMATELY = (
    *("将近", "近", "大约", "约", "超过", "突破", "超", "逾"),
    *("不少于", "不低于", "不超过", "不足", "至少", "最多", "高达", "多达"),
)
_ABOUT = (*_APPROXIMATELY, "上", "过")
# 签约12个项目, 最近30户: the end of another word.
_OTHER_ENDINGS = ("签约", "预约", "合约", "条约", "契约", "公约", "附近", "最近", "邻近", "临近", "赶超")
_RATE = re.compile(r"(?:每[\u4e00-\u9fff]{1,2}|[人户年月亩]均)\s?$")
# What a number must not come after: it is then part of a code, a fraction, an ordinal, or no number at all.
_NOT_AFTER = (*"0123456789０１２３４５６７８９.．/+×〔[第数几", "分之")
# Looked at only after one of these: 0999-8123456, 3:1, 1，200 (one number or two?), 第五、六期, 第3至5批.
_JOINTS = tuple("-－:,，、和及至到—")
_JOINED = re.compile(
    rf"(?:[A-Za-z{_DIGIT}][-－:,]|[{_DIGIT}]，)$|第{_SPACE}?[{_DIGIT}{_HAN}]+{_SPACE}?[、和及至到\-—]$"
)
_RANKED = frozenset({"名", "位", "批", "期"})
_QUOTES = tuple('“‘「『《【〈"')
# Numbers under ten in Han characters are mostly part of a phrase (两个维护, 三项制度): only these units take one.
_COUNTED_FROM_TWO = frozenset({"名", "位", "人次", "台", "辆", "吨", "亩", "公里", "平方米", "公斤", "公顷"})
_CLAUSE_EDGE = re.compile("[，。；：！？、]")


def of(article: Article) -> tuple[Quantity, ...]:
    """Every figure in the paragraphs, rows and captions of ``article``, in printed order."""
    return tuple(
        quantity for place, text in enumerate(article.paragraphs) for quantity in in_paragraph(text, place)
    )


def in_paragraph(text: str, paragraph: int = 0) -> Iterator[Quantity]:
    """Every figure in ``text``; it takes time in proportion to its length."""
    for sentence in _SENTENCE.finditer(text):
        shown = sentence[0].strip()
        parts = len(shown.partition("其中")[0])
        for match in _QUANTITY.finditer(shown):
            quantity = _quantity(match, shown, paragraph, parts)
            if quantity:
                yield quantity


def _quantity(match: re.Match[str], sentence: str, paragraph: int, parts: int) -> Quantity | None:
    """What was matched as a quantity, None where it is none; from ``parts`` on the sentence names parts."""
    spaced = sentence[max(0, match.start() - 8) : match.start()]
    before = spaced.rstrip()
    if _is_named(before):
        return None
    bounds = _bounds(match)
    if not bounds:
        return None
    name = match["unit"] or _money_cut_short(match, sentence)
    if not name or not _counts(match, name, bounds[0], before):
        return None
    unit, power = UNITS[name], _last_power(match)
    prefix = _prefix(before, match["low"])
    start = match.start() - (len(spaced) - len(before) + len(prefix) if prefix else 0)
    rate = _RATE.search(sentence, max(0, start - 4), start)
    low, high = bounds
    return Quantity(
        paragraph,
        sentence,
        start,
        match.end(),
        number=_plain(low / _POWERS[power]) if power else _plain(low),
        unit=power + name,
        value=_plain(low * unit.factor),
        base=unit.base,
        category=_category(name, unit, before, sentence[match.end() : match.end() + 12]),
        upper=None if high is None else _plain(high * unit.factor),
        is_approximate=bool(prefix or high or match["more"] or match["odd"] or match["after"]),
        is_part=parts < match.start(),
        rate=rate[0].strip() if rate else None,
    )


def _prefix(before: str, printed: str) -> str:
    """近, 超过 and their like right before the number, empty for none; 上 and 过 only before 百 and its like."""
    if printed[0] in "百千万亿" and before.endswith(("上", "过")) and not before.endswith("超过"):
        return before[-1]
    if not before.endswith(_APPROXIMATELY) or before.endswith(_OTHER_ENDINGS):
        return ""
    return next(each for each in _APPROXIMATELY if before.endswith(each))


def _is_named(before: str) -> bool:
    """Whether a number after these words is part of a name, a code, a fraction or an ordinal."""
    if before.endswith(_NOT_AFTER) or ("A" <= before[-1:] <= "z"):
        return True
    return before.endswith(_JOINTS) and bool(_JOINED.search(before))


def _bounds(match: re.Match[str]) -> tuple[Decimal, Decimal | None] | None:
    """The lower and the higher end; of a single number the higher is None. None for what is no number."""
    first = _number(match["low"])
    if not first:
        return None
    power = _power(match["power"])
    low, high = first[0] * power, first[1] and first[1] * power
    if not match["high"]:
        return low, high
    second = _number(match["high"])
    if not second or high:
        return None
    high_power = _power(match["high_power"])
    high = second[0] * high_power
    # 3至5万元 is 3万 to 5万, 8000至1万元 is not 8000万.
    if not match["power"] and low * high_power < high:
        low *= high_power
    return (low, high) if low < high else None


def _power(printed: str | None) -> int:
    power = 1
    for char in printed or "":
        power *= _POWERS[char]
    return power


def _number(printed: str) -> tuple[Decimal, Decimal | None] | None:
    if printed[0] in _HAN:
        return _han_number(printed)
    # A telephone number or a code begins with 0; 0.5 is a number.
    if printed[0] in "0０" and printed[1:2] not in (".", "．", ""):
        return None
    return Decimal(printed if printed.isdigit() else printed.translate(_ARABIC)), None


def _han_number(printed: str) -> tuple[Decimal, Decimal | None] | None:
    """三十 → 30; 两三百 → 200 and 300; None for 二〇一七, 百千万 and what else is no amount."""
    pairs = [
        place
        for place, (one, two) in enumerate(pairwise(printed))
        if one in _HAN_DIGITS and two in _HAN_DIGITS and one not in "零〇"
    ]
    if not pairs:
        value = _han_value(printed)
        return (Decimal(value), None) if value else None
    place = pairs[0]
    one, two = _HAN_DIGITS[printed[place]], _HAN_DIGITS[printed[place + 1]]
    if len(pairs) > 1 or not (two == one + 1 or (one, two) == (3, 5)):
        return None
    low = _han_value(printed[: place + 1] + printed[place + 2 :])
    high = _han_value(printed[:place] + printed[place + 1 :])
    return (Decimal(low), Decimal(high)) if low and high else None


def _han_value(printed: str) -> int | None:
    total = section = digit = 0
    last = 10
    for char in printed:
        if char in _HAN_DIGITS:
            digit = _HAN_DIGITS[char]
            last = 10 if not digit else last
            continue
        power = _POWERS[char]
        if power < 10_000:
            section += (digit or 1) * power
        elif power == 100_000_000:
            total = (total + section + digit or 1) * power
            section = 0
        else:
            total += (section + digit or 1) * power
            section = 0
        digit, last = 0, power
    # 一万五 is 15000: a digit at the end counts the next lower power.
    return total + section + digit * (last // 10 if last > 10 else 1)


def _last_power(match: re.Match[str]) -> str:
    """The 万 or 亿 that the unit is printed with (万元), empty for none."""
    printed = match["high_power"] or match["power"] or match["high"] or match["low"]
    return printed[-1] if printed[-1] in "万亿" else ""


def _counts(match: re.Match[str], unit: str, low: Decimal, before: str) -> bool:
    """Whether the number counts something, and is not part of a phrase or an ordinal."""
    if before.endswith("前") and unit in _RANKED:
        return False
    printed = match["low"]
    if printed[0] not in _HAN:
        return low > 0
    if before.endswith(_QUOTES):
        return False
    if printed[0] in "百千万亿":
        # 百名干部 is no number; 百万册, 百余名, 近百名 and 上千名 are.
        return bool(
            match["more"] or match["odd"] or before.endswith(_ABOUT) or re.fullmatch("[百千][万亿]", printed)
        )
    if low < 10 or (match["high"] and printed in _HAN_DIGITS):
        return low > 1 and printed[0] in _SMALL + "两" and unit in _COUNTED_FROM_TWO
    return True


def _money_cut_short(match: re.Match[str], sentence: str) -> str | None:
    """元 for a number like 60万 at the end of a clause that speaks of money (资金60万。)."""
    clause = _CLAUSE_EDGE.split(sentence[max(0, match.start() - 20) : match.start()])[-1]
    return "元" if _last_power(match) and _MONEY.search(clause) else None


def _plain(value: Decimal) -> Decimal:
    """At most two decimals, and none where they are naught."""
    whole = int(value)
    return Decimal(whole) if whole == value else round(value, 2).normalize()


def _category(name: str, unit: Unit, before: str, after: str) -> Category:
    """The unit's own, or by the words that stand beside it in the clause: 10个 after 签约项目."""
    if name not in _SENSES:
        return unit.category
    words, category = _SENSES[name]
    clause = _CLAUSE_EDGE.split(before)[-1] + " " + _CLAUSE_EDGE.split(after)[0]
    return category if words.search(clause) else unit.category
