"""What a NetBox (4.0 or newer) knows of equipment, and what is written back to it."""
