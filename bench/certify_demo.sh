#!/usr/bin/env bash
# Has real spaCy score the certificate's texts with the demo's models, and keeps its scores where they are ours.
#   bench/certify_demo.sh PYTHON_WITH_SPACY PYTHON_WITH_SPACY_TRANSFORMERS
set -euo pipefail
cd "$(dirname "$0")/.."
./trust-pipeline models prepare demo/models --certify --python "$1"
./trust-pipeline models prepare demo/transformers --certify --python "$2"
