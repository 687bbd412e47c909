"""The shape of a round's result, for the API's description (keys: docs/instrument-format.md).

What is sent is the stored result itself; a test holds these keys against it.
"""

from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DictField,
    FloatField,
    IntegerField,
    JSONField,
    ListField,
    Serializer,
)

STAGE = {"min_value": 1, "max_value": 7}


def _null(field: type, **options: object):
    return field(allow_null=True, **options)


def _texts() -> ListField:
    return ListField(child=CharField())


def _pair(child: type = FloatField) -> ListField:
    return ListField(child=child(), min_length=2, max_length=2, allow_null=True)


class EditionSerializer(Serializer):
    code = CharField()
    version = CharField()


class ScoredInstrumentSerializer(Serializer):
    code = CharField()
    version = CharField()
    title = CharField()
    subject = CharField()
    rule = ChoiceField(["ladder", "classify"])
    levels = IntegerField()
    pass_mark = FloatField()
    completeness = FloatField()
    edition_of = EditionSerializer(allow_null=True)


class AgreementSerializer(Serializer):
    """Shares 0 to 1; what is undefined is null with the reason beside it."""

    exact = _null(FloatField)
    within_one = _null(FloatField)
    alpha = _null(FloatField)
    alpha_interval = _pair()
    ac2 = _null(FloatField)
    ac2_se = _null(FloatField)
    raters = IntegerField()
    units = IntegerField()
    reason = _null(CharField)
    interval_reason = _null(CharField)
    words = CharField()


class StepSerializer(Serializer):
    """One statement that stands in the way, with the answer it has (empty while blank)."""

    item = CharField()
    level = IntegerField()
    statement = CharField()
    answer = CharField(allow_blank=True)


class MissingSerializer(StepSerializer):
    state = CharField()  # unknown or unanswered


class StandingSerializer(Serializer):
    """`coverage` has the share of the weight at each level or higher, keyed by the level; of a rule
    that classifies, the share of evidence of each phase.
    """

    code = CharField()
    title = CharField()
    staged = BooleanField()
    stage = _null(IntegerField, **STAGE)
    reason = _null(CharField)
    missing = MissingSerializer(many=True)
    position = _null(FloatField)
    progress = _null(FloatField)
    mean_level = _null(FloatField)
    completeness = _null(FloatField)
    knowledge = _null(FloatField)
    bounds = _pair(IntegerField)
    starred = BooleanField()
    needs = _null(CharField)
    needs_warning = _null(CharField)
    coverage = DictField(child=FloatField(), allow_null=True)
    pass_mark = FloatField()


class TextSourceSerializer(Serializer):
    tag = ChoiceField(["lecture", "adapted", "added"])
    document = CharField(allow_blank=True)
    place = CharField(allow_blank=True)
    because = CharField(allow_blank=True)


class ContinuedSerializer(Serializer):
    code = CharField()
    stage = IntegerField(**STAGE)
    text = CharField()


class ApproachSerializer(Serializer):
    code = CharField()
    addressee = CharField()
    text = CharField()
    pathway = CharField(allow_blank=True)
    category = CharField(allow_blank=True)
    continues = ContinuedSerializer(many=True)
    source = TextSourceSerializer(allow_null=True)


class PassedApproachSerializer(ApproachSerializer):
    stage = IntegerField(**STAGE)


class CheapestSetSerializer(Serializer):
    items = _texts()
    cost = FloatField()
    statements = StepSerializer(many=True)


class PrerequisiteSerializer(Serializer):
    """A mix rule that holds `now`, or would `then`, once the theme alone has been raised."""

    code = CharField()
    advice = CharField()
    because = CharField(allow_blank=True)
    now = BooleanField()
    then = BooleanField()


class HorizonSerializer(CheapestSetSerializer):
    years = IntegerField()
    target = IntegerField(**STAGE)
    approaches = PassedApproachSerializer(many=True)
    prerequisites = PrerequisiteSerializer(many=True)


class ContestedSerializer(Serializer):
    item = CharField()
    why = _texts()
    lowest = _null(IntegerField)
    highest = _null(IntegerField)
    panel_medians = DictField(child=IntegerField())
    open = BooleanField()


class KnowledgeGapSerializer(Serializer):
    item = CharField()
    unknown = IntegerField()
    unanswered = IntegerField()


class PanelGapSerializer(Serializer):
    item = CharField()
    government = IntegerField()
    independent = IntegerField()
    gap = IntegerField()


class GapsSerializer(Serializer):
    knowledge = KnowledgeGapSerializer(many=True)
    government_independent = PanelGapSerializer(many=True)


class LineSerializer(Serializer):
    """Re-scorings of one kind, `counts` and `shares` keyed by stage."""

    counts = DictField(child=IntegerField())
    shares = DictField(child=FloatField())
    modal = IntegerField(**STAGE)
    interval_90 = _pair()


class SourcesSerializer(Serializer):
    sheets = LineSerializer()
    noise = LineSerializer()
    unknowns = LineSerializer()
    weights = LineSerializer()
    pass_mark = LineSerializer()


class SwingSerializer(Serializer):
    item = CharField()
    down = _null(IntegerField)
    up = _null(IntegerField)


class RescoringSerializer(Serializer):
    measurement = LineSerializer()
    rules = LineSerializer()
    sources = SourcesSerializer()
    swing_items = SwingSerializer(many=True)


class TestimonySerializer(Serializer):
    indicator = CharField()
    year = IntegerField()
    value = FloatField()
    source = CharField(allow_blank=True)
    level = IntegerField()


class EvidenceLevelSerializer(Serializer):
    level = _null(IntegerField)
    testimonies = TestimonySerializer(many=True)


class DivergenceSerializer(EvidenceLevelSerializer):
    item = CharField()
    agreed = IntegerField()


class ScoredItemSerializer(Serializer):
    code = CharField()
    title = CharField()
    group = CharField(allow_blank=True)
    core = BooleanField()
    status = ChoiceField(["answered", "not_applicable"])
    level = _null(IntegerField)
    state = _null(CharField)  # known, unknown or unanswered
    score = _null(FloatField)
    out_of_order = BooleanField()
    weight = FloatField()
    answers = ListField(child=CharField(allow_blank=True))
    panel_levels = DictField(child=IntegerField())
    panel_level = _null(IntegerField)
    evidence = EvidenceLevelSerializer(allow_null=True)


class ThemeResultSerializer(StandingSerializer):
    blocked_by = StepSerializer(many=True)
    find_out_first = StepSerializer(many=True)
    held_by_core = _texts()
    cheapest_set = CheapestSetSerializer(allow_null=True)
    approaches = ApproachSerializer(many=True)
    horizons = HorizonSerializer(many=True)
    panels = DictField(child=IntegerField())
    agreement = AgreementSerializer()
    contested = ContestedSerializer(many=True)
    gaps = GapsSerializer()
    rescoring = RescoringSerializer(allow_null=True)
    rescoring_reason = _null(CharField)
    firm = _null(BooleanField)
    firm_because = CharField()
    divergences = DivergenceSerializer(many=True)
    groups = StandingSerializer(many=True)
    items = ScoredItemSerializer(many=True)


class CommonStageSerializer(Serializer):
    theme = CharField()
    stage = _null(IntegerField, **STAGE)
    position = _null(FloatField)
    reason = _null(CharField)
    national_stage = _null(IntegerField, **STAGE)
    national_position = _null(FloatField)
    national_reason = _null(CharField)
    national_items = _texts()


class PlaceSerializer(Serializer):
    stage = IntegerField(**STAGE)
    position = FloatField()


class ThemeChangeSerializer(Serializer):
    """A pair is the older and the newer round; null where that one has no stage."""

    theme = CharField()
    published = ListField(child=PlaceSerializer(allow_null=True), min_length=2, max_length=2)
    comparable = ListField(child=PlaceSerializer(), allow_null=True)
    reason = _null(CharField)
    items = _texts()
    share = FloatField()
    difference = _null(FloatField)
    interval_90 = _pair()
    real = _null(BooleanField)
    words = CharField()


class ChangeSerializer(Serializer):
    since = CharField()
    panels = DictField(child=IntegerField(), help_text="Sheets in each panel of that round.")
    period = _texts()
    round = IntegerField(help_text="That round, as in its address.")
    submission = IntegerField(help_text="Which submission of its agreed sheet was compared.")
    themes = ThemeChangeSerializer(many=True)


class MixRuleSerializer(Serializer):
    code = CharField()
    when = CharField()
    advice = CharField()
    because = CharField(allow_blank=True)
    source = TextSourceSerializer(allow_null=True)


class UnjudgedSerializer(Serializer):
    code = CharField()
    when = CharField()
    names = _texts()


class ObservedSerializer(Serializer):
    """A value that was heard as a witness, copied with its indicator, period and import."""

    code = CharField()
    title = CharField()
    country = CharField()
    value = FloatField()
    unit = CharField(allow_blank=True)
    year = IntegerField()
    period = CharField()
    flag = CharField(allow_blank=True)
    note = CharField(allow_blank=True)
    standard_error = _null(FloatField)
    sample_size = _null(IntegerField)
    import_id = IntegerField()
    vintage = CharField(allow_blank=True)
    indicator_id = IntegerField()
    dataset = CharField()
    dataset_title = CharField()
    dataset_note = CharField(allow_blank=True)
    source = CharField(allow_blank=True)
    licence = CharField(allow_blank=True)
    is_fictional = BooleanField()


class SentenceSerializer(Serializer):
    """A template, or one for one and one for many (`n` of the facts), and what stands in it."""

    says = _texts()
    facts = JSONField(help_text="By name: names, numbers, sentences of this shape, lists of these.")


class RoundResultSerializer(Serializer):
    """Everything a round says. Stages of themes are never averaged into one."""

    instrument = ScoredInstrumentSerializer()
    agreed_built = BooleanField()
    panels = DictField(child=IntegerField())
    agreement = AgreementSerializer()
    themes = ThemeResultSerializer(many=True)
    binding_themes = _texts()
    spread = _null(FloatField)
    spread_reason = _null(CharField)
    without_stage = _texts()
    common = CommonStageSerializer(many=True, allow_null=True)
    common_reason = _null(CharField)
    change = ChangeSerializer(allow_null=True)
    observations = ObservedSerializer(many=True)
    mix = MixRuleSerializer(many=True)
    cannot_be_judged = UnjudgedSerializer(many=True)
    draws = IntegerField()
    seed = IntegerField()
    method_version = CharField()
    sentences = DictField(
        child=SentenceSerializer(),
        help_text="What the sentences of this result are made of, by the sentence. Results older "
        "than this have none.",
    )
