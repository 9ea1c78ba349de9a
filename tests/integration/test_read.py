"""``jianbao read``: shows what is understood, writes nothing."""

import json

import pytest

from archives import REAL_ISSUE, files

FEATURES = [
    ("加强培训助力卫生援疆再踏新征程", [], 5),
    ("武进工作组多措并举，助力尼勒克打赢脱贫攻坚战", ["武进工作组"], 7),
    ("南京工作组四措并举推进伊宁市脱贫攻坚工作", ["南京工作组"], 1),
    ("江阴工作组发挥援疆优势助力乡村发展“大跨步”", ["江阴工作组"], 4),
]
BRIEFS = [
    ("扬州新源两地青少年手拉手、心连心共圆美丽中国梦", ["扬州工作组"], 1),
    ("淮安援疆干部认真学习讨论兵团特殊作用", ["淮安工作组"], 1),
    ("海门20万册援疆“爱心寄语”图书抵达伊宁", ["南通工作组"], 1),
    ("泰州工作组成功促成扬州泰州国际机场与昭苏机场战略合作", ["泰州工作组"], 1),
]


@pytest.fixture
def real_issue(jianbao, archive):
    before = files(archive)
    result = jianbao("read", "--json", REAL_ISSUE)
    assert (result.returncode, result.stderr) == (0, "")
    assert files(archive) == before
    return json.loads(result.stdout)


def test_the_real_masthead(real_issue):
    assert real_issue["title"] == "援疆工作简报"
    assert (real_issue["year"], real_issue["number"], real_issue["cumulative"]) == (2017, 20, 20)
    assert real_issue["date"] == "2017-08-07"
    assert real_issue["issuer"] == "江苏省对口支援新疆伊犁州前方指挥部"


def test_the_real_articles(real_issue):
    found = {"feature": [], "brief": []}
    for article in real_issue["articles"]:
        row = (article["title"], article["work_groups"], len(article["paragraphs"]))
        found[article["kind"]].append(row)
    assert found == {"feature": FEATURES, "brief": BRIEFS}


def test_the_two_headlines_that_differ_are_both_kept(real_issue):
    warnings = [w for w in real_issue["warnings"] if w["kind"] == "contents_title_mismatch"]
    assert [w["line"] for w in warnings] == [25, 41]
    first, second = real_issue["articles"][:2]
    assert first["subtitle"] == "伊犁州卫生援疆医疗人才培训班顺利开班"
    assert first["contents_title"].endswith("——伊犁州卫生援疆医疗人才培养班顺利开班")
    assert second["contents_title"] == "武进工作组对口援疆多措并举，助力尼勒克打赢脱贫攻坚战"


def test_the_real_distribution_list(real_issue):
    assert len(real_issue["distribution"]) == 10
    assert real_issue["distribution"][0] == "中央新疆办"
    assert real_issue["distribution"][-1] == "后方单位有关领导同志"


def test_the_real_page_breaks_and_marks_are_mended(real_issue):
    text = "\n".join(p for article in real_issue["articles"] for p in article["paragraphs"])
    for healed in (
        "干事创业搭建平台",
        "脱贫摘帽目标，",
        "做好结对帮扶",
        "产业发展类、创新",
        "通过学习，淮安",
    ):
        assert healed in text
    assert "**" not in text
    assert "会议精神和《进一步" in text
    assert "投入援疆资金 7530 万元" in text, "a body's own spacing stays as printed"
    kinds = [warning["kind"] for warning in real_issue["warnings"]]
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "contents_title_mismatch": 2,
        "conversion_mark_removed": 2,
        "conversion_mark_replaced": 1,
        "doubtful_wording": 1,
        "page_break_joined": 5,
        "title_space_removed": 1,
    }


def test_people_get_a_table(jianbao):
    result = jianbao("read", REAL_ISSUE)
    assert "《援疆工作简报》2017年第20期（总第20期）" in result.stdout
    assert "a02　要目　武进工作组多措并举，助力尼勒克打赢脱贫攻坚战（7 段）" in result.stdout
    assert "工作组：武进工作组（“武进工作组”“武进第九批援疆工作组”）" in result.stdout
    assert "请核对（3 处）" in result.stdout


BAD_FILES = {
    "空.txt": (b"", "文件是空的"),
    "空白.txt": (b" \n\t\n", "文件是空的"),
    "合同.txt": ("采购合同\n甲方：某公司\n".encode(), "没有找到报头的期号"),
    "没有文章.txt": ("援疆工作简报\n2017年第1期\n前方指挥部\n2017年1月1日\n".encode(), "没有找到任何文章"),
    "图片.txt": (bytes(range(256)) * 4, "编码无法识别"),
    "简报.doc": (b"\xd0\xcf\x11\xe0", "另存为"),
    "简报.xyz": (b"x", "不认识的文件类型“.xyz”"),
    "一行.txt": (("长" * 1_700_000).encode(), "第1行有 1700000 字"),
}


@pytest.mark.parametrize("command", ["read", "import"])
@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_ends_with_one_clear_line(jianbao, archive, name, command):
    content = BAD_FILES[name]
    data, message = content if isinstance(content, tuple) else (content, "没有找到报头的期号")
    (archive / name).write_bytes(data)
    before = files(archive)
    result = jianbao(command, name, timeout=10)
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.startswith(f"错误：{name}：")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(archive) == before


def test_no_such_file(jianbao):
    result = jianbao("read", "没有.txt")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "错误：没有.txt：没有这个文件；请核对文件名和所在文件夹\n"


@pytest.mark.parametrize("arguments", [[], ["read"], ["red"], ["read", "--jsn", "a"], ["read", "a", "b"]])
def test_wrong_usage_has_a_status_of_its_own(jianbao, arguments):
    result = jianbao(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("用法错误：")
    assert result.stderr.count("\n") == 1
