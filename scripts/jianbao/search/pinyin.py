"""Pinyin of titles and tags, so that ``wujin`` and ``wjgzz`` find 武进工作组.

Each syllable is one character of the private use plane 15, and so is each initial letter: a title's pinyin is
a stream like any other text, with the same tokens, lists and places. ``overrides/assets/search/pinyin.js``
cuts what a reader types into the same characters.
"""

from __future__ import annotations

import functools
import re

from pypinyin import lazy_pinyin

from jianbao.search import bigrams

# The syllables of Hanyu Pinyin without tones (GB/T 16159), ü as v, as pypinyin gives them and input methods
# take them. Their order is part of the index: add new ones at the end.
_TABLE = """
a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen
ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong
cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui
dun duo e ei en eng er fa fan fang fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu
gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun
huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao ke kei ken keng kong kou
ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu
lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
na nai nan nang nao ne nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve o ou
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie qin qing qiong
qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo sa sai san sang sao se sen
seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song
sou su suan sui sun suo ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa
wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao
ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe
zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
SYLLABLES = tuple(_TABLE.split())
SYLLABLE_BASE = 0xF0000
INITIAL_BASE = 0xF1000

_SYMBOLS = {syllable: chr(SYLLABLE_BASE + place) for place, syllable in enumerate(SYLLABLES)}
_HAN_RUN = re.compile(f"[{bigrams.HAN}]+")


@functools.lru_cache(maxsize=4096)
def stream(text: str) -> str:
    """The pinyin of ``text`` as a stream: its syllables, two spaces, its initials; other script parts them.

    Where a character has several readings, it is the one that pypinyin gives it in its word.
    """
    runs = [lazy_pinyin(run, errors="ignore") for run in _HAN_RUN.findall(text)]
    runs = [[syllable for syllable in run if syllable in _SYMBOLS] for run in runs]
    full = " ".join("".join(_SYMBOLS[s] for s in run) for run in runs if run)
    initials = " ".join("".join(chr(INITIAL_BASE + ord(s[0])) for s in run) for run in runs if run)
    return f"{full}  {initials}" if full else ""
