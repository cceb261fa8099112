"""Makes small random encoders of every family, and what they compute, for the encoder tests.

    python bench/make_encoder_golden.py src/test/resources/spacy/encoders

Needs the packages of bench/transformers/requirements.txt and curated-transformers==0.1.1. For each encoder: NAME.pt, the
state dict as torch.save writes it, and NAME.json.gz, its configuration, windows of piece ids, and their last hidden
states, computed in float64 (little endian float32, base64).
"""

import base64
import gzip
import json
import random
import sys
from pathlib import Path

import numpy
import torch
from curated_transformers.models.bert import BertConfig as CuratedBertConfig, BertEncoder
from curated_transformers.models.curated_transformer import CuratedTransformer
from curated_transformers.models.roberta import RobertaConfig as CuratedRobertaConfig, RobertaEncoder
from transformers import AutoModel, BertConfig, CamembertConfig, DistilBertConfig, ElectraConfig, MPNetConfig
from transformers import RobertaConfig, XLMRobertaConfig

# Sizes are odd on purpose: widths that are no whole vectors, heads of 5 to 32 numbers, inputs of more than one block.
SMALL = dict(vocab_size=53, num_hidden_layers=2, max_position_embeddings=72)
HUGGING_FACE = {
    "roberta": RobertaConfig(hidden_size=60, num_attention_heads=5, intermediate_size=100, layer_norm_eps=1e-5, **SMALL),
    "roberta-blocks": RobertaConfig(
        hidden_size=40, num_attention_heads=2, intermediate_size=1601, **{**SMALL, "num_hidden_layers": 1}
    ),
    "xlm-roberta": XLMRobertaConfig(hidden_size=50, num_attention_heads=2, intermediate_size=64, **SMALL),
    "camembert": CamembertConfig(
        hidden_size=64, num_attention_heads=2, intermediate_size=96, hidden_act="gelu_new", **SMALL
    ),
    "bert": BertConfig(hidden_size=48, num_attention_heads=3, intermediate_size=128, **SMALL),
    "bert-odd": BertConfig(hidden_size=35, num_attention_heads=7, intermediate_size=77, hidden_act="relu", **SMALL),
    "bert-silu": BertConfig(hidden_size=16, num_attention_heads=1, intermediate_size=16, hidden_act="silu", **SMALL),
    "distilbert": DistilBertConfig(
        vocab_size=53, n_layers=2, max_position_embeddings=72, dim=66, n_heads=3, hidden_dim=90, sinusoidal_pos_embds=True
    ),
    "electra": ElectraConfig(hidden_size=64, num_attention_heads=4, intermediate_size=80, embedding_size=64, **SMALL),
    "electra-narrow": ElectraConfig(
        hidden_size=56, num_attention_heads=4, intermediate_size=80, embedding_size=21, **SMALL
    ),
    "mpnet": MPNetConfig(
        hidden_size=44, num_attention_heads=4, intermediate_size=70, **{**SMALL, "max_position_embeddings": 200}
    ),
}
CURATED = dict(
    embedding_width=42, hidden_width=42, intermediate_width=65, num_attention_heads=3, num_hidden_layers=2,
    max_position_embeddings=72, vocab_size=53,
)


def stir(model):
    """Gives every parameter a size at which a mistake shows; the initial ones are too small for that."""
    for parameter in model.parameters():
        scale = 0.3 if parameter.dim() > 1 else 0.2
        parameter.data = torch.randn_like(parameter) * scale + (1.0 if parameter.dim() == 1 else 0.0) * 0.5


def windows(longest, pad):
    lengths = [1, 2, 5, 6, 7, 16, 33, 65, longest]
    ids = [[random.randrange(53) for _ in range(length)] for length in lengths]
    ids[4][2] = ids[6][0] = ids[6][1] = pad
    return ids


def save(folder, name, state, config, ids, run):
    torch.save(state, folder / f"{name}.pt")
    with torch.no_grad():
        hidden = [run(torch.tensor([window])).numpy()[0].astype("<f4") for window in ids]
    golden = {
        "config": config,
        "windows": ids,
        "hidden": [base64.b64encode(rows.tobytes()).decode() for rows in hidden],
    }
    with gzip.GzipFile(folder / f"{name}.json.gz", "w", mtime=0) as out:
        out.write(json.dumps(golden).encode())


def hugging_face(folder, name, config, change=lambda state: state):
    model = AutoModel.from_config(config).eval()
    stir(model)
    state = change({key: value for key, value in model.state_dict().items() if not key.startswith("pooler.")})
    model.load_state_dict({key: value.float() for key, value in state.items()}, strict=False)
    model.double()
    counts = config.model_type in ("roberta", "xlm-roberta", "camembert", "mpnet")
    longest = config.max_position_embeddings - (config.pad_token_id + 1 if counts else 0)
    ids = windows(longest, config.pad_token_id)
    mask = lambda window: torch.ones_like(window)
    run = lambda window: model(input_ids=window, attention_mask=mask(window)).last_hidden_state
    save(folder, name, state, config.to_dict(), ids, run)


def curated(folder, name, encoder, family, pad, longest):
    model = CuratedTransformer(encoder).eval()
    stir(model)
    state = model.state_dict()
    model.double()
    # The curated encoders take the padding piece for padding; no piece encoder ever produces it.
    ids = [[piece if piece != pad else piece + 1 for piece in window] for window in windows(longest, pad)]
    run = lambda window: model(window).last_hidden_layer_states
    save(folder, name, state, {"family": family, **CURATED, "padding_idx": pad}, ids, run)


def half(state):
    return {key: value.half() for key, value in state.items()}


def bfloat16(state):
    return {key: value.bfloat16() for key, value in state.items()}


def shared(state):
    """A weight that is another one's transpose, and one that lies in the middle of a storage."""
    state = dict(state)
    query = state["encoder.layer.0.attention.self.query.weight"]
    state["encoder.layer.1.attention.self.query.weight"] = query.t()
    room = torch.zeros(query.numel() + 11).double()
    room[7 : 7 + query.numel()] = query.double().flatten() * 0.5
    state["encoder.layer.1.attention.self.key.weight"] = room[7 : 7 + query.numel()].view(query.shape)
    return state


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    random.seed(7)
    for name, config in HUGGING_FACE.items():
        hugging_face(folder, name, config)
    for name, change in {"bert-half": half, "bert-bfloat16": bfloat16, "bert-shared": shared}.items():
        hugging_face(folder, name, HUGGING_FACE["bert"], change)
    bert = CuratedBertConfig(**CURATED)
    curated(folder, "curated-bert", BertEncoder(bert), "CURATED_BERT", 0, 72)
    roberta = CuratedRobertaConfig(**CURATED)
    curated(folder, "curated-roberta", RobertaEncoder(roberta), "CURATED_ROBERTA", 1, 70)


if __name__ == "__main__":
    main()
