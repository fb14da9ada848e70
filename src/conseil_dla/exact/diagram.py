"""Functions of all the questions at once, kept small: multi-valued, multi-terminal decision diagrams.

A diagram has one level per question, as many branches at a level as the question has cells, and any hashable value at
its ends. Equal parts are one node, and a node whose branches are all alike does not exist, so that two functions are
equal exactly when their roots are the same number. Sources: R. E. Bryant, "Graph-Based Algorithms for Boolean Function
Manipulation", IEEE Transactions on Computers 35, 1986; A. Srinivasan and others, "Algorithms for Discrete Function
Manipulation", ICCAD 1990, for several branches and several ends.

A node is a number in its ``Diagrams``; children always have smaller numbers than their parents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

Operation = Callable[[Any, Any], Hashable]
"""A function of two ends. It is called once for each pair of ends that meet."""


MOST_NODES = 500_000
"""Where charts of whole conclusions are given up: a quarter of a gigabyte, five seconds or so of opening."""
MOST_HELD = 6_000_000
"""Where building gives up: more than two gigabytes."""


class TooLarge(Exception):
    """The diagrams would hold more nodes than allowed."""


class Diagrams:
    """Every diagram of one base, sharing their parts. Building raises ``TooLarge`` past ``most`` nodes."""

    def __init__(self, sizes: Sequence[int], most: int = MOST_NODES) -> None:
        self.most = most
        self.sizes = tuple(sizes)
        """Branches at each level, from the top."""
        self.levels: list[int] = []
        """Level of each node; ``len(sizes)`` for an end."""
        self.children: list[tuple[int, ...]] = []
        """Branches of each node; nothing for an end."""
        self.values: list[Any] = []
        """Value of each end; None for the others."""
        self.bits: list[int] = []
        """A bit of its own for each end, so that a set of ends is a number; 0 for the others."""
        self.ends: list[Any] = []
        """Values of the ends, by bit."""
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._ends: dict[Hashable, int] = {}
        self._sets: dict[int, frozenset[Any]] = {}
        self._memories: dict[tuple[Hashable, ...], dict[tuple[int, int], int]] = {}
        self._supports: dict[int, frozenset[int]] = {}
        self._reached: dict[int, int] = {}

    def end(self, value: Hashable) -> int:
        """The constant function."""
        key = (type(value), value)
        if key not in self._ends:
            self._ends[key] = self._add(len(self.sizes), (), value)
            self.bits[-1] = 1 << len(self.ends)
            self.ends.append(value)
        return self._ends[key]

    def ends_of(self, found: int) -> frozenset[Any]:
        """The values behind a set of bits; the few sets that there are are made once."""
        if found not in self._sets:
            self._sets[found] = frozenset(self.ends[bit] for bit in _bits(found))
        return self._sets[found]

    def node(self, level: int, children: tuple[int, ...]) -> int:
        """The function that takes at ``level`` the branch of the question's cell."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (level, children)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = self._add(level, children, None)
        return found

    def _add(self, level: int, children: tuple[int, ...], value: Any) -> int:
        if len(self.levels) >= self.most:
            raise TooLarge
        self.levels.append(level)
        self.children.append(children)
        self.values.append(value)
        self.bits.append(0)
        return len(self.levels) - 1

    def combine(self, operation: Operation, left: int, right: int, absorbing: Hashable = None) -> int:
        """The function whose value is ``operation`` of both values.

        ``absorbing`` (not None) is a value that wins against every other, on both sides: it saves the descent.
        """
        stop = -1 if absorbing is None else self.end(absorbing)
        memory = self._memories.setdefault((operation,), {})
        levels, children, bottom, recall = self.levels, self.children, len(self.sizes), memory.get

        def descend(a: int, b: int) -> int:
            if a == stop or b == stop:  # noqa: PLR1714 — met half a million times
                return stop
            key = (a, b)
            known = recall(key)
            if known is not None:
                return known
            level_a, level_b = levels[a], levels[b]
            if level_a == bottom and level_b == bottom:
                found = self.end(operation(self.values[a], self.values[b]))
            elif level_a == level_b:
                found = self.node(level_a, tuple(map(descend, children[a], children[b])))
            elif level_a < level_b:
                found = self.node(level_a, tuple([descend(child, b) for child in children[a]]))
            else:
                found = self.node(level_b, tuple([descend(a, child) for child in children[b]]))
            memory[key] = found
            return found

        return descend(left, right)

    def rename(self, operation: Callable[[Any], Hashable], root: int) -> int:
        """The function whose value is ``operation`` of the value."""
        memory: dict[int, int] = {}

        def descend(node: int) -> int:
            if node not in memory:
                level = self.levels[node]
                memory[node] = (
                    self.end(operation(self.values[node]))
                    if level == len(self.sizes)
                    else self.node(level, tuple(map(descend, self.children[node])))
                )
            return memory[node]

        return descend(root)

    def fold(self, operation: Operation, roots: Iterable[int], start: Hashable, absorbing: Hashable = None) -> int:
        """``combine`` over many, in whatever order, from the constant ``start``.

        The lowest first: each then only adds above what is there, and half of the nodes on the way are never made.
        """
        lowest = sorted(roots, key=lambda root: -self.levels[root])
        return reduce(lambda a, b: self.combine(operation, a, b, absorbing), lowest, self.end(start))

    @property
    def size(self) -> int:
        """Nodes made so far, ends included."""
        return len(self.levels)

    def back_to(self, size: int) -> None:
        """Drop every node made since there were so many: none of those kept can lead to them."""
        ends = sum(1 for bits in self.bits[:size] if bits)
        for kept in (self.levels, self.children, self.values, self.bits):
            del kept[size:]
        del self.ends[ends:]
        self._nodes = {key: node for key, node in self._nodes.items() if node < size}
        self._ends = {key: node for key, node in self._ends.items() if node < size}
        self._supports = {node: levels for node, levels in self._supports.items() if node < size}
        self._sets.clear()
        self._reached.clear()
        self.forget()

    def bits_of(self, found: int, wish: Callable[[Any], bool]) -> int:
        """Of a set of ends, those whose value is as wished."""
        return sum(1 << bit for bit in _bits(found) if wish(self.ends[bit]))

    def reached(self, node: int) -> int:
        """Every end of a function, as a set of bits."""
        if self.bits[node]:
            return self.bits[node]
        if node not in self._reached:
            found = 0
            for child in set(self.children[node]):
                found |= self.reached(child)
            self._reached[node] = found
        return self._reached[node]

    def forget(self) -> None:
        """Drop what only helps building; every diagram stays."""
        self._memories.clear()

    def nodes(self, root: int) -> set[int]:
        """Every node of one diagram, ends included."""
        seen = {root}
        waiting = [root]
        while waiting:
            for child in self.children[waiting.pop()]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return seen

    def support(self, root: int) -> frozenset[int]:
        """Levels that the function depends on."""
        known = self._supports.get(root)
        if known is None:
            known = frozenset(self.levels[node] for node in self.nodes(root)) - {len(self.sizes)}
            self._supports[root] = known
        return known


def _bits(found: int) -> Iterator[int]:
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest
