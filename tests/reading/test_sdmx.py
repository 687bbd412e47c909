"""SDMX in its forms: the same observations, whichever way they are sent."""

import json

import pytest

from indicators.importing import Refused, read

from .small import checked, codes, text_file

CSV_1 = (
    "DATAFLOW,FREQ,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE\n"
    "X:FLOW(1.0),A,FR,X.A,F,2010,1.5,E,PC\nX:FLOW(1.0),A,FR,X.A,_T,2011,2,,PC\n"
)
CSV_2 = (
    "STRUCTURE;STRUCTURE_ID;ACTION;FREQ: Frequency;REF_AREA: Area;INDICATOR: Indicator;SEX: Sex;"
    "TIME_PERIOD: Time;OBS_VALUE: Value;OBS_STATUS: Status;UNIT_MEASURE: Unit\n"
    "dataflow;X:FLOW(1.0);I;A: Annual;FR: France;X.A: Some;F: Women;2010;1.5;E: Estimate;PC: %\n"
    "dataflow;X:FLOW(1.0);I;A: Annual;FR: France;X.A: Some;_T: All;2011;2;;PC: %\n"
)
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
HEADER = (
    "<mes:Header><mes:ID>T</mes:ID><mes:Test>false</mes:Test>"
    '<mes:Prepared>2020-01-01T00:00:00</mes:Prepared><mes:Sender id="X"/>'
    '<mes:Structure structureID="S1" {namespace} dimensionAtObservation="TIME_PERIOD">'
    '<com:Structure><Ref agencyID="X" id="FLOW" version="1.0"/></com:Structure>'
    "</mes:Structure></mes:Header>"
)
COMMON = 'xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"'
GENERIC_SERIES = (
    '<gen:Series><gen:SeriesKey><gen:Value id="FREQ" value="A"/>'
    '<gen:Value id="REF_AREA" value="FR"/><gen:Value id="INDICATOR" value="X.A"/>'
    '<gen:Value id="SEX" value="{sex}"/></gen:SeriesKey>'
    '<gen:Attributes><gen:Value id="UNIT_MEASURE" value="PC"/></gen:Attributes>'
    '<gen:Obs><gen:ObsDimension value="{year}"/><gen:ObsValue value="{value}"/>{status}</gen:Obs>'
    "</gen:Series>"
)
ESTIMATED = '<gen:Attributes><gen:Value id="OBS_STATUS" value="E"/></gen:Attributes>'
GENERIC = (
    f'<?xml version="1.0"?><mes:GenericData xmlns:mes="{MESSAGE}" {COMMON} '
    'xmlns:gen="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic">'
    + HEADER.format(namespace="")
    + '<mes:DataSet structureRef="S1">'
    + GENERIC_SERIES.format(sex="F", year="2010", value="1.5", status=ESTIMATED)
    + GENERIC_SERIES.format(sex="_T", year="2011", value="2", status="")
    + GENERIC_SERIES.format(sex="_T", year="2012", value="NaN", status="")
    + "</mes:DataSet></mes:GenericData>"
)
NAMESPACE = "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=X:FLOW(1.0):ObsLevelDim:TIME"
SPECIFIC = (
    f'<?xml version="1.0"?><mes:StructureSpecificData xmlns:mes="{MESSAGE}" {COMMON} '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" '
    f'xmlns:ns1="{NAMESPACE}">'
    + HEADER.format(namespace=f'namespace="{NAMESPACE}"')
    + '<mes:DataSet xsi:type="ns1:DataSetType" ss:structureRef="S1">'
    '<Series FREQ="A" REF_AREA="FR" INDICATOR="X.A" SEX="F" UNIT_MEASURE="PC">'
    '<Obs TIME_PERIOD="2010" OBS_VALUE="1.5" OBS_STATUS="E"/></Series>'
    '<Series FREQ="A" REF_AREA="FR" INDICATOR="X.A" SEX="_T" UNIT_MEASURE="PC">'
    '<Obs TIME_PERIOD="2011" OBS_VALUE="2"/></Series>'
    "</mes:DataSet></mes:StructureSpecificData>"
)
SERIES = ("FREQ", "A"), ("REF_AREA", "FR"), ("INDICATOR", "X.A")
STRUCTURE = {
    "dimensions": {
        "series": [{"id": name, "values": [{"id": value}]} for name, value in SERIES]
        + [{"id": "SEX", "values": [{"id": "F"}, {"id": "_T"}]}],
        "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2010"}, {"id": "2011"}]}],
    },
    "attributes": {
        "series": [{"id": "UNIT_MEASURE", "values": [{"id": "PC"}]}],
        "observation": [{"id": "OBS_STATUS", "values": [{"id": "E"}]}],
    },
}
DATA_SETS = [
    {
        "series": {
            "0:0:0:0": {"attributes": [0], "observations": {"0": [1.5, 0]}},
            "0:0:0:1": {"attributes": [0], "observations": {"1": [2, None]}},
        }
    }
]
JSON_1 = json.dumps({"meta": {}, "data": {"structure": STRUCTURE, "dataSets": DATA_SETS}})
JSON_2 = json.dumps({"meta": {}, "data": {"structures": [STRUCTURE], "dataSets": DATA_SETS}})


@pytest.mark.parametrize("text", [CSV_1, CSV_2, GENERIC, SPECIFIC, JSON_1, JSON_2])
def test_every_form_gives_the_same_observations(tmp_path, text):
    result = checked(text_file(tmp_path, text))
    seen = result.observations.drop("sheet", "column", "note", "standard_error", "sample_size")
    assert seen.sort("period").rows() == [
        ("X.A", "FRA", "2010", "A", "SEX=F", 1.5, "E", "PC", 2),
        ("X.A", "FRA", "2011", "A", "", 2.0, "", "PC", 3),
    ]
    assert result.faults == []


def test_the_power_of_ten_is_applied_and_told(tmp_path):
    text = "FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MULT\n" + "".join(
        f"A,FR,X.A,{year},12,{power}\n" for year, power in ((2010, 3), (2011, -1), (2012, "k"))
    )
    result = checked(text_file(tmp_path, text))
    assert result.observations["value"].to_list() == [12_000.0, 1.2]
    assert codes(result) == [(4, "UNIT_MULT", "multiplier_unclear")]
    assert "scaled" in {each.code for each in result.told}


def test_a_blank_with_a_status_is_kept_and_a_frequency_that_does_not_fit_is_not(tmp_path):
    text = (
        "FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"
        "A,FR,X.A,2010,,M\nA,FR,X.A,2011,,\nQ,FR,X.A,2012,1,\n"
    )
    result = checked(text_file(tmp_path, text))
    assert result.observations.select("period", "value", "flag").rows() == [("2010", None, "M")]
    assert codes(result) == [(4, "TIME_PERIOD", "frequency_contradicted")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + GENERIC.split("?>")[1], "entities"),
        (GENERIC[:-40], "cannot be read"),
        (GENERIC.replace("?>", ' encoding="PTF-8"?>', 1), "cannot be read"),
        (GENERIC.replace("gen:Obs>", "gen:Other>"), "cannot be read"),
        (JSON_1[:-20], "cannot be read"),
        (JSON_1.replace('"0:0:0:0"', '"9:9:9:9"'), "cannot be read"),
        ('{"meta": 1}', "not SDMX-JSON"),
        ('<a xmlns="sdmx.org"/>', "cannot be read"),
    ],
)
def test_a_broken_message_is_refused_in_one_sentence(tmp_path, capsys, text, words):
    with pytest.raises(Refused, match=words) as refused:
        read(text_file(tmp_path, text))
    assert "\n" not in str(refused.value)
    assert capsys.readouterr().out == ""
