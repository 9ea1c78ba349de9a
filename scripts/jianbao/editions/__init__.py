"""Editions: a site that was published, beside those before it."""
