"""jianbao (简报): a static archive for Chinese government work bulletins.

The way of the data, and where each step is::

    source file      sources/          bytes of any form → lines
    Issue            recognise/        lines → issue.Issue, repairs reported
                     vocabulary.py     the tags there are
                     tagging.py        Issue → Issue with tags, each with its reason
                     importer.py       all of the above, for one file
    Markdown page    page.py           Issue ↔ page (literal.py: text that Markdown shows as it is)
                     archive.py        docs/: where pages and originals are
    MkDocs site      plugin.py         pages → site, with site_builder.py to start MkDocs
    search index     search/           articles → tokens → index
    command          cli.py            arguments and messages; report.py: what `read` prints

No module imports one that comes after it.
"""
