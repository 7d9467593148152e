"""Reads what the texts of a report claim: counts of applications, reviews, lawsuits, fees."""
