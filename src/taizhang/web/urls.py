"""The whole site on one screen."""

from django.urls import URLPattern, path, register_converter

from taizhang.web.pages import (
    desk,
    door,
    entries,
    filling,
    history,
    inquiries,
    judging,
    oversight,
    plan,
    reviewing,
    samples,
    taking,
)

register_converter(plan.What, "plan")

urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("login/", door.login, name="login"),
    path("logout/", door.logout, name="logout"),
    # 导入
    path("programmes/<int:pk>/takings/", taking.takings, name="takings"),
    path("takings/<int:pk>/", taking.taking, name="taking"),
    path("takings/<int:pk>/tables/<int:index>/", taking.table, name="taking_table"),
    path("takings/<int:pk>/decide/", taking.decide, name="taking_decide"),
    path("takings/<int:pk>/write/", taking.write, name="taking_write"),
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
    # 评审
    path("judging/", judging.desk, name="judging"),
    path("judging/<int:pk>/", judging.items, name="judging_round"),
    path("judging/<int:pk>/samples/", samples.samples, name="judging_samples"),
    path("judging/samples/<int:pk>/", samples.sample, name="judging_sample"),
    path("judging/samples/<int:pk>/sheet/", samples.sample_sheet, name="judging_sample_sheet"),
    path("judging/items/<int:pk>/", judging.item, name="judging_item"),
    path("judging/items/<int:pk>/judge/", judging.judge, name="judge"),
    path("judging/items/<int:pk>/inquire/", judging.inquire, name="inquire"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("inquiries/<int:pk>/", inquiries.inquiry, name="inquiry"),
    path("oversight/", oversight.oversight, name="oversight"),
    path("oversight/<int:pk>/", oversight.assigning, name="assigning"),
    path("oversight/assignments/<int:pk>/end/", oversight.end, name="assignment_end"),
]
