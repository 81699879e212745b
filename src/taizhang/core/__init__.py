"""What a report says and how far along it is: values and computations, standard library only."""
