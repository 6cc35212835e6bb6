"""A made-up network of 41 sites, and a plan for it, as plain rows.

Two owners, two regions, three markets; each market has a hub with its core, and clusters that hang on it.
Huaxin must go. Boreal, Castel and Dorado are approved; a Dorado radio works with a Castel baseband. Every
fifth site keeps a Boreal or Castel radio, and of some CPE it is not known whether it must go.
"""

from typing import Any

from tests.planning.checking.rows import COLUMNS, MadePlan, MadeUp, Row, text

GROUP = {"radio": "ran", "baseband": "ran"}
CLUSTERS = [
    ("a1", "north", "m1", "alpha", ""),
    ("a2", "north", "m1", "alpha", "a1"),
    ("a3", "north", "m1", "alpha", "a2"),
    ("b1", "north", "m2", "alpha", ""),
    ("b2", "north", "m2", "alpha", "b1"),
    ("d1", "south", "m3", "beta", ""),
    ("d2", "south", "m3", "beta", "d1"),
    ("d3", "south", "m3", "beta", "d1"),
]


def network() -> MadeUp:
    sites: list[Row] = []
    installed: list[Row] = []

    def add(site: str, name: str, role: str, maker: str, must_go: str, quantity: int, **more: Any) -> None:
        installed.append(
            {
                "item": f"{site}-{name}",
                "site": site,
                "role": role,
                "product": f"{maker} {role}".strip(),
                "maker": maker,
                "quantity": quantity,
                "must_go": must_go,
                "yearly_cost": 120.5,
                **more,
            }
        )

    for cluster, *_ in CLUSTERS:
        for at in range(1, 6):
            site = f"{cluster}-{at}"
            sites.append({"site": site, "cluster": cluster, "criticality": "" if at == 2 else at / 2})
            date = {"remove_by": "2031-06-30"} if at % 2 else {}
            add(site, "r1", "radio", "Huaxin", "yes", 3, bands="B12;B66", generation="4G", **date)
            add(site, "r2", "radio", "Huaxin", "yes", 2, bands="n71", generation="5G")
            add(site, "bb", "baseband", "Huaxin", "yes", 1)
            add(site, "tr", "transport", "Huaxin", "yes", 1)
            if at == 5:
                keeps = "Castel" if cluster.startswith("d") else "Boreal"
                add(site, "r3", "radio", keeps, "no", 3, bands="B2", generation="4G")
        if cluster in ("a1", "b1", "d1"):
            add(f"{cluster}-1", "core", "core", "Huaxin", "yes", 1, remove_by="2029-12-31")
        if cluster in ("a2", "d3"):
            add(f"{cluster}-3", "ac", "access", "Huaxin", "yes", 4)
        if cluster in ("a3", "d2"):
            for at in (1, 2):
                add(f"{cluster}-{at}", "cpe", "cpe", "", "unknown" if at == 1 else "", 50, yearly_cost="")
    add("a1-4", "old", "transport", "", "no", 1)
    # A site that stays as it is, with makers of which nobody certified that they work together.
    sites.append({"site": "a1-6", "cluster": "a1"})
    add("a1-6", "r1", "radio", "Boreal", "no", 3)
    add("a1-6", "bb", "baseband", "Castel", "no", 1)

    def product(name: str, role: str, price: float, hours: float, lead: int, **more: Any) -> Row:
        maker = name.split()[0]
        prices = {"price_low": price * 0.8, "price_average": price, "price_high": price * 1.5}
        return {
            "product": name,
            "maker": maker,
            "role": role,
            **prices,
            "install_hours": hours,
            "lead_quarters": lead,
            "yearly_cost": price / 20,
            "approved": "yes",
            **more,
        }

    products = [
        product("Boreal R1", "radio", 9000.5, 10, 1, bands="B2;B12;B66;n71", generations="4G;5G"),
        product("Boreal R4", "radio", 7000, 10, 1, bands="B12;B66", generations="4G"),
        product("Dorado R1", "radio", 8000.25, 12.5, 2),
        product("Castel R1", "radio", 9500, 11, 1, bands="B12;B66;n71", approved="conditional"),
        product("Castel R9", "radio", 6000, 11, 1, approved="unknown"),
        product("Boreal BB", "baseband", 15000, 8, 1),
        product("Castel BB", "baseband", 14000, 8, 1),
        product("Boreal Core", "core", 400_000, 60, 2),
        product("Castel Core", "core", 420_000, 60, 3),
        product("Boreal TR", "transport", 5000, 6, 0),
        product("Castel TR", "transport", 5200, 6, 0),
        product("Boreal AC", "access", 3000, 4, 1),
        product("Castel AC", "access", 3100, 4, 1),
        product("Dorado CPE", "cpe", 80, 0.5, 1),
        product("Castel CPE", "cpe", 85, 0.5, 1),
    ]
    settings: Row = {
        "schema": "clearband/network/1",
        "title": "Made up",
        "currency": "USD",
        "first_quarter": "2027-Q1",
        "quarters": 20,
        "exposure_price": 250.5,
        "weights": {"transport": 1.5},
        "labour_rate": 90,
        "visit_cost": 700.1,
        "down_share": 0.4,
        "caps": [{"role": "radio", "share": 0.7}, {"role": "transport", "share": 0.9, "maker": "Boreal"}],
        "least_makers": [{"role": "baseband", "makers": 2, "share": 0.25}],
        "refunds": [
            {"share": 0.3, "lag": 2},
            {"owner": "beta", "share": 0.2, "lag": 1, "not_before": "2028-Q2", "groups": ["ran", "core"]},
        ],
    }
    limits: dict[str, list[Row]] = {
        "supply": [
            {"maker": "Boreal", "role": "radio", "units": 55},
            {"maker": "Boreal", "role": "radio", "quarter": "2027-Q1", "units": 0},
            {"maker": "Dorado", "role": "radio", "units": 30},
        ],
        "crews": [{"region": "north", "hours": 1200}, {"region": "north", "quarter": "2027-Q1", "hours": 90}],
        "money": [
            {"owner": "alpha", "quarter": "2027-Q1", "amount": 1_300_000},
            {"owner": "alpha", "amount": 150_000},
            {"owner": "beta", "quarter": "2027-Q1", "amount": 950_000},
        ],
    }
    clusters = [dict(zip(COLUMNS["clusters"], row, strict=True)) for row in CLUSTERS]
    pairs = [{"radio": "Dorado R1", "baseband": "Castel BB", "certificate": "made up"}]
    return MadeUp(
        settings,
        {"sites": sites, "clusters": clusters, "installed": installed, "products": products, "pairs": pairs}
        | limits,
    )


CHOICE = {
    ("alpha", "radio"): "Boreal R1",
    ("alpha", "baseband"): "Boreal BB",
    ("alpha", "core"): "Boreal Core",
    ("alpha", "transport"): "Boreal TR",
    ("alpha", "access"): "Boreal AC",
    ("alpha", "cpe"): "Dorado CPE",
    ("beta", "radio"): "Castel R1",
    ("beta", "baseband"): "Castel BB",
    ("beta", "core"): "Castel Core",
    ("beta", "transport"): "Castel TR",
    ("beta", "access"): "Castel AC",
    ("beta", "cpe"): "Dorado CPE",
}
QUARTERS = {
    ("a1", "core"): 2,
    ("b1", "core"): 2,
    ("d1", "core"): 3,
    ("a1", "transport"): 1,
    ("b1", "transport"): 1,
    ("a2", "transport"): 3,
    ("b2", "transport"): 3,
    ("a3", "transport"): 4,
    ("d1", "transport"): 1,
    ("d2", "transport"): 2,
    ("d3", "transport"): 4,
    ("a1", "ran"): 5,
    ("b1", "ran"): 5,
    ("a2", "ran"): 6,
    ("b2", "ran"): 6,
    ("a3", "ran"): 7,
    ("d1", "ran"): 5,
    ("d2", "ran"): 6,
    ("d3", "ran"): 8,
    ("a2", "access"): 8,
    ("d3", "access"): 9,
    ("a3", "cpe"): 5,
    ("d2", "cpe"): 9,
}


def plan(made: MadeUp) -> MadePlan:
    """A plan by hand: when each unit is replaced, and by whose products."""
    cluster_of = {row["site"]: row["cluster"] for row in made.sites}
    owner_of = {row["cluster"]: row["owner"] for row in made.clusters}
    maker_of = {row["product"]: row["maker"] for row in made.products}
    work = []
    for item in made.installed:
        if item["must_go"] == "no":
            continue
        cluster, role = cluster_of[item["site"]], item["role"]
        group = GROUP.get(role, role)
        product = CHOICE[owner_of[cluster], role]
        # In d3, the radios are of Dorado, which work with Castel's baseband.
        if cluster == "d3" and role == "radio":
            product = "Dorado R1"
        quarter = QUARTERS[cluster, group]
        work.append(
            {
                "item": item["item"],
                "site": item["site"],
                "cluster": cluster,
                "group": group,
                "role": role,
                "old_product": item["product"],
                "old_maker": item["maker"],
                "quantity": item["quantity"],
                "product": product,
                "maker": maker_of[product],
                "quarter": text(quarter),
                "removed": text(quarter + 1),
            }
        )
    return MadePlan(work)
