"""Composite indices of loaded datasets: uploaded by administrators, read by everybody."""
