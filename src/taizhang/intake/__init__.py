"""What a Document says: typed rows, quantities and facts. It never judges."""
