#!/usr/bin/env python3
"""
Check a budget vote without its software: one file, Python 3.11 or later, nothing else.

    python3 verify_vote.py ballots.pb --result result.json --rulebook rulebook.json \\
        --bulletin bulletin.json

counts the ballots again and compares the winners, checks that the ballots are those that were
counted, that the rules are those frozen when the vote opened, that the chain of the bulletin is
whole and that every tracker on it that stands is counted once. What is wrong is named, line by
line. Ends with 0 if all is well, 1 if not, 2 if a file cannot be read.

This is a second implementation of the rules, written to be read, not to be fast. Amounts are exact.
"""

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from collections import Counter, defaultdict
from fractions import Fraction

GENESIS = "0" * 64
GREEDY = ("greedy", "greedy-no-skip", "greedy-partial-last")
PLACEHOLDER = 999_999_999
KNOWN_KINDS = {"cast", "changed", "void", "set_aside", "paper"}


def canonical(value, ascii_only=False):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=ascii_only)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def least(value):
    """The smallest whole number that is not below ``value``."""
    return -int(-Fraction(value) // 1)


# ---------------------------------------------------------------- the files


class Ballots:
    """A .pb file: ``meta``, ``projects`` (dicts) and ``rows`` (id, fields after it, as a dict)."""

    def __init__(self, text):
        self.meta, self.projects, self.rows = {}, [], []
        section, header = "", []
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"):
            if len(row) == 1 and row[0].strip().upper() in ("META", "PROJECTS", "VOTES"):
                section, header = row[0].strip().upper(), []
            elif not row or row == [""]:
                continue
            elif not header:
                header = [name.strip().lower() for name in row]
            else:
                self._take(section, header, row)

    def _take(self, section, header, row):
        if section == "META":
            self.meta[row[0].strip()] = ";".join(row[1:]).strip()
            return
        if len(row) != len(header):
            raise ValueError(f"a row of {section} has {len(row)} fields, not {len(header)}: {row}")
        if section == "PROJECTS":
            self.projects.append(dict(zip(header, row, strict=True)))
        else:
            fields = dict(zip(header, row, strict=True))
            told = [fields[name] for name in header if name != "voter_id"]
            self.rows.append((fields["voter_id"], tuple(told), fields))

    @property
    def budget(self):
        return amount(self.meta["budget"])


def amount(text):
    return Fraction(str(text).replace(",", "."))


def written(value):
    """An amount of a result: a whole number, ``"2.5"`` or ``"401/3"``."""
    return Fraction(value)


# ---------------------------------------------------------------- ballots as they were counted


def check_ballots(ballots, result):
    """Each ballot fits its own id, and the ids are those that were published with the count."""
    seen = set()
    vote = ballots.meta.get("vote", "")
    for number, told, _fields in ballots.rows:
        digest, _dash, place = number.partition("-")
        if sha256(f"{vote}\n{';'.join(told)}\n{place}")[:24] != digest:
            yield f"ballot {number} was changed: it does not fit its id ({';'.join(told)})"
        if number in seen:
            yield f"ballot {number} is there twice"
        seen.add(number)
    announced, found = ballots.meta.get("num_votes", ""), len(ballots.rows)
    if announced != str(found):
        yield f"the file says it has {announced} ballots, and has {found}"
    if not result or "ballots" not in result:
        return
    published = set(result["ballots"])
    for number in sorted(seen - published):
        yield f"ballot {number} was added: it was not counted"
    for number in sorted(published - seen):
        yield f"ballot {number} is missing: it was counted"
    whole = sha256("".join(f"{number}\n" for number in sorted(published)))
    if result["count"].get("ballots_digest", whole) != whole:
        yield "the list of ballots in the result is not the one the count was made of"


# ---------------------------------------------------------------- the bulletin


def check_bulletin(bulletin):
    """Every line follows the one before it, and says of a tracker only what can be."""
    previous, expected = GENESIS, 1
    told = defaultdict(list)
    for entry in bulletin["entries"]:
        number = entry["sequence"]
        where = f"bulletin: line {number} ({entry['tracker']})"
        for missing in range(expected, number):
            yield f"bulletin: line {missing} is missing"
        if number < expected:
            yield f"{where} is not in its place"
        elif number == expected and entry["previous"] != previous:
            yield f"{where} does not follow the line before it"
        said = {key: value for key, value in entry.items() if key != "fingerprint"}
        if sha256(canonical(said, ascii_only=True)) != entry["fingerprint"]:
            yield f"{where} was changed"
        told[entry["tracker"]].append(entry["kind"])
        previous, expected = entry["fingerprint"], number + 1
    if len({entry["run"] for entry in bulletin["entries"]}) > 1:
        yield "bulletin: its lines belong to several votes"
    for tracker, kinds in told.items():
        once = len(set(kinds)) == len(kinds) and set(kinds) <= KNOWN_KINDS
        if not once or ("cast" in kinds) == ("void" in kinds) or {"changed", "paper"} <= set(kinds):
            yield f"bulletin: {tracker} cannot have been {', '.join(kinds)}"


def check_trackers(ballots, bulletin, result):
    """Every tracker that stands is counted once: those counted are these, and as many ballots."""
    count = result["count"] if result else {}
    aside = set(count.get("basis", {}).get("set_aside", ()))
    gone, cast = set(aside), set()
    for entry in bulletin["entries"]:
        if entry["kind"] in ("changed", "paper") or (entry["kind"] == "set_aside" and not result):
            gone.add(entry["tracker"])
        elif entry["kind"] in ("cast", "void"):
            cast.add(entry["tracker"])
        else:
            aside.discard(entry["tracker"])
    stand = cast - gone
    for tracker in sorted(aside):
        yield f"bulletin: {tracker} was set aside, and the bulletin does not say so"
    if "bulletin" in count:
        lines, head = count["bulletin"]["entries"], count["bulletin"]["head"]
        found = [e["fingerprint"] for e in bulletin["entries"] if e["sequence"] == lines]
        if lines and found != [head]:
            yield f"bulletin: line {lines} is not the one the count was made after"
    counted = count.get("trackers")
    if counted and counted["number"] != len(stand):
        yield f"{len(stand)} trackers stand in the bulletin, {counted['number']} were counted"
    if counted and counted["digest"] != sha256("".join(f"{each}\n" for each in sorted(stand))):
        yield "the trackers that stand in the bulletin are not those that were counted"
    on_paper = count.get("channels", {}).get("paper", 0)
    if count and len(stand) + on_paper != len(ballots.rows):
        yield f"{len(stand)} trackers and {on_paper} sheets stand, {len(ballots.rows)} are counted"


# ---------------------------------------------------------------- the rules


def rules_of_file(ballots):
    """The rules a file says by itself: one area, its money, its rule, its threshold."""
    meta = ballots.meta
    name = meta.get("rule", "greedy")
    need = meta.get("min_project_score_threshold")
    return {
        "areas": [{"code": "", "budget": ballots.budget, "town_wide": True}],
        "rule": "greedy" if name in ("greedy-threshold", "greedy-exclusive") else name,
        "utility": meta.get("utility", ""),
        "completion": meta.get("completion", ""),
        "tie": meta.get("tie", "order"),
        "threshold": {"value": need, "of": "score"} if need else None,
    }


def rules_of_rulebook(book):
    """The rules of a count as the frozen rulebook has them."""
    return {
        "areas": [{k: area[k] for k in ("code", "budget", "town_wide")} for area in book["areas"]],
        "rule": book["winner"]["name"],
        "utility": book["winner"]["utility"],
        "completion": book["winner"]["completion"],
        "tie": book["tie"],
        "threshold": book["threshold"],
        "quorum": book["quorum"],
        "area_use": book["area_use"],
        "categories": book.get("category_winners", []),
        "exclusive": book["exclusive"],
        "dependencies": book["dependencies"],
        "groups": book["groups"],
    }


def check_rules(ballots, rulebook, text, result, bulletin):
    """The rulebook is the one that was frozen, and the count was made by it."""
    digest = sha256(text)
    if bulletin and bulletin.get("rulebook", digest) != digest:
        yield "the rulebook is not the one the bulletin names"
    frozen = {project["number"]: project for project in rulebook["projects"]}
    unit = unit_of(ballots, rules_of_rulebook(rulebook))
    for project in ballots.projects:
        known = frozen.get(project["project_id"])
        if known is None:
            yield f"project {project['project_id']} is not in the rulebook"
        elif not is_withdrawn(project, ballots) and amount(project["cost"]) * unit != known["cost"]:
            yield f"project {project['project_id']} has another cost in the rulebook"
    for number in frozen.keys() - {project["project_id"] for project in ballots.projects}:
        yield f"project {number} of the rulebook is missing"
    if not result:
        return
    if result["count"].get("rulebook", digest) != digest:
        yield "the rulebook is not the one the result names"
    applied = result["count"].get("rules") or {}
    for name, value in rules_of_rulebook(rulebook).items():
        if name in applied and not same(applied[name], value):
            yield f"the count was made with other rules than were frozen: {name}"


def same(one, other):
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in one.keys() | other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return (
        one == other or (bool(one) and bool(other) and str(one) == str(other)) or not (one or other)
    )


def unit_of(ballots, rules):
    """How many units of the rules' money are one unit of the file's: 100 for cents, say."""
    money = sum(Fraction(area["budget"]) for area in rules["areas"])
    return money / ballots.budget if ballots.budget else Fraction(1)


def is_withdrawn(project, ballots):
    cost = amount(project["cost"])
    return project.get("withdrawn") == "1" or (cost == PLACEHOLDER and cost > ballots.budget)


# ---------------------------------------------------------------- the count


class Contest:
    """Projects and ballots as a rule sees them: costs and money in the units of ``rules``."""

    def __init__(self, ballots, rules, places):
        self.rules = {
            "area_use": "all",
            "tie": "order",
            "exclusive": [],
            "dependencies": [],
        } | rules
        self.unit = unit_of(ballots, rules)
        self.kind = ballots.meta["vote_type"].lower()
        self.money = {area["code"]: Fraction(area["budget"]) for area in rules["areas"]}
        self.projects = [p["project_id"] for p in ballots.projects]
        self.cost = {p["project_id"]: amount(p["cost"]) * self.unit for p in ballots.projects}
        only = next(iter(self.money))
        self.area = {p: places.get(p, ("", ""))[0] or only for p in self.projects}
        self.category = {p: places.get(p, ("", ""))[1] for p in self.projects}
        self.gone = {p["project_id"] for p in ballots.projects if is_withdrawn(p, ballots)}
        self.papers = Counter(map(self._ballot, ballots.rows))
        self.cast = len(ballots.rows)
        self.scores, self.voters = self._tally()
        self.order = sorted(self.projects, key=lambda p: (-self.scores[p], self.tie_key(p)))

    def _ballot(self, row):
        fields = row[2]
        picks = tuple(pick.strip() for pick in fields["vote"].split(",") if pick.strip())
        points = tuple(map(amount, filter(None, fields.get("points", "").split(","))))
        if self.kind not in ("cumulative", "scoring"):
            points = (Fraction(1),) * len(picks)
        return picks, points, fields.get("area", ""), fields.get("group", "")

    def worth(self, picks, points):
        """What a ballot gives to each project it names."""
        if self.kind != "ordinal":
            return list(zip(picks, points, strict=True))
        parts = defaultdict(list)
        for pick in picks:
            parts[self.area[pick] if self.rules.get("apart") else ""].append(pick)
        return [
            (pick, len(part) - place) for part in parts.values() for place, pick in enumerate(part)
        ]

    def papers_of(self, area):
        """Ballots (with their number) of all who had the projects of ``area`` on their paper."""
        use = self.rules["area_use"]
        town = {each["code"] for each in self.rules["areas"] if each["town_wide"]}
        for ballot, times in self.papers.items():
            picks, _points, own, _group = ballot
            if (
                use == "all"
                or (use == "one" and any(self.area[pick] == area for pick in picks))
                or (use in ("own", "own_and_town") and own == area)
                or (use == "own_and_town" and area in town)
            ):
                yield ballot, times

    def voices(self, area):
        """What one ballot of each group weighs: all together as many as there are ballots."""
        cast = Counter()
        for (_picks, _points, _own, group), times in self.papers_of(area):
            cast[group] += times
        weights = {g["code"]: Fraction(g["weight"]) for g in self.rules.get("groups") or []}
        if not weights:
            return defaultdict(lambda: 1)
        present = {group: weights[group] for group in weights if cast[group]}
        whole, ballots = sum(present.values()), sum(cast[group] for group in present)
        told = {g: w * ballots / whole / cast[g] for g, w in present.items() if w}
        return defaultdict(int, told)

    def _tally(self):
        scores, voters = dict.fromkeys(self.projects, Fraction(0)), dict.fromkeys(self.projects, 0)
        voices = {area: self.voices(area) for area in self.money}
        for (picks, points, _own, group), times in self.papers.items():
            for pick, given in self.worth(picks, points):
                scores[pick] += given * times * voices[self.area[pick]][group]
                voters[pick] += times if given > 0 else 0
        return scores, voters

    def tie_key(self, project):
        name = self.rules["tie"]
        if name == "cost":
            return self.cost[project], number_key(project)
        if name == "number":
            return number_key(project)
        if name == "lot":
            seed = self.rules.get("seed", "").strip()
            if not seed:
                raise ValueError("ties are drawn, and what was drawn stands in the result alone")
            return sha256(f"{seed}\n{project}"), project
        return self.projects.index(project)

    def takes_part(self, project):
        need = self.rules.get("threshold")
        if project in self.gone or not self.voters[project] or self.scores[project] <= 0:
            return False
        if not need:
            return True
        if need["of"] == "score":
            return self.scores[project] >= written(need["value"])
        if need["of"] == "count":
            return self.voters[project] >= written(need["value"])
        asked = sum(times for _ballot, times in self.papers_of(self.area[project]))
        return self.voters[project] >= least(written(need["value"]) * asked / 100)

    def has_quorum(self, eligible):
        need = self.rules.get("quorum")
        if not need:
            return True
        of = Fraction(eligible) / 100 if need["of"] == "percent" else 1
        return self.cast >= least(written(need["value"]) * of)


def number_key(project):
    """2 before 10, A2 before A10, 1 before 01."""
    parts = re.split("([0-9]+)", project)
    digits = [part.lstrip("0") for part in parts]
    key = [(len(d), d) if i % 2 else p for i, (p, d) in enumerate(zip(parts, digits, strict=True))]
    return key, len(project), project


class Funded:
    """Who was funded so far, and what that means for the others."""

    def __init__(self, contest):
        self.contest, self.rules = contest, contest.rules
        self.chosen, self.settled, self.left = [], {}, dict(contest.money)
        self.limits = {c["code"]: c for c in self.rules.get("categories") or []}

    def take(self, project, funded):
        self.settled[project] = funded
        if funded:
            self.chosen.append(project)
            self.left[self.contest.area[project]] -= self.contest.cost[project]

    def copy(self):
        other = Funded(self.contest)
        other.chosen, other.left = list(self.chosen), dict(self.left)
        other.settled = dict(self.settled)
        return other

    def number_in(self, category):
        return sum(self.contest.category[project] == category for project in self.chosen)

    def needs(self, project):
        return [n["needs"] for n in self.rules["dependencies"] if n["project"] == project]

    def is_barred(self, project):
        """Whether it cannot be funded any more after what was decided."""
        rivals = {p for ids in self.rules["exclusive"] if project in ids for p in ids} - {project}
        if rivals & set(self.chosen):
            return True
        known = set(self.contest.projects)
        if any(self.settled.get(n, n in known) is False for n in self.needs(project)):
            return True
        limit = self.limits.get(self.contest.category[project])
        if not limit or limit["most"] is None:
            return False
        return self.number_in(limit["code"]) >= limit["most"]

    def waits(self, project):
        return any(n not in self.settled for n in self.needs(project))

    def is_wanted(self, project):
        """Whether its category must still have more."""
        limit = self.limits.get(self.contest.category[project])
        return bool(limit) and self.number_in(limit["code"]) < limit["least"]


def fund_greedily(contest):
    """
    By score while the money lasts; what does not fit is skipped, or ends the count of its area.

    First the best of each category that must have some; a project that needs another waits for it.
    """
    funded, ended, waiting = Funded(contest), set(), []
    rule = contest.rules["rule"]

    def decide(project):
        cost, area = contest.cost[project], contest.area[project]
        open_to = contest.takes_part(project) and not funded.is_barred(project)
        fits = cost <= funded.left[area]
        wins = open_to and area not in ended and fits
        if open_to and area not in ended and not fits and rule != "greedy":
            wins = rule == "greedy-partial-last" and funded.left[area] * 100 >= cost * 80
            ended.add(area)
        funded.take(project, wins)

    def waits(project):
        open_to = contest.takes_part(project) and not funded.is_barred(project)
        return open_to and funded.waits(project)

    for project in contest.order:
        possible = contest.takes_part(project) and not funded.is_barred(project)
        fits = contest.cost[project] <= funded.left[contest.area[project]]
        if possible and fits and not funded.waits(project) and funded.is_wanted(project):
            funded.take(project, True)
    for project in contest.order:
        if project in funded.settled:
            continue
        if waits(project):
            waiting.append(project)
            continue
        decide(project)
        while free := next((other for other in waiting if not waits(other)), None):
            waiting.remove(free)
            decide(free)
    return funded.chosen


class Shares:
    """
    One run of Equal Shares in one area: everybody has ``share``, projects are bought by those for
    them, the cheapest for what it gives first. Voters who have paid alike have one purse.
    """

    def __init__(self, area, share, ceiling):
        self.area, self.purses, self.spent = area, [share], Fraction(0)
        self.purse_of = [0] * len(area.ballots)
        self.funded = area.funded.copy()
        self.bought = []
        self._take_free()
        self._asked = dict.fromkeys(area.candidates, (Fraction(0), -1))
        while self.spent <= ceiling and (best := self._cheapest()):
            self._pay(*best)

    def _may(self, project):
        return not self.funded.is_barred(project) and not self.funded.waits(project)

    def _take(self, project):
        self.funded.take(project, True)
        self.bought.append(project)
        self.spent += self.area.contest.cost[project]
        self._take_free()

    def _take_free(self):
        """What costs nothing is bought as soon as it may be."""
        for project in self.area.free:
            if project not in self.bought and self._may(project):
                self._take(project)

    def _cheapest(self):
        """The project with the lowest price for a unit of utility; asks no more than it must."""
        best = None
        for project in sorted(self._asked, key=lambda p: self._asked[p][0]):
            known, when = self._asked[project]
            if best and known > best[0][0]:
                break
            if not self._may(project):
                continue
            if when != len(self.bought):
                price = self._price(project)
                if price is None:
                    del self._asked[project]
                    continue
                known = price / self.area.scale[project]
                self._asked[project] = known, len(self.bought)
            key = known, self.area.tie_key(project)
            if best is None or key < best[0]:
                best = key, project, known * self.area.scale[project]
        return best and best[1:]

    def _price(self, project):
        """What a point costs its supporters if they pay it all; ``None`` if they cannot."""
        counted = Counter()
        for ballot, points, weight in self.area.supporters[project]:
            counted[self.purse_of[ballot], points] += weight
        left, rich = self.area.contest.cost[project], dict(counted)
        while rich:
            price = left / sum(weight * points for (_purse, points), weight in rich.items())
            poor = [each for each in rich if self.purses[each[0]] < price * each[1]]
            if not poor:
                return price
            for purse, points in poor:
                left -= self.purses[purse] * rich.pop((purse, points))
        return None

    def _pay(self, project, price):
        paid = {}
        for ballot, points, _weight in self.area.supporters[project]:
            before = self.purse_of[ballot], points
            if before not in paid:
                self.purses.append(max(self.purses[before[0]] - price * points, Fraction(0)))
                paid[before] = len(self.purses) - 1
            self.purse_of[ballot] = paid[before]
        del self._asked[project]
        self._take(project)


class Area:
    """One area's voters and projects under Equal Shares; ``funded`` holds what others came to."""

    def __init__(self, contest, code, funded):
        self.contest, self.funded = contest, funded
        here = [p for p in contest.projects if contest.area[p] == code]
        for project in here:
            if not contest.takes_part(project):
                funded.take(project, False)
        self.first = self._fill_categories(code)
        self.budget = funded.left[code]
        here = [p for p in here if p not in funded.settled]
        by_cost = contest.rules.get("utility") == "cost"
        self.ballots, self.supporters, self.voters = [], {p: [] for p in here}, Fraction(0)
        voices = contest.voices(code)
        for (picks, points, _own, group), times in contest.papers_of(code):
            weight = times * voices[group]
            self.voters += weight
            for pick, given in contest.worth(picks, points):
                if given > 0 and pick in self.supporters and weight:
                    self.supporters[pick].append((len(self.ballots), given, weight))
            self.ballots.append(picks)
        liked = [p for p in here if self.supporters[p]]
        self.scale = {p: contest.cost[p] if by_cost else Fraction(1) for p in liked}
        self.free = sorted((p for p in liked if not contest.cost[p]), key=self.tie_key)
        self.candidates = [p for p in liked if contest.cost[p]]

    def _fill_categories(self, code):
        contest, first = self.contest, []
        for project in contest.order:
            if project in self.funded.settled or contest.area[project] != code:
                continue
            open_to = not self.funded.is_barred(project) and not self.funded.waits(project)
            fits = contest.cost[project] <= self.funded.left[code]
            if open_to and fits and self.funded.is_wanted(project):
                self.funded.take(project, True)
                first.append(project)
        return first

    def tie_key(self, project):
        key = self.contest.tie_key(project)
        if self.contest.rules["tie"] == "cost":
            return self.contest.cost[project], -self.weight_of(project), key
        return key

    def weight_of(self, project):
        return sum(weight for _ballot, _points, weight in self.supporters[project])

    def run(self, enlarge):
        """With equal shares of the money, and if ``enlarge`` with one more for each, and again."""
        share = self.budget / self.voters if self.voters else Fraction(0)
        run = Shares(self, share, self.budget)
        while enlarge and not self._is_full(run):
            share += self.contest.unit
            larger = Shares(self, share, self.budget)
            if larger.spent > self.budget:
                break
            run = larger
        return run

    def _is_full(self, run):
        left = self.budget - run.spent
        out = {p for p in self.candidates if run.funded.is_barred(p) or run.funded.waits(p)}
        done = {*run.bought, *out}
        return all(p in done or self.contest.cost[p] > left for p in self.candidates)


def fund_by_equal_shares(contest):
    """The Method of Equal Shares, area by area, with what the rules say about money left over."""
    chosen, funded = [], Funded(contest)
    completion = contest.rules.get("completion") or "none"
    for code in contest.money:
        area = Area(contest, code, funded)
        run = area.run(completion in ("add1", "add1u", "add1-greedy"))
        for project in run.bought:
            funded.take(project, True)
        chosen += [*area.first, *run.bought]
        waiting = [p for p in contest.order if area.supporters.get(p)]
        waiting = [p for p in waiting if p not in run.bought]
        if completion == "add1u":
            waiting.sort(key=lambda p: (-area.weight_of(p), area.tie_key(p)))
        if completion not in ("greedy", "add1u", "add1-greedy"):
            waiting = []
        while project := next((p for p in waiting if not funded.waits(p)), None):
            waiting.remove(project)
            fits = contest.cost[project] <= funded.left[code] and not funded.is_barred(project)
            funded.take(project, fits)
            chosen += [project] if fits else []
        for project in area.supporters:
            if project not in funded.settled:
                funded.take(project, False)
    return chosen


# ---------------------------------------------------------------- all of it


def chosen_by(contest, eligible):
    """The projects that are funded, in order."""
    if not contest.has_quorum(eligible):
        return []
    if contest.rules["rule"] == "equal-shares":
        return fund_by_equal_shares(contest)
    if contest.rules["rule"] in GREEDY:
        return fund_greedily(contest)
    raise ValueError(f"the rule {contest.rules['rule']} is not known here")


def check_count(ballots, rules, places, result, eligible=None):
    """Count again and compare."""
    contest = Contest(ballots, rules, places)
    chosen = chosen_by(contest, eligible)
    if not result:
        return chosen, []
    count, wrong = result["count"], []
    for project in [p for p in chosen if p not in count["selected"]]:
        wrong.append(f"project {project} is funded by these ballots, and not by the result")
    for project in [p for p in count["selected"] if p not in chosen]:
        wrong.append(f"project {project} is funded by the result, and not by these ballots")
    for project, score in count["scores"].items():
        if written(score) != contest.scores.get(project):
            found = contest.scores.get(project, "nothing")
            wrong.append(f"project {project} has a score of {found}, the result says {score}")
    if count["ballots"] != contest.cast:
        wrong.append(f"the result counts {count['ballots']} ballots, the file has {contest.cast}")
    spent = sum((contest.cost[project] for project in chosen), start=Fraction(0))
    if not wrong and written(count["spent"]) != spent:
        wrong.append(f"{spent} are spent, the result says {count['spent']}")
    return chosen, wrong


def verify(files):
    """Yield what is wrong with the vote in ``files``, then what it came to."""
    ballots = Ballots(files["ballots"])
    result = json.loads(files["result"]) if "result" in files else None
    rulebook = json.loads(files["rulebook"]) if "rulebook" in files else None
    bulletin = json.loads(files["bulletin"]) if "bulletin" in files else None
    wrong = list(check_ballots(ballots, result))
    if rulebook:
        wrong += check_rules(ballots, rulebook, files["rulebook"], result, bulletin)
    if bulletin:
        wrong += check_bulletin(bulletin)
        wrong += check_trackers(ballots, bulletin, result)
    whole = result and not result.get("withheld")
    if whole and sha256(canonical(result["count"])) != result["digest"]:
        wrong.append("the result was changed: it does not fit its fingerprint")
    rules, places, eligible = rules_of_file(ballots), {}, None
    if result and result["count"].get("rules"):
        rules, eligible = result["count"]["rules"], result["count"].get("eligible")
    if rulebook:
        rules = {**rules, **rules_of_rulebook(rulebook)}
        places = {p["number"]: (p["area"], p["category"]) for p in rulebook["projects"]}
    chosen, differences = check_count(ballots, rules, places, result, eligible)
    return [*wrong, *differences], chosen, result


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check a budget vote without its software.")
    parser.add_argument("ballots", help="ballots.pb")
    for name in ("result", "rulebook", "bulletin"):
        parser.add_argument(f"--{name}", help=f"{name}.json")
    options = parser.parse_args(arguments)
    files = {}
    try:
        for name, path in vars(options).items():
            if path:
                with open(path, encoding="utf-8", newline="") as file:
                    files[name] = file.read()
        wrong, chosen, result = verify(files)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be checked: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    for line in wrong:
        print(f"WRONG  {line}")
    print(f"funded: {', '.join(chosen) or 'nothing'}")
    if result:
        print(f"fingerprint of the result: {result['digest']}")
        for name in result.get("withheld", ()):
            print(f"not told, as few people vote there: {name}; so the fingerprint is not checked")
    left_out = [name for name in ("result", "rulebook", "bulletin") if name not in files]
    if left_out:
        print(f"not looked at: {', '.join(left_out)}")
    print(f"{len(wrong)} things are wrong" if wrong else "all is well")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
