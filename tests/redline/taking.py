"""All changes of a tree accepted or rejected: the newer version, or the older one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from penholder.adapters.pandoc.tree import Attr, Node
from penholder.stages.resolve.changes import WAS_NUMBER, WAS_TO, change_of

_WAS = {WAS_NUMBER: "number", WAS_TO: "to"}


def accepted(blocks: Sequence[Node]) -> list[Node]:
    """The blocks as the newer version has them."""
    return _Taking(new=True).nodes(blocks)


def rejected(blocks: Sequence[Node]) -> list[Node]:
    """The blocks as the older version had them; formatting, and what nothing shows, as in the newer."""
    return _Taking(new=False).nodes(blocks)


class _Taking:
    def __init__(self, *, new: bool) -> None:
        self._new = new

    def nodes(self, nodes: Sequence[Node]) -> list[Node]:
        out: list[Node] = []
        for node in nodes:
            change = change_of(node["c"][0]) if node["t"] in ("Span", "Div") else None
            if change is None:
                out += self._node(node)
            elif change.is_new == self._new:
                out += node["c"][1]
        return out

    def _node(self, node: Node) -> list[Node]:
        """The node without marks; nothing of a list that has no item left."""
        kind = node["t"]
        if kind == "BulletList":
            items = self._items(node["c"])
            return [{"t": kind, "c": items}] if items else []
        if kind == "OrderedList":
            items = self._items(node["c"][1])
            return [{"t": kind, "c": [node["c"][0], items]}] if items else []
        return [{"t": kind, "c": self._value(node["c"])}] if "c" in node else [node]

    def _items(self, items: Sequence[list[Node]]) -> list[list[Node]]:
        """The items that this version has."""
        taken = [(item, self.nodes(item)) for item in items]
        return [made for item, made in taken if made or not item]

    def _value(self, value: Any) -> Any:
        """Whatever a node holds: nodes, rows and attributes, wherever they lie in it."""
        if not isinstance(value, list):
            return value
        if _is_attributes(value):
            return self._attributes(value)
        if value and all(isinstance(each, dict) and "t" in each for each in value):
            return self.nodes(value)
        return [self._value(each) for each in value if not self._lacks(each)]

    def _lacks(self, value: Any) -> bool:
        """Whether ``value`` is a row that only the other version has."""
        if not (isinstance(value, list) and len(value) == 2 and _is_attributes(value[0])):
            return False
        change = change_of(value[0])
        return change is not None and change.is_new != self._new

    def _attributes(self, attributes: Attr) -> Attr:
        if change_of(attributes) is not None:
            return ["", [], []]
        was = {_WAS[k]: v for k, v in attributes[2] if k in _WAS}
        values = [[k, v] for k, v in attributes[2] if k not in _WAS]
        if self._new or not was:
            return [attributes[0], attributes[1], values]
        before = {**dict(map(tuple, values)), **was}
        return [attributes[0], attributes[1], [[k, v] for k, v in before.items() if v or k not in was]]


def _is_attributes(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and isinstance(value[0], str) and isinstance(value[1], list) and isinstance(value[2], list)
