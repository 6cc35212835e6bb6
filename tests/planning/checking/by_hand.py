"""The rules of docs/adr/0010-the-way-out.md read a second time, row by row, to hold the checker against.

Slow and plain on purpose, and written from the contract, not from the checker.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

from tests.planning.checking.made_up import GROUP
from tests.planning.checking.rows import MadePlan, MadeUp, Row, number

LIMIT = 1 + 1e-6


def cell(row: Row, key: str, default: Any = "") -> Any:
    value = row.get(key, "")
    return default if value == "" else value


class Reading:
    """A plan and its network, looked up by name."""

    def __init__(self, made: MadeUp, plan: MadePlan) -> None:
        self.made, self.plan = made, plan
        self.say = made.settings.get
        self.horizon = made.settings["quarters"]
        self.overlap = self.say("overlap_quarters", 1)
        self.items = {row["item"]: row for row in made.installed}
        self.sites = {row["site"]: row for row in made.sites}
        self.clusters = {row["cluster"]: row for row in made.clusters}
        self.products = {row["product"]: row for row in made.products}
        goes = {"yes", "unknown"} if self.say("unknown", "replace") == "replace" else {"yes"}
        self.going = {name for name, row in self.items.items() if cell(row, "must_go", "unknown") in goes}
        self.rows = []
        seen = set()
        for row in plan.work:
            known = (
                row["item"] in self.going
                and row["product"] in self.products
                and self.readable(row["quarter"])
            )
            facts = tuple(row[key] for key in ("item", "product", "quantity", "quarter", "removed"))
            if known and facts not in seen:
                seen.add(facts)
                self.rows.append(self.joined(row))

    @staticmethod
    def readable(quarter: str) -> bool:
        return len(quarter) == 7 and quarter[:4].isdigit() and quarter[4:6] == "-Q" and quarter[6] in "1234"

    def joined(self, row: Row) -> Row:
        item, product = self.items[row["item"]], self.products[row["product"]]
        site = self.sites[item["site"]]
        cluster = self.clusters[site["cluster"]]
        return {
            "item": item,
            "product": product,
            "site": site,
            "home": cluster,
            "planned": row["quantity"],
            "cluster": cluster["cluster"],
            "role": item["role"],
            "group": GROUP.get(item["role"], item["role"]),
            "q": number(row["quarter"]),
            "units": cell(item, "quantity", 1),
            "gone": number(row["removed"]) if self.readable(row["removed"]) else None,
            "hours": cell(item, "quantity", 1) * cell(product, "install_hours", 0),
        }

    def allowed(
        self, rows: list[Row], keys: tuple[str, ...], names: tuple[str, ...], value: str, q: int
    ) -> float:
        """A limit in a quarter: its own row, else that for each quarter, else 0; without any row none."""
        mine = [row for row in rows if all(row[key] == name for key, name in zip(keys, names, strict=True))]
        if not mine:
            return float("inf")
        for row in mine:
            if cell(row, "quarter") and number(row["quarter"]) == q:
                return float(row[value])
        return float(next((row[value] for row in mine if not cell(row, "quarter")), 0))

    def spending(self) -> list[tuple[str, str, int, float]]:
        spent = []
        visits = set()
        for row in self.rows:
            price = cell(row["product"], f"price_{self.say('price', 'average')}", 0)
            owner, labour = row["home"]["owner"], row["hours"] * self.say("labour_rate", 0)
            spent.append((owner, row["group"], row["q"], row["units"] * price + labour))
            later = row["q"] + self.overlap
            spent.append((owner, row["group"], later, labour * self.say("removal_share", 0.3)))
            visit = (row["cluster"], row["group"], row["q"], row["site"]["site"])
            if visit not in visits:
                visits.add(visit)
                spent.append((owner, row["group"], row["q"], self.say("visit_cost", 0)))
        return spent

    def refunds(self, at_once: bool = False) -> list[tuple[str, str, int, float]]:
        back = []
        for rule in self.say("refunds", []):
            for owner, group, q, amount in self.spending():
                if owner == rule.get("owner", owner) and group in rule.get("groups", [group]):
                    when = q + rule.get("lag", 0)
                    if "not_before" in rule:
                        when = max(when, number(rule["not_before"]))
                    back.append((owner, group, q if at_once else when, amount * rule["share"]))
        return back

    def numbers(self) -> tuple[float, float, float]:
        def worth(q: int) -> float:
            return float((1 + self.say("discount_rate", 0.07)) ** (-q / 4))

        cost = sum(worth(q) * amount for _, _, q, amount in self.spending())
        cost -= sum(worth(q) * amount for _, _, q, amount in self.refunds())
        points: dict[tuple[str, str, int], float] = {}
        weights = {"core": 10, "baseband": 2, **self.say("weights", {})}
        for row in self.rows:
            for q in range(self.horizon):
                yearly = cell(row["item"] if q < row["q"] else row["product"], "yearly_cost", 0)
                cost += worth(q) * row["units"] * yearly / 4
            point = cell(row["site"], "criticality", 1) * weights.get(row["role"], 1)
            points[row["site"]["site"], row["role"], row["q"]] = point
        exposure = sum(point * q for (_, _, q), point in points.items())
        return cost, exposure, cost + self.say("exposure_price", 0) * exposure


def claims(made: MadeUp, plan: MadePlan) -> Row:
    """What a true ``plan.json`` says of a plan, with a bound of 99 %."""
    cost, exposure, objective = Reading(made, plan).numbers()
    bound = objective * 0.99
    numbers = {"cost": cost, "exposure": exposure, "objective": objective, "bound": bound}
    return {"schema": "clearband/plan/1", **numbers, "gap": (objective - bound) / objective}


def broken(made: MadeUp, plan: MadePlan) -> set[str]:
    """The names of the rules that a plan breaks."""
    read = Reading(made, plan)
    found = set(whole(read))
    complete = not found
    found |= set(rules(read)) | set(limits(read)) | set(money(read))
    if complete:
        for claimed, true in zip(("cost", "exposure", "objective"), read.numbers(), strict=True):
            if abs(plan.claims[claimed] - true) > 1e-6 * abs(true) + 1e-6:
                found.add("14")
        if plan.claims["bound"] > read.numbers()[2] * LIMIT:
            found.add("bound")
    return found


def whole(read: Reading) -> Any:
    counted = Counter(row["item"] for row in read.plan.work)
    if set(counted) != read.going or any(count > 1 for count in counted.values()):
        yield "items"
    for row in read.plan.work:
        if row["item"] in read.going:
            item = read.items[row["item"]]
            cluster = read.sites[item["site"]]["cluster"]
            true = (item["site"], cluster, GROUP.get(item["role"], item["role"]), item["role"])
            told = (row["site"], row["cluster"], row["group"], row["role"])
            if told != true or (row["old_product"], row["old_maker"]) != (item["product"], item["maker"]):
                yield "rows"
        product = read.products.get(row["product"])
        quarters = read.readable(row["quarter"]) and read.readable(row["removed"])
        if product is None or product["maker"] != row["maker"] or not quarters:
            yield "choices"


def rules(read: Reading) -> Any:
    units = defaultdict(list)
    for row in read.rows:
        units[row["cluster"], row["group"]].append(row)
    for (cluster, group), rows in units.items():
        quarters = {row["q"] for row in rows}
        if len(quarters) > 1 or min(quarters) < 0 or max(quarters) + read.overlap >= read.horizon:
            yield "1"
        if any(row["gone"] is not None and row["gone"] != row["q"] + read.overlap for row in rows):
            yield "1"
        for role in {row["role"] for row in rows}:
            if len({row["product"]["maker"] for row in rows if row["role"] == role}) > 1:
                yield "3"
        home = read.clusters[cluster]
        first = [
            max(row["q"] for row in others)
            for (other, of), others in units.items()
            if (
                (of == "core" and group == "ran" and read.clusters[other]["market"] == home["market"])
                and read.say("core_first", True)
            )
            or (of == group == "transport" and other == home["after"])
        ]
        if first and min(quarters) < max(first):
            yield "6"
    for row in read.rows:
        item, product = row["item"], row["product"]
        may = {"yes", "conditional"} if read.say("conditional", True) else {"yes"}
        if cell(product, "approved", "unknown") not in may or product["role"] != item["role"]:
            yield "2"
        if not cell(product, f"price_{read.say('price', 'average')}"):
            yield "2"
        for needed, offered in (("bands", "bands"), ("generation", "generations")):
            has = cell(product, offered)
            if has and cell(item, needed) and not set(item[needed].split(";")) <= set(has.split(";")):
                yield "2"
        if row["planned"] != row["units"]:
            yield "2"
        if row["q"] < cell(product, "lead_quarters", 0):
            yield "4"
        if cell(item, "remove_by"):
            after = row["q"] + read.overlap + 1
            last = date(2027 + after // 4, after % 4 * 3 + 1, 1) - timedelta(days=1)
            if last > date.fromisoformat(item["remove_by"]):
                yield "5"
    pairs = {(row["radio"], row["baseband"]) for row in read.made.pairs}
    end = defaultdict(list)
    for row in read.rows:
        end[row["site"]["site"]].append(
            (row["role"], row["product"]["product"], row["product"]["maker"], True)
        )
    for name, item in read.items.items():
        if name not in read.going:
            end[item["site"]].append((item["role"], item["product"], item["maker"], False))
    for things in end.values():
        for role, radio, maker, new in things:
            for other, baseband, makes, also_new in things:
                met = (role, other) == ("radio", "baseband") and (new or also_new)
                if met and (not maker or maker != makes) and (radio, baseband) not in pairs:
                    yield "3"


def limits(read: Reading) -> Any:
    hours: Counter[tuple[str, int]] = Counter()
    supplied: Counter[tuple[str, str, int]] = Counter()
    worked: dict[tuple[str, int], set[tuple[str, str, str]]] = defaultdict(set)
    end: Counter[tuple[str, str]] = Counter()
    for row in read.rows:
        region, maker = row["home"]["region"], row["product"]["maker"]
        hours[region, row["q"]] += row["hours"]
        hours[region, row["q"] + read.overlap] += row["hours"] * read.say("removal_share", 0.3)
        supplied[maker, row["role"], row["q"]] += row["units"]
        if row["group"] != "cpe":
            worked[region, row["q"]].add((row["cluster"], row["group"], row["site"]["site"]))
        end[row["role"], maker] += row["units"]
    for name, item in read.items.items():
        if name not in read.going:
            end[item["role"], item["maker"]] += cell(item, "quantity", 1)
    inside = range(read.horizon)
    for (region, q), used in hours.items():
        if (
            q in inside
            and used > read.allowed(read.made.crews, ("region",), (region,), "hours", q) * LIMIT + 1e-6
        ):
            yield "7"
    for (maker, role, q), used in supplied.items():
        most = read.allowed(read.made.supply, ("maker", "role"), (maker, role), "units", q)
        if q in inside and used > most * LIMIT + 1e-6:
            yield "8"
    for (region, _), work in worked.items():
        sites = sum(read.clusters[site["cluster"]]["region"] == region for site in read.sites.values())
        if len(work) > sites * read.say("down_share", 0.1) * LIMIT + 1e-6:
            yield "11"
    total: Counter[str] = Counter()
    for (role, _), units in end.items():
        total[role] += units
    for cap in read.say("caps", []):
        for (role, maker), units in end.items():
            capped = role == cap["role"] and maker and maker == cap.get("maker", maker)
            if capped and units > total[role] * cap["share"] * LIMIT + 1e-6:
                yield "12"
    for least in read.say("least_makers", []):
        role = least["role"]
        has = [
            m
            for (r, m), units in end.items()
            if r == role and m and units * LIMIT >= total[role] * least["share"]
        ]
        if total[role] and len(has) < least["makers"]:
            yield "13"


def money(read: Reading) -> Any:
    for owner in {row["owner"] for row in read.made.money}:
        for q in range(read.horizon):
            new = sum(
                read.allowed(read.made.money, ("owner",), (owner,), "amount", past) for past in range(q + 1)
            )

            def to_date(flow: list[tuple[str, str, int, float]], owner: str = owner, q: int = q) -> float:
                return sum(amount for whose, _, when, amount in flow if whose == owner and when <= q)

            spent = to_date(read.spending())
            if spent > (new + to_date(read.refunds())) * LIMIT + 1e-6:
                yield "10" if spent <= (new + to_date(read.refunds(at_once=True))) * LIMIT + 1e-6 else "9"
