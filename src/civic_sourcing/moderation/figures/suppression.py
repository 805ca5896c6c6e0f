"""
Which cells of published tables must not be shown, and the proof that this is enough.

A cell that counts 1 to 4 is left out (zero may be shown). As totals are shown too, others have to
be left out with it. A set of cells is taken as protected only if for each of them there is a second
table that agrees with everything published and differs in that cell: whoever knows all that was
published cannot tell the two apart, with whatever arithmetic. This is stricter than asking that no
sum or difference of published cells equals the hidden one, as it also counts that numbers are not
negative. Hundepool et al., Statistical Disclosure Control (2012), ch. 4.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .elimination import Vector, null_space

LEAST = 5
"""The smallest count that is shown."""

PAIRS_TRIED = 400

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)


@dataclass(frozen=True)
class Line(Generic[C]):
    """A total and the cells it adds up, such as a row of a table."""

    total: C
    parts: tuple[C, ...]


def suppress(
    cells: Mapping[C, frozenset[A]],
    counts: Mapping[A, int],
    lines: Sequence[Line[C]],
    *,
    known: Sequence[frozenset[A]] = (),
    secrets: Collection[frozenset[A]] = (),
    refused: Collection[C] = (),
) -> set[C]:
    """
    Return the cells to leave out, given what each counts.

    ``known`` are sums published before, ``secrets`` those that were left out then and must stay
    unknown. A secret that ``known`` gives away already is given up.
    ``refused`` cells are left out whatever they count.
    First every line gets enough gaps, smallest cells first; then the whole is proved, and what
    cannot be proved gets more.
    """
    sizes = {cell: sum(counts[atom] for atom in atoms) for cell, atoms in cells.items()}
    hidden = {cell for cell, size in sizes.items() if size < LEAST} | set(refused)
    guarded = set(secrets) - _open(secrets, known, counts)
    open_ = _open(set(cells.values()), known, counts) if known else set()
    told = {cell for cell, atoms in cells.items() if atoms in open_} - hidden
    _fill_lines(hidden, lines, sizes, told)
    while True:
        shown = [atoms for cell, atoms in cells.items() if cell not in hidden]
        guarded |= {cells[cell] for cell in hidden}
        at_risk = _open(guarded, [*known, *shown], counts)
        found = _next_to(at_risk, Grid(cells, sizes, lines, known), hidden | told)
        if not found:
            return hidden
        hidden |= found
        _fill_lines(hidden, lines, sizes, told)


def _fill_lines(
    hidden: set[C], lines: Sequence[Line[C]], sizes: Mapping[C, int], told: Collection[C]
) -> None:
    """
    Hide more until the gaps of every line with a total add up to a number that may be shown.

    They have to be two at least.
    """
    changed = True
    while changed:
        changed = False
        for line in lines:
            while gap := _gap_too_small(line, hidden, sizes, told):
                hidden.add(gap)
                changed = True


def _gap_too_small(
    line: Line[C], hidden: set[C], sizes: Mapping[C, int], told: Collection[C]
) -> C | None:
    """The next cell of the line to hide; ``None`` if it has gaps enough."""
    gaps = [part for part in line.parts if part in hidden]
    if line.total in hidden:
        rest = [part for part in line.parts if part not in told]
        return None if gaps or not rest else min(rest, key=lambda part: sizes[part])
    total = sum(sizes[part] for part in gaps)
    if not gaps or (len(gaps) > 1 and total >= LEAST):
        return None
    rest = [part for part in line.parts if part not in hidden and part not in told]
    if rest:
        return min(rest, key=lambda part: sizes[part])
    return None if line.total in told else line.total


@dataclass(frozen=True)
class Grid(Generic[C, A]):
    """What is about to be published, and what was before."""

    cells: Mapping[C, frozenset[A]]
    sizes: Mapping[C, int]
    lines: Sequence[Line[C]]
    known: Sequence[frozenset[A]]


def _next_to(at_risk: Collection[frozenset[A]], grid: Grid[C, A], hidden: set[C]) -> set[C]:
    """
    For each sum at risk the smallest shown cell of its lines, or the smallest of their totals.

    Otherwise the smallest cell that something published connects it with.
    """
    found: set[C] = set()
    touched: set[A] = set()
    for secret in sorted(at_risk, key=lambda atoms: (len(atoms), sorted(map(repr, atoms)))):
        if secret & touched:
            continue
        near = [
            line for line in grid.lines if any(grid.cells[part] == secret for part in line.parts)
        ]
        parts = {part for line in near for part in line.parts} - hidden
        totals = {line.total for line in near} - hidden
        reach = secret.union(*(atoms for atoms in grid.known if not atoms.isdisjoint(secret)))
        around = {
            cell for cell, atoms in grid.cells.items() if not atoms.isdisjoint(reach)
        } - hidden
        for choice in (parts, totals, around):
            if choice:
                cell = min(choice, key=lambda one: (grid.sizes[one], repr(one)))
                found.add(cell)
                touched |= grid.cells[cell] | secret
                break
    return found


def protects(
    shown: Iterable[frozenset[A]], hidden: Iterable[frozenset[A]], counts: Mapping[A, int]
) -> bool:
    """Tell whether none of the ``hidden`` sums can be computed from those ``shown``."""
    return not _open(set(hidden), list(shown), counts)


def _open(
    secrets: Collection[frozenset[A]], told: Sequence[frozenset[A]], counts: Mapping[A, int]
) -> set[frozenset[A]]:
    """Return those of the ``secrets`` for which no second table was found."""
    if not secrets:
        return set()
    classes = _classes([*told, *secrets], counts)
    sizes = [size for _atoms, size in classes.values()]
    where = {
        atom: number for number, (atoms, _size) in enumerate(classes.values()) for atom in atoms
    }
    rows = {_vector(atoms, where) for atoms in told}
    moves = Moves(null_space(rows, len(sizes)))
    hidden = {secret: frozenset(_vector(secret, where)) for secret in secrets}
    open_: set[frozenset[A]] = set()
    for secret, members in hidden.items():
        if members and not _moved(members, moves, sizes):
            open_.add(secret)
    return open_


def _classes(
    sums: Sequence[frozenset[A]], counts: Mapping[A, int]
) -> dict[tuple[int, ...], tuple[list[A], int]]:
    """Atoms that stand in the same sums act as one; those that are zero are known to be."""
    signatures: dict[A, list[int]] = {}
    for number, atoms in enumerate(sums):
        for atom in atoms:
            if counts.get(atom, 0):
                signatures.setdefault(atom, []).append(number)
    classes: dict[tuple[int, ...], tuple[list[A], int]] = {}
    for atom, signature in signatures.items():
        alike, size = classes.get(tuple(signature), ([], 0))
        classes[tuple(signature)] = ([*alike, atom], size + counts[atom])
    return classes


def _vector(atoms: frozenset[A], where: Mapping[A, int]) -> tuple[int, ...]:
    return tuple(sorted({where[atom] for atom in atoms if atom in where}))


class Moves:
    """What leaves all published sums unchanged, found by the classes it changes."""

    def __init__(self, basis: Sequence[Vector]) -> None:
        self.basis = basis
        self.numbers: dict[int, list[int]] = {}
        for number, move in enumerate(basis):
            for key in move:
                self.numbers.setdefault(key, []).append(number)

    def touching(self, keys: Iterable[int]) -> list[Vector]:
        """The moves that change any of these classes, short ones first."""
        numbers = {number for key in keys for number in self.numbers.get(key, ())}
        return sorted((self.basis[number] for number in sorted(numbers)), key=len)


def _moved(members: Collection[int], moves: Moves, sizes: Sequence[int]) -> bool:
    """
    Tell whether a move changes the sum over ``members`` and leaves nothing below zero.

    Where one alone would, a second one is tried that makes up for it.
    """
    tried = 0
    for one, change in _both_ways(moves.touching(members), members):
        wrong = [key for key, step in one.items() if sizes[key] + step < 0]
        if change and not wrong:
            return True
        for other, more in _both_ways(moves.touching(wrong), members) if change else ():
            tried += 1
            if tried > PAIRS_TRIED:
                return False
            if change + more and _makes_up(one, other, wrong, sizes):
                return True
    return False


def _both_ways(moves: Iterable[Vector], members: Iterable[int]) -> Iterator[tuple[Vector, int]]:
    """Each move and its reverse, with what it changes the sum over ``members`` by."""
    for move in moves:
        change = sum(move.get(member, 0) for member in members)
        yield move, change
        yield {key: -step for key, step in move.items()}, -change


def _makes_up(one: Vector, other: Vector, wrong: Sequence[int], sizes: Sequence[int]) -> bool:
    """Tell whether both moves leave nothing below zero; ``one`` alone would at ``wrong``."""
    return all(sizes[key] + one[key] + other.get(key, 0) >= 0 for key in wrong) and all(
        sizes[key] + step + one.get(key, 0) >= 0 for key, step in other.items()
    )
