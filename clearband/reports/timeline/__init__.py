"""The life of the measures, drawn: on a terminal, as SVG, as a page."""
