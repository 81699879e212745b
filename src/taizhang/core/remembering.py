"""What a text says hangs on the text alone, and on the profile: it is taken apart once in a process, not once a report.

Rules ask for the same sentence again and again, and so do the next draft of a report, its sisters, and the next check
in the browser. Only what depends on nothing else, and is never changed once it is made, may be kept so.
"""

from functools import lru_cache

TEXTS = 8192  # as many as six reports of ninety tables have; the longest unused go first
PROFILES = 16

per_text = lru_cache(maxsize=TEXTS)
per_profile = lru_cache(maxsize=PROFILES)
