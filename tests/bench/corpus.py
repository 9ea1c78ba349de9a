"""A seeded corpus of invented issues: the same seed and number give the same bytes.

Sentences are put together from the phrases of a bulletin, so that words recur as they do in one; names, places
and figures vary. An issue has four features of about 900 characters and four briefs of about 200.
"""

import random

SENDERS = {
    "武进": "尼勒克县",
    "南京": "伊宁市",
    "江阴": "霍城县",
    "扬州": "新源县",
    "泰州": "昭苏县",
    "盐城": "察布查尔县",
}
DOINGS = [
    "推进产业援疆",
    "开展巡回义诊",
    "组织人才培训",
    "看望结亲群众",
    "建设安居工程",
    "捐赠图书物资",
    "推介旅游线路",
    "发展特色养殖",
]
OPENINGS = ["近日", "今年以来", "为落实会议精神", "在各方支持下", "经过多次协商", "针对当地实际"]
SUBJECTS = ["工作组", "援疆干部人才", "两地相关部门", "参训学员", "当地群众", "援疆医生"]
ACTIONS = [
    "深入乡村学校了解需求", "投入援疆资金{n}万元", "实施重点项目{n}个", "举办专题培训班{n}期", "接诊各族群众{n}人次",
    "与{n}户困难家庭结成亲戚", "组织企业家实地考察园区", "签订合作协议{n}项", "带动就业{n}余人", "完善基础设施和公共服务",
    "邀请专家现场授课", "通过产业带动农牧民增收",
]  # fmt: skip
RESULTS = [
    "受到干部群众一致好评",
    "为脱贫攻坚打下坚实基础",
    "促进了各民族交往交流交融",
    "取得阶段性成效",
    "增强了发展后劲",
]


def sentence(rng: random.Random) -> str:
    actions = "，".join(rng.sample(ACTIONS, 3)).format(n=rng.randint(2, 9000))
    return f"{rng.choice(OPENINGS)}，{rng.choice(SUBJECTS)}{actions}，{rng.choice(RESULTS)}。"


def paragraph(rng: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += sentence(rng)
    return text


def issue(number: int, seed: int = 20170807) -> str:
    """The text file of issue ``number`` (from 1 on), 24 a year from 2001."""
    rng = random.Random(f"{seed}-{number}")
    year, of_year = 2001 + (number - 1) // 24, (number - 1) % 24 + 1
    month, day = (of_year - 1) // 2 + 1, 5 if of_year % 2 else 20
    titles = []
    while len(titles) < 8:
        sender = rng.choice(list(SENDERS))
        title = f"{sender}工作组{rng.choice(OPENINGS[2:])}{rng.choice(DOINGS)}助力{SENDERS[sender]}发展"
        if title not in titles:
            titles.append(title)
    features, briefs = titles[:4], titles[4:]
    lines = [
        "援疆工作简报",
        f"{year}年第{of_year}期（总第{number}期）",
        "江苏省对口支援新疆伊犁州前方指挥部",
        f"{year}年{month}月{day}日",
    ]
    lines += [
        "【本期要目】",
        *(f"★ {title}" for title in features),
        "【本期动态】",
        *(f"☆ {title}" for title in briefs),
    ]
    for title in features:
        lines += [title, *(paragraph(rng, 220) for _ in range(4))]
    lines += ["【本期动态】", *(f"{title}。{paragraph(rng, 180)}" for title in briefs)]
    lines.append("本期报：省委、省政府有关领导同志，自治区援疆办，后方单位有关领导同志。")
    return "\n\n".join(lines) + "\n"
