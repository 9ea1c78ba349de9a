"""jianbao (简报): a static archive for Chinese government work bulletins.

The way of the data, and where each step is::

    source file      sources/          bytes of any form → lines
    Issue            recognise/        lines → issue.Issue, repairs reported
                     vocabulary.py     the tags there are
                     tagging.py        Issue → Issue with tags, each with its reason
                     word_finder.py    words in a text, the longest first
                     importer.py       all of the above, for one file
    Markdown page    page.py           Issue ↔ page (literal.py: text that Markdown shows as it is)
                     skeleton.py       the page of an issue without a source, to be typed
                     archive.py        docs/: where pages and originals are
                     redirects.py      addresses that have moved
                     history.py        what git says: the commit, the editions published (edition.py)
    part             part.py           the issues of some years, single issues, as a docs/ of their own
    findings         check/            numbered rules over the pages, what they find and how to mend it
    MkDocs site      markdown_dialect  what Markdown a page may hold, and how an article shows
                     typography.py     headings, leads, notes and credits in an article's text
                     shelf.py          all issues in order, with their addresses
    search index     search/           articles → documents → postings and facets → shards (index.py)
    the rest         site/             lists, charts, feeds and data, from all issues together
                     feed_xml.py       what the feeds in XML have in common
                     build/            all of these → the site's folder: what has changed, on all cores
                     plugin.py         all of these → MkDocs; site_builder.py starts it
    edition          editions/         site → published folder → bundle, WARC; verify.py checks them
    a new archive    new_archive.py    starter/, overrides/ and the guide → a folder of another bulletin's own
    a tag's new name vocabulary_care/  which tags are used; one renamed or merged in all files
    paper            print_pdf.py      an issue's page → PDF, by the system's Chromium
    a person         review/           source beside page, doubts to tick off, tags to change, in the browser
    command          commands/         arguments and messages; report.py: what `read` prints
                     chinese_click.py  click's help and errors in Chinese
                     cli.py            the commands together, errors, exit status

Templates, styles and the search client are in overrides/. No module imports one that comes after it.
"""
