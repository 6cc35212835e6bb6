"""Who owns an organisation on a day, and whom it owns: as a picture, with the links that it shows."""
