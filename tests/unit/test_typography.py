"""Which paragraphs are headings, notes and credits, and which words lead one: cases from bulletins."""

import pytest

from jianbao import typography

# More text, as it follows a lead.
TEXT = "工作组全体成员深入乡村调研，谋划全年工作重点和援疆项目。"


def leads(*paragraphs):
    """What is set apart of each paragraph, after the name of how."""
    return [
        [f"{mark.name} {text[mark.start : mark.end]}" for mark in form.marks]
        for text, form in zip(paragraphs, typography.forms(paragraphs), strict=True)
    ]


def kinds(*paragraphs):
    return [f"{form.kind}{form.level or ''}" for form in typography.forms(paragraphs)]


@pytest.mark.parametrize(
    "series",
    [
        ("因地制宜谋脱贫。", "项目惠民助脱贫。", "聚焦产业促脱贫。"),
        ("助力干部人才培养，激发干事创业“精气神”。", "助力基础设施建设，激发建设发展“新动能”。"),
        ("聚焦责任落实，压紧压实“两个责任”。", "聚焦问题线索，从严从快核查。"),
        ("抓好宣传发动。", "抓好隐患排查整治。"),
    ],
)
def test_leads_of_the_same_build_are_run_in_headings(series):
    found = leads("今年以来，工作组创新举措。", *(lead + TEXT for lead in series), "下一步，继续努力。")
    assert found == [[], *([f"run-in {lead}"] for lead in series), []]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("大家深受教育。" + TEXT, "彭忠出席开班仪式并讲话。" + TEXT),  # two that are not alike
        ("因地制宜谋脱贫。" + TEXT, "近日，工作组走访。" + TEXT),
        ("因地制宜谋脱贫。", "项目惠民助脱贫。", "聚焦产业促脱贫。"),  # nothing follows
        (
            "2月8日开展义诊。" + TEXT,
            "3月9日开展义诊。" + TEXT,
            "4月2日开展义诊。" + TEXT,
        ),  # days, not headings
        ("因地制宜谋脱贫。" + TEXT,),  # alone
    ],
)
def test_without_its_like_beside_it_a_sentence_is_a_sentence(paragraphs):
    assert leads(*paragraphs) == [[]] * len(paragraphs)


def test_numbered_headings():
    paragraphs = (
        "一、强化领导",
        "（一）成立专班。由主要领导任组长。",
        "（二）建立机制",
        TEXT,
        "二、强化服务",
    )
    assert kinds(*paragraphs) == ["heading1", "text", "heading2", "text", "heading1"]
    assert leads(*paragraphs)[1] == ["run-in-2 （一）成立专班。"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("一、二等奖获得者合影",),
        ("一、参会人员：",),
        ("（三）是后续工作",),
        ("一、选送节目；", "二、报送名单；"),
    ],
)
def test_a_numeral_alone_makes_no_heading(paragraphs):
    assert set(kinds(*paragraphs)) == {"text"}


def test_items_in_a_paragraph():
    text = f"一是创新帮扶模式。{TEXT}二是抓好项目推进。{TEXT}三是聚焦保障，{TEXT}"
    assert leads(text) == [["run-in-item 一是创新帮扶模式。", "run-in-item 二是抓好项目推进。"]]


@pytest.mark.parametrize("text", ["一是建队伍。二是立制度。", "一是创新模式。" + TEXT, "这三是要点。" + TEXT])
def test_items_with_nothing_of_their_own_are_text(text):
    assert leads(text) == [[]]


@pytest.mark.parametrize(
    ("text", "kind", "mark"),
    [
        ("编者按：盐城工作组的做法值得学习借鉴。", "note", "编者按："),
        ("【编者按】家庭是社会的细胞。", "note", "【编者按】"),
        ("编后：送医下乡，送去的是健康。", "after", "编后："),
    ],
)
def test_what_the_editors_say(text, kind, mark):
    (form,) = typography.forms([text])
    assert form == typography.Form(kind, marks=(typography.Mark(0, len(mark), "note-mark"),))


def test_credits_stand_first_or_last():
    assert kinds("（武进工作组供稿）", TEXT, TEXT, TEXT, "（作者：王某某）") == [
        "credit",
        *["text"] * 3,
        "credit",
    ]
    assert kinds(TEXT, "市信访局供稿", TEXT, TEXT) == ["text"] * 4
    assert leads(f"{TEXT}（武进工作组 供稿）") == [["credit-at-end （武进工作组 供稿）"]]
    assert leads(f"{TEXT}（详见附件）") == [[]]
