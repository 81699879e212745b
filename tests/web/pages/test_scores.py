"""The page of the projected grade: its working, what would change it, and what is still owed."""

from taizhang.web.ledger.models import Entry


def page_of(scene, as_, **asked):
    return as_("office").get(f"/programmes/{scene.programme.pk}/scores/", asked).content.decode()


def test_what_gives_most_comes_first_and_says_how(scene, as_):
    Entry.objects.filter(pk=scene.value.pk).update(number=3, text="3")
    page = page_of(scene, as_)
    assert "学校 50 分 × 100% = 50 分" in page
    assert "离“中”还差 10 分" in page
    assert "没有达到目标，完成度 50%：50 分中得 25 分" in page
    assert "要写明偏差原因和改进措施" in page
    assert "借用财预〔2020〕10号自评表" in page


def test_what_nobody_can_compute_is_ticked(scene, as_):
    scene.programme.profile = "national"
    scene.programme.save()
    Entry.objects.filter(pk=scene.value.pk).update(number=6, text="6")
    page = page_of(scene, as_, fails="偏离建设方案的目标", management="17")
    assert "偏离建设方案的目标，直接评为“差”" in page
    assert "“管理与执行”得分 17 低于 18 分" in page


def test_a_round_is_chosen_and_without_one_the_page_says_so(scene, as_):
    assert "2025 年中期填报" in page_of(scene, as_, round=scene.round.pk)
    Entry.objects.all().delete()
    scene.round.delete()
    assert "还没有填报轮次" in page_of(scene, as_)
