"""What tables call the sum of all regions or of all industries, in lower case."""

TOTALS = frozenset(
    {
        *("total", "_t", "totals", "grand total", "all industries", "all regions", "all sectors"),
        *(
            "all",
            "overall",
            "national",
            "nation",
            "nationwide",
            "country",
            "pays",
            "national total",
        ),
        *("whole country", "ensemble", "totaux", "toutes branches", "toutes régions", "totales"),
        *(
            "всего",
            "итого",
            "по стране",
            "вся страна",
            "республика",
            "toàn quốc",
            "tổng",
            "tổng số",
            "tổng cộng",
            "cả nước",
        ),
        *("合计", "总计", "合計", "總計", "jumlah", "รวม", "ລວມ", "សរុប", "нийт", "المجموع"),
    }
)
