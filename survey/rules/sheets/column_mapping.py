"""Columns of an export from elsewhere: what each is for, and which never get further."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from scales import Item, Questionnaire
from survey.rules.sheets.same_words import heading_of, words_of

UNIT, SECONDS, IGNORED = "@unit", "@seconds", ""  # no item id holds an @


def _listed(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_UNIT_WORDS = _listed(
    "单位 单位名称 单位编码 单位代码 被评单位 被评价单位 评价单位 办事单位 所在单位",
    "unit unit_code unitcode unit_name unitname",
)
_SECONDS_WORDS = _listed(
    "所用时间 答题时长 填写时长 用时 作答时长 填答时长",
    "seconds duration duration(inseconds)",
)
_ABOUT_PEOPLE = _listed(
    "序号 编号 答卷编号 总分 来源 来源详情 来源渠道 渠道 来自ip ip地址 地理位置 语言",
    "提交时间 提交答卷时间 开始时间 结束时间 开始答题时间 结束答题时间 填写时间 作答时间",
    "姓名 您的姓名 名字 昵称 微信昵称 用户 用户名 用户id 用户类型 工号 学号",
    "手机 手机号 手机号码 电话 联系电话 联系方式 您的联系方式 邮箱 电子邮箱",
    "身份证 身份证号 身份证号码 证件号码 清洗数据结果 浏览器 设备 操作系统",
    "id ip openid ua useragent timestamp submittime submittedat starttime endtime startdate",
    "enddate recordeddate name e-mail email emailaddress phone username ipaddress source",
    "referrer userlanguage",
)
_KNOWN = dict.fromkeys(_UNIT_WORDS, UNIT) | dict.fromkeys(_SECONDS_WORDS, SECONDS)
_STARTS_PERSONAL = ("来自ip", "地理位置", "提交答卷时间", "来源详情")
_A_PERSON = re.compile(  # an address on the net or by mail, a telephone or identity number
    r"\s*(?:\d{1,3}(?:\.\d{1,3}){3}(?:\s*\(.*\))?|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){4,7}"
    r"|[^@\s]+@[^@\s]+\.[a-z]{2,}|(?:\+?86)?1[3-9]\d{9}|\d{17}[\dx])\s*",
    re.IGNORECASE,
)
_GENERIC_UNITS = ("该单位", "本单位")
_UNIT_BLANK = "{unit}"


def is_about_people(heading: str, values: Sequence[str]) -> bool:
    """Tell a column that says who answered, from where or when: it is dropped on arrival."""
    words = heading_of(heading)
    if words in _ABOUT_PEOPLE or words.startswith(_STARTS_PERSONAL):
        return True
    filled = [value for value in values if value.strip()]
    return bool(filled) and all(_A_PERSON.fullmatch(value) for value in filled)


def guess_uses(
    headings: Sequence[str], questionnaire: Questionnaire, unit_names: Sequence[str]
) -> tuple[str, ...]:
    """Return what each column is for where id or text say it exactly; the others are ignored.

    What two columns could be stays open: the officer decides.
    """
    known = _known_headings(questionnaire)
    units = [words_of(name) for name in unit_names]
    guesses = [_use_of(heading, known, units) for heading in headings]
    twice = {use for use, count in Counter(guesses).items() if use and count > 1}
    return tuple(IGNORED if use in twice else use for use in guesses)


def is_item_heading(
    heading: str, questionnaire: Questionnaire, unit_names: Sequence[str] = ()
) -> bool:
    """Tell whether a heading is an item's id or text, whatever else its words may mean."""
    use = _use_of(heading, _known_headings(questionnaire), [words_of(n) for n in unit_names])
    return use not in (IGNORED, UNIT, SECONDS)


def _known_headings(questionnaire: Questionnaire) -> dict[str, str]:
    known: dict[str, str] = {}
    for item in questionnaire.items:
        for text in _texts(item):
            words = heading_of(text)
            known[words] = item.id if known.get(words, item.id) == item.id else IGNORED
    return known | {words_of(item.id): item.id for item in questionnaire.items}


def _texts(item: Item) -> list[str]:
    texts = list(item.text.values())
    with_blank = [text for text in texts if _UNIT_BLANK in text]
    generic = [text.replace(_UNIT_BLANK, unit) for text in with_blank for unit in _GENERIC_UNITS]
    return [*texts, *generic]


def _use_of(heading: str, known: Mapping[str, str], units: Sequence[str]) -> str:
    last_part = re.split(r"—+|--", heading)[-1]  # of a table of items: heading—item
    for words in chain((words_of(heading),), map(heading_of, (heading, last_part))):
        blanked = [words.replace(unit, _UNIT_BLANK) for unit in units if unit and unit in words]
        for candidate in (words, *blanked):
            if use := known.get(candidate) or _KNOWN.get(candidate):
                return use
    return IGNORED
