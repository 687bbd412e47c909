"""What a call says is taken whole, or every fault of it is told with its place."""

from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from accounts.refusals import Stale
from activity.calls import CallView, given


class RowForm(serializers.Serializer):
    name = serializers.CharField()
    size = serializers.ChoiceField(["small", "large"], default="small")


class Form(serializers.Serializer):
    title = serializers.CharField()
    rows = RowForm(many=True, max_length=2)
    first = RowForm(required=False)
    id = serializers.IntegerField(read_only=True)


class Saving(CallView):
    """Somebody has always saved before what is called “late”."""

    authentication_classes = permission_classes = throttle_classes = ()

    def post(self, request) -> Response:
        said = given(request, Form)
        if said["title"] == "late":
            raise Stale("theirs")
        return Response(said)


def send(**body: object) -> Response:
    return Saving.as_view()(APIRequestFactory().post("/", body, format="json"))


def test_what_is_taken_is_given_with_its_defaults():
    answer = send(title="A", rows=[{"name": "One"}])
    assert answer.data == {"title": "A", "rows": [{"name": "One", "size": "small"}]}


def test_every_fault_is_told_with_its_place_however_deep_it_stands():
    rows = [{"name": "One"}, {"nmae": "Two", "name": "Two", "size": "big"}]
    answer = send(title="A", rows=rows, first={"name": "One", "sise": 2}, id=7)
    assert answer.status_code == 400
    assert answer.data["error"].split(" Given: ") == [
        "rows[1].size: Expected one of: small, large.",
        "“big”. rows[1].nmae: Nothing of this name is taken here; expected: name, size.",
        "“Two”. first.sise: Nothing of this name is taken here; expected: name, size.",
        "2. id: Nothing of this name is taken here; expected: title, rows, first.",
        "7.",
    ]
    assert answer.data["fields"]["rows"].keys() == {1}


def test_what_is_wrong_with_a_list_as_a_whole_is_told_beside_what_is_inside_it():
    answer = send(title="A", rows=[{"name": "One", "odd": 1}, {"name": "Two"}, {"name": "Three"}])
    assert answer.data["error"].startswith("rows: Ensure this field has no more than 2 elements.")
    assert "rows[0].odd: Nothing of this name" in answer.data["error"]


def test_a_save_from_what_has_changed_since_is_409_with_what_was_sent():
    answer = send(title="late", rows=[])
    assert answer.status_code == 409
    assert answer.data["error"].startswith("Somebody else has saved here meanwhile")
    assert answer.data["given"] == {"title": "late", "rows": []}
