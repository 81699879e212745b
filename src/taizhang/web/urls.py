"""The whole site on one screen."""

from django.urls import URLPattern, path, register_converter

from taizhang.web.pages import desk, door, entries, filling, history, plan, reviewing

register_converter(plan.What, "plan")

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("login/", door.login, name="login"),
    path("logout/", door.logout, name="logout"),
    # 建设方案
    path("programmes/", plan.programmes, name="programmes"),
    path("programmes/add/", plan.found, name="found"),
    path("programmes/<int:pk>/", plan.programme, name="programme"),
    path("programmes/<int:pk>/points/", plan.points, name="points"),
    path("programmes/<int:pk>/indicators/", plan.indicators, name="indicators"),
    path("programmes/<int:pk>/versions/", plan.versions, name="versions"),
    path("programmes/<int:pk>/<plan:what>/add/", plan.edit, name="plan_add"),
    path("programmes/<int:pk>/<plan:what>/<int:row_pk>/edit/", plan.edit, name="plan_edit"),
    path("points/<int:pk>/", plan.point, name="point"),
    path("indicators/<int:pk>/", plan.indicator, name="indicator"),
    path("plan/<plan:what>/<int:pk>/drop/", plan.drop, name="plan_drop"),
    # 填报项
    path("entries/", entries.entries, name="entries"),
    path("entries/steps/", reviewing.steps, name="entry-steps"),
    path("entries/<int:pk>/", entries.entry, name="entry"),
    path("entries/<int:pk>/save/", filling.save, name="entry-save"),
    path("entries/<int:pk>/submit/", reviewing.step, {"verb": "submit"}, name="entry-submit"),
    path("entries/<int:pk>/withdraw/", reviewing.step, {"verb": "withdraw"}, name="entry-withdraw"),
    path("entries/<int:pk>/approve/", reviewing.step, {"verb": "approve"}, name="entry-approve"),
    path("entries/<int:pk>/return/", reviewing.step, {"verb": "return"}, name="entry-return"),
    path("entries/<int:pk>/lock/", reviewing.step, {"verb": "lock"}, name="entry-lock"),
    path("entries/<int:pk>/see/", reviewing.step, {"verb": "see"}, name="entry-see"),
    path("entries/<int:pk>/correct/", reviewing.correct, name="entry-correct"),
    # 历史
    path("history/", history.changes, name="changes"),
    path("history/<str:thing>/<int:pk>/", history.of_thing, name="history_of"),
]
