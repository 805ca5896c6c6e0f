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

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from .elimination import Vector, null_space

LEAST = 5
"""The smallest count that is shown."""

PAIRS_TRIED = 400

C = TypeVar("C", bound=Hashable)
A = TypeVar("A", bound=Hashable)


def suppress(
    cells: Mapping[C, frozenset[A]],
    counts: Mapping[A, int],
    *,
    known: Iterable[frozenset[A]] = (),
    secrets: Iterable[frozenset[A]] = (),
    totals: Mapping[C, int] | None = None,
) -> set[C]:
    """
    Return the cells to leave out, given what each counts.

    ``known`` are sums that are public already, ``secrets`` those that were left out before and must
    stay unknown. ``totals`` tells how much of a total a cell is (0: none); cells that are less of a
    total go first, then small ones. A cell that ``known`` gives away cannot be protected: it is left
    out, no other is left out for it.
    """
    sizes = {cell: sum(counts[atom] for atom in atoms) for cell, atoms in cells.items()}
    order = sorted(cells, key=lambda cell: ((totals or {}).get(cell, 0), sizes[cell], repr(cell)))
    hidden = {cell for cell, size in sizes.items() if 0 < size < LEAST}
    told = [*known]
    guarded = {*secrets, *(cells[cell] for cell in hidden)}
    guarded -= _open(guarded, told, counts)
    while True:
        shown = [atoms for cell, atoms in cells.items() if cell not in hidden]
        at_risk = _open(guarded, [*told, *shown], counts)
        found = _to_hide(at_risk, [cell for cell in order if cell not in hidden], cells)
        if not found:
            return hidden
        hidden |= found
        added = {cells[cell] for cell in found}
        guarded |= added - _open(added, told, counts)


def protects(
    shown: Iterable[frozenset[A]], hidden: Iterable[frozenset[A]], counts: Mapping[A, int]
) -> bool:
    """Tell whether none of the ``hidden`` sums can be computed from those ``shown``."""
    return not _open(set(hidden), list(shown), counts)


def _to_hide(
    at_risk: Collection[frozenset[A]], order: Sequence[C], cells: Mapping[C, frozenset[A]]
) -> set[C]:
    """For each cell at risk the first cell that stands in a sum with it, one per sum at a time."""
    found: set[C] = set()
    touched: set[A] = set()
    for secret in sorted(at_risk, key=lambda atoms: (len(atoms), sorted(map(repr, atoms)))):
        if secret & touched:
            continue
        sums = [cells[cell] for cell in order if secret <= cells[cell]]
        for cell in order:
            atoms = cells[cell]
            if atoms >= secret or any(
                atoms <= total and not atoms & secret for total in sums if total != secret
            ):
                found.add(cell)
                touched |= atoms | secret
                break
    return found


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
    moves = null_space(rows, len(sizes))
    hidden = {secret: frozenset(_vector(secret, where)) for secret in secrets}
    floor = list(hidden.values())
    open_: set[frozenset[A]] = set()
    for secret, members in hidden.items():
        if members and not _moved(members, moves, sizes, floor):
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
        atoms, size = classes.get(tuple(signature), ([], 0))
        classes[tuple(signature)] = ([*atoms, atom], size + counts[atom])
    return classes


def _vector(atoms: frozenset[A], where: Mapping[A, int]) -> tuple[int, ...]:
    return tuple(sorted({where[atom] for atom in atoms if atom in where}))


def _moved(
    members: frozenset[int],
    moves: Sequence[Vector],
    sizes: Sequence[int],
    floor: Sequence[frozenset[int]],
) -> bool:
    """
    Tell whether a move changes the sum over ``members`` and leaves a possible table.

    Possible: nothing below zero, and no hidden cell at zero, as a zero would have been shown.
    """
    useful = [move for move in moves if _change(members, move)]
    if any(_possible(move, sizes, floor) for move in useful):
        return True
    pairs = ((one, other) for one in useful for other in moves if one is not other)
    for number, (one, other) in enumerate(pairs):
        if number > PAIRS_TRIED:
            return False
        for sign in (1, -1):
            both = {key: one.get(key, 0) + sign * other.get(key, 0) for key in {*one, *other}}
            if _change(members, both) and _possible(both, sizes, floor):
                return True
    return False


def _change(members: Iterable[int], move: Vector) -> int:
    return sum(move.get(member, 0) for member in members)


def _possible(move: Vector, sizes: Sequence[int], floor: Sequence[frozenset[int]]) -> bool:
    """Tell whether the table stays possible after ``move``, one way or the other."""
    return any(
        all(sizes[key] + sign * step >= 0 for key, step in move.items())
        and all(
            sum(sizes[key] for key in cell) + sign * _change(cell, move) >= 1
            for cell in floor
            if not cell.isdisjoint(move)
        )
        for sign in (1, -1)
    )
