"""Values drawn as inline SVG: maps, trends, bridges. Pure functions; text reaches the drawing only as XML text."""
