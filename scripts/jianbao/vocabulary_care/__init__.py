"""Vocabulary care: which tags are used, and giving a tag another name everywhere in one step.

=========  =============================================================================================
uses.py    how often each tag is used, those that the vocabulary does not have, those that look alike
names.py   Vocabulary → Vocabulary: a tag renamed, a tag merged into another
text.py    the same change in the text of ``docs/vocabulary.yml``, no other line touched
plan.py    all files that a change alters: vocabulary, pages, moved addresses; written together
=========  =============================================================================================
"""
