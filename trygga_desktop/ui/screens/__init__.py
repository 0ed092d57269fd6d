"""One folder per screen: a view that lays out and a view model that holds its state."""
