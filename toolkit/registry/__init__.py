"""Finds, loads, checks and chooses plugins; the only room that asks pluggy."""

from toolkit.registry.discovery import Candidate, find
from toolkit.registry.registry import Plugin, Problem, Registry, answers

__all__ = ["Candidate", "Plugin", "Problem", "Registry", "answers", "find"]
