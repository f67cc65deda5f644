"""The encoder and its heads, in PyTorch, as they are trained.

The encoder is BERT (Devlin et al. 2019) in the small form of MiniLM (Wang et al. 2020), its first weights
those of `all-MiniLM-L6-v2`. The parser's head is biaffine (Dozat and Manning 2017).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from ...pipeline.language.marked_words import MARKED
from ...pipeline.language.wordpieces import SHAPES
from ..learning.batches import IGNORE, Batch
from .labels import Labels
from .minilm import minilm

WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 12, 1536, 30522, 512
"""As MiniLM has them."""
HEAD = WIDTH // HEADS
SHAPES_MARKED = len(SHAPES) * len(MARKED)
"""How a word may look: its shape, and how it stands to quotation marks."""
ARC, LABEL = 192, 80
DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Shape:
    """Of an encoder.

    layers (int): How many of the transformer's layers it has.
    heads, inner (int): Of each layer, the heads of attention and the width of the middle.
    """

    layers: int = 4
    heads: int = HEADS
    inner: int = INNER


class Layer(nn.Module):
    """One layer of the transformer.

    shape (Shape): How many heads it has, and how wide its middle is.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, inner, width = shape.heads, shape.inner, shape.heads * HEAD
        self.query = nn.Linear(WIDTH, width)
        self.key = nn.Linear(WIDTH, width)
        self.value = nn.Linear(WIDTH, width)
        self.joined = nn.Linear(width, WIDTH)
        self.inner = nn.Linear(WIDTH, inner)
        self.outer = nn.Linear(inner, WIDTH)
        self.after_attention = nn.LayerNorm(WIDTH, eps=1e-12)
        self.after = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the next layer's input; `mask` (B x 1 x 1 x T) is true for what is there, none for all of it."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, HEAD).transpose(1, 2)

        # No dropout of attention: on a processor, drawing it takes a quarter of a training step.
        joined = F.scaled_dot_product_attention(
            split(self.query(x)), split(self.key(x)), split(self.value(x)), attn_mask=mask
        )
        joined = self.joined(joined.transpose(1, 2).reshape(batch, length, self.heads * HEAD))
        x = self.after_attention(x + F.dropout(joined, DROPOUT, self.training))
        inner = F.gelu(self.inner(x), approximate="tanh")
        inner = self.outer(rounded(inner) if self.training else inner)
        return self.after(x + F.dropout(inner, DROPOUT, self.training))


def rounded(x: Tensor) -> Tensor:
    """Return the rows of `x` (B x T x W) as eight bits with one scale a window would hold them; gradients pass through.

    So the layers learn to do without the few large numbers that made all others coarse.
    """
    with torch.no_grad():
        low, high = x.amin((1, 2), keepdim=True).clamp(max=0), x.amax((1, 2), keepdim=True)
        scale = (high - low).clamp(min=1e-6) / 255
        zero = torch.round(-low / scale)
        lost = ((x / scale + zero).round() - zero) * scale - x
    return x + lost


class Encoder(nn.Module):
    """Wordpieces in, a vector a wordpiece out.

    shape (Shape): Of MiniLM's layers it keeps the first ones.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES_MARKED, WIDTH)
        self.before = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        nn.init.zeros_(self.shapes.weight)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return B x T x `WIDTH` for `ids` and `shapes` (B x T) of which `mask` (B x T) says what is there."""
        return self.read(self.words(ids), shapes, mask)

    def read(self, words: Tensor, shapes: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the same for the vectors of the wordpieces (B x T x `WIDTH`) instead of their numbers."""
        x = words + self.places.weight[: words.shape[1]] + self.shapes(shapes)
        x = F.dropout(self.before(x), DROPOUT, self.training)
        wide = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, wide)
        return x

    def start_from_minilm(self) -> None:
        """Take over the weights of all-MiniLM-L6-v2, those of the layers that are kept."""
        weights = load_file(str(minilm("model.safetensors")))
        kind = weights["embeddings.token_type_embeddings.weight"][0]
        own = {
            "words.weight": weights["embeddings.word_embeddings.weight"],
            "places.weight": weights["embeddings.position_embeddings.weight"] + kind,
            "shapes.weight": torch.zeros_like(self.shapes.weight),
            "before.weight": weights["embeddings.LayerNorm.weight"],
            "before.bias": weights["embeddings.LayerNorm.bias"],
        }
        names = {
            "query": "attention.self.query",
            "key": "attention.self.key",
            "value": "attention.self.value",
            "joined": "attention.output.dense",
            "after_attention": "attention.output.LayerNorm",
            "inner": "intermediate.dense",
            "outer": "output.dense",
            "after": "output.LayerNorm",
        }
        for n in range(len(self.layers)):
            for ours, theirs in names.items():
                for part in ("weight", "bias"):
                    own[f"layers.{n}.{ours}.{part}"] = weights[f"encoder.layer.{n}.{theirs}.{part}"]
        self.load_state_dict(own)


class Biaffine(nn.Module):
    """Which word is each word's head, and by what relation.

    A word's own place stands for the root, as spaCy has it.
    """

    def __init__(self, labels: int) -> None:
        super().__init__()
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.label_dep = nn.Linear(WIDTH, LABEL)
        self.label_head = nn.Linear(WIDTH, LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.label = nn.Parameter(torch.zeros(labels, LABEL + 1, LABEL + 1))
        nn.init.xavier_uniform_(self.arc)
        nn.init.normal_(self.label, std=0.02)

    def _side(self, linear: nn.Linear, x: Tensor) -> Tensor:
        return F.dropout(F.relu(linear(x)), 2 * DROPOUT, self.training)

    def arcs(self, x: Tensor) -> Tensor:
        """Return B x W x W: the score of each word's (second axis) head (third axis)."""
        dep, head = self._side(self.arc_dep, x), self._side(self.arc_head, x)
        return (dep @ self.arc[:-1] + self.arc[-1]) @ head.transpose(1, 2)

    def labels(self, x: Tensor, heads: Tensor) -> Tensor:
        """Return B x W x labels: the score of each relation of a word to its head (`heads`, B x W)."""
        dep, head = self._side(self.label_dep, x), self._side(self.label_head, x)
        head = head.gather(1, heads[..., None].expand(-1, -1, LABEL))
        dep, head = F.pad(dep, (0, 1), value=1.0), F.pad(head, (0, 1), value=1.0)
        left = torch.einsum("bwi,lij->bwlj", dep, self.label)
        return torch.einsum("bwlj,bwj->bwl", left, head)


class Network(nn.Module):
    """The encoder and a head a task.

    labels (Labels): What each task chooses from.
    shape (Shape): The encoder's.
    """

    def __init__(self, labels: Labels, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        words = {task: nn.Linear(WIDTH, len(names)) for task, names in labels.items() if task != "dep"}
        self.linear = nn.ModuleDict(words)
        self.linear["start"] = nn.Linear(WIDTH, 2)
        self.parser = Biaffine(len(labels["dep"]))

    def words(self, batch: Batch) -> Tensor:
        """Return B x W x `WIDTH`: the mean of each word's wordpieces."""
        return batch.pool @ self.encoder(batch.ids, batch.shapes, batch.mask)

    def losses(self, batch: Batch, words: Tensor) -> dict[str, Tensor]:
        """Return the loss of each task that the batch has labels for; `words` are those of the method of this name."""
        x = F.dropout(words, DROPOUT, self.training)
        found: dict[str, Tensor] = {}
        for task, target in batch.targets.items():
            if task in self.linear:
                scores = self.linear[task](x)
                found[task] = F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=IGNORE)
        if "head" in batch.targets:
            heads = batch.targets["head"]
            arcs = within_sentences(self.parser.arcs(x), batch.targets["sentence"])
            found["head"] = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
            labels = self.parser.labels(x, heads.clamp(min=0))
            dep = torch.where(heads == IGNORE, IGNORE, batch.targets["dep"])
            found["dep"] = F.cross_entropy(labels.flatten(0, 1), dep.flatten(), ignore_index=IGNORE)
        return found


def within_sentences(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Return the scores of arcs with those that leave a sentence (numbers, B x W) out of reach."""
    same = sentence[:, :, None] == sentence[:, None, :]
    return arcs.masked_fill(~same, -1e4)
