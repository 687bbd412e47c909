"""`make bench`: what a page or a saved answer costs, as ratios measured in one run."""
