"""An instrument as a YAML file: the exchange form, which `reading` takes back word for word."""

from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from diagnostics.scoring.instrument import Instrument

from .canonical import to_data


def yaml_text(instrument: Instrument) -> str:
    """The instrument as the text of its file, keys in the order of docs/instrument-format.md.

    Every text stands in quotes, so that none can be taken for a number or a mark.
    """
    writer = YAML(typ="rt", pure=True)
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.representer.ignore_aliases = lambda *_: True
    text = StringIO()
    writer.dump(_quoted(to_data(instrument)), text)
    return text.getvalue()


def _quoted(value: Any) -> Any:
    match value:
        case dict():
            return {int(key) if key.isdigit() else key: _quoted(one) for key, one in value.items()}
        case list():
            return [_quoted(one) for one in value]
        case str():
            return DoubleQuotedScalarString(value)
        case _:
            return value
