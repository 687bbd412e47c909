"""The figures of an index from the database."""

from collections.abc import Sequence

from countries.content.sentences import _
from countries.models import Country, GroupMember
from indicators.indices.figures import Figures, FiguresFault, columns_of, figures
from indicators.indices.specification import Specification
from indicators.models import CurrentValue, Dataset, Indicator


def loaded_figures(specification: Specification) -> Figures:
    """The yearly values of countries, as `data.dataset` names them; units are country codes.

    A group to impute by is a kind of group of countries (`income`, `un_subregion`). Raises
    FiguresFault.
    """
    dataset = dataset_of(specification)
    columns = columns_of(specification)
    rows = list(
        CurrentValue.objects.filter(
            indicator__dataset=dataset,
            indicator__code__in=columns,
            country__kind=Country.Kind.COUNTRY,
            frequency="A",
            breakdown="",
            value__isnull=False,
        )
        .order_by("country_id", "period")
        .values_list("country_id", "period", "indicator__code", "value")
    )
    if not rows:
        raise FiguresFault(
            _(
                "data.dataset: %(dataset)s has no yearly values of these countries.",
                dataset=dataset.code,
            )
        )
    units = list(dict.fromkeys(row[0] for row in rows))
    cells = [(0, unit, period, column, value) for unit, period, column, value in rows]
    return figures(
        units,
        {row[1] for row in rows},
        columns,
        cells,
        specification.data.period,
        dataset.code,
        _groups(specification, units),
    )


def dataset_of(specification: Specification) -> Dataset:
    """The dataset that is named, with every column of the index. Raises FiguresFault."""
    code = specification.data.dataset
    dataset = Dataset.objects.filter(code=code).first()
    if dataset is None:
        raise FiguresFault(_('data.dataset: no dataset has the code "%(code)s".', code=code))
    held = set(Indicator.objects.filter(dataset=dataset).values_list("code", flat=True))
    for column in columns_of(specification):
        if column not in held:
            raise FiguresFault(
                _('"%(column)s" is no indicator of the dataset %(code)s.', column=column, code=code)
            )
    return dataset


def _groups(specification: Specification, units: Sequence[str]) -> dict[str, tuple[str, ...]]:
    name = specification.impute.group if specification.impute else ""
    if not name:
        return {}
    if name not in Country.Grouping.values:
        raise FiguresFault(
            _(
                'impute.group: "%(name)s" is no kind of group; expected one of %(known)s.',
                name=name,
                known=tuple(Country.Grouping.values),
            )
        )
    members = GroupMember.objects.filter(group__grouping=name, country__in=units)
    groups = dict(members.values_list("country_id", "group_id"))
    return {name: tuple(groups.get(unit, "") for unit in units)}
