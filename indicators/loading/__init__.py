"""The administrator's screens of datasets and imports."""
