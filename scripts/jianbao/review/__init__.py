"""Looking an issue over: its source beside its page, what was repaired and doubted, and its tags to change."""
