"""How each language writes dates and numbers, where Django's own way is not the one we want.

A module a language, as Django's FORMAT_MODULE_PATH asks. Long dates stand in sentences and on
covers, short ones in lists. Fields for a date are the browser's own, which speak ISO 8601 in every
language: so that is what the forms write and read.
"""
