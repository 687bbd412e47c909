"""One file per floor; each factory makes the smallest valid thing."""
