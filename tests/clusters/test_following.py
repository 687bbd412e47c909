"""A published study is followed: values over time, lessons, the judgement; nothing is altered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.refusals import Refused
from activity import events
from activity.figures import figure
from activity.judging import Criterion
from activity.models import Event
from clusters import actions
from clusters.models import Reading
from clusters.studies import evidence, following
from tests.clusters.test_studies import written
from tests.factories.clusters import ClusterFactory

LINE = {"id": 1, "indicator": "Dry timber, %", "baseline": "10", "target": "60",
        "start": date(2025, 1, 1), "end": date(2025, 12, 31)}  # fmt: skip


@pytest.fixture
def study(team, signed_in):
    """Published, with one line of the plan."""
    study = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    written(study, signed_in(team.coordinator))
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)
    study.refresh_from_db()
    return study


def reading(day: date, value: str) -> Reading:
    return Reading(day=day, value=Decimal(value), status="under_way", source="Visits")


def test_values_are_drawn_where_their_days_stand_between_start_and_end():
    found = following.chart(LINE, [reading(date(2025, 4, 11), "22.5")])
    assert found.title == (
        "Dry timber, %: 22.5 on 11 Apr 2025; 25 percent of the way from 10 to 60"
    )
    assert found.categories == ["1 Jan 2025", "11 Apr 2025", "31 Dec 2025"]
    assert [place - found.places[0] for place in found.places] == [0, 100, 364]
    measured = found.series[0]
    assert measured.values == [None, 22.5, None]
    drawn = figure(found)
    assert drawn["data"][0]["x"] == found.places
    assert drawn["layout"]["xaxis"]["ticktext"] == found.categories


def test_a_day_that_has_not_come_is_refused(study):
    coming = study.cluster.country.today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="has not come"):
        actions.add_reading(line=study.lines.get(), by=None, day=coming, value=Decimal(1),
                            status="under_way", source="Visits")  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"),
    [("60", "the target of 60 is reached"), ("70", "the target of 60 is reached"),
     ("9", "further from the target of 60 than at the baseline of 10"),
     ("59.9", "99 percent of the way"), ("10", "0 percent of the way")],
)  # fmt: skip
def test_the_title_says_how_far_it_came(value, said):
    assert said in following.chart(LINE, [reading(date(2025, 6, 1), value)]).title


def test_fewer_may_be_better_and_a_level_may_be_kept():
    down = LINE | {"baseline": "16", "target": "6"}
    title = following.chart(down, [reading(date(2025, 6, 1), "9")]).title
    assert "70 percent of the way from 16 to 6" in title
    with translation.override("fr"):
        kept = following.chart(
            LINE | {"baseline": "0.5", "target": "0.5"}, [reading(date(2025, 6, 1), "0.4")]
        )
        assert "0,5" in kept.title
    assert following.chart(LINE, []) is None


@given(st.sets(st.dates(date(2024, 1, 1), date(2027, 1, 1)), min_size=1, max_size=9))
def test_no_value_is_lost_nor_its_line_broken(days):
    found = following.chart(LINE, [reading(day, "20") for day in sorted(days)])
    values = list(found.series[0].values)
    first, count = values.index(20.0), len(days)
    assert values[first : first + count] == [20.0] * count
    assert list(found.places) == sorted(set(found.places))


def test_what_was_measured_before_line_and_study_is_the_baseline(team, study):
    (line,) = study.lines.all()
    said = {"value": 35, "status": "under_way", "source": "Visits"}
    with pytest.raises(Refused, match="begins on 1 January 2025; what was measured before"):
        actions.add_reading(line=line, by=None, day=date(1999, 1, 1), **said)
    line.start = date(2199, 1, 1)  # runs after its study came out
    assert actions.add_reading(line=line, by=None, day=team.country.today(), **said)
    assert line.readings.count() == 1


def test_a_lesson_has_its_day_and_author_and_is_read_by_everybody(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = study.get_absolute_url()
    said = {"text": "Start early", "day": "2025-07-01", "author": "The forum"}
    assert (
        "This field is required"
        in client.post(f"{at}lessons/", {"text": "Start early"}).content.decode()
    )
    odd = client.post(f"{at}lessons/", said | {"author": "The\u202eforum"}).content.decode()
    assert "a character that is not seen (U+202E)" in odd
    client.post(f"{at}lessons/", said | {"line": study.lines.get().pk})
    lesson = study.lessons.get()
    assert (lesson.by, lesson.line) == (team.coordinator, study.lines.get())
    page = Client().get(at).content.decode()
    assert "Start early" in page
    assert "The forum, 1 Jul 2025" in page
    assert team.coordinator.name not in page
    other = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    with pytest.raises(Refused, match="followed and judged once it is published"):
        actions.add_lesson(study=other, by=None, **said)


@pytest.mark.parametrize(
    ("day", "said"), [("0001-01-01", "before 1900"), ("9999-12-31", "That day has not come yet.")]
)
def test_a_lesson_is_of_a_day_that_was(team, study, signed_in, day, said):
    client, at = signed_in(team.coordinator), study.get_absolute_url()
    lesson = {"text": "Start early", "day": day, "author": "The forum"}
    assert said in client.post(f"{at}lessons/", lesson).content.decode()
    assert not study.lessons.exists()


def test_a_lesson_is_corrected_by_another_and_both_are_read(team, study, signed_in):
    client, at = signed_in(team.coordinator), study.get_absolute_url()
    said = {"text": "Start late", "day": date(2025, 7, 1), "author": "The forum"}
    wrong = actions.add_lesson(study=study, by=None, **said)
    place = f"{at}lessons/{wrong.pk}/"
    assert "Start late</textarea>" in client.get(place).content.decode()
    right = {"text": "Start early", "day": "2025-07-01", "author": "The forum"}
    assert "This field is required" in client.post(place, right).content.decode()
    client.post(place, right | {"reason": "A slip."})
    (lesson,) = study.lessons.standing()
    assert (lesson.text, lesson.replaces, lesson.by) == ("Start early", wrong, team.coordinator)
    page = Client().get(at).content.decode()
    assert "A slip. Before: “Start late” (The forum, 1 Jul 2025)" in page
    assert page.index("Start early") < page.index("Start late")
    assert client.get(place).status_code == 404
    with pytest.raises(Refused, match="corrected already"):
        actions.correct_lesson(lesson=wrong, reason="Again", by=None, **said)
    offered = evidence.grouped(study.cluster)["Lessons"]
    assert list(offered) == [f"lesson {study.pk} {lesson.pk}"]
    assert "corrected a lesson" in events.in_words(Event.objects.latest("pk"))


def test_study_and_plan_are_judged_by_unctads_criteria(team, study, signed_in):
    client = signed_in(team.coordinator)
    at = study.get_absolute_url()
    assert "What study and plan came to" not in Client().get(at).content.decode()
    client.post(f"{at}judgement/", {one.value: f"By {one.value}." for one in Criterion})
    client.post(f"{at}judgement/", {"impact": "Dry timber.", "skills": " "})
    assert "By skills." in client.get(f"{at}judgement/").content.decode()
    page = Client().get(at).content.decode()
    assert "Dry timber." in page
    assert "By replicability." in page
    assert "By impact." not in page
    told = Event.objects.filter(
        kind="study.judged", facts__criterion="Effect on the firms assisted"
    )
    assert [event.facts["text"] for event in told] == ["Dry timber.", "By impact."]


def test_the_values_are_had_as_a_table(study):
    line = study.lines.get()
    actions.add_reading(line=line, by=None, day=date(2025, 6, 30), value=Decimal("-3.5"),
                        status="late", source="=Visits")  # fmt: skip
    rows = Client().get(f"{study.get_absolute_url()}readings.csv").content.decode().splitlines()
    said = 'Try a kiln,"Dry timber, %",10,60,2025-06-30,-3.5,late,\'=Visits'
    assert rows[1] == f"{said},{line.readings.get().pk},,,True"
    assert "line-" in Client().get(study.get_absolute_url()).content.decode()


def test_what_is_published_measured_and_learnt_is_not_altered(study):
    line = study.lines.get()
    said = {"day": date(2025, 6, 30), "value": 35, "status": "under_way", "source": "Visits"}
    actions.add_reading(line=line, by=None, **said)
    with pytest.raises(ValidationError, match="a value of this day already"):
        actions.add_reading(line=line, by=None, **said)
    lesson = actions.add_lesson(
        study=study, by=None, text="Start early", day="2025-07-01", author="The forum"
    )
    for rows, change in (
        (line.readings.all(), {"value": 60}),
        (type(lesson).objects.filter(pk=lesson.pk), {"text": "Start late"}),
        (type(study).objects.filter(pk=study.pk), {"vision": "Another"}),
    ):
        with pytest.raises(DatabaseError, match="not altered"), transaction.atomic():
            rows.update(**change)


def test_a_value_is_corrected_by_another_and_both_are_read(team, study, signed_in):
    client, at = signed_in(team.coordinator), study.get_absolute_url()
    line = study.lines.get()
    actions.add_reading(line=line, by=None, day=date(2025, 6, 30), value=Decimal(35),
                        status="late", source="Visits")  # fmt: skip
    first = line.readings.get()
    said = {"reading": first.pk, "value": "31", "status": "under_way", "source": "Visits"}
    page = client.post(f"{at}corrections/", said).content.decode()
    assert "This field is required" in page
    client.post(f"{at}corrections/", said | {"reason": "Read from the wrong column"})
    assert list(line.readings.standing().values_list("value", "by")) == [(31, team.coordinator.pk)]
    page = Client().get(at).content.decode()
    assert "42 percent of the way from 10 to 60" in page
    assert "35 was corrected to 31" in page
    assert "Read from the wrong column" in page
    assert team.coordinator.name not in page
    again = client.post(f"{at}corrections/", said | {"reason": "Once more"}).content.decode()
    assert "Select a valid choice" in again
    with pytest.raises(Refused, match="corrected already"):
        actions.correct_reading(reading=first, value=30, status="late", source="V", reason="R",
                                by=None)  # fmt: skip
    assert Event.objects.get(kind="study.corrected").facts["before"] == "35"
    with pytest.raises(DatabaseError, match="not altered"), transaction.atomic():
        line.readings.update(reason="Another")
