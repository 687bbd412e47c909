"""Reading the indicators: one indicator over countries, one country, comparisons."""
