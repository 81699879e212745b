"""The whole site on one screen."""

from django.urls import URLPattern, path

from taizhang.web.pages import desk, door

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("login/", door.login, name="login"),
    path("logout/", door.logout, name="logout"),
]
