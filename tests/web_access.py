"""What tests that walk all routes share: one thing of each kind for the addresses, and what each form must bring."""

import re
from datetime import date
from types import SimpleNamespace

from django.urls import get_resolver, reverse
from django.utils import timezone

from taizhang.reports.snapshot import to_json
from taizhang.web.ledger import history, snapshots
from taizhang.web.ledger.models import (
    Assignment,
    BuildState,
    BuiltReport,
    Connector,
    Forewarning,
    FundLine,
    Gauge,
    Gauging,
    Inquiry,
    Landmark,
    Messenger,
    Notice,
    Pull,
    PullState,
    Record,
    RecordCitation,
    Report,
    ReportState,
    Role,
    RoleName,
    Sample,
    SampleItem,
    SavedView,
    Snapshot,
    Stage,
    Subject,
    Supposition,
    Taking,
    Threshold,
    Upload,
)
from taizhang.web.ledger.workflow import registers
from web_assessing import evidence, given
from web_people import person
from web_records import FARM, record

REPORT = """表1 “组建产业学院”任务完成情况表

| 序号 | 2023年计划 | 2023年完成情况 | 完成率 |
|---|---|---|---|
| 1 | ①制定章程1项 | ①已制定章程1项 | 100% |
"""
# What the checker said of a report with one finding.
CHECKED = {
    "files": ["自评报告.docx"],
    "coverage": {"numbers": 3, "read": 3, "linked": 0, "checked": 3},
    "profile": "通用",
}
FINDING = {
    "code": "TGT001", "kind": "below_target_claimed_done", "severity": "error", "message": "低于目标却写 100%",
    "file": "自评报告.docx", "table": "1", "row": "课程（门）", "text": "100%", "printed": "100%", "expected": "80%",
    "source": {"paragraph": 9, "table": 1, "row": 1, "column": 4}, "related": [], "fingerprint": "0123456789ab",
}  # fmt: skip
# An import of which each run is given its file.
CONNECTOR = "name: 人事系统\nsource: {kind: csv}\nvalue: {indicator: 编号, period: 期, number: 值}\n"
# The thing that the first number of an address names, by the address up to it.
THINGS = {
    "programmes/<int:pk>": "programme",
    "programmes/<int:pk>/periods/<int:period_pk>": "period",
    "points/<int:pk>": "point",
    "indicators/<int:pk>": "indicator",
    "entries/<int:pk>": "entry",
    "entries/views/<int:pk>": "view",
    "rounds/<int:pk>": "round",
    "judging/<int:pk>": "round",
    "judging/samples/<int:pk>": "sample",
    "judging/items/<int:pk>": "entry",
    "inquiries/<int:pk>": "inquiry",
    "oversight/<int:pk>": "round",
    "oversight/assignments/<int:pk>": "assignment",
    "evidence/<int:pk>": "evidence",
    "evidence/uploads/<uuid:pk>": "upload",
    "citations/<int:pk>": "citation",
    "takings/<int:pk>": "taking",
    "notices/<int:pk>": "notice",
    "reports/<int:pk>": "report",
    "built/<int:pk>": "built",
    "findings/<int:pk>": "finding",
    "people/<int:pk>": "person",
    "units/<int:pk>": "unit",
    "me/revoke/<int:pk>": "lent",
    "warnings/<int:pk>": "forewarning",
    "warnings/thresholds/<int:pk>": "threshold",
    "warnings/messengers/<int:pk>": "messenger",
    "diagnoses/gauges/<int:pk>": "gauge",
    "suppositions/<int:pk>": "supposition",
    "connectors/<int:pk>": "connector",
    "pulls/<int:pk>": "pull",
    "records/<int:pk>": "record",
    "records/views/<int:pk>": "record_view",
    "records/citations/<int:pk>": "record_citation",
    "partners/<int:pk>": "partner",
    "places/<int:pk>": "place",
}
# Parts of an address that say which kind of thing its numbers name: each kind has rows of its own.
KINDS = {
    # The dashboards, each with a chart of it.
    "key": {"programme": "tasks", "units": "task-years", "indicators": "indicator-", "business": "levels", "network": "network", "province": "colleges"},
    "what": {"tasks": "task", "points": "point", "indicators": "indicator"},
    "table": {"funds": "fund", "landmarks": "landmark"},
    "thing": {
        "entry": "entry", "point": "point", "indicator": "indicator", "task": "task", "programme": "programme", "round": "round",
        "evidence": "evidence", "report": "report", "unit": "unit", "person": "person", "record": "record",
    },
}  # fmt: skip
# The other parts of an address.
OTHERS = {
    "kind": "training_programme",
    "number": 1,
    "verb": "circulate",
    "form": "json",
    "page": 1,
    "index": 1,
    "who": "MQ",
    "token": "c0-ffee",
    "term": "2025-2026-1",
}
# Where the thing must have come to for the step to be due.
STAGES = {
    "entry-withdraw": {"stage": Stage.SUBMITTED},
    "entry-approve": {"stage": Stage.SUBMITTED},
    "entry-return": {"stage": Stage.SUBMITTED},
    "entry-lock": {"stage": Stage.APPROVED},
    "entry-see": {"stage": Stage.APPROVED, "altered": True},
    "entry-correct": {"stage": Stage.APPROVED},
}
RECORD_STAGES = {
    "record-take-back": {"stage": Stage.SUBMITTED}, "record-confirm": {"stage": Stage.SUBMITTED}, "record-return": {"stage": Stage.SUBMITTED},
    "record-lock": {"stage": Stage.APPROVED}, "record-see": {"stage": Stage.APPROVED, "altered": True}, "record-reopen": {"stage": Stage.LOCKED},
    "record-restore": {"withdrawn_at": timezone.now()},
}  # fmt: skip
# The least that a form must bring so that permission, and not a missing field, decides; of others a word that means nothing.
ANY = {"sent": "1"}
DEADLINES = {
    "due_person": "2027-01-01", "due_department": "2027-01-05", "due_team": "2027-01-08", "due_school": "2027-01-20",
}  # fmt: skip
BODIES = {
    "login": {"username": "baogao", "password": "chunfeng"},
    "found": {"name": "第二轮建设", "first_year": 2024, "last_year": 2028, "profile": "provincial"},
    "versions": {"label": "批复稿"},
    "programme_settings": {"name": "省域高水平高职学校建设", "profile": "provincial"},
    "plan_drop": {"reason": "任务合并"},
    "result_add": {"year": 2024, "source": "5-own", "budget": "1", "arrived": "1", "spent": "1", "seen": "0"},
    "formula": {"method": "derived", "kind": "award", "operation": "count", "seen": "0"},
    "entry-save": {"version": 1, "text": "新建校级课程 7 门"},
    "entry-return": {"reason": "请补佐证"},
    "entry-correct": {"version": 1, "text": "新建校级课程 8 门", "why": "笔误"},
    "entry-steps": {"verb": "submit", "all": "1"},
    "view-keep": {"name": "待审", "query": "whose=waiting"},
    "round-open": {"name": "再报一轮", **DEADLINES},
    "round-put-off": {**DEADLINES, "reason": "节假日"},
    "round-reopen": {"reason": "补报"},
    "judge": {"verdict": "settled"},
    "inquire": {"wanted": "课程清单"},
    "inquiry": {"answer": "见附件"},
    "warning_handle": {"reason": "招标流标", "measure": "重新挂网"},
    "warning_reopen": {"reason": "措施没有落实"},
    "judging_samples": {"size": 1, "seed": 1},
    "finding_exempt": {"reason": "等发文", "until": "2099-01-01"},
    "person_add": {"username": "xinren", "name": "新人"},
    "unit_add": {"name": "教研室", "kind": "department"},
    "unit_rename": {"name": "教务部"},
    "evidence-withdraw": {"reason": "传错了"},
    "built-remark": {"text": "请核对表 2-1"},
    "record-enter": {"title": "采茶工培训", "state": "held"},
    "record-edit": {"version": 1, "title": "采茶工培训", "state": "held", "why": "笔误"},
    "record-move": {"version": 1, "state": "settled"},
    "record-return": {"reason": "请补名单"},
    "record-reopen": {"reason": "已验收"},
    "record-drop": {"reason": "重复"},
    "record-steps": {"verb": "submit"},
    "record-view-keep": {"name": "待办", "query": "kind=award"},
    "partner-describe": {"version": 1, "name": "甲机械厂"},
    "place-describe": {"version": 1, "name": "桥头新村"},
    "partner-alias": {"name": "甲机"},
    "place-alias": {"name": "桥头"},
    "partner-merge": {"into": "乙厂"},
    "place-merge": {"into": "松岭村"},
    "kind-declare": {"text": FARM, "save": "1"},
    "person_change": {"name": "林晓", "phone": "0000"},
}


def world(scene):
    """The scene with one thing of each kind, all of them of the college and its 教务处."""
    people, entry, now = scene.people, scene.entries[0], timezone.now()
    entry.text = "新建校级课程 6 门"
    entry.save()
    another = person("zhuanjia2", "祁山", scene.province, (RoleName.EXPERT, scene.province))
    piece = evidence(scene, "课程建设名单", entry)
    history.record(scene.college, people.office, "found", scene.programme)
    sample = Sample.objects.create(round=scene.round, drawn_by=people.office, drawn_at=now, seed=1)
    SampleItem.objects.create(sample=sample, entry=entry, risk=10)
    report = Report.objects.create(
        college=scene.college, unit=scene.teaching, programme=scene.programme, blob=piece.blob, file_name="自评报告.docx",
        uploaded_at=now, uploaded_by=people.reporter, state=ReportState.CHECKED, result=CHECKED,
    )  # fmt: skip
    told = record(scene)
    named = {name: registers.partners_named(scene.college, [name])[name] for name in ("甲厂", "乙厂")}
    found = {name: registers.places_named(scene.college, [name])[name] for name in ("桥头村", "松岭村")}
    return SimpleNamespace(
        record=told, partner=named["甲厂"], place=found["桥头村"],
        record_view=SavedView.objects.create(person=people.reporter, page="records", name="待办", query="kind=award"),
        record_citation=RecordCitation.objects.create(
            record=told, evidence=piece, cited_at=now, cited_by=people.reporter
        ),
        finding=report.findings.create(
            number=1, fingerprint="0123456789ab", code="TGT001", severity="error", content=FINDING
        ),
        scene=scene, programme=scene.programme, task=scene.task, point=scene.points[0], indicator=scene.indicator, entry=entry,
        round=scene.round, unit=scene.teaching, person=people.reporter, evidence=piece, citation=piece.citations.get(),
        uncited=evidence(scene, "培训办法"), sample=sample, role=people.reporter.roles.get(), period=scene.periods["year"],
        assignment=Assignment.objects.create(
            expert=another, round=scene.round, given_by=people.province, given_at=now
        ),
        inquiry=Inquiry.objects.create(entry=entry, expert=another, wanted="课程清单", asked_at=now),
        upload=Upload.objects.create(
            person=people.reporter, unit=scene.teaching, file_name="通知.pdf", size=8, begun_at=now
        ),
        forewarning=Forewarning.objects.create(
            college=scene.college, unit=scene.teaching, key=f"point:{scene.points[0].pk}", name="新建校级课程 6 门",
            point=scene.points[0], programme=scene.programme, cause="gap", level=2, reach=2, sentence="进度落后",
            raised_on=date(2024, 6, 1),
        ),
        threshold=Threshold.objects.create(college=scene.college, name="gap_red", number=50),
        messenger=Messenger.objects.create(college=scene.college, kind="mail", name="每日摘要", recipients="office@example.edu.cn"),
        gauge=(gauge := Gauge.objects.create(college=scene.college, kind="specialty", name="报到率", yellow=90, red=80)),
        gauging=Gauging.objects.create(
            subject=Subject.objects.create(college=scene.college, unit=scene.teaching, kind="specialty", code="S1", name="护理"),
            gauge=gauge, term="2025-2026-1", number=78,
        ),
        connector=(connector := Connector.objects.create(
            college=scene.college, unit=scene.teaching, programme=scene.programme, name="人事系统", text=CONNECTOR,
            declared_at=now, declared_by=people.office,
        )),
        pull=Pull.objects.create(connector=connector, text=CONNECTOR, pulled_at=now, state=PullState.SHOWN, rows=1),
        fund=FundLine.objects.create(programme=scene.programme, year=2025, source="5-own", budget=1),
        supposition=Supposition.objects.create(round=scene.round, name="补上两项", entries=[], made_at=now, made_by=people.office),
        landmark=Landmark.objects.create(programme=scene.programme, name="教学成果奖", unit=scene.teaching),
        taking=Taking.objects.create(
            programme=scene.programme, file_name="自评.md", sha256="0" * 64, content=REPORT.encode(), begun_at=now,
            begun_by=people.office, unit=scene.teaching,
        ),
        view=SavedView.objects.create(person=people.reporter, page="entries", name="待填", query="whose=todo"),
        notice=Notice.objects.create(person=people.reporter, text="请填报", made_at=now),
        report=report, built=built(scene, piece),
        lent=Role.objects.create(
            person=people.colleague, unit=scene.training, name=RoleName.LEAD, lent_by=people.lead, until=date(2020, 1, 1)
        ),
    )  # fmt: skip


def built(scene, piece):
    """A report that the ledger wrote, not yet circulated."""
    now, office = timezone.now(), scene.people.office
    told = snapshots.taken(scene.periods["mid"], "中期报告", date(2026, 3, 1))
    frozen = Snapshot.objects.create(
        programme=scene.programme, period=scene.periods["mid"], name="中期报告", taken_at=now, taken_by=office,
        sha256=told.sha256, content=to_json(told),
    )  # fmt: skip
    made = BuiltReport.objects.create(
        college=scene.college, programme=scene.programme, snapshot=frozen, kind="selfevaluation", title="中期报告",
        state=BuildState.BUILT, made_at=now, made_by=office,
    )  # fmt: skip
    made.files.create(number=1, origin="built", blob=piece.blob, file_name="中期报告.docx", made_at=now, made_by=office)
    return made


def body_of(made, name):
    """What the form of a route brings: bodies that name other things of the world, or those of the table above."""
    scene = made.scene
    return {
        "lend": {"role": made.role.pk, "to": scene.people.colleague.pk},
        "role_give": {"unit": scene.training.pk, "name": "lead"},
        "unit_move": {"parent": scene.team.pk},
        "upload-begin": {"unit": scene.teaching.pk, "name": "通知.txt", "size": "8"},
        "entry-cite": {"evidence": made.uncited.pk},
        "record-cite": {"evidence": made.uncited.pk},
    }.get(name) or BODIES.get(name, ANY)


def lock_and_give(made):
    """The items are locked, and the round is given to the expert of the cast."""
    given(made.scene)
    made.entry.refresh_from_db()
    made.record.stage = Stage.LOCKED
    made.record.save()
    made.inquiry.expert = made.scene.people.expert
    made.inquiry.save()


def prepare(made, name):
    """Bring the entry to where the step of a route is due; what the route before it did was undone."""
    made.entry.refresh_from_db()
    for field, value in STAGES.get(name, {}).items():
        if made.entry.stage != Stage.LOCKED:
            setattr(made.entry, field, value)
    made.entry.save()
    if name.startswith("record-") and made.record.stage != Stage.LOCKED:
        Record.objects.filter(pk=made.record.pk).update(**RECORD_STAGES.get(name, {"stage": Stage.DRAFT}))


def addresses(made):
    """Every address of the site in this world, `(route, as people read it, where it leads)`."""
    for route in get_resolver().url_patterns:
        kinds = next((KINDS[name] for name in route.pattern.converters if name in KINDS), {"": ""})
        for kind, thing in kinds.items():
            arguments = {
                name: argument(str(route.pattern), name, kind, thing, made) for name in route.pattern.converters
            }
            text = "/" + re.sub(
                r"<\w+:(\w+)>", lambda part, kind=kind: kind if part[1] in KINDS else f"<{part[1]}>", str(route.pattern)
            )
            yield route, text, reverse(route.name, kwargs={**arguments, **(route.default_args or {})})


def argument(pattern, name, kind, thing, made):
    """One part of an address; fails with what is to be added where it names a thing not known here."""
    if name in KINDS:
        return kind
    if name in OTHERS:
        return OTHERS[name]
    if name == "chart":
        return f"{thing}{made.indicator.pk}" if thing == "indicator-" else thing
    if name == "role_pk":
        return made.role.pk
    if thing and (
        name == "row_pk" or "<int:pk>" in pattern.partition("<str:thing>")[2] + pattern.partition("<plan:what>")[2]
    ):
        return getattr(made, thing).pk
    upto = pattern[: pattern.index(f":{name}>") + len(name) + 2]
    assert upto in THINGS, f"tests/web_access.py does not know what {upto} names"
    return getattr(made, THINGS[upto]).pk
