"""Charts as SVG of our own: shapes, scales, and four kinds of chart."""
