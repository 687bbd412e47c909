"""What programs read and write of clusters; the same rules as the pages."""
