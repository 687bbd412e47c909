"""What is shown of the linkages of a cluster."""
