"""Sample reports of invented colleges, and what makes them."""
