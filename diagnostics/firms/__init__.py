"""Credibility profiles of a cluster's member firms: private, and compared without names."""
