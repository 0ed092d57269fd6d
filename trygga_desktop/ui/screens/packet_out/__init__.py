"""What is prepared for a meeting, on its way to another vault as a packet."""
