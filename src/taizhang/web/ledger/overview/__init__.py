"""The view from above: each chart is one declared value, made by a query that begins with what the person may see."""
