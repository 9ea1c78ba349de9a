"""Editions (版本): site → published folder. What is published stays as it is, and can be checked.

``manifest.py`` says what an edition's files are, ``store.py`` keeps equal files once, ``published.py`` is the folder
that a web server serves, ``publishing.py`` changes it, ``changes/`` tells what an edition changed. ``bundle.py`` makes
the zip to carry away, ``warc.py`` the web archive to keep; ``verify.py`` checks the lot.
"""
