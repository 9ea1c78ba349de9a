"""Making the site quickly: only what has changed, on all cores, the same bytes each time.

==============  ============================================================================================
cache.py        what is kept from one build to the next; it can be deleted at any time
workers.py      work shared among processes
reading.py      docs/issues/ → the shelf; a page is parsed again only when it has changed
rendering.py    a page as MkDocs makes it, beside MkDocs' own loop over all pages
output.py       the site's folder: what each part of it was made from, and what is to be written again
relations.py    which articles are related, worked out again only where something can have changed
indexing.py     the search index, made on all cores or changed where an issue has
building.py     all of these together
==============  ============================================================================================

Each part of the site has a key, which stands for everything that it depends on (``site.Part``). A part whose key
is what it was, and whose files are as they were written, is left alone; everything else is made, and what belongs to
no part is removed. So an incremental build gives what a full build gives, and an interrupted one goes on.
"""
