"""Everything that a made-up network assumes. Nothing here is a fact about a carrier or a maker.

Makers are real, so that the register knows them; names of products are generic, and their prices are the
defaults times a factor, which is an illustration.
"""

from __future__ import annotations

from typing import Final

from clearband.model.network import Role

FEWEST: Final = 50
MOST: Final = 200_000

# Geography and ownership
SITES_PER_REGION: Final = (500, 4_000)
"""For small and for the largest networks."""
MOST_REGIONS: Final = 24
SITES_PER_MARKET: Final = 500
MARKET_SPREAD: Final = 0.4
"""Markets have 300 to 700 sites: the mean, this share up or down."""
OWNERS: Final = ((1_000, (1.0,)), (20_000, (0.6, 0.4)), (MOST + 1, (0.5, 0.3, 0.2)))
"""Below so many sites, shares of markets by owner."""
REGION_KM: Final = 120.0
MARKET_KM: Final = 35.0

# Clusters
CLUSTER_MEAN: Final = 2.3
CLUSTER_SIGMA: Final = 0.5
"""Of the logarithm of the sites in a cluster."""
CLUSTER_SIZES: Final = (4, 25)
SINGLE_SHARE: Final = 0.12
"""Share of clusters that are one site."""
LEVELS: Final = (0.66, 0.22, 0.09, 0.03)
"""Shares of hubs, of clusters behind a hub, and of those behind them, four levels in all."""
CRITICALITY: Final = (0.40, 0.30, 0.18, 0.08, 0.04)
"""Shares of sites of criticality 1 to 5; core sites have 5."""

# What is installed
MUST_GO_RAN: Final = (("Huawei", 0.65), ("ZTE", 0.35))
STAYING_RAN: Final = (("Nokia", 0.4), ("Ericsson", 0.4), ("Samsung", 0.2))
TRANSPORT_SHARE: Final = 0.92
"""Share of sites with transport equipment of their own."""
TRANSPORT_FOLLOWS: Final = (0.85, 0.06)
"""Share of transport that must go where radio access must, and where it need not."""
ACCESS_SHARE: Final = 0.04
CPE_SHARE: Final = 0.015
CPE_BATCH: Final = (50, 1_500)
UNKNOWN_SHARE: Final = 0.004
"""Share of sites whose radio access nobody can name."""
LOW_BANDS: Final = (("B12", 0.3), ("B5;B12", 0.3), ("B12;B71", 0.25), ("B12;B71;n71", 0.15))
MID_BANDS: Final = (("B2;B66", 0.45), ("B2;B4;B66", 0.25), ("B66;n66", 0.2), ("n41", 0.1))
MID_BAND_SHARE: Final = 0.5
"""Share of sites with mid-band radios beside those of the low bands."""
CORE_SITES_A_UNIT: Final = 50
"""Sites that one unit of core capacity serves."""
YEARLY_FACTOR: Final = 1.3
"""Yearly cost of old equipment, against that of new."""

# What can be bought: maker, and its price against the default
RADIO_MAKERS: Final = (("Nokia", 1.02, 0.36), ("Ericsson", 1.06, 0.36), ("Samsung", 0.94, 0.20))
"""Maker, price factor, share of all supply; radio and baseband alike."""
OPEN_RADIO: Final = ("Fujitsu", 0.90, 0.08)
OPEN_BASEBAND: Final = ("Mavenir", 0.86, 0.08)
OTHER_MAKERS: Final[dict[Role, tuple[tuple[str, float, float], ...]]] = {
    Role.CORE: (("Nokia", 1.0, 0.4), ("Ericsson", 1.05, 0.4), ("Mavenir", 0.9, 0.2)),
    Role.TRANSPORT: (("Nokia", 1.0, 0.4), ("Cisco", 1.04, 0.35), ("Juniper", 0.97, 0.25)),
    Role.ACCESS: (("Nokia", 1.0, 0.5), ("Calix", 0.96, 0.3), ("Adtran", 0.92, 0.2)),
    Role.CPE: (("Nokia", 1.0, 0.5), ("Calix", 1.02, 0.3), ("Adtran", 0.95, 0.2)),
}
LOW_BANDS_SOLD: Final = "B5;B12;B13;B14;B17;B26;B71;n5;n12;n71"
MID_BANDS_SOLD: Final = "B2;B4;B25;B30;B41;B66;n2;n25;n41;n66;n77"
CERTIFICATE: Final = "illustration: stands for an interoperability certificate"

# Horizon
FIRST_QUARTER: Final = "2027-Q1"
QUARTERS: Final = 20
EXPOSURE_PRICE: Final = 50.0
CORE_DEADLINE: Final = 0.5
"""Part of the horizon by which the core of the first owner must be out."""
OWNER_DEADLINES: Final = (1.0, 0.95, 0.9)
"""Part of the horizon by which all else of each owner must be out."""

# Limits, against what the work needs: tight, and with a plan
CREW_FACTOR: Final = 1.35
SEASONS: Final = (0.7, 1.15, 1.3, 0.85)
"""Crew hours from January to March and so on, against the mean."""
SUPPLY_FACTOR: Final = 1.5
RAMP_QUARTERS: Final = 8
"""Supply grows over so many quarters."""
MONEY_FACTOR: Final = 1.08
MONEY_EARLY: Final = 1.6
"""Money of the first quarter against the mean; it falls in a straight line to the last."""
REFUND_SHARE: Final = 0.395
"""The pro-rata share of the US reimbursement programme (FCC, 2022)."""
REFUND_LAG: Final = 2
LARGEST_UNIT: Final = 1.4
"""A quarter has at least room for so many of the largest unit of work."""
DOWN_SHARE: Final = 0.1
DOWN_FACTOR: Final = 1.5
DOWN_CLUSTERS: Final = 2
"""`DOWN_SHARE` is raised to so many times the even work of a region, and to so many of its largest units."""
FIRST_WORK: Final = 5
"""Quarter from which limits are spread over the work: lead times have passed, and most cores are done."""
CORE_QUARTERS: Final = 4
"""All cores can be bought in so many quarters, from the first on: what else is done waits for them."""
