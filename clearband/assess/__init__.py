"""Assess makers and products against criteria: answers with evidence, gates, scores, what is open."""
