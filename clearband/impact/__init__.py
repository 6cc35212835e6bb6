"""What a ban would do: to an inventory, a market, a country."""
