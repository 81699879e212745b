"""The pages hold templates and static files, and no table."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Templates and static files."""

    name = "taizhang.web.pages"
    label = "pages"
