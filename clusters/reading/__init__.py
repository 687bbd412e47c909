"""Reading tables of employment and of linkages, whatever kind of file they come as."""
