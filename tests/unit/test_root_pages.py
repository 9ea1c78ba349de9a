"""The files at the root of a published folder."""

import json

from jianbao.edition import Name
from jianbao.editions import root_pages
from published_folders import edition

FILES = root_pages.files([edition("2017.20.1"), edition("2017.20")], Name(2017, 20), ["issues", "index.html"])


def test_versions_json_is_as_mike_writes_it():
    assert json.loads(FILES["versions.json"]) == [
        {"version": "2017.20.1", "title": "2017.20.1", "aliases": []},
        {"version": "2017.20", "title": "2017.20", "aliases": ["latest"]},
    ]


def test_versions_js_is_for_pages_without_a_server():
    text = FILES["versions.js"]
    assert text.startswith("window.jianbaoVersions = ") and text.endswith(";\n")
    said = json.loads(text.removeprefix("window.jianbaoVersions = ").removesuffix(";\n"))
    assert said["latest"] == "2017.20"
    assert said["versions"][0] == {
        "version": "2017.20.1",
        "title": "2017.20.1",
        "aliases": [],
        "date": "2017-08-08",
    }


def test_the_root_leads_to_the_newest_without_a_script():
    assert 'content="0; url=latest/index.html"' in FILES["index.html"]
    assert "<script" not in FILES["index.html"]


def test_a_name_in_the_archive_does_not_end_the_script():
    page = root_pages.files([], Name(2017, 20), ["</script>"])["404.html"]
    assert page.count("</script>") == 1


def test_every_file_may_stand_at_the_root():
    assert set(FILES) <= set(root_pages.NAMES)
