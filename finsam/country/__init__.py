"""A made-up country: as many associations as Sweden has, to see how the portal grows."""
