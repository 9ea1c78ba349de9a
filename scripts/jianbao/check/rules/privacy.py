"""JB5: personal data. A message never repeats a number whole: it may be shown where the page is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from jianbao.check.finding import Level, Spot
from jianbao.check.page_file import PageFile
from jianbao.check.rule import rule
from jianbao.recognise import doubts
from jianbao.vocabulary import Vocabulary

# ISO/IEC 7812: 16 to 19 figures; 62 is UnionPay, 4 and 51 to 55 are Visa and MasterCard.
_BANK_CARD = re.compile(r"(?<![\d.])(?:62\d\d|4\d{3}|5[1-5]\d\d)(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![\d.])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Lines of the front matter whose figures name no person.
_NO_PERSON = re.compile(r"\s*(?:sha256|文件名|总期号|日期):")


# Every number that counts here is at least so long; most pages hold none, and are done with at once.
_LONG = re.compile(r"\d[\d -]{10,}")


def _lines(page: PageFile, mark: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The lines in which ``mark`` occurs, with their numbers."""
    if mark.search(page.text):
        for number, line in enumerate(page.lines, start=1):
            if mark.search(line) and not _NO_PERSON.match(line):
                yield number, line


def _spots(page: PageFile, find: Callable[[str], Iterable[str]], message: str) -> Iterator[Spot]:
    for number, line in _lines(page, _LONG):
        for found in find(line):
            yield page.at(number, message.format(found))


def bank_cards(text: str) -> Iterator[str]:
    """Each bank card's number in ``text``: its check figure (Luhn, ISO/IEC 7812-1) is right; no identity number."""
    for match in _BANK_CARD.finditer(doubts.narrow(text)):
        digits = re.sub(r"\D", "", match[0])
        if _passes_luhn(digits) and not (len(digits) == 18 and doubts.is_id_card(digits)):
            yield digits


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


@rule(
    "JB501",
    "身份证号",
    why="公开身份证号会伤害到人，也违反《个人信息保护法》。只报校验码正确的18位号码。",
    bad="张某某（身份证号 11010519491231002X）",
    good="张某某（身份证号略）",
    mend="删去，或只留前三位、后两位。原件里的也要遮盖后再入档。已经发布过的，改好后还要写“更正”并重新发布。",
)
def identity_numbers(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _spots(
        page, lambda text: map(doubts.masked, doubts.id_cards(text)), "有身份证号（{}），请删去或遮盖"
    )


@rule(
    "JB502",
    "手机号",
    Level.WARNING,
    why="个人手机号一般不公开；单位的办公电话可以公开，不会报。",
    bad="联系人：李某，13912345678",
    good="联系电话：0999-8123456",
    mend="删去或换成办公电话；本人同意公开的，写“免检”并注明。",
)
def mobile_numbers(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _spots(
        page, lambda text: map(doubts.masked, doubts.mobiles(text)), "有手机号（{}），请确认可以公开"
    )


@rule(
    "JB503",
    "银行卡号",
    why="个人银行卡号不能公开。只报校验位正确的16至19位卡号；捐款账户是对公账号、确要公开的，可以免检。",
    bad="善款请汇至 6222 0212 3456 7890 128",
    good="善款请汇至指挥部公布的捐款账户",
    mend="删去或遮盖中间的数字；是公开的捐款账户，写“免检”并注明。",
)
def bank_card_numbers(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    return _spots(page, lambda text: map(doubts.masked, bank_cards(text)), "有银行卡号（{}），请删去或遮盖")


@rule(
    "JB504",
    "电子邮箱",
    Level.WARNING,
    why="个人邮箱一般不公开，公开了会收到大量垃圾邮件。编辑信息里的投稿邮箱不报。",
    bad="请与王某（wangmou@example.com）联系",
    good="请与指挥部办公室联系",
    mend="删去或换成单位的；确要公开的，写“免检”。",
)
def emails(page: PageFile, _: Vocabulary) -> Iterator[Spot]:
    colophon = {text for line in page.issue.colophon for text in _EMAIL.findall(line)}
    for number, line in _lines(page, _EMAIL):
        for found in _EMAIL.findall(line):
            if found not in colophon:
                yield page.at(number, f"有电子邮箱（{found[:2]}…@{found.split('@')[1]}），请确认可以公开")
