"""Sheets that leave the application and come back: workbook, XLSForm, submissions, paper."""
