"""What the server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.web.settings")
application = get_wsgi_application()

# After Django is set up, not before: the first person to save an item after a start must not wait for the rules.
from taizhang.web.ledger.judging import warm  # noqa: E402 - as above

warm()
