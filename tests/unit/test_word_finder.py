"""Words in a text: the longest wins, one that only overlaps stays."""

import pytest

from jianbao.word_finder import WordFinder


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["伊宁", "伊宁市"], "伊宁市与伊宁", ["伊宁市", "伊宁"]),
        (["新源", "创新源"], "创新源头，新源县", ["创新源", "新源"]),
        (["公益", "公益性岗位", "岗位"], "公益性岗位和公益岗位", ["公益性岗位", "公益", "岗位"]),
        (["教育部", "部门"], "教育部门", ["教育部", "部门"]),
        (["医院"], "医院医院", ["医院", "医院"]),
        ([], "医院", []),
        (["医院"], "", []),
    ],
)
def test_words_found(words, text, found):
    assert list(WordFinder(words).find(text)) == found
