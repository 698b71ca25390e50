"""A conversation as a tree: who answers whom, and which branch is the current one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tokenworth.importers.chatgpt.node import Node, moment, read_node


@dataclass(frozen=True)
class Tree:
    """The nodes of one conversation, each after its parent."""

    nodes: dict[str, Node]
    children: dict[str, list[str]]  # the key "" has the roots
    full: bool  # the shape with `children`; False: pruned
    broken: int  # nodes that could not be read

    def prompts(self) -> list[Node]:
        """Return what the person wrote, on all branches."""
        return [node for node in self.nodes.values() if node.is_prompt]

    def generated(self) -> list[Node]:
        """Return what the model wrote, on all branches: answers, tool calls, thoughts."""
        return [node for node in self.nodes.values() if node.is_generated]

    def tool_calls(self) -> list[Node]:
        """Return the calls of tools, on all branches."""
        return [node for node in self.nodes.values() if node.is_tool_call]

    def answers(self) -> list[Node]:
        """Return the final texts that no other final text follows before the next prompt."""
        followed: set[str] = set()
        found: list[Node] = []
        for node in reversed(self.nodes.values()):
            if node.is_final and node.key not in followed:
                found.append(node)
            if node.parent and not node.is_prompt and (node.is_final or node.key in followed):
                followed.add(node.parent)
        return found[::-1]

    def path(self) -> list[Node]:
        """Return the current path, from its root on."""
        return [node for node in self.nodes.values() if node.on_path]

    def answering_models(self) -> dict[str, str]:
        """Return, by key, the model that wrote what comes next below a node, on the path if any."""
        below: dict[str, str] = {}
        for node in reversed(self.nodes.values()):
            model = (
                node.model if node.is_generated else "" if node.is_prompt else below.get(node.key)
            )
            if model and (node.on_path or node.parent not in below):
                below[node.parent] = model
        return below


def grow(conversation: Mapping[str, object]) -> Tree:
    """Build the tree of a conversation that has a `mapping`. Never raises for what is in it.

    Fills in what nodes inherit: the time of the nearest ancestor that has one, the model of the
    nearest assistant, and whether the model reasoned earlier in the turn.
    """
    raws = conversation.get("mapping")
    mapping: dict[str, object] = raws if isinstance(raws, dict) else {}
    read = [read_node(key, raw) for key, raw in mapping.items()]
    nodes = {node.key: node for node in read if node is not None}
    for node in nodes.values():
        if node.parent not in nodes:
            node.parent = ""
    _cut_loops(nodes)
    children: dict[str, list[str]] = {}
    for node in sorted(nodes.values(), key=lambda node: (node.ts or 0, node.key)):
        children.setdefault(node.parent, []).append(node.key)
    ordered = {key: nodes[key] for key in _downwards(children)}
    default = conversation.get("default_model_slug")
    model = default if isinstance(default, str) and default != "auto" else ""
    _inherit(ordered, _start(conversation, nodes.values()), model)
    _mark_path(ordered, children, conversation.get("current_node"))
    full = any(isinstance(raw, dict) and "children" in raw for raw in mapping.values())
    return Tree(ordered, children, full, len(read) - len(nodes))


def _cut_loops(nodes: dict[str, Node]) -> None:
    """Make a root of one node of each circle of parents."""
    done: set[str] = set()
    for key in sorted(nodes):
        climbed: set[str] = set()
        at = key
        while at and at not in done:
            done.add(at)
            climbed.add(at)
            at = nodes[at].parent
        if at in climbed:
            nodes[at].parent = ""


def _downwards(children: Mapping[str, list[str]]) -> Iterable[str]:
    """Yield every key after its parent, siblings by time."""
    waiting = children.get("", [])[::-1]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in seen:  # a node may be called "", which is also what roots hang from
            seen.add(key)
            yield key
            waiting += children.get(key, [])[::-1]


def _start(conversation: Mapping[str, object], nodes: Iterable[Node]) -> int:
    """Return when a conversation began; 0 if nothing in it has a time.

    Its own `create_time` may be later than its first message.
    """
    times = [node.ts for node in nodes if node.ts]
    created = moment(conversation.get("create_time"))
    if created:
        times.append(created)
    return min(times, default=moment(conversation.get("update_time")) or 0)


def _inherit(nodes: Mapping[str, Node], start: int, default_model: str) -> None:
    above: dict[str, str] = {}  # model of the nearest assistant at or above a node
    for node in nodes.values():
        parent = nodes.get(node.parent)
        if not node.ts:
            node.ts = parent.ts if parent else start
        inherited = above.get(node.parent, "")
        told = node.model if node.role == "assistant" else ""
        above[node.key] = told or inherited
        node.model = above[node.key] or default_model
        if parent and not node.is_prompt:
            node.thinks = node.thinks or parent.thinks
        elif node.is_prompt:
            node.thinks = False


def _mark_path(
    nodes: Mapping[str, Node], children: Mapping[str, list[str]], current: object
) -> None:
    """Mark the branch that ends at ``current``, or the newest one where that is not told."""
    at = current if isinstance(current, str) and current in nodes else ""
    if not at:
        leaves = [key for key in nodes if key not in children]
        at = max(leaves, key=lambda key: (nodes[key].ts or 0, key), default="")
    while at:
        nodes[at].on_path = True
        at = nodes[at].parent
